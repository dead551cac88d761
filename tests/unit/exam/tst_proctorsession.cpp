// SPDX-License-Identifier: GPL-3.0-or-later
#include "FakeExamAcademy.h"

#include "base/Random.h"
#include "exam/ProctorSession.h"

#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace std::chrono_literals;

namespace {

/// The monitor's side of an academy: rows with versions, and a line that can be cut.
class FakeMonitor final : public ExamBackend
{
public:
    explicit FakeMonitor(FakeScheduler& scheduler) : m_time(scheduler) { }

    bool online = true;
    std::chrono::microseconds clockSet{0}; ///< somebody set the academy's clock
    qint64 version = 0;
    std::map<QString, QJsonObject> rows;
    QList<std::pair<QString, QJsonObject>> calls;
    std::function<Result<QJsonValue>(const QJsonObject&)> command;
    QHash<QString, QPointer<FakeTopic>> topics;

    WallTime now() const
    {
        return WallTime(std::chrono::seconds(1'800'000'000)) + m_time.monotonic() + clockSet;
    }

    QJsonObject row(const QString& student, const QJsonObject& changes = {})
    {
        QJsonObject json = rows[student];
        if (json.isEmpty()) {
            json = {{QStringLiteral("attempt_id"), QStringLiteral("attempt-") + student},
                {QStringLiteral("student_id"), student}, {QStringLiteral("name"), student},
                {QStringLiteral("group"), QStringLiteral("A")},
                {QStringLiteral("state"), QStringLiteral("active")}, {QStringLiteral("rtt_ms"), 12},
                {QStringLiteral("answered"), 0}, {QStringLiteral("flagged"), 0},
                {QStringLiteral("total"), 3}, {QStringLiteral("items"), QStringLiteral("...")},
                {QStringLiteral("last_seq"), 0}, {QStringLiteral("acked_seq"), 0},
                {QStringLiteral("unsynced"), 0},
                {QStringLiteral("effective_end"), toIsoString(now() + 1h)},
                {QStringLiteral("paused"), false}, {QStringLiteral("locked"), false},
                {QStringLiteral("submitted_at"), QJsonValue()},
                {QStringLiteral("on_time"), QJsonValue()}, {QStringLiteral("incidents"), 0},
                {QStringLiteral("last_incident"), QJsonValue()},
                {QStringLiteral("last_incident_at"), QJsonValue()},
                {QStringLiteral("lease_conflict"), false}, {QStringLiteral("focus"), true}};
        }
        json.insert(QStringLiteral("last_seen"), toIsoString(now()));
        for (auto it = changes.begin(); it != changes.end(); ++it) {
            json.insert(it.key(), it.value());
        }
        json.insert(QStringLiteral("version"), ++version);
        rows[student] = json;
        return json;
    }

    QJsonObject deltaOf(const QJsonArray& list, qint64 since) const
    {
        return {{QStringLiteral("version"), version}, {QStringLiteral("since"), since},
            {QStringLiteral("as_of"), toIsoString(now())}, {QStringLiteral("rows"), list}};
    }

    int countOf(const char* function) const
    {
        return int(std::count_if(calls.begin(), calls.end(),
            [function](const auto& call) { return call.first == QLatin1String(function); }));
    }

    Async<QJsonValue> call(const QString& function, const QJsonObject& arguments) override
    {
        calls.append({function, arguments});
        if (!online) {
            return readyAsync<QJsonValue>(
                Error{ErrorKind::Offline, QStringLiteral("refused"), {}, {}});
        }
        if (function == QLatin1String("issue_command") && command) {
            return readyAsync<QJsonValue>(command(arguments));
        }
        const qint64 since = arguments.value(QLatin1String("p_since")).toInteger(-1);
        QJsonArray list;
        for (const auto& [student, json] : rows) {
            if (json.value(QLatin1String("version")).toInteger() > since) {
                list.append(json);
            }
        }
        return readyAsync<QJsonValue>(
            QJsonValue(QJsonObject{{QStringLiteral("sitting"),
                                       QJsonObject{{QStringLiteral("id"), QStringLiteral("s")},
                                           {QStringLiteral("title"), QStringLiteral("Mock")},
                                           {QStringLiteral("state"), QStringLiteral("open")}}},
                {QStringLiteral("version"), version}, {QStringLiteral("as_of"), toIsoString(now())},
                {QStringLiteral("rows"), list}}));
    }
    std::unique_ptr<ExamTopic> open(const QString& name, const std::optional<QString>&) override
    {
        auto made = std::make_unique<FakeTopic>();
        topics.insert(name, made.get());
        return made;
    }
    void pokeUploads() override { }

private:
    FakeScheduler& m_time;
};

struct Desk
{
    Desk() : academy(time), session(SittingId(QStringLiteral("s")), academy, time, time, random)
    {
        academy.row(QStringLiteral("ana"));
        academy.row(QStringLiteral("ben"));
        academy.rows[QStringLiteral("cai")] = {};
        QJsonObject absent = academy.row(QStringLiteral("cai"),
            {{QStringLiteral("attempt_id"), QJsonValue()},
                {QStringLiteral("state"), QStringLiteral("not_started")}});
        absent.insert(QStringLiteral("last_seen"), QJsonValue());
        academy.rows[QStringLiteral("cai")] = absent;
    }
    void start()
    {
        session.start();
        settle();
    }
    static void settle()
    {
        for (int i = 0; i < 8; ++i) {
            QCoreApplication::processEvents();
        }
    }
    void advance(std::chrono::milliseconds by)
    {
        while (by > 0ms) {
            const auto step = std::min<std::chrono::milliseconds>(by, 500ms);
            time.advance(step);
            settle();
            by -= step;
        }
    }
    FakeTopic* line() const
    {
        return academy.topics.value(QStringLiteral("sitting:s:monitor")).data();
    }
    FakeTopic* room() const
    {
        return academy.topics.value(QStringLiteral("sitting:s:room")).data();
    }
    MonitorRow row(const char* student) const
    {
        return session.row(UserId(QString::fromLatin1(student))).value_or(MonitorRow());
    }

    FakeScheduler time;
    SeededRandom random{7};
    FakeMonitor academy;
    ProctorSession session;
};

} // namespace

Q_DECLARE_METATYPE(QList<MonitorRow>)

class TestProctorSession : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }

