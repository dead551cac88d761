// SPDX-License-Identifier: GPL-3.0-or-later
#include "supabase/Project.h"

#include "wire/PostgrestQuery.h"

#include <QHostAddress>

QUrl Project::urlFrom(const QString& typed)
{
    const QString text = typed.trimmed();
    const bool says = text.contains(QLatin1String("://"));
    QUrl address(says ? text : QStringLiteral("https://") + text);
    const QString host = address.host();
    if (!says && (host == QLatin1String("localhost") || QHostAddress(host).isLoopback())) {
        address.setScheme(QStringLiteral("http"));
    }
    const bool known = address.scheme() == QLatin1String("https") || address.scheme() == QLatin1String("http");
    return known && !host.isEmpty() ? address : QUrl();
}

QUrl Project::at(const QString& path) const
{
    QUrl address = url;
    QString base = address.path();
    while (base.endsWith(QLatin1Char('/'))) {
        base.chop(1);
    }
    const qsizetype query = path.indexOf(QLatin1Char('?'));
    address.setPath(base + path.left(query));
    address.setQuery(query < 0 ? QString() : path.mid(query + 1));
    return address;
}

QUrl Project::socketUrl(PhoenixVersion version) const
{
    QUrl address = at(QStringLiteral("/realtime/v1/websocket?apikey=%1&vsn=%2")
                          .arg(QString::fromLatin1(PostgrestQuery::encoded(anonKey)),
                              version == PhoenixVersion::V1 ? QStringLiteral("1.0.0")
                                                            : QStringLiteral("2.0.0")));
    address.setScheme(
        url.scheme() == QLatin1String("https") ? QStringLiteral("wss") : QStringLiteral("ws"));
    return address;
}

QString Project::storageName() const
{
    return url.port() < 0 ? url.host() : QStringLiteral("%1:%2").arg(url.host()).arg(url.port());
}
