// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/realtime/Hub.h"
#include "wire/Jwt.h"

#include <QTest>

using namespace academy;

namespace {

constexpr auto secret = "a secret of at least thirty-two characters";

class FixedClock final : public Clock
{
public:
    WallTime wall() const override { return WallTime(std::chrono::seconds(1'800'000'000)); }
    MonotonicTime monotonic() const override { return now; }
    MonotonicTime now{};
};

/// Collects what a client would receive.
class Client final : public Outlet
{
public:
    void send(OutFramePtr frame) override
    {
        frames.append(QByteArray::fromStdString(frame->bytes));
    }
    void flush() override { }
    void close(std::uint16_t code) override { closeCode = code; }

    QList<QByteArray> take() { return std::exchange(frames, {}); }

    QList<QByteArray> frames;
    std::uint16_t closeCode = 0;
    Hub::PeerId id = 0;
};
using ClientPtr = std::shared_ptr<Client>;

std::string token(std::chrono::seconds fromNow = std::chrono::hours(1))
{
    const qint64 exp = 1'800'000'000 + fromNow.count();
    return signJwt({{QStringLiteral("role"), QStringLiteral("anon")}, {QStringLiteral("exp"), exp}},
        QByteArrayView(secret, qsizetype(strlen(secret))))
        .toStdString();
}

/// The template with its % replaced.
QByteArray filled(const char* text, const std::string& value)
{
    return QByteArray(text).replace('%', QByteArray::fromStdString(value));
}

QByteArray kind3(const QByteArray& joinRef, const QByteArray& ref, const QByteArray& topic,
    const QByteArray& event, const QByteArray& payload, bool isJson)
{
    QByteArray frame("\x03", 1);
    for (const QByteArray& field : {joinRef, ref, topic, event, QByteArray()}) {
        frame.append(char(field.size()));
    }
    return frame.append(char(isJson ? 1 : 0)) + joinRef + ref + topic + event + payload;
}

QByteArray kind4(const QByteArray& topic, const QByteArray& event, const QByteArray& metadata,
    const QByteArray& payload, bool isJson)
{
    QByteArray frame("\x04", 1);
    for (const QByteArray& field : {topic, event, metadata}) {
        frame.append(char(field.size()));
    }
    return frame.append(char(isJson ? 1 : 0)) + topic + event + metadata + payload;
}

} // namespace

/// The rules of channels, rooms and presence that need no database; what needs one is proved
/// against the real program by tests/contract.
class TestHub : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_keys = {};
        m_keys.jwtSecret = secret;
        m_clock.now = {};
        begin({});
    }
    void cleanup()
    {
        m_hub.reset();
        m_io.reset();
    }

