// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/MemorySecretStore.h"
#include "support/FakeHttpClient.h"
#include "support/FakeScheduler.h"
#include "support/FakeTransport.h"
#include "supabase/AuthSession.h"
#include "supabase/RealtimeClient.h"
#include "wire/Json.h"

#include <QJsonArray>
#include <QTest>

/// A realtime client whose time, server and sign-in are the test's.
struct RealtimeWorld
{
    RealtimeWorld()
        : auth(project, http, secrets, time, time, random),
          client(std::make_unique<RealtimeClient>(project, auth, transports, time, time, random))
    {
    }

    static QJsonObject session(int number)
    {
        return {{QStringLiteral("access_token"), QStringLiteral("access-%1").arg(number)},
            {QStringLiteral("refresh_token"), QStringLiteral("refresh-%1").arg(number)},
            {QStringLiteral("expires_in"), 3600},
            {QStringLiteral("user"), QJsonObject {{QStringLiteral("id"), QStringLiteral("u1")}}}};
    }
    void signIn(int number = 1)
    {
        http.expect("POST", "/auth/v1/token?grant_type=password").reply(200, session(number));
        auto done = auth.signInWithPassword(QStringLiteral("a"), QStringLiteral("b"));
        QTRY_VERIFY(done.isFinished());
    }
    FakeHttpClient::Expectation& expectRefresh()
    {
        return http.expect("POST", "/auth/v1/token?grant_type=refresh_token");
    }

    FakeTransport& socket() { return *transports.current(); }
    /// Starts, accepts the connection and takes the first heartbeat.
    void open()
    {
        client->start();
        accept();
    }
    void accept()
    {
        socket().acceptOpen();
        socket().take(QStringLiteral("heartbeat"));
    }
    /// Time passes on a healthy connection.
    void pass(std::chrono::milliseconds time_)
    {
        for (auto left = time_; left.count() > 0; left -= std::chrono::seconds(5)) {
            say({}, "nobody", "broadcast", "{}");
            time.advance(std::min<std::chrono::milliseconds>(left, std::chrono::seconds(5)));
            socket().ignoreHeartbeats();
        }
    }
    /// The socket breaks, the next attempt works, and the channel asks to be joined again.
    PhoenixMessage reconnect(int code = 1006)
    {
        socket().drop(code);
        time.advance(SocketMachine::RetryCap);
        accept();
        time.advance(RealtimeClient::JoinSpacing);
        return awaitJoin();
    }
    PhoenixMessage awaitJoin()
    {
        for (int i = 0; i < 100 && !socket().hasSent(); ++i) {
            QCoreApplication::processEvents();
        }
        return socket().take(QStringLiteral("phx_join"));
    }
    void say(const PhoenixMessage& message) { socket().receive(encodeText(PhoenixVersion::V2, message, Side::Server)); }
    void say(const std::optional<QString>& joinRef, const char* topic, const char* event, const QByteArray& payload)
    {
        PhoenixMessage message;
        message.joinRef = joinRef;
        message.topic = QStringLiteral("realtime:") + QLatin1String(topic);
        message.event = QLatin1String(event);
        message.payloadText = payload;
        say(message);
    }
    void acceptJoin(const PhoenixMessage& request, const QByteArray& bindings = "[]")
    {
        say(replyTo(request, true, QJsonObject {{QStringLiteral("postgres_changes"), *parseJson(bindings)}}));
    }
    void refuseJoin(const PhoenixMessage& request, const char* reason)
    {
        say(replyTo(request, false, QJsonObject {{QStringLiteral("reason"), QLatin1String(reason)}}));
    }
    /// A channel that is joined and live.
    std::shared_ptr<RealtimeChannel> live(const char* topic, const ChannelConfig& config = {})
    {
        auto channel = client->channel(QLatin1String(topic), config);
        time.advance(RealtimeClient::JoinSpacing);
        join = awaitJoin();
        acceptJoin(join);
        return channel;
    }

    Project project {QUrl(QStringLiteral("http://127.0.0.1:54321")), QStringLiteral("anon")};
    FakeHttpClient http;
    FakeScheduler time;
    SeededRandom random {3};
    MemorySecretStore secrets;
    FakeTransportFactory transports;
    AuthSession auth;
    std::unique_ptr<RealtimeClient> client;
    PhoenixMessage join; ///< the last one taken by live()
};
