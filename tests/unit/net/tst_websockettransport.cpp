// SPDX-License-Identifier: GPL-3.0-or-later
#include "RawServer.h"
#include "SelfSigned.h"
#include "net/WebSocketTransport.h"
#include "support/FakeScheduler.h"
#include "wire/WebSocketHandshake.h"

#include <QSignalSpy>
#include <QSslConfiguration>
#include <QSslSocket>
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
            [this](QByteArrayView t) { texts.append(t.toByteArray()); });
        QObject::connect(&transport, &Transport::binaryReceived, &transport,
            [this](QByteArrayView b) { binaries.append(b.toByteArray()); });
    }

    int opened = 0;
    int ends = 0;
    int code = 0;
    QString reason;
    std::optional<Error> error;
    QList<QByteArray> texts;
    QList<QByteArray> binaries;
};

/// A server that upgrades; every frame after that is the test's.
struct RawPeer
{
    explicit RawPeer(const QByteArray& withTheAnswer = {}) : transport(time), story(transport)
    {
        transport.open(server.url("/", "ws"), {});
        ready = QTest::qWaitFor([this] { return server.hasRequest(0); });
        const QByteArray request = server.received(0);
        const QByteArray name = "Sec-WebSocket-Key: ";
        const qsizetype key = request.indexOf(name) + name.size();
        server.write(0,
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            "Sec-WebSocket-Accept: "
                + webSocketAccept(request.mid(key, request.indexOf("\r\n", key) - key)) + "\r\n\r\n"
                + withTheAnswer);
        head = request.size();
    }
    /// The client's frames so far, unmasked: a head byte and the payload each.
    QByteArrayList heard() const
    {
        QByteArrayList frames;
        QByteArray bytes = server.received(0).sliced(head);
        while (bytes.size() >= 6 && bytes.size() >= 6 + (bytes.at(1) & 0x7f)) {
            QByteArray frame = bytes.first(1);
            for (qsizetype i = 0; i < (bytes.at(1) & 0x7f); ++i) {
                frame.append(char(bytes.at(6 + i) ^ bytes.at(2 + i % 4)));
            }
            bytes = bytes.sliced(5 + frame.size());
            frames.append(frame);
        }
        return frames;
    }

    RawServer server;
    FakeScheduler time;
    WebSocketTransport transport;
    Story story;
    qsizetype head = 0;
    bool ready = false;
};