    void heartbeatIsAnsweredAlsoWithoutRef()
    {
        const ClientPtr client = connected();
        say(client, R"([null,"26","phoenix","heartbeat",{}])");
        QCOMPARE(client->take(),
            one(R"([null,"26","phoenix","phx_reply",{"status":"ok","response":{}}])"));
        say(client, R"([null,null,"phoenix","heartbeat",{}])");
        QCOMPARE(client->take(),
            one(R"([null,null,"phoenix","phx_reply",{"status":"ok","response":{}}])"));
    }
    void joinEchoesRefsAsGiven_data()
    {
        QTest::addColumn<QByteArray>("refs");
        QTest::newRow("equal") << QByteArray(R"("1","1")");
        QTest::newRow("different") << QByteArray(R"("7","9")");
        QTest::newRow("no join_ref") << QByteArray(R"(null,"3")");
    }
    void joinEchoesRefsAsGiven()
    {
        QFETCH(QByteArray, refs);
        const ClientPtr client = connected();
        say(client, "[" + refs + R"(,"realtime:a","phx_join",{"config":{}}])");
        QCOMPARE(client->take(),
            one("[" + refs
                + R"(,"realtime:a","phx_reply",{"status":"ok","response":{"postgres_changes":[]}}])"));
    }
    void version1HasNoJoinRef()
    {
        const ClientPtr client = connected(PhoenixVersion::V1);
        say(client,
            R"({"topic":"realtime:a","event":"phx_join","payload":{"config":{"presence":{"enabled":true}}},"ref":"1","join_ref":"1"})",
            PhoenixVersion::V1);
        const auto frames = client->take();
        QCOMPARE(frames.size(), 2);
        QCOMPARE(frames[0],
            QByteArray(
                R"({"topic":"realtime:a","event":"phx_reply","payload":{"status":"ok","response":{"postgres_changes":[]}},"ref":"1"})"));
        QCOMPARE(frames[1],
            QByteArray(
                R"({"topic":"realtime:a","event":"presence_state","payload":{},"ref":null})"));
    }
    void refusals_data()
    {
        QTest::addColumn<QByteArray>("message");
        QTest::addColumn<QByteArray>("answer");
        const auto error = [](const char* start, const char* reason) {
            return QByteArray(start)
                + filled(R"(,"phx_reply",{"status":"error","response":{"reason":"%"}}])", reason);
        };
        QTest::newRow("a topic without prefix") << QByteArray(R"(["1","1","foo","phx_join",{}])")
                                                << error(R"([null,"1","foo")", "unmatched topic");
        QTest::newRow("no topic name")
            << QByteArray(R"(["2","2","realtime:","phx_join",{}])")
            << error(R"(["2","2","realtime:")", "TopicNameRequired: You must provide a topic name");
        QTest::newRow("a push before the join")
            << QByteArray(R"(["4","4","realtime:never","broadcast",{}])")
            << error(R"([null,"4","realtime:never")", "unmatched topic");
        QTest::newRow("phoenix knows only heartbeats")
            << QByteArray(R"([null,"18","phoenix","foo",{}])")
            << error(R"([null,"18","phoenix")", "unmatched topic");
        QTest::newRow("a garbled token")
            << QByteArray(
                   R"(["1","1","realtime:a","phx_join",{"config":{},"access_token":"nope"}])")
            << error(R"(["1","1","realtime:a")",
                   "MalformedJWT: The token provided is not a valid JWT");
        QTest::newRow("an expired token")
            << filled(R"(["1","1","realtime:a","phx_join",{"config":{},"access_token":"%"}])",
                   token(std::chrono::seconds(-60)))
            << error(
                   R"(["1","1","realtime:a")", "InvalidJWTToken: Token has expired 60 seconds ago");
    }
    void refusals()
    {
        QFETCH(QByteArray, message);
        QFETCH(QByteArray, answer);
        const ClientPtr client = connected();
        say(client, message);
        QCOMPARE(client->take(), one(answer));
    }
    void leaveRepliesThenCloses()
    {
        const ClientPtr client = connected();
        join(client, "a");
        say(client, R"(["1","4","realtime:a","phx_leave",{}])");
        QCOMPARE(client->take(),
            (QList<QByteArray>{
                R"(["1","4","realtime:a","phx_reply",{"status":"ok","response":{}}])",
                R"(["1","1","realtime:a","phx_close",{}])"}));
        say(client, R"(["5","5","realtime:a","phx_leave",{}])");
        QCOMPARE(client->take(),
            one(R"(["5","5","realtime:a","phx_reply",{"status":"ok","response":{}}])"));
    }
    void theSecondJoinWinsAndTheFirstIsClosedAfterwards()
    {
        const ClientPtr client = connected();
        join(client, "a");
        say(client, R"(["14","14","realtime:a","phx_join",{"config":{}}])");
        QCOMPARE(client->take(),
            (QList<QByteArray>{
                R"(["14","14","realtime:a","phx_reply",{"status":"ok","response":{"postgres_changes":[]}}])",
                R"(["1","1","realtime:a","phx_close",{}])"}));
        say(client, R"(["14","15","realtime:a","presence",{"event":"dance"}])");
        QCOMPARE(client->take(),
            one(R"(["14","15","realtime:a","phx_reply",{"status":"error","response":{}}])"));
    }
    void theHundredAndFirstBindingIsRefused()
    {
        const ClientPtr client = connected();
        const QByteArray binding = R"({"event":"*","schema":"public","table":"courses"})";
        QByteArrayList bindings;
        bindings.resize(101, binding);
        say(client,
            R"(["9","9","realtime:many","phx_join",{"config":{"postgres_changes":[)" + bindings.join(',')
                + "]}}]");
        QVERIFY(client->take().value(0).contains("Too many changes asked for in one channel"));
    }
    void theHundredAndFirstChannelIsRefused()
    {
        const ClientPtr client = connected();
        for (int i = 0; i < 100; ++i) {
            join(client, "t" + QByteArray::number(i));
        }
        say(client, R"(["9","9","realtime:more","phx_join",{"config":{}}])");
        QVERIFY(client->take().value(0).contains("ChannelRateLimitReached: Too many channels"));
        QCOMPARE(m_metrics->channels.load(), std::uint64_t(100));
    }

