// SPDX-License-Identifier: GPL-3.0-or-later
#include "RawServer.h"
#include "net/WebSocketTransport.h"
#include "support/FakeScheduler.h"

#include <QSignalSpy>
#include <QTest>
#include <QWebSocket>
#include <QWebSocketServer>

using namespace std::chrono_literals;

namespace {

/// A genuine WebSocket server with one guest.
struct Host
{
    Host() : server(QStringLiteral("test"), QWebSocketServer::NonSecureMode)
    {
        server.listen(QHostAddress::LocalHost);
        QObject::connect(&server, &QWebSocketServer::newConnection, &server,
            [this] { guest.reset(server.nextPendingConnection()); });
    }
    QUrl url() const
    {
        return QUrl(QStringLiteral("ws://127.0.0.1:%1/realtime/v1/websocket?vsn=2.0.0")
                        .arg(server.serverPort()));
    }

    QWebSocketServer server;
    std::unique_ptr<QWebSocket> guest;
};

struct Story
{
    explicit Story(Transport& transport)
    {
        QObject::connect(&transport, &Transport::opened, &transport, [this] { ++opened; });
        QObject::connect(
            &transport, &Transport::closed, &transport, [this](int c, const QString& r) {
                code = c;
                reason = r;
                ++ends;
            });
        QObject::connect(&transport, &Transport::failed, &transport, [this](const Error& e) {
            error = e;
            ++ends;
        });
        QObject::connect(&transport, &Transport::textReceived, &transport,
            [this](const QByteArray& t) { texts.append(t); });
        QObject::connect(&transport, &Transport::binaryReceived, &transport,
            [this](const QByteArray& b) { binaries.append(b); });
    }

    int opened = 0;
    int ends = 0;
    int code = 0;
    QString reason;
    std::optional<Error> error;
    QList<QByteArray> texts;
    QList<QByteArray> binaries;
};

} // namespace

