// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/OpChain.h"
#include "exam/RealtimeExamSessionManager.h"
#include "store/AttemptStore.h"
#include "store/ProgressStore.h"
#include "store/Settings.h"
#include "support/StoreTest.h"
#include "supabase/RestClient.h"
#include "sync/SyncEngine.h"
#include "unit/exam/FakeExamAcademy.h"
#include "unit/supabase/RealtimeWorld.h"
#include "viewmodels/AppSettings.h"
#include "viewmodels/ExamController.h"
#include "viewmodels/DiagnosticsController.h"
#include "viewmodels/MonitorModel.h"
#include "viewmodels/PapersController.h"
#include "viewmodels/Toasts.h"

using namespace std::chrono_literals;

namespace {

QString s(const char* text)
{
    return QString::fromUtf8(text);
}

QByteArray chain(const QByteArray& previous, const OpId& op, qint64 seq, const ItemId& item,
    const QString& kind, const QByteArray& body)
{
    return opHash({op, seq, item, kind, body, previous, {}});
}

/// A student signed in on a computer; the academy answers the start and nothing else.
struct Room : RealtimeWorld
{
    Room() { open(); }

    void openFile()
    {
        database = std::make_unique<Database>(dir.filePath(s("room.sqlite")), options);
        store = std::make_unique<AttemptStore>(*database, chain);
    }
    void open()
    {
        openFile();
        sync = std::make_unique<SyncEngine>(*database, auth, time, time, random);
        exams = std::make_unique<RealtimeExamSessionManager>(
            rest, *client, auth, *sync, *store, time, time, random, DeviceId(s("desk")));
    }
    /// As the application does when somebody leaves: the session first, then all it stands on.
    void close()
    {
        controller.detach();
        exams.reset();
        sync.reset();
        store.reset();
        database.reset();
    }
    void settle()
    {
        for (int i = 0; i < 14; ++i) {
            (void)answerOf(database->read<int>([](Connection&) -> Result<int> { return 0; }));
        }
    }
    QByteArray kept()
    {
        for (const StoredAnswer& answer : answerOf(store->answers(AttemptId(s("attempt-1")))).valueOr({})) {
            if (answer.item == ItemId(s("e"))) {
                return answer.payload;
            }
        }
        return {};
    }
    void enter()
    {
        signIn();
        const QString at = toIsoString(WallTime(1'800'000'000s));
        http.expect("POST", "/rest/v1/rpc/start_attempt")
            .reply(200, QJsonObject {{s("attempt_id"), s("attempt-1")}, {s("lease"), 1}, {s("server_time"), at},
                {s("effective_end"), toIsoString(WallTime(1'800'003'600s))}, {s("state"), s("active")},
                {s("paused"), false}, {s("acked_seq"), 0}, {s("chain_head"), QString(64, u'0')},
                {s("started_at"), at}, {s("base_seconds"), 3600}, {s("paper"), FakeExamAcademy::paper()},
                {s("answers"), QJsonObject()}});
        http.expect("POST", "/rest/v1/rpc/beat").hold();
        controller.attach(*exams);
        controller.enter(s("sitting"));
        settle();
        controller.goTo(s("e"));
        settle();
    }

    QTemporaryDir dir;
    DatabaseOptions options;
    RestClient rest {project, http, auth, time};
    std::unique_ptr<Database> database;
    std::unique_ptr<AttemptStore> store;
    std::unique_ptr<SyncEngine> sync;
    std::unique_ptr<RealtimeExamSessionManager> exams;
    Settings file {dir.filePath(s("settings.json"))};
    AppSettings settings {file};
    ExamController controller {settings, time};
};

/// A teacher over the papers of a sitting; the academy answers with what it is given.
struct Desk
{
    explicit Desk(Room& around) : room(around), store(*room.database), toasts(room.time)
    {
        papers.attach(room.rest, store, UserId(s("teacher")));
    }

    static QJsonObject essay(const QString& name, const QJsonObject& mark = {}, bool released = false)
    {
        QJsonObject open = mark;
        open.insert(s("item"), QJsonObject {{s("id"), s("w1")}, {s("type"), s("essay")}, {s("points"), 20}});
        open.insert(s("answer"), QJsonObject {{s("text"), name}});
        return {{s("attempt_id"), name}, {s("name"), name}, {s("open"), QJsonArray {open}},
            {s("released_at"), released ? QJsonValue(s("2026-11-23T20:00:00Z")) : QJsonValue()}};
    }
    void shows(const QJsonArray& list)
    {
        room.http.expect("POST", "/rest/v1/rpc/sitting_papers").reply(200, QJsonObject {{s("papers"), list}});
    }
    void open(const QJsonArray& list)
    {
        shows(list);
        papers.open(s("sitting"));
        room.settle();
    }
    QString label(const QString& name) { return papers.tasks()->find(task(name))->label; }
    static QString task(const QString& name) { return s("mark %1 w1").arg(name); }
    void chooseAll()
    {
        for (const BandRow& row : papers.bands()->rows()) {
            papers.setBand(row.criterion, s("4"));
        }
    }

    Room& room;
    ProgressStore store;
    Toasts toasts;
    PapersController papers {room.settings, toasts};
};

} // namespace

class TestExamController : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }

    void nothingOfARoomOutlivesItsProfile_data()
    {
        QTest::addColumn<bool>("leftBefore");
        QTest::newRow("in the room") << false;
        QTest::newRow("the room was left a moment ago") << true;
    }
    void nothingOfARoomOutlivesItsProfile()
    {
        QFETCH(bool, leftBefore);
        Room room;
        auto refuses = std::make_shared<bool>(false);
        room.close();
        room.options.hook = [refuses](QStringView sql) -> std::optional<Error> {
            return *refuses && sql.startsWith(u"INSERT INTO attempt_ops")
                ? std::optional(Error {ErrorKind::Storage, s("store_full"), {}, {}}) : std::nullopt;
        };
        room.open();
        room.enter();
        QCOMPARE(room.controller.state().phase, s("writing"));
        *refuses = true;
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(s("could not be kept")));
        room.controller.form()->write(s("the last words"));
        room.controller.flush();
        room.settle();
        QCOMPARE(room.controller.state().noticeTone, s("danger"));
        *refuses = false;
        if (leftBefore) {
            room.controller.leave();
            QCOMPARE(room.exams->stats().studentSessions, 1);
        }
        room.controller.detach();
        QCOMPARE(room.exams->stats().studentSessions, 0);
        room.close();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        room.openFile();
        QCOMPARE(room.kept(), QByteArray(R"({"text":"the last words"})"));
    }

    void aHandInThatIsNotOnTheDiskIsNotCalledSafe()
    {
        Room room;
        auto refuses = std::make_shared<bool>(false);
        room.close();
        room.options.hook = [refuses](QStringView sql) -> std::optional<Error> {
            return *refuses && sql.startsWith(u"INSERT INTO attempt_ops")
                ? std::optional(Error {ErrorKind::Storage, s("store_full"), {}, {}}) : std::nullopt;
        };
        room.open();
        room.enter();
        *refuses = true;
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(s("could not be kept")));
        room.http.expect("POST", "/rest/v1/rpc/push_ops").hold();
        room.controller.form()->write(s("the last words"));
        room.controller.handIn();
        room.settle();
        QCOMPARE(room.controller.state().phase, s("handingIn"));
        QVERIFY(room.controller.state().coverText.startsWith(s("Your last words are not")));
        *refuses = false;
    }

