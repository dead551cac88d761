// SPDX-License-Identifier: GPL-3.0-or-later
#include "RealtimeWorld.h"

#include <QDateTime>
#include <QSignalSpy>
#include <QTimeZone>

using namespace std::chrono_literals;
using State = RealtimeChannel::State;

namespace {

ChannelConfig withChanges()
{
    ChannelConfig config;
    config.changes = {{QStringLiteral("*"), QStringLiteral("public"),
        QStringLiteral("course_progress"), QStringLiteral("user_id=eq.u1"), {}}};
    return config;
}

ChannelConfig closedRoom()
{
    ChannelConfig config;
    config.isPrivate = true;
    return config;
}

ChannelConfig withPresence()
{
    ChannelConfig config;
    config.presenceKey = QStringLiteral("ana");
    return config;
}

ChannelConfig withAck()
{
    ChannelConfig config;
    config.broadcastAck = true;
    return config;
}

const QByteArray DatabaseOk
    = R"({"extension":"postgres_changes","status":"ok","message":"Subscribed to PostgreSQL","channel":"p"})";
const QByteArray Change
    = R"({"ids":[7],"data":{"schema":"public","table":"course_progress","type":"UPDATE",
    "commit_timestamp":"2026-11-23T08:00:00Z","columns":[],"record":{"overall":42},"old_record":{},"errors":null}})";

QByteArray systemError(const char* message)
{
    return R"({"extension":"system","status":"error","message":")" + QByteArray(message)
        + R"(","channel":"x"})";
}

} // namespace

class TestRealtimeChannel : public QObject
{
    Q_OBJECT

    struct Gaps
    {
        explicit Gaps(RealtimeChannel* channel)
        {
            QObject::connect(
                channel, &RealtimeChannel::gap, channel, [this](WallTime f, WallTime t) {
                    from.append(f);
                    to.append(t);
                });
        }
        QList<WallTime> from, to;
    };

private Q_SLOTS:
    void aJoinCarriesConfigurationAndToken()
    {
        RealtimeWorld w;
        w.signIn();
        w.open();
        auto channel = w.client->channel(QStringLiteral("room"), closedRoom());
        const PhoenixMessage join = w.awaitJoin();
        QCOMPARE(join.topic, QStringLiteral("realtime:room"));
        QCOMPARE(join.ref, join.joinRef);
        const QJsonObject payload = join.payload.toObject();
        QCOMPARE(
            payload.value(QStringLiteral("access_token")).toString(), QStringLiteral("access-1"));
        QCOMPARE(payload.value(QStringLiteral("config")).toObject(), closedRoom().toJson());
        Gaps gaps(channel.get());
        w.acceptJoin(join);
        QCOMPARE(channel->state(), State::Live);
        QCOMPARE(gaps.from, QList<WallTime>{WallTime{}});
        QCOMPARE(gaps.to, QList<WallTime>{w.time.wall()});
    }

