// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/Phoenix.h"

#include "base/Random.h"
#include "wire/Broadcast.h"
#include "wire/Json.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QTest>

namespace {

QByteArray frame(std::initializer_list<int> header, const QByteArray& rest)
{
    QByteArray bytes;
    for (const int byte : header) {
        bytes.append(char(byte));
    }
    return bytes + rest;
}

PhoenixMessage sample()
{
    PhoenixMessage message;
    message.joinRef = QStringLiteral("1");
    message.ref = QStringLiteral("7");
    message.topic = QStringLiteral("realtime:room");
    message.event = QStringLiteral("presence");
    message.payload = QJsonObject{{QStringLiteral("k"), 1}};
    return message;
}

} // namespace

class TestPhoenix : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void textRoundTrips_data()
    {
        QTest::addColumn<int>("version");
        QTest::addColumn<int>("sender");
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("arrays, client")
            << 2 << 0 << QByteArray(R"(["1","7","realtime:room","presence",{"k":1}])");
        QTest::newRow("arrays, server")
            << 2 << 1 << QByteArray(R"(["1","7","realtime:room","presence",{"k":1}])");
        QTest::newRow("objects, client")
            << 1 << 0
            << QByteArray(
                   R"({"topic":"realtime:room","event":"presence","payload":{"k":1},"ref":"7","join_ref":"1"})");
        QTest::newRow("objects, server: no join_ref")
            << 1 << 1
            << QByteArray(
                   R"({"topic":"realtime:room","event":"presence","payload":{"k":1},"ref":"7"})");
    }
    void textRoundTrips()
    {
        QFETCH(int, version);
        QFETCH(int, sender);
        QFETCH(QByteArray, text);
        const auto vsn = version == 1 ? PhoenixVersion::V1 : PhoenixVersion::V2;
        const auto side = sender == 0 ? Side::Client : Side::Server;
        QCOMPARE(encodeText(vsn, sample(), side), text);
        const auto decoded = decodeText(vsn, text);
        QVERIFY(decoded.ok());
        QCOMPARE(decoded->ref, sample().ref);
        QCOMPARE(decoded->joinRef.has_value(), !(version == 1 && sender == 1));
        QCOMPARE(decoded->topic, sample().topic);
        QCOMPARE(decoded->event, sample().event);
        QCOMPARE(decoded->payload, sample().payload);
        QCOMPARE(decoded->payloadText, QByteArray(R"({"k":1})"));
    }

    void payloadTextPassesThroughUntouched()
    {
        const QByteArray text
            = R"([null,null,"t","e",{"n":123456789012345678901234567890,"x": 1.10}])";
        const auto decoded = decodeText(PhoenixVersion::V2, text);
        QVERIFY(decoded.ok());
        QVERIFY(!decoded->ref && !decoded->joinRef);
        QCOMPARE(encodeText(PhoenixVersion::V2, *decoded, Side::Server), text);
    }

    void oddButHarmlessFramesAreTaken()
    {
        QVERIFY(decodeText(PhoenixVersion::V2, R"([null,"1","phoenix","heartbeat",null])").ok());
        QVERIFY(decodeText(PhoenixVersion::V2, R"(["1",2,"t","e",{},"extra"])").ok());
        QCOMPARE(decodeText(PhoenixVersion::V2, R"(["1",2,"t","e",{}])")->ref, QStringLiteral("2"));
        QVERIFY(decodeText(PhoenixVersion::V1, R"({"topic":"t","event":"e","payload":{}})").ok());
    }

    /// Changes and broadcasts are read once, by their own decoders: here they only end.
    void whatIsReadElsewhereIsOnlyFound()
    {
        const QByteArray payload = "{\"event\":\"e\",\"payload\":{\"a\":\"]}\"}}";
        for (const QByteArray& event : {QByteArray("broadcast"), QByteArray("postgres_changes")}) {
            const QByteArray head = "[null,null,\"t\",\"" + event + "\", ";
            for (const char* end : {"]", " ]", "]\n "}) {
                const auto decoded = decodeText(PhoenixVersion::V2, head + payload + end);
                QVERIFY(decoded.ok());
                QCOMPARE(decoded->payloadText.trimmed(), payload);
            }
            for (const char* end : {"", "}", "]\f", "]x", "] {}"}) {
                QVERIFY2(!decodeText(PhoenixVersion::V2, head + payload + end).ok(), end);
            }
            QVERIFY(!decodeText(PhoenixVersion::V2, head + ']').ok());
        }
        for (const char* payloads : {"{\"event\":\"e\"},{}", "{\"event\":\"e\"]", "{\"event\":\"e\"} x"}) {
            const auto decoded = decodeText(
                PhoenixVersion::V2, "[null,null,\"t\",\"broadcast\"," + QByteArray(payloads) + ']');
            QVERIFY(decoded.ok());
            QVERIFY(!decodeBroadcast(*decoded).ok());
        }
    }

    void brokenTextIsAnError_data()
    {
        QTest::addColumn<QByteArray>("text");
        for (const char* text :
            {"", "hello", "[]", "{}", "null", "[1,2,3]", R"(["1","1",5,"e",{}])",
                R"(["1","1","t",null,{}])", R"({"topic":"t"})", R"({"event":"e","topic":1})"}) {
            QTest::newRow(text) << QByteArray(text);
        }
    }
    void brokenTextIsAnError()
    {
        QFETCH(QByteArray, text);
        for (const auto version : {PhoenixVersion::V1, PhoenixVersion::V2}) {
            const auto decoded = decodeText(version, text);
            QVERIFY(!decoded.ok());
            QCOMPARE(decoded.error().code, QStringLiteral("phoenix_malformed"));
        }
    }

    void aBroadcastPushHasTheOfficialBytes()
    {
        UserBroadcast broadcast;
        broadcast.joinRef = QStringLiteral("10");
        broadcast.ref = QStringLiteral("1");
        broadcast.topic = QStringLiteral("realtime:chat-room");
        broadcast.event = QStringLiteral("user-event");
        broadcast.payload = R"({"a":1})";
        const auto bytes = encodeUserBroadcast(broadcast, Side::Client);
        QVERIFY(bytes.ok());
        QCOMPARE(*bytes,
            frame({3, 2, 1, 0x12, 0x0a, 0, 1}, R"(101realtime:chat-roomuser-event{"a":1})"));

        const auto decoded = decodeBinary(*bytes, Side::Client);
        QVERIFY(decoded.ok());
        QCOMPARE(decoded->joinRef, QStringLiteral("10"));
        QCOMPARE(decoded->ref, QStringLiteral("1"));
        QCOMPARE(decoded->event, QStringLiteral("broadcast"));
        QCOMPARE(decoded->payloadText,
            QByteArray(R"({"type":"broadcast","event":"user-event","payload":{"a":1}})"));
    }

    void aServersBroadcastLooksLikeATextOne()
    {
        UserBroadcast broadcast;
        broadcast.topic = QStringLiteral("realtime:t");
        broadcast.event = QStringLiteral("é");
        broadcast.payload = R"({"n":9223372036854775807})";
        broadcast.metadata = R"({"id":"x"})";
        const auto bytes = encodeUserBroadcast(broadcast, Side::Server);
        const auto decoded = decodeBinary(*bytes, Side::Server);
        QVERIFY(decoded.ok());
        QVERIFY(!decoded->ref && !decoded->joinRef);
        const auto broadcastRead = decodeBroadcast(*decoded);
        QVERIFY(broadcastRead.ok());
        QCOMPARE(broadcastRead->event, QStringLiteral("é"));
        QCOMPARE(broadcastRead->meta.id, QStringLiteral("x"));
        QVERIFY(!broadcastRead->meta.replayed);
        QCOMPARE(broadcastRead->payload.value(QStringLiteral("n")).toInteger(),
            std::numeric_limits<qint64>::max());
        QVERIFY(parseJson(decoded->payloadText).ok());
    }

    void broadcastsAreRead_data()
    {
        QTest::addColumn<QByteArray>("payload");
        QTest::addColumn<bool>("ok");
        QTest::addColumn<QJsonObject>("expected");
        QTest::addColumn<bool>("replayed");
        const QJsonObject one{{QStringLiteral("a"), 1}};
        QTest::newRow("plain") << QByteArray(R"({"type":"broadcast","event":"e","payload":{"a":1}})")
                               << true << one << false;
        QTest::newRow("replayed")
            << QByteArray(R"({"event":"e","payload":{"a":1},"meta":{"id":"1","replayed":true}})") << true
            << one << true;
        QTest::newRow("unknown members")
            << QByteArray(R"({"event":"e","new":[{}],"payload":{"a":1}})") << true << one << false;
        QTest::newRow("no object inside")
            << QByteArray(R"({"event":"e","payload":[1]})") << true << QJsonObject() << false;
        QTest::newRow("cut") << QByteArray(R"({"event":"e","payload":{"a":)") << false << QJsonObject() << false;
        QTest::newRow("no object") << QByteArray("[1]") << false << QJsonObject() << false;
        QTest::newRow("nothing") << QByteArray() << false << QJsonObject() << false;
    }
    void broadcastsAreRead()
    {
        QFETCH(QByteArray, payload);
        QFETCH(bool, ok);
        PhoenixMessage message;
        message.payloadText = payload;
        const auto broadcast = decodeBroadcast(message);
        QCOMPARE(broadcast.ok(), ok);
        if (ok) {
            QCOMPARE(broadcast->event, QStringLiteral("e"));
            QTEST(broadcast->payload, "expected");
            QTEST(broadcast->meta.replayed, "replayed");
        } else {
            QCOMPARE(broadcast.error().code, QStringLiteral("broadcast_malformed"));
        }
    }

    void rawBytesStayRaw()
    {
        UserBroadcast broadcast;
        broadcast.topic = QStringLiteral("t");
        broadcast.event = QStringLiteral("e");
        broadcast.payload = QByteArray("\0\xff\x01", 3);
        broadcast.isJson = false;
        const auto decoded
            = decodeBinary(*encodeUserBroadcast(broadcast, Side::Server), Side::Server);
        QVERIFY(decoded.ok());
        QCOMPARE(decoded->binaryPayload, broadcast.payload);
        QVERIFY(decodeBroadcast(*decoded)->payload.isEmpty());
    }

    void pushesDifferByDirection()
    {
        const auto fromClient = decodeBinary(frame({0, 1, 1, 1, 1}, "jrteXY"), Side::Client);
        QVERIFY(fromClient.ok());
        QCOMPARE(fromClient->ref, QStringLiteral("r"));
        QCOMPARE(fromClient->binaryPayload, QByteArray("XY"));
        const auto fromServer = decodeBinary(frame({0, 1, 1, 1}, "jteXY"), Side::Server);
        QVERIFY(fromServer.ok());
        QVERIFY(!fromServer->ref);
        QCOMPARE(fromServer->topic, QStringLiteral("t"));
    }

    void repliesAndBroadcastsOfTheServer()
    {
        const auto reply = decodeBinary(frame({1, 1, 1, 1, 2}, "jrtokXY"), Side::Server);
        QVERIFY(reply.ok());
        QCOMPARE(reply->payload.toObject().value(QStringLiteral("status")).toString(),
            QStringLiteral("ok"));
        const auto broadcast = decodeBinary(frame({2, 1, 1}, "teXY"), Side::Server);
        QVERIFY(broadcast.ok());
        QCOMPARE(broadcast->event, QStringLiteral("e"));
    }

    void theWrongDirectionIsRefused_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<bool>("fromClient");
        QTest::newRow("reply from a client") << frame({1, 0, 0, 1, 1}, "ts") << true;
        QTest::newRow("broadcast from a client") << frame({2, 1, 1}, "te") << true;
        QTest::newRow("user broadcast from a client") << frame({4, 1, 1, 0, 1}, "te{}") << true;
        QTest::newRow("broadcast push from a server")
            << frame({3, 0, 0, 1, 1, 0, 1}, "te{}") << false;
        QTest::newRow("unknown kind") << frame({9, 0, 0, 0, 0}, "") << false;
        QTest::newRow("metadata is no object") << frame({4, 1, 1, 1, 1}, "te1{}") << false;
        QTest::newRow("payload is no JSON") << frame({4, 1, 1, 0, 1}, "te{") << false;
    }
    void theWrongDirectionIsRefused()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(bool, fromClient);
        QVERIFY(!decodeBinary(bytes, fromClient ? Side::Client : Side::Server).ok());
    }

    void namesOver255BytesAreRefused()
    {
        UserBroadcast broadcast;
        broadcast.topic = QString(255, QLatin1Char('t'));
        QVERIFY(encodeUserBroadcast(broadcast, Side::Server).ok());
        broadcast.topic = QString(128, QChar(0xe9));
        const auto bytes = encodeUserBroadcast(broadcast, Side::Server);
        QVERIFY(!bytes.ok());
        QCOMPARE(bytes.error().code, QStringLiteral("phoenix_too_long"));
    }

    void noBytesWhateverBreakTheDecoder()
    {
        SeededRandom random(20261123);
        int understood = 0;
        for (int i = 0; i < 20'000; ++i) {
            QByteArray bytes;
            for (quint64 length = random.below(24); length > 0; --length) {
                bytes.append(char(random.below(bytes.isEmpty() ? 6 : 8)));
            }
            for (const Side side : {Side::Client, Side::Server}) {
                understood += decodeBinary(bytes, side).ok() ? 1 : 0;
            }
            understood += decodeText(PhoenixVersion::V2, bytes).ok() ? 1 : 0;
        }
        QVERIFY(understood > 0);
    }

    void aReplyNamesItsRequest()
    {
        const PhoenixMessage reply = replyTo(
            sample(), false, QJsonObject{{QStringLiteral("reason"), QStringLiteral("no")}});
        QCOMPARE(encodeText(PhoenixVersion::V2, reply, Side::Server),
            QByteArray(
                R"(["1","7","realtime:room","phx_reply",{"response":{"reason":"no"},"status":"error"}])"));
    }
};

QTEST_GUILESS_MAIN(TestPhoenix)
#include "tst_phoenix.moc"
