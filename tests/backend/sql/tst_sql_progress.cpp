// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/sql/AcademyDatabase.h"
#include "backend/sql/OpScript.h"

#include <QTest>

using namespace Qt::StringLiterals;

/// What moves progress.
class SqlProgressTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void finishingAnExamMovesProgress();
    void heldProgressWaitsForTheRelease();
    void resultsAreSeenOnlyWhenReleased();
    void reviewsCountOnce();
    void eventsFoldInAnyOrder();
    void badEntriesAreNamed();
    void homeShowsWhatIsMine();
    void invitationsWorkOnce();
    void newPeopleGetAProfile();
    void publishesWhatScreensWatch();

private:
    QJsonObject progress(const QString& user);
    QString sit(const QString& user);

    AcademyDatabase m_db;
};

void SqlProgressTest::initTestCase()
{
    QVERIFY2(m_db.prepare(), qPrintable(m_db.errorText()));
}

void SqlProgressTest::init()
{
    QVERIFY2(m_db.reset(), qPrintable(m_db.errorText()));
}

QJsonObject SqlProgressTest::progress(const QString& user)
{
    return m_db
        .as(user, u"select to_jsonb(p) from public.course_progress p where user_id = $1"_s, {user})
        .object();
}

QString SqlProgressTest::sit(const QString& user)
{
    m_db.openSitting();
    const QString attempt
        = m_db.start(user, AcademyDatabase::uuid()).object().value("attempt_id"_L1).toString();
    OpScript script;
    m_db.push(user, attempt, 1,
        {script.answer(u"r1"_s, {{u"choice"_s, u"b"_s}}),
            script.answer(u"r2"_s, {{u"choice"_s, u"c"_s}})});
    m_db.submit(user, attempt, 1, 2, script.head());
    return attempt;
}

void SqlProgressTest::finishingAnExamMovesProgress()
{
    const QString user = AcademyDatabase::student(1);
    const QJsonObject before = progress(user);
    sit(user);
    const QJsonObject after = progress(user);
    QVERIFY(after.value("version"_L1).toInt() > before.value("version"_L1).toInt());
    QVERIFY(after.value("overall"_L1).toDouble() != before.value("overall"_L1).toDouble());
    QCOMPARE(after.value("source"_L1).toString(), u"exam"_s);
    QCOMPARE(after.value("session_id"_L1).toString(), AcademyDatabase::sitting());
    QCOMPARE(after.value("milestones"_L1).toObject().value("exams"_L1).toInt(), 1);
    QVERIFY(after.value("milestones"_L1)
                .toObject()
                .value("reached"_L1)
                .toArray()
                .contains(u"first_exam"_s));
    QVERIFY(qAbs(after.value("delta"_L1).toDouble()
                - (after.value("overall"_L1).toDouble() - before.value("overall"_L1).toDouble()))
        < 0.001);
}

void SqlProgressTest::heldProgressWaitsForTheRelease()
{
    const QString user = AcademyDatabase::student(1);
    m_db.admin(u"update public.sittings set hold_progress = true"_s);
    const double before = progress(user).value("overall"_L1).toDouble();
    sit(user);
    QCOMPARE(progress(user).value("overall"_L1).toDouble(), before);
    QCOMPARE(progress(user).value("milestones"_L1).toObject().value("exams"_L1).toInt(), 1);
    QVERIFY(m_db.call(AcademyDatabase::teacher(), u"release_results"_s, u"$1"_s,
                    {AcademyDatabase::sitting()})
                .ok());
    QVERIFY(progress(user).value("overall"_L1).toDouble() != before);
}

void SqlProgressTest::resultsAreSeenOnlyWhenReleased()
{
    const QString user = AcademyDatabase::student(1);
    sit(user);
    const QString mine = u"select score from public.results"_s;
    QCOMPARE(m_db.as(user, mine).affected, 0);
    QCOMPARE(m_db.as(AcademyDatabase::teacher(), mine).affected, 1);
    QVERIFY(m_db.call(AcademyDatabase::teacher(), u"release_results"_s, u"$1"_s,
                    {AcademyDatabase::sitting()})
                .ok());
    QCOMPARE(m_db.as(user, mine).value(), u"4"_s);
    QCOMPARE(m_db.as(AcademyDatabase::student(2), mine).affected, 0);
    const QJsonObject sitting = m_db.call(user, u"student_home"_s, QString())
                                    .object()
                                    .value("sittings"_L1)
                                    .toArray()
                                    .first()
                                    .toObject();
    QCOMPARE(sitting.value("result"_L1).toObject().value("score"_L1).toInt(), 4);
}

