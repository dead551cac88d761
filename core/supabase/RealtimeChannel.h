// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Async.h"
#include "base/Clock.h"
#include "base/Scheduler.h"
#include "supabase/ChannelConfig.h"
#include "supabase/ChannelMachine.h"
#include "supabase/JoinFailure.h"
#include "wire/Broadcast.h"
#include "wire/ChangeEvent.h"
#include "wire/ChangeFilter.h"
#include "wire/Phoenix.h"
#include "wire/Presence.h"

#include <QHash>
#include <QJsonObject>
#include <QObject>

#include <deque>

class RealtimeClient;

/// Who the server takes this channel for, read from the token it was joined with.
struct ChannelIdentity
{
    QString role;    ///< "anon", "authenticated", …
    QString subject; ///< empty for anon
    std::optional<std::chrono::sys_seconds> expiresAt;

    bool operator==(const ChannelIdentity&) const = default;
};

/// How a broadcast went out.
enum class BroadcastRoute { Socket, Http };

/// What one broadcast asks for.
struct BroadcastOptions
{
    /// How long it may wait for a channel that is not joined yet; zero: it fails at once.
    std::chrono::milliseconds patience {10'000};
    /// The server keeps it, and whoever joins later may ask for its replay. Private channels on vsn
    /// 2.0.0 only, and only servers that can: others deliver it and keep nothing.
    bool persist = false;
};

/// One topic on the shared socket. Get it from RealtimeClient::channel(); everybody who asks for the
/// same topic shares one join, and the channel leaves when the last holder lets go. It joins and
/// rejoins by itself as long as the client runs; what it missed in between nobody can tell, so each
/// arrival at Live is announced by gap(), and the holder fetches by REST what it needs. Whoever gets
/// a channel that is live already catches up by themselves. Slots may release the channel or end the
/// client; what they cause is handled after what caused them. GUI thread.
class RealtimeChannel final : public QObject
{
    Q_OBJECT

public:
    enum class State { Idle, Joining, DatabasePending, Live, Degraded, Refused, WaitingForSignIn, Closed };
    Q_ENUM(State)

