// SPDX-License-Identifier: GPL-3.0-or-later
#include "supabase/RealtimeChannel.h"

#include "base/Log.h"
#include "supabase/AuthSession.h"
#include "supabase/RealtimeClient.h"

using namespace std::chrono_literals;

namespace {

/// Servers close a channel that sends a sixth presence message within 30 s.
constexpr size_t TrackBudget = 5;
constexpr std::chrono::milliseconds TrackWindow = 30'500ms;

Error offline(const char* code)
{
    return {ErrorKind::Offline, QLatin1String(code), {}, {}};
}

void resolveAll(const QList<AsyncPromise<void>>& promises, const Result<void>& result)
{
    for (const AsyncPromise<void>& promise : promises) {
        promise.resolve(result);
    }
}

/// The server's reason for an error reply: an object with `reason` or `error`, or bare text.
QString reasonIn(const QJsonValue& response)
{
    const QJsonObject object = response.toObject();
    for (const char* name : {"reason", "error"}) {
        if (const QJsonValue value = object.value(QLatin1String(name)); value.isString()) {
            return value.toString();
        }
    }
    return response.toString();
}

Error pushError(const QJsonValue& response)
{
    const QString reason = reasonIn(response);
    if (reason == QLatin1String("payload_size_exceeded")) {
        return {ErrorKind::Invalid, reason, {}, {}};
    }
    if (reason.isEmpty()) {
        return {ErrorKind::Forbidden, QStringLiteral("push_refused"), {}, {}};
    }
    return {ErrorKind::Server, QStringLiteral("push_refused"), redacted(reason), {}};
}

QString textOf(const QJsonValue& message)
{
    return message.isString() ? message.toString() : QString();
}

} // namespace

RealtimeChannel::RealtimeChannel(RealtimeClient* client, QString topic, ChannelConfig config)
    : m_client(client), m_topic(std::move(topic)), m_config(std::move(config))
{
    m_machine.hasBindings = !m_config.changes.isEmpty();
}

RealtimeChannel::~RealtimeChannel() = default;

PhoenixMessage RealtimeChannel::message(
    const QString& event, const QString& ref, const QJsonObject& payload) const
{
    return {m_joinRef, ref, QStringLiteral("realtime:") + m_topic, event, payload, {}, {}};
}

void RealtimeChannel::connectionLost()
{
    failAwaitingReply(offline("connection_lost"));
    handle(ChannelMachine::SocketDown{});
}

void RealtimeChannel::detach(State state, const Error& error)
{
    m_joinTimer.cancel();
    m_databaseTimer.cancel();
    m_retryTimer.cancel();
    m_pushTimer.cancel();
    m_trackTimer.cancel();
    m_client = nullptr;
    m_machine = {};
    m_machine.phase = ChannelMachine::Phase(int(state));
    m_lastError = error;
    failAll(error);
}

/// Events that come while one is being handled wait: no effect sees a half-changed state.
void RealtimeChannel::handle(const ChannelMachine::Event& event)
{
    m_events.push_back(event);
    if (m_handling) {
        return;
    }
    m_handling = true;
    while (!m_events.empty() && m_client) {
        const ChannelMachine::Event next = std::move(m_events.front());
        m_events.pop_front();
        ChannelMachine::Step step = ChannelMachine::step(m_machine, next);
        const bool moved = step.state.phase != m_machine.phase;
        m_machine = step.state;
        if (moved) {
            qCInfo(lcRealtime) << "channel" << m_topic << "is" << state();
        }
        for (const ChannelMachine::Effect& effect : step.effects) {
            if (m_client) { // a slot may end the client
                perform(effect);
            }
        }
        if (moved) {
            Q_EMIT stateChanged();
        }
    }
    m_handling = false;
}