    void takesASnapshotThenDeltas()
    {
        Desk desk;
        QSignalSpy reset(&desk.session, &ProctorSession::reset);
        QSignalSpy changed(&desk.session, &ProctorSession::rowsChanged);
        desk.start();
        QCOMPARE(reset.size(), 1);
        QCOMPARE(desk.session.snapshot().students, 3);
        QCOMPARE(desk.session.snapshot().title, QStringLiteral("Mock"));
        QCOMPARE(desk.session.snapshot().count(MonitorStatus::Active), 2);
        QCOMPARE(desk.row("cai").status, MonitorStatus::NotStarted);
        QVERIFY(desk.session.snapshot().live);
        QVERIFY(!desk.session.snapshot().stale);

        const qint64 since = desk.academy.version;
        const QJsonObject row = desk.academy.row(QStringLiteral("ana"),
            {{QStringLiteral("answered"), 2}, {QStringLiteral("last_seq"), 9},
                {QStringLiteral("acked_seq"), 7}, {QStringLiteral("unsynced"), 2}});
        desk.line()->say(QStringLiteral("delta"), desk.academy.deltaOf({row}, since));
        QCOMPARE(changed.size(), 1);
        const auto rows = changed.first().first().value<QList<MonitorRow>>();
        QCOMPARE(rows.size(), 1);
        QCOMPARE(rows.first().answered, 2);
        QCOMPARE(rows.first().kept, 9);
        QCOMPARE(rows.first().received, 7);
        QCOMPARE(reset.size(), 1);
    }

    void looksAgainShortlyAfterADelta()
    {
        Desk desk;
        desk.start();
        const qint64 since = desk.academy.version;
        const QJsonObject row
            = desk.academy.row(QStringLiteral("ana"), {{QStringLiteral("answered"), 1}});
        desk.line()->say(QStringLiteral("delta"), desk.academy.deltaOf({row}, since));
        // Held back by the academy, because it spoke a moment ago.
        desk.academy.row(QStringLiteral("ben"), {{QStringLiteral("answered"), 3}});
        desk.time.advance(1000ms);
        desk.settle();
        QCOMPARE(desk.row("ben").answered, 0);
        desk.time.advance(100ms);
        desk.settle();
        QCOMPARE(desk.academy.countOf("monitor_changes"), 1);
        QCOMPARE(desk.row("ben").answered, 3);
    }

