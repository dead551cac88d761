// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/ProgressStore.h"

#include "store/Database.h"

#include <QJsonDocument>

namespace {

const QString Home = QStringLiteral("home");
const QString MarkDrafts = QStringLiteral("mark_drafts");

StoredProgress toProgress(const SqlRow& row)
{
    return {UserId(row.text(0)), CourseId(row.text(1)), row.integer(2),
        QJsonDocument::fromJson(row.bytes(3)).object()};
}

Async<QList<StoredProgress>> list(Database& database, const QString& where, const QList<QVariant>& binds)
{
    using Rows = QList<StoredProgress>;
    return database.read<Rows>([where, binds](Connection& connection) -> Result<Rows> {
        const auto found = connection.query(
            QStringLiteral("SELECT user, course, version, body FROM course_progress WHERE ") + where, binds);
        if (!found) {
            return found.error();
        }
        Rows rows;
        for (const SqlRow& row : *found) {
            rows.append(toProgress(row));
        }
        return rows;
    });
}

Async<void> remember(Database& database, const UserId& user, const QString& name, const QJsonObject& body)
{
    return database.run<void>([user, name, body](Connection& connection) -> Result<void> {
        const auto saved = connection.exec(
            QStringLiteral("INSERT INTO remembered (user, name, body) VALUES (?, ?, ?)"
                           " ON CONFLICT (user, name) DO UPDATE SET body = excluded.body"),
            {user.toString(), name, QJsonDocument(body).toJson(QJsonDocument::Compact)});
        return saved ? Result<void>() : Result<void>(saved.error());
    });
}

Async<QJsonObject> recall(Database& database, const UserId& user, const QString& name)
{
    return database.read<QJsonObject>([user, name](Connection& connection) -> Result<QJsonObject> {
        const auto row = connection.first(
            QStringLiteral("SELECT body FROM remembered WHERE user = ? AND name = ?"), {user.toString(), name});
        if (!row) {
            return row.error();
        }
        return *row ? QJsonDocument::fromJson((*row)->bytes(0)).object() : QJsonObject();
    });
}

} // namespace

ProgressStore::ProgressStore(Database& database) :
    m_database(database)
{
}

Async<bool> ProgressStore::save(StoredProgress progress)
{
    return m_database.run<bool>([progress](Connection& connection) -> Result<bool> {
        const auto saved = connection.exec(
            QStringLiteral("INSERT INTO course_progress (user, course, version, body) VALUES (?, ?, ?, ?)"
                           " ON CONFLICT (user, course) DO UPDATE SET version = excluded.version,"
                           " body = excluded.body WHERE excluded.version > course_progress.version"),
            {progress.user.toString(), progress.course.toString(), progress.version,
                QJsonDocument(progress.row).toJson(QJsonDocument::Compact)});
        if (!saved) {
            return saved.error();
        }
        return *saved > 0;
    });
}

Async<std::optional<StoredProgress>> ProgressStore::find(UserId user, CourseId course)
{
    using Found = std::optional<StoredProgress>;
    return m_database.read<Found>([user, course](Connection& connection) -> Result<Found> {
        const auto row = connection.first(
            QStringLiteral("SELECT user, course, version, body FROM course_progress"
                           " WHERE user = ? AND course = ?"),
            {user.toString(), course.toString()});
        if (!row) {
            return row.error();
        }
        return *row ? Found(toProgress(**row)) : Found();
    });
}

Async<QList<StoredProgress>> ProgressStore::forUser(UserId user)
{
    return list(m_database, QStringLiteral("user = ? ORDER BY course"), {user.toString()});
}

Async<QList<StoredProgress>> ProgressStore::forCourse(CourseId course)
{
    return list(m_database, QStringLiteral("course = ? ORDER BY user"), {course.toString()});
}

Async<void> ProgressStore::saveHome(UserId user, QJsonObject home)
{
    return remember(m_database, user, Home, home);
}

Async<QJsonObject> ProgressStore::home(UserId user)
{
    return recall(m_database, user, Home);
}

Async<void> ProgressStore::saveMarkDrafts(UserId user, QJsonObject drafts)
{
    return remember(m_database, user, MarkDrafts, drafts);
}

Async<QJsonObject> ProgressStore::markDrafts(UserId user)
{
    return recall(m_database, user, MarkDrafts);
}
