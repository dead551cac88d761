// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/sql/AcademyDatabase.h"

#include <QTest>

#include <atomic>
#include <thread>
#include <vector>

using namespace Qt::StringLiterals;

/// What the tutor may spend, who says so, and what a synced conversation keeps.
class SqlTutorTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY2(m_db.prepare() && m_db.reset(), qPrintable(m_db.errorText())); }
    void init();
    void keepsToTheTokensOfADay();
    void keepsToTheRequestsOfAMinute();
    void keepsToTheMoneyOfADay();
    void theAcademyHasABudgetOfItsOwn();
    void nothingUsedIsNothingReserved();
    void aRequestIsPaidForOnce();
    void aLostAnswerIsPaidForOnce();
    void onlyTheSameQuestionIsAskedAgain_data();
    void onlyTheSameQuestionIsAskedAgain();
    void costsFollowThePriceList();
    void aReservationNobodySettlesCounts();
    void theLawPicksTheModel();
    void manyAtOnceNeverPassTheLimit();
    void refusesNonsense();
    void treesAreKeptAndCaughtUpWith();
    // These leave more behind than what was used and ask for a fresh academy.
    void teachersEditThePriceList();
    void theCatalogueIsForThoseWhoKeepTheTutor();
    void isSilentDuringAnExam();
    void speaksWhereTheExamAllowsIt();

private:
    QJsonObject admit(const QString& user, int estimate, const QString& more = {})
    {
        return m_db.call(user, u"tutor_admit"_s, u"null, $1"_s + more, {QString::number(estimate)}).object();
    }
    PgAnswer record(const QString& admission, const QString& counts)
    {
        return m_db.asClaims(u"service_role"_s, {{u"role"_s, u"service_role"_s}},
            u"select public.tutor_record($1, "_s + counts + u')', {admission});
    }
    QJsonObject status() { return m_db.call(m_user, u"tutor_status"_s, {}).object(); }
    static QString admissionOf(const QJsonObject& answer) { return answer.value("admission"_L1).toString(); }
    static QString reasonOf(const QJsonObject& answer) { return answer.value("reason"_L1).toString(); }

    AcademyDatabase m_db;
    const QString m_user = AcademyDatabase::student(4);
};

void SqlTutorTest::init()
{
    const PgAnswer fresh = m_db.admin(
        u"with u as (delete from public.usage), d as (delete from academy.tutor_days), "
        "l as (delete from public.limits), s as (update academy.settings set value = "
        "'{\"micros\": 10000000, \"tokens\": null}' where key = 'tutor_day') "
        "select 1"_s);
    QVERIFY2(fresh.ok(), qPrintable(fresh.message));
    QVERIFY(m_db.admin(u"insert into public.limits (user_id) values (null)"_s).ok());
}

void SqlTutorTest::keepsToTheTokensOfADay()
{
    m_db.admin(u"update public.limits set tokens_per_day = 1000"_s);
    const QJsonObject first = admit(m_user, 300);
    QVERIFY(first.value("allowed"_L1).toBool());
    QCOMPARE(first.value("budget"_L1).toObject().value("tokens_left"_L1).toInt(), 700);
    const QString admission = admissionOf(first);
    QCOMPARE(record(admission, u"100, 50, 'complete'"_s).object().value("tokens_left"_L1).toInt(), 850);
    // Said again it changes nothing.
    QCOMPARE(record(admission, u"999, 0, 'complete'"_s).object().value("tokens_left"_L1).toInt(), 850);
    const QJsonObject large = admit(m_user, 900);
    QCOMPARE(reasonOf(large), u"tokens_per_day"_s);
    QCOMPARE(large.value("code"_L1).toString(), u"ACADEMY_LIMIT"_s);
    QVERIFY(large.value("retry_after_ms"_L1).toInteger() > 0);
    QVERIFY(admit(m_user, 10).value("allowed"_L1).toBool());
    // Tomorrow is another day.
    m_db.admin(u"update public.usage set admitted_at = admitted_at - interval '1 day'"_s);
    QCOMPARE(status().value("tokens_left"_L1).toInt(), 1000);
}