    void aMissedDeltaMeansANewSnapshot_data()
    {
        QTest::addColumn<bool>("refetch");
        QTest::newRow("a version was skipped") << false;
        QTest::newRow("too much to send") << true;
    }
    void aMissedDeltaMeansANewSnapshot()
    {
        QFETCH(bool, refetch);
        Desk desk;
        desk.start();
        QSignalSpy reset(&desk.session, &ProctorSession::reset);
        const qint64 before = desk.academy.version;
        desk.academy.row(QStringLiteral("ana"), {{QStringLiteral("answered"), 1}});
        const qint64 since = desk.academy.version;
        const QJsonObject row
            = desk.academy.row(QStringLiteral("ben"), {{QStringLiteral("answered"), 2}});
        QJsonObject delta = desk.academy.deltaOf({row}, refetch ? before : since);
        if (refetch) {
            delta.insert(QStringLiteral("rows"), QJsonArray());
            delta.insert(QStringLiteral("refetch"), true);
        }
        desk.line()->say(QStringLiteral("delta"), delta);
        desk.settle();
        QCOMPARE(reset.size(), 1);
        QCOMPARE(desk.row("ana").answered, 1);
        QCOMPARE(desk.row("ben").answered, 2);
    }

    void anOlderRowDoesNotComeBack()
    {
        Desk desk;
        const QJsonObject old = desk.academy.rows[QStringLiteral("ana")];
        desk.academy.row(QStringLiteral("ana"), {{QStringLiteral("answered"), 3}});
        desk.start();
        desk.line()->say(
            QStringLiteral("delta"), desk.academy.deltaOf({old}, desk.academy.version));
        QCOMPARE(desk.row("ana").answered, 3);
    }

    void silenceMakesItAsk()
    {
        Desk desk;
        desk.start();
        desk.advance(9s);
        QCOMPARE(desk.academy.countOf("monitor_changes"), 0);
        desk.advance(2s);
        QCOMPARE(desk.academy.countOf("monitor_changes"), 1);
        desk.academy.row(QStringLiteral("ana"), {{QStringLiteral("answered"), 1}});
        Q_EMIT desk.line()->gap();
        desk.settle();
        QCOMPARE(desk.row("ana").answered, 1);
    }

    void studentsAgeOnTheServersClock()
    {
        Desk desk;
        desk.start();
        desk.advance(15s);
        QCOMPARE(desk.row("ana").status, MonitorStatus::Active);
        desk.advance(2s);
        QCOMPARE(desk.row("ana").status, MonitorStatus::Degraded);
        desk.time.jumpWall(24h);
        desk.advance(17s);
        QCOMPARE(desk.row("ana").status, MonitorStatus::Degraded);
        desk.advance(3s);
        QCOMPARE(desk.row("ana").status, MonitorStatus::Offline);
        QCOMPARE(desk.session.snapshot().count(MonitorStatus::Offline), 2);
        QCOMPARE(desk.row("cai").status, MonitorStatus::NotStarted);
    }