    void whatATeacherTypedStaysUntilItIsKeptOrDiscarded()
    {
        Room room;
        room.signIn();
        const QJsonArray list {Desk::essay(s("Ana")), Desk::essay(s("Ben"))};
        {
            Desk desk(room);
            desk.open(list);
            const QString first = desk.papers.bands()->rows().constFirst().criterion;
            desk.papers.setBand(first, s("4"));
            desk.papers.setWords(first, s("clear"));
            desk.papers.setComment(s("for colleagues"));
            desk.papers.setToStudent(s("Well argued."));
            QCOMPARE(desk.label(s("Ana")), s("Begun, not kept yet"));
            desk.papers.unfold(Desk::task(s("Ben")));
            QVERIFY(desk.papers.bands()->rows().constFirst().band.isEmpty());
            QVERIFY(desk.papers.toStudent().isEmpty());
            desk.papers.unfold(Desk::task(s("Ana")));
            desk.papers.retranslate();
            QCOMPARE(desk.papers.bands()->rows().constFirst().band, s("4"));
            QCOMPARE(desk.papers.bands()->rows().constFirst().words, s("clear"));
            QCOMPARE(desk.papers.toStudent(), s("Well argued."));
            desk.papers.setToStudent(s("Well argued!"));
        }
        room.settle();
        {
            Desk later(room);
            later.open(list);
            QCOMPARE(later.label(s("Ana")), s("Begun, not kept yet"));
            later.papers.unfold(Desk::task(s("Ben")));
            later.papers.unfold(Desk::task(s("Ana")));
            QCOMPARE(later.papers.bands()->rows().constFirst().words, s("clear"));
            QCOMPARE(later.papers.comment(), s("for colleagues"));
            QCOMPARE(later.papers.toStudent(), s("Well argued!"));
            QVERIFY(later.papers.state().begun);
            later.papers.discard();
            QVERIFY(!later.papers.state().begun);
            QVERIFY(later.papers.toStudent().isEmpty());
            QCOMPARE(later.label(s("Ana")), s("To be marked"));
            room.settle();
        }
        Desk last(room);
        QVERIFY(answerOf(last.store.markDrafts(UserId(s("teacher"))))->isEmpty());
        room.settle();
    }

