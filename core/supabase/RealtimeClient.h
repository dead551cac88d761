// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Random.h"
#include "base/Clock.h"
#include "base/Scheduler.h"
#include "net/HttpClient.h"
#include "supabase/ChannelConfig.h"
#include "supabase/Project.h"
#include "supabase/RealtimeChannel.h"
#include "supabase/SocketMachine.h"
#include "wire/TextMemory.h"

#include <QHash>
#include <QObject>
#include <QPointer>

#include <array>
#include <deque>
#include <functional>
#include <map>
#include <memory>

class AuthSession;
class Transport;
class TransportFactory;

/// A picture of the socket at one moment.
struct SocketHealth
{
    enum class Phase { Stopped, Connecting, Open, Probing, Waiting };

    Phase phase = Phase::Stopped;
    bool resting = false; ///< Stopped because no channel needs it; see SocketOptions::idleDisconnect
    std::optional<std::chrono::milliseconds> rtt;         ///< of the last heartbeat
    std::optional<std::chrono::milliseconds> smoothedRtt; ///< RFC 6298 weights
    std::optional<MonotonicTime> lastInbound;
    std::optional<Error> lastError;
    int reconnects = 0; ///< connections after the first
    int channels = 0;
    int liveChannels = 0;
    qint64 messagesIn = 0;
    qint64 messagesOut = 0;
    qint64 bytesIn = 0;
    qint64 bytesOut = 0;
    qint64 unreadable = 0; ///< frames that were no message
    qint64 queued = 0;     ///< broadcasts waiting in channels

    bool operator==(const SocketHealth&) const = default;
};

/// Where a broadcast over HTTP goes.
struct PostTarget
{
    QString topic;
    QString event;
    bool isPrivate = false;
    bool persist = false; ///< see BroadcastOptions
};

/// How to speak to the server.
struct SocketOptions
{
    /// V1 reaches every server, without binary broadcasts.
    PhoenixVersion version = PhoenixVersion::V2;
    /// Close the socket after this long without a channel; the next channel opens it again. Nothing:
    /// stay connected.
    std::optional<std::chrono::milliseconds> idleDisconnect;
};

/// The one realtime socket of the program and the channels on it. Tells a dead connection from a quiet
/// one, also after this thread was held up, and keeps what was asked for across everything. Waits
/// before each attempt with full jitter (see Backoff) rather than decorrelated: a thousand clients of
/// one server spread as well, with the fewest attempts, and each wait depends on the number of
/// failures alone, which keeps SocketMachine's table a table. GUI thread; outlives nothing: channels
/// that survive it are Closed.
class RealtimeClient final : public QObject
{
    Q_OBJECT

public:
    static constexpr std::chrono::milliseconds LeaveDelay {250};
    /// At most ten joins a second, or the server closes the socket.
    static constexpr std::chrono::milliseconds JoinSpacing {100};
    /// Servers take 100 channels on one socket; from here on the log names them.
    static constexpr int ManyChannels = 80;
    /// More than this the server refuses, or ends the connection.
    static constexpr qsizetype LargestMessage = 3'000'000;
    /// A connection that lets so much pile up takes no more.
    static constexpr qint64 LargestPileUp = 4 * 1024 * 1024;

    RealtimeClient(Project project, AuthSession& session, TransportFactory& transports, Clock& clock,
        Scheduler& scheduler, RandomSource& random, QObject* parent = nullptr);
    ~RealtimeClient() override;

    /// Before start().
    void setOptions(const SocketOptions& options) { m_options = options; }
    /// For post(), and to learn why a server refuses the socket. Outlives the client.
    void setHttp(HttpClient& http) { m_http = &http; }

    /// Connects and stays connected until stop(). Both may be called at any time, any number of times.
    void start();
    void stop();

    /// The channel of this topic (without "realtime:"), shared with everybody else who holds it.
    /// Another holder's wishes are added to it, which may join it anew. A holder that cannot share
    /// (private and public, two presence keys) gets a channel that is Refused, "channel_conflict".
    std::shared_ptr<RealtimeChannel> channel(const QString& topic, const ChannelConfig& config);

    /// A broadcast to a topic over HTTP, no channel needed. Errors by status; a private topic one may
    /// not write to is Forbidden on newer servers and silence on older ones. Servers before v2.97 keep
    /// nothing: Invalid, "persist_unsupported".
    Async<void> post(const PostTarget& target, const QJsonObject& payload);
    /// The same with raw bytes. Servers before v2.97 take none: Invalid, "binary_unsupported".
    Async<void> postBytes(const PostTarget& target, const QByteArray& payload);

