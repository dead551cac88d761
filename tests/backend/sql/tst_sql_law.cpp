// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/sql/AcademyDatabase.h"
#include "backend/sql/OpScript.h"

#include <QSet>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

QStringList statuses(const PgAnswer& answer)
{
    QStringList result;
    for (const QJsonValue value : answer.object().value("results"_L1).toArray()) {
        result << value.toObject().value("status"_L1).toString();
    }
    return result;
}

QString code(const PgAnswer& answer, int index)
{
    return answer.object()
        .value("results"_L1)
        .toArray()
        .at(index)
        .toObject()
        .value("code"_L1)
        .toString();
}

} // namespace

/// How an evening goes, on a real database: start, push, beat, commands, takeover, hand in,
/// monitor.
class SqlLawTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void seedTwiceChangesNothing();
    void migrationsNeedNoSuperuser();
    void startsOnlyWhenOpen();
    void sameDeviceSameLease();
    void paperHoldsNoKey();
    void foldsAnswersAndReceipts();
    void keepsWhatArrivesTwice();
    void waitsForHoles();
    void keepsBothWhenANumberIsTaken();
    void flagsABrokenChain();
    void takesTheRestOfABadBatch();
    void refusesTooMuch();
    void asksBeforeTakingOver();
    void takesOverFromASilentDevice();
    void setsAsideWhatLiesBeyondAHole();
    void resumesElsewhere();
    void extendsAndUndoes();
    void pausesGiveBackTheirTime();
    void endIsAFunctionOfTheLedger();
    void dryRunChangesNothing();
    void commandsWaitForTheAbsent();
    void commandsOnce();
    void lateWorkIsKeptAside();
    void lateHandInIsLabelled();
    void graceForWhatIsOnItsWay();
    void handsInOnceAndNamesWhatIsMissing();
    void closingCollects();
    void monitorTellsWhatChanged();
    void monitorDerivesStates_data();
    void monitorDerivesStates();
    void deltasAtMostOnceASecond();
    void aClockSetBackSilencesNobody();
    void aNameOfOnesOwnDeceivesNobody();
    void aLastNumberOutOfThisWorldIsNoWork();
    void nudgesEachStudent();
    void everyActionIsAudited();

private:
    /// Opens the sitting and starts student 1 on m_device.
    void begin();

    AcademyDatabase m_db;
    QByteArray m_scene;
    QString m_user;
    QString m_device;
    QString m_attempt;
};

void SqlLawTest::initTestCase()
{
    QVERIFY2(m_db.prepare(), qPrintable(m_db.errorText()));
    m_user = AcademyDatabase::student(1);
}

void SqlLawTest::init()
{
    // The rows of one test function share a scene and undo what they do to it.
    if (m_scene == QTest::currentTestFunction()) {
        return;
    }
    m_scene = QTest::currentTestFunction();
    QVERIFY2(m_db.reset(), qPrintable(m_db.errorText()));
    m_device = AcademyDatabase::uuid();
    m_attempt.clear();
}

void SqlLawTest::begin()
{
    QVERIFY(m_db.openSitting().ok());
    const PgAnswer started = m_db.start(m_user, m_device);
    QVERIFY2(started.ok(), qPrintable(started.message));
    m_attempt = started.object().value("attempt_id"_L1).toString();
    QVERIFY(!m_attempt.isEmpty());
}

void SqlLawTest::seedTwiceChangesNothing()
{
    const QString counts
        = u"select concat_ws(' ', (select count(*) from auth.users), (select count(*) from "
          "auth.identities), (select count(*) from public.study_events), (select count(*) from "
          "public.class_members), (select sum(version) from public.course_progress))"_s;
    const QString before = m_db.fact(counts);
    const QString database = m_db.fact(u"select current_database()"_s);
    QVERIFY2(m_db.postgres().applyFile(database, u"postgres"_s,
                 PostgresFixture::sourceDir() + "/packaging/supabase/seed.sql"_L1),
        qPrintable(m_db.errorText()));
    QCOMPARE(m_db.fact(counts), before);
    QVERIFY(before.startsWith("42 42 "_L1));
    QCOMPARE(
        m_db.fact(u"select count(*) from public.course_progress where overall > 0"_s), u"40"_s);
    QCOMPARE(m_db.fact(u"select count(*) from auth.users where encrypted_password = "
                       "extensions.crypt('neolingus-demo', encrypted_password)"_s),
        u"42"_s);
}

void SqlLawTest::migrationsNeedNoSuperuser()
{
    QCOMPARE(m_db.fact(u"select rolsuper from pg_roles where rolname = 'postgres'"_s), u"f"_s);
    QCOMPARE(
        m_db.fact(u"select count(*) from pg_class c join pg_namespace n on n.oid = c.relnamespace "
                  "where n.nspname in ('public', 'academy') and c.relkind = 'r' and "
                  "c.relowner <> 'postgres'::regrole"_s),
        u"0"_s);
}

void SqlLawTest::startsOnlyWhenOpen()
{
    QCOMPARE(m_db.start(m_user, m_device).message, u"ACADEMY_NOT_OPEN"_s);
    QVERIFY(m_db.openSitting().ok());
    QVERIFY(m_db.openSitting().ok());
    QCOMPARE(m_db.start(AcademyDatabase::student(40), m_device).message, u"ACADEMY_NOT_FOUND"_s);
    QCOMPARE(m_db.start(AcademyDatabase::teacher(), m_device).message, u"ACADEMY_NOT_FOUND"_s);
    QCOMPARE(m_db.start(m_user, QString()).sqlState, u"PT400"_s);
    QVERIFY(m_db.start(m_user, m_device).ok());
    QVERIFY(m_db.call(AcademyDatabase::teacher(), u"close_sitting"_s, u"$1"_s,
                    {AcademyDatabase::sitting()})
                .ok());
    const PgAnswer late = m_db.start(AcademyDatabase::student(2), m_device);
    QCOMPARE(late.message, u"ACADEMY_NOT_OPEN"_s);
    QCOMPARE(late.sqlState, u"PT409"_s);
    QCOMPARE(m_db.openSitting().message, u"ACADEMY_CLOSED"_s);
}

void SqlLawTest::sameDeviceSameLease()
{
    begin();
    const QJsonObject again = m_db.start(m_user, m_device).object();
    QCOMPARE(again.value("attempt_id"_L1).toString(), m_attempt);
    QCOMPARE(again.value("lease"_L1).toInt(), 1);
    QCOMPARE(again.value("state"_L1).toString(), u"active"_s);
    QCOMPARE(again.value("base_seconds"_L1).toInt(), 3600);
    QCOMPARE(m_db.fact(u"select count(*) from public.attempts"_s), u"1"_s);
}