    void textBroadcastReachesTheOthersWordForWord()
    {
        const ClientPtr sender = connected();
        const ClientPtr second = connected();
        const ClientPtr first = connected(PhoenixVersion::V1);
        join(sender, "a");
        join(second, "a");
        join(first, "a", {}, PhoenixVersion::V1);
        say(sender,
            R"(["1","2","realtime:a","broadcast",{"event":"e","payload":{"n":12345678901234567890123},"type":"broadcast"}])");
        QVERIFY(sender->take().isEmpty());
        QCOMPARE(second->take(),
            one(R"([null,null,"realtime:a","broadcast",{"event":"e","payload":{"n":12345678901234567890123},"type":"broadcast"}])"));
        QCOMPARE(first->take(),
            one(R"({"topic":"realtime:a","event":"broadcast","payload":{"event":"e","payload":{"n":12345678901234567890123},"type":"broadcast"},"ref":null})"));
    }
    void selfAndAckAreIndependent_data()
    {
        QTest::addColumn<QByteArray>("config");
        QTest::addColumn<int>("frames");
        QTest::newRow("neither") << QByteArray(R"("broadcast":{})") << 0;
        QTest::newRow("self") << QByteArray(R"("broadcast":{"self":true})") << 1;
        QTest::newRow("ack") << QByteArray(R"("broadcast":{"ack":true})") << 1;
        QTest::newRow("both") << QByteArray(R"("broadcast":{"self":true,"ack":true})") << 2;
    }
    void selfAndAckAreIndependent()
    {
        QFETCH(QByteArray, config);
        QFETCH(int, frames);
        const ClientPtr client = connected();
        join(client, "a", config);
        say(client,
            R"([null,"8","realtime:a","broadcast",{"type":"broadcast","event":"e","payload":{}}])");
        const auto got = client->take();
        QCOMPARE(got.size(), frames);
        if (config.contains("ack")) {
            QCOMPARE(got.last(),
                QByteArray(R"(["1","8","realtime:a","phx_reply",{"status":"ok","response":{}}])"));
        }
    }
    void binaryBroadcastKeepsItsLayout()
    {
        const ClientPtr sender = connected();
        const ClientPtr second = connected();
        const ClientPtr first = connected(PhoenixVersion::V1);
        join(sender, "room", R"("broadcast":{"ack":true})");
        join(second, "room");
        join(first, "room", {}, PhoenixVersion::V1);
        sayBinary(sender, kind3("1", "7", "realtime:room", "m", R"({"hi":1.00})", true));
        QCOMPARE(second->take(), one(kind4("realtime:room", "m", {}, R"({"hi":1.00})", true)));
        QCOMPARE(first->take(),
            one(R"({"topic":"realtime:room","event":"broadcast","payload":{"event":"m","payload":{"hi":1.00},"type":"broadcast"},"ref":null})"));
        QCOMPARE(sender->take(),
            one(R"(["1","7","realtime:room","phx_reply",{"status":"ok","response":{}}])"));
    }
    void rawBytesNeverReachVersion1()
    {
        const ClientPtr sender = connected();
        const ClientPtr second = connected();
        const ClientPtr first = connected(PhoenixVersion::V1);
        join(sender, "room");
        join(second, "room");
        join(first, "room", {}, PhoenixVersion::V1);
        const QByteArray bytes("\x00\x01\xff", 3);
        sayBinary(sender, kind3("1", "7", "realtime:room", "m", bytes, false));
        QCOMPARE(second->take(), one(kind4("realtime:room", "m", {}, bytes, false)));
        QVERIFY(first->take().isEmpty());
    }
    void payloadsBeyondTheLimitAreRefused()
    {
        const ClientPtr sender = connected();
        const ClientPtr second = connected();
        join(sender, "a", R"("broadcast":{"ack":true})");
        join(second, "a");
        say(sender,
            filled(
                R"(["1","21","realtime:a","broadcast",{"type":"broadcast","event":"b","payload":{"s":"%"}}])",
                std::string(3'100'000, 'x')));
        QCOMPARE(sender->take(),
            one(R"(["1","21","realtime:a","phx_reply",{"status":"error","response":"payload_size_exceeded"}])"));
        QVERIFY(second->take().isEmpty());
    }
    void databaseBroadcastsCarryTheirId()
    {
        const ClientPtr second = connected();
        const ClientPtr first = connected(PhoenixVersion::V1);
        join(second, "room");
        join(first, "room", {}, PhoenixVersion::V1);
        DatabaseBroadcast broadcast{"x-1", "room", "ev", R"({"k": 1})", true, false, 0};
        m_hub->databaseBroadcast(broadcast);
        settle();
        QCOMPARE(second->take(),
            one(kind4("realtime:room", "ev", R"({"id":"x-1"})", R"({"k": 1})", true)));
        QCOMPARE(first->take(),
            one(R"({"topic":"realtime:room","event":"broadcast","payload":{"event":"ev","meta":{"id":"x-1"},"payload":{"k": 1},"type":"broadcast"},"ref":null})"));
        broadcast.isPrivate = true;
        m_hub->databaseBroadcast(broadcast);
        settle();
        QVERIFY(second->take().isEmpty());
    }

