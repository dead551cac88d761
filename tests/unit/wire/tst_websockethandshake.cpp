// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/WebSocketHandshake.h"

#include <QTest>

namespace {

/// The key and answer of RFC 6455, 1.3.
const QByteArray Key = "dGhlIHNhbXBsZSBub25jZQ==";
const QByteArray Accept = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

QByteArray answer(const QByteArray& status, const QByteArray& headers)
{
    return "HTTP/1.1 " + status + "\r\n" + headers + "\r\n";
}

const QByteArray Good = "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: " + Accept + "\r\n";

} // namespace

class TestWebSocketHandshake : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keys()
    {
        QCOMPARE(webSocketKey(0x0102030405060708, 0x090a0b0c0d0e0f10), QByteArray("AQIDBAUGBwgJCgsMDQ4PEA=="));
        QCOMPARE(webSocketAccept(Key), Accept);
    }

    void theRequest_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QByteArray>("target");
        QTest::addColumn<QByteArray>("host");
        QTest::newRow("usual") << QStringLiteral("wss://a.example/realtime/v1/websocket?vsn=2.0.0&x=a%2Bb")
                               << QByteArray("/realtime/v1/websocket?vsn=2.0.0&x=a%2Bb") << QByteArray("a.example");
        QTest::newRow("port") << QStringLiteral("ws://127.0.0.1:54321") << QByteArray("/") << QByteArray("127.0.0.1:54321");
        QTest::newRow("IPv6") << QStringLiteral("ws://[::1]:80/?") << QByteArray("/?") << QByteArray("[::1]:80");
        QTest::newRow("no secrets of the address") << QStringLiteral("ws://me:pw@h/a b") << QByteArray("/a%20b") << QByteArray("h");
        QTest::newRow("another script") << QStringLiteral("ws://ñ.example/ñ") << QByteArray("/%C3%B1") << QByteArray("xn--ida.example");
    }
    void theRequest()
    {
        QFETCH(QString, url);
        QFETCH(QByteArray, target);
        QFETCH(QByteArray, host);
        const Result<QByteArray> request = webSocketRequest(QUrl(url), {{"X-Client-Info", "n/1"}}, Key);
        QVERIFY(request.ok());
        QCOMPARE(*request,
            "GET " + target + " HTTP/1.1\r\nHost: " + host
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: " + Key
                + "\r\nX-Client-Info: n/1\r\n\r\n");
    }

    void aHeaderStaysInItsLine()
    {
        const QUrl url(QStringLiteral("ws://h/"));
        for (const auto& [name, value] : {std::pair{"A", "b\r\nC: d"}, std::pair{"A\n", "b"}, std::pair{"A: b", "c"}, std::pair{"", "b"}}) {
            QCOMPARE(webSocketRequest(url, {{name, value}}, Key).error().code, QStringLiteral("header_invalid"));
        }
    }

    void answers_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("status");
        QTest::addColumn<bool>("upgrade");
        QTest::newRow("good") << answer("101 Switching Protocols", Good) << 101 << true;
        QTest::newRow("no words") << answer("101", Good) << 101 << true;
        QTest::newRow("other cases and lists")
            << answer("101 x", "UPGRADE:WebSocket\r\nconnection: keep-alive , upgrade\r\nsec-websocket-accept:\t" + Accept + " \r\n")
            << 101 << true;
        QTest::newRow("more headers") << answer("101 x", "Server: a: b\r\nno colon\r\n: \r\n" + Good) << 101 << true;
        QTest::newRow("wrong accept")
            << answer("101 x", "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: wrong\r\n") << 101 << false;
        QTest::newRow("accept in another case")
            << answer("101 x", QByteArray(Good).replace(Accept, Accept.toLower())) << 101 << false;
        QTest::newRow("no accept") << answer("101 x", "Upgrade: websocket\r\nConnection: Upgrade\r\n") << 101 << false;
        QTest::newRow("no upgrade") << answer("101 x", QByteArray(Good).replace("websocket", "h2c")) << 101 << false;
        QTest::newRow("no connection") << answer("101 x", QByteArray(Good).replace("Connection: Upgrade", "Connection: upgrades")) << 101 << false;
        QTest::newRow("an extension") << answer("101 x", Good + "Sec-WebSocket-Extensions: permessage-deflate\r\n") << 101 << false;
        QTest::newRow("a subprotocol") << answer("101 x", Good + "Sec-WebSocket-Protocol: mqtt\r\n") << 101 << false;
        for (const int status : {200, 302, 401, 403, 404, 429, 500, 503}) {
            QTest::addRow("%d", status) << answer(QByteArray::number(status) + " x", Good) << status << false;
        }
        QTest::newRow("a bare 401") << answer("401", {}) << 401 << false;
    }
    void answers()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(int, status);
        QFETCH(bool, upgrade);
        for (qsizetype size = 0; size < bytes.size(); ++size) {
            const auto early = readWebSocketAnswer(QByteArrayView(bytes).first(size), Key);
            QVERIFY(early.ok() && !early->has_value());
        }
        const auto answer = readWebSocketAnswer(bytes + "frames", Key);
        QVERIFY(answer.ok() && answer->has_value());
        QCOMPARE((*answer)->status, status);
        QCOMPARE((*answer)->isUpgrade, upgrade);
        QCOMPARE((*answer)->size, bytes.size());
    }

    void whatIsNoAnswer_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("another protocol") << QByteArray("SSH-2.0-x\r\n");
        QTest::newRow("TLS") << QByteArray("\x15\x03\x03");
        QTest::newRow("HTTP/1.0") << QByteArray("HTTP/1.0 101 x\r\n\r\n");
        QTest::newRow("no number") << QByteArray("HTTP/1.1 abc x\r\n\r\n");
        QTest::newRow("two digits") << QByteArray("HTTP/1.1 10\r\n\r\n");
        QTest::newRow("four digits") << QByteArray("HTTP/1.1 1011 x\r\n\r\n");
        QTest::newRow("below zero") << QByteArray("HTTP/1.1 -10 x\r\n\r\n");
        QTest::newRow("without end") << "HTTP/1.1 101 x\r\nA: " + QByteArray(LongestWebSocketHead, 'a');
    }
    void whatIsNoAnswer()
    {
        QFETCH(QByteArray, bytes);
        const auto answer = readWebSocketAnswer(bytes, Key);
        QVERIFY(!answer.ok());
        QCOMPARE(answer.error().code, QStringLiteral("socket_refused"));
        QCOMPARE(answer.error().kind, ErrorKind::Protocol);
    }
};

QTEST_GUILESS_MAIN(TestWebSocketHandshake)
#include "tst_websockethandshake.moc"
