// SPDX-License-Identifier: GPL-3.0-or-later
#include "progress/ProgressUpdate.h"

#include <QJsonArray>

namespace {

Error missing(const char* column)
{
    return {ErrorKind::Protocol, QStringLiteral("progress_malformed"),
        QStringLiteral("course_progress row without %1").arg(QLatin1String(column)), {}};
}

/// PostgREST and Realtime send numeric columns as numbers; a text is tolerated.
std::optional<double> number(const QJsonValue& value)
{
    if (value.isDouble()) {
        return value.toDouble();
    }
    bool ok = false;
    const double parsed = value.toString().toDouble(&ok);
    return ok ? std::optional<double>(parsed) : std::nullopt;
}

} // namespace

Result<ProgressUpdate> ProgressUpdate::fromRow(const QJsonObject& row)
{
    ProgressUpdate update;
    update.user = UserId(row.value(QLatin1String("user_id")).toString());
    update.course = CourseId(row.value(QLatin1String("course_id")).toString());
    if (update.user.isEmpty()) {
        return missing("user_id");
    }
    if (update.course.isEmpty()) {
        return missing("course_id");
    }
    const auto overall = number(row.value(QLatin1String("overall")));
    if (!overall) {
        return missing("overall");
    }
    const QJsonValue version = row.value(QLatin1String("version"));
    if (!version.isDouble()) {
        return missing("version");
    }
    update.overall = *overall;
    update.version = version.toInteger();
    const QJsonObject skills = row.value(QLatin1String("skills")).toObject();
    for (auto it = skills.begin(); it != skills.end(); ++it) {
        update.skills.insert(it.key(), number(it.value()).value_or(0));
    }
    for (const QJsonValue& milestone : row.value(QLatin1String("milestones")).toArray()) {
        update.milestones.append(milestone.isObject()
                ? milestone.toObject().value(QLatin1String("name")).toString()
                : milestone.toString());
    }
    update.delta = number(row.value(QLatin1String("delta"))).value_or(0);
    update.source = row.value(QLatin1String("source")).toString();
    update.session = row.value(QLatin1String("session_id")).toString();
    update.updatedAt = row.value(QLatin1String("updated_at")).toString();
    return update;
}

QJsonObject ProgressUpdate::toRow() const
{
    QJsonObject skillValues;
    for (auto it = skills.begin(); it != skills.end(); ++it) {
        skillValues.insert(it.key(), it.value());
    }
    return {
        {QStringLiteral("user_id"), user.toString()},
        {QStringLiteral("course_id"), course.toString()},
        {QStringLiteral("overall"), overall},
        {QStringLiteral("skills"), skillValues},
        {QStringLiteral("milestones"), QJsonArray::fromStringList(milestones)},
        {QStringLiteral("delta"), delta},
        {QStringLiteral("source"), source},
        {QStringLiteral("session_id"), session.isEmpty() ? QJsonValue() : QJsonValue(session)},
        {QStringLiteral("version"), version},
        {QStringLiteral("updated_at"), updatedAt},
    };
}