    void presenceIsSharedAndEndsWithTheSocket()
    {
        const ClientPtr alice = connected();
        const ClientPtr bob = connected();
        const ClientPtr deaf = connected();
        join(alice, "p", R"("presence":{"enabled":true,"key":"alice"})");
        join(bob, "p", R"("presence":{"enabled":true,"key":"bob"})");
        join(deaf, "p");
        say(alice,
            R"(["1","2","realtime:p","presence",{"type":"presence","event":"TRACK","payload":{"n":1}}])");
        QCOMPARE(alice->take().size(), 2);
        const auto joined = bob->take();
        QCOMPARE(joined.size(), 1);
        QVERIFY(joined[0].startsWith(
            R"([null,null,"realtime:p","presence_diff",{"joins":{"alice":{"metas":[{"phx_ref":)"));
        m_hub->disconnect(alice->id);
        settle();
        QVERIFY(bob->take().value(0).contains(R"({"joins":{},"leaves":{"alice":)"));
        QVERIFY(deaf->take().isEmpty());
        QCOMPARE(m_metrics->channels.load(), std::uint64_t(2));
    }
    void presenceStateFollowsTheJoin()
    {
        const ClientPtr alice = connected();
        join(alice, "p", R"("presence":{"key":"alice"})");
        say(alice, R"(["1","2","realtime:p","presence",{"event":"track","payload":{"n":1}}])");
        const ClientPtr bob = connected();
        say(bob, R"(["6","6","realtime:p","phx_join",{"config":{"presence":{"enabled":true}}}])");
        const auto frames = bob->take();
        QCOMPARE(frames.size(), 2);
        QVERIFY(frames[1].startsWith(
            R"(["6",null,"realtime:p","presence_state",{"alice":{"metas":[{"phx_ref":)"));
    }
    void trackPayloadMustBeAMap()
    {
        const ClientPtr client = connected();
        join(client, "p");
        say(client, R"(["1","2","realtime:p","presence",{"event":"track","payload":[1]}])");
        QCOMPARE(client->take(),
            one(R"(["1","2","realtime:p","phx_reply",{"status":"error","response":{"reason":"Presence track payload must be a map"}}])"));
    }
    void presenceCallsAreCountedOverHalfAMinute()
    {
        const ClientPtr client = connected();
        join(client, "p");
        for (int i = 0; i < 20; ++i) {
            say(client,
                R"(["1","2","realtime:p","presence",{"event":"track","payload":{"n":)"
                    + QByteArray::number(i) + "}}]");
            m_clock.now += std::chrono::seconds(7);
        }
        QCOMPARE(m_metrics->channels.load(), std::uint64_t(1));
    }
    void theSixthPresenceCallEndsTheChannel()
    {
        const ClientPtr client = connected();
        join(client, "p");
        for (int i = 0; i < 5; ++i) {
            say(client,
                R"(["1","2","realtime:p","presence",{"event":"track","payload":{"n":)"
                    + QByteArray::number(i) + "}}]");
        }
        client->take();
        say(client, R"(["1","9","realtime:p","presence",{"event":"untrack"}])");
        const auto frames = client->take();
        QCOMPARE(frames.size(), 2);
        QCOMPARE(frames[0],
            QByteArray(
                R"(["1",null,"realtime:p","system",{"message":"Client presence rate limit exceeded","status":"error","extension":"system","channel":"p"}])"));
        QCOMPARE(frames[1], QByteArray(R"(["1","1","realtime:p","phx_close",{}])"));
    }

