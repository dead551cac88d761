// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/sql/AcademyDatabase.h"
#include "backend/sql/OpScript.h"

#include <QElapsedTimer>
#include <QTest>

#include <algorithm>
#include <atomic>
#include <numeric>
#include <thread>
#include <vector>

using namespace Qt::StringLiterals;

namespace {

/// One student on a connection of its own, as the REST door would serve it.
class Student
{
public:
    Student(const QByteArray& conninfo, QString user) : m_session(conninfo), m_user(std::move(user))
    {
    }

    PgAnswer call(const QString& sql, const QStringList& parameters)
    {
        m_session.run(u"begin"_s);
        m_session.run(u"select set_config('request.jwt.claims', $1, true)"_s,
            {AcademyDatabase::json(AcademyDatabase::claimsOf(m_user))});
        m_session.run(u"set local role authenticated"_s);
        PgAnswer answer = m_session.run(sql, parameters);
        const PgAnswer end = answer.ok() ? m_session.run(u"commit"_s) : PgAnswer{};
        return end.ok() ? answer : end;
    }

private:
    PgSession m_session;
    QString m_user;
};

double percentile(std::vector<double> values, double share)
{
    std::sort(values.begin(), values.end());
    return values.at(std::min(values.size() - 1, std::size_t(double(values.size()) * share)));
}

} // namespace

/// Many at once: nobody blocks anybody for good, nothing is lost, the monitor's versions hold, and
/// what an evening costs the database.
class SqlCrowdTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void anEveningAtOnce();
    void costOfOneStep();

private:
    AcademyDatabase m_db;
};

void SqlCrowdTest::initTestCase()
{
    QVERIFY2(m_db.prepare(PostgresFixture::Durability::On), qPrintable(m_db.errorText()));
}

void SqlCrowdTest::anEveningAtOnce()
{
    constexpr int students = 32;
    constexpr int rounds = 12;
    QVERIFY2(m_db.reset(), qPrintable(m_db.errorText()));
    QVERIFY(m_db.openSitting().ok());
    const QByteArray conninfo = m_db.conninfo();
    std::atomic<int> failures = 0;
    std::atomic<int> writing = students;
    std::vector<QString> typed(students);
    std::vector<std::thread> threads;
    for (int index = 0; index < students; ++index) {
        threads.emplace_back([&, index] {
            Student student(conninfo, AcademyDatabase::student(index + 1));
            const auto must = [&](const PgAnswer& answer) {
                if (!answer.ok()) {
                    qWarning("%s %s", qPrintable(answer.sqlState), qPrintable(answer.message));
                    ++failures;
                }
                return answer.object();
            };
            const QString attempt = must(student.call(u"select public.start_attempt($1, $2)"_s,
                                             {AcademyDatabase::sitting(), AcademyDatabase::uuid()}))
                                        .value("attempt_id"_L1)
                                        .toString();
            OpScript script;
            for (int round = 0; round < rounds; ++round) {
                typed[std::size_t(index)] = u"Round %1 of student %2"_s.arg(round).arg(index);
                const QJsonArray ops{script.text(u"w1"_s, typed[std::size_t(index)]),
                    script.next(u"r1"_s, round % 2 ? u"flag"_s : u"unflag"_s)};
                const QJsonObject pushed = must(student.call(
                    u"select public.push_ops($1, 1, $2)"_s, {attempt, AcademyDatabase::json(ops)}));
                failures += pushed.value("acked_seq"_L1).toInt() != script.lastSeq();
                must(student.call(u"select public.beat($1, 1, $2)"_s,
                    {attempt,
                        AcademyDatabase::json(
                            QJsonObject{{u"last_seq"_s, script.lastSeq()}, {u"focus"_s, true}})}));
            }
            const QJsonObject handed = must(student.call(u"select public.submit($1, 1, $2, $3)"_s,
                {attempt, QString::number(script.lastSeq()), QString::fromLatin1(script.head())}));
            failures += handed.value("state"_L1).toString() != "submitted"_L1;
            --writing;
        });
    }
    // Meanwhile the teacher acts and watches.
    std::thread proctor([&] {
        Student teacher(conninfo, AcademyDatabase::teacher());
        int version = 0;
        QHash<QString, int> seen;
        for (int turn = 0; writing > 0; ++turn) {
            const QString kind
                = QStringList{u"extend"_s, u"pause"_s, u"resume"_s, u"message"_s}.at(turn % 4);
            const PgAnswer issued = teacher.call(
                u"select public.issue_command($1, $2, $3, null, '{\"seconds\":30,\"text\":\"Hello\"}')"_s,
                {AcademyDatabase::sitting(), AcademyDatabase::uuid(), kind});
            const PgAnswer changes = teacher.call(u"select public.monitor_changes($1, $2)"_s,
                {AcademyDatabase::sitting(), QString::number(version)});
            for (const PgAnswer& answer : {issued, changes}) {
                if (!answer.ok()) {
                    qWarning(
                        "teacher: %s %s", qPrintable(answer.sqlState), qPrintable(answer.message));
                    ++failures;
                }
            }
            version = changes.object().value("version"_L1).toInt();
            for (const QJsonValue row : changes.object().value("rows"_L1).toArray()) {
                seen.insert(row.toObject().value("student_id"_L1).toString(),
                    row.toObject().value("acked_seq"_L1).toInt());
            }
        }
        const PgAnswer last = teacher.call(u"select public.monitor_changes($1, $2)"_s,
            {AcademyDatabase::sitting(), QString::number(version)});
        for (const QJsonValue row : last.object().value("rows"_L1).toArray()) {
            seen.insert(row.toObject().value("student_id"_L1).toString(),
                row.toObject().value("acked_seq"_L1).toInt());
        }
        // Changes alone told the teacher of every student's last operation.
        for (int index = 1; index <= students; ++index) {
            const int told = seen.value(AcademyDatabase::student(index));
            if (told != 2 * rounds) {
                qWarning("student %d: the monitor was told %d", index, told);
                ++failures;
            }
        }
    });
    for (std::thread& thread : threads) {
        thread.join();
    }
    proctor.join();
    QCOMPARE(failures.load(), 0);
    QCOMPARE(
        m_db.fact(
            u"select count(*) || ' ' || bool_and(chain_ok and branch = 'main') from public.attempt_ops"_s),
        u"%1 true"_s.arg(2 * students * rounds));
    for (int index = 0; index < students; ++index) {
        QCOMPARE(
            m_db.fact(
                u"select i.payload->>'text' from academy.attempt_items i join public.attempts a on a.id = i.attempt_id where a.student_id = $1 and i.item_id = 'w1'"_s,
                {AcademyDatabase::student(index + 1)}),
            typed.at(std::size_t(index)));
    }
    QCOMPARE(m_db.fact(u"select count(*) from public.results"_s), QString::number(students));
    QCOMPARE(
        m_db.fact(
            u"select max(version) = (select version from academy.sitting_pulse) from academy.attempt_live"_s),
        u"t"_s);
    // Broadcasts keep their distance.
    QCOMPARE(
        m_db.fact(
            u"select count(*) from (select (payload->>'as_of')::timestamptz - lag((payload->>'as_of')::timestamptz) over (order by (payload->>'version')::int) as gap from realtime.messages where event = 'delta') g where gap < interval '1 s'"_s),
        u"0"_s);
    // Each picks up where the one before it ended.
    QCOMPARE(
        m_db.fact(
            u"select bool_and(ok) from (select (payload->>'since')::int = coalesce(lag((payload->>'version')::int) over (order by (payload->>'version')::int), 0) as ok from realtime.messages where event = 'delta') g"_s),
        u"t"_s);
}