void SqlLawTest::paperHoldsNoKey()
{
    begin();
    const QJsonObject paper = m_db.start(m_user, m_device).object().value("paper"_L1).toObject();
    QCOMPARE(paper.value("sections"_L1).toArray().size(), 3);
    const QString text = AcademyDatabase::json(paper);
    for (const QString& word : {u"\"correct\""_s, u"\"accept\""_s, u"\"pairs\""_s, u"\"credit\""_s,
             u"construction"_s, u"had taken"_s}) {
        QVERIFY2(!text.contains(word), qPrintable(word));
    }
    QSet<QString> types;
    int items = 0;
    for (const QJsonValue section : paper.value("sections"_L1).toArray()) {
        for (const QJsonValue item : section.toObject().value("items"_L1).toArray()) {
            types << item.toObject().value("type"_L1).toString();
            ++items;
        }
    }
    QVERIFY(items >= 12);
    QCOMPARE(types,
        QSet<QString>({u"choice"_s, u"multi"_s, u"truefalse"_s, u"cloze"_s, u"match"_s, u"order"_s,
            u"short"_s, u"transform"_s, u"essay"_s}));
    const PgAnswer leaking = m_db.admin(u"update public.exams set paper = jsonb_set(paper, "
                                        "'{sections,0,items,0,correct}', '\"b\"')"_s);
    QCOMPARE(leaking.sqlState, u"23514"_s);
}

void SqlLawTest::foldsAnswersAndReceipts()
{
    begin();
    OpScript script;
    const QJsonArray ops{script.next(u"r1"_s, u"visit"_s),
        script.answer(u"r1"_s, {{u"choice"_s, u"a"_s}}),
        script.answer(u"r1"_s, {{u"choice"_s, u"b"_s}}), script.next(u"r2"_s, u"flag"_s),
        script.text(u"u7"_s, u"on"_s), script.text(u"u7"_s, u"  "_s),
        script.text(u"w1"_s, u"Mañana, «l'avinguda» 漢 😀"_s), script.next(u"r2"_s, u"unflag"_s),
        script.next(u"r4"_s, u"flag"_s), script.next(QString(), u"focus"_s)};
    const PgAnswer pushed = m_db.push(m_user, m_attempt, 1, ops);
    QVERIFY2(pushed.ok(), qPrintable(pushed.message));
    QCOMPARE(statuses(pushed), QStringList(10, u"accepted"_s));
    QCOMPARE(pushed.object().value("acked_seq"_L1).toInt(), 10);
    QCOMPARE(pushed.object().value("chain_head"_L1).toString().toLatin1(), script.head());

    const QJsonObject state = m_db.start(m_user, m_device).object();
    const QJsonObject answers = state.value("answers"_L1).toObject();
    QCOMPARE(answers.value("r1"_L1).toObject().value("choice"_L1).toString(), u"b"_s);
    QCOMPARE(answers.value("w1"_L1).toObject().value("text"_L1).toString(),
        u"Mañana, «l'avinguda» 漢 😀"_s);
    QCOMPARE(state.value("flagged"_L1).toArray(), QJsonArray{u"r4"_s});
    QCOMPARE(m_db.fact(u"select items from academy.attempt_live"_s), u"as.f.........s....a"_s);
    QCOMPARE(
        m_db.fact(u"select answered || ' ' || flagged || ' ' || total from academy.attempt_live"_s),
        u"2 1 19"_s);
    QCOMPARE(m_db.fact(u"select bool_and(chain_ok) from public.attempt_ops"_s), u"t"_s);
    // The fold kept beside the facts is the fold of the facts.
    const QString fold
        = u"select jsonb_agg(to_jsonb(t) order by place) from academy.attempt_items t"_s;
    const QString before = m_db.fact(fold);
    m_db.admin(u"select academy.refold_attempt($1)"_s, {m_attempt});
    QCOMPARE(m_db.fact(fold), before);
}

void SqlLawTest::keepsWhatArrivesTwice()
{
    begin();
    OpScript script;
    const QJsonArray first{script.text(u"u7"_s, u"on"_s), script.text(u"u8"_s, u"had"_s)};
    QCOMPARE(statuses(m_db.push(m_user, m_attempt, 1, first)), QStringList(2, u"accepted"_s));
    QJsonArray second = first;
    second.append(script.text(u"u8"_s, u"did"_s));
    second.append(second.last());
    const PgAnswer again = m_db.push(m_user, m_attempt, 1, second);
    QCOMPARE(statuses(again),
        QStringList({u"duplicate"_s, u"duplicate"_s, u"accepted"_s, u"duplicate"_s}));
    QCOMPARE(again.object().value("acked_seq"_L1).toInt(), 3);
    QCOMPARE(m_db.fact(u"select count(*) from public.attempt_ops"_s), u"3"_s);
}

void SqlLawTest::waitsForHoles()
{
    begin();
    OpScript script;
    QJsonArray all;
    for (int index = 0; index < 6; ++index) {
        all.append(script.text(u"u7"_s, QString::number(index)));
    }
    QCOMPARE(
        m_db.push(m_user, m_attempt, 1, {all.at(0)}).object().value("acked_seq"_L1).toInt(), 1);
    const PgAnswer holed = m_db.push(m_user, m_attempt, 1, {all.at(5), all.at(3)});
    QCOMPARE(statuses(holed), QStringList(2, u"accepted"_s));
    QCOMPARE(holed.object().value("acked_seq"_L1).toInt(), 1);
    QCOMPARE(
        m_db.fact(u"select count(*) from public.attempt_ops where chain_ok is null"_s), u"2"_s);
    // Number 6 is known and wins although number 5 comes later.
    QCOMPARE(
        m_db.push(m_user, m_attempt, 1, {all.at(4)}).object().value("acked_seq"_L1).toInt(), 1);
    QCOMPARE(
        m_db.fact(u"select payload->>'text' from academy.attempt_items where item_id = 'u7'"_s),
        u"5"_s);
    const PgAnswer filled = m_db.push(m_user, m_attempt, 1, {all.at(2), all.at(1)});
    QCOMPARE(filled.object().value("acked_seq"_L1).toInt(), 6);
    QCOMPARE(filled.object().value("chain_head"_L1).toString().toLatin1(), script.head());
    QCOMPARE(
        m_db.fact(u"select bool_and(chain_ok) and count(*) = 6 from public.attempt_ops"_s), u"t"_s);
    QCOMPARE(m_db.fact(u"select count(*) from public.incidents"_s), u"0"_s);
}

void SqlLawTest::keepsBothWhenANumberIsTaken()
{
    begin();
    OpScript one;
    OpScript two;
    QVERIFY(m_db.push(m_user, m_attempt, 1, {one.text(u"u7"_s, u"on"_s)}).ok());
    const PgAnswer fork = m_db.push(m_user, m_attempt, 1, {two.text(u"u7"_s, u"at"_s)});
    QCOMPARE(statuses(fork), QStringList{u"rejected"_s});
    QCOMPARE(code(fork, 0), u"ACADEMY_SEQ_TAKEN"_s);
    QCOMPARE(m_db.fact(u"select body from public.attempt_ops where branch = 'conflict'"_s),
        u"{\"text\":\"at\"}"_s);
    QCOMPARE(
        m_db.fact(u"select payload->>'text' from academy.attempt_items where item_id = 'u7'"_s),
        u"on"_s);
}

