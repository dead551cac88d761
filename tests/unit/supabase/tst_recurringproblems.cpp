// SPDX-License-Identifier: GPL-3.0-or-later
#include "SurvivalWorld.h"

#include "wire/ChangeFilter.h"
#include "wire/Jwt.h"

#include <QSignalSpy>

using namespace std::chrono_literals;
using State = RealtimeChannel::State;

/// The problems users of other clients report again and again (supabase-protocol E1 to E25), each as
/// the server and the computer cause it. Afterwards the channel is live and the model is the table,
/// or the channel says why not. What needs real sockets is in tst_realtimesockets.
class TestRecurringProblems : public QObject
{
    Q_OBJECT

    static QString tokenOf(const PhoenixMessage& join)
    {
        return join.payload.toObject().value(QStringLiteral("access_token")).toString();
    }
    static QJsonObject configOf(const PhoenixMessage& join)
    {
        return join.payload.toObject().value(QStringLiteral("config")).toObject();
    }

private Q_SLOTS:
    // E1
    void sleepAndWake()
    {
        SurvivalWorld w;
        w.begin();
        w.commit(1, 1);
        w.commit(1, 2, false); // while the lid is closed
        w.client->woke(8h);
        QCOMPARE(w.client->health().phase, SocketHealth::Phase::Probing);
        w.time.advance(SocketMachine::ProbeDeadline);
        QCOMPARE(w.channel->state(), State::Idle);
        w.accept();
        w.time.advance(RealtimeClient::JoinSpacing);
        w.acceptAll(w.awaitJoin());
        QVERIFY(w.isWhole());
        QCOMPARE(w.catchUps, 2);
    }

    // E1
    void aHalfOpenConnectionIsNotTakenForLive()
    {
        SurvivalWorld w;
        w.begin();
        w.pass(40s);
        w.commit(1, 1, false);
        w.time.advance(SocketMachine::HeartbeatInterval + SocketMachine::ReplyDeadline);
        QVERIFY(!w.channel->isLive());
        w.time.advance(SocketMachine::RetryCap);
        w.accept();
        w.time.advance(RealtimeClient::JoinSpacing);
        w.acceptAll(w.awaitJoin());
        QVERIFY(w.isWhole());
    }

    // E1
    void aStallOfAMinuteLosesNothing()
    {
        SurvivalWorld w;
        w.begin();
        const QPointer<FakeTransport> stalled(&w.socket());
        w.commit(1, 1, false);
        w.time.advance(60s);
        QVERIFY(w.transports.created() > 1);
        w.accept();
        w.time.advance(RealtimeClient::JoinSpacing);
        const PhoenixMessage join = w.awaitJoin();
        if (stalled) {
            stalled->receive("[null,null,\"realtime:t\",\"phx_close\",{}]"); // what was held back
        }
        w.acceptAll(join);
        QVERIFY(w.isWhole());
    }

    // E1
    void theComputersClockJumps_data()
    {
        QTest::addColumn<int>("hours");
        QTest::newRow("ahead") << 26;
        QTest::newRow("back") << -26;
    }
    void theComputersClockJumps()
    {
        QFETCH(int, hours);
        SurvivalWorld w;
        w.signIn();
        w.begin(SurvivalWorld::watching(true));
        QList<WallTime> from;
        connect(w.channel.get(), &RealtimeChannel::gap, this,
            [&](WallTime since, WallTime) { from.append(since); });
        w.time.jumpWall(std::chrono::hours(hours));
        w.pass(30s);
        QVERIFY(w.channel->isLive());
        w.commit(2, 5, false);
        w.acceptAll(w.reconnect());
        QVERIFY(w.isWhole());
        // Counted back from now by the clock that does not jump.
        QVERIFY(from.first() > w.time.wall() - 2min && from.first() < w.time.wall());
        QCOMPARE(w.http.requestCount(), 1); // no token was thought expired
    }

