// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Async.h"
#include "base/Clock.h"
#include "base/Scheduler.h"
#include "supabase/ChannelConfig.h"
#include "supabase/ChannelMachine.h"
#include "wire/ChangeEvent.h"
#include "wire/Phoenix.h"
#include "wire/Presence.h"

#include <QHash>
#include <QJsonObject>
#include <QObject>

#include <deque>

class RealtimeClient;

/// One topic on the shared socket. Get it from RealtimeClient::channel(); everybody who asks for the
/// same topic shares one join, and the channel leaves when the last holder lets go. It joins and
/// rejoins by itself as long as the client runs; what it missed in between nobody can tell, so each
/// arrival at Live is announced by gap(), and the holder fetches by REST what it needs.
/// Signals come from the event loop; slots may release the channel. GUI thread.
class RealtimeChannel final : public QObject
{
    Q_OBJECT

public:
    enum class State { Idle, Joining, DatabasePending, Live, Degraded, Refused, WaitingForSignIn, Closed };
    Q_ENUM(State)

    /// Broadcasts kept while the channel is joining; the oldest fails when there are more.
    static constexpr int LargestBacklog = 100;
    static constexpr std::chrono::milliseconds ReplyTimeout {10'000};

    ~RealtimeChannel() override;

    State state() const { return State(int(m_machine.phase)); }
    bool isLive() const { return state() == State::Live; }
    /// Without the "realtime:" prefix.
    const QString& topic() const { return m_topic; }
    const ChannelConfig& config() const { return m_config; }
    /// Why the channel is not live; kept until it is.
    const std::optional<Error>& lastError() const { return m_lastError; }

    /// Sends to the other members. With broadcastAck resolves when the server has it (Timeout,
    /// "broadcast_unanswered", also when writing is not allowed: the server is silent then), without
    /// it when it was given to the socket. While joining it waits its turn; it fails with Offline
    /// ("channel_not_live") when the channel cannot be joined or waited longer than ReplyTimeout.
    Async<void> broadcast(const QString& event, const QJsonObject& payload);
    /// Shows this to the other members until untrack(), also after a rejoin. Calls in quick
    /// succession are one: the server allows five in 30 s.
    Async<void> track(const QJsonObject& meta);
    Async<void> untrack();
    const Presence& presence() const { return m_presence; }

Q_SIGNALS:
    void stateChanged();
    void broadcastReceived(const QString& event, const QJsonObject& payload);
    void binaryBroadcastReceived(const QString& event, const QByteArray& payload);
    void changeReceived(const ChangeEvent& change);
    void presenceChanged(const Presence::Change& change);
    /// The channel is live again after not having been since `from`; WallTime {} the first time.
    void gap(WallTime from, WallTime to);
    /// The server refuses the join for good (until another token or configuration).
    void refused(const Error& error);

private:
    friend class RealtimeClient;
    /// `client` is null for a channel that can never be joined.
    RealtimeChannel(RealtimeClient* client, QString topic, ChannelConfig config);

    /// A message that waits: for the join, or for its reply.
    struct Push
    {
        QString event;
        QJsonObject payload;
        QList<AsyncPromise<void>> promises;
        MonotonicTime deadline {};
    };

    void handle(const ChannelMachine::Event& event);
    void connectionLost();
    void perform(const ChannelMachine::Effect& effect);
    void requestJoin(bool refreshFirst);
    void sendJoin(const QString& token);
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
    void mergeConfig(const ChannelConfig& config);

    void sendBroadcast(Push push);
    void sendAwaitingReply(Push push);
    void syncPresence();
    void failAll(const Error& error);
    void failAwaitingReply(const Error& error);
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
    std::optional<JoinFailure> m_systemError; ///< the reason of the phx_close that follows
    std::optional<Error> m_lastError;
    QList<qint64> m_bindingIds;
    std::deque<Push> m_backlog;
    QHash<QString, Push> m_awaitingReply;
    Presence m_presence;
    std::optional<QJsonObject> m_tracked;      ///< what the holder wants shown
    std::optional<QJsonObject> m_shown;        ///< what this join has shown
    QList<AsyncPromise<void>> m_trackPromises; ///< waiting for m_tracked to be sent
    std::deque<MonotonicTime> m_trackTimes;
    std::optional<WallTime> m_lostAt;
    WallTime m_liveSince {};
    ScheduledTask m_joinTimer, m_databaseTimer, m_retryTimer, m_pushTimer, m_trackTimer;
    quint64 m_joinRequest = 0; ///< a token fetched for an earlier attempt is ignored
};