void SqlLawTest::flagsABrokenChain()
{
    begin();
    OpScript script;
    QJsonObject forged = script.text(u"u7"_s, u"on"_s);
    forged.insert(u"body"_s, u"{\"text\":\"in\"}"_s);
    const PgAnswer pushed
        = m_db.push(m_user, m_attempt, 1, {forged, script.text(u"u8"_s, u"had"_s)});
    QCOMPARE(statuses(pushed), QStringList(2, u"accepted"_s));
    QCOMPARE(code(pushed, 0), u"ACADEMY_CHAIN_BROKEN"_s);
    QCOMPARE(code(pushed, 1), QString());
    QCOMPARE(pushed.object().value("acked_seq"_L1).toInt(), 2);
    OpScript elsewhere(2, QByteArray(64, 'f'));
    QCOMPARE(code(m_db.push(m_user, m_attempt, 1, {elsewhere.text(u"u8"_s, u"x"_s)}), 0),
        u"ACADEMY_CHAIN_BROKEN"_s);
    QCOMPARE(
        m_db.fact(
            u"select string_agg(kind || (details->>'seqs'), ' ' order by id) from public.incidents"_s),
        u"chain_broken[1] chain_broken[3]"_s);
    QCOMPARE(m_db.fact(u"select incidents || last_incident from academy.attempt_live"_s),
        u"2chain_broken"_s);
}

void SqlLawTest::takesTheRestOfABadBatch()
{
    begin();
    OpScript script;
    const QJsonObject good = script.text(u"u7"_s, u"on"_s);
    QJsonObject noId = script.text(u"u7"_s, u"x"_s);
    noId.insert(u"op_id"_s, u"nonsense"_s);
    QJsonObject noSeq = noId;
    noSeq.insert(u"op_id"_s, AcademyDatabase::uuid());
    noSeq.insert(u"seq"_s, -4);
    const QJsonObject unknownItem = OpScript(1, script.head()).text(u"zz9"_s, u"?"_s);
    const PgAnswer pushed
        = m_db.push(m_user, m_attempt, 1, {noId, good, noSeq, 17, QJsonValue::Null, unknownItem});
    QVERIFY2(pushed.ok(), qPrintable(pushed.message));
    QCOMPARE(statuses(pushed),
        QStringList({u"rejected"_s, u"accepted"_s, u"rejected"_s, u"rejected"_s, u"rejected"_s,
            u"accepted"_s}));
    QCOMPARE(code(pushed, 0), u"ACADEMY_BAD_INPUT"_s);
    QCOMPARE(m_db.fact(u"select count(*) from public.attempt_ops"_s), u"2"_s);
}

void SqlLawTest::refusesTooMuch()
{
    begin();
    OpScript script;
    QJsonArray many;
    for (int index = 0; index < 501; ++index) {
        many.append(script.text(u"u7"_s, u"x"_s));
    }
    QCOMPARE(m_db.push(m_user, m_attempt, 1, many).message, u"ACADEMY_LIMIT"_s);
    many.removeLast();
    const PgAnswer full = m_db.push(m_user, m_attempt, 1, many);
    QCOMPARE(full.object().value("acked_seq"_L1).toInt(), 500);
    QCOMPARE(m_db.call(m_user, u"push_ops"_s, u"$1, 1, '{}'"_s, {m_attempt}).message,
        u"ACADEMY_BAD_INPUT"_s);
    QCOMPARE(m_db.push(m_user, m_attempt, 2, {}).message, u"ACADEMY_BAD_INPUT"_s);
}

void SqlLawTest::asksBeforeTakingOver()
{
    begin();
    OpScript script;
    QVERIFY(m_db.push(m_user, m_attempt, 1, {script.text(u"u7"_s, u"on"_s)}).ok());
    const QString other = AcademyDatabase::uuid();
    const PgAnswer asked = m_db.as(m_user,
        u"select a, current_setting('response.status', true) from public.start_attempt($1, $2, true) a"_s,
        {AcademyDatabase::sitting(), other});
    QVERIFY(asked.ok());
    QCOMPARE(asked.object().value("message"_L1).toString(), u"ACADEMY_LEASE_TAKEN"_s);
    QVERIFY(!asked.object().contains("attempt_id"_L1));
    QCOMPARE(asked.rows.first().at(1), u"409"_s);

    const QJsonObject row
        = AcademyDatabase::row(m_db.call(AcademyDatabase::teacher(), u"monitor_snapshot"_s, u"$1"_s,
                                       {AcademyDatabase::sitting()})
                                   .object(),
            m_user);
    QCOMPARE(row.value("lease_conflict"_L1).toBool(), true);
    QCOMPARE(row.value("state"_L1).toString(), u"conflict"_s);
    QCOMPARE(row.value("last_incident"_L1).toString(), u"takeover_request"_s);

    const PgAnswer granted = m_db.command(u"grant_takeover"_s, {}, {m_attempt});
    QVERIFY2(granted.ok(), qPrintable(granted.message));
    QCOMPARE(m_db.start(m_user, other).object().value("lease"_L1).toInt(), 2);

    // The old device is fenced: kept aside, acknowledged as such, never counted.
    const QJsonObject last = script.text(u"u7"_s, u"at"_s);
    const PgAnswer old = m_db.push(m_user, m_attempt, 1, {last});
    QCOMPARE(statuses(old), QStringList{u"fenced"_s});
    QCOMPARE(old.object().value("acked_seq"_L1).toInt(), 1);
    // Asked again, because the answer was lost: answered as it was.
    const PgAnswer again = m_db.push(m_user, m_attempt, 1, {last});
    QCOMPARE(statuses(again), QStringList{u"fenced"_s});
    QCOMPARE(code(again, 0), u"ACADEMY_FENCED"_s);
    QCOMPARE(m_db.beat(m_user, m_attempt, 1, {}).message, u"ACADEMY_FENCED"_s);
    QCOMPARE(m_db.submit(m_user, m_attempt, 1, 2, script.head()).message, u"ACADEMY_FENCED"_s);
    QCOMPARE(
        m_db.fact(u"select payload->>'text' from public.attempt_ops where branch = 'fenced'"_s),
        u"at"_s);
    QCOMPARE(
        m_db.fact(u"select payload->>'text' from academy.attempt_items where item_id = 'u7'"_s),
        u"on"_s);
    const QJsonObject refused = m_db.command(u"grant_takeover"_s, {}, {m_attempt}).object();
    QCOMPARE(refused.value("targets"_L1).toArray().first().toObject().value("why"_L1).toString(),
        u"no_request"_s);
    QVERIFY(refused.value("command_id"_L1).isNull());
}