void RealtimeChannel::perform(const ChannelMachine::Effect& effect)
{
    using namespace ChannelMachine;
    if (const auto* request = std::get_if<RequestJoin>(&effect)) {
        requestJoin(request->refreshFirst);
    } else if (std::holds_alternative<CancelJoin>(effect)) {
        ++m_joinRequest;
        m_joinRef.clear();
        m_client->cancelJoin(this);
    } else if (std::holds_alternative<SendLeave>(effect)) {
        m_client->send(message(QStringLiteral("phx_leave"), m_client->nextRef(), {}));
        m_joinRef.clear();
        failAwaitingReply(offline("channel_left"));
        Q_EMIT presenceChanged(m_presence.clear());
    } else if (std::holds_alternative<PushToken>(effect)) {
        pushToken();
    } else if (const auto* timed = std::get_if<StartTimer>(&effect)) {
        if (timed->timer == Timer::Join) {
            m_joinTimer = m_client->m_scheduler.after(timed->delay, [this] { handle(JoinLate{}); });
        } else {
            m_databaseTimer
                = m_client->m_scheduler.after(timed->delay, [this] { handle(DatabaseLate{}); });
        }
    } else if (const auto* retry = std::get_if<StartRetry>(&effect)) {
        const auto delay = retry->floor + m_client->jitter(retry->attempt, retry->cap);
        m_retryTimer = m_client->m_scheduler.after(delay, [this] { handle(RetryDue{}); });
    } else if (const auto* stopped = std::get_if<StopTimer>(&effect)) {
        (stopped->timer == Timer::Join           ? m_joinTimer
                : stopped->timer == Timer::Retry ? m_retryTimer
                                                 : m_databaseTimer)
            .cancel();
    } else if (std::holds_alternative<AnnounceLive>(effect)) {
        announceLive();
    } else if (std::holds_alternative<AnnounceLoss>(effect)) {
        m_lostAt = m_client->lastHeard();
    } else if (const auto* problem = std::get_if<AnnounceError>(&effect)) {
        m_lastError = problem->error;
        qCInfo(lcRealtime) << "channel" << m_topic << problem->error.code << problem->error.detail;
    } else if (const auto* refusal = std::get_if<AnnounceRefused>(&effect)) {
        refuse(refusal->error);
    } else if (std::holds_alternative<ReassertPresence>(effect)) {
        m_shown.reset();
        syncPresence();
    } else if (std::holds_alternative<FlushBroadcasts>(effect)) {
        for (Push& push : std::exchange(m_backlog, {})) {
            sendBroadcast(std::move(push));
        }
    }
}

void RealtimeChannel::requestJoin(bool refreshFirst)
{
    const quint64 request = ++m_joinRequest;
    AuthSession& session = m_client->m_session;
    if (session.state() == AuthSession::State::SignedOut) {
        if (m_config.isPrivate) {
            handle(ChannelMachine::TokenMissing{
                {ErrorKind::Unauthorized, QStringLiteral("signed_out"), {}, {}}});
            return;
        }
        m_client->queueJoin(this, [this] { sendJoin({}); });
        return;
    }
    const Async<QString> token
        = refreshFirst ? session.refreshAfterRefusal(m_joinedToken) : session.accessToken();
    whenDone(token, this, [this, request](const Result<QString>& got) {
        if (request != m_joinRequest || !m_client) {
            return;
        }
        if (got.ok()) {
            m_client->queueJoin(this, [this, fresh = *got] { sendJoin(fresh); });
        } else if (got.error().kind == ErrorKind::Unauthorized) {
            handle(ChannelMachine::TokenMissing{got.error()});
        } else {
            handle(ChannelMachine::TokenDelayed{got.error()});
        }
    });
}

void RealtimeChannel::sendJoin(const QString& token)
{
    failAwaitingReply(offline("channel_rejoined"));
    m_joinRef = m_client->nextRef();
    m_joinedToken = token;
    m_systemError.reset();
    m_bindingIds.clear();
    m_presence.expectState();
    QJsonObject payload{{QStringLiteral("config"), m_config.toJson()}};
    if (!token.isEmpty()) {
        payload.insert(QStringLiteral("access_token"), token);
    }
    m_client->send(message(QStringLiteral("phx_join"), m_joinRef, payload));
    handle(ChannelMachine::JoinSent{});
}

