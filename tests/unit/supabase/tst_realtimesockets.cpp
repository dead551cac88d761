// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/Deadline.h"
#include "net/WebSocketTransport.h"
#include "store/MemorySecretStore.h"
#include "support/FakeHttpClient.h"
#include "support/FakeScheduler.h"
#include "support/TcpProxy.h"
#include "supabase/AuthSession.h"
#include "supabase/RealtimeClient.h"
#include "wire/Json.h"

#include <QJsonArray>
#include <QTest>
#include <QWebSocket>
#include <QWebSocketServer>

using namespace std::chrono_literals;
using State = RealtimeChannel::State;

namespace {

/// Generous: a busy machine is slow, not wrong.
constexpr int Patience = 30'000;

/// A realtime server with one table, on a real socket.
class SmallServer : public QObject
{
public:
    SmallServer() : m_server(QStringLiteral("small"), QWebSocketServer::NonSecureMode)
    {
        m_server.listen(QHostAddress::LocalHost);
        connect(&m_server, &QWebSocketServer::newConnection, this, [this] {
            QWebSocket* guest = m_server.nextPendingConnection();
            guest->setParent(this);
            connect(guest, &QWebSocket::textMessageReceived, this,
                [this, guest](const QString& text) { receive(guest, text.toUtf8()); });
            connect(guest, &QWebSocket::disconnected, guest, [this, guest] {
                m_members.removeAll(guest);
                guest->deleteLater();
            });
        });
    }

    ~SmallServer() override
    {
        // Before the members they would still report to.
        for (QWebSocket* guest : findChildren<QWebSocket*>(Qt::FindDirectChildrenOnly)) {
            guest->disconnect();
            delete guest;
        }
    }
    Q_DISABLE_COPY_MOVE(SmallServer)

    quint16 port() const { return m_server.serverPort(); }
    const QMap<int, int>& table() const { return m_table; }
    int heartbeats() const { return m_heartbeats; }

    void commit(int id, int value, const QString& filler = {})
    {
        m_table.insert(id, value);
        const QString text = QStringLiteral(
            R"([null,null,"realtime:t","postgres_changes",{"ids":[7],"data":{"schema":"public","table":"notes",)"
            R"("type":"UPDATE","commit_timestamp":"2026-11-23T08:00:00Z","columns":[],"record":{"id":%1,"v":%2,"x":"%3"},)"
            R"("old_record":{},"errors":null}}])").arg(id).arg(value).arg(filler);
        for (QWebSocket* member : std::as_const(m_members)) {
            member->sendTextMessage(text);
        }
    }

    /// What a restarting server says before it goes.
    void sayGoodbye(int code)
    {
        for (QWebSocket* member : std::exchange(m_members, {})) {
            member->close(QWebSocketProtocol::CloseCode(code), QStringLiteral("restarting"));
        }
    }

private:
    void receive(QWebSocket* guest, const QByteArray& text)
    {
        const Result<PhoenixMessage> request = decodeText(PhoenixVersion::V2, text);
        const auto say = [guest](const PhoenixMessage& message) {
            guest->sendTextMessage(
                QString::fromUtf8(encodeText(PhoenixVersion::V2, message, Side::Server)));
        };
        m_heartbeats += request->event == QLatin1String("heartbeat") ? 1 : 0;
        if (request->event != QLatin1String("phx_join")) {
            say(replyTo(*request, true, QJsonObject()));
            return;
        }
        say(replyTo(*request, true, *parseJson(R"({"postgres_changes":[{"id":7}]})")));
        PhoenixMessage ready;
        ready.joinRef = request->joinRef;
        ready.topic = request->topic;
        ready.event = QStringLiteral("system");
        ready.payloadText = R"({"extension":"postgres_changes","status":"ok","message":"Subscribed to PostgreSQL"})";
        say(ready);
        m_members.append(guest);
    }

