// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/sql/AcademyDatabase.h"

#include <QTest>

using namespace Qt::StringLiterals;

/// Somebody with a verified second factor and a token of the first step only: a stolen password.
class SqlSecondStepTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(m_db.prepare() && m_db.reset(), qPrintable(m_db.errorText()));
        QVERIFY(m_db.openSitting().ok());
        QVERIFY(m_db.start(AcademyDatabase::student(2), AcademyDatabase::uuid()).ok());
        for (const QString& user : {m_teacher, m_student}) {
            const PgAnswer talked = m_db.as(user, u"insert into public.conversations (title) values ('Before')"_s);
            QVERIFY2(talked.ok(), qPrintable(talked.message));
        }
    }
    void cleanup() { m_db.admin(u"delete from auth.mfa_factors"_s); }

    void everyTableAsks()
    {
        const PgAnswer open = m_db.admin(
            u"select c.oid::regclass from pg_class c where c.relrowsecurity and c.relkind in ('r', 'p')"
            " and (c.relnamespace = 'public'::regnamespace or c.oid = 'realtime.messages'::regclass)"
            " and has_any_column_privilege('authenticated', c.oid, 'select, insert, update')"
            " and not exists (select from pg_policy p where p.polrelid = c.oid and not p.polpermissive"
            " and p.polcmd = '*' and pg_get_expr(p.polqual, p.polrelid) like '%academy.second_step_missing()%')"_s);
        QVERIFY2(open.ok(), qPrintable(open.message));
        QVERIFY2(open.rows.isEmpty(),
            qPrintable(u"No restrictive policy asks for the second step in "_s + open.value()));
    }

    void rowsAreHiddenUntilTheSecondStep_data()
    {
        QTest::addColumn<QString>("user");
        QTest::newRow("a student") << m_student;
        QTest::newRow("a teacher") << m_teacher;
    }
    void rowsAreHiddenUntilTheSecondStep()
    {
        QFETCH(QString, user);
        const QStringList before = visible(user, u"aal1"_s);
        QVERIFY(!before.filter(u"profiles:"_s).isEmpty() && !before.contains(u"profiles:0"_s));
        enrol(user, u"verified"_s);
        for (const QString& counted : visible(user, u"aal1"_s)) {
            QVERIFY2(counted.endsWith(u":0"_s), qPrintable(counted));
        }
        // A token from before there were levels is of the first.
        QVERIFY(visible(user, {}).contains(u"profiles:0"_s));
        QCOMPARE(visible(user, u"aal2"_s), before);
    }

    void nothingIsWritten()
    {
        enrol(m_student, u"verified"_s);
        const QString rename = u"update public.profiles set display_name = 'Mallory' where user_id = $1"_s;
        QCOMPARE(at(m_student, u"aal1"_s, rename, {m_student}).affected, 0);
        QCOMPARE(at(m_student, u"aal1"_s, u"delete from public.conversations"_s).affected, 0);
        QCOMPARE(at(m_student, u"aal1"_s, u"insert into public.conversations (title) values ('New')"_s).sqlState, u"42501"_s);
        QCOMPARE(at(m_student, u"aal2"_s, rename, {m_student}).affected, 1);
        QVERIFY(at(m_student, u"aal2"_s, u"insert into public.conversations (title) values ('New')"_s).ok());
    }

    void everyFunctionRefuses()
    {
        enrol(m_teacher, u"verified"_s);
        const PgAnswer functions = m_db.admin(
            u"select p.proname, (select string_agg(case t.type::regtype::text when 'uuid' then 'gen_random_uuid()'"
            " when 'text' then quote_literal('x') when 'jsonb' then quote_literal('[]')"
            " when 'integer' then '1' when 'bigint' then '1' when 'numeric' then '1' when 'boolean' then 'false'"
            " else 'null' end, ', ' order by t.place)"
            " from unnest(p.proargtypes) with ordinality t (type, place)) from pg_proc p"
            " where p.pronamespace = 'public'::regnamespace and p.proname <> 'server_info'"
            " and has_function_privilege('authenticated', p.oid, 'execute') order by 1"_s);
        QVERIFY2(functions.ok() && functions.rows.size() > 20, qPrintable(functions.message));
        for (const QStringList& function : functions.rows) {
            const QString call = u"select public.%1(%2)"_s.arg(function[0], function[1]);
            const PgAnswer low = at(m_teacher, u"aal1"_s, call);
            QVERIFY2(low.sqlState == u"PT401"_s && low.message == u"ACADEMY_SECOND_STEP"_s,
                qPrintable(call + u" answered "_s + low.sqlState + u' ' + low.message));
            QVERIFY2(at(m_teacher, u"aal2"_s, call).sqlState != u"PT401"_s, qPrintable(call));
        }
        QVERIFY(at(m_teacher, u"aal1"_s, u"select public.server_info()"_s).ok());
    }

    void privateTopicsAreClosed()
    {
        const QString topic = u"user:"_s + m_student;
        const auto speaks = [&](const QString& level) {
            return at(m_student, level,
                u"with said as (select set_config('realtime.topic', '%1', true))"
                " insert into realtime.messages (topic, extension) select '%1', 'broadcast' from said"_s.arg(topic)).ok();
        };
        const auto hears = [&](const QString& level) {
            return at(m_student, level,
                u"select count(*) from realtime.messages where topic = set_config('realtime.topic', '%1', true)"_s.arg(topic))
                .value();
        };
        m_db.admin(u"insert into realtime.messages (topic, extension) values ($1, 'broadcast')"_s, {topic});
        QVERIFY(speaks(u"aal1"_s));
        QVERIFY(hears(u"aal1"_s) != u"0"_s);
        enrol(m_student, u"verified"_s);
        QVERIFY(!speaks(u"aal1"_s));
        QCOMPARE(hears(u"aal1"_s), u"0"_s);
        QVERIFY(speaks(u"aal2"_s));
        QVERIFY(hears(u"aal2"_s) != u"0"_s);
    }

    void onlyAVerifiedFactorOfOnesOwnCounts()
    {
        const QStringList before = visible(m_student, u"aal1"_s);
        enrol(m_student, u"unverified"_s);
        enrol(m_teacher, u"verified"_s);
        QCOMPARE(visible(m_student, u"aal1"_s), before);
        QVERIFY(at(m_student, u"aal1"_s, u"select public.student_home()"_s).ok());
    }

    void callersCannotReadTheFactors()
    {
        enrol(m_student, u"verified"_s);
        QCOMPARE(at(m_student, u"aal2"_s, u"select * from auth.mfa_factors"_s).sqlState, u"42501"_s);
    }