void SqlLawTest::takesOverFromASilentDevice()
{
    begin();
    m_db.admin(u"update academy.attempt_live set last_seen = last_seen - interval '36 s'"_s);
    QCOMPARE(m_db.start(m_user, AcademyDatabase::uuid()).object().value("lease"_L1).toInt(), 2);
    QCOMPARE(
        m_db.fact(u"select count(*) from public.audit_log where action = 'lease_moved'"_s), u"1"_s);
}

void SqlLawTest::setsAsideWhatLiesBeyondAHole()
{
    begin();
    OpScript script;
    const QJsonObject one = script.text(u"u7"_s, u"on"_s);
    (void)script.text(u"u7"_s, u"lost"_s);
    const QJsonObject three = script.text(u"u8"_s, u"had"_s);
    QVERIFY(m_db.push(m_user, m_attempt, 1, {one, three}).ok());
    m_db.admin(u"update academy.attempt_live set last_seen = last_seen - interval '1 min'"_s);
    const QJsonObject moved = m_db.start(m_user, AcademyDatabase::uuid()).object();
    QCOMPARE(moved.value("acked_seq"_L1).toInt(), 1);
    QVERIFY(!moved.value("answers"_L1).toObject().contains("u8"_L1));
    QCOMPARE(m_db.fact(u"select branch from public.attempt_ops where seq = 3"_s), u"fenced"_s);
    OpScript next(1, moved.value("chain_head"_L1).toString().toLatin1());
    const PgAnswer pushed = m_db.push(
        m_user, m_attempt, 2, {next.text(u"u8"_s, u"did"_s), next.text(u"u8"_s, u"had"_s)});
    QCOMPARE(statuses(pushed), QStringList(2, u"accepted"_s));
    QCOMPARE(pushed.object().value("acked_seq"_L1).toInt(), 3);
    QCOMPARE(
        m_db.fact(u"select bool_and(chain_ok) from public.attempt_ops where branch = 'main'"_s),
        u"t"_s);
}

void SqlLawTest::resumesElsewhere()
{
    begin();
    OpScript script;
    QVERIFY(m_db.push(m_user, m_attempt, 1,
                    {script.text(u"w1"_s, u"Dear"_s), script.next(u"w1"_s, u"flag"_s)})
                .ok());
    m_db.admin(u"update academy.attempt_live set last_seen = last_seen - interval '1 min'"_s);
    const QJsonObject state = m_db.start(m_user, AcademyDatabase::uuid()).object();
    QCOMPARE(
        state.value("answers"_L1).toObject().value("w1"_L1).toObject().value("text"_L1).toString(),
        u"Dear"_s);
    QCOMPARE(state.value("flagged"_L1).toArray(), QJsonArray{u"w1"_s});
    QCOMPARE(state.value("chain_head"_L1).toString().toLatin1(), script.head());
    const PgAnswer pushed = m_db.push(m_user, m_attempt, 2, {script.text(u"w1"_s, u"Dear Sir"_s)});
    QCOMPARE(pushed.object().value("acked_seq"_L1).toInt(), 3);
    QCOMPARE(code(pushed, 0), QString());
}

void SqlLawTest::extendsAndUndoes()
{
    begin();
    QCOMPARE(m_db.secondsToEnd(m_attempt), 3600.0);
    const QJsonObject extended
        = m_db.command(u"extend"_s, {{u"seconds"_s, 300}, {u"ledger"_s, u"accommodation"_s}})
              .object();
    QCOMPARE(m_db.secondsToEnd(m_attempt), 3900.0);
    QCOMPARE(
        m_db.fact(u"select ledger || seconds from public.adjustments"_s), u"accommodation300"_s);
    const QString id = QString::number(extended.value("command_id"_L1).toInt());
    QVERIFY(m_db.call(AcademyDatabase::teacher(), u"undo_command"_s, u"$1"_s, {id}).ok());
    QVERIFY(m_db.call(AcademyDatabase::teacher(), u"undo_command"_s, u"$1"_s, {id}).ok());
    QCOMPARE(m_db.secondsToEnd(m_attempt), 3600.0);
    QCOMPARE(
        m_db.fact(
            u"select string_agg(seconds || coalesce(' takes back ' || compensates, ''), ', ' order by id) from public.adjustments"_s),
        u"300, -300 takes back 1"_s);

    const QString late = QString::number(
        m_db.command(u"extend"_s, {{u"seconds"_s, 60}}).object().value("command_id"_L1).toInt());
    m_db.admin(
        u"update public.commands set issued_at = issued_at - interval '11 s' where id = $1"_s,
        {late});
    QCOMPARE(m_db.call(AcademyDatabase::teacher(), u"undo_command"_s, u"$1"_s, {late}).message,
        u"ACADEMY_CLOSED"_s);
    const QString message
        = QString::number(m_db.command(u"message"_s, {{u"text"_s, u"Five minutes"_s}})
                              .object()
                              .value("command_id"_L1)
                              .toInt());
    QCOMPARE(m_db.call(AcademyDatabase::teacher(), u"undo_command"_s, u"$1"_s, {message}).message,
        u"ACADEMY_BAD_INPUT"_s);
    for (const QJsonObject& bad :
        {QJsonObject{}, QJsonObject{{u"seconds"_s, -5}}, QJsonObject{{u"seconds"_s, u"many"_s}}}) {
        QCOMPARE(m_db.command(u"extend"_s, bad).message, u"ACADEMY_BAD_INPUT"_s);
    }
    QCOMPARE(m_db.command(u"explode"_s, {}).message, u"ACADEMY_BAD_INPUT"_s);
    QCOMPARE(m_db.command(u"message"_s, {{u"text"_s, u" "_s}}).message, u"ACADEMY_BAD_INPUT"_s);
}