    void aLastingFloodEndsTheChannelsThatReceiveIt()
    {
        RealtimeOptions options;
        options.messagesPerSecond = 1;
        begin(options);
        const ClientPtr sender = connected();
        const ClientPtr receiver = connected();
        join(sender, "a", R"("broadcast":{"ack":true})");
        join(receiver, "a");
        const QByteArray push
            = R"(["1","2","realtime:a","broadcast",{"type":"broadcast","event":"e","payload":{}}])";
        // Each counts twice: once said, once heard.
        for (int i = 0; i < 30; ++i) {
            say(sender, push);
        }
        QCOMPARE(receiver->take().size(), 30);
        sender->take();
        say(sender, push);
        QCOMPARE(receiver->take(),
            (QList<QByteArray>{
                R"([null,null,"realtime:a","broadcast",{"type":"broadcast","event":"e","payload":{}}])",
                R"(["1",null,"realtime:a","system",{"message":"Too many messages per second","status":"error","extension":"system","channel":"a"}])",
                R"(["1","1","realtime:a","phx_close",{}])"}));
        QCOMPARE(sender->take().size(), 1);
        m_clock.now += std::chrono::minutes(2);
        join(receiver, "a");
        say(sender, push);
        QCOMPARE(receiver->take().size(), 1);
    }
    void aSenderThatHearsItselfTooOftenGetsNoAnswerAnyMore()
    {
        RealtimeOptions options;
        options.messagesPerSecond = 1;
        begin(options);
        const ClientPtr client = connected();
        join(client, "a", R"("broadcast":{"ack":true,"self":true})");
        for (int i = 0; i < 31; ++i) {
            say(client,
                R"(["1","2","realtime:a","broadcast",{"type":"broadcast","event":"e","payload":{}}])");
        }
        QVERIFY(client->frames.last().contains("phx_close"));
        QCOMPARE(m_metrics->channels.load(), std::uint64_t(0));
    }
    void tooManyJoinsCloseTheSocket()
    {
        RealtimeOptions options;
        options.joinsPerSecond = 1;
        begin(options);
        const ClientPtr client = connected();
        for (int i = 0; i < 60; ++i) {
            join(client, "t" + QByteArray::number(i));
        }
        QVERIFY(!m_hub->hasTooManyJoins());
        say(client, R"(["9","9","realtime:more","phx_join",{"config":{}}])");
        QCOMPARE(client->take(),
            one(R"(["9","9","realtime:more","phx_reply",{"status":"error","response":{"reason":"ClientJoinRateLimitReached: Too many joins per second"}}])"));
        QCOMPARE(client->closeCode, std::uint16_t(1001));
        QVERIFY(m_hub->hasTooManyJoins());
        m_clock.now += std::chrono::minutes(2);
        QVERIFY(!m_hub->hasTooManyJoins());
    }
    void aRefusedJoinHoldsItsWholeSocketUp()
    {
        RealtimeOptions options;
        options.refusedJoinDelay = std::chrono::milliseconds(1);
        begin(options);
        const ClientPtr client = connected();
        join(client, "good", R"("broadcast":{"ack":true})");
        const auto later = [this, &client](const char* text) {
            m_hub->receive(client->id, *frames::decode(PhoenixVersion::V2, false, text), [] {});
        };
        later(R"(["2","2","realtime:","phx_join",{"config":{}}])");
        later(R"([null,"3","phoenix","heartbeat",{}])");
        later(R"(["1","4","realtime:good","broadcast",{"event":"e","payload":{}}])");
        m_hub->broadcast({"good", false, "o", R"({"event":"o"})", true, false, {}});
        m_io->restart();
        while (client->frames.size() < 4 && m_io->run_one() > 0) { }
        QCOMPARE(client->take(),
            (QList<QByteArray>{
                R"(["2","2","realtime:","phx_reply",{"status":"error","response":{"reason":"TopicNameRequired: You must provide a topic name"}}])",
                R"([null,null,"realtime:good","broadcast",{"event":"o"}])",
                R"([null,"3","phoenix","phx_reply",{"status":"ok","response":{}}])",
                R"(["1","4","realtime:good","phx_reply",{"status":"ok","response":{}}])"}));
    }
    void nobodyFillsTheAcademysMemoryBehindAJoin()
    {
        RealtimeOptions options;
        options.refusedJoinDelay = std::chrono::hours(1);
        begin(options);
        const ClientPtr client = connected();
        int handled = 0;
        const auto flood = [this, &client, &handled](const QByteArray& text) {
            m_hub->receive(client->id,
                *frames::decode(PhoenixVersion::V2, false, text.toStdString()),
                [&handled] { ++handled; });
        };
        flood(R"(["2","2","realtime:","phx_join",{"config":{}}])");
        for (int i = 0; i < 500; ++i) {
            flood(R"(["1","4","realtime:good","broadcast",{}])");
        }
        settle();
        QVERIFY2(handled <= 100, qPrintable(QString::number(handled)));
        const ClientPtr big = connected();
        handled = 0;
        m_hub->receive(big->id,
            *frames::decode(
                PhoenixVersion::V2, false, R"(["2","2","realtime:","phx_join",{"config":{}}])"),
            [] {});
        m_hub->receive(big->id,
            *frames::decode(PhoenixVersion::V2, false,
                filled(R"(["1","4","realtime:good","broadcast",{"s":"%"}])",
                    std::string(1'000'000, 'x'))
                    .toStdString()),
            [&handled] { ++handled; });
        settle();
        QCOMPARE(handled, 0);
    }