private:
    PgAnswer at(const QString& user, const QString& level, const QString& sql, const QStringList& parameters = {})
    {
        QJsonObject claims = AcademyDatabase::claimsOf(user);
        claims.remove(u"aal"_s);
        if (!level.isEmpty()) {
            claims.insert(u"aal"_s, level);
        }
        return m_db.asClaims(u"authenticated"_s, claims, sql, parameters);
    }
    void enrol(const QString& user, const QString& status)
    {
        const PgAnswer added = m_db.admin(
            u"insert into auth.mfa_factors (id, user_id, friendly_name, factor_type, status, created_at, updated_at)"
            " values (gen_random_uuid(), $1, '', 'totp', $2::auth.factor_status, now(), now())"_s,
            {user, status});
        QVERIFY2(added.ok(), qPrintable(added.message));
    }
    /// "table:rows" of all tables that this person may ask.
    QStringList visible(const QString& user, const QString& level)
    {
        const PgAnswer tables = m_db.admin(
            u"select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'"
            " and has_table_privilege('authenticated', oid, 'select') order by 1"_s);
        QStringList counted;
        for (const QStringList& table : tables.rows) {
            counted << table[0] + u':'
                    + at(user, level, u"select count(*) from public.%1"_s.arg(table[0])).value();
        }
        return counted;
    }

    AcademyDatabase m_db;
    const QString m_student = AcademyDatabase::student(1);
    const QString m_teacher = AcademyDatabase::teacher();
};

QTEST_GUILESS_MAIN(SqlSecondStepTest)
#include "tst_sql_secondstep.moc"
