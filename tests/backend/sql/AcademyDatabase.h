// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/PgSession.h"
#include "support/PostgresFixture.h"

#include <QJsonArray>

#include <memory>
#include <optional>

/// A database with the law and the demonstration academy in it, and people who act on it as the
/// REST door would let them: one transaction, the role of the token, its claims. Every test
/// function asks for a fresh copy. Blocking; one thread.
class AcademyDatabase
{
public:
    AcademyDatabase() = default;

    /// Starts PostgreSQL and prepares the copy that reset() copies. Call once.
    [[nodiscard]] bool prepare(
        PostgresFixture::Durability durability = PostgresFixture::Durability::Off);
    /// A fresh database.
    [[nodiscard]] bool reset();
    QString errorText() const { return m_postgres.errorText(); }
    QByteArray conninfo() const;
    PostgresFixture& postgres() { return m_postgres; }

    /// Runs as the superuser, outside all rules: to arrange a scene and to look at the facts.
    PgAnswer admin(const QString& sql, const QStringList& parameters = {});
    QString fact(const QString& sql, const QStringList& parameters = {});

    /// Runs as this person. Committed when it worked.
    PgAnswer as(const QString& user, const QString& sql, const QStringList& parameters = {});
    /// The same with a role and claims of one's own making.
    PgAnswer asClaims(const QString& role, const QJsonObject& claims, const QString& sql,
        const QStringList& parameters = {});
    /// Calls a function of schema public with JSON-like named arguments, e.g. "p_attempt => $1".
    PgAnswer call(const QString& user, const QString& function, const QString& arguments,
        const QStringList& parameters = {});
    static QJsonObject claimsOf(const QString& user);

    /// People and things of the demonstration academy.
    static QString student(int number);
    static QString teacher() { return QStringLiteral("22222222-0000-4000-8000-000000000001"); }
    static QString otherTeacher() { return QStringLiteral("22222222-0000-4000-8000-000000000002"); }
    static QString course() { return QStringLiteral("11111111-0000-4000-8000-000000000001"); }
    static QString evening() { return QStringLiteral("11111111-0000-4000-8000-000000000002"); }
    static QString exam() { return QStringLiteral("11111111-0000-4000-8000-000000000003"); }
    static QString sitting() { return QStringLiteral("11111111-0000-4000-8000-000000000004"); }
    static QString uuid();
    static QString json(const QJsonObject& object);
    static QString json(const QJsonArray& array);

    /// Steps that most scenes begin with.
    PgAnswer openSitting()
    {
        return call(teacher(), QStringLiteral("open_sitting"), QStringLiteral("$1"), {sitting()});
    }
    PgAnswer start(const QString& user, const QString& device);
    PgAnswer push(const QString& user, const QString& attempt, int lease, const QJsonArray& ops);
    PgAnswer beat(const QString& user, const QString& attempt, int lease, const QJsonObject& facts);
    PgAnswer submit(const QString& user, const QString& attempt, int lease, int lastSeq,
        const QByteArray& head);
    PgAnswer command(const QString& kind, const QJsonObject& payload,
        const QStringList& attempts = {}, bool dryRun = false, const QString& opId = uuid());
    /// Seconds from the start of an attempt to its end, as the law computes it now.
    double secondsToEnd(const QString& attempt);
    /// The row of a monitor answer that belongs to this student.
    static QJsonObject row(const QJsonObject& monitor, const QString& user);

private:
    PostgresFixture m_postgres;
    std::unique_ptr<PgSession> m_session;
    std::unique_ptr<PgSession> m_door; ///< as the REST door connects: a role that may become others
    QString m_database;
    int m_count = 0;
};