    QWebSocketServer m_server;
    QList<QWebSocket*> m_members;
    QMap<int, int> m_table;
    int m_heartbeats = 0;
};

/// A client on real sockets whose timers the test moves, behind a network that the test breaks.
struct World
{
    explicit World(const QString& host = QStringLiteral("127.0.0.1"))
        : proxy(server.port()),
          project{QUrl(QStringLiteral("http://%1:%2").arg(host).arg(proxy.port())), QStringLiteral("anon")},
          auth(project, http, secrets, time, time, random), transports(time),
          client(project, auth, transports, time, time, random)
    {
        ChannelConfig config;
        config.changes = {{QStringLiteral("*"), QStringLiteral("public"), QStringLiteral("notes"), {}, {}}};
        channel = client.channel(QStringLiteral("t"), config);
        QObject::connect(channel.get(), &RealtimeChannel::gap, channel.get(),
            [this](WallTime, WallTime) { model = server.table(); });
        QObject::connect(channel.get(), &RealtimeChannel::changeReceived, channel.get(),
            [this](const ChangeEvent& change) {
                model.insert(change.record.value(QStringLiteral("id")).toInt(),
                    change.record.value(QStringLiteral("v")).toInt());
            });
    }
    bool isWhole() const { return channel->isLive() && model == server.table(); }
    /// The heartbeat goes out, nothing comes back.
    void noticeSilence()
    {
        time.advance(SocketMachine::EagerInterval);
        time.advance(SocketMachine::ReplyDeadline);
    }

    SmallServer server;
    TcpProxy proxy;
    Project project;
    FakeHttpClient http;
    FakeScheduler time;
    SeededRandom random {3};
    MemorySecretStore secrets;
    AuthSession auth;
    WebSocketTransportFactory transports;
    RealtimeClient client;
    std::shared_ptr<RealtimeChannel> channel;
    QMap<int, int> model;
};

} // namespace

/// The recurring problems that only a real socket has (supabase-protocol E1, E3, E8).
class TestRealtimeSockets : public QObject
{
    Q_OBJECT

    /// The retry waits on the moved clock, which then stands still: the network takes the time it
    /// takes.
    static void awaitLive(World& w)
    {
        const MonotonicTime latest
            = w.time.monotonic() + SocketMachine::SlowFloor + SocketMachine::RetryCap;
        while (w.client.health().phase == SocketHealth::Phase::Waiting
            && w.time.monotonic() < latest) {
            w.time.advance(100ms);
        }
        QTRY_COMPARE_WITH_TIMEOUT(w.client.health().phase, SocketHealth::Phase::Open, Patience);
        w.time.advance(RealtimeClient::JoinSpacing);
        QTRY_VERIFY_WITH_TIMEOUT(w.isWhole(), Patience);
    }

private Q_SLOTS:
    void init() { QNetworkProxy::setApplicationProxy(QNetworkProxy::NoProxy); }

    void aHalfOpenConnectionIsReplaced()
    {
        World w;
        w.client.start();
        QTRY_VERIFY_WITH_TIMEOUT(w.isWhole(), Patience);
        w.server.commit(1, 1);
        QTRY_VERIFY_WITH_TIMEOUT(w.isWhole(), Patience);
        w.proxy.halfOpen();
        w.server.commit(1, 2);
        QVERIFY(w.channel->isLive()); // nobody can know yet
        w.noticeSilence();
        QCOMPARE(w.channel->state(), State::Idle);
        awaitLive(w);
        QCOMPARE(w.model.value(1), 2);
    }

    void aStallOfAMinuteIsSurvived()
    {
        World w;
        w.client.start();
        QTRY_VERIFY_WITH_TIMEOUT(w.isWhole(), Patience);
        w.proxy.stall();
        for (int i = 0; i < 50; ++i) {
            w.server.commit(i, i);
        }
        w.time.advance(60s);
        QVERIFY(!w.channel->isLive());
        w.proxy.heal();
        awaitLive(w);
        w.server.commit(99, 1);
        QTRY_VERIFY_WITH_TIMEOUT(w.isWhole(), Patience);
    }