    /// Rows may be newer than the moment they are judged at.
    void aRowFromTheFutureWasSeenJustNow()
    {
        const WallTime now {1'795'000'000s};
        for (const auto ahead : {3s, 3600s}) {
            MonitorRow row;
            row.attempt = AttemptId(QStringLiteral("a1"));
            row.state = QStringLiteral("active");
            row.lastSeen = now;
            row.lastIncidentAt = now;
            row.judge(now);
            const MonitorStatus fresh = row.status;
            row.lastSeen = now + ahead;
            row.lastIncidentAt = now + ahead;
            row.judge(now);
            QCOMPARE(row.status, fresh);
            QVERIFY(row.incidentOpen);
        }
    }

    void aMonitorWithoutANetworkBlamesItself()
    {
        Desk desk;
        desk.start();
        desk.academy.online = false;
        desk.advance(2min);
        QVERIFY(desk.session.snapshot().stale);
        QVERIFY(*desk.session.snapshot().age >= 119s);
        QCOMPARE(desk.session.snapshot().problem->kind, ErrorKind::Offline);
        QCOMPARE(desk.row("ana").status, MonitorStatus::Active);
        desk.academy.online = true;
        desk.academy.row(QStringLiteral("ana"), {{QStringLiteral("answered"), 1}});
        desk.advance(6s);
        QVERIFY(!desk.session.snapshot().stale);
        QVERIFY(!desk.session.snapshot().problem);
        QCOMPARE(desk.row("ana").answered, 1);
        QCOMPARE(desk.row("ben").status, MonitorStatus::Offline);
    }

    void afterAWhileInTheDarkItAsksForEverything()
    {
        Desk desk;
        desk.start();
        desk.academy.online = false;
        desk.advance(70s);
        // Only time did this: no version tells, and the academy names it for a minute.
        desk.academy.rows[QStringLiteral("ana")].insert(
            QStringLiteral("state"), QStringLiteral("collected_late"));
        desk.academy.online = true;
        desk.session.networkUp();
        desk.settle();
        QVERIFY(!desk.session.snapshot().stale);
        QCOMPARE(desk.row("ana").status, MonitorStatus::CollectedLate);
    }

    void theAcademysClockMayBeSetBack()
    {
        Desk desk;
        desk.start();
        desk.academy.clockSet = -5min;
        desk.advance(25s);
        QVERIFY(!desk.session.snapshot().stale);
        QVERIFY(*desk.session.snapshot().age <= 12s);
        QCOMPARE(*desk.session.snapshot().asOf + *desk.session.snapshot().age,
            std::chrono::floor<std::chrono::seconds>(desk.academy.now()));
    }

    void aPausedStudentsTimeStandsStill()
    {
        Desk desk;
        desk.start();
        const qint64 since = desk.academy.version;
        const QJsonObject paused = desk.academy.row(QStringLiteral("ana"),
            {{QStringLiteral("paused"), true},
                {QStringLiteral("effective_end"), toIsoString(desk.academy.now() + 30min)}});
        desk.line()->say(QStringLiteral("delta"), desk.academy.deltaOf({paused}, since));
        // Nothing more is heard of her, but the monitor itself stays up to date.
        desk.advance(5min);
        QVERIFY(!desk.session.snapshot().stale);
        const WallTime now = desk.academy.now();
        QCOMPARE(desk.row("ana").timeLeft(now), std::optional<std::chrono::microseconds>(30min));
        QCOMPARE(desk.row("ben").timeLeft(now), std::optional<std::chrono::microseconds>(55min));
    }

    void theStatesOfTheAcademyAreKept_data()
    {
        QTest::addColumn<QJsonObject>("facts");
        QTest::addColumn<QString>("status");
        const auto fact = [](const char* key, const QJsonValue& value) {
            return QJsonObject{{QString::fromLatin1(key), value}};
        };
        QTest::newRow("locked") << QJsonObject{{QStringLiteral("state"), QStringLiteral("locked")},
            {QStringLiteral("locked"), true}}
                                << QStringLiteral("locked");
        QTest::newRow("paused") << fact("paused", true) << QStringLiteral("paused");
        QTest::newRow("a second device")
            << fact("lease_conflict", true) << QStringLiteral("conflict");
        QTest::newRow("out of focus") << fact("focus", false) << QStringLiteral("attention");
        QTest::newRow("handed in")
            << fact("state", QStringLiteral("submitted")) << QStringLiteral("submitted");
        QTest::newRow("collected")
            << fact("state", QStringLiteral("collected_late")) << QStringLiteral("collected_late");
        QTest::newRow("voided") << fact("state", QStringLiteral("voided"))
                                << QStringLiteral("voided");
        QTest::newRow("answers wait too long") << QJsonObject{
            {QStringLiteral("state"), QStringLiteral("degraded")},
            {QStringLiteral("unsynced"), 4}} << QStringLiteral("degraded");
    }
    void theStatesOfTheAcademyAreKept()
    {
        QFETCH(QJsonObject, facts);
        QFETCH(QString, status);
        Desk desk;
        desk.academy.row(QStringLiteral("ana"), facts);
        desk.start();
        QCOMPARE(monitorStatusName(desk.row("ana").status), status);
    }

    void anIncidentComesFirstAndPasses()
    {
        Desk desk;
        desk.academy.row(QStringLiteral("ben"),
            {{QStringLiteral("last_incident"), QStringLiteral("paste")},
                {QStringLiteral("incidents"), 1},
                {QStringLiteral("last_incident_at"), toIsoString(desk.academy.now())}});
        desk.start();
        QCOMPARE(desk.row("ben").status, MonitorStatus::Attention);
        QVERIFY(desk.row("ben").order() < desk.row("ana").order());
        for (int i = 0; i < 7; ++i) {
            desk.advance(10s);
            desk.academy.row(QStringLiteral("ben"));
            desk.academy.row(QStringLiteral("ana"));
        }
        desk.advance(11s);
        QCOMPARE(desk.row("ben").status, MonitorStatus::Active);
        QVERIFY(desk.row("ana").order() < desk.row("ben").order());
    }

    void aCommandIsSentOnceHoweverOftenItIsRepeated()
    {
        Desk desk;
        desk.start();
        QStringList ops;
        int failures = 2;
        desk.academy.command = [&](const QJsonObject& arguments) -> Result<QJsonValue> {
            ops.append(arguments.value(QLatin1String("p_op_id")).toString());
            if (failures-- > 0) {
                return Error{ErrorKind::Timeout, QStringLiteral("timeout"), {}, {}};
            }
            return QJsonValue(parseJson(R"({"command_id":5,"targets":[
                {"attempt_id":"attempt-ana","allowed":true,"why":null,"new_end":"2027-01-15T08:00:00Z"},
                {"attempt_id":"attempt-ben","allowed":false,"why":"submitted","new_end":null}]})")
                                  .valueOr({}));
        };
        ExamCommand extend;
        extend.kind = ExamCommandKind::Extend;
        extend.extension = 300s;
        std::optional<Result<CommandOutcome>> outcome;
        whenDone(desk.session.issueCommand(extend), this,
            [&](const Result<CommandOutcome>& result) { outcome = result; });
        desk.advance(20s);
        QVERIFY(outcome && outcome->ok());
        QCOMPARE((*outcome)->command, std::optional<qint64>(5));
        QCOMPARE((*outcome)->targets.size(), 2);
        QCOMPARE((*outcome)->targets[1].why, QStringLiteral("submitted"));
        QCOMPARE(ops.size(), 3);
        QCOMPARE(QSet<QString>(ops.begin(), ops.end()).size(), 1);
        const QJsonObject arguments = [&] {
            for (const auto& call : desk.academy.calls) {
                if (call.first == QLatin1String("issue_command")) {
                    return call.second;
                }
            }
            return QJsonObject();
        }();
        QVERIFY(arguments.value(QLatin1String("p_targets")).isNull());
        QCOMPARE(arguments.value(QLatin1String("p_payload"))
                     .toObject()
                     .value(QLatin1String("seconds"))
                     .toInt(),
            300);
        QVERIFY(!arguments.value(QLatin1String("p_dry_run")).toBool());
    }

    void aPreviewDoesNothing()
    {
        Desk desk;
        desk.start();
        desk.academy.command = [](const QJsonObject& arguments) -> Result<QJsonValue> {
            if (!arguments.value(QLatin1String("p_dry_run")).toBool()
                || arguments.value(QLatin1String("p_targets")).toArray().size() != 1) {
                return Error{ErrorKind::Invalid, QStringLiteral("unexpected"), {}, {}};
            }
            return QJsonValue(QJsonObject{{QStringLiteral("command_id"), QJsonValue()},
                {QStringLiteral("targets"), QJsonArray()}});
        };
        ExamCommand pause;
        pause.kind = ExamCommandKind::Pause;
        pause.targets = {AttemptId(QStringLiteral("attempt-ana"))};
        std::optional<Result<CommandOutcome>> outcome;
        whenDone(desk.session.previewCommand(pause), this,
            [&](const Result<CommandOutcome>& result) { outcome = result; });
        desk.settle();
        QVERIFY(outcome && outcome->ok());
        QVERIFY(!(*outcome)->command);
    }

    void showsWhoIsThereAndWhoTypes()
    {
        Desk desk;
        desk.start();
        desk.room()->members = {{QStringLiteral("ana"), QJsonArray()}};
        Q_EMIT desk.room()->presenceChanged();
        QVERIFY(desk.row("ana").present);
        QVERIFY(!desk.row("ben").present);
        desk.room()->say(
            QStringLiteral("typing"), {{QStringLiteral("student_id"), QStringLiteral("ana")}});
        QVERIFY(desk.row("ana").typing);
        desk.advance(5s);
        QVERIFY(!desk.row("ana").typing);
        desk.room()->say(
            QStringLiteral("typing"), {{QStringLiteral("student_id"), QStringLiteral("ana")}});
        QVERIFY(desk.row("ana").typing);
        QCOMPARE(desk.session.presence().size(), 1);
    }

    void anUnreadableRowHidesNobodyElse()
    {
        Desk desk;
        desk.academy.rows[QStringLiteral("ben")].remove(QStringLiteral("answered"));
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("unreadable")));
        desk.start();
        QCOMPARE(desk.session.snapshot().students, 2);
        QCOMPARE(desk.row("ana").name, QStringLiteral("ana"));
    }

    void nothingRunsOnAfterItsEnd()
    {
        FakeScheduler time;
        SeededRandom random(1);
        FakeMonitor academy(time);
        {
            ProctorSession session(SittingId(QStringLiteral("s")), academy, time, time, random);
            session.start();
            Desk::settle();
            academy.online = false;
            ExamCommand pause;
            pause.kind = ExamCommandKind::Pause;
            session.issueCommand(pause);
            Desk::settle();
        }
        QCOMPARE(time.pendingTasks(), 0);
        QVERIFY(!academy.topics.value(QStringLiteral("sitting:s:monitor")));
    }
};

QTEST_GUILESS_MAIN(TestProctorSession)
#include "tst_proctorsession.moc"