    void tokensThatChangeNothingAreIgnored_data()
    {
        QTest::addColumn<QByteArray>("payload");
        QTest::newRow("null") << QByteArray(R"({"access_token":null})");
        QTest::newRow("publishable") << QByteArray(R"({"access_token":"sb_publishable_1"})");
        QTest::newRow("newer") << filled(R"({"access_token":"%"})", token(std::chrono::hours(2)));
    }
    void tokensThatChangeNothingAreIgnored()
    {
        QFETCH(QByteArray, payload);
        const ClientPtr client = connected();
        join(client, "a");
        say(client, R"(["1","2","realtime:a","access_token",)" + payload + "]");
        QVERIFY(client->take().isEmpty());
        QCOMPARE(m_metrics->channels.load(), std::uint64_t(1));
    }
    void anExpiredTokenEndsItsChannelOnly()
    {
        const ClientPtr client = connected();
        join(client, "a");
        join(client, "b");
        say(client,
            filled(R"(["1","2","realtime:a","access_token",{"access_token":"%"}])",
                token(std::chrono::seconds(-5))));
        QCOMPARE(client->take(),
            (QList<QByteArray>{
                R"(["1",null,"realtime:a","system",{"message":"Token has expired 5 seconds ago","status":"error","extension":"system","channel":"a"}])",
                R"(["1","1","realtime:a","phx_close",{}])"}));
        QCOMPARE(m_metrics->channels.load(), std::uint64_t(1));
        QCOMPARE(client->closeCode, std::uint16_t(0));
    }
    void shutdownClosesEveryone()
    {
        const ClientPtr client = connected();
        bool everyoneLeft = false;
        m_hub->closeAll(1012, [&everyoneLeft] { everyoneLeft = true; });
        settle();
        QCOMPARE(client->closeCode, std::uint16_t(1012));
        QVERIFY(!everyoneLeft);
        m_hub->disconnect(client->id);
        settle();
        QVERIFY(everyoneLeft);
        QCOMPARE(connected()->closeCode, std::uint16_t(1012));
    }

private:
    static QList<QByteArray> one(const QByteArray& frame) { return {frame}; }