    void aCutInTheMiddleOfAFrameLosesNothing()
    {
        World w;
        w.client.start();
        QTRY_VERIFY_WITH_TIMEOUT(w.isWhole(), Patience);
        w.proxy.cutAfter(5'000);
        w.server.commit(1, 1, QString(100'000, QLatin1Char('x')));
        QTRY_COMPARE_WITH_TIMEOUT(w.channel->state(), State::Idle, Patience);
        QVERIFY(w.model.isEmpty());
        awaitLive(w);
        QCOMPARE(w.model.value(1), 1);
    }

    void twentyCutsInARow()
    {
        World w;
        w.client.start();
        QTRY_VERIFY_WITH_TIMEOUT(w.isWhole(), Patience);
        for (int i = 0; i < 20; ++i) {
            w.server.commit(i, i);
            w.proxy.cut();
            QTRY_COMPARE_WITH_TIMEOUT(w.channel->state(), State::Idle, Patience);
            w.server.commit(i, i + 1);
            awaitLive(w);
        }
        QCOMPARE(w.proxy.accepted(), 21);
        QTRY_COMPARE_WITH_TIMEOUT(w.proxy.open(), 1, Patience);
    }

    void wakingFindsADeadConnectionInThreeSeconds()
    {
        World w;
        w.client.start();
        QTRY_VERIFY_WITH_TIMEOUT(w.isWhole(), Patience);
        w.proxy.halfOpen();
        w.server.commit(5, 5);
        w.client.woke(8h);
        w.time.advance(SocketMachine::ProbeDeadline);
        awaitLive(w);
    }

    void wakingKeepsALivingConnection()
    {
        World w;
        w.client.start();
        QTRY_VERIFY_WITH_TIMEOUT(w.isWhole(), Patience);
        QTRY_COMPARE_WITH_TIMEOUT(w.server.heartbeats(), 1, Patience);
        w.client.woke(8h);
        QTRY_COMPARE_WITH_TIMEOUT(w.client.health().phase, SocketHealth::Phase::Open, Patience);
        w.time.advance(SocketMachine::ProbeDeadline);
        QVERIFY(w.isWhole());
        QCOMPARE(w.proxy.accepted(), 1);
    }

    /// Timers run before the socket is read, and what was said may not even have left.
    void aBusyThreadDoesNotBlameTheConnection_data()
    {
        QTest::addColumn<bool>("probing");
        QTest::newRow("waiting for a heartbeat's answer") << false;
        QTest::newRow("noticing the lost time") << true;
    }
    void aBusyThreadDoesNotBlameTheConnection()
    {
        QFETCH(bool, probing);
        World w;
        w.client.start();
        QTRY_VERIFY_WITH_TIMEOUT(w.isWhole(), Patience);
        QTRY_COMPARE_WITH_TIMEOUT(w.server.heartbeats(), 1, Patience);
        if (probing) {
            w.client.woke(1min);
        } else {
            w.time.advance(SocketMachine::EagerInterval);
        }
        for (int i = 0; i < 50; ++i) {
            w.server.commit(i, i);
        }
        w.time.stall(1min);
        w.time.advance(0ms); // everything that was due
        QVERIFY(w.channel->isLive());
        QTRY_VERIFY_WITH_TIMEOUT(w.isWhole(), Patience);
        QTRY_COMPARE_WITH_TIMEOUT(w.client.health().phase, SocketHealth::Phase::Open, Patience);
        w.time.advance(Deadline::Grace);
        QVERIFY(w.isWhole());
        QCOMPARE(w.proxy.accepted(), 1);
        QTRY_VERIFY_WITH_TIMEOUT(w.server.heartbeats() >= 2, Patience);
        QVERIFY2(w.server.heartbeats() <= 3, qPrintable(QString::number(w.server.heartbeats())));
    }

    void aBusyThreadStillFindsADeadConnection()
    {
        World w;
        w.client.start();
        QTRY_VERIFY_WITH_TIMEOUT(w.isWhole(), Patience);
        w.proxy.halfOpen();
        w.server.commit(1, 1);
        w.time.advance(SocketMachine::EagerInterval);
        w.time.stall(1min);
        w.time.advance(0ms);
        QVERIFY(w.channel->isLive());
        w.time.advance(Deadline::Grace);
        QCOMPARE(w.channel->state(), State::Idle);
        awaitLive(w);
    }

    void aHotelsSignInPageIsNotTakenForTheAcademy_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::newRow("a page") << QByteArray(
            "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 13\r\n\r\n<html></html>");
        QTest::newRow("a redirect") << QByteArray(
            "HTTP/1.1 302 Found\r\nLocation: http://portal.example/\r\nContent-Length: 0\r\n\r\n");
        QTest::newRow("an upgrade to something else") << QByteArray(
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            "Sec-WebSocket-Accept: wrong\r\n\r\n");
    }
    void aHotelsSignInPageIsNotTakenForTheAcademy()
    {
        QFETCH(QByteArray, answer);
        World w;
        w.proxy.answerInstead(answer);
        w.client.start();
        QTRY_COMPARE_WITH_TIMEOUT(w.client.health().phase, SocketHealth::Phase::Waiting, Patience);
        QVERIFY(w.client.health().lastError);
        QVERIFY(w.client.health().lastError->kind != ErrorKind::Timeout);
        QCOMPARE(w.channel->state(), State::Idle);
        w.server.commit(1, 1);
        w.proxy.heal();
        awaitLive(w);
    }

    void throughAnHttpProxy()
    {
        World w(QStringLiteral("academy.example"));
        QNetworkProxy::setApplicationProxy(QNetworkProxy(
            QNetworkProxy::HttpProxy, QStringLiteral("127.0.0.1"), w.proxy.port()));
        w.client.start();
        const bool live = QTest::qWaitFor([&] { return w.isWhole(); }, Patience);
        w.proxy.cut();
        const bool lost = QTest::qWaitFor([&] { return !w.channel->isLive(); }, Patience);
        w.server.commit(1, 1);
        awaitLive(w);
        QVERIFY(live && lost);
    }

    void aGoodbyeIsNotTheEnd_data()
    {
        QTest::addColumn<int>("code");
        QTest::newRow("1000, idle too long") << 1000;
        QTest::newRow("1001, too many joins") << 1001;
        QTest::newRow("1011, crashed") << 1011;
        QTest::newRow("1012, restart") << 1012;
    }
    void aGoodbyeIsNotTheEnd()
    {
        QFETCH(int, code);
        World w;
        w.client.start();
        QTRY_VERIFY_WITH_TIMEOUT(w.isWhole(), Patience);
        w.server.commit(1, 1);
        w.server.sayGoodbye(code);
        w.server.commit(1, 2);
        QTRY_VERIFY_WITH_TIMEOUT(!w.channel->isLive(), Patience);
        QCOMPARE(w.client.health().lastError->code, QStringLiteral("socket_closed_%1").arg(code));
        QCOMPARE(w.client.health().lastError->kind, ErrorKind::Offline);
        awaitLive(w);
        QCOMPARE(w.model.value(1), 2);
        QCOMPARE(w.client.health().reconnects, 1);
    }

    void aNameThatCannotBeResolvedIsTriedAgain()
    {
        World w(QStringLiteral("no-such-host.invalid"));
        w.client.start();
        for (int attempt = 0; attempt < 2; ++attempt) {
            QTRY_COMPARE_WITH_TIMEOUT(w.client.health().phase, SocketHealth::Phase::Waiting, Patience);
            QCOMPARE(w.client.health().lastError->code, QStringLiteral("network_HostNotFoundError"));
            QCOMPARE(w.client.health().lastError->kind, ErrorKind::Offline);
            QCOMPARE(w.channel->state(), State::Idle);
            w.time.advance(SocketMachine::RetryCap);
        }
    }

    void aServerThatIsDownIsFoundWhenItIsBack()
    {
        World w;
        w.proxy.cut();
        w.client.start();
        w.proxy.stall();
        QTRY_COMPARE_WITH_TIMEOUT(w.proxy.accepted(), 1, Patience);
        w.time.advance(WebSocketTransport::ConnectTimeout);
        QCOMPARE(w.client.health().lastError->code, QStringLiteral("socket_timeout"));
        w.proxy.heal();
        awaitLive(w);
    }
};

QTEST_GUILESS_MAIN(TestRealtimeSockets)
#include "tst_realtimesockets.moc"