    // E2
    void theTokenExpires_data()
    {
        QTest::addColumn<int>("when");
        QTest::newRow("in the answer to the join") << 0;
        QTest::newRow("while the database gets ready") << 1;
        QTest::newRow("while live") << 2;
        QTest::newRow("while degraded") << 3;
        QTest::newRow("between two attempts") << 4;
    }
    void theTokenExpires()
    {
        QFETCH(int, when);
        SurvivalWorld w;
        w.signIn();
        w.open();
        w.watch(SurvivalWorld::watching(true));
        PhoenixMessage join = w.awaitJoin();
        w.expectRefresh().reply(200, RealtimeWorld::session(2));
        if (when == 0) {
            w.refuseJoin(join, "InvalidJWTToken: Token has expired 60 seconds ago");
        } else if (when == 4) {
            w.pass(ChannelMachine::JoinTimeout);
            w.refuseJoin(join, "InvalidJWTToken: Token has expired 2 seconds ago");
        } else {
            w.acceptJoin(join, R"([{"id":7}])");
            if (when == 2) {
                w.say(join.joinRef, "t", "system", SurvivalWorld::databaseOk());
            } else if (when == 3) {
                w.say(join.joinRef, "t", "system",
                    SurvivalWorld::databaseError("Too many database timeouts"));
            }
            w.commit(3, 3, false);
            w.say(join.joinRef, "t", "system",
                SurvivalWorld::systemError("Token has expired 0 seconds ago"));
            w.close(join);
        }
        QCOMPARE(w.channel->state(), State::Joining);
        QTRY_VERIFY_WITH_TIMEOUT(
            (w.time.advance(500ms), w.http.isSatisfied()), 5'000); // some retries wait
        w.socket().ignoreHeartbeats();
        w.time.advance(RealtimeClient::JoinSpacing);
        join = w.awaitJoin();
        QCOMPARE(tokenOf(join), QStringLiteral("access-2"));
        w.acceptAll(join);
        QVERIFY(w.isWhole());
    }

    // E2
    void aTokenThatCannotBeRenewedIsSaidSo()
    {
        SurvivalWorld w;
        w.signIn();
        w.begin(SurvivalWorld::watching(true));
        w.expectRefresh().reply(400,
            QJsonObject{{QStringLiteral("code"), QStringLiteral("refresh_token_not_found")}});
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("ended the session")));
        w.say(w.join.joinRef, "t", "system",
            SurvivalWorld::systemError("Token has expired 0 seconds ago"));
        w.close(w.join);
        QTRY_COMPARE(w.channel->state(), State::WaitingForSignIn);
        QCOMPARE(w.channel->lastError()->kind, ErrorKind::Unauthorized);
        w.commit(1, 1, false);
        w.signIn(2);
        w.time.advance(RealtimeClient::JoinSpacing);
        w.acceptAll(w.awaitJoin());
        QVERIFY(w.isWhole());
    }

    // E3
    void storedBroadcastsComeOnceAfterALoss()
    {
        RealtimeWorld w;
        w.signIn();
        w.open();
        ChannelConfig config;
        config.isPrivate = true;
        config.replayAfterLoss = true;
        auto channel = w.live("room", config);
        QVERIFY(!configOf(w.join)[QStringLiteral("broadcast")].toObject().contains(
            QStringLiteral("replay")));
        QStringList heard;
        connect(channel.get(), &RealtimeChannel::broadcastReceived, this,
            [&](const QString& event, const QJsonObject&, const BroadcastMeta& meta) {
                heard.append(event + (meta.replayed ? QStringLiteral("!") : QString()));
            });
        w.say({}, "room", "broadcast",
            R"({"type":"broadcast","event":"a","payload":{},"meta":{"id":"1"}})");
        PhoenixMessage join = w.reconnect();
        const QJsonObject replay = configOf(join)[QStringLiteral("broadcast")]
                                       .toObject()[QStringLiteral("replay")]
                                       .toObject();
        QVERIFY(replay[QStringLiteral("since")].toInteger() > 0);
        w.acceptJoin(join);
        for (const char* id : {"1", "2"}) {
            w.say({}, "room", "broadcast",
                R"({"type":"broadcast","event":"b","payload":{},"meta":{"id":")" + QByteArray(id)
                    + R"(","replayed":true}})");
        }
        QCOMPARE(heard, (QStringList{QStringLiteral("a"), QStringLiteral("b!")}));

        join = w.reconnect();
        w.refuseJoin(join, "UnableToReplayMessages: Realtime was unable to replay messages");
        w.time.advance(1s);
        w.socket().ignoreHeartbeats();
        join = w.awaitJoin();
        QVERIFY(!configOf(join)[QStringLiteral("broadcast")].toObject().contains(
            QStringLiteral("replay")));
        w.acceptJoin(join);
        QVERIFY(channel->isLive());
    }

    // E4
    void subscribedIsNotSaidTooEarly()
    {
        SurvivalWorld w;
        w.open();
        w.watch();
        const PhoenixMessage join = w.awaitJoin();
        QSignalSpy gaps(w.channel.get(), &RealtimeChannel::gap);
        w.acceptJoin(join, R"([{"id":7}])");
        w.say({}, "t", "presence_diff", R"({"joins":{},"leaves":{}})");
        w.say(QStringLiteral("999"), "t", "system", SurvivalWorld::databaseOk()); // another join's
        w.say(join.joinRef, "t", "system",
            R"({"extension":"system","status":"ok","message":"Server requested disconnect"})");
        QCOMPARE(w.channel->state(), State::DatabasePending);
        QVERIFY(gaps.isEmpty());
        w.pass(ChannelMachine::DatabaseTimeout);
        QCOMPARE(w.channel->state(), State::Degraded);
        QCOMPARE(w.channel->lastError()->code, QStringLiteral("database_not_ready"));
        QVERIFY(w.channel->nextAttempt() > w.time.monotonic());
        w.commit(1, 1, false);
        w.say(join.joinRef, "t", "system", SurvivalWorld::databaseOk()); // late, but true
        QVERIFY(w.isWhole());
    }

    // E5
    void oneBadTableDoesNotTakeTheOthersWithIt()
    {
        SurvivalWorld w;
        w.open();
        ChannelConfig config = SurvivalWorld::watching();
        config.changes.append(SurvivalWorld::binding("secret", "owner=eq.5"));
        w.watch(config);
        QSignalSpy refused(w.channel.get(), &RealtimeChannel::bindingRefused);
        const PhoenixMessage join = w.awaitJoin();
        w.acceptJoin(join, R"([{"id":7},{"id":8}])");
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("cannot watch")));
        w.say(join.joinRef, "t", "system",
            SurvivalWorld::databaseError(
                "Unable to subscribe to changes with given parameters. Please check Realtime is "
                "enabled: [event: *, schema: public, table: secret, filters: "
                "[{\\\"owner\\\", \\\"eq\\\", \\\"5\\\", false}], select: nil]"));
        w.time.advance(RealtimeClient::JoinSpacing);
        const PhoenixMessage again = w.awaitJoin();
        QCOMPARE(configOf(again)[QStringLiteral("postgres_changes")].toArray().size(), 1);
        QCOMPARE(refused.size(), 1);
        QCOMPARE(refused.first().at(1).value<Error>().code, QStringLiteral("table_not_published"));
        QCOMPARE(w.channel->refusedBindings().first().table, QStringLiteral("secret"));
        w.acceptAll(again);
        w.commit(1, 1);
        QVERIFY(w.isWhole());
    }

    // E5
    void theDatabaseMayBeAwaitedInTheJoin()
    {
        SurvivalWorld w;
        w.open();
        ChannelConfig config = SurvivalWorld::watching();
        config.waitForDatabase = 15s;
        w.watch(config);
        const PhoenixMessage join = w.awaitJoin();
        const QJsonObject options
            = configOf(join)[QStringLiteral("postgres_changes_options")].toObject();
        QCOMPARE(options[QStringLiteral("wait")].toBool(), true);
        QCOMPARE(options[QStringLiteral("timeout")].toInt(), 15'000);
        w.pass(ChannelMachine::JoinTimeout + 14s); // the server may take its time
        QVERIFY(!w.socket().hasSent());
        QCOMPARE(w.channel->state(), State::Joining);
        w.acceptAll(join);
        w.commit(1, 1);
        QVERIFY(w.isWhole());
    }

    void oneBadTableDoesNotRefuseAJoinThatWaits()
    {
        SurvivalWorld w;
        w.open();
        ChannelConfig config = SurvivalWorld::watching();
        config.changes.append(SurvivalWorld::binding("secret"));
        config.waitForDatabase = 15s;
        w.watch(config);
        QSignalSpy refused(w.channel.get(), &RealtimeChannel::refused);
        QSignalSpy bindingRefused(w.channel.get(), &RealtimeChannel::bindingRefused);
        const char* const complaint
            = "Unable to subscribe to changes with given parameters. Please check Realtime is "
              "enabled: [event: *, schema: public, table: secret, filters: []]";
        w.refuseJoin(
            w.awaitJoin(), ("RealtimeDisabledForConfiguration: " + QByteArray(complaint)).constData());
        QVERIFY(refused.isEmpty());
        w.pass(600ms);
        const PhoenixMessage plain = w.awaitJoin();
        QVERIFY(!configOf(plain).contains(QStringLiteral("postgres_changes_options")));
        QCOMPARE(configOf(plain)[QStringLiteral("postgres_changes")].toArray().size(), 2);
        w.acceptJoin(plain, R"([{"id":7},{"id":8}])");
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("cannot watch")));
        w.say(plain.joinRef, "t", "system", SurvivalWorld::databaseError(complaint));
        QCOMPARE(bindingRefused.size(), 1);
        w.time.advance(RealtimeClient::JoinSpacing);
        const PhoenixMessage again = w.awaitJoin();
        QCOMPARE(configOf(again)[QStringLiteral("postgres_changes")].toArray().size(), 1);
        w.acceptAll(again);
        w.commit(1, 1);
        QVERIFY(w.isWhole());
        QVERIFY(refused.isEmpty());

        ChannelConfig more = config; // another wish is asked with waiting again
        more.changes.append(SurvivalWorld::binding("third"));
        auto same = w.client->channel(QStringLiteral("t"), more);
        w.time.advance(RealtimeClient::JoinSpacing);
        QVERIFY(configOf(w.awaitJoin()).contains(QStringLiteral("postgres_changes_options")));
    }

    // E6
    void theServersEchoMayDiffer_data()
    {
        QTest::addColumn<QByteArray>("echo");
        QTest::addColumn<bool>("fits");
        QTest::newRow("with more members")
            << QByteArray(R"([{"id":7,"event":"*","schema":"public","table":"notes","filter":null,"x":1}])")
            << true;
        QTest::newRow("behind another one") << QByteArray(
            R"([{"id":5,"event":"*","schema":"public","table":"z"},{"id":7,"event":"*","schema":"public","table":"notes"}])")
                                            << true;
        QTest::newRow("bare") << QByteArray(R"([{"id":7}])") << true;
        QTest::newRow("missing") << QByteArray("[]") << false;
        QTest::newRow("without id") << QByteArray(R"([{"event":"*"}])") << false;
    }
    void theServersEchoMayDiffer()
    {
        QFETCH(QByteArray, echo);
        QFETCH(bool, fits);
        SurvivalWorld w;
        w.open();
        w.watch();
        const PhoenixMessage join = w.awaitJoin();
        w.acceptJoin(join, echo);
        if (!fits) {
            QCOMPARE(w.channel->state(), State::Degraded);
            QCOMPARE(w.channel->lastError()->code, QStringLiteral("binding_mismatch"));
            return;
        }
        w.say(join.joinRef, "t", "system", SurvivalWorld::databaseOk());
        w.commit(1, 4);
        QVERIFY(w.isWhole());
    }

    // E7
    void subscribingTwiceIsOneJoin()
    {
        SurvivalWorld w;
        w.begin();
        for (int i = 0; i < 20; ++i) {
            auto again = w.client->channel(QStringLiteral("t"), SurvivalWorld::watching());
            QCOMPARE(again.get(), w.channel.get());
        }
        w.pass(1s);
        QVERIFY(!w.socket().hasSent());
        w.commit(1, 1);
        QVERIFY(w.isWhole());
    }

    // E8
    void eachKindOfWaitingHasItsName()
    {
        SurvivalWorld w;
        w.watch();
        QCOMPARE(w.channel->state(), State::Idle); // no socket
        w.open();
        const PhoenixMessage join = w.awaitJoin();
        QCOMPARE(w.channel->state(), State::Joining);
        w.pass(ChannelMachine::JoinTimeout);
        QCOMPARE(w.channel->lastError()->code, QStringLiteral("join_unanswered"));
        w.acceptJoin(join, R"([{"id":7}])"); // late answers count
        QCOMPARE(w.channel->state(), State::DatabasePending);
        w.pass(ChannelMachine::DatabaseTimeout);
        QCOMPARE(w.channel->lastError()->code, QStringLiteral("database_not_ready"));
    }

    // E9
    void everythingIsSaidAgainAfterAReconnect()
    {
        SurvivalWorld w;
        w.signIn();
        ChannelConfig config = SurvivalWorld::watching(true);
        config.presenceKey = QStringLiteral("ana");
        w.begin(config);
        auto shown = w.channel->track({{QStringLiteral("page"), 1}});
        w.socket().take(QStringLiteral("presence"));
        for (int round = 0; round < 20; ++round) {
            w.pass(40s);
            w.commit(round, round, round % 2 == 0);
            const PhoenixMessage join = w.reconnect();
            QCOMPARE(configOf(join), config.toJson());
            QCOMPARE(tokenOf(join), QStringLiteral("access-1"));
            w.acceptJoin(join, R"([{"id":7}])");
            w.socket().take(QStringLiteral("presence"));
            w.say(join.joinRef, "t", "system", SurvivalWorld::databaseOk());
            QVERIFY(w.isWhole());
        }
    }

    // E10
    void aServerThatClosesAgainAndAgainIsAskedEverMoreRarely()
    {
        SurvivalWorld w;
        w.open();
        ChannelConfig plain;
        auto channel = w.client->channel(QStringLiteral("room"), plain);
        int joins = 0;
        for (int second = 0; second < 600; ++second) {
            w.say({}, "nobody", "broadcast", "{}");
            w.socket().ignoreHeartbeats();
            while (w.socket().hasSent()) {
                const PhoenixMessage join = w.socket().take(QStringLiteral("phx_join"));
                ++joins;
                w.acceptJoin(join);
                w.close(join);
            }
            w.time.advance(1s);
            QCoreApplication::processEvents();
        }
        QVERIFY2(joins < 60, qPrintable(QString::number(joins)));
        QVERIFY(joins > 10);
    }

    // E10
    void slotsMayDoAnything()
    {
        RealtimeWorld w;
        w.open();
        auto channel = w.live("a");
        auto other = w.live("b");
        int depth = 0;
        int deepest = 0;
        connect(channel.get(), &RealtimeChannel::stateChanged, this, [&] {
            deepest = std::max(deepest, ++depth);
            auto again = w.client->channel(QStringLiteral("a"), {});
            again.reset();
            other.reset();
            w.client->stop();
            w.client->start();
            --depth;
        });
        w.socket().drop();
        QCOMPARE(deepest, 1);
        connect(channel.get(), &RealtimeChannel::stateChanged, this, [&] { w.client.reset(); });
        w.socket().acceptOpen();
        w.time.advance(1min);
        QVERIFY(!w.client);
        QCOMPARE(channel->state(), State::Closed);
    }

    // E11, E13, E14
    void changesSayWhatTheyLack()
    {
        SurvivalWorld w;
        w.begin();
        QList<ChangeEvent> seen;
        connect(w.channel.get(), &RealtimeChannel::changeReceived, this,
            [&](const ChangeEvent& change) { seen.append(change); });
        w.say({}, "t", "postgres_changes",
            R"({"ids":[7],"data":{"schema":"public","table":"notes","type":"DELETE","commit_timestamp":"2026-11-23T08:00:00Z",
            "columns":[{"name":"id","type":"int8"},{"name":"body","type":"text"}],"old_record":{"id":4},"errors":null}})");
        QVERIFY(seen.last().record.isEmpty());
        QCOMPARE(seen.last().oldRecord.values().keys(), QStringList{QStringLiteral("id")});
        w.say({}, "t", "postgres_changes",
            R"({"ids":[7],"data":{"schema":"public","table":"notes","type":"UPDATE","commit_timestamp":"2026-11-23T08:00:00Z",
            "columns":[{"name":"id","type":"int8"},{"name":"body","type":"text"}],"record":{"id":4},"old_record":{"id":4},
            "errors":["Error 413: Payload Too Large"]}})");
        QCOMPARE(seen.last().missingColumns(), QStringList{QStringLiteral("body")});
        QVERIFY(!seen.last().errors.isEmpty());
        QCOMPARE(w.channel->bindingsOf(seen.last()), w.channel->config().changes);
        w.say({}, "t", "postgres_changes",
            R"({"ids":[7],"data":{"schema":"public","table":"notes","type":"INSERT","commit_timestamp":null,
            "columns":[],"record":{},"errors":["Error 400: Bad Request, no primary key"]}})");
        QVERIFY(seen.last().commitTimestamp.isEmpty());
        const qsizetype before = seen.size();
        w.say({}, "t", "postgres_changes",
            R"({"ids":[9],"data":{"schema":"public","table":"other","type":"INSERT","commit_timestamp":"2026-11-23T08:00:00Z",
            "columns":[],"record":{"id":1},"errors":null}})"); // of a join that is no more
        QCOMPARE(seen.size(), before);
    }

    // E12
    void whoIsJoinedIsVisibleAndTheSessionIsAwaited()
    {
        SurvivalWorld w;
        auto kept = w.secrets.write(QStringLiteral("session:127.0.0.1:54321"),
            R"({"refresh_token":"r","id":"u1","email":"a","name":"","role":"student"})");
        QTRY_VERIFY(kept.isFinished());
        auto restored = w.auth.restore();
        w.expectRefresh().hold();
        w.open();
        w.watch();
        QVERIFY(!w.channel->identity());
        QTRY_COMPARE(w.http.heldCount(), 1);
        QVERIFY(!w.socket().hasSent()); // never as anon meanwhile
        const QByteArray token = signJwt({{QStringLiteral("role"), QStringLiteral("authenticated")},
                                             {QStringLiteral("sub"), QStringLiteral("u1")},
                                             {QStringLiteral("exp"), 2'000'000'000}},
            "secret");
        QJsonObject session = RealtimeWorld::session(1);
        session.insert(QStringLiteral("access_token"), QString::fromLatin1(token));
        w.http.answerHeld(200, session);
        w.acceptAll(w.awaitJoin());
        QCOMPARE(w.channel->identity()->role, QStringLiteral("authenticated"));
        QCOMPARE(w.channel->identity()->subject, QStringLiteral("u1"));
        QVERIFY(w.channel->identity()->expiresAt);
        QVERIFY(w.isWhole());
    }

    // E12
    void signingOutJoinsAnewAsNobody()
    {
        SurvivalWorld w;
        w.signIn();
        w.begin();
        w.http.expect("POST", "/auth/v1/logout?scope=local")
            .reply(204, QJsonValue(QJsonValue::Undefined));
        auto out = w.auth.signOut();
        w.socket().take(QStringLiteral("phx_leave"));
        w.time.advance(RealtimeClient::JoinSpacing);
        const PhoenixMessage join = w.awaitJoin();
        QVERIFY(tokenOf(join).isEmpty());
        w.commit(1, 1, false);
        w.acceptAll(join);
        QCOMPARE(w.channel->identity()->role, QStringLiteral("anon"));
        QVERIFY(w.isWhole());
        QTRY_VERIFY(w.http.isSatisfied());
    }

    // E12
    void tablesWatchedInNobodysNameAreWarnedOf()
    {
        SurvivalWorld w;
        w.open();
        w.watch();
        QSignalSpy warned(w.channel.get(), &RealtimeChannel::watchedAsNobody);
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("nobody's name")));
        w.acceptAll(w.awaitJoin());
        QCOMPARE(warned.size(), 1);
        w.acceptAll(w.reconnect());
        QCOMPARE(warned.size(), 1); // said already
        auto room = w.live("room");
        QVERIFY(room->isLive());
        QCOMPARE(warned.size(), 1);
    }

    // E15
    void whoLeavesAndComesBackDoesNotFlicker()
    {
        RealtimeWorld w;
        w.open();
        ChannelConfig config;
        config.presenceKey = QStringLiteral("ana");
        auto channel = w.live("room", config);
        QStringList told;
        connect(channel.get(), &RealtimeChannel::presenceChanged, this,
            [&](const Presence::Change& change) { told += change.joined + change.left; });
        const QString ben = QStringLiteral("ben");
        const auto leave = [&w](const char* ref) {
            const QJsonObject meta{{QStringLiteral("phx_ref"), QLatin1String(ref)}};
            const QJsonObject metas{{QStringLiteral("metas"), QJsonArray{meta}}};
            const QJsonObject leaves{{QStringLiteral("ben"), metas}};
            w.say({}, "room", "presence_diff", toJson(QJsonObject{{QStringLiteral("leaves"), leaves}}));
        };
        w.say(w.join.ref, "room", "presence_state", R"({"ben":{"metas":[{"phx_ref":"1"}]}})");
        told.clear();
        leave("1");
        w.time.advance(RealtimeChannel::LeaveGrace - 1s);
        QCOMPARE(channel->presence().keys(), QStringList{ben});
        w.say({}, "room", "presence_diff",
            R"({"joins":{"ben":{"metas":[{"phx_ref":"2"}]}},"leaves":{}})");
        w.time.advance(RealtimeChannel::LeaveGrace);
        QVERIFY(told.isEmpty());
        // Each leave has its own time.
        leave("2");
        w.time.advance(RealtimeChannel::LeaveGrace - 1ms);
        QVERIFY(told.isEmpty());
        w.time.advance(1ms);
        QCOMPARE(told, QStringList{ben});
        QVERIFY(channel->presence().isEmpty());
    }

    // E15
    void aNewMetaIsAnUpdateAndATooLargeOneIsNotRepeated()
    {
        RealtimeWorld w;
        w.open();
        ChannelConfig config;
        config.presenceKey = QStringLiteral("ana");
        auto channel = w.live("room", config);
        QList<Presence::Change> changes;
        connect(channel.get(), &RealtimeChannel::presenceChanged, this,
            [&](const Presence::Change& change) { changes.append(change); });
        w.say(w.join.ref, "room", "presence_state", R"({"ben":{"metas":[{"phx_ref":"1"}]}})");
        w.say({}, "room", "presence_diff",
            R"({"joins":{"ben":{"metas":[{"phx_ref":"2","phx_ref_prev":"1"}]}},"leaves":{"ben":{"metas":[{"phx_ref":"1"}]}}})");
        QCOMPARE(changes.last().updated, QStringList{QStringLiteral("ben")});
        QVERIFY(changes.last().left.isEmpty() && changes.last().joined.isEmpty());

        auto shown = channel->track({{QStringLiteral("x"), QString(100'000, QLatin1Char('x'))}});
        w.socket().take(QStringLiteral("presence"));
        w.say(w.join.ref, "room", "system", SurvivalWorld::systemError("Track message size exceeded"));
        w.say(w.join.ref, "room", "phx_close", "{}");
        QTRY_VERIFY(shown.isFinished());
        QVERIFY(!shown.result().ok());
        w.time.advance(1s);
        w.acceptJoin(w.awaitJoin());
        QVERIFY(channel->isLive());
        QVERIFY(!w.socket().hasSent());
    }

    // E15
    void trackingWithoutAConnectionGivesUpWaitingButNotTheWish()
    {
        RealtimeWorld w;
        ChannelConfig config;
        config.presenceKey = QStringLiteral("ana");
        auto channel = w.client->channel(QStringLiteral("room"), config);
        auto shown = channel->track({{QStringLiteral("x"), 1}});
        w.time.advance(RealtimeChannel::ReplyTimeout);
        QTRY_VERIFY(shown.isFinished());
        QCOMPARE(shown.result().error().code, QStringLiteral("channel_not_live"));
        w.open();
        w.acceptJoin(w.awaitJoin());
        w.socket().take(QStringLiteral("presence"));
    }

    // E16
    void aChannelLivesAsLongAsItsHandle()
    {
        RealtimeWorld w;
        w.open();
        for (int i = 0; i < 100; ++i) {
            auto channel = w.client->channel(QStringLiteral("t%1").arg(i), {});
            channel.reset();
            w.time.advance(RealtimeClient::LeaveDelay);
            w.say({}, "nobody", "broadcast", "{}");
            w.socket().ignoreSent();
        }
        QCOMPARE(w.client->health().channels, 0);
        std::vector<std::shared_ptr<RealtimeChannel>> many;
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("80 channels")));
        for (int i = 0; i < RealtimeClient::ManyChannels; ++i) {
            many.push_back(w.client->channel(QString::number(i), {}));
        }
        w.socket().ignoreSent();
    }

    // E17
    void sendingSaysWhichWayItWent()
    {
        RealtimeWorld w;
        w.client->setHttp(w.http);
        auto channel = w.client->channel(QStringLiteral("a:b/c"), {});
        auto queued = channel->broadcast(QStringLiteral("e"), {});
        w.time.advance(RealtimeChannel::ReplyTimeout);
        QTRY_VERIFY(queued.isFinished());
        QVERIFY(!queued.result().ok()); // and nothing went over HTTP behind our back
        w.http.expect("POST", "/realtime/v1/api/broadcast/a%3Ab%2Fc/events/e")
            .header("apikey", "anon").header("Authorization", "Bearer anon")
            .json(QJsonObject{{QStringLiteral("x"), 1}})
            .reply(202, QJsonValue(QJsonValue::Undefined));
        auto posted = channel->broadcastOrPost(QStringLiteral("e"), {{QStringLiteral("x"), 1}});
        QTRY_VERIFY(posted.isFinished());
        QCOMPARE(int(*posted.result()), int(BroadcastRoute::Http));

        w.http.expect("POST", "/realtime/v1/api/broadcast/a%3Ab%2Fc/events/e").reply(404, {});
        w.http.expect("POST", "/realtime/v1/api/broadcast")
            .json(*parseJson(R"({"messages":[{"topic":"a:b/c","event":"e","payload":{},"private":false}]})"))
            .reply(429, QJsonObject{{QStringLiteral("message"), QStringLiteral("Too many requests")}});
        auto old = channel->broadcastOrPost(QStringLiteral("e"), {});
        QTRY_VERIFY(old.isFinished());
        QCOMPARE(old.result().error().kind, ErrorKind::RateLimited);

        w.open();
        w.acceptJoin(w.awaitJoin());
        auto sent = channel->broadcastOrPost(QStringLiteral("e"), {});
        w.socket().take(QStringLiteral("broadcast"));
        QTRY_VERIFY(sent.isFinished());
        QCOMPARE(int(*sent.result()), int(BroadcastRoute::Socket));
    }

    void whatGoesOverHttpMayBeBytesAndMayBeKept()
    {
        RealtimeWorld w;
        w.client->setHttp(w.http);
        const QByteArray bytes("\0\xff", 2);
        w.http.expect("POST", "/realtime/v1/api/broadcast/t/events/e?private=true&persist=true")
            .check([bytes](const HttpRequest& request) {
                QCOMPARE(headerValue(request.headers, "Content-Type"), QByteArray("application/octet-stream"));
                QCOMPARE(request.body, bytes);
            })
            .reply(202, QJsonValue(QJsonValue::Undefined));
        const PostTarget kept{QStringLiteral("t"), QStringLiteral("e"), true, true};
        auto sent = w.client->postBytes(kept, bytes);
        QTRY_VERIFY(sent.isFinished());
        QVERIFY(sent.result().ok());

        w.http.expect("POST", "/realtime/v1/api/broadcast/t/events/e?private=true&persist=true").reply(404, {});
        auto old = w.client->post(kept, {});
        QTRY_VERIFY(old.isFinished());
        QCOMPARE(old.result().error().code, QStringLiteral("persist_unsupported"));
        w.http.expect("POST", "/realtime/v1/api/broadcast/t/events/e").reply(404, {});
        auto oldBytes = w.client->postBytes({QStringLiteral("t"), QStringLiteral("e")}, bytes);
        QTRY_VERIFY(oldBytes.isFinished());
        QCOMPARE(oldBytes.result().error().code, QStringLiteral("binary_unsupported"));
    }

    // E18
    void publishableKeysAreNeverTokens()
    {
        SurvivalWorld w;
        w.project.anonKey = QStringLiteral("sb_publishable_abc");
        w.client = std::make_unique<RealtimeClient>(
            w.project, w.auth, w.transports, w.time, w.time, w.random);
        w.client->setHttp(w.http);
        w.client->start();
        QVERIFY(w.socket().url().query().contains(QStringLiteral("apikey=sb_publishable_abc")));
        w.accept();
        w.watch();
        const PhoenixMessage join = w.awaitJoin();
        QVERIFY(!join.payload.toObject().contains(QStringLiteral("access_token")));
        w.acceptAll(join);
        QCOMPARE(w.channel->identity()->role, QStringLiteral("anon"));
        w.http.expect("POST", "/realtime/v1/api/broadcast/t/events/e")
            .check([](const HttpRequest& request) {
                QVERIFY(headerValue(request.headers, "Authorization").isEmpty());
            })
            .reply(202, QJsonValue(QJsonValue::Undefined));
        auto posted = w.client->post({QStringLiteral("t"), QStringLiteral("e")}, {});
        QTRY_VERIFY(posted.isFinished());
        QVERIFY(posted.result().ok());
    }

    // E19
    void trafficDoesNotReplaceHeartbeats()
    {
        SurvivalWorld w;
        w.begin();
        int beats = 0;
        for (int i = 0; i < 240; ++i) {
            w.commit(1, i);
            w.time.advance(500ms);
            while (w.socket().hasSent()) {
                const PhoenixMessage beat = w.socket().take(QStringLiteral("heartbeat"));
                w.say(replyTo(beat, true, QJsonObject()));
                ++beats;
            }
        }
        // Twice as often while the connection is young.
        QVERIFY2(beats >= 6 && beats <= 9, qPrintable(QString::number(beats)));
        QCOMPARE(w.transports.created(), 1);
        QVERIFY(w.isWhole());
    }

    // E20, E21
    void manyChannelsAskForOneToken()
    {
        RealtimeWorld w;
        w.signIn();
        w.open();
        std::vector<std::shared_ptr<RealtimeChannel>> channels;
        ChannelConfig config;
        config.isPrivate = true;
        QList<PhoenixMessage> joins;
        for (int i = 0; i < 10; ++i) {
            channels.push_back(w.client->channel(QString::number(i), config));
            w.time.advance(RealtimeClient::JoinSpacing);
            joins.append(w.awaitJoin());
            w.acceptJoin(joins.last());
        }
        int asked = 0;
        connect(&w.auth, &AuthSession::accessTokenChanged, this, [&] {
            whenDone(w.auth.accessToken(), this, [&](const Result<QString>&) { ++asked; });
        });
        w.expectRefresh().reply(200, RealtimeWorld::session(2));
        for (const PhoenixMessage& join : joins) {
            PhoenixMessage close;
            close.topic = join.topic;
            close.joinRef = join.ref;
            close.event = QStringLiteral("system");
            close.payloadText = SurvivalWorld::systemError("Token has expired 0 seconds ago");
            w.say(close);
            close.event = QStringLiteral("phx_close");
            close.ref = join.ref;
            close.payloadText = "{}";
            w.say(close);
        }
        QTRY_COMPARE(asked, 1);
        for (int i = 0; i < 10; ++i) {
            w.time.advance(RealtimeClient::JoinSpacing);
            const PhoenixMessage join = w.awaitJoin();
            QCOMPARE(tokenOf(join), QStringLiteral("access-2"));
            w.acceptJoin(join);
        }
        QCOMPARE(w.client->health().liveChannels, 10);
    }

    // E22
    void aServerThatKnowsFewerFiltersIsAskedLessAndTheRestIsCheckedHere()
    {
        SurvivalWorld w;
        w.open();
        ChannelConfig config = SurvivalWorld::watching();
        config.changes.first().filter
            = ChangeFilter().where(QStringLiteral("v"), ChangeFilter::Op::Gt, QStringLiteral("1"))
                  .notEqual(QStringLiteral("id"), QStringLiteral("2")).text();
        w.watch(config);
        PhoenixMessage join = w.awaitJoin();
        w.acceptJoin(join, R"([{"id":7}])");
        w.say(join.joinRef, "t", "system",
            SurvivalWorld::databaseError(
                "{:error, \\\"Unable to subscribe to changes with given parameters. An exception happened so please "
                "check your connect parameters: [event: *, filter: v=gt.1,id=neq.2, schema: public, table: notes]. "
                "Exception: ERROR 22P02\\\"}"));
        w.time.advance(RealtimeClient::JoinSpacing);
        join = w.awaitJoin();
        QCOMPARE(configOf(join)[QStringLiteral("postgres_changes")]
                     .toArray().first().toObject()[QStringLiteral("filter")].toString(),
            QStringLiteral("v=gt.1"));
        w.acceptAll(join);
        w.deliver(1, 5);
        w.deliver(2, 6);
        QCOMPARE(w.model, (QMap<int, int>{{1, 5}}));
    }

    // E23
    void everyPushCarriesItsJoin()
    {
        RealtimeWorld w;
        w.signIn();
        w.open();
        ChannelConfig config;
        config.isPrivate = true;
        config.broadcastAck = true;
        config.presenceKey = QStringLiteral("ana");
        auto channel = w.live("room", config);
        const auto check = [&](const char* event) {
            QCOMPARE(w.socket().take(QLatin1String(event)).joinRef, w.join.ref);
        };
        auto sent = channel->broadcast(QStringLiteral("e"), {});
        check("broadcast");
        auto shown = channel->track({});
        check("presence");
        auto bytes = channel->broadcastBytes(QStringLiteral("e"), "x");
        QCOMPARE(decodeBinary(w.socket().takeBytes(), Side::Client)->joinRef, w.join.ref);
        w.expectRefresh().reply(200, RealtimeWorld::session(2));
        auto token = w.auth.refreshAfterRefusal(QStringLiteral("access-1"));
        QTRY_VERIFY(token.isFinished());
        check("access_token");
        channel.reset();
        w.time.advance(RealtimeClient::LeaveDelay);
        check("phx_leave");

        // Also a join that is not answered yet is left under its own ref.
        auto other = w.client->channel(QStringLiteral("other"), {});
        w.time.advance(RealtimeClient::JoinSpacing);
        w.join = w.awaitJoin();
        other.reset();
        w.time.advance(RealtimeClient::LeaveDelay);
        check("phx_leave");
    }

    // E24
    void whoWantsToBeOfflineStaysOffline()
    {
        SurvivalWorld w;
        w.begin();
        w.client->stop();
        w.client->stop();
        w.client->networkUp();
        w.client->woke(1h);
        w.time.advance(1h);
        QCOMPARE(w.transports.created(), 1);
        w.commit(1, 1, false);
        w.client->start();
        w.client->start();
        QCOMPARE(w.transports.created(), 2);
        w.accept();
        w.acceptAll(w.awaitJoin());
        QVERIFY(w.isWhole());
    }

    // E25
    void aSlowDatabaseIsShownWithItsReasonAndAskedAgain()
    {
        SurvivalWorld w;
        w.open();
        w.watch();
        w.refuseJoin(w.awaitJoin(), "InitializingProjectConnection: Realtime is initializing");
        QCOMPARE(w.channel->state(), State::Joining);
        QCOMPARE(w.channel->lastError()->code, QStringLiteral("InitializingProjectConnection"));
        w.pass(1s);
        w.acceptAll(w.awaitJoin());
        QVERIFY(w.isWhole());
    }

    void aDeniedJoinBlocksTheSocketForFiveSecondsOnly()
    {
        SurvivalWorld w;
        w.open();
        w.watch();
        w.acceptAll(w.awaitJoin());
        std::vector<std::shared_ptr<RealtimeChannel>> denied;
        QList<PhoenixMessage> joins;
        for (int i = 0; i < 6; ++i) {
            denied.push_back(w.client->channel(QStringLiteral("denied%1").arg(i), {}));
            w.time.advance(RealtimeClient::JoinSpacing);
            joins.append(w.awaitJoin());
        }
        for (const PhoenixMessage& join : joins) {
            w.time.advance(5s); // nothing else gets through meanwhile
            w.socket().ignoreSent();
            w.refuseJoin(join, "Unauthorized: You do not have permissions to read from this Channel topic: x");
        }
        QCOMPARE(w.transports.created(), 1);
        QVERIFY(w.channel->isLive());
        QCOMPARE(denied.front()->state(), State::Refused);
        QCOMPARE(denied.front()->lastError()->kind, ErrorKind::Forbidden);
        // A new connection does not ask for the refused ones again at once.
        w.socket().drop();
        w.time.advance(SocketMachine::RetryCap);
        w.accept();
        w.time.advance(RealtimeClient::JoinSpacing);
        w.commit(1, 1, false);
        w.acceptAll(w.awaitJoin());
        w.pass(30s);
        QVERIFY(!w.socket().hasSent());
        QVERIFY(w.isWhole());
    }

    void aTopicMayBeCalledAnything()
    {
        RealtimeWorld w;
        w.open();
        auto channel = w.client->channel(QStringLiteral("expired"), {});
        w.refuseJoin(w.awaitJoin(),
            "Unauthorized: You do not have permissions to read from this Channel topic: expired");
        QCOMPARE(channel->state(), State::Refused);
    }

    void serverCodes_data()
    {
        QTest::addColumn<int>("code");
        QTest::newRow("1000, idle too long") << 1000;
        QTest::newRow("1001, too many joins") << 1001;
        QTest::newRow("1002, as Qt 6.4 shows 1012") << 1002;
        QTest::newRow("1006, just gone") << 1006;
        QTest::newRow("1009, too large") << 1009;
        QTest::newRow("1011, crashed") << 1011;
        QTest::newRow("1012, restart") << 1012;
    }
    void serverCodes()
    {
        QFETCH(int, code);
        SurvivalWorld w;
        w.begin();
        w.commit(1, 1);
        w.socket().drop(code);
        QCOMPARE(w.client->health().lastError->code, QStringLiteral("socket_closed_%1").arg(code));
        w.commit(1, 2, false);
        w.time.advance(SocketMachine::RetryCap);
        w.accept();
        w.time.advance(RealtimeClient::JoinSpacing);
        w.acceptAll(w.awaitJoin());
        QVERIFY(w.isWhole());
    }

    void aServerThatCannotReadBinaryIsLearnedOnce()
    {
        RealtimeWorld w;
        w.open();
        auto channel = w.live("room");
        auto sent = channel->broadcastBytes(QStringLiteral("e"), "\1\2");
        w.socket().takeBytes();
        w.join = w.reconnect(1011);
        w.acceptJoin(w.join);
        auto refused = channel->broadcastBytes(QStringLiteral("e"), "\1\2");
        QTRY_VERIFY(refused.isFinished());
        QCOMPARE(refused.result().error().code, QStringLiteral("binary_unsupported"));
        auto text = channel->broadcast(QStringLiteral("e"), {});
        w.socket().take(QStringLiteral("broadcast"));
    }

    void aConnectionThatTakesNothingMoreIsNotFilled()
    {
        RealtimeWorld w;
        w.open();
        auto channel = w.live("room");
        w.socket().pileUp(RealtimeClient::LargestPileUp + 1);
        auto sent = channel->broadcast(QStringLiteral("e"), {});
        QTRY_VERIFY(sent.isFinished());
        QCOMPARE(sent.result().error().code, QStringLiteral("socket_congested"));
        w.socket().pileUp(0);
        auto large = channel->broadcast(QStringLiteral("e"),
            {{QStringLiteral("x"), QString(RealtimeClient::LargestMessage, QLatin1Char('x'))}});
        QTRY_VERIFY(large.isFinished());
        QCOMPARE(large.result().error().code, QStringLiteral("payload_size_exceeded"));
    }

    void aRefusedSocketSaysWhyAndIsAskedSlowly()
    {
        SurvivalWorld w;
        w.client->setHttp(w.http);
        w.client->start();
        w.http.expect("GET", "/realtime/v1/websocket?apikey=anon&vsn=2.0.0")
            .reply(401, QJsonObject{{QStringLiteral("error"), QStringLiteral("Token has expired")}});
        w.socket().refuse({ErrorKind::Unauthorized, QStringLiteral("socket_refused"), {}, {}});
        QTRY_COMPARE(w.client->health().lastError->code, QStringLiteral("socket_refused_401"));
        QCOMPARE(w.client->health().lastError->detail, QStringLiteral("Token has expired"));
        w.time.advance(SocketMachine::SlowFloor - 1ms);
        QCOMPARE(w.transports.created(), 1);
        w.time.advance(1s);
        QCOMPARE(w.transports.created(), 2);
        w.http.expect("GET", "/realtime/v1/websocket?apikey=anon&vsn=2.0.0")
            .replyText(200, "<html>Please accept our terms</html>");
        w.socket().refuse({ErrorKind::Protocol, QStringLiteral("socket_refused"), {}, {}});
        QTRY_COMPARE(w.client->health().lastError->code, QStringLiteral("not_an_academy"));
    }

    void withoutChannelsTheSocketMayRest()
    {
        SurvivalWorld w;
        w.client->setOptions({PhoenixVersion::V2, 50s});
        w.begin();
        w.channel.reset();
        w.pass(60s);
        QCOMPARE(w.client->health().phase, SocketHealth::Phase::Stopped);
        QVERIFY(w.client->health().resting);
        w.watch();
        QVERIFY(!w.client->health().resting);
        QCOMPARE(w.client->health().phase, SocketHealth::Phase::Connecting);
        w.accept();
        w.acceptAll(w.awaitJoin());
        QVERIFY(w.isWhole());
    }

    void theOlderSerializerWorksAsWell()
    {
        RealtimeWorld w;
        w.client->setOptions({PhoenixVersion::V1, {}});
        w.open();
        QVERIFY(w.socket().url().query().contains(QStringLiteral("vsn=1.0.0")));
        ChannelConfig config;
        config.changes = {SurvivalWorld::binding()};
        auto channel = w.client->channel(QStringLiteral("t"), config);
        const auto say = [&](const char* event, const std::optional<QString>& ref, const QByteArray& payload) {
            w.socket().receive(R"({"topic":"realtime:t","event":")" + QByteArray(event) + R"(","payload":)"
                + payload + R"(,"ref":)" + (ref ? "\"" + ref->toUtf8() + "\"" : "null") + "}");
        };
        const PhoenixMessage first = w.awaitJoin();
        say("phx_reply", first.ref, R"({"status":"ok","response":{"postgres_changes":[{"id":7}]}})");
        say("system", {}, SurvivalWorld::databaseOk());
        QVERIFY(channel->isLive());
        ChannelConfig more = config;
        more.broadcastSelf = true;
        auto same = w.client->channel(QStringLiteral("t"), more);
        w.time.advance(RealtimeClient::JoinSpacing);
        const PhoenixMessage second = w.awaitJoin();
        say("phx_reply", second.ref, R"({"status":"ok","response":{"postgres_changes":[{"id":7}]}})");
        say("system", {}, SurvivalWorld::databaseOk());
        say("phx_close", first.ref, "{}"); // of the old join
        QVERIFY(channel->isLive());
        auto bytes = channel->broadcastBytes(QStringLiteral("e"), "x");
        QTRY_VERIFY(bytes.isFinished());
        QCOMPARE(bytes.result().error().code, QStringLiteral("binary_unsupported"));
        say("phx_close", second.ref, "{}");
        QVERIFY(!channel->isLive());
    }

    void broadcastsFromTheDatabaseAreAwaitedWhenAsked()
    {
        RealtimeWorld w;
        w.open();
        ChannelConfig config;
        config.replicationReady = true;
        auto channel = w.live("room", config);
        QVERIFY(channel->isLive() && !channel->isReplicationReady());
        QSignalSpy gaps(channel.get(), &RealtimeChannel::gap);
        w.say(w.join.ref, "room", "system",
            R"({"extension":"system","status":"ok","message":"Replication connection established","channel":"room"})");
        QVERIFY(channel->isReplicationReady());
        QCOMPARE(gaps.size(), 1); // the time between the join and now may have lost some
    }
};

QTEST_GUILESS_MAIN(TestRecurringProblems)
#include "tst_recurringproblems.moc"