class TestWebSocketTransport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }

    void messagesGoBothWays()
    {
        Host host;
        FakeScheduler time;
        WebSocketTransport transport(time);
        Story story(transport);
        transport.open(host.url(), {{"X-Client-Info", "neolingus"}});
        QTRY_COMPARE(story.opened, 1);
        QTRY_VERIFY(host.guest);
        QCOMPARE(host.guest->request().rawHeader("X-Client-Info"), QByteArray("neolingus"));
        QCOMPARE(host.guest->requestUrl().query(), QStringLiteral("vsn=2.0.0"));

        QSignalSpy texts(host.guest.get(), &QWebSocket::textMessageReceived);
        QSignalSpy binaries(host.guest.get(), &QWebSocket::binaryMessageReceived);
        transport.sendText("[\"é\"]");
        transport.sendBinary(QByteArray("\0\1", 2));
        QTRY_COMPARE(binaries.size(), 1);
        QCOMPARE(texts.first().first().toString(), QStringLiteral("[\"é\"]"));
        host.guest->sendTextMessage(QStringLiteral("ñ"));
        host.guest->sendBinaryMessage(QByteArray("\4", 1));
        QTRY_COMPARE(story.binaries.size(), 1);
        QCOMPARE(story.texts, QList<QByteArray>{"ñ"});
        QCOMPARE(transport.bytesToWrite(), 0);
    }

    void theServersGoodbyeHasItsCode()
    {
        Host host;
        FakeScheduler time;
        WebSocketTransport transport(time);
        Story story(transport);
        transport.open(host.url(), {});
        QTRY_VERIFY(host.guest && story.opened);
        host.guest->close(QWebSocketProtocol::CloseCodeGoingAway, QStringLiteral("restart"));
        QTRY_COMPARE(story.ends, 1);
        QCOMPARE(story.code, 1001);
        QCOMPARE(story.reason, QStringLiteral("restart"));
        QVERIFY(!story.error);
    }

    void aDroppedConnectionIsAbnormal()
    {
        Host host;
        FakeScheduler time;
        WebSocketTransport transport(time);
        Story story(transport);
        transport.open(host.url(), {});
        QTRY_VERIFY(host.guest && story.opened);
        host.guest->abort();
        QTRY_COMPARE(story.ends, 1);
        QCOMPARE(story.code, 1006);
    }

    void ourGoodbyeEndsInClosedOnce()
    {
        Host host;
        FakeScheduler time;
        WebSocketTransport transport(time);
        Story story(transport);
        transport.open(host.url(), {});
        QTRY_VERIFY(host.guest && story.opened);
        transport.close();
        QTRY_COMPARE(story.ends, 1);
        time.advance(5s);
        QCOMPARE(story.ends, 1);
        QCOMPARE(story.code, 1000);
    }

    void nobodyThereIsOffline()
    {
        QUrl url;
        {
            Host host;
            url = host.url();
        }
        FakeScheduler time;
        WebSocketTransport transport(time);
        Story story(transport);
        transport.open(url, {});
        QTRY_VERIFY(story.error);
        QCOMPARE(story.error->kind, ErrorKind::Offline);
        QCOMPARE(time.pendingTasks(), 0);
    }

    void anAnswerThatIsNoUpgradeIsRefused()
    {
        RawServer server;
        FakeScheduler time;
        WebSocketTransport transport(time);
        Story story(transport);
        transport.open(server.url("/", "ws"), {});
        QTRY_VERIFY(server.hasRequest(0));
        server.write(0, "HTTP/1.1 401 Unauthorized\r\nContent-Length: 2\r\n\r\n{}");
        QTRY_VERIFY(story.error);
        QCOMPARE(story.error->kind, ErrorKind::Unauthorized);
        QCOMPARE(story.error->code, QStringLiteral("socket_refused"));
        QCOMPARE(story.ends, 1);
    }

    void aSilentServerTimesOutAfterTenSeconds()
    {
        RawServer server;
        FakeScheduler time;
        WebSocketTransport transport(time);
        Story story(transport);
        transport.open(server.url("/", "ws"), {});
        QTRY_VERIFY(server.hasRequest(0));
        time.advance(9'999ms);
        QVERIFY(!story.error);
        time.advance(1ms);
        QVERIFY(story.error);
        QCOMPARE(story.error->kind, ErrorKind::Timeout);
        QTRY_COMPARE(server.socket(0)->state(), QAbstractSocket::UnconnectedState);
        QCOMPARE(story.ends, 1);
    }

    void aConnectionClosedBeforeTheUpgradeIsOffline()
    {
        RawServer server;
        FakeScheduler time;
        WebSocketTransport transport(time);
        Story story(transport);
        transport.open(server.url("/", "ws"), {});
        QTRY_VERIFY(server.hasRequest(0));
        server.socket(0)->abort();
        QTRY_COMPARE(story.ends, 1);
        QVERIFY(story.error);
        QCOMPARE(story.error->kind, ErrorKind::Offline);
    }

    void abortIsSilentAlsoForBufferedMessages()
    {
        Host host;
        FakeScheduler time;
        WebSocketTransport transport(time);
        Story story(transport);
        transport.open(host.url(), {});
        QTRY_VERIFY(host.guest && story.opened);
        connect(&transport, &Transport::textReceived, &transport, [&] { transport.abort(); });
        host.guest->sendTextMessage(QStringLiteral("1"));
        host.guest->sendTextMessage(QStringLiteral("2"));
        host.guest->flush();
        QTRY_COMPARE(host.guest->state(), QAbstractSocket::UnconnectedState);
        QCOMPARE(story.texts.size(), 1);
        QCOMPARE(story.ends, 0);
    }

    void itMayBeDeletedLaterInItsOwnSignal()
    {
        Host host;
        FakeScheduler time;
        auto* transport = new WebSocketTransport(time);
        QPointer<Transport> alive(transport);
        connect(transport, &Transport::textReceived, transport,
            [transport] { transport->deleteLater(); });
        transport->open(host.url(), {});
        QTRY_VERIFY(host.guest);
        host.guest->sendTextMessage(QStringLiteral("1"));
        host.guest->sendTextMessage(QStringLiteral("2"));
        QTRY_VERIFY(!alive);
        QTRY_COMPARE(host.guest->state(), QAbstractSocket::UnconnectedState);
    }

    void sendingToNobodyDoesNothing()
    {
        FakeScheduler time;
        WebSocketTransport transport(time);
        transport.sendText("x");
        transport.sendBinary("x");
        transport.close();
        transport.abort();
        QCOMPARE(transport.bytesToWrite(), 0);
    }
};

QTEST_GUILESS_MAIN(TestWebSocketTransport)
#include "tst_websockettransport.moc"