void SqlLawTest::pausesGiveBackTheirTime()
{
    begin();
    QVERIFY(m_db.command(u"pause"_s, {}).ok());
    QCOMPARE(m_db.beat(m_user, m_attempt, 1, {}).object().value("paused"_L1).toBool(), true);
    OpScript script;
    const PgAnswer meanwhile = m_db.push(m_user, m_attempt, 1, {script.text(u"u7"_s, u"on"_s)});
    QCOMPARE(statuses(meanwhile), QStringList{u"accepted"_s});
    QCOMPARE(code(meanwhile, 0), u"ACADEMY_PAUSED"_s);
    QCOMPARE(meanwhile.object().value("state"_L1).toString(), u"paused"_s);
    QCOMPARE(m_db.fact(u"select flag from public.attempt_ops"_s), u"paused"_s);
    QCOMPARE(m_db.command(u"pause"_s, {})
                 .object()
                 .value("targets"_L1)
                 .toArray()
                 .first()
                 .toObject()
                 .value("why"_L1)
                 .toString(),
        u"already_paused"_s);
    // Seven minutes later.
    m_db.admin(u"update public.adjustments set at = at - interval '7 min'"_s);
    QVERIFY(m_db.command(u"resume"_s, {}).ok());
    const double end = m_db.secondsToEnd(m_attempt);
    QVERIFY2(end >= 3600 + 420 && end < 3600 + 430, qPrintable(QString::number(end)));
    QCOMPARE(m_db.secondsToEnd(m_attempt), end);
    QCOMPARE(code(m_db.push(m_user, m_attempt, 1, {script.text(u"u7"_s, u"in"_s)}), 0), QString());
    QCOMPARE(m_db.command(u"resume"_s, {})
                 .object()
                 .value("targets"_L1)
                 .toArray()
                 .first()
                 .toObject()
                 .value("why"_L1)
                 .toString(),
        u"not_paused"_s);
}

void SqlLawTest::endIsAFunctionOfTheLedger()
{
    begin();
    // Written straight into the ledger: an extension, two pauses of 90 s and 30 s, a correction.
    m_db.admin(u"insert into public.adjustments (attempt_id, kind, seconds, at) select a.id, "
               u"v.kind, v.seconds, "
               "a.started_at + make_interval(secs => v.at) from public.attempts a, (values "
               "('extend', 600, 10), ('pause', 0, 100), ('resume', 0, 190), ('extend', -120, 200), "
               "('pause', 0, 300), ('resume', 0, 330)) v (kind, seconds, at)"_s);
    QCOMPARE(m_db.secondsToEnd(m_attempt), 3600.0 + 600 - 120 + 90 + 30);
    m_db.admin(
        u"insert into public.adjustments (attempt_id, kind, at) select id, 'collect', started_at + interval '400 s' from public.attempts"_s);
    QCOMPARE(m_db.secondsToEnd(m_attempt), 400.0);
    QVERIFY(m_db.call(m_user, u"effective_end"_s, u"$1"_s, {m_attempt}).ok());
    QCOMPARE(
        m_db.call(AcademyDatabase::student(2), u"effective_end"_s, u"$1"_s, {m_attempt}).sqlState,
        u"PT404"_s);
    // A window that closes early is the end, and said so from the start.
    m_db.admin(u"update public.sittings set closes_at = clock_timestamp() + interval '20 min'"_s);
    const QJsonObject second
        = m_db.start(AcademyDatabase::student(2), AcademyDatabase::uuid()).object();
    QVERIFY(qAbs(second.value("base_seconds"_L1).toInt() - 1200) <= 1);
}

void SqlLawTest::dryRunChangesNothing()
{
    begin();
    const QString stranger = AcademyDatabase::uuid();
    const QJsonArray targets
        = m_db.command(u"extend"_s, {{u"seconds"_s, 60}}, {m_attempt, stranger}, true)
              .object()
              .value("targets"_L1)
              .toArray();
    QCOMPARE(targets.size(), 2);
    for (const QJsonValue value : targets) {
        const QJsonObject target = value.toObject();
        const bool known = target.value("attempt_id"_L1).toString() == m_attempt;
        QCOMPARE(target.value("allowed"_L1).toBool(), known);
        QCOMPARE(target.value("why"_L1).toString(), known ? QString() : u"not_found"_s);
    }
    QCOMPARE(
        m_db.fact(
            u"select (select count(*) from public.commands) + (select count(*) from public.adjustments)"_s),
        u"0"_s);
    QCOMPARE(m_db.secondsToEnd(m_attempt), 3600.0);
}

void SqlLawTest::commandsWaitForTheAbsent()
{
    begin();
    QVERIFY(m_db.command(u"extend"_s, {{u"seconds"_s, 60}}).ok());
    QVERIFY(m_db.command(u"message"_s, {{u"text"_s, u"Hello"_s}}, {m_attempt}).ok());
    QVERIFY(m_db.command(u"lock"_s, {}).ok());
    m_db.admin(u"update public.commands set issued_at = issued_at - interval '1 hour'"_s);
    const QJsonArray all = m_db.beat(m_user, m_attempt, 1, {{u"cmd_cursor"_s, 0}})
                               .object()
                               .value("commands"_L1)
                               .toArray();
    QCOMPARE(all.size(), 3);
    QCOMPARE(all.at(0).toObject().value("kind"_L1).toString(), u"extend"_s);
    QCOMPARE(all.at(1).toObject().value("payload"_L1).toObject().value("text"_L1).toString(),
        u"Hello"_s);
    const int second = all.at(1).toObject().value("id"_L1).toInt();
    QCOMPARE(m_db.beat(m_user, m_attempt, 1,
                     {{u"cmd_cursor"_s, second}, {u"acks"_s, QJsonArray{second, u"x"_s}}})
                 .object()
                 .value("commands"_L1)
                 .toArray()
                 .size(),
        1);
    QCOMPARE(
        m_db.fact(
            u"select string_agg((delivered_at is not null)::text || (acked_at is not null)::text, ' ' order by command_id) from public.command_acks"_s),
        u"truefalse truetrue truefalse"_s);
    QCOMPARE(m_db.start(m_user, m_device).object().value("cmd_cursor"_L1).toInt(), second);
    QCOMPARE(
        m_db.beat(m_user, m_attempt, 1, {}).object().value("state"_L1).toString(), u"locked"_s);
    OpScript script;
    QCOMPARE(code(m_db.push(m_user, m_attempt, 1, {script.text(u"u7"_s, u"on"_s)}), 0),
        u"ACADEMY_LOCKED"_s);
}

void SqlLawTest::commandsOnce()
{
    begin();
    const QString id = AcademyDatabase::uuid();
    const PgAnswer once = m_db.command(u"extend"_s, {{u"seconds"_s, 60}}, {}, false, id);
    const PgAnswer twice = m_db.command(u"extend"_s, {{u"seconds"_s, 60}}, {}, false, id);
    QCOMPARE(twice.object(), once.object());
    QCOMPARE(m_db.secondsToEnd(m_attempt), 3660.0);
}