void SqlTutorTest::keepsToTheRequestsOfAMinute()
{
    m_db.admin(u"update public.limits set requests_per_minute = 2"_s);
    QVERIFY(admit(m_user, 10).value("allowed"_L1).toBool());
    QVERIFY(admit(m_user, 10).value("allowed"_L1).toBool());
    const QJsonObject third = admit(m_user, 10);
    QCOMPARE(third.value("code"_L1).toString(), u"ACADEMY_LIMIT"_s);
    QCOMPARE(reasonOf(third), u"requests_per_minute"_s);
    QVERIFY(third.value("retry_after_ms"_L1).toInt() > 0 && third.value("retry_after_ms"_L1).toInt() <= 60'000);
    m_db.admin(u"update public.usage set admitted_at = admitted_at - interval '61 s'"_s);
    QVERIFY(admit(m_user, 10).value("allowed"_L1).toBool());
    m_db.admin(u"insert into public.limits (user_id, requests_per_minute) values ($1, 0)"_s, {m_user});
    QCOMPARE(status().value("requests_left"_L1).toInt(), 0);
}

void SqlTutorTest::keepsToTheMoneyOfADay()
{
    m_db.admin(u"update public.limits set micros_per_day = 500"_s);
    // 1000 tokens of an answer at 0.50 dollars a million are 500 micro-dollars.
    QCOMPARE(reasonOf(admit(m_user, 1010, u", p_output => 1000"_s)), u"money_per_day"_s);
    const QJsonObject answer = admit(m_user, 1000, u", p_output => 900"_s);
    QVERIFY(answer.value("allowed"_L1).toBool());
    QCOMPARE(answer.value("budget"_L1).toObject().value("micros_left"_L1).toInt(), 500 - 10 - 450);
    QCOMPARE(record(admissionOf(answer), u"100, 80, 'complete'"_s).object().value("micros_left"_L1).toInt(),
        500 - 10 - 40);
}

void SqlTutorTest::theAcademyHasABudgetOfItsOwn()
{
    m_db.admin(u"update academy.settings set value = '{\"micros\": 600, \"tokens\": null}' where key = 'tutor_day'"_s);
    const QJsonObject first = admit(m_user, 1000);
    QVERIFY(first.value("allowed"_L1).toBool());
    // Somebody else's question finds little left.
    const QJsonObject other = admit(AcademyDatabase::student(5), 1000);
    QCOMPARE(reasonOf(other), u"academy_per_day"_s);
    QVERIFY(other.value("retry_after_ms"_L1).toInteger() > 0);
    QVERIFY(record(admissionOf(first), u"10, 10, 'complete'"_s).ok());
    QVERIFY(admit(AcademyDatabase::student(5), 1000).value("allowed"_L1).toBool());
    QCOMPARE(m_db.fact(u"select micros || ' ' || tokens from academy.tutor_days"_s), u"506 1020"_s);
    m_db.admin(u"update academy.settings set value = '{\"micros\": null, \"tokens\": 1100}' where key = 'tutor_day'"_s);
    QCOMPARE(reasonOf(admit(m_user, 100)), u"academy_per_day"_s);
    QVERIFY(admit(m_user, 80).value("allowed"_L1).toBool());
}

void SqlTutorTest::nothingUsedIsNothingReserved()
{
    const QJsonObject before = status();
    const QString admission = admissionOf(admit(m_user, 5000));
    QVERIFY(status().value("tokens_left"_L1) != before.value("tokens_left"_L1));
    QVERIFY(record(admission, u"0, 0, 'upstream_failed'"_s).ok());
    QCOMPARE(status().value("tokens_left"_L1), before.value("tokens_left"_L1));
    QCOMPARE(status().value("micros_left"_L1), before.value("micros_left"_L1));
    QCOMPARE(m_db.fact(u"select micros || ' ' || tokens from academy.tutor_days"_s), u"0 0"_s);
}

void SqlTutorTest::aRequestIsPaidForOnce()
{
    const QString same = u", p_request => '"_s + AcademyDatabase::uuid() + u'\'';
    const QJsonObject first = admit(m_user, 100, same);
    QVERIFY(first.value("allowed"_L1).toBool());
    // While it runs and after it was paid for.
    QCOMPARE(reasonOf(admit(m_user, 100, same)), u"duplicate"_s);
    QVERIFY(record(admissionOf(first), u"10, 10, 'complete'"_s).ok());
    const QJsonObject again = admit(m_user, 100, same);
    QCOMPARE(reasonOf(again), u"duplicate"_s);
    QCOMPARE(again.value("code"_L1).toString(), u"ACADEMY_DUPLICATE"_s);
    QCOMPARE(m_db.fact(u"select count(*) from public.usage"_s), u"1"_s);
    // An id is a person's own.
    QVERIFY(admit(AcademyDatabase::student(5), 100, same).value("allowed"_L1).toBool());
    // One that came to nothing may be made again.
    const QString next = u", p_request => '"_s + AcademyDatabase::uuid() + u'\'';
    QVERIFY(record(admissionOf(admit(m_user, 100, next)), u"0, 0, 'upstream_overloaded'"_s).ok());
    QVERIFY(admit(m_user, 100, next).value("allowed"_L1).toBool());
}

void SqlTutorTest::aLostAnswerIsPaidForOnce()
{
    m_db.admin(u"update public.limits set requests_per_minute = 2, tokens_per_day = 1000"_s);
    const QString same = u", p_output => 500, p_question => 'words', p_request => '"_s + AcademyDatabase::uuid() + u'\'';
    const QString first = admissionOf(admit(m_user, 600, same));
    // While the first is thought to run: its budget is the budget of both.
    const QJsonObject second = admit(m_user, 600, same);
    QVERIFY(second.value("allowed"_L1).toBool());
    QVERIFY(admissionOf(second) != first);
    QCOMPARE(second.value("budget"_L1).toObject().value("tokens_left"_L1).toInt(), 400);
    QCOMPARE(second.value("budget"_L1).toObject().value("requests_left"_L1).toInt(), 1);
    // The first was cut; the second came through. Each is settled once, the dearer one counts.
    QVERIFY(record(first, u"100, 3, 'left'"_s).ok());
    QCOMPARE(status().value("tokens_left"_L1).toInt(), 400);
    QVERIFY(record(admissionOf(second), u"100, 60, 'complete'"_s).ok());
    QVERIFY(record(admissionOf(second), u"100, 60, 'complete'"_s).ok());
    QCOMPARE(status().value("tokens_left"_L1).toInt(), 1000 - 160);
    QCOMPARE(status().value("micros_left"_L1).toInt(), 250'000 - 10 - 30);
    // The academy pays for both.
    QCOMPARE(m_db.fact(u"select tokens || ' ' || micros from academy.tutor_days"_s), u"263 52"_s);
    // A third time, and no more.
    const QString third = admissionOf(admit(m_user, 600, same));
    QVERIFY(!third.isEmpty());
    QVERIFY(record(third, u"0, 0, 'upstream_failed'"_s).ok());
    QCOMPARE(reasonOf(admit(m_user, 600, same)), u"duplicate"_s);
    QCOMPARE(status().value("tokens_left"_L1).toInt(), 1000 - 160);
}

void SqlTutorTest::onlyTheSameQuestionIsAskedAgain_data()
{
    QTest::addColumn<QString>("user");
    QTest::addColumn<int>("estimate");
    QTest::addColumn<QString>("question");
    QTest::addColumn<int>("minutes");
    QTest::addColumn<QString>("reason");
    QTest::newRow("the same") << m_user << 100 << u"'words'"_s << 9 << QString();
    QTest::newRow("other words") << m_user << 100 << u"'others'"_s << 0 << u"duplicate"_s;
    QTest::newRow("no words") << m_user << 100 << u"null"_s << 0 << u"duplicate"_s;
    QTest::newRow("a longer answer") << m_user << 200 << u"'words'"_s << 0 << u"duplicate"_s;
    QTest::newRow("much later") << m_user << 100 << u"'words'"_s << 11 << u"duplicate"_s;
    QTest::newRow("somebody else's") << AcademyDatabase::student(5) << 100 << u"'words'"_s << 0 << QString();
}

void SqlTutorTest::onlyTheSameQuestionIsAskedAgain()
{
    QFETCH(const QString, user);
    QFETCH(const int, estimate);
    QFETCH(const QString, question);
    QFETCH(const int, minutes);
    QFETCH(const QString, reason);
    const QString request = u", p_request => '"_s + AcademyDatabase::uuid() + u"', p_question => "_s;
    QVERIFY(admit(m_user, 100, request + u"'words'"_s).value("allowed"_L1).toBool());
    m_db.admin(u"update public.usage set admitted_at = admitted_at - make_interval(mins => $1::int)"_s, {QString::number(minutes)});
    QCOMPARE(reasonOf(admit(user, estimate, request + question)), reason);
    QCOMPARE(m_db.fact(u"select count(*) from public.usage where repeats is not null"_s),
        reason.isEmpty() && user == m_user ? u"1"_s : u"0"_s);
}

void SqlTutorTest::costsFollowThePriceList()
{
    const QString dear = admissionOf(admit(m_user, 5000, u", p_providers => '{google}'"_s));
    QVERIFY(record(dear, u"2000, 100, 'complete', 1000"_s).ok());
    // 1000 at 0.30, 1000 cached at 0.03, 100 at 2.50.
    QCOMPARE(m_db.fact(u"select cost_micros || ' ' || provider || ' ' || model from public.usage"_s),
        u"580 google gemini-3.5-flash-lite"_s);
    const QString cheap = admissionOf(admit(m_user, 5000));
    QVERIFY(record(cheap, u"1, 1, 'complete'"_s).ok());
    QCOMPARE(m_db.fact(u"select cost_micros from public.usage where id = $1"_s, {cheap}), u"1"_s);
}

void SqlTutorTest::aReservationNobodySettlesCounts()
{
    QVERIFY(admit(m_user, 5000).value("allowed"_L1).toBool());
    m_db.admin(u"update public.usage set admitted_at = admitted_at - least(interval '20 min', "
               "clock_timestamp() - date_trunc('day', clock_timestamp() at time zone 'utc') at time zone 'utc')"_s);
    QCOMPARE(status().value("tokens_left"_L1).toInt(),
        m_db.fact(u"select tokens_per_day from public.limits"_s).toInt() - 2000);
}

void SqlTutorTest::theLawPicksTheModel()
{
    QCOMPARE(admit(m_user, 10).value("model"_L1).toString(), u"gpt-6-luna"_s);
    const QJsonObject chosen = admit(m_user, 10, u", p_providers => '{google,anthropic}'"_s);
    QCOMPARE(chosen.value("provider"_L1).toString(), u"anthropic"_s);
    QCOMPARE(chosen.value("parameters"_L1).toObject().value("thinking"_L1).toObject().value("type"_L1).toString(),
        u"disabled"_s);
    QVERIFY(chosen.value("max_output_tokens"_L1).toInt() > 0);
    QCOMPARE(reasonOf(admit(m_user, 10, u", p_model => 'gpt-6-sol'"_s)), u"model_not_allowed"_s);
    QCOMPARE(reasonOf(admit(m_user, 10, u", p_model => 'anything'"_s)), u"model_not_allowed"_s);
    QCOMPARE(reasonOf(admit(m_user, 10, u", p_providers => '{}'"_s)), u"no_model"_s);
    QCOMPARE(m_db.fact(u"select count(*) from public.usage"_s), u"2"_s);
}

void SqlTutorTest::teachersEditThePriceList()
{
    QVERIFY(m_db.reset());
    const QString allow = u"update public.tutor_models set allowed = true where model = 'gpt-6-sol'"_s;
    QCOMPARE(m_db.as(m_user, allow).affected, 0);
    QCOMPARE(m_db.as(AcademyDatabase::teacher(), allow).affected, 1);
    QVERIFY(m_db.as(AcademyDatabase::teacher(),
                    u"insert into public.tutor_models (provider, model, allowed, rank) values ('compatible', 'ours', true, 1)"_s)
                .ok());
    QCOMPARE(admit(m_user, 10).value("model"_L1).toString(), u"ours"_s);
    // What was used keeps its price.
    QCOMPARE(m_db.as(AcademyDatabase::teacher(), u"delete from public.tutor_models where model = 'ours'"_s).sqlState,
        u"23503"_s);
    QJsonObject admin = AcademyDatabase::claimsOf(m_user);
    admin.insert(u"app_metadata"_s, QJsonObject{{u"role"_s, u"admin"_s}});
    QCOMPARE(m_db.asClaims(u"authenticated"_s, admin, allow).affected, 1);
    QJsonObject pretender = AcademyDatabase::claimsOf(m_user);
    pretender.insert(u"user_metadata"_s, QJsonObject{{u"role"_s, u"admin"_s}});
    QCOMPARE(m_db.asClaims(u"authenticated"_s, pretender, allow).affected, 0);
}

void SqlTutorTest::theCatalogueIsForThoseWhoKeepTheTutor()
{
    QVERIFY(m_db.reset());
    const QString write = u"insert into public.tutor_catalogue (body) values ('{\"version\": 1}')"_s;
    const QString change = u"update public.tutor_catalogue set body = '{\"version\": 2}'"_s;
    const QString read = u"select body ->> 'version' from public.tutor_catalogue"_s;
    const auto asAdmin = [this](const QString& sql) {
        QJsonObject admin = AcademyDatabase::claimsOf(AcademyDatabase::student(6));
        admin.insert(u"app_metadata"_s, QJsonObject{{u"role"_s, u"admin"_s}});
        return m_db.asClaims(u"authenticated"_s, admin, sql);
    };
    QCOMPARE(m_db.as(m_user, write).sqlState, u"42501"_s);
    QVERIFY(m_db.as(AcademyDatabase::teacher(), write).ok());
    // There is one.
    QCOMPARE(m_db.as(AcademyDatabase::teacher(), write).sqlState, u"23505"_s);
    QCOMPARE(m_db.as(AcademyDatabase::teacher(), u"insert into public.tutor_catalogue (id, body) values (false, '{}')"_s).sqlState,
        u"23514"_s);
    QCOMPARE(m_db.as(AcademyDatabase::teacher(), u"update public.tutor_catalogue set body = '[]'"_s).sqlState, u"23514"_s);
    QCOMPARE(m_db.as(m_user, read).value(), u"1"_s);
    for (const QString& attack : {change, u"delete from public.tutor_catalogue"_s}) {
        QCOMPARE(m_db.as(m_user, attack).affected, 0);
    }
    for (const QString& sql : {read, write, change}) {
        QCOMPARE(m_db.asClaims(u"anon"_s, {{u"role"_s, u"anon"_s}}, sql).sqlState, u"42501"_s);
    }
    QCOMPARE(asAdmin(change).affected, 1);
    QCOMPARE(m_db.as(m_user, read).value(), u"2"_s);
    QCOMPARE(m_db.as(AcademyDatabase::teacher(), u"delete from public.tutor_catalogue"_s).affected, 1);
}

void SqlTutorTest::isSilentDuringAnExam()
{
    QVERIFY(m_db.reset());
    QVERIFY(m_db.openSitting().ok());
    const QJsonObject begun = m_db.start(m_user, AcademyDatabase::uuid()).object();
    const QString attempt = begun.value("attempt_id"_L1).toString();
    QCOMPARE(begun.value("paper"_L1).toObject().value("tutor_allowed"_L1), QJsonValue(false));
    const QJsonObject refused = admit(m_user, 10);
    QCOMPARE(reasonOf(refused), u"exam_running"_s);
    QCOMPARE(refused.value("code"_L1).toString(), u"ACADEMY_FORBIDDEN"_s);
    QVERIFY(admit(AcademyDatabase::student(5), 10).value("allowed"_L1).toBool());
    QVERIFY(m_db.submit(m_user, attempt, 1, 0, QByteArray(64, '0')).ok());
    QVERIFY(admit(m_user, 10).value("allowed"_L1).toBool());
}

void SqlTutorTest::speaksWhereTheExamAllowsIt()
{
    QVERIFY(m_db.reset());
    m_db.admin(u"update public.exams set tutor_allowed = true where id = $1"_s, {AcademyDatabase::exam()});
    QVERIFY(m_db.openSitting().ok());
    const QJsonObject begun = m_db.start(m_user, AcademyDatabase::uuid()).object();
    QCOMPARE(begun.value("paper"_L1).toObject().value("tutor_allowed"_L1), QJsonValue(true));
    QVERIFY(admit(m_user, 10).value("allowed"_L1).toBool());
}

void SqlTutorTest::manyAtOnceNeverPassTheLimit()
{
    m_db.admin(u"update public.limits set requests_per_minute = 1000, tokens_per_day = 1000"_s);
    m_db.admin(u"update academy.settings set value = '{\"micros\": null, \"tokens\": 2500}' where key = 'tutor_day'"_s);
    std::atomic<int> allowed = 0;
    std::vector<std::thread> askers;
    // Four machines of each of three people, five questions of a hundred tokens from each.
    for (int asker = 0; asker < 12; ++asker) {
        askers.emplace_back([this, &allowed, asker] {
            PgSession door(m_db.conninfo());
            const QString claims = AcademyDatabase::json(
                AcademyDatabase::claimsOf(AcademyDatabase::student(1 + asker % 3)));
            for (int round = 0; round < 5; ++round) {
                door.run(u"begin"_s);
                door.run(u"select set_config('request.jwt.claims', $1, true)"_s, {claims});
                door.run(u"set local role authenticated"_s);
                const PgAnswer answer = door.run(u"select public.tutor_admit(null, 100)"_s);
                door.run(u"commit"_s);
                allowed += answer.object().value("allowed"_L1).toBool() ? 1 : 0;
            }
        });
    }
    for (std::thread& asker : askers) {
        asker.join();
    }
    // Ten for each person would be thirty; the academy has enough for twenty-five.
    QCOMPARE(allowed.load(), 25);
    QCOMPARE(m_db.fact(u"select tokens from academy.tutor_days"_s), u"2500"_s);
    QVERIFY(m_db.fact(u"select max(n) from (select count(*) as n from public.usage group by user_id) c"_s).toInt() <= 10);
}

void SqlTutorTest::refusesNonsense()
{
    for (const QString& arguments : {u"null, null"_s, u"null, -1"_s, u"null, 1000001"_s,
             u"null, 10, p_output => 11"_s, u"null, 10, p_output => -1"_s}) {
        QCOMPARE(m_db.call(m_user, u"tutor_admit"_s, arguments).message, u"ACADEMY_BAD_INPUT"_s);
    }
    QCOMPARE(m_db.fact(u"select count(*) from public.usage"_s), u"0"_s);
    const QString admission = admissionOf(admit(m_user, 10));
    for (const QString& counts : {u"-1, 0, ''"_s, u"0, -1, ''"_s, u"null, 0, ''"_s, u"1, 1, '', 2"_s}) {
        QCOMPARE(record(admission, counts).message, u"ACADEMY_BAD_INPUT"_s);
    }
    QCOMPARE(record(AcademyDatabase::uuid(), u"1, 1, ''"_s).message, u"ACADEMY_NOT_FOUND"_s);
}

void SqlTutorTest::treesAreKeptAndCaughtUpWith()
{
    const QString conversation = AcademyDatabase::uuid();
    const QString question = AcademyDatabase::uuid();
    const QString insert = u"insert into public.messages (id, conversation_id, parent_id, role, content, state, details) "
                           "values ($1, $2, $3, $4, $5, $6, $7)"_s;
    QVERIFY(m_db.as(m_user,
                    u"insert into public.conversations (id, title, learner, head, updated_at) values ($1, 'Talk', '{\"level\":\"B1\"}', $2, '2020-01-01T00:00:00Z')"_s,
                    {conversation, question})
                .ok());
    QVERIFY(m_db.as(m_user, insert, {question, conversation, {}, u"user"_s, u"Why?"_s, u"complete"_s, u"{}"_s}).ok());
    for (const QString& state : {u"complete"_s, u"stopped"_s, u"interrupted"_s, u"failed"_s}) {
        QVERIFY(m_db.as(m_user, insert,
                        {AcademyDatabase::uuid(), conversation, question, u"assistant"_s, u"Because."_s, state,
                            u"{\"model\":\"x\"}"_s})
                    .ok());
    }
    QCOMPARE(m_db.as(m_user, u"select count(*) from public.messages where parent_id = $1"_s, {question}).value(), u"4"_s);
    // A machine whose clock is wrong does not hide what it wrote from the others.
    QCOMPARE(m_db.fact(u"select updated_at > now() - interval '1 hour' from public.conversations where id = $1"_s,
                 {conversation}),
        u"t"_s);
    QCOMPARE(m_db.as(m_user, insert, {question, conversation, question, u"user"_s, u"x"_s, u"complete"_s, u"{}"_s}).sqlState,
        u"23514"_s);
    QCOMPARE(m_db.as(m_user, insert,
                     {AcademyDatabase::uuid(), conversation, {}, u"user"_s, u"x"_s, u"streaming"_s, u"{}"_s})
                 .sqlState,
        u"23514"_s);
    QVERIFY(m_db.as(m_user, u"delete from public.messages where id = $1"_s, {question}).ok());
    QCOMPARE(m_db.fact(u"select count(*) from public.messages"_s), u"0"_s);
}

QTEST_GUILESS_MAIN(SqlTutorTest)
#include "tst_sql_tutor.moc"