    void aMarkThatIsKeptIsNoDraftAndWhatWasTypedMeanwhileIs()
    {
        Room room;
        room.signIn();
        Desk desk(room);
        desk.open({Desk::essay(s("Ana"))});
        desk.chooseAll();
        desk.papers.setToStudent(s("Good"));
        room.http.expect("POST", "/rest/v1/rpc/mark_essay").check([](const HttpRequest& request) {
            QVERIFY(request.body.contains("\"p_to_student\":\"Good\""));
        }).hold();
        desk.papers.keepMark();
        room.settle();
        desk.papers.setToStudent(s("Good, and more"));
        QJsonObject kept {{s("points"), 16}, {s("to_student"), s("Good")}, {s("marked_at"), s("2026-11-23T19:00:00Z")}};
        desk.shows({Desk::essay(s("Ana"), kept)});
        room.http.answerHeld(200, QJsonObject());
        room.settle();
        QCOMPARE(desk.papers.toStudent(), s("Good, and more"));
        QCOMPARE(desk.label(s("Ana")), s("16 of 20 points, changes not kept yet"));

        kept.insert(s("to_student"), s("Good, and more"));
        room.http.expect("POST", "/rest/v1/rpc/mark_essay").reply(200, QJsonObject());
        desk.shows({Desk::essay(s("Ana"), kept)});
        desk.papers.keepMark();
        room.settle();
        QCOMPARE(desk.label(s("Ana")), s("16 of 20 points"));
        QVERIFY(answerOf(desk.store.markDrafts(UserId(s("teacher"))))->isEmpty());
    }