void SqlLawTest::lateWorkIsKeptAside()
{
    begin();
    OpScript script;
    QVERIFY(m_db.push(m_user, m_attempt, 1, {script.text(u"u7"_s, u"at"_s)}).ok());
    m_db.admin(u"update public.attempts set started_at = started_at - interval '61 min'"_s);
    const PgAnswer late = m_db.push(m_user, m_attempt, 1, {script.text(u"u7"_s, u"on"_s)});
    QCOMPARE(statuses(late), QStringList{u"late"_s});
    QCOMPARE(late.object().value("acked_seq"_L1).toInt(), 2);
    QCOMPARE(late.object().value("state"_L1).toString(), u"ended"_s);
    QCOMPARE(
        m_db.fact(u"select payload->>'text' from academy.attempt_items where item_id = 'u7'"_s),
        u"at"_s);
    QVERIFY(m_db.submit(m_user, m_attempt, 1, 2, script.head()).ok());
    QCOMPARE(m_db.fact(u"select per_item->'u7'->>'score' from public.results"_s), u"0"_s);
    const PgAnswer accepted = m_db.call(
        AcademyDatabase::teacher(), u"accept_late"_s, u"$1, 'Power cut'"_s, {m_attempt});
    QCOMPARE(accepted.object().value("accepted"_L1).toInt(), 1);
    QCOMPARE(m_db.fact(u"select per_item->'u7'->>'score' from public.results"_s), u"1"_s);
    QCOMPARE(
        m_db.fact(u"select branch || flag from public.attempt_ops where seq = 2"_s), u"mainlate"_s);
}

void SqlLawTest::lateHandInIsLabelled()
{
    begin();
    OpScript script;
    QVERIFY(m_db.push(m_user, m_attempt, 1, {script.text(u"u7"_s, u"on"_s)}).ok());
    m_db.admin(u"update public.attempts set started_at = started_at - interval '61 min'"_s);
    const QJsonObject handed = m_db.submit(m_user, m_attempt, 1, 1, script.head()).object();
    QCOMPARE(handed.value("state"_L1).toString(), u"submitted"_s);
    QCOMPARE(handed.value("on_time"_L1).toBool(), false);
    QVERIFY(!handed.value("receipt"_L1).toString().isEmpty());
    QCOMPARE(m_db.fact(u"select per_item->'u7'->>'score' from public.results"_s), u"1"_s);
    QCOMPARE(statuses(m_db.push(m_user, m_attempt, 1, {script.text(u"u7"_s, u"x"_s)})),
        QStringList{u"late"_s});
}

void SqlLawTest::graceForWhatIsOnItsWay()
{
    begin();
    m_db.admin(u"update public.attempts set started_at = clock_timestamp() - interval '3605 s'"_s);
    OpScript script;
    const PgAnswer pushed = m_db.push(m_user, m_attempt, 1, {script.text(u"u7"_s, u"on"_s)});
    QCOMPARE(statuses(pushed), QStringList{u"accepted"_s});
    QCOMPARE(pushed.object().value("state"_L1).toString(), u"ended"_s);
    QCOMPARE(
        m_db.submit(m_user, m_attempt, 1, 1, script.head()).object().value("on_time"_L1).toBool(),
        true);
}

void SqlLawTest::handsInOnceAndNamesWhatIsMissing()
{
    begin();
    OpScript script;
    const QJsonObject one = script.text(u"u7"_s, u"on"_s);
    const QJsonObject two = script.text(u"u8"_s, u"had"_s);
    const QJsonObject three = script.text(u"w1"_s, u"Essay"_s);
    QVERIFY(m_db.push(m_user, m_attempt, 1, {one, three}).ok());
    const QJsonObject early = m_db.submit(m_user, m_attempt, 1, 4, script.head()).object();
    QCOMPARE(early.value("missing"_L1).toArray(), (QJsonArray{2, 4}));
    QCOMPARE(early.value("state"_L1).toString(), u"active"_s);
    QVERIFY(early.value("receipt"_L1).isNull());
    QVERIFY(m_db.push(m_user, m_attempt, 1, {two}).ok());
    const QJsonObject handed = m_db.submit(m_user, m_attempt, 1, 3, script.head()).object();
    QCOMPARE(handed.value("missing"_L1).toArray(), QJsonArray());
    QCOMPARE(handed.value("on_time"_L1).toBool(), true);
    const QJsonObject again = m_db.submit(m_user, m_attempt, 1, 3, script.head()).object();
    QCOMPARE(again.value("receipt"_L1), handed.value("receipt"_L1));
    QCOMPARE(again.value("submitted_at"_L1), handed.value("submitted_at"_L1));
    QCOMPARE(m_db.fact(
                 u"select score || '/' || max_score || ' ' || needs_marking from public.results"_s),
        u"2/66 true"_s);
    QCOMPARE(m_db.fact(u"select count(*) from public.incidents"_s), u"0"_s);
    QCOMPARE(m_db.start(m_user, AcademyDatabase::uuid()).object().value("state"_L1).toString(),
        u"submitted"_s);
    QCOMPARE(m_db.command(u"extend"_s, {{u"seconds"_s, 60}})
                 .object()
                 .value("targets"_L1)
                 .toArray()
                 .first()
                 .toObject()
                 .value("why"_L1)
                 .toString(),
        u"submitted"_s);
}

void SqlLawTest::closingCollects()
{
    begin();
    OpScript script;
    QVERIFY(m_db.push(m_user, m_attempt, 1, {script.text(u"u7"_s, u"on"_s)}).ok());
    QVERIFY(m_db.call(AcademyDatabase::teacher(), u"close_sitting"_s, u"$1"_s,
                    {AcademyDatabase::sitting()})
                .ok());
    const QJsonObject beat = m_db.beat(m_user, m_attempt, 1, {}).object();
    QCOMPARE(beat.value("commands"_L1).toArray().first().toObject().value("kind"_L1).toString(),
        u"collect"_s);
    QCOMPARE(beat.value("state"_L1).toString(), u"ended"_s);
    // Within the grace what is on its way still counts; afterwards the rest is collected.
    QCOMPARE(statuses(m_db.push(m_user, m_attempt, 1, {script.text(u"u8"_s, u"had"_s)})),
        QStringList{u"accepted"_s});
    m_db.admin(u"update public.adjustments set at = at - interval '11 s'"_s);
    QCOMPARE(AcademyDatabase::row(m_db.call(AcademyDatabase::teacher(), u"monitor_snapshot"_s,
                                          u"$1"_s, {AcademyDatabase::sitting()})
                                      .object(),
                 m_user)
                 .value("state"_L1)
                 .toString(),
        u"collected_late"_s);
    const QJsonObject released = m_db.call(AcademyDatabase::teacher(), u"release_results"_s,
                                         u"$1"_s, {AcademyDatabase::sitting()})
                                     .object();
    QCOMPARE(released.value("released"_L1).toInt(), 1);
    QCOMPARE(
        m_db.fact(
            u"select a.state || ' ' || r.score || ' ' || s.state from public.attempts a, public.results r, public.sittings s"_s),
        u"collected 2 released"_s);
    // Work that comes back hours later is kept, and hands in late.
    QCOMPARE(statuses(m_db.push(m_user, m_attempt, 1, {script.text(u"u8"_s, u"x"_s)})),
        QStringList{u"late"_s});
    QCOMPARE(m_db.submit(m_user, m_attempt, 1, 3, script.head())
                 .object()
                 .value("on_time"_L1)
                 .toBool(true),
        false);
}