void SqlCrowdTest::costOfOneStep()
{
    QVERIFY2(m_db.reset(), qPrintable(m_db.errorText()));
    QVERIFY(m_db.openSitting().ok());
    const QString user = AcademyDatabase::student(1);
    Student student(m_db.conninfo(), user);
    const QString attempt = student
                                .call(u"select public.start_attempt($1, $2)"_s,
                                    {AcademyDatabase::sitting(), AcademyDatabase::uuid()})
                                .object()
                                .value("attempt_id"_L1)
                                .toString();
    OpScript script;
    std::vector<double> pushes, beats, bare;
    QElapsedTimer timer;
    const auto timed
        = [&](std::vector<double>& into, const QString& sql, const QStringList& parameters) {
              timer.start();
              const bool ok = student.call(sql, parameters).ok();
              into.push_back(double(timer.nsecsElapsed()) / 1e6);
              return ok;
          };
    for (int round = 0; round < 400; ++round) {
        QVERIFY(timed(pushes, u"select public.push_ops($1, 1, $2)"_s,
            {attempt,
                AcademyDatabase::json(QJsonArray{script.text(u"w1"_s, u"Text %1"_s.arg(round))})}));
        QVERIFY(timed(beats, u"select public.beat($1, 1, $2)"_s,
            {attempt, AcademyDatabase::json(QJsonObject{{u"last_seq"_s, script.lastSeq()}})}));
        QVERIFY(
            timed(bare, u"update public.profiles set locale = 'es' where user_id = $1"_s, {user}));
    }
    QJsonArray batch;
    for (int index = 0; index < 100; ++index) {
        batch.append(script.text(u"w1"_s, u"Batch %1"_s.arg(index)));
    }
    std::vector<double> hundred;
    QVERIFY(timed(
        hundred, u"select public.push_ops($1, 1, $2)"_s, {attempt, AcademyDatabase::json(batch)}));
    qInfo("push_ops p50 %.2f ms p95 %.2f ms, beat p50 %.2f ms p95 %.2f ms, one-row update p50 %.2f "
          "ms, 100 operations in one batch %.2f ms",
        percentile(pushes, 0.5), percentile(pushes, 0.95), percentile(beats, 0.5),
        percentile(beats, 0.95), percentile(bare, 0.5), hundred.front());
    // Flat: the last hundred cost what the first did, whatever else this machine does.
    const std::vector<double> first(pushes.begin() + 20, pushes.begin() + 120),
        last(pushes.end() - 100, pushes.end());
    QVERIFY2(percentile(last, 0.5) < 4 * percentile(first, 0.5) + 1,
        "push_ops grows with the number of operations");
    QVERIFY2(
        percentile(pushes, 0.5) < 25 * percentile(bare, 0.5) + 5, "push_ops is out of proportion");
}

QTEST_GUILESS_MAIN(SqlCrowdTest)
#include "tst_sql_crowd.moc"