void RealtimeChannel::pushToken()
{
    const QString& token = m_client->m_token;
    if (token.isEmpty() || token == m_joinedToken) {
        return;
    }
    m_joinedToken = token;
    m_client->send(message(QStringLiteral("access_token"), m_client->nextRef(),
        {{QStringLiteral("access_token"), token}}));
}

void RealtimeChannel::announceLive()
{
    const WallTime now = m_client->m_clock.wall();
    // The database may have subscribed anew without our having been away: since when, nobody says.
    const WallTime from = m_lostAt.value_or(m_liveSince);
    m_lostAt.reset();
    m_liveSince = now;
    m_lastError.reset();
    Q_EMIT gap(from, now);
}

void RealtimeChannel::refuse(const Error& error)
{
    m_lastError = error;
    for (const Push& push : std::exchange(m_backlog, {})) {
        resolveAll(push.promises, error);
    }
    Q_EMIT refused(error);
}

void RealtimeChannel::mergeConfig(const ChannelConfig& config)
{
    if (config == m_config) {
        return;
    }
    m_config = config;
    handle(ChannelMachine::ConfigChanged{!m_config.changes.isEmpty()});
}

void RealtimeChannel::receive(const PhoenixMessage& message)
{
    // What belongs to an earlier join must not touch this one.
    const bool isOfThisJoin = !message.joinRef || *message.joinRef == m_joinRef;
    const QString& event = message.event;
    if (event == QLatin1String("phx_reply")) {
        receiveReply(message);
    } else if (event == QLatin1String("broadcast")) {
        receiveBroadcast(message);
    } else if (event == QLatin1String("postgres_changes")) {
        receiveChange(message);
    } else if (event == QLatin1String("presence_diff")) {
        Q_EMIT presenceChanged(m_presence.applyDiff(message.payload.toObject()));
    } else if (!isOfThisJoin || m_joinRef.isEmpty()) {
        qCDebug(lcRealtime) << "late" << event << "for" << m_topic;
    } else if (event == QLatin1String("presence_state")) {
        Q_EMIT presenceChanged(m_presence.applyState(message.payload.toObject()));
    } else if (event == QLatin1String("system")) {
        receiveSystem(message.payload.toObject());
    } else if (event == QLatin1String("phx_close")) {
        const JoinFailure closed{
            JoinPolicy::Soon, {ErrorKind::Server, QStringLiteral("channel_closed"), {}, {}}};
        const JoinFailure why = std::exchange(m_systemError, std::nullopt).value_or(closed);
        failAwaitingReply(why.error);
        handle(ChannelMachine::ServerClosed{why});
    } else if (event == QLatin1String("phx_error")) {
        failAwaitingReply(offline("channel_crashed"));
        handle(ChannelMachine::Crashed{});
    } else {
        qCInfo(lcRealtime) << "unknown event" << event << "on" << m_topic;
    }
}

void RealtimeChannel::receiveReply(const PhoenixMessage& message)
{
    if (!message.ref) {
        return;
    }
    if (*message.ref == m_joinRef) {
        receiveJoinReply(message);
        return;
    }
    const auto waiting = m_awaitingReply.constFind(*message.ref);
    if (waiting == m_awaitingReply.constEnd()) {
        return;
    }
    const Push push = *waiting;
    m_awaitingReply.erase(waiting);
    armPushTimer();
    const QJsonObject payload = message.payload.toObject();
    const bool ok = payload.value(QLatin1String("status")) == QLatin1String("ok");
    resolveAll(
        push.promises, ok ? Result<void>() : pushError(payload.value(QLatin1String("response"))));
}

void RealtimeChannel::receiveJoinReply(const PhoenixMessage& message)
{
    const QJsonObject payload = message.payload.toObject();
    const QJsonValue response = payload.value(QLatin1String("response"));
    if (payload.value(QLatin1String("status")) != QLatin1String("ok")) {
        handle(ChannelMachine::JoinFailed{joinFailureFrom(reasonIn(response))});
        return;
    }
    const QJsonArray bindings
        = response.toObject().value(QLatin1String("postgres_changes")).toArray();
    for (const QJsonValue& binding : bindings) {
        m_bindingIds.append(binding.toObject().value(QLatin1String("id")).toInteger());
    }
    handle(ChannelMachine::JoinOk{});
}