void SqlLawTest::monitorTellsWhatChanged()
{
    begin();
    const auto ask = [this](int since) {
        return since < 0 ? m_db.call(AcademyDatabase::teacher(), u"monitor_snapshot"_s, u"$1"_s,
                                   {AcademyDatabase::sitting()})
                               .object()
                         : m_db.call(AcademyDatabase::teacher(), u"monitor_changes"_s, u"$1, $2"_s,
                                   {AcademyDatabase::sitting(), QString::number(since)})
                               .object();
    };
    const QJsonObject snapshot = ask(-1);
    QCOMPARE(snapshot.value("rows"_L1).toArray().size(), 36);
    QCOMPARE(snapshot.value("sitting"_L1).toObject().value("state"_L1).toString(), u"open"_s);
    const QJsonObject absent = AcademyDatabase::row(snapshot, AcademyDatabase::student(7));
    QCOMPARE(absent.value("state"_L1).toString(), u"not_started"_s);
    QVERIFY(absent.value("attempt_id"_L1).isNull());
    const int version = snapshot.value("version"_L1).toInt();
    QVERIFY(version > 0);
    QCOMPARE(ask(version).value("rows"_L1).toArray().size(), 0);

    OpScript script;
    QVERIFY(m_db.push(m_user, m_attempt, 1, {script.answer(u"r4"_s, {{u"value"_s, true}})}).ok());
    QVERIFY(m_db.beat(m_user, m_attempt, 1,
                    {{u"last_seq"_s, 4}, {u"rtt_ms"_s, 31}, {u"focus"_s, true},
                        {u"item_id"_s, u"r5"_s}})
                .ok());
    const QJsonObject changes = ask(version);
    QCOMPARE(changes.value("version"_L1).toInt(), version + 2);
    const QJsonObject row = AcademyDatabase::row(changes, m_user);
    QCOMPARE(row.value("name"_L1).toString(), u"Lucía Ferrer"_s);
    QCOMPARE(row.value("group"_L1).toString(), u"A"_s);
    QCOMPARE(row.value("items"_L1).toString(), u"...a..............."_s);
    QCOMPARE(row.value("answered"_L1).toInt(), 1);
    QCOMPARE(row.value("total"_L1).toInt(), 19);
    QCOMPARE(row.value("last_seq"_L1).toInt(), 4);
    QCOMPARE(row.value("acked_seq"_L1).toInt(), 1);
    QCOMPARE(row.value("unsynced"_L1).toInt(), 3);
    QCOMPARE(row.value("rtt_ms"_L1).toInt(), 31);
    QCOMPARE(row.value("state"_L1).toString(), u"active"_s);
    QCOMPARE(ask(changes.value("version"_L1).toInt()).value("rows"_L1).toArray().size(), 0);
    // Silence changes a row although nobody wrote it.
    m_db.admin(
        u"update academy.attempt_live set last_seen = clock_timestamp() - interval '16 s'"_s);
    const QJsonObject silent = ask(changes.value("version"_L1).toInt());
    QCOMPARE(AcademyDatabase::row(silent, m_user).value("state"_L1).toString(), u"degraded"_s);
}

void SqlLawTest::monitorDerivesStates_data()
{
    QTest::addColumn<QString>("facts");
    QTest::addColumn<QString>("state");
    const auto live = [](const char* set) {
        return u"update academy.attempt_live set "_s + QLatin1String(set);
    };
    QTest::newRow("active") << live("focus = true") << u"active"_s;
    QTest::newRow("14 s silent") << live("last_seen = clock_timestamp() - interval '14 s'")
                                 << u"active"_s;
    QTest::newRow("16 s silent") << live("last_seen = clock_timestamp() - interval '16 s'")
                                 << u"degraded"_s;
    QTest::newRow("36 s silent") << live("last_seen = clock_timestamp() - interval '36 s'")
                                 << u"offline"_s;
    QTest::newRow("seen in a future that is none")
        << live("last_seen = clock_timestamp() + interval '1 min'") << u"offline"_s;
    QTest::newRow("answers wait") << live("unsynced_since = clock_timestamp() - interval '31 s'")
                                  << u"degraded"_s;
    QTest::newRow("answers waited briefly")
        << live("unsynced_since = clock_timestamp() - interval '29 s'") << u"active"_s;
    QTest::newRow("no focus") << live("focus = false") << u"attention"_s;
    QTest::newRow("incident") << live("last_incident_at = clock_timestamp() - interval '59 s'")
                              << u"attention"_s;
    QTest::newRow("old incident") << live("last_incident_at = clock_timestamp() - interval '61 s'")
                                  << u"active"_s;
    QTest::newRow("second device")
        << live("asking_device = gen_random_uuid(), asked_at = clock_timestamp()") << u"conflict"_s;
    QTest::newRow("asked long ago") << live(
        "asking_device = gen_random_uuid(), asked_at = clock_timestamp() - interval '121 s'")
                                    << u"active"_s;
    const QString ledger
        = u"insert into public.adjustments (attempt_id, kind, at) select id, '%1', clock_timestamp() from public.attempts"_s;
    QTest::newRow("paused") << ledger.arg(u"pause"_s) << u"paused"_s;
    QTest::newRow("locked") << ledger.arg(u"lock"_s) << u"locked"_s;
    QTest::newRow("voided") << u"update public.attempts set state = 'voided'"_s << u"voided"_s;
    QTest::newRow("submitted") << u"update public.attempts set state = 'submitted'"_s
                               << u"submitted"_s;
    QTest::newRow("collected") << u"update public.attempts set state = 'collected'"_s
                               << u"collected_late"_s;
    QTest::newRow("over")
        << u"update public.attempts set started_at = started_at - interval '62 min'"_s
        << u"collected_late"_s;
}

void SqlLawTest::monitorDerivesStates()
{
    QFETCH(const QString, facts);
    QFETCH(const QString, state);
    if (m_attempt.isEmpty()) {
        begin();
    }
    m_db.admin(u"begin"_s);
    m_db.admin(u"update academy.attempt_live set last_seen = clock_timestamp()"_s);
    const PgAnswer arranged = m_db.admin(facts);
    QVERIFY2(arranged.ok(), qPrintable(arranged.message));
    m_db.admin(u"select set_config('request.jwt.claims', $1, true)"_s,
        {AcademyDatabase::json(AcademyDatabase::claimsOf(AcademyDatabase::teacher()))});
    const PgAnswer snapshot
        = m_db.admin(u"select public.monitor_snapshot($1)"_s, {AcademyDatabase::sitting()});
    m_db.admin(u"rollback"_s);
    const QJsonObject row = AcademyDatabase::row(snapshot.object(), m_user);
    QCOMPARE(row.value("state"_L1).toString(), state);
}