    void whoComesSecondIsToldBeforeTheirDraftReplacesAMark()
    {
        Room room;
        room.signIn();
        Desk desk(room);
        desk.open({Desk::essay(s("Ana"))});
        desk.chooseAll();
        const QJsonObject theirs {{s("points"), 3}, {s("marked_at"), s("2026-11-23T19:00:00Z")}};
        desk.open({Desk::essay(s("Ana"), theirs)}); // a colleague marked it meanwhile, and the list is read again
        room.http.expect("POST", "/rest/v1/rpc/mark_essay")
            .check([](const HttpRequest& request) { QVERIFY2(!request.body.contains("\"p_seen\":\""), request.body.constData()); })
            .reply(409, QJsonObject {{s("code"), s("PT409")}, {s("message"), s("ACADEMY_DECIDED")}, {s("details"), QJsonValue()}, {s("hint"), QJsonValue()}});
        desk.shows({Desk::essay(s("Ana"), theirs)});
        desk.papers.keepMark();
        room.settle();
        QCOMPARE(desk.toasts.rows()->rowCount(), 1);
        room.http.expect("POST", "/rest/v1/rpc/mark_essay")
            .check([](const HttpRequest& request) { QVERIFY2(request.body.contains("\"p_seen\":\"2026"), request.body.constData()); })
            .reply(200, QJsonObject());
        desk.shows({Desk::essay(s("Ana"), theirs)});
        desk.papers.keepMark();
        room.settle();
        QVERIFY(room.http.isSatisfied());
    }

    void aReleasedResultIsAskedAboutBeforeItChanges()
    {
        Room room;
        room.signIn();
        Desk desk(room);
        desk.open({Desk::essay(s("Ana"), {}, true)});
        desk.chooseAll();
        QSignalSpy asked(&desk.papers, &PapersController::askedFirst);
        desk.papers.keepMark();
        QCOMPARE(asked.size(), 1);
        desk.papers.goOn(false);
        desk.papers.goOn(true);
        QVERIFY2(!desk.papers.state().busy, "who said no is not asked into it by the next yes");
        desk.papers.keepMark();
        room.http.expect("POST", "/rest/v1/rpc/mark_essay").reply(200, QJsonObject());
        desk.shows({});
        desk.papers.goOn(true);
        room.settle();
        QCOMPARE(desk.papers.tasks()->rowCount(), 0);
    }

    void workThatWasNotAcceptedIsListedAndSentAgain()
    {
        Room room;
        NewOp op;
        op.opId = OpId(s("55555555-0000-4000-8000-000000000001"));
        op.owner = UserId(s("somebody"));
        op.lane = s("review:somebody");
        op.opType = s("review_log");
        op.payload = "{}";
        op.label = s("to run out of");
        QVERIFY(answerOf(room.database->run<int>([op](Connection& connection) -> Result<int> {
            const auto kept = Outbox::append(connection, op);
            const auto aside = Outbox::quarantine(connection, op.opId, s("ACADEMY_FORBIDDEN"));
            return kept.ok() && aside.ok() ? Result<int>(1) : Result<int>(Error {});
        })).ok());
        DiagnosticsController page(room.settings);
        page.attach(nullptr, room.sync.get());
        room.settle();
        QCOMPARE(page.heldBack()->rowCount(), 1);
        const HeldRow row = page.heldBack()->rows().constFirst();
        QVERIFY2(row.title.startsWith(s("A review, ")), qPrintable(row.title));
        QCOMPARE(row.label, op.label);
        QCOMPARE(row.reason, s("Your account may not do this. Ask your teacher."));
        QVERIFY(!page.state().held.isEmpty());
        page.retryHeld();
        QVERIFY(page.state().retrying);
        room.settle();
        QCOMPARE(page.heldBack()->rowCount(), 0);
        QVERIFY(page.state().held.isEmpty() && !page.state().retrying);
        QCOMPARE(answerOf(room.sync->quarantined())->size(), 0);
        page.attach(nullptr, nullptr);
    }

    void aPausedStudentsTimeStandsStill()
    {
        const WallTime then(1'800'000'000s);
        MonitorRow row;
        row.attempt = AttemptId(s("a"));
        row.effectiveEnd = then + 30min;
        QCOMPARE(monitorLine(row, then + 5min, false).timeLeft, s("25:00"));
        row.paused = true;
        row.pausedAsOf = then;
        QCOMPARE(monitorLine(row, then + 5min, false).timeLeft, s("30:00"));
    }
};

QTEST_MAIN(TestExamController)
#include "tst_examcontroller.moc"
