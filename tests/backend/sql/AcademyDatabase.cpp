// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/sql/AcademyDatabase.h"

#include <QUuid>

using namespace Qt::StringLiterals;

bool AcademyDatabase::prepare(PostgresFixture::Durability durability)
{
    return m_postgres.start(durability) && m_postgres.createDatabase(u"law"_s)
        && m_postgres.applyLaw(u"law"_s, true);
}

bool AcademyDatabase::reset()
{
    m_session.reset();
    m_door.reset();
    if (m_count > 0) {
        PgSession(m_postgres.conninfo(u"postgres"_s))
            .run(u"drop database \"%1\""_s.arg(m_database));
    }
    m_database = u"academy%1"_s.arg(++m_count);
    if (!m_postgres.createDatabase(m_database, u"law"_s)) {
        return false;
    }
    m_session = std::make_unique<PgSession>(conninfo());
    m_door = std::make_unique<PgSession>(m_postgres.conninfo(m_database, u"authenticator"_s));
    return m_session->isOpen() && m_door->isOpen();
}

QByteArray AcademyDatabase::conninfo() const
{
    return m_postgres.conninfo(m_database);
}

PgAnswer AcademyDatabase::admin(const QString& sql, const QStringList& parameters)
{
    return m_session->run(sql, parameters);
}

QString AcademyDatabase::fact(const QString& sql, const QStringList& parameters)
{
    const PgAnswer answer = admin(sql, parameters);
    return answer.ok() ? answer.value() : answer.message;
}

QJsonObject AcademyDatabase::claimsOf(const QString& user)
{
    const bool teaches = user.startsWith("2222"_L1);
    return {{u"sub"_s, user}, {u"role"_s, u"authenticated"_s}, {u"aud"_s, u"authenticated"_s},
        {u"app_metadata"_s, QJsonObject{{u"role"_s, teaches ? u"teacher"_s : u"student"_s}}}};
}

PgAnswer AcademyDatabase::asClaims(const QString& role, const QJsonObject& claims,
    const QString& sql, const QStringList& parameters)
{
    m_door->run(u"begin"_s);
    m_door->run(u"select set_config('request.jwt.claims', $1, true)"_s, {json(claims)});
    m_door->run(u"set local role "_s + role);
    PgAnswer answer = m_door->run(sql, parameters);
    if (answer.ok()) {
        const PgAnswer committed = m_door->run(u"commit"_s);
        if (!committed.ok()) {
            answer = committed;
        }
    }
    return answer;
}

PgAnswer AcademyDatabase::as(const QString& user, const QString& sql, const QStringList& parameters)
{
    return asClaims(u"authenticated"_s, claimsOf(user), sql, parameters);
}

PgAnswer AcademyDatabase::call(const QString& user, const QString& function,
    const QString& arguments, const QStringList& parameters)
{
    return as(user, u"select public.%1(%2)"_s.arg(function, arguments), parameters);
}

QString AcademyDatabase::student(int number)
{
    return u"33333333-0000-4000-8000-%1"_s.arg(number, 12, 10, QLatin1Char('0'));
}

QString AcademyDatabase::uuid()
{
    return QUuid::createUuid().toString(QUuid::WithoutBraces);
}

QString AcademyDatabase::json(const QJsonObject& object)
{
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

QString AcademyDatabase::json(const QJsonArray& array)
{
    return QString::fromUtf8(QJsonDocument(array).toJson(QJsonDocument::Compact));
}

PgAnswer AcademyDatabase::start(const QString& user, const QString& device)
{
    return call(user, u"start_attempt"_s, u"$1, $2"_s, {sitting(), device});
}

PgAnswer AcademyDatabase::push(
    const QString& user, const QString& attempt, int lease, const QJsonArray& ops)
{
    return call(user, u"push_ops"_s, u"$1, $2, $3"_s, {attempt, QString::number(lease), json(ops)});
}

PgAnswer AcademyDatabase::beat(
    const QString& user, const QString& attempt, int lease, const QJsonObject& facts)
{
    return call(user, u"beat"_s, u"$1, $2, $3"_s, {attempt, QString::number(lease), json(facts)});
}

PgAnswer AcademyDatabase::submit(
    const QString& user, const QString& attempt, int lease, int lastSeq, const QByteArray& head)
{
    return call(user, u"submit"_s, u"$1, $2, $3, $4"_s,
        {attempt, QString::number(lease), QString::number(lastSeq), QString::fromLatin1(head)});
}

PgAnswer AcademyDatabase::command(const QString& kind, const QJsonObject& payload,
    const QStringList& attempts, bool dryRun, const QString& opId)
{
    const QString targets = attempts.isEmpty() ? QString() : u'{' + attempts.join(u',') + u'}';
    return call(teacher(), u"issue_command"_s, u"$1, $2, $3, $4, $5, $6, $7"_s,
        {sitting(), opId, kind, targets, json(payload), u"test"_s,
            dryRun ? u"true"_s : u"false"_s});
}

double AcademyDatabase::secondsToEnd(const QString& attempt)
{
    return fact(
        u"select extract(epoch from c.effective_end - a.started_at) from public.attempts a, "
        "academy.attempt_clock(a.id, clock_timestamp()) c where a.id = $1"_s,
        {attempt})
        .toDouble();
}

QJsonObject AcademyDatabase::row(const QJsonObject& monitor, const QString& user)
{
    for (const QJsonValue value : monitor.value("rows"_L1).toArray()) {
        if (value.toObject().value("student_id"_L1).toString() == user) {
            return value.toObject();
        }
    }
    return {};
}