void SqlLawTest::deltasAtMostOnceASecond()
{
    begin();
    const QString deltas = u"select count(*) from realtime.messages where event = 'delta'"_s;
    QCOMPARE(m_db.fact(deltas), u"1"_s);
    OpScript script;
    for (int index = 0; index < 5; ++index) {
        m_db.admin(
            u"update academy.sitting_pulse set sent_at = clock_timestamp() + interval '4 s'"_s);
        QVERIFY(
            m_db.push(m_user, m_attempt, 1, {script.text(u"u7"_s, QString::number(index))}).ok());
    }
    QCOMPARE(m_db.fact(deltas), u"1"_s);
    m_db.admin(u"update academy.sitting_pulse set sent_at = clock_timestamp() - interval '1 s'"_s);
    QVERIFY(m_db.beat(m_user, m_attempt, 1, {}).ok());
    QVERIFY(m_db.beat(m_user, m_attempt, 1, {}).ok());
    QCOMPARE(m_db.fact(deltas), u"2"_s);
    const PgAnswer last = m_db.admin(
        u"select payload, topic, private, extension from realtime.messages where event = 'delta' order by (payload->>'version')::int desc limit 1"_s);
    QCOMPARE(last.rows.first().at(1), u"sitting:%1:monitor"_s.arg(AcademyDatabase::sitting()));
    QCOMPARE(last.rows.first().at(2), u"t"_s);
    QCOMPARE(last.rows.first().at(3), u"broadcast"_s);
    QCOMPARE(last.object().value("since"_L1).toInt(), 1);
    QCOMPARE(last.object().value("version"_L1).toInt(), 7);
    QCOMPARE(AcademyDatabase::row(last.object(), m_user).value("acked_seq"_L1).toInt(), 5);
}

void SqlLawTest::aClockSetBackSilencesNobody()
{
    begin();
    m_db.admin(
        u"update academy.sitting_pulse set sent_at = clock_timestamp() + interval '1 min'"_s);
    OpScript script;
    QVERIFY(m_db.push(m_user, m_attempt, 1, {script.text(u"u7"_s, u"on"_s)}).ok());
    QCOMPARE(m_db.fact(u"select count(*) from realtime.messages where event = 'delta'"_s), u"2"_s);
    QCOMPARE(m_db.fact(
                 u"select bool_and(sent_at <= clock_timestamp()) from academy.sitting_pulse"_s),
        u"t"_s);
}

void SqlLawTest::aNameOfOnesOwnDeceivesNobody()
{
    begin();
    const QString name = u"Somebody Else"_s;
    const QString known = m_db.fact(
        u"select display_name from public.profiles where user_id = $1"_s, {m_user});
    QVERIFY(m_db.as(m_user, u"update public.profiles set display_name = $1 where user_id = $2"_s,
                    {name, m_user})
                .ok());
    const QJsonObject row
        = AcademyDatabase::row(m_db.call(AcademyDatabase::teacher(), u"monitor_snapshot"_s, u"$1"_s,
                                       {AcademyDatabase::sitting()})
                                   .object(),
            m_user);
    QCOMPARE(row.value("name"_L1).toString(), known);
    QCOMPARE(m_db.fact(
                 u"select details->>'from' || ', ' || (details->>'to') from public.audit_log where action = 'renamed'"_s),
        known + u", "_s + name);
    // Who joins later is called what they were called then.
    m_db.admin(u"delete from public.class_members where user_id = $1"_s, {m_user});
    m_db.admin(
        u"insert into public.class_members (class_id, user_id, role) values ($1, $2, 'student')"_s,
        {AcademyDatabase::evening(), m_user});
    QCOMPARE(m_db.fact(u"select roster_name from public.class_members where user_id = $1"_s, {m_user}),
        name);
}

void SqlLawTest::aLastNumberOutOfThisWorldIsNoWork()
{
    begin();
    OpScript script;
    QVERIFY(m_db.push(m_user, m_attempt, 1, {script.text(u"u7"_s, u"on"_s)}).ok());
    const PgAnswer answer = m_db.submit(m_user, m_attempt, 1, 2147483647, script.head());
    QVERIFY2(answer.ok(), qPrintable(answer.message));
    QCOMPARE(answer.object().value("state"_L1).toString(), u"active"_s);
    QCOMPARE(answer.object().value("missing"_L1).toArray().size(), 1000);
}

void SqlLawTest::nudgesEachStudent()
{
    begin();
    const QString second = m_db.start(AcademyDatabase::student(2), AcademyDatabase::uuid())
                               .object()
                               .value("attempt_id"_L1)
                               .toString();
    QVERIFY(m_db.command(u"pause"_s, {}).ok());
    QCOMPARE(
        m_db.fact(
            u"select count(distinct topic) from realtime.messages where event = 'command' and private and topic in ('attempt:' || $1, 'attempt:' || $2)"_s,
            {m_attempt, second}),
        u"2"_s);
    QVERIFY(m_db.command(u"message"_s, {{u"text"_s, u"Only you"_s}}, {second}).ok());
    QCOMPARE(m_db.beat(m_user, m_attempt, 1, {}).object().value("commands"_L1).toArray().size(), 1);
}

void SqlLawTest::everyActionIsAudited()
{
    begin();
    m_db.command(u"extend"_s, {{u"seconds"_s, 60}});
    const QString lock
        = QString::number(m_db.command(u"lock"_s, {}).object().value("command_id"_L1).toInt());
    m_db.call(AcademyDatabase::teacher(), u"undo_command"_s, u"$1"_s, {lock});
    m_db.command(u"message"_s, {{u"text"_s, u"Hello"_s}});
    OpScript script;
    QVERIFY(m_db.push(m_user, m_attempt, 1, {script.text(u"w1"_s, u"Essay"_s)}).ok());
    QVERIFY(m_db.submit(m_user, m_attempt, 1, 1, script.head()).ok());
    QVERIFY(
        m_db.call(AcademyDatabase::teacher(), u"mark_item"_s, u"$1, 'w1', 15"_s, {m_attempt}).ok());
    QVERIFY(m_db.call(AcademyDatabase::teacher(), u"grade_attempt"_s, u"$1"_s, {m_attempt}).ok());
    QVERIFY(m_db.call(AcademyDatabase::teacher(), u"close_sitting"_s, u"$1"_s,
                    {AcademyDatabase::sitting()})
                .ok());
    QVERIFY(m_db.call(AcademyDatabase::teacher(), u"release_results"_s, u"$1"_s,
                    {AcademyDatabase::sitting()})
                .ok());
    QCOMPARE(
        m_db.fact(
            u"select string_agg(action, ' ' order by id) from public.audit_log where actor = $1"_s,
            {AcademyDatabase::teacher()}),
        u"open_sitting extend lock unlock message mark_item grade_attempt close_sitting release_results"_s);
}

QTEST_GUILESS_MAIN(SqlLawTest)
#include "tst_sql_law.moc"
