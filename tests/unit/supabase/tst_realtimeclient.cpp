// SPDX-License-Identifier: GPL-3.0-or-later
#include "RealtimeWorld.h"

#include <QSignalSpy>

using namespace std::chrono_literals;
using Phase = SocketHealth::Phase;

class TestRealtimeClient : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void itConnectsWithTheKeyAndVersion()
    {
        RealtimeWorld w;
        QVERIFY(!w.transports.current());
        w.client->start();
        w.client->start();
        QCOMPARE(w.transports.created(), 1);
        QCOMPARE(w.socket().url().toString(),
            QStringLiteral("ws://127.0.0.1:54321/realtime/v1/websocket?apikey=anon&vsn=2.0.0"));
        QCOMPARE(w.client->health().phase, Phase::Connecting);
        w.accept();
        QCOMPARE(w.client->health().phase, Phase::Open);
        w.client->stop();
        QCOMPARE(w.client->health().phase, Phase::Stopped);
        QVERIFY(!w.transports.current() || w.socket().isGone());
        w.time.advance(5min);
        QCOMPARE(w.transports.created(), 1);
    }

    void heartbeatsMeasureTheRoundTrip()
    {
        RealtimeWorld w;
        w.client->start();
        w.socket().acceptOpen();
        const PhoenixMessage first = w.socket().take(QStringLiteral("heartbeat"));
        QVERIFY(!first.joinRef);
        QCOMPARE(first.topic, QStringLiteral("phoenix"));
        w.time.advance(80ms);
        w.say(replyTo(first, true, QJsonObject()));
        QCOMPARE(w.client->health().rtt, 80ms);
        w.time.advance(10s - 80ms); // young connections are asked twice as often
        const PhoenixMessage second = w.socket().take(QStringLiteral("heartbeat"));
        w.time.advance(160ms);
        w.say(replyTo(second, true, QJsonObject()));
        QCOMPARE(w.client->health().rtt, 160ms);
        QCOMPARE(w.client->health().smoothedRtt, 90ms);
        QCOMPARE(w.client->health().lastInbound, w.time.monotonic());
        QCOMPARE(w.client->health().messagesIn, 2);
        QCOMPARE(w.client->health().messagesOut, 2);
        QVERIFY(w.client->health().bytesOut > 0);
    }

    void aSilentSocketIsReplaced()
    {
        RealtimeWorld w;
        w.open();
        QSignalSpy reconnected(w.client.get(), &RealtimeClient::reconnected);
        w.time.advance(10s);
        QCOMPARE(w.client->health().phase, Phase::Waiting);
        w.time.advance(500ms);
        QCOMPARE(w.transports.created(), 2);
        QCOMPARE(w.client->health().phase, Phase::Connecting);
        w.accept();
        QCOMPARE(reconnected.size(), 1);
        QCOMPARE(w.client->health().reconnects, 1);
    }

    void anyFrameIsLife()
    {
        RealtimeWorld w;
        w.open();
        for (int i = 0; i < 10; ++i) {
            w.time.advance(9s);
            w.say({}, "somebody-else", "broadcast", "{}");
            w.socket().ignoreSent();
        }
        QCOMPARE(w.client->health().phase, Phase::Open);
        QCOMPARE(w.transports.created(), 1);
    }

    void unreadableFramesAreCountedAndHarmless()
    {
        RealtimeWorld w;
        w.open();
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("unreadable frame")));
        w.socket().receive("nonsense");
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("unreadable frame")));
        w.socket().receiveBytes("\x09");
        QCOMPARE(w.client->health().unreadable, 2);
        QCOMPARE(w.client->health().phase, Phase::Open);
    }

    void attemptsSpreadOutAndStartOverAfterStability()
    {
        RealtimeWorld w;
        w.client->start();
        for (int attempt = 0; attempt < 12; ++attempt) {
            w.socket().refuse({ErrorKind::Offline, QStringLiteral("network_X"), {}, {}});
            QCOMPARE(w.client->health().phase, Phase::Waiting);
            QCOMPARE(w.client->health().lastError->code, QStringLiteral("network_X"));
            const int made = w.transports.created();
            w.time.advance(std::min<std::chrono::milliseconds>(30s, 500ms * (1 << attempt)));
            QCOMPARE(w.transports.created(), made + 1);
        }
        w.accept();
        w.pass(30s);
        w.socket().drop();
        const int made = w.transports.created();
        w.time.advance(500ms);
        QCOMPARE(w.transports.created(), made + 1);
    }

    void wakingProbesAtOnceAndGivesUpAfterThreeSeconds()
    {
        RealtimeWorld w;
        w.open();
        w.say({}, "x", "broadcast", "{}");
        w.client->woke(30min);
        QCOMPARE(w.client->health().phase, Phase::Probing);
        const PhoenixMessage probe = w.socket().take(QStringLiteral("heartbeat"));
        w.say(replyTo(probe, true, QJsonObject()));
        QCOMPARE(w.client->health().phase, Phase::Open);
        w.client->networkUp();
        w.socket().take(QStringLiteral("heartbeat"));
        w.time.advance(2'999ms);
        QCOMPARE(w.transports.created(), 1);
        w.time.advance(1ms);
        QCOMPARE(w.transports.created(), 2);
        QCOMPARE(w.client->health().phase, Phase::Connecting);
    }

    void aNetworkThatComesBackIsTriedAtOnce()
    {
        RealtimeWorld w;
        w.client->start();
        for (int i = 0; i < 8; ++i) {
            w.socket().refuse({ErrorKind::Offline, {}, {}, {}});
            w.time.advance(30s);
        }
        w.socket().refuse({ErrorKind::Offline, {}, {}, {}});
        const int made = w.transports.created();
        w.client->networkUp();
        QCOMPARE(w.transports.created(), made + 1);
    }

    void wakingRefreshesAnExpiredToken()
    {
        RealtimeWorld w;
        w.signIn();
        w.open();
        auto channel = w.live("room");
        w.expectRefresh().hold();
        w.time.advance(3600s - 90s);
        w.socket().ignoreSent();
        QTRY_COMPARE(w.http.heldCount(), 1);
        w.client->woke(1h);
        w.http.answerHeld(200, RealtimeWorld::session(2));
        QTRY_VERIFY(w.auth.accessToken().isFinished());
    }

    void pingIsARealRoundTrip()
    {
        RealtimeWorld w;
        auto closed = w.client->ping();
        QTRY_VERIFY(closed.isFinished());
        QCOMPARE(closed.result().error().code, QStringLiteral("socket_not_open"));
        w.open();
        auto ping = w.client->ping();
        const PhoenixMessage heartbeat = w.socket().take(QStringLiteral("heartbeat"));
        w.time.advance(30ms);
        w.say(replyTo(heartbeat, true, QJsonObject()));
        QTRY_VERIFY(ping.isFinished());
        QCOMPARE(*ping.result(), 30ms);
        auto lost = w.client->ping();
        w.socket().take(QStringLiteral("heartbeat"));
        w.socket().drop();
        QTRY_VERIFY(lost.isFinished());
        QCOMPARE(lost.result().error().kind, ErrorKind::Offline);
    }

    void joinsArePaced()
    {
        RealtimeWorld w;
        w.open();
        std::vector<std::shared_ptr<RealtimeChannel>> channels;
        for (int i = 0; i < 30; ++i) {
            channels.push_back(w.client->channel(QStringLiteral("t%1").arg(i), {}));
        }
        QCOMPARE(w.socket().sentCount(), 1);
        w.time.advance(1s);
        QCOMPARE(w.socket().sentCount(), 11);
        w.time.advance(2s);
        QCOMPARE(w.socket().sentCount(), 30);
        w.socket().ignoreSent();
    }

    void oneTopicIsOneJoin()
    {
        RealtimeWorld w;
        w.open();
        auto first = w.live("room");
        auto second = w.client->channel(QStringLiteral("room"), {});
        QCOMPARE(first.get(), second.get());
        QVERIFY(!w.socket().hasSent());
        QCOMPARE(w.client->health().channels, 1);
        QCOMPARE(w.client->health().liveChannels, 1);
        first.reset();
        w.time.advance(1s);
        QVERIFY(!w.socket().hasSent());
        second.reset();
        w.time.advance(249ms);
        QVERIFY(!w.socket().hasSent());
        w.time.advance(1ms);
        const PhoenixMessage leave = w.socket().take(QStringLiteral("phx_leave"));
        QCOMPARE(leave.joinRef, w.join.ref);
        QCOMPARE(w.client->health().channels, 0);
    }

    void comingBackInTimeCancelsTheLeave()
    {
        RealtimeWorld w;
        w.open();
        auto channel = w.live("room");
        const RealtimeChannel* before = channel.get();
        channel.reset();
        w.time.advance(200ms);
        channel = w.client->channel(QStringLiteral("room"), {});
        w.time.advance(10s);
        QCOMPARE(channel.get(), before);
        QVERIFY(channel->isLive());
        w.socket().ignoreSent();
    }

    void aSlotMayAskForTheTopicThatEnds()
    {
        RealtimeWorld w;
        w.open();
        auto channel = w.live("room");
        const QPointer<RealtimeChannel> ended(channel.get());
        std::shared_ptr<RealtimeChannel> next;
        connect(channel.get(), &RealtimeChannel::stateChanged, this, [&] {
            if (ended->state() == RealtimeChannel::State::Closed) {
                next = w.client->channel(QStringLiteral("room"), {});
            }
        });
        channel.reset();
        w.time.advance(RealtimeClient::LeaveDelay);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        QVERIFY(!ended);
        QVERIFY(next);
        QCOMPARE(w.client->health().channels, 1);
        QCOMPARE(w.socket().take(QStringLiteral("phx_leave")).joinRef, w.join.ref);
        const PhoenixMessage join = w.awaitJoin();
        w.say(*w.join.ref, "room", "phx_close", "{}");
        w.acceptJoin(join);
        QVERIFY(next->isLive());
    }

    void aSlotMayEndTheClientWhenAChannelEnds_data()
    {
        QTest::addColumn<bool>("early");
        QTest::newRow("on presenceChanged") << true;
        QTest::newRow("on stateChanged") << false;
    }
    void aSlotMayEndTheClientWhenAChannelEnds()
    {
        QFETCH(bool, early);
        RealtimeWorld w;
        w.open();
        auto channel = w.live("room");
        auto other = w.live("other");
        const QPointer<RealtimeChannel> ended(channel.get());
        const auto end = [&w] { w.client.reset(); };
        if (early) {
            connect(channel.get(), &RealtimeChannel::presenceChanged, this, end);
        } else {
            connect(channel.get(), &RealtimeChannel::stateChanged, this, end);
        }
        channel.reset();
        w.time.advance(RealtimeClient::LeaveDelay);
        QVERIFY(!w.client);
        QCOMPARE(ended->state(), RealtimeChannel::State::Closed);
        QCOMPARE(other->state(), RealtimeChannel::State::Closed);
        other.reset();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        QVERIFY(!ended);
        QCOMPARE(w.time.pendingTasks(), 0);
    }

    void anotherHoldersWishesAreAdded()
    {
        RealtimeWorld w;
        w.open();
        auto channel = w.live("room");
        ChannelConfig more;
        more.changes
            = {{QStringLiteral("*"), QStringLiteral("public"), QStringLiteral("t"), {}, {}}};
        auto same = w.client->channel(QStringLiteral("room"), more);
        QCOMPARE(channel->state(), RealtimeChannel::State::Joining);
        w.time.advance(100ms);
        const PhoenixMessage join = w.awaitJoin();
        QCOMPARE(join.payload.toObject()
                     .value(QStringLiteral("config"))
                     .toObject()
                     .value(QStringLiteral("postgres_changes"))
                     .toArray()
                     .size(),
            1);
        w.say(*w.join.ref, "room", "phx_close", "{}");
        QCOMPARE(channel->state(), RealtimeChannel::State::Joining);
        w.acceptJoin(join, R"([{"id":1}])");
        QCOMPARE(channel->state(), RealtimeChannel::State::DatabasePending);
    }

    void whatCannotShareIsRefused()
    {
        RealtimeWorld w;
        w.open();
        auto open = w.live("room");
        ChannelConfig closed;
        closed.isPrivate = true;
        auto refused = w.client->channel(QStringLiteral("room"), closed);
        QCOMPARE(refused->state(), RealtimeChannel::State::Refused);
        QCOMPARE(refused->lastError()->code, QStringLiteral("channel_conflict"));
        QVERIFY(open->isLive());
        auto sent = refused->broadcast(QStringLiteral("e"), {});
        QTRY_VERIFY(sent.isFinished());
        QVERIFY(!sent.result().ok());
    }

    void channelsThatSurviveAreClosed()
    {
        RealtimeWorld w;
        w.open();
        auto channel = w.live("room");
        auto waiting = w.client->channel(QStringLiteral("other"), {});
        auto promise = waiting->broadcast(QStringLiteral("e"), {});
        w.client.reset();
        QCOMPARE(channel->state(), RealtimeChannel::State::Closed);
        QTRY_VERIFY(promise.isFinished());
        QVERIFY(!promise.result().ok());
        auto late = channel->track({});
        channel.reset();
        waiting.reset();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }

    void healthChangesAtMostFourTimesASecond()
    {
        RealtimeWorld w;
        QSignalSpy changed(w.client.get(), &RealtimeClient::healthChanged);
        w.open();
        for (int i = 0; i < 1000; ++i) {
            w.say({}, "x", "broadcast", "{}");
            w.time.advance(1ms);
        }
        QVERIFY(changed.size() >= 3);
        QVERIFY(changed.size() <= 4);
    }

    void thousandsOfSubscriptionsLeaveNothingBehind()
    {
        RealtimeWorld w;
        w.open();
        for (int i = 0; i < 2000; ++i) {
            auto channel = w.client->channel(QStringLiteral("t%1").arg(i), {});
            w.time.advance(100ms);
            channel.reset();
            w.time.advance(250ms);
            w.say({}, "x", "broadcast", "{}");
            w.socket().ignoreSent();
        }
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        QCOMPARE(w.client->health().channels, 0);
        QVERIFY(w.time.pendingTasks() < 10);
    }

    void anotherCertificateIsNamedUntilTheConnectionIsBack()
    {
        RealtimeWorld w;
        w.open();
        w.socket().drop();
        w.time.advance(SocketMachine::RetryCap);
        w.socket().refuse(CertificatePin::mismatch());
        QCOMPARE(w.client->health().phase, SocketHealth::Phase::Waiting);
        QCOMPARE(w.client->health().lastError->code, QStringLiteral("certificate_mismatch"));
        w.time.advance(SocketMachine::SlowFloor + SocketMachine::RetryCap);
        QCOMPARE(w.client->health().phase, SocketHealth::Phase::Connecting);
        QCOMPARE(w.client->health().lastError->code, QStringLiteral("certificate_mismatch"));
        w.accept();
        QVERIFY(!w.client->health().lastError);
    }
};

QTEST_GUILESS_MAIN(TestRealtimeClient)
#include "tst_realtimeclient.moc"
