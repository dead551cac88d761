// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/OpChain.h"
#include "exam/RealtimeExamSessionManager.h"
#include "store/AttemptStore.h"
#include "store/Settings.h"
#include "support/StoreTest.h"
#include "supabase/RestClient.h"
#include "sync/SyncEngine.h"
#include "unit/exam/FakeExamAcademy.h"
#include "unit/supabase/RealtimeWorld.h"
#include "viewmodels/AppSettings.h"
#include "viewmodels/ExamController.h"
#include "viewmodels/MonitorModel.h"

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
