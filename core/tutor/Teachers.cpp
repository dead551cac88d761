// SPDX-License-Identifier: GPL-3.0-or-later
#include "tutor/Teachers.h"

#include "store/Database.h"
#include "supabase/RestClient.h"
#include "wire/PostgrestQuery.h"

namespace {

constexpr const char* RememberSql = "INSERT INTO remembered (user, name, body) VALUES (?, 'taught_in', ?)"
                                    " ON CONFLICT (user, name) DO UPDATE SET body = excluded.body";
constexpr const char* RecallSql = "SELECT body FROM remembered WHERE user = ? AND name = 'taught_in'";

QString field(const QJsonValue& row, const char* name)
{
    return row.toObject().value(QLatin1String(name)).toString();
}

} // namespace

Teachers::Teachers(Database& database, RestClient& rest, const UserId& owner, QObject* parent)
    : QObject(parent), m_database(database), m_rest(rest), m_owner(owner)
{
    if (m_owner.isEmpty()) {
        return;
    }
    const auto recall = [owner](Connection& connection) -> Result<QString> {
        const auto row = connection.first(QLatin1String(RecallSql), {owner.toString()});
        if (!row) {
            return row.error();
        }
        return *row ? QString::fromUtf8((*row)->bytes(0)) : QString();
    };
    whenDone(m_database.read<QString>(recall), this, [this](const Result<QString>& kept) {
        if (kept && !m_asked) {
            adopt(CourseId(*kept));
        }
    });
}

Async<void> Teachers::look()
{
    if (m_owner.isEmpty()) {
        return readyAsync<void>(Result<void>());
    }
    const AsyncPromise<void> promise;
    const auto answer = [this, promise](const CourseId& course) {
        m_asked = true;
        adopt(course);
        whenDone(keep(), this, [promise](const Result<void>& kept) { promise.resolve(kept); });
    };
    PostgrestQuery mine(QStringLiteral("class_members"));
    mine.select(QStringLiteral("class_id"))
        .eq(QStringLiteral("user_id"), m_owner.toString())
        .eq(QStringLiteral("role"), QStringLiteral("student"))
        .orderBy(QStringLiteral("joined_at"), false);
    whenDone(m_rest.select(mine), this, [this, promise, answer](const Result<QJsonArray>& rows) {
        if (!rows) {
            promise.resolve(rows.error());
            return;
        }
        QStringList classes;
        for (const QJsonValue& row : *rows) {
            classes.append(field(row, "class_id"));
        }
        if (classes.isEmpty()) {
            answer({});
            return;
        }
        PostgrestQuery teaching(QStringLiteral("class_members"));
        teaching.select(QStringLiteral("class_id"))
            .in(QStringLiteral("class_id"), classes)
            .eq(QStringLiteral("role"), QStringLiteral("teacher"));
        whenDone(m_rest.select(teaching), this, [this, promise, answer, classes](const Result<QJsonArray>& taught) {
            QString found;
            for (const QString& known : classes) {
                for (const QJsonValue& row : taught.valueOr({})) {
                    found = found.isEmpty() && field(row, "class_id") == known ? known : found;
                }
            }
            if (!taught) {
                promise.resolve(taught.error());
                return;
            }
            if (found.isEmpty()) {
                answer({});
                return;
            }
            PostgrestQuery course(QStringLiteral("classes"));
            course.select(QStringLiteral("course_id")).eq(QStringLiteral("id"), found);
            whenDone(m_rest.select(course), this, [promise, answer](const Result<QJsonArray>& courses) {
                if (courses) {
                    answer(CourseId(courses->isEmpty() ? QString() : field(courses->first(), "course_id")));
                } else {
                    promise.resolve(courses.error());
                }
            });
        });
    });
    return promise.future();
}

void Teachers::adopt(const CourseId& course)
{
    if (!(course == m_course)) {
        m_course = course;
        Q_EMIT changed();
    }
}

Async<void> Teachers::keep()
{
    const auto work = [owner = m_owner, course = m_course](Connection& connection) -> Result<void> {
        const auto kept = connection.exec(QLatin1String(RememberSql), {owner.toString(), course.toString().toUtf8()});
        return kept ? Result<void>() : Result<void>(kept.error());
    };
    return m_database.run<void>(work);
}
