// SPDX-License-Identifier: GPL-3.0-or-later
#include "tutor/RequestBody.h"

#include "wire/Json.h"

namespace {

/// More rejections than this in one reply are not a model's quirk.
constexpr int mostRepairs = 3;

void merge(QJsonObject& into, const QJsonObject& from)
{
    for (auto member = from.begin(); member != from.end(); ++member) {
        const QJsonValue there = into.value(member.key());
        if (there.isObject() && member.value().isObject()) {
            QJsonObject both = there.toObject();
            merge(both, member.value().toObject());
            into.insert(member.key(), both);
        } else {
            into.insert(member.key(), member.value());
        }
    }
}

void drop(QJsonObject& body, const QString& path)
{
    const QString name = path.section(QLatin1Char('.'), 0, 0);
    const QString rest = path.section(QLatin1Char('.'), 1);
    if (rest.isEmpty()) {
        body.remove(name);
    } else if (QJsonObject inner = body.value(name).toObject(); !inner.isEmpty()) {
        drop(inner, rest);
        body.insert(name, inner);
    }
}

} // namespace

QUrl requestbody::below(const QUrl& baseUrl, const QString& path)
{
    QUrl url = baseUrl;
    QString base = url.path();
    while (base.endsWith(QLatin1Char('/'))) {
        base.chop(1);
    }
    url.setPath(base + path);
    return url;
}

HttpRequest requestbody::post(
    const TutorSettings& settings, const QString& path, QJsonObject body, const TutorQuirks& quirks)
{
    merge(body, quirks.set);
    for (const QString& field : quirks.dropped) {
        drop(body, field);
    }
    HttpRequest request;
    request.method = "POST";
    request.url = below(settings.baseUrl, path);
    request.headers = {{"Content-Type", "application/json"}, {"Accept", "text/event-stream"}};
    request.body = toJson(body);
    request.timeout = settings.timeouts.total;
    return request;
}

std::optional<TutorQuirks> requestbody::withoutRejected(
    const TutorQuirks& quirks, const TutorFailure& failure, const QStringList& essential, int depth)
{
    if (quirks.repairs >= mostRepairs || failure.error.code != QLatin1String("bad_parameter")) {
        return std::nullopt;
    }
    const QString path = failure.parameter.section(QLatin1Char('['), 0, 0);
    const QString field = path.section(QLatin1Char('.'), 0, depth - 1);
    if (field.isEmpty() || essential.contains(path.section(QLatin1Char('.'), 0, 0)) || quirks.dropped.contains(field)) {
        return std::nullopt;
    }
    TutorQuirks next = quirks;
    next.dropped.append(field);
    next.adapted = true;
    ++next.repairs;
    return next;
}