    SocketHealth health() const;
    /// A heartbeat right now; resolves with its round trip.
    Async<std::chrono::milliseconds> ping();

public Q_SLOTS:
    /// Hints of NetworkWatch: look at once whether the connection still lives, or connect at once.
    void networkUp();
    void woke(std::chrono::milliseconds slept);

Q_SIGNALS:
    /// At most four times a second.
    void healthChanged();
    /// The socket is open again after a loss.
    void reconnected();

private:
    friend class RealtimeChannel;

    struct Held
    {
        RealtimeChannel* channel = nullptr;
        std::weak_ptr<RealtimeChannel> handle;
        ScheduledTask leaving;
    };
    struct WaitingJoin
    {
        QPointer<RealtimeChannel> channel;
        std::function<void()> join;
    };

    void handle(const SocketMachine::Event& event);
    void perform(const SocketMachine::Effect& effect);
    void startTimer(SocketMachine::Timer timer, std::chrono::milliseconds delay);
    void openSocket();
    void dropSocket();
    /// A server that refuses the socket says why only over plain HTTP.
    void explainRefusal();
    void planIdleDisconnect();
    void sendHeartbeat();
    void receive(const Result<PhoenixMessage>& message, qsizetype size);
    void receiveHeartbeat(const PhoenixMessage& message);
    /// Those that exist now; a slot may end some while they are being told something.
    QList<QPointer<RealtimeChannel>> allChannels() const;
    void tellChannels(const ChannelMachine::Event& event);
    void tokenChanged(const QString& token);
    void sessionChanged();
    void freshenToken();
    std::shared_ptr<RealtimeChannel> handleTo(RealtimeChannel* channel);
    void release(RealtimeChannel* channel);
    void leaveUnlessHeld(const QString& topic);
    void noteChange();

    QString nextRef();
    /// Why it could not be given to the socket; nothing when it was.
    std::optional<Error> send(const PhoenixMessage& message);
    std::optional<Error> sendBytes(const QByteArray& frame);
    std::optional<Error> obstacleTo(qsizetype size) const;
    bool takesBytes() const;
    /// `older` goes on with an access token where the server does not know the address.
    Async<void> postContent(const PostTarget& target, const char* type, const QByteArray& body,
        const std::function<void(const QString&, const AsyncPromise<void>&)>& older);
    void postBatch(const PostTarget& target, const QJsonObject& payload, const QString& token,
        const AsyncPromise<void>& promise);
    HttpRequest postRequest(
        const QUrl& url, const char* type, const QByteArray& body, const QString& token) const;
    bool isOpen() const;
    /// Calls `join` when a join may be sent; forgotten when `channel` dies or cancels.
    /// A refusal blocks the socket for 5 s: joins behind it get their time anew.
    void joinWasRefused();
    void queueJoin(RealtimeChannel* channel, std::function<void()> join);
    void cancelJoin(const RealtimeChannel* channel);
    void sendNextJoin();
    std::chrono::milliseconds jitter(int attempt, std::chrono::milliseconds cap);
    /// When something last came in: before that nothing was missed.
    MonotonicTime lastHeard() const;

    Project m_project;
    AuthSession& m_session;
    TransportFactory& m_transports;
    Clock& m_clock;
    Scheduler& m_scheduler;
    RandomSource& m_random;
    HttpClient* m_http = nullptr;
    SocketOptions m_options;
    bool m_wanted = false;         ///< between start() and stop()
    bool m_bytesRefused = false;   ///< a binary broadcast ended a connection
    bool m_explaining = false;
    std::optional<MonotonicTime> m_bytesSentAt;
    ScheduledTask m_idleTimer;
    SocketMachine::State m_machine;
    std::deque<SocketMachine::Event> m_events;
    bool m_handling = false;
    Transport* m_transport = nullptr;
    QString m_token;
    TextMemory m_names; ///< of topics, events, tables and columns
    std::map<QString, Held, std::less<>> m_channels;
    QList<RealtimeChannel*> m_leaving; ///< saying goodbye; their topics are free again
    std::deque<WaitingJoin> m_joins;
    ScheduledTask m_joinTimer;
    std::optional<MonotonicTime> m_lastJoin;
    std::array<ScheduledTask, SocketMachine::TimerCount> m_timers;
    ScheduledTask m_healthTimer;
    SocketHealth m_health;
    QHash<QString, MonotonicTime> m_heartbeats;
    QList<AsyncPromise<std::chrono::milliseconds>> m_pings;
    qint64 m_connections = 0;
    quint64 m_lastRef = 0;
};