    /// Broadcasts kept while the channel is joining; the oldest fails when there are more.
    static constexpr int LargestBacklog = 100;
    static constexpr std::chrono::milliseconds ReplyTimeout {10'000};
    /// Servers deliver a change up to this much after its commit; a loss may swallow it.
    static constexpr std::chrono::milliseconds DeliveryLag {10'000};
    /// Who leaves is shown for as long; coming back meanwhile makes no difference to anybody.
    static constexpr std::chrono::milliseconds LeaveGrace {3'000};

    ~RealtimeChannel() override;

    State state() const { return State(int(m_machine.phase)); }
    bool isLive() const { return state() == State::Live; }
    /// Without the "realtime:" prefix.
    const QString& topic() const { return m_topic; }
    const ChannelConfig& config() const { return m_config; }
    /// Why the channel is not live; kept until it is.
    const std::optional<Error>& lastError() const { return m_lastError; }
    /// When it will be tried again by itself; nothing when it is not waiting.
    std::optional<MonotonicTime> nextAttempt() const;
    /// Nothing before the first join.
    std::optional<ChannelIdentity> identity() const;
    /// Whether the server said that broadcasts from the database arrive (see replicationReady).
    bool isReplicationReady() const { return m_replicationReady; }
    /// The wanted bindings that this change came for.
    QList<PostgresBinding> bindingsOf(const ChangeEvent& change) const;
    /// Bindings the server refused; the others go on without them until the configuration changes.
    const QList<PostgresBinding>& refusedBindings() const { return m_refusedBindings; }

    /// Sends to the other members. With broadcastAck resolves when the server has it (Timeout,
    /// "broadcast_unanswered", also when writing is not allowed: the server is silent then), without
    /// it when it was given to the socket. While joining it waits its turn; it fails with Offline
    /// ("channel_not_live") when the channel cannot be joined or the options' patience is over, and
    /// with Invalid ("persist_unsupported") where nothing can be kept.
    Async<void> broadcast(
        const QString& event, const QJsonObject& payload, const BroadcastOptions& options = {});
    /// Raw bytes to the other members who speak vsn 2.0.0. Servers before v2.63 end the connection
    /// on it: after the first such end it fails with Invalid, "binary_unsupported", as it does on
    /// vsn 1.0.0. Other errors as above.
    Async<void> broadcastBytes(
        const QString& event, const QByteArray& payload, const BroadcastOptions& options = {});
    /// Over the socket when the channel is joined, else over HTTP; says which.
    Async<BroadcastRoute> broadcastOrPost(
        const QString& event, const QJsonObject& payload, const BroadcastOptions& options = {});
    /// Shows this to the other members until untrack(), also after a rejoin. Calls in quick
    /// succession are one: the server allows five in 30 s. Resolves when the server has it. What it
    /// refused, or did not answer, fails and is tried again by itself, five times and within that
    /// budget. Without the right to (Forbidden) it waits for the next join, token or call; after a
    /// token, of which no server says when it counts, a refusal is believed the second time. What is
    /// too large (Invalid) is given up.
    Async<void> track(const QJsonObject& meta);
    Async<void> untrack();
    /// With those who left in the last LeaveGrace.
    const Presence& presence() const { return m_presence; }

Q_SIGNALS:
    void stateChanged();
    void broadcastReceived(const QString& event, const QJsonObject& payload, const BroadcastMeta& meta);
    void binaryBroadcastReceived(const QString& event, const QByteArray& payload, const BroadcastMeta& meta);
    void changeReceived(const ChangeEvent& change);
    void presenceChanged(const Presence::Change& change);
    /// The channel is live again; what changed after `from` may not have been delivered. WallTime {}
    /// the first time. Both by the server's clock, as far as AuthSession knows it.
    void gap(WallTime from, WallTime to);
    /// The server refuses the join for good (until another token or configuration).
    void refused(const Error& error);
    /// What the server says of its parts ("system", "postgres_changes"), in its own words; the channel
    /// has its own conclusions.
    void systemReceived(const QString& extension, bool ok, const QString& message);
    /// The server cannot watch this one; the channel joins again without it. The error's code says
    /// what there is to mend: "table_not_published" (the table is missing, not in the publication
    /// supabase_realtime, or may not be read) or "database_subscription".
    void bindingRefused(const PostgresBinding& binding, const Error& error);
    /// Changes of tables are watched in nobody's name: what row level security does not show to
    /// everybody will not come. Once for each such time.
    void watchedAsNobody();

private:
    friend class RealtimeClient;
    /// `client` is null for a channel that can never be joined.
    RealtimeChannel(RealtimeClient* client, QString topic, ChannelConfig config);

    /// A message that waits: for the join, or for its reply.
    struct Push
    {
        QString event;
        QJsonObject payload;
        std::optional<QByteArray> bytes; ///< of a binary broadcast
        bool persist = false;
        QList<AsyncPromise<void>> promises;
        MonotonicTime deadline {};
    };

    void handle(const ChannelMachine::Event& event);
    void connectionLost();
    void perform(const ChannelMachine::Effect& effect);
    void startTimer(const ChannelMachine::StartTimer& timed);
    ScheduledTask& timerOf(ChannelMachine::Timer timer);
    void requestJoin(bool refreshFirst);
    void joinAnonymously();
    void sendJoin(const QString& token);
    ChannelConfig configToSend();
    void pushToken();
    void announceLive();
    void refuse(const Error& error);
    /// The client is gone, or never was.
    void detach(State state, const Error& error);

    PhoenixMessage message(const QString& event, const QString& ref, const QJsonObject& payload) const;
    void receive(const PhoenixMessage& message);
    void receiveReply(const PhoenixMessage& message);
    void receiveJoinReply(const PhoenixMessage& message);
    void receiveSystem(const QJsonObject& payload);
    void receiveChange(const PhoenixMessage& message);
    void receiveBroadcast(const PhoenixMessage& message);
    void receiveClose();
    /// The server was busy with another's join until now.
    void extendJoin();
    bool mapBindings(const QJsonArray& echoes);
    void databaseFailed(const QString& reason);
    bool isRepeated(const BroadcastMeta& meta);
    /// Whoever is signed in changed: leave as the one, join as the other.
    void identityChanged();
    void mergeConfig(const ChannelConfig& config);

    Async<void> push(Push push, const BroadcastOptions& options);
    void sendBroadcast(Push push);
    std::optional<Error> sendPush(const Push& push, const QString& ref);
    /// Why it could not be sent, told to its promises too.
    std::optional<Error> sendAwaitingReply(Push push, const QString& ref);
    Async<void> showPresence();
    void syncPresence();
    void announcePresence(const Presence::Change& change);
    void settlePresence();
    void presenceFailed(const Error& error);
    void failAll(const Error& error);
    void failAwaitingReply(const Error& error);
    void forgiveOwnDelay();
    void armPushTimer();
    void expirePushes();
    qsizetype queuedCount() const { return qsizetype(m_backlog.size()); }

    RealtimeClient* m_client;
    QString m_topic;
    ChannelConfig m_config;
    ChannelMachine::State m_machine;
    std::deque<ChannelMachine::Event> m_events;
    bool m_handling = false;
    QString m_joinRef;
    QString m_joinedToken;
    bool m_hasJoined = false;
    struct SystemError
    {
        JoinFailure failure;
        QString text;
    };
    std::optional<SystemError> m_systemError; ///< the reason of the phx_close that follows
    std::optional<Error> m_lastError;
    /// What this join asked for, with the server's id for it and what is left to check here.
    struct Watched
    {
        PostgresBinding wanted;
        PostgresBinding sent;
        std::optional<qint64> id;
        std::optional<ChangeFilter> check;

        bool isMetBy(const ChangeEvent& change) const;
    };
    QList<Watched> m_watched;
    QList<PostgresBinding> m_refusedBindings;
    bool m_plainBindings = false; ///< the server did not understand ours: see forOldServers()
    bool m_replayRefused = false;
    bool m_waitRefused = false; ///< see ChannelConfig::waitForDatabase
    bool m_replicationReady = false;
    std::deque<QString> m_broadcastIds; ///< the last stored broadcasts delivered
    std::deque<Push> m_backlog;
    QHash<QString, Push> m_awaitingReply;
    Presence m_presence{Presence::Leaving::Lingers};
    QHash<QString, MonotonicTime> m_leaveAt; ///< when who lingers has left
    bool m_isNobody = false; ///< and that was said
    std::optional<QJsonObject> m_tracked;      ///< what the holder wants shown
    std::optional<QJsonObject> m_shown;        ///< what this join was last asked to show
    QString m_shownRef;                        ///< of the message that asked
    bool m_isShownSure = true;                 ///< the server said so, or was never asked
    bool m_isTokenFresh = false; ///< a refusal may be of before it
    int m_trackAttempt = 0;
    QList<AsyncPromise<void>> m_trackPromises; ///< waiting for m_tracked to be sent
    std::optional<MonotonicTime> m_trackDeadline; ///< of the promises, not of the wish
    std::deque<MonotonicTime> m_trackTimes;
    std::optional<MonotonicTime> m_lostAt;
    std::optional<MonotonicTime> m_liveSince;
    std::optional<MonotonicTime> m_nextAttempt;
    ScheduledTask m_joinTimer, m_databaseTimer, m_retryTimer, m_stabilityTimer, m_pushTimer,
        m_trackTimer, m_leaveTimer;
    quint64 m_joinRequest = 0; ///< a token fetched for an earlier attempt is ignored
};