void RealtimeChannel::receiveSystem(const QJsonObject& payload)
{
    const bool ok = payload.value(QLatin1String("status")) == QLatin1String("ok");
    const bool isDatabase
        = payload.value(QLatin1String("extension")) == QLatin1String("postgres_changes");
    const QString message = textOf(payload.value(QLatin1String("message")));
    if (isDatabase && ok) {
        handle(ChannelMachine::DatabaseOk{});
    } else if (isDatabase) {
        handle(ChannelMachine::DatabaseFailed{
            {ErrorKind::Invalid, QStringLiteral("database_subscription"), redacted(message), {}}});
    } else if (!ok) {
        m_systemError = joinFailureFrom(message);
    }
}

void RealtimeChannel::receiveChange(const PhoenixMessage& message)
{
    const Result<ChangeEvent> change = decodeChange(message);
    if (!change.ok()) {
        qCWarning(lcRealtime) << "unreadable change on" << m_topic << change.error().detail;
        return;
    }
    const bool isOurs = std::any_of(change->ids.begin(), change->ids.end(),
        [this](qint64 id) { return m_bindingIds.contains(id); });
    if (isOurs && m_machine.joined) {
        Q_EMIT changeReceived(*change);
    }
}

void RealtimeChannel::receiveBroadcast(const PhoenixMessage& message)
{
    if (!m_machine.joined) {
        return;
    }
    const QJsonObject envelope = message.payload.toObject();
    const QString event = envelope.value(QLatin1String("event")).toString();
    if (message.binaryPayload) {
        Q_EMIT binaryBroadcastReceived(event, *message.binaryPayload);
    } else {
        Q_EMIT broadcastReceived(event, envelope.value(QLatin1String("payload")).toObject());
    }
}

Async<void> RealtimeChannel::broadcast(const QString& event, const QJsonObject& payload)
{
    using Phase = ChannelMachine::Phase;
    const AsyncPromise<void> promise;
    const Phase phase = m_machine.phase;
    if (!m_client || phase == Phase::Refused || phase == Phase::WaitingForSignIn
        || phase == Phase::Closed) {
        promise.resolve(m_lastError.value_or(offline("channel_not_live")));
        return promise.future();
    }
    Push push{event, payload, {promise}, m_client->m_clock.monotonic() + ReplyTimeout};
    if (m_machine.joined && phase != Phase::Joining) {
        sendBroadcast(std::move(push));
        return promise.future();
    }
    if (m_backlog.size() >= size_t(LargestBacklog)) {
        resolveAll(m_backlog.front().promises, offline("broadcast_overflow"));
        m_backlog.pop_front();
    }
    m_backlog.push_back(std::move(push));
    armPushTimer();
    return promise.future();
}

/// Always as JSON text: older servers crash on binary broadcasts.
void RealtimeChannel::sendBroadcast(Push push)
{
    const QJsonObject envelope{{QStringLiteral("type"), QStringLiteral("broadcast")},
        {QStringLiteral("event"), push.event}, {QStringLiteral("payload"), push.payload}};
    push.event = QStringLiteral("broadcast");
    push.payload = envelope;
    if (m_config.broadcastAck) {
        sendAwaitingReply(std::move(push));
        return;
    }
    const bool sent = m_client->send(message(push.event, m_client->nextRef(), push.payload));
    resolveAll(push.promises, sent ? Result<void>() : offline("connection_lost"));
}

void RealtimeChannel::sendAwaitingReply(Push push)
{
    const QString ref = m_client->nextRef();
    if (!m_client->send(message(push.event, ref, push.payload))) {
        resolveAll(push.promises, offline("connection_lost"));
        return;
    }
    push.deadline = m_client->m_clock.monotonic() + ReplyTimeout;
    m_awaitingReply.insert(ref, std::move(push));
    armPushTimer();
}