    void changesComeOnlyAfterTheDatabaseIsReady()
    {
        RealtimeWorld w;
        w.open();
        auto channel = w.client->channel(QStringLiteral("p"), withChanges());
        Gaps gaps(channel.get());
        const PhoenixMessage join = w.awaitJoin();
        w.acceptJoin(join, R"([{"id":7,"event":"*"}])");
        QCOMPARE(channel->state(), State::DatabasePending);
        QVERIFY(gaps.to.isEmpty());
        w.say(join.joinRef, "p", "system", DatabaseOk);
        QCOMPARE(channel->state(), State::Live);
        QCOMPARE(gaps.to.size(), 1);

        QList<double> values;
        connect(
            channel.get(), &RealtimeChannel::changeReceived, this, [&](const ChangeEvent& change) {
                values.append(change.record.value(QStringLiteral("overall")).toDouble());
            });
        w.say({}, "p", "postgres_changes", Change);
        QCOMPARE(values, QList<double>{42});
        w.say({}, "p", "postgres_changes", QByteArray(Change).replace("[7]", "[8]"));
        QCOMPARE(values.size(), 1);
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("unreadable change")));
        w.say({}, "p", "postgres_changes", "{}");
    }

    void aSilentDatabaseDegradesAndIsTriedAgain()
    {
        RealtimeWorld w;
        w.open();
        auto channel = w.client->channel(QStringLiteral("p"), withChanges());
        w.acceptJoin(w.awaitJoin(), R"([{"id":7}])");
        w.pass(19'999ms);
        QCOMPARE(channel->state(), State::DatabasePending);
        w.time.advance(1ms);
        QCOMPARE(channel->state(), State::Degraded);
        QCOMPARE(channel->lastError()->code, QStringLiteral("database_not_ready"));
        w.socket().ignoreSent();
        w.say({}, "x", "broadcast", "{}");
        w.time.advance(5'500ms);
        const PhoenixMessage again = w.awaitJoin();
        w.acceptJoin(again, R"([{"id":7}])");
        w.say(again.joinRef, "p", "system", DatabaseOk);
        QCOMPARE(channel->state(), State::Live);
        QVERIFY(!channel->lastError());
    }

    void aRefusedBindingIsTold()
    {
        RealtimeWorld w;
        w.open();
        auto channel = w.client->channel(QStringLiteral("p"), withChanges());
        const PhoenixMessage join = w.awaitJoin();
        w.acceptJoin(join, R"([{"id":7}])");
        w.say(join.joinRef, "p", "system",
            R"({"extension":"postgres_changes","status":"error","message":"Unable to subscribe to changes with given parameters.","channel":"p"})");
        QCOMPARE(channel->state(), State::Degraded);
        QCOMPARE(channel->lastError()->code, QStringLiteral("database_subscription"));
    }

    void aLossIsAGapFromTheLastSignOfLife()
    {
        RealtimeWorld w;
        w.open();
        auto channel = w.live("room");
        Gaps gaps(channel.get());
        // What was committed shortly before may have been on its way.
        const WallTime heard = w.time.wall() - RealtimeChannel::DeliveryLag;
        w.time.advance(4s);
        w.socket().drop();
        QCOMPARE(channel->state(), State::Idle);
        w.time.advance(500ms);
        w.accept();
        w.time.advance(100ms);
        w.acceptJoin(w.awaitJoin());
        QCOMPARE(channel->state(), State::Live);
        QCOMPARE(gaps.from, QList<WallTime>{heard});
        QCOMPARE(gaps.to, QList<WallTime>{w.time.wall()});
    }

    void framesOfAnEarlierJoinTouchNothing_data()
    {
        QTest::addColumn<QByteArray>("event");
        QTest::addColumn<QByteArray>("payload");
        QTest::newRow("close") << QByteArray("phx_close") << QByteArray("{}");
        QTest::newRow("error") << QByteArray("phx_error") << QByteArray("{}");
        QTest::newRow("system") << QByteArray("system")
                                << systemError("Token has expired 0 seconds ago");
        QTest::newRow("presence") << QByteArray("presence_state")
                                  << QByteArray(R"({"x":{"metas":[{"phx_ref":"1"}]}})");
        QTest::newRow("reply")
            << QByteArray("phx_reply")
            << QByteArray(R"({"status":"error","response":{"reason":"Unauthorized: x"}})");
    }
    void framesOfAnEarlierJoinTouchNothing()
    {
        QFETCH(QByteArray, event);
        QFETCH(QByteArray, payload);
        RealtimeWorld w;
        w.open();
        auto channel = w.live("room");
        const auto oldRef = w.join.ref;
        w.socket().drop();
        w.time.advance(500ms);
        w.accept();
        w.time.advance(100ms);
        w.acceptJoin(w.awaitJoin());
        PhoenixMessage late;
        late.joinRef = oldRef;
        late.ref = oldRef;
        late.topic = QStringLiteral("realtime:room");
        late.event = QString::fromLatin1(event);
        late.payloadText = payload;
        w.say(late);
        QCOMPARE(channel->state(), State::Live);
        QVERIFY(channel->presence().isEmpty());
        QVERIFY(!channel->lastError());
    }

    void anUnansweredJoinIsRepeatedAndALateAnswerCounts()
    {
        RealtimeWorld w;
        w.open();
        auto channel = w.client->channel(QStringLiteral("room"), {});
        const PhoenixMessage join = w.awaitJoin();
        w.pass(10s);
        QCOMPARE(channel->lastError()->code, QStringLiteral("join_unanswered"));
        w.acceptJoin(join);
        QCOMPARE(channel->state(), State::Live);
        w.time.advance(1s);
        QVERIFY(!w.socket().hasSent());
    }

    void anExpiredTokenIsRefreshedAndTheChannelRejoins()
    {
        RealtimeWorld w;
        w.signIn();
        w.open();
        auto channel = w.live("room", closedRoom());
        Gaps gaps(channel.get());
        w.expectRefresh().reply(200, RealtimeWorld::session(2));
        w.say(w.join.ref, "room", "system", systemError("Token has expired 0 seconds ago"));
        QCOMPARE(channel->state(), State::Live);
        PhoenixMessage close;
        close.joinRef = w.join.ref;
        close.ref = w.join.ref;
        close.topic = QStringLiteral("realtime:room");
        close.event = QStringLiteral("phx_close");
        w.say(close);
        QCOMPARE(channel->state(), State::Joining);
        QTRY_VERIFY(w.http.isSatisfied());
        w.time.advance(100ms);
        const PhoenixMessage again = w.awaitJoin();
        QCOMPARE(again.payload.toObject().value(QStringLiteral("access_token")).toString(),
            QStringLiteral("access-2"));
        w.acceptJoin(again);
        QCOMPARE(channel->state(), State::Live);
        QCOMPARE(gaps.to.size(), 1);
    }

    void aNewTokenIsGivenToLiveChannels()
    {
        RealtimeWorld w;
        w.signIn();
        w.open();
        auto channel = w.live("room", closedRoom());
        w.say({}, "x", "broadcast", "{}");
        w.expectRefresh().reply(200, RealtimeWorld::session(2));
        w.time.advance(1s);
        auto token = w.auth.refreshAfterRefusal(QStringLiteral("access-1"));
        QTRY_VERIFY(token.isFinished());
        const PhoenixMessage pushed = w.socket().take(QStringLiteral("access_token"));
        QCOMPARE(pushed.joinRef, w.join.ref);
        QCOMPARE(pushed.payload.toObject().value(QStringLiteral("access_token")).toString(),
            QStringLiteral("access-2"));
        QVERIFY(channel->isLive());
    }

    void aTokenThatChangedDuringTheJoinIsPushedAfterIt()
    {
        RealtimeWorld w;
        w.signIn();
        w.open();
        auto channel = w.client->channel(QStringLiteral("room"), closedRoom());
        const PhoenixMessage join = w.awaitJoin();
        w.expectRefresh().reply(200, RealtimeWorld::session(2));
        auto token = w.auth.refreshAfterRefusal(QStringLiteral("access-1"));
        QTRY_VERIFY(token.isFinished());
        QVERIFY(!w.socket().hasSent());
        w.acceptJoin(join);
        w.socket().take(QStringLiteral("access_token"));
    }

    void aPrivateChannelWaitsForSignIn()
    {
        RealtimeWorld w;
        w.open();
        auto channel = w.client->channel(QStringLiteral("room"), closedRoom());
        QCOMPARE(channel->state(), State::WaitingForSignIn);
        auto sent = channel->broadcast(QStringLiteral("e"), {});
        QTRY_VERIFY(sent.isFinished());
        QCOMPARE(sent.result().error().kind, ErrorKind::Unauthorized);
        w.signIn();
        w.acceptJoin(w.awaitJoin());
        QCOMPARE(channel->state(), State::Live);
        w.http.expect("POST", "/auth/v1/logout?scope=local")
            .reply(204, QJsonValue(QJsonValue::Undefined));
        auto out = w.auth.signOut();
        QCOMPARE(channel->state(), State::WaitingForSignIn);
        w.socket().take(QStringLiteral("phx_leave"));
        QTRY_VERIFY(w.http.isSatisfied());
    }

    void withoutNetworkForTheTokenTheJoinWaits()
    {
        RealtimeWorld w;
        w.signIn();
        w.open();
        w.say({}, "x", "broadcast", "{}");
        w.expectRefresh().fail({ErrorKind::Offline, QStringLiteral("network_X"), {}, {}});
        auto spoiled = w.auth.refreshAfterRefusal(QStringLiteral("access-1"));
        QTRY_VERIFY(spoiled.isFinished());
        w.expectRefresh().fail({ErrorKind::Offline, QStringLiteral("network_X"), {}, {}});
        auto channel = w.client->channel(QStringLiteral("room"), closedRoom());
        QTRY_VERIFY(channel->lastError());
        QCOMPARE(channel->state(), State::Joining);
        w.expectRefresh().reply(200, RealtimeWorld::session(2));
        w.time.advance(2s);
        w.acceptJoin(w.awaitJoin());
        QVERIFY(channel->isLive());
    }

    void aRefusalIsAnnouncedAndRetriedSlowly()
    {
        RealtimeWorld w;
        w.open();
        auto channel = w.client->channel(QStringLiteral("room"), {});
        QSignalSpy refused(channel.get(), &RealtimeChannel::refused);
        auto waiting = channel->broadcast(QStringLiteral("e"), {});
        w.refuseJoin(w.awaitJoin(),
            "Unauthorized: You do not have permissions to read from this Channel topic: room");
        QCOMPARE(channel->state(), State::Refused);
        QCOMPARE(refused.size(), 1);
        QTRY_VERIFY(waiting.isFinished());
        QCOMPARE(waiting.result().error().kind, ErrorKind::Forbidden);
        for (int i = 0; i < 59; ++i) {
            w.time.advance(1s);
            w.say({}, "x", "broadcast", "{}");
            w.socket().ignoreSent();
        }
        QCOMPARE(channel->state(), State::Refused);
        w.time.advance(1'500ms);
        QCOMPARE(channel->state(), State::Joining);
        w.socket().ignoreSent();
    }

    void aServersCloseWithoutReasonIsRejoined()
    {
        RealtimeWorld w;
        w.open();
        auto channel = w.live("room");
        w.say(w.join.ref, "room", "phx_close", "{}");
        QCOMPARE(channel->state(), State::Joining);
        w.time.advance(600ms);
        w.acceptJoin(w.awaitJoin());
        QVERIFY(channel->isLive());
        w.say(w.join.ref, "room", "phx_error", "{}");
        QVERIFY(channel->isLive());
    }

    void broadcastsAreTextAndConfirmedWhenAsked()
    {
        RealtimeWorld w;
        w.open();
        auto channel = w.live("room", withAck());
        const QJsonObject body{{QStringLiteral("x"), 1}};
        auto done = channel->broadcast(QStringLiteral("move"), body);
        const PhoenixMessage push = w.socket().take(QStringLiteral("broadcast"));
        QCOMPARE(push.joinRef, w.join.ref);
        QCOMPARE(push.payload.toObject(),
            (QJsonObject{{QStringLiteral("type"), QStringLiteral("broadcast")},
                {QStringLiteral("event"), QStringLiteral("move")},
                {QStringLiteral("payload"), body}}));
        QVERIFY(!done.isFinished());
        w.say(replyTo(push, true, QJsonObject()));
        QTRY_VERIFY(done.isFinished());
        QVERIFY(done.result().ok());

        auto large = channel->broadcast(QStringLiteral("move"), body);
        w.say(replyTo(w.socket().take(QStringLiteral("broadcast")), false,
            QStringLiteral("payload_size_exceeded")));
        QTRY_VERIFY(large.isFinished());
        QCOMPARE(large.result().error().code, QStringLiteral("payload_size_exceeded"));

        auto silent = channel->broadcast(QStringLiteral("move"), body);
        w.socket().take(QStringLiteral("broadcast"));
        w.time.advance(10s);
        w.socket().ignoreSent();
        QTRY_VERIFY(silent.isFinished());
        QCOMPARE(silent.result().error().kind, ErrorKind::Timeout);

        auto lost = channel->broadcast(QStringLiteral("move"), body);
        w.socket().ignoreSent();
        w.socket().drop();
        QTRY_VERIFY(lost.isFinished());
        QCOMPARE(lost.result().error().code, QStringLiteral("connection_lost"));
    }

    void withoutAckSendingIsEnough()
    {
        RealtimeWorld w;
        w.open();
        auto channel = w.live("room");
        auto done = channel->broadcast(QStringLiteral("e"), {});
        w.socket().take(QStringLiteral("broadcast"));
        QTRY_VERIFY(done.isFinished());
        QVERIFY(done.result().ok());
    }

    void broadcastsWaitForTheJoinInOrder()
    {
        RealtimeWorld w;
        w.open();
        auto channel = w.client->channel(QStringLiteral("room"), {});
        QList<Async<void>> sent;
        for (int i = 0; i < 103; ++i) {
            sent.append(channel->broadcast(QString::number(i), {}));
        }
        QCOMPARE(w.client->health().queued, 100);
        w.acceptJoin(w.awaitJoin());
        QCOMPARE(w.socket().sentCount(), 100);
        QCOMPARE(w.socket()
                     .take(QStringLiteral("broadcast"))
                     .payload.toObject()
                     .value(QStringLiteral("event"))
                     .toString(),
            QStringLiteral("3"));
        w.socket().ignoreSent();
        QTRY_VERIFY(sent.at(0).isFinished());
        QCOMPARE(sent.at(0).result().error().code, QStringLiteral("broadcast_overflow"));
        QTRY_VERIFY(sent.at(102).isFinished());
        QVERIFY(sent.at(102).result().ok());
        QCOMPARE(w.client->health().queued, 0);
    }

    void aBroadcastThatWaitsTooLongFails()
    {
        RealtimeWorld w;
        auto channel = w.client->channel(QStringLiteral("room"), {});
        auto sent = channel->broadcast(QStringLiteral("e"), {});
        w.time.advance(10s);
        QTRY_VERIFY(sent.isFinished());
        QCOMPARE(sent.result().error().code, QStringLiteral("channel_not_live"));
    }

    void broadcastsOfOthersComeAsTextAndBinary()
    {
        RealtimeWorld w;
        w.open();
        auto channel = w.live("room");
        QStringList heard;
        connect(channel.get(), &RealtimeChannel::broadcastReceived, this,
            [&](const QString& event, const QJsonObject& payload) {
                heard.append(event + QString::number(payload.value(QStringLiteral("n")).toInt()));
            });
        QByteArray raw;
        connect(channel.get(), &RealtimeChannel::binaryBroadcastReceived, this,
            [&](const QString&, const QByteArray& bytes) { raw = bytes; });
        w.say({}, "room", "broadcast", R"({"type":"broadcast","event":"a","payload":{"n":1}})");
        UserBroadcast broadcast{QStringLiteral("realtime:room"), QStringLiteral("b"), R"({"n":2})",
            true, R"({"id":"x"})", {}, {}};
        w.socket().receiveBytes(*encodeUserBroadcast(broadcast, Side::Server));
        QCOMPARE(heard, (QStringList{QStringLiteral("a1"), QStringLiteral("b2")}));
        broadcast.isJson = false;
        broadcast.metadata = R"({"id":"y"})";
        broadcast.payload = QByteArray("\0\1", 2);
        w.socket().receiveBytes(*encodeUserBroadcast(broadcast, Side::Server));
        QCOMPARE(raw, broadcast.payload);
    }

    void presenceIsShownAgainAfterARejoin()
    {
        RealtimeWorld w;
        w.open();
        auto channel = w.live("room", withPresence());
        auto shown = channel->track({{QStringLiteral("at"), 1}});
        const PhoenixMessage push = w.socket().take(QStringLiteral("presence"));
        QCOMPARE(push.payload.toObject().value(QStringLiteral("event")).toString(),
            QStringLiteral("track"));
        w.say(replyTo(push, true, QJsonObject()));
        QTRY_VERIFY(shown.isFinished());
        w.say(w.join.ref, "room", "presence_state", R"({"ben":{"metas":[{"phx_ref":"2"}]}})");
        w.say({}, "room", "presence_diff",
            R"({"joins":{"ana":{"metas":[{"phx_ref":"1"}]}},"leaves":{}})");
        QCOMPARE(channel->presence().keys(),
            (QStringList{QStringLiteral("ana"), QStringLiteral("ben")}));
        w.socket().drop();
        w.time.advance(500ms);
        w.accept();
        w.time.advance(100ms);
        const PhoenixMessage join = w.awaitJoin();
        w.acceptJoin(join);
        const PhoenixMessage again = w.socket().take(QStringLiteral("presence"));
        QCOMPARE(again.payload.toObject()
                     .value(QStringLiteral("payload"))
                     .toObject()
                     .value(QStringLiteral("at"))
                     .toInt(),
            1);
        w.say(join.joinRef, "room", "presence_state", R"({"ana":{"metas":[{"phx_ref":"9"}]}})");
        w.time.advance(RealtimeChannel::LeaveGrace);
        QCOMPARE(channel->presence().keys(), QStringList{QStringLiteral("ana")});
    }

    void trackingStaysInTheServersBudget()
    {
        RealtimeWorld w;
        w.open();
        auto channel = w.live("room", withPresence());
        for (int i = 0; i < 100; ++i) {
            auto shown = channel->track({{QStringLiteral("at"), i}});
            w.time.advance(100ms);
        }
        w.socket().ignoreHeartbeats();
        QCOMPARE(w.socket().sentCount(), 5);
        w.socket().ignoreSent();
        w.pass(19s);
        QVERIFY(!w.socket().hasSent());
        w.pass(2s);
        const PhoenixMessage last = w.socket().take(QStringLiteral("presence"));
        QCOMPARE(last.payload.toObject()
                     .value(QStringLiteral("payload"))
                     .toObject()
                     .value(QStringLiteral("at"))
                     .toInt(),
            99);
        w.socket().ignoreSent();
    }

    void presenceNeedsAKeyAndUntrackTakesItBack()
    {
        RealtimeWorld w;
        w.open();
        auto plain = w.live("plain");
        auto refused = plain->track({});
        QTRY_VERIFY(refused.isFinished());
        QCOMPARE(refused.result().error().code, QStringLiteral("presence_not_configured"));
        auto channel = w.live("room", withPresence());
        auto same = channel->untrack();
        QTRY_VERIFY(same.isFinished());
        QVERIFY(same.result().ok());
        auto shown = channel->track({});
        w.socket().take(QStringLiteral("presence"));
        auto hidden = channel->untrack();
        QCOMPARE(w.socket()
                     .take(QStringLiteral("presence"))
                     .payload.toObject()
                     .value(QStringLiteral("event"))
                     .toString(),
            QStringLiteral("untrack"));
    }

    void presenceThatFailedIsShownAgain_data()
    {
        QTest::addColumn<QString>("fault");
        QTest::addColumn<QString>("code");
        QTest::newRow("congested") << QStringLiteral("congested") << QStringLiteral("socket_congested");
        QTest::newRow("refused for now") << QStringLiteral("refused") << QStringLiteral("push_refused");
        QTest::newRow("unanswered") << QStringLiteral("unanswered")
                                    << QStringLiteral("broadcast_unanswered");
    }
    void presenceThatFailedIsShownAgain()
    {
        QFETCH(QString, fault);
        QFETCH(QString, code);
        RealtimeWorld w;
        w.open();
        auto channel = w.live("room", withPresence());
        const QJsonObject meta{{QStringLiteral("at"), 1}};
        w.socket().pileUp(fault == QLatin1String("congested") ? RealtimeClient::LargestPileUp + 1 : 0);
        auto shown = channel->track(meta);
        w.socket().pileUp(0);
        if (fault != QLatin1String("congested")) {
            const PhoenixMessage push = w.socket().take(QStringLiteral("presence"));
            if (fault == QLatin1String("refused")) {
                w.say(replyTo(push, false, QJsonObject{{QStringLiteral("reason"), QStringLiteral("busy")}}));
            } else {
                w.pass(RealtimeChannel::ReplyTimeout);
            }
        }
        QTRY_VERIFY(shown.isFinished());
        QCOMPARE(shown.result().error().code, code);
        QVERIFY(!w.socket().hasSent());
        w.pass(6s); // the floor and the first jitter
        const PhoenixMessage again = w.socket().take(QStringLiteral("presence"));
        QCOMPARE(again.payload.toObject().value(QStringLiteral("payload")).toObject(), meta);
        w.say(replyTo(again, true, QJsonObject()));
        w.pass(2min);
        QVERIFY(!w.socket().hasSent());
        auto same = channel->track(meta);
        QTRY_VERIFY(same.isFinished());
        QVERIFY(same.result().ok());
        QVERIFY(!w.socket().hasSent());
    }

    /// Not even once more: another presence is as forbidden.
    void presenceWithoutTheRightWaitsForAnotherTokenOrJoin()
    {
        RealtimeWorld w;
        w.signIn();
        w.open();
        auto channel = w.live("room", withPresence());
        auto shown = channel->track({{QStringLiteral("at"), 1}});
        w.say(replyTo(w.socket().take(QStringLiteral("presence")), false, QJsonObject()));
        QTRY_VERIFY(shown.isFinished());
        QCOMPARE(shown.result().error().kind, ErrorKind::Forbidden);
        w.pass(5min);
        QVERIFY(!w.socket().hasSent());
        w.expectRefresh().reply(200, RealtimeWorld::session(2));
        auto token = w.auth.refreshAfterRefusal(QStringLiteral("access-1"));
        QTRY_VERIFY(token.isFinished());
        // The token may count a little later than it came; only what it refuses then is refused.
        w.socket().take(QStringLiteral("access_token"));
        w.say(replyTo(w.socket().take(QStringLiteral("presence")), false, QJsonObject()));
        w.pass(10s);
        w.say(replyTo(w.socket().take(QStringLiteral("presence")), false, QJsonObject()));
        w.pass(5min);
        QVERIFY(!w.socket().hasSent());
        const PhoenixMessage join = w.reconnect();
        w.acceptJoin(join);
        w.say(replyTo(w.socket().take(QStringLiteral("presence")), true, QJsonObject()));
    }

    void presenceThatATokenOvertookIsShownAgain()
    {
        RealtimeWorld w;
        w.signIn();
        w.open();
        auto channel = w.live("room", withPresence());
        auto shown = channel->track({{QStringLiteral("at"), 1}});
        const PhoenixMessage first = w.socket().take(QStringLiteral("presence"));
        w.expectRefresh().reply(200, RealtimeWorld::session(2));
        auto token = w.auth.refreshAfterRefusal(QStringLiteral("access-1"));
        QTRY_VERIFY(token.isFinished());
        w.socket().take(QStringLiteral("access_token"));
        QVERIFY(!w.socket().hasSent()); // it is still under way
        w.say(replyTo(first, false, QJsonObject()));
        w.pass(10s);
        w.say(replyTo(w.socket().take(QStringLiteral("presence")), true, QJsonObject()));
        w.pass(5min);
        QVERIFY(!w.socket().hasSent());
    }

    void presenceThatFailsAgainAndAgainIsLeftAlone()
    {
        RealtimeWorld w;
        w.open();
        auto channel = w.live("room", withPresence());
        auto shown = channel->track({{QStringLiteral("at"), 1}});
        int pushes = 0;
        for (int second = 0; second < 600; second += 5) {
            w.pass(5s);
            while (w.socket().hasSent()) {
                ++pushes;
                w.say(replyTo(w.socket().take(QStringLiteral("presence")), false,
                    QJsonObject{{QStringLiteral("reason"), QStringLiteral("busy")}}));
            }
        }
        QCOMPARE(pushes, 6);
        auto again = channel->track({{QStringLiteral("at"), 1}});
        w.say(replyTo(w.socket().take(QStringLiteral("presence")), true, QJsonObject()));
        QTRY_VERIFY(again.isFinished());
        QVERIFY(again.result().ok());
    }

    /// The thread was busy for a minute: the answers lie in the socket.
    void whatWasAnsweredDuringOurOwnStallCounts()
    {
        RealtimeWorld w;
        w.open();
        ChannelConfig config;
        config.broadcastAck = true;
        auto channel = w.client->channel(QStringLiteral("room"), config);
        const PhoenixMessage join = w.awaitJoin();
        w.time.stall(1min);
        w.time.advance(0ms);
        w.socket().ignoreHeartbeats();
        QVERIFY(!w.socket().hasSent());
        QCOMPARE(channel->state(), RealtimeChannel::State::Joining);
        w.acceptJoin(join);
        QVERIFY(channel->isLive());

        auto first = channel->broadcast(QStringLiteral("one"), {});
        auto second = channel->broadcast(QStringLiteral("two"), {});
        const PhoenixMessage one = w.socket().take(QStringLiteral("broadcast"));
        const PhoenixMessage two = w.socket().take(QStringLiteral("broadcast"));
        w.time.stall(1min);
        w.time.advance(0ms);
        w.socket().ignoreHeartbeats();
        w.say(replyTo(one, true, QJsonObject()));
        w.time.advance(0ms);
        w.say(replyTo(two, true, QJsonObject()));
        QTRY_VERIFY(first.isFinished() && second.isFinished());
        QVERIFY(first.result().ok() && second.result().ok());

        auto lost = channel->broadcast(QStringLiteral("lost"), {});
        w.socket().take(QStringLiteral("broadcast"));
        w.time.stall(1min);
        w.time.advance(0ms);
        w.say({}, "nobody", "broadcast", "{}");
        QVERIFY(!lost.isFinished());
        w.pass(3s); // and no longer
        QTRY_VERIFY(lost.isFinished());
        QCOMPARE(lost.result().error().code, QStringLiteral("broadcast_unanswered"));
    }

    void whatTheServerSaysOfItsPartsIsPassedOn()
    {
        RealtimeWorld w;
        w.open();
        auto channel = w.live("room", {});
        QStringList said;
        connect(channel.get(), &RealtimeChannel::systemReceived, this,
            [&said](const QString& extension, bool ok, const QString& message) {
                said.append(QStringLiteral("%1 %2 %3").arg(extension).arg(int(ok)).arg(message));
            });
        w.say(w.join.ref, "room", "system", R"({"extension":"system","status":"error","message":"Too many messages per second"})");
        w.say(QStringLiteral("of an earlier join"), "room", "system", R"({"extension":"system","status":"ok","message":"late"})");
        QCOMPARE(said, QStringList{QStringLiteral("system 0 Too many messages per second")});
    }

    void theSamePresenceWaitsForTheSameAnswer()
    {
        RealtimeWorld w;
        w.open();
        auto channel = w.live("room", withPresence());
        const QJsonObject meta{{QStringLiteral("at"), 1}};
        auto first = channel->track(meta);
        auto second = channel->track(meta);
        const PhoenixMessage push = w.socket().take(QStringLiteral("presence"));
        QVERIFY(!w.socket().hasSent());
        QCoreApplication::processEvents();
        QVERIFY(!first.isFinished() && !second.isFinished());
        w.say(replyTo(push, false, QJsonObject()));
        QTRY_VERIFY(first.isFinished() && second.isFinished());
        QVERIFY(!first.result().ok() && !second.result().ok());
        auto third = channel->track(meta); // at once, not when the retry is due
        w.say(replyTo(w.socket().take(QStringLiteral("presence")), true, QJsonObject()));
        QTRY_VERIFY(third.isFinished());
        QVERIFY(third.result().ok());
    }

    void whatFailedAfterANewerWishIsNotRepeated()
    {
        RealtimeWorld w;
        w.open();
        auto channel = w.live("room", withPresence());
        auto shown = channel->track({});
        const PhoenixMessage track = w.socket().take(QStringLiteral("presence"));
        auto hidden = channel->untrack();
        const PhoenixMessage untrack = w.socket().take(QStringLiteral("presence"));
        w.say(replyTo(track, false, QJsonObject()));
        w.say(replyTo(untrack, true, QJsonObject()));
        w.pass(2min);
        QVERIFY(!w.socket().hasSent());
        QTRY_VERIFY(hidden.isFinished());
        QVERIFY(hidden.result().ok());
    }

    void aSlotMayLetGoOfTheChannel()
    {
        RealtimeWorld w;
        w.open();
        auto channel = w.live("room");
        connect(channel.get(), &RealtimeChannel::broadcastReceived, this, [&] { channel.reset(); });
        w.say({}, "room", "broadcast", R"({"type":"broadcast","event":"a","payload":{}})");
        w.say({}, "room", "broadcast", R"({"type":"broadcast","event":"a","payload":{}})");
        QVERIFY(!channel);
        w.time.advance(1s);
        w.socket().take(QStringLiteral("phx_leave"));
    }

    void twoHundredRandomCutsAlwaysEndLive()
    {
        RealtimeWorld w;
        w.client->start();
        auto channel = w.client->channel(QStringLiteral("p"), withChanges());
        Gaps gaps(channel.get());
        SeededRandom fate(11);
        int lives = 0;
        for (int round = 0; round < 200; ++round) {
            FakeTransport* socket = w.transports.current();
            QVERIFY(socket);
            const quint64 stage = fate.below(5);
            if (stage == 0) {
                socket->refuse({ErrorKind::Offline, {}, {}, {}});
                w.time.advance(30s);
                continue;
            }
            w.accept();
            w.time.advance(100ms);
            const PhoenixMessage join = socket->take(QStringLiteral("phx_join"));
            if (stage >= 2) {
                w.acceptJoin(join, R"([{"id":7}])");
            }
            if (stage >= 3) {
                w.say(join.joinRef, "p", "system", DatabaseOk);
                QVERIFY(channel->isLive());
                ++lives;
            }
            socket->ignoreSent();
            socket->drop();
            QCOMPARE(channel->state(), State::Idle);
            w.time.advance(30s);
        }
        QVERIFY(lives > 20);
        QCOMPARE(gaps.to.size(), lives);
    }

    void aPublicChannelThatWaitedForSignInJoinsAsNobody()
    {
        RealtimeWorld w;
        w.signIn();
        w.open();
        auto channel = w.live("room");
        w.expectRefresh().reply(
            400, QJsonObject{{QStringLiteral("error_code"), QStringLiteral("refresh_token_not_found")}});
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("ended the session")));
        w.say(w.join.ref, "room", "system", systemError("Token has expired 0 seconds ago"));
        w.say(w.join.ref, "room", "phx_close", "{}");
        QTRY_COMPARE(w.auth.state(), AuthSession::State::NeedsSignIn);
        QTRY_COMPARE(channel->state(), State::WaitingForSignIn);
        auto never = w.client->channel(QStringLiteral("never joined"), {});
        QTRY_COMPARE(never->state(), State::WaitingForSignIn);
        w.socket().ignoreSent();
        auto out = w.auth.signOut();
        QTRY_COMPARE(w.auth.state(), AuthSession::State::SignedOut);
        w.time.advance(RealtimeClient::JoinSpacing);
        w.time.advance(RealtimeClient::JoinSpacing);
        for (int i = 0; i < 2; ++i) {
            const PhoenixMessage join = w.awaitJoin();
            QVERIFY(!join.payload.toObject().contains(QStringLiteral("access_token")));
            w.acceptJoin(join);
        }
        QVERIFY(channel->isLive());
        QVERIFY(never->isLive());
    }

    void aPublicChannelWithABadTokenJoinsAsNobodyAfterSignOut()
    {
        RealtimeWorld w;
        w.signIn();
        w.open();
        auto channel = w.client->channel(QStringLiteral("room"), {});
        w.refuseJoin(w.awaitJoin(), "JwtSignatureError: Failed to validate JWT signature");
        QCOMPARE(channel->state(), State::Refused);
        w.http.expect("POST", "/auth/v1/logout?scope=local")
            .reply(204, QJsonValue(QJsonValue::Undefined));
        auto out = w.auth.signOut();
        w.time.advance(RealtimeClient::JoinSpacing);
        const PhoenixMessage join = w.awaitJoin();
        QVERIFY(!join.payload.toObject().contains(QStringLiteral("access_token")));
        w.acceptJoin(join);
        QVERIFY(channel->isLive());
        QTRY_VERIFY(w.http.isSatisfied());
    }

    void aGapIsInTheServersTime()
    {
        RealtimeWorld w;
        const WallTime server = w.time.wall() - 10min;
        w.http.expect("POST", "/auth/v1/token?grant_type=password")
            .reply(200, RealtimeWorld::session(1),
                {{"Date", QDateTime::fromSecsSinceEpoch(
                              std::chrono::floor<std::chrono::seconds>(server).time_since_epoch().count(),
                              QTimeZone::utc())
                              .toString(Qt::RFC2822Date)
                              .toLatin1()}});
        auto done = w.auth.signInWithPassword(QStringLiteral("a"), QStringLiteral("b"));
        QTRY_VERIFY(done.isFinished());
        const std::chrono::milliseconds offset = w.auth.serverClockOffset();
        QVERIFY(offset <= -9min);
        w.open();
        auto channel = w.live("room");
        Gaps gaps(channel.get());
        const WallTime heard = w.time.wall() + offset - RealtimeChannel::DeliveryLag;
        w.time.advance(4s);
        w.acceptJoin(w.reconnect());
        QCOMPARE(gaps.from, QList<WallTime>{heard});
        QCOMPARE(gaps.to, QList<WallTime>{w.time.wall() + offset});
    }

    void aBroadcastMayHaveNoPatience()
    {
        RealtimeWorld w;
        auto channel = w.client->channel(QStringLiteral("t"), {});
        auto now = channel->broadcast(QStringLiteral("e"), {}, {0ms});
        auto soon = channel->broadcast(QStringLiteral("e"), {}, {2s});
        auto later = channel->broadcast(QStringLiteral("late"), {}, {60s});
        QTRY_VERIFY(now.isFinished());
        QCOMPARE(now.result().error().code, QStringLiteral("channel_not_live"));
        w.time.advance(2s);
        QTRY_VERIFY(soon.isFinished());
        QCOMPARE(soon.result().error().code, QStringLiteral("channel_not_live"));
        w.time.advance(20s);
        QVERIFY(!later.isFinished());
        w.open();
        w.acceptJoin(w.awaitJoin());
        QCOMPARE(w.socket().take(QStringLiteral("broadcast")).payload[QLatin1String("event")].toString(), QStringLiteral("late"));
        QTRY_VERIFY(later.isFinished());
        QVERIFY(later.result().ok());
        auto live = channel->broadcast(QStringLiteral("e"), {}, {0ms});
        w.socket().take(QStringLiteral("broadcast"));
        QTRY_VERIFY(live.isFinished() && live.result().ok());
    }

    void aBroadcastMayBeKept()
    {
        RealtimeWorld w;
        w.signIn();
        ChannelConfig config;
        config.isPrivate = true;
        config.broadcastAck = true;
        w.open();
        auto channel = w.live("t", config);
        const BroadcastOptions kept{10s, true};
        auto sent = channel->broadcast(QStringLiteral("e"), {{QStringLiteral("x"), 1}}, kept);
        const Result<PhoenixMessage> json = decodeBinary(w.socket().takeBytes(), Side::Client);
        QVERIFY(json.ok());
        QCOMPARE(json->payloadText, QByteArray(R"({"type":"broadcast","event":"e","meta":{"persist":true},"payload":{"x":1}})"));
        w.say(replyTo(*json, true, QJsonObject{{QStringLiteral("id"), QStringLiteral("b1")}}));
        QTRY_VERIFY(sent.isFinished() && sent.result().ok());

        auto bytes = channel->broadcastBytes(QStringLiteral("e"), "raw", kept);
        const Result<PhoenixMessage> raw = decodeBinary(w.socket().takeBytes(), Side::Client);
        QCOMPARE(raw->binaryPayload, QByteArray("raw"));
        QVERIFY(raw->payloadText.contains(R"("meta":{"persist":true})"));

        auto open = w.client->channel(QStringLiteral("open"), {});
        for (auto refused : {open->broadcast(QStringLiteral("e"), {}, kept), open->broadcastBytes(QStringLiteral("e"), "b", kept)}) {
            QTRY_VERIFY(refused.isFinished());
            QCOMPARE(refused.result().error().code, QStringLiteral("persist_unsupported"));
        }
    }
};

QTEST_GUILESS_MAIN(TestRealtimeChannel)
#include "tst_realtimechannel.moc"
