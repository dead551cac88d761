// SPDX-License-Identifier: GPL-3.0-or-later
#include "probe/EventLog.h"

#include "base/Log.h"
#include "wire/Json.h"

namespace {

bool isSecretName(const QString& name)
{
    static const QStringList names{QStringLiteral("access_token"), QStringLiteral("refresh_token"),
        QStringLiteral("password"), QStringLiteral("apikey"), QStringLiteral("secret"),
        QStringLiteral("token"), QStringLiteral("authorization")};
    return names.contains(name, Qt::CaseInsensitive);
}

QJsonValue cleaned(const QJsonValue& value)
{
    if (value.isString()) {
        return redacted(value.toString());
    }
    if (value.isArray()) {
        QJsonArray array;
        for (const QJsonValue& one : value.toArray()) {
            array.append(cleaned(one));
        }
        return array;
    }
    if (value.isObject()) {
        QJsonObject object = value.toObject();
        for (auto member = object.begin(); member != object.end(); ++member) {
            member.value() = isSecretName(member.key())
                ? QJsonValue(QStringLiteral("[removed]"))
                : cleaned(QJsonValue(member.value()));
        }
        return object;
    }
    return value;
}

} // namespace

void EventLog::add(const char* event, const QJsonObject& members)
{
    QJsonObject line = cleaned(members).toObject();
    line.insert(QStringLiteral("t"), qint64(m_clock.monotonic().count()));
    line.insert(QStringLiteral("event"), QLatin1String(event));
    m_write(toJson(line) + '\n');
}

QJsonObject EventLog::describe(const Error& error)
{
    QJsonObject described{{QStringLiteral("kind"), errorKindName(error.kind)},
        {QStringLiteral("code"), error.code}};
    if (!error.detail.isEmpty()) {
        described.insert(QStringLiteral("detail"), error.detail);
    }
    if (error.retryAfter) {
        described.insert(QStringLiteral("retry_after_ms"), qint64(error.retryAfter->count()));
    }
    return described;
}