Async<void> RealtimeChannel::track(const QJsonObject& meta)
{
    if (!m_config.presenceKey) {
        return readyAsync<void>(
            Error{ErrorKind::Invalid, QStringLiteral("presence_not_configured"), {}, {}});
    }
    const AsyncPromise<void> promise;
    m_tracked = meta;
    m_trackPromises.append(promise);
    syncPresence();
    return promise.future();
}

Async<void> RealtimeChannel::untrack()
{
    const AsyncPromise<void> promise;
    m_tracked.reset();
    m_trackPromises.append(promise);
    syncPresence();
    return promise.future();
}

void RealtimeChannel::syncPresence()
{
    if (!m_client || !m_machine.joined) {
        return;
    }
    if (m_shown == m_tracked) {
        resolveAll(std::exchange(m_trackPromises, {}), {});
        return;
    }
    const MonotonicTime now = m_client->m_clock.monotonic();
    while (!m_trackTimes.empty() && m_trackTimes.front() + TrackWindow <= now) {
        m_trackTimes.pop_front();
    }
    if (m_trackTimes.size() >= TrackBudget) {
        const auto wait = std::chrono::ceil<std::chrono::milliseconds>(
            m_trackTimes.front() + TrackWindow - now);
        m_trackTimer = m_client->m_scheduler.after(wait, [this] { syncPresence(); });
        return;
    }
    m_trackTimes.push_back(now);
    m_shown = m_tracked;
    QJsonObject payload{{QStringLiteral("type"), QStringLiteral("presence")},
        {QStringLiteral("event"), m_tracked ? QStringLiteral("track") : QStringLiteral("untrack")}};
    if (m_tracked) {
        payload.insert(QStringLiteral("payload"), *m_tracked);
    }
    sendAwaitingReply(
        {QStringLiteral("presence"), payload, std::exchange(m_trackPromises, {}), {}});
}

void RealtimeChannel::failAll(const Error& error)
{
    failAwaitingReply(error);
    for (const Push& push : std::exchange(m_backlog, {})) {
        resolveAll(push.promises, error);
    }
    resolveAll(std::exchange(m_trackPromises, {}), error);
}

void RealtimeChannel::failAwaitingReply(const Error& error)
{
    for (const Push& push : std::exchange(m_awaitingReply, {})) {
        resolveAll(push.promises, error);
    }
    armPushTimer();
}

void RealtimeChannel::armPushTimer()
{
    std::optional<MonotonicTime> earliest;
    const auto consider = [&earliest](const Push& push) {
        earliest = earliest ? std::min(*earliest, push.deadline) : push.deadline;
    };
    std::for_each(m_backlog.begin(), m_backlog.end(), consider);
    std::for_each(m_awaitingReply.cbegin(), m_awaitingReply.cend(), consider);
    if (!earliest || !m_client) {
        m_pushTimer.cancel();
        return;
    }
    const auto wait
        = std::chrono::ceil<std::chrono::milliseconds>(*earliest - m_client->m_clock.monotonic());
    m_pushTimer = m_client->m_scheduler.after(std::max(wait, 0ms), [this] { expirePushes(); });
}

void RealtimeChannel::expirePushes()
{
    const MonotonicTime now = m_client->m_clock.monotonic();
    QList<AsyncPromise<void>> unanswered;
    erase_if(m_awaitingReply, [&](const auto& entry) {
        const bool late = entry.value().deadline <= now;
        unanswered.append(late ? entry.value().promises : QList<AsyncPromise<void>>());
        return late;
    });
    QList<AsyncPromise<void>> unsent;
    std::erase_if(m_backlog, [&](const Push& push) {
        const bool late = push.deadline <= now;
        unsent.append(late ? push.promises : QList<AsyncPromise<void>>());
        return late;
    });
    armPushTimer();
    resolveAll(
        unanswered, Error{ErrorKind::Timeout, QStringLiteral("broadcast_unanswered"), {}, {}});
    resolveAll(unsent, offline("channel_not_live"));
}