QByteArray hex(const char* digits)
{
    return QByteArray::fromHex(digits);
}

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

    void anAnswerThatIsNoUpgradeIsRefused_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<ErrorKind>("kind");
        const auto row = [](const QByteArray& status, ErrorKind kind) {
            QTest::addRow("%s", status.constData())
                << "HTTP/1.1 " + status + " x\r\nContent-Length: 2\r\n\r\n{}" << kind;
        };
        row("200", ErrorKind::Protocol);
        row("302", ErrorKind::Protocol);
        row("401", ErrorKind::Unauthorized);
        row("403", ErrorKind::Forbidden);
        row("404", ErrorKind::NotFound);
        row("429", ErrorKind::RateLimited);
        row("503", ErrorKind::Server);
        QTest::newRow("to something else")
            << QByteArray("HTTP/1.1 101 x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n")
            << ErrorKind::Protocol;
        QTest::newRow("no HTTP") << QByteArray("220 mail.example\r\n") << ErrorKind::Protocol;
        QTest::newRow("endless") << "HTTP/1.1 101 x\r\nA: " + QByteArray(20'000, 'a') << ErrorKind::Protocol;
    }
    void anAnswerThatIsNoUpgradeIsRefused()
    {
        QFETCH(QByteArray, answer);
        QFETCH(ErrorKind, kind);
        RawServer server;
        FakeScheduler time;
        WebSocketTransport transport(time);
        Story story(transport);
        transport.open(server.url("/", "ws"), {});
        QTRY_VERIFY(server.hasRequest(0));
        server.write(0, answer);
        QTRY_VERIFY(story.error);
        QCOMPARE(story.error->kind, kind);
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

    void aHeaderThatLeavesItsLineIsNotSent()
    {
        RawServer server;
        FakeScheduler time;
        WebSocketTransport transport(time);
        Story story(transport);
        transport.open(server.url("/", "ws"), {{"A", "b\r\nC: d"}});
        QVERIFY(!story.error);
        time.advance(1ms);
        QCOMPARE(story.error->code, QStringLiteral("header_invalid"));
        QCOMPARE(server.count(), 0);
    }

    void framesMayComeWithTheAnswer()
    {
        RawPeer peer("\x81\x01" "a\x01\x01" "b\x89\x01" "p");
        QTRY_COMPARE(peer.heard(), QByteArrayList{"\x8ap"});
        peer.server.write(0, "\x80\x01" "c");
        QTRY_COMPARE(peer.story.texts, (QList<QByteArray>{"a", "bc"}));
        QCOMPARE(peer.story.opened, 1);
    }

    void aPingIsAnswered()
    {
        RawPeer peer;
        QTRY_COMPARE(peer.story.opened, 1);
        peer.server.write(0, hex("89056f6e652d31") + hex("8a0178") + hex("8900"));
        QTRY_COMPARE(peer.heard(), (QByteArrayList{"\x8aone-1", "\x8a"}));
    }

    void messagesInBurstsAndPiecesKeepTheirOrder()
    {
        RawPeer peer;
        QByteArray all;
        QList<QByteArray> sent;
        for (int i = 0; i < 3'000; ++i) {
            sent.append("message " + QByteArray::number(i));
            all.append('\x81').append(char(sent.last().size())).append(sent.last());
        }
        for (qsizetype at = 0; at < all.size(); at += 999) {
            peer.server.write(0, all.mid(at, 999));
            QCoreApplication::processEvents();
        }
        QTRY_COMPARE(peer.story.texts.size(), sent.size());
        QCOMPARE(peer.story.texts, sent);
    }

    void aLargeMessageArrivesWhole()
    {
        Host host;
        FakeScheduler time;
        WebSocketTransport transport(time);
        Story story(transport);
        transport.open(host.url(), {});
        QTRY_VERIFY(host.guest && story.opened);
        host.guest->setOutgoingFrameSize(QWebSocket::maxOutgoingFrameSize());
        host.guest->setMaxAllowedIncomingFrameSize(QWebSocket::maxIncomingFrameSize());
        const QByteArray large(WebSocketTransport::LargestMessage, 'l');
        host.guest->sendBinaryMessage(large);
        host.guest->sendTextMessage(QStringLiteral("small"));
        QTRY_COMPARE_WITH_TIMEOUT(story.texts.size(), 1, 30'000);
        QVERIFY(story.binaries == QList<QByteArray>{large});

        QSignalSpy heard(host.guest.get(), &QWebSocket::binaryMessageReceived);
        transport.sendBinary(large);
        QTRY_COMPARE_WITH_TIMEOUT(heard.size(), 1, 30'000);
        QVERIFY(heard.first().first().toByteArray() == large);
        QTRY_COMPARE(transport.bytesToWrite(), 0);
    }

    void whatIsAgainstTheRulesEndsTheConnection_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("code");
        QTest::newRow("masked") << hex("818137fa213d7f") << 1002;
        QTest::newRow("an extension") << hex("c10161") << 1002;
        QTest::newRow("no text") << hex("8101ff") << 1007;
        QTest::newRow("too long") << hex("827f0000000000800001") << 1009;
    }
    void whatIsAgainstTheRulesEndsTheConnection()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(int, code);
        RawPeer peer;
        QTRY_COMPARE(peer.story.opened, 1);
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("breaks the rules")));
        peer.server.write(0, hex("810161") + bytes + hex("810162"));
        QTRY_COMPARE(peer.story.ends, 1);
        QCOMPARE(peer.story.code, code);
        QCOMPARE(peer.story.texts, QList<QByteArray>{"a"});
        const QByteArray goodbye = QByteArray("\x88").append(char(code >> 8)).append(char(code));
        QTRY_COMPARE(peer.heard(), QByteArrayList{goodbye});
        QTRY_COMPARE(peer.server.socket(0)->state(), QAbstractSocket::UnconnectedState);
    }

    void aGoodbyeIsReturned_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("code");
        QTest::addColumn<QByteArray>("returned");
        QTest::newRow("without a code") << hex("8800") << 1005 << QByteArray("\x88");
        QTest::newRow("with one") << hex("880203f4") << 1012 << QByteArray("\x88\x03\xf4");
    }
    void aGoodbyeIsReturned()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(int, code);
        QFETCH(QByteArray, returned);
        RawPeer peer;
        QTRY_COMPARE(peer.story.opened, 1);
        peer.server.write(0, hex("810161") + bytes + hex("810162"));
        QTRY_COMPARE(peer.story.ends, 1);
        QCOMPARE(peer.story.code, code);
        QCOMPARE(peer.story.texts, QList<QByteArray>{"a"});
        QTRY_COMPARE(peer.heard(), QByteArrayList{returned});
    }

    void aGoodbyeNobodyReturnsIsNotWaitedFor()
    {
        RawPeer peer;
        QTRY_COMPARE(peer.story.opened, 1);
        peer.transport.close();
        peer.transport.sendText("late");
        QTRY_COMPARE(peer.heard(), QByteArrayList{QByteArray("\x88\x03\xe8")});
        QCOMPARE(peer.story.ends, 0);
        peer.time.advance(WebSocketTransport::CloseTimeout);
        QCOMPARE(peer.story.ends, 1);
        QCOMPARE(peer.story.code, 1006);
    }

    void throughTls()
    {
        if (!QSslSocket::supportsSsl()) {
            QSKIP("this Qt has no TLS");
        }
        const SelfSigned identity;
        QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
        configuration.setLocalCertificate(identity.certificate);
        configuration.setPrivateKey(identity.key);
        configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
        QWebSocketServer server(QStringLiteral("test"), QWebSocketServer::SecureMode);
        server.setSslConfiguration(configuration);
        QVERIFY(server.listen(QHostAddress::LocalHost));
        FakeScheduler time;
        WebSocketTransport transport(
            time, nullptr, {QStringLiteral("127.0.0.1"), server.serverPort(), identity.fingerprint()});
        Story story(transport);
        transport.open(QUrl(QStringLiteral("wss://127.0.0.1:%1/").arg(server.serverPort())), {});
        QTRY_COMPARE(story.opened, 1);
        QTRY_VERIFY(server.hasPendingConnections());
        const std::unique_ptr<QWebSocket> guest(server.nextPendingConnection());
        QSignalSpy texts(guest.get(), &QWebSocket::textMessageReceived);
        const QByteArray large(300'000, 'l');
        transport.sendText(large);
        QTRY_COMPARE(texts.size(), 1);
        QVERIFY(texts.first().first().toString().toUtf8() == large);
        guest->sendBinaryMessage(large);
        QList<QByteArray> sent;
        for (int i = 0; i < 500; ++i) {
            sent.append(QByteArray::number(i));
            guest->sendTextMessage(QString::number(i));
        }
        guest->close(QWebSocketProtocol::CloseCodeGoingAway);
        QTRY_COMPARE(story.ends, 1);
        QVERIFY(story.binaries == QList<QByteArray>{large});
        QCOMPARE(story.texts, sent);
        QCOMPARE(story.code, 1001);
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