    void begin(const RealtimeOptions& options)
    {
        m_hub.reset();
        m_metrics.emplace();
        m_io.emplace();
        m_hub = std::make_shared<Hub>(*m_io, m_pool, m_verifier, m_random, *m_metrics, options);
        m_hub->begin(m_catalog);
    }

    void settle()
    {
        m_io->restart();
        m_io->poll();
    }
    ClientPtr connected(PhoenixVersion version = PhoenixVersion::V2)
    {
        auto client = std::make_shared<Client>();
        auto identity = m_verifier.verify(token());
        client->id = m_hub->connect(client, version, std::get<IdentityPtr>(identity));
        settle();
        return client;
    }
    void join(const ClientPtr& client, const QByteArray& topic, const QByteArray& config = {},
        PhoenixVersion version = PhoenixVersion::V2)
    {
        const QByteArray payload = R"({"config":{)" + config + "}}";
        if (version == PhoenixVersion::V2) {
            say(client,
                filled(R"(["1","1","realtime:%","phx_join",)", topic.toStdString()) + payload
                    + "]");
        } else {
            say(client,
                filled(R"({"topic":"realtime:%","event":"phx_join","ref":"1","payload":)",
                    topic.toStdString())
                    + payload + "}",
                version);
        }
        QVERIFY(client->take().value(0).contains(R"("status":"ok")"));
    }
    void say(const ClientPtr& client, const QByteArray& text,
        PhoenixVersion version = PhoenixVersion::V2)
    {
        deliver(client, frames::decode(version, false, text.toStdString()));
    }
    void sayBinary(const ClientPtr& client, const QByteArray& bytes)
    {
        deliver(client, frames::decode(PhoenixVersion::V2, true, bytes.toStdString()));
    }
    void deliver(const ClientPtr& client, std::optional<ClientMessage> message)
    {
        QVERIFY(message);
        bool handled = false;
        m_hub->receive(client->id, std::move(*message), [&handled] { handled = true; });
        settle();
        QVERIFY(handled);
    }

    FixedClock m_clock;
    Keys m_keys;
    TokenVerifier m_verifier{m_keys, m_clock};
    SeededRandom m_random{1};
    PgPool m_pool{{.conninfo = "host=/nonexistent"}};
    TableCatalog m_catalog;
    std::optional<RealtimeMetrics> m_metrics;
    std::optional<boost::asio::io_context> m_io;
    std::shared_ptr<Hub> m_hub;
};

QTEST_GUILESS_MAIN(TestHub)
#include "tst_hub.moc"