void SqlProgressTest::reviewsCountOnce()
{
    const QString user = AcademyDatabase::student(2);
    const auto log = [](int rating) {
        return QJsonObject{{u"id"_s, AcademyDatabase::uuid()}, {u"card_id"_s, u"card-1"_s},
            {u"pack_id"_s, u"sample"_s}, {u"rating"_s, rating},
            {u"reviewed_at"_s, u"2026-11-22T10:00:00+01:00"_s}, {u"elapsed_ms"_s, 2100},
            {u"device"_s, u"laptop"_s}, {u"seq"_s, 1}};
    };
    QJsonArray logs{log(1), log(3), log(4)};
    const QJsonObject before = progress(user);
    const auto push = [&](const QJsonArray& array) {
        return m_db.call(user, u"push_review_logs"_s, u"$1"_s, {AcademyDatabase::json(array)})
            .object();
    };
    QCOMPARE(push(logs).value("accepted"_L1).toArray().size(), 3);
    const QJsonObject after = progress(user);
    QCOMPARE(after.value("milestones"_L1).toObject().value("reviews"_L1).toInt(), 3);
    QVERIFY(after.value("skills"_L1).toObject().value("language"_L1)
        != before.value("skills"_L1).toObject().value("language"_L1));
    QCOMPARE(after.value("source"_L1).toString(), u"review"_s);
    logs.append(log(2));
    const QJsonObject again = push(logs);
    QCOMPARE(again.value("duplicates"_L1).toArray().size(), 3);
    QCOMPARE(again.value("accepted"_L1).toArray().size(), 1);
    QCOMPARE(progress(user).value("milestones"_L1).toObject().value("reviews"_L1).toInt(), 4);
    // The same id from somebody else is another fact.
    QCOMPARE(m_db.call(AcademyDatabase::student(3), u"push_review_logs"_s, u"$1"_s,
                     {AcademyDatabase::json(logs)})
                 .object()
                 .value("accepted"_L1)
                 .toArray()
                 .size(),
        4);
}

void SqlProgressTest::eventsFoldInAnyOrder()
{
    QJsonArray events;
    for (int index = 0; index < 40; ++index) {
        events.append(QJsonObject{{u"id"_s, AcademyDatabase::uuid()},
            {u"course_id"_s, AcademyDatabase::course()}, {u"kind"_s, u"answer"_s},
            {u"skill"_s, index % 2 ? u"reading"_s : u"vocabulary"_s},
            {u"item_id"_s, u"i%1"_s.arg(index)}, {u"correct"_s, index % 3 != 0},
            {u"happened_at"_s, u"2026-11-22T10:00:00Z"_s}});
    }
    QJsonArray backwards;
    for (const QJsonValue event : events) {
        backwards.prepend(event);
    }
    const auto fold = [&](int student, const QJsonArray& first, int cut) {
        const QString user = AcademyDatabase::student(student);
        m_db.admin(u"delete from public.study_events where user_id = $1"_s, {user});
        m_db.admin(u"delete from academy.skill_tallies where user_id = $1"_s, {user});
        QJsonArray part;
        for (const QJsonValue event : first) {
            part.append(event);
            if (part.size() == cut) {
                m_db.call(user, u"push_study_events"_s, u"$1"_s, {AcademyDatabase::json(part)});
                part = {event};
            }
        }
        m_db.call(user, u"push_study_events"_s, u"$1"_s, {AcademyDatabase::json(part)});
        return progress(user).value("skills"_L1).toObject();
    };
    const QJsonObject one = fold(5, events, 7);
    QCOMPARE(fold(6, backwards, 11), one);
    QCOMPARE(m_db.fact(u"select sum(answers) from academy.skill_tallies where user_id = $1"_s,
                 {AcademyDatabase::student(5)}),
        u"40"_s);
    // 20 answers in each skill; of the odd ones 13 are right.
    QCOMPARE(one.value("reading"_L1).toDouble(), 32.5);
}

void SqlProgressTest::badEntriesAreNamed()
{
    const QString user = AcademyDatabase::student(2);
    const QString good = AcademyDatabase::uuid();
    const QJsonObject base{{u"id"_s, good}, {u"course_id"_s, AcademyDatabase::course()},
        {u"kind"_s, u"answer"_s}, {u"skill"_s, u"use"_s}, {u"correct"_s, true},
        {u"happened_at"_s, u"2026-11-22T10:00:00Z"_s}};
    QJsonObject foreign = base;
    foreign.insert(u"id"_s, AcademyDatabase::uuid());
    foreign.insert(u"course_id"_s, u"11111111-0000-4000-8000-000000000011"_s);
    QJsonObject timeless = base;
    timeless.insert(u"id"_s, AcademyDatabase::uuid());
    timeless.insert(u"happened_at"_s, u"yesterday-ish"_s);
    const QJsonObject answer
        = m_db.call(user, u"push_study_events"_s, u"$1"_s,
                  {AcademyDatabase::json(QJsonArray{foreign, base, timeless, 5})})
              .object();
    QCOMPARE(answer.value("accepted"_L1).toArray(), QJsonArray{good});
    QCOMPARE(answer.value("rejected"_L1).toArray().size(), 3);
    const QJsonObject reviews
        = m_db.call(user, u"push_review_logs"_s, u"$1"_s,
                  {u"[{\"id\":\"%1\",\"card_id\":\"c\",\"pack_id\":\"p\",\"rating\":9,\"reviewed_at\":\"2026-11-22T10:00:00Z\"}]"_s
                          .arg(good)})
              .object();
    QCOMPARE(reviews.value("rejected"_L1).toArray().size(), 1);
}

void SqlProgressTest::homeShowsWhatIsMine()
{
    const QJsonObject home
        = m_db.call(AcademyDatabase::student(9), u"student_home"_s, QString()).object();
    QCOMPARE(home.value("profile"_L1).toObject().value("display_name"_L1).toString(),
        u"Irene Calatayud"_s);
    QCOMPARE(home.value("profile"_L1).toObject().value("app_role"_L1).toString(), u"student"_s);
    QCOMPARE(home.value("courses"_L1).toArray().size(), 1);
    QCOMPARE(
        home.value("sittings"_L1).toArray().first().toObject().value("class_name"_L1).toString(),
        u"B2 Evening"_s);
    QCOMPARE(m_db.call(AcademyDatabase::student(40), u"student_home"_s, QString())
                 .object()
                 .value("sittings"_L1)
                 .toArray()
                 .size(),
        0);
    const PgAnswer list = m_db.call(AcademyDatabase::teacher(), u"teacher_sittings"_s, QString());
    QVERIFY(list.value().contains("\"students\": 36"_L1));
    QCOMPARE(m_db.call(AcademyDatabase::otherTeacher(), u"teacher_sittings"_s, QString()).value(),
        u"[]"_s);
    const QJsonObject scheduled = m_db.call(AcademyDatabase::teacher(), u"schedule_sitting"_s,
                                          u"$1, $2, 'Second', now(), 1800"_s,
                                          {AcademyDatabase::exam(), AcademyDatabase::evening()})
                                      .object();
    QCOMPARE(scheduled.value("state"_L1).toString(), u"scheduled"_s);
}

void SqlProgressTest::invitationsWorkOnce()
{
    const PgAnswer created = m_db.call(
        AcademyDatabase::teacher(), u"create_invitation"_s, u"$1"_s, {AcademyDatabase::evening()});
    const QString invitation = created.object().value("code"_L1).toString();
    const QString guest = AcademyDatabase::student(40);
    QCOMPARE(
        m_db.call(guest, u"accept_invitation"_s, u"'wrong'"_s).message, u"ACADEMY_NOT_FOUND"_s);
    QVERIFY(m_db.call(guest, u"accept_invitation"_s, u"$1"_s, {invitation}).ok());
    QVERIFY(m_db.call(guest, u"accept_invitation"_s, u"$1"_s, {invitation}).ok());
    QCOMPARE(m_db.call(AcademyDatabase::student(39), u"accept_invitation"_s, u"$1"_s, {invitation})
                 .message,
        u"ACADEMY_NOT_FOUND"_s);
    QCOMPARE(
        m_db.fact(u"select count(*) from public.enrolments where user_id = $1"_s, {guest}), u"2"_s);
    QCOMPARE(m_db.fact(
                 u"select count(*) from public.invitations where code_hash like '%' || $1 || '%'"_s,
                 {invitation}),
        u"0"_s);
}

void SqlProgressTest::newPeopleGetAProfile()
{
    const QString id = AcademyDatabase::uuid();
    QVERIFY(
        m_db.admin(
                u"insert into auth.users (id, email, raw_user_meta_data) values ($1, 'nou@example.org', '{\"locale\":\"not a locale\"}')"_s,
                {id})
            .ok());
    QCOMPARE(
        m_db.fact(u"select display_name || ' ' || locale from public.profiles where user_id = $1"_s,
            {id}),
        u"nou en"_s);
    QCOMPARE(
        m_db.call(id, u"student_home"_s, QString()).object().value("courses"_L1).toArray().size(),
        0);
    QVERIFY(m_db.as(id, u"update public.profiles set display_name = 'Nou Nom' where user_id = $1"_s,
                    {id})
                .ok());
}

void SqlProgressTest::publishesWhatScreensWatch()
{
    QCOMPARE(
        m_db.fact(
            u"select string_agg(tablename, ' ' order by tablename) from pg_publication_tables where pubname = 'supabase_realtime'"_s),
        u"attempts course_progress results sittings"_s);
    QCOMPARE(
        m_db.fact(
            u"select string_agg(schemaname || '.' || tablename, ' ') from pg_publication_tables where pubname = 'supabase_realtime_messages_publication'"_s),
        u"realtime.messages"_s);
    // Answering and beating write nothing that subscribers watch.
    const QString user = AcademyDatabase::student(1);
    m_db.openSitting();
    const QString attempt
        = m_db.start(user, AcademyDatabase::uuid()).object().value("attempt_id"_L1).toString();
    const QString rows
        = u"select string_agg(t.xmin::text, ' ') from (select xmin from public.attempts union all select xmin from public.sittings union all select xmin from public.course_progress where user_id = '%1') t"_s
              .arg(user);
    const QString before = m_db.fact(rows);
    OpScript script;
    QVERIFY(m_db.push(user, attempt, 1, {script.text(u"u7"_s, u"on"_s)}).ok());
    QVERIFY(m_db.beat(user, attempt, 1, {}).ok());
    QCOMPARE(m_db.fact(rows), before);
}

QTEST_GUILESS_MAIN(SqlProgressTest)
#include "tst_sql_progress.moc"
