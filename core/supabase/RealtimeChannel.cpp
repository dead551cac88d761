// SPDX-License-Identifier: GPL-3.0-or-later
#include "supabase/RealtimeChannel.h"

#include "base/Log.h"
#include "net/Deadline.h"
#include "supabase/AuthSession.h"
#include "supabase/RealtimeClient.h"
#include "wire/Json.h"
#include "wire/Jwt.h"

using namespace std::chrono_literals;

namespace {

/// Servers close a channel that sends a sixth presence message within 30 s.
constexpr size_t TrackBudget = 5;
constexpr std::chrono::milliseconds TrackWindow = 30'500ms;
constexpr std::chrono::milliseconds TrackRetryFloor = 5s;
constexpr int MostTrackRetries = 5;
/// As many stored broadcasts are recognised when they come twice.
constexpr size_t BroadcastIdCount = 256;

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

/// True when the server's complaint is about this binding: it names table and schema, and the
/// filter in its own words ("filter: a=eq.1", or {"a", "eq", "1", false}).
bool isNamedIn(const QString& complaint, const PostgresBinding& binding)
{
    const auto says = [&complaint](const QString& name, const QString& value) {
        const QString said = name + QLatin1String(": ") + value;
        return complaint.contains(said + QLatin1Char(','))
            || complaint.contains(said + QLatin1Char(']'));
    };
    if (!says(QStringLiteral("table"), binding.table)
        || !says(QStringLiteral("schema"), binding.schema)) {
        return false;
    }
    if (binding.filter.isEmpty() || says(QStringLiteral("filter"), binding.filter)) {
        return true;
    }
    const Result<ChangeFilter> filter = ChangeFilter::parse(binding.filter);
    return filter.ok()
        && std::all_of(filter->conditions().begin(), filter->conditions().end(),
            [&](const ChangeFilter::Condition& condition) {
                return complaint.contains(QLatin1Char('"') + condition.column + QLatin1Char('"'));
            });
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
    m_joinRef.clear();
    m_refusedBindings.clear();
}

void RealtimeChannel::identityChanged()
{
    const bool isHeldAsAnon = m_joinedToken.isEmpty()
        && (m_machine.joined || m_machine.phase == ChannelMachine::Phase::Refused);
    if (!isHeldAsAnon) {
        handle(ChannelMachine::IdentityChanged{});
    }
}

std::optional<MonotonicTime> RealtimeChannel::nextAttempt() const
{
    const bool waits = m_machine.phase == ChannelMachine::Phase::Refused
        || m_machine.phase == ChannelMachine::Phase::Degraded || m_machine.waiting;
    return waits ? m_nextAttempt : std::nullopt;
}

std::optional<ChannelIdentity> RealtimeChannel::identity() const
{
    if (!m_hasJoined || !m_client) {
        return std::nullopt;
    }
    const QString& token = m_joinedToken.isEmpty() ? m_client->m_project.anonKey : m_joinedToken;
    const Result<JwtClaims> claims = readJwt(token.toUtf8());
    return claims.ok() ? ChannelIdentity{claims->role, claims->subject, claims->expiresAt}
                       : ChannelIdentity{QStringLiteral("anon"), {}, {}};
}

void RealtimeChannel::detach(State state, const Error& error)
{
    m_joinTimer.cancel();
    m_databaseTimer.cancel();
    m_retryTimer.cancel();
    m_stabilityTimer.cancel();
    m_pushTimer.cancel();
    m_trackTimer.cancel();
    m_leaveTimer.cancel();
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
        if (!m_joinRef.isEmpty()) { // else nothing of ours ever went out
            m_client->send(message(QStringLiteral("phx_leave"), m_client->nextRef(), {}));
        }
        m_joinRef.clear();
        failAwaitingReply(offline("channel_left"));
        announcePresence(m_presence.clear());
    } else if (std::holds_alternative<PushToken>(effect)) {
        pushToken();
    } else if (const auto* timed = std::get_if<StartTimer>(&effect)) {
        startTimer(*timed);
    } else if (const auto* retry = std::get_if<StartRetry>(&effect)) {
        const auto delay = retry->floor + m_client->jitter(retry->attempt, retry->cap);
        m_nextAttempt = m_client->m_clock.monotonic() + delay;
        m_retryTimer = m_client->m_scheduler.after(delay, [this] { handle(RetryDue{}); });
    } else if (const auto* stopped = std::get_if<StopTimer>(&effect)) {
        timerOf(stopped->timer).cancel();
    } else if (std::holds_alternative<AnnounceLive>(effect)) {
        announceLive();
    } else if (std::holds_alternative<AnnounceLoss>(effect)) {
        m_lostAt = m_client->lastHeard();
        m_replicationReady = false;
    } else if (const auto* problem = std::get_if<AnnounceError>(&effect)) {
        m_lastError = problem->error;
        qCInfo(lcRealtime) << "channel" << m_topic << problem->error.code << problem->error.detail;
    } else if (const auto* refusal = std::get_if<AnnounceRefused>(&effect)) {
        refuse(refusal->error);
    } else if (std::holds_alternative<ReassertPresence>(effect)) {
        m_shown.reset();
        m_shownRef.clear();
        m_isShownSure = true;
        m_isTokenFresh = false;
        m_trackAttempt = 0;
        syncPresence();
    } else if (std::holds_alternative<FlushBroadcasts>(effect)) {
        for (Push& push : std::exchange(m_backlog, {})) {
            sendBroadcast(std::move(push));
        }
    }
}

ScheduledTask& RealtimeChannel::timerOf(ChannelMachine::Timer timer)
{
    using ChannelMachine::Timer;
    switch (timer) {
    case Timer::Join:
        return m_joinTimer;
    case Timer::Database:
        return m_databaseTimer;
    case Timer::Retry:
        return m_retryTimer;
    case Timer::Stability:
        break;
    }
    return m_stabilityTimer;
}

void RealtimeChannel::startTimer(const ChannelMachine::StartTimer& timed)
{
    using namespace ChannelMachine;
    auto delay = timed.delay;
    Event due = Stable{};
    switch (timed.timer) {
    case Timer::Join:
        due = JoinLate{};
        // The server may use all of the time it was given, and its answer takes time too.
        delay += m_config.changes.isEmpty() || m_waitRefused
            ? 0ms
            : m_config.waitForDatabase.value_or(0ms);
        break;
    case Timer::Database:
        due = DatabaseLate{};
        break;
    case Timer::Retry:
        due = RetryDue{};
        break;
    case Timer::Stability:
        break;
    }
    const auto run = [this, due] { handle(due); };
    const bool isVerdict = timed.timer == Timer::Join || timed.timer == Timer::Database;
    timerOf(timed.timer) = isVerdict
        ? Deadline::after(m_client->m_clock, m_client->m_scheduler, delay, run)
        : m_client->m_scheduler.after(delay, run);
}

void RealtimeChannel::joinAnonymously()
{
    m_client->queueJoin(this, [this] { sendJoin({}); });
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
        joinAnonymously();
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
        } else if (m_client->m_session.state() == AuthSession::State::SignedOut
            && !m_config.isPrivate) {
            joinAnonymously(); // it turned out that nobody is signed in
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
    m_hasJoined = true;
    m_systemError.reset();
    m_presence.expectState();
    QJsonObject payload{{QStringLiteral("config"), configToSend().toJson()}};
    if (!token.isEmpty()) {
        payload.insert(QStringLiteral("access_token"), token);
    }
    m_client->send(message(QStringLiteral("phx_join"), m_joinRef, payload));
    handle(ChannelMachine::JoinSent{});
}

ChannelConfig RealtimeChannel::configToSend()
{
    ChannelConfig config = m_config;
    m_watched.clear();
    config.changes.clear();
    for (const PostgresBinding& wanted : std::as_const(m_config.changes)) {
        if (m_refusedBindings.contains(wanted)) {
            continue;
        }
        Watched watched{wanted, m_plainBindings ? wanted.forOldServers() : wanted, {}, {}};
        const Result<ChangeFilter> filter = ChangeFilter::parse(wanted.filter);
        if (watched.sent.filter != wanted.filter && filter.ok()) {
            watched.check = *filter;
        }
        config.changes.append(watched.sent);
        m_watched.append(watched);
    }
    if (m_lostAt && m_config.replayAfterLoss) {
        const auto away = m_client->m_clock.monotonic() - *m_lostAt + DeliveryLag;
        const WallTime since
            = m_client->m_clock.wall() + m_client->m_session.serverClockOffset() - away;
        config.replay
            = BroadcastReplay{std::chrono::floor<std::chrono::milliseconds>(since), 25};
    } else if (m_liveSince) {
        config.replay.reset();
    }
    if (m_replayRefused) {
        config.replay.reset();
    }
    if (m_waitRefused) {
        config.waitForDatabase.reset();
    }
    return config;
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
    m_isTokenFresh = true;
    if (!m_isShownSure && !m_trackTimer.isScheduled() && !m_awaitingReply.contains(m_shownRef)) {
        m_trackAttempt = 0;
        syncPresence(); // given up with the token before
    }
}

void RealtimeChannel::announceLive()
{
    const WallTime wall = m_client->m_clock.wall() + m_client->m_session.serverClockOffset();
    const MonotonicTime now = m_client->m_clock.monotonic();
    // The database may have subscribed anew without our having been away: since when, nobody says.
    const std::optional<MonotonicTime> since = m_lostAt ? m_lostAt : m_liveSince;
    m_lostAt.reset();
    m_liveSince = now;
    m_lastError.reset();
    const bool isNobody
        = !m_config.changes.isEmpty() && identity()->role == QLatin1String("anon");
    const bool isNews = isNobody && !std::exchange(m_isNobody, isNobody);
    if (isNews) {
        qCWarning(lcRealtime) << "channel" << m_topic
                              << "watches tables in nobody's name: row level security may hide all";
    }
    Q_EMIT gap(since ? wall - (now - *since) - DeliveryLag : WallTime{}, wall);
    if (isNews) {
        Q_EMIT watchedAsNobody();
    }
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
    m_refusedBindings.clear();
    m_waitRefused = false;
    handle(ChannelMachine::ConfigChanged{!m_config.changes.isEmpty()});
}

void RealtimeChannel::receive(const PhoenixMessage& message)
{
    // What belongs to an earlier join must not touch this one.
    // A vsn 1.0.0 server names the join of a close in its ref.
    const QString& event = message.event;
    const bool isEnd = event == QLatin1String("phx_close") || event == QLatin1String("phx_error");
    const std::optional<QString>& of
        = isEnd && !message.joinRef ? message.ref : message.joinRef;
    const bool isOfThisJoin = !of || *of == m_joinRef;
    if (event == QLatin1String("phx_reply")) {
        receiveReply(message);
    } else if (event == QLatin1String("broadcast")) {
        receiveBroadcast(message);
    } else if (event == QLatin1String("postgres_changes")) {
        receiveChange(message);
    } else if (event == QLatin1String("presence_diff")) {
        announcePresence(m_presence.applyDiff(message.payload.toObject()));
    } else if (!isOfThisJoin || m_joinRef.isEmpty()) {
        qCDebug(lcRealtime) << "late" << event << "for" << m_topic;
    } else if (event == QLatin1String("presence_state")) {
        announcePresence(m_presence.applyState(message.payload.toObject()));
    } else if (event == QLatin1String("system")) {
        receiveSystem(message.payload.toObject());
    } else if (event == QLatin1String("phx_close")) {
        receiveClose();
    } else if (event == QLatin1String("phx_error")) {
        failAwaitingReply(offline("channel_crashed"));
        m_joinRef.clear();
        handle(ChannelMachine::Crashed{});
    } else {
        qCInfo(lcRealtime) << "unknown event" << event << "on" << m_topic;
    }
}

void RealtimeChannel::receiveClose()
{
    JoinFailure why{
        JoinPolicy::Soon, {ErrorKind::Server, QStringLiteral("channel_closed"), {}, {}}};
    if (const auto said = std::exchange(m_systemError, std::nullopt)) {
        why = said->failure;
        if (said->text.contains(QLatin1String("Track message size"))) {
            m_tracked.reset(); // shown again it would close the next join too
        }
    }
    failAwaitingReply(why.error);
    m_joinRef.clear();
    handle(ChannelMachine::ServerClosed{why});
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
    const Result<void> result
        = ok ? Result<void>() : pushError(payload.value(QLatin1String("response")));
    if (*message.ref == m_shownRef && ok) {
        m_isShownSure = true;
        m_isTokenFresh = false;
        m_trackAttempt = 0;
    } else if (*message.ref == m_shownRef) {
        presenceFailed(result.error());
    }
    resolveAll(push.promises, result);
}

void RealtimeChannel::receiveJoinReply(const PhoenixMessage& message)
{
    const QJsonObject payload = message.payload.toObject();
    const QJsonValue response = payload.value(QLatin1String("response"));
    if (payload.value(QLatin1String("status")) != QLatin1String("ok")) {
        JoinFailure failure = joinFailureFrom(reasonIn(response));
        if (failure.error.code == QLatin1String("UnableToReplayMessages")) {
            m_replayRefused = true;
        }
        const bool waited = m_config.waitForDatabase && !m_watched.isEmpty() && !m_waitRefused;
        if (waited && failure.error.code == QLatin1String("RealtimeDisabledForConfiguration")) {
            m_waitRefused = true; // joined without, only the bad binding is refused
            failure.policy = JoinPolicy::Soon;
        }
        m_joinRef.clear();
        handle(ChannelMachine::JoinFailed{failure});
        if (m_client) {
            m_client->joinWasRefused();
        }
        return;
    }
    const bool mapped = mapBindings(
        response.toObject().value(QLatin1String("postgres_changes")).toArray());
    handle(ChannelMachine::JoinOk{});
    if (!mapped) {
        handle(ChannelMachine::DatabaseFailed{
            {ErrorKind::Protocol, QStringLiteral("binding_mismatch"), {}, {}}});
    }
}

void RealtimeChannel::extendJoin()
{
    const bool asked = m_machine.phase == ChannelMachine::Phase::Joining && !m_machine.waiting
        && m_joinTimer.isScheduled();
    if (asked) {
        startTimer({ChannelMachine::Timer::Join, ChannelMachine::JoinTimeout});
    }
}

/// By content first, as servers may add to what they echo; what is left by its place.
bool RealtimeChannel::mapBindings(const QJsonArray& echoes)
{
    const auto idOf = [](const QJsonObject& echo) {
        const QJsonValue id = echo.value(QLatin1String("id"));
        return id.isDouble() ? std::optional(id.toInteger()) : std::nullopt;
    };
    QList<qsizetype> free;
    for (qsizetype i = 0; i < echoes.size(); ++i) {
        free.append(i);
    }
    for (Watched& watched : m_watched) {
        watched.id.reset();
        const auto match = std::find_if(free.begin(), free.end(), [&](qsizetype i) {
            return watched.sent.isEchoedBy(echoes.at(i).toObject());
        });
        if (match != free.end()) {
            watched.id = idOf(echoes.at(*match).toObject());
            free.erase(match);
        }
    }
    for (Watched& watched : m_watched) {
        if (!watched.id && !free.isEmpty()) {
            watched.id = idOf(echoes.at(free.takeFirst()).toObject());
        }
    }
    return std::all_of(m_watched.begin(), m_watched.end(),
        [](const Watched& watched) { return watched.id.has_value(); });
}

void RealtimeChannel::receiveSystem(const QJsonObject& payload)
{
    const bool ok = payload.value(QLatin1String("status")) == QLatin1String("ok");
    const bool isDatabase
        = payload.value(QLatin1String("extension")) == QLatin1String("postgres_changes");
    const QString message = textOf(payload.value(QLatin1String("message")));
    Q_EMIT systemReceived(payload.value(QLatin1String("extension")).toString(), ok, message);
    if (!m_client) {
        return; // a slot ended it
    }
    if (isDatabase && ok) {
        handle(ChannelMachine::DatabaseOk{});
    } else if (isDatabase) {
        databaseFailed(message);
    } else if (!ok) {
        m_systemError = SystemError{joinFailureFrom(message), message};
    } else if (message.startsWith(QLatin1String("Replication connection"))) {
        m_replicationReady = true;
        if (isLive()) {
            announceLive(); // what the database sent since the join may be lost
        }
    }
}

/// One binding the database cannot watch takes all of the channel's with it, so it is left out. An
/// older server may not know what it was asked: then it is asked less, and the rest checked here.
void RealtimeChannel::databaseFailed(const QString& reason)
{
    const bool isHidden = reason.contains(QLatin1String("check Realtime is enabled"));
    const Error error{ErrorKind::Invalid,
        isHidden ? QStringLiteral("table_not_published") : QStringLiteral("database_subscription"),
        redacted(reason), {}};
    const auto named = std::find_if(m_watched.begin(), m_watched.end(),
        [&](const Watched& watched) { return isNamedIn(reason, watched.sent); });
    const bool aboutFilter = reason.contains(QLatin1String("Error parsing `filter`"));
    const auto isModern
        = [](const Watched& watched) { return watched.wanted != watched.wanted.forOldServers(); };
    const bool modern = named != m_watched.end()
        ? isModern(*named)
        : aboutFilter && std::any_of(m_watched.begin(), m_watched.end(), isModern);
    if (modern && !std::exchange(m_plainBindings, true)) {
        m_lastError = error;
        handle(ChannelMachine::ConfigChanged{true});
        return;
    }
    if (named == m_watched.end() || m_watched.size() < 2) {
        handle(ChannelMachine::DatabaseFailed{error});
        return;
    }
    const PostgresBinding binding = named->wanted;
    m_refusedBindings.append(binding);
    qCWarning(lcRealtime) << "the database cannot watch" << binding.schema << binding.table
                          << "for" << m_topic << error.detail;
    handle(ChannelMachine::ConfigChanged{true});
    Q_EMIT bindingRefused(binding, error);
}

bool RealtimeChannel::Watched::isMetBy(const ChangeEvent& change) const
{
    const bool isEvent = wanted.event == QLatin1String("*") || wanted.event == change.typeText;
    return id && change.ids.contains(*id) && isEvent
        && (!check
            || check->matches(change.type == ChangeEvent::Type::Delete ? change.oldRecord
                                                                       : change.record));
}

QList<PostgresBinding> RealtimeChannel::bindingsOf(const ChangeEvent& change) const
{
    QList<PostgresBinding> bindings;
    for (const Watched& watched : m_watched) {
        if (watched.isMetBy(change)) {
            bindings.append(watched.wanted);
        }
    }
    return bindings;
}

void RealtimeChannel::receiveChange(const PhoenixMessage& message)
{
    const Result<ChangeEvent> change = decodeChange(message, &m_client->m_names);
    if (!change.ok()) {
        qCWarning(lcRealtime) << "unreadable change on" << m_topic << change.error().detail;
        return;
    }
    const bool isWanted = std::any_of(m_watched.begin(), m_watched.end(),
        [&](const Watched& watched) { return watched.isMetBy(*change); });
    if (m_machine.joined && isWanted) {
        Q_EMIT changeReceived(*change);
    }
}

void RealtimeChannel::receiveBroadcast(const PhoenixMessage& message)
{
    if (!m_machine.joined) {
        return;
    }
    const Result<Broadcast> broadcast = decodeBroadcast(message, &m_client->m_names);
    if (!broadcast.ok()) {
        qCWarning(lcRealtime) << "unreadable broadcast on" << m_topic;
        return;
    }
    if (isRepeated(broadcast->meta)) {
        return;
    }
    if (message.binaryPayload) {
        Q_EMIT binaryBroadcastReceived(
            broadcast->event, *message.binaryPayload, broadcast->meta);
    } else {
        Q_EMIT broadcastReceived(broadcast->event, broadcast->payload, broadcast->meta);
    }
}

bool RealtimeChannel::isRepeated(const BroadcastMeta& meta)
{
    if (meta.id.isEmpty()) {
        return false;
    }
    if (std::find(m_broadcastIds.begin(), m_broadcastIds.end(), meta.id) != m_broadcastIds.end()) {
        return true;
    }
    m_broadcastIds.push_back(meta.id);
    if (m_broadcastIds.size() > BroadcastIdCount) {
        m_broadcastIds.pop_front();
    }
    return false;
}

Async<void> RealtimeChannel::broadcast(
    const QString& event, const QJsonObject& payload, const BroadcastOptions& options)
{
    if (options.persist && m_client && (!m_config.isPrivate || !m_client->takesBytes())) {
        return readyAsync<void>(
            Error{ErrorKind::Invalid, QStringLiteral("persist_unsupported"), {}, {}});
    }
    return push({event, payload, {}, options.persist, {}, {}}, options);
}

Async<void> RealtimeChannel::broadcastBytes(
    const QString& event, const QByteArray& payload, const BroadcastOptions& options)
{
    if (options.persist && !m_config.isPrivate) {
        return readyAsync<void>(
            Error{ErrorKind::Invalid, QStringLiteral("persist_unsupported"), {}, {}});
    }
    if (m_client && !m_client->takesBytes()) {
        return readyAsync<void>(
            Error{ErrorKind::Invalid, QStringLiteral("binary_unsupported"), {}, {}});
    }
    return push({event, {}, payload, options.persist, {}, {}}, options);
}

Async<BroadcastRoute> RealtimeChannel::broadcastOrPost(
    const QString& event, const QJsonObject& payload, const BroadcastOptions& options)
{
    const AsyncPromise<BroadcastRoute> promise;
    const bool joined = m_client && m_machine.joined && m_machine.phase != ChannelMachine::Phase::Joining;
    const BroadcastRoute route
        = joined || !m_client ? BroadcastRoute::Socket : BroadcastRoute::Http;
    const Async<void> sent = route == BroadcastRoute::Socket
        ? broadcast(event, payload, options)
        : m_client->post({m_topic, event, m_config.isPrivate, options.persist}, payload);
    whenDone(sent, this, [promise, route](const Result<void>& result) {
        promise.resolve(result.ok() ? Result<BroadcastRoute>(route)
                                    : Result<BroadcastRoute>(result.error()));
    });
    return promise.future();
}

Async<void> RealtimeChannel::push(Push push, const BroadcastOptions& options)
{
    using Phase = ChannelMachine::Phase;
    const AsyncPromise<void> promise;
    const Phase phase = m_machine.phase;
    if (!m_client || phase == Phase::Refused || phase == Phase::WaitingForSignIn
        || phase == Phase::Closed) {
        promise.resolve(m_lastError.value_or(offline("channel_not_live")));
        return promise.future();
    }
    push.promises = {promise};
    push.deadline = m_client->m_clock.monotonic() + options.patience;
    if (m_machine.joined && phase != Phase::Joining) {
        sendBroadcast(std::move(push));
        return promise.future();
    }
    if (options.patience <= 0ms) {
        promise.resolve(offline("channel_not_live"));
        return promise.future();
    }
    if (m_backlog.size() >= size_t(LargestBacklog)) {
        const Push oldest = std::move(m_backlog.front());
        m_backlog.pop_front();
        resolveAll(oldest.promises, offline("broadcast_overflow"));
    }
    m_backlog.push_back(std::move(push));
    armPushTimer();
    return promise.future();
}

/// JSON goes as text wherever it can: older servers end the connection on binary frames.
void RealtimeChannel::sendBroadcast(Push push)
{
    if (!push.bytes && !push.persist) {
        push.payload = QJsonObject{{QStringLiteral("type"), QStringLiteral("broadcast")},
            {QStringLiteral("event"), push.event}, {QStringLiteral("payload"), push.payload}};
        push.event = QStringLiteral("broadcast");
    }
    if (m_config.broadcastAck) {
        sendAwaitingReply(std::move(push), m_client->nextRef());
        return;
    }
    const std::optional<Error> problem = sendPush(push, m_client->nextRef());
    resolveAll(push.promises, problem ? Result<void>(*problem) : Result<void>());
}

std::optional<Error> RealtimeChannel::sendPush(const Push& push, const QString& ref)
{
    if (!push.bytes && !push.persist) {
        return m_client->send(message(push.event, ref, push.payload));
    }
    const UserBroadcast broadcast{QStringLiteral("realtime:") + m_topic, push.event,
        push.bytes ? *push.bytes : toJson(push.payload), !push.bytes,
        push.persist ? QByteArrayLiteral(R"({"persist":true})") : QByteArray(), m_joinRef, ref};
    const Result<QByteArray> frame = encodeUserBroadcast(broadcast, Side::Client);
    return frame.ok() ? m_client->sendBytes(*frame) : std::optional(frame.error());
}

std::optional<Error> RealtimeChannel::sendAwaitingReply(Push push, const QString& ref)
{
    if (std::optional<Error> problem = sendPush(push, ref)) {
        resolveAll(push.promises, *problem);
        return problem;
    }
    push.deadline = m_client->m_clock.monotonic() + ReplyTimeout;
    m_awaitingReply.insert(ref, std::move(push));
    armPushTimer();
    return std::nullopt;
}

Async<void> RealtimeChannel::track(const QJsonObject& meta)
{
    if (!m_config.presenceKey) {
        return readyAsync<void>(
            Error{ErrorKind::Invalid, QStringLiteral("presence_not_configured"), {}, {}});
    }
    m_tracked = meta;
    return showPresence();
}

Async<void> RealtimeChannel::untrack()
{
    m_tracked.reset();
    return showPresence();
}

/// The wish stays also when the promise gives up waiting for the join.
Async<void> RealtimeChannel::showPresence()
{
    const AsyncPromise<void> promise;
    if (!m_client) {
        promise.resolve(m_lastError.value_or(offline("channel_not_live")));
        return promise.future();
    }
    m_trackAttempt = 0;
    m_trackPromises.append(promise);
    if (!m_machine.joined && !m_trackDeadline) {
        m_trackDeadline = m_client->m_clock.monotonic() + ReplyTimeout;
        armPushTimer();
    }
    syncPresence();
    return promise.future();
}

void RealtimeChannel::syncPresence()
{
    m_trackTimer.cancel();
    if (!m_client || !m_machine.joined) {
        return;
    }
    m_trackDeadline.reset();
    if (m_shown == m_tracked && m_isShownSure) {
        resolveAll(std::exchange(m_trackPromises, {}), {});
        return;
    }
    const auto unanswered = m_awaitingReply.find(m_shownRef);
    if (m_shown == m_tracked && unanswered != m_awaitingReply.end()) {
        unanswered->promises.append(std::exchange(m_trackPromises, {}));
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
    m_shown = m_tracked;
    m_shownRef = m_client->nextRef();
    m_isShownSure = false;
    QJsonObject payload{{QStringLiteral("type"), QStringLiteral("presence")},
        {QStringLiteral("event"), m_tracked ? QStringLiteral("track") : QStringLiteral("untrack")}};
    if (m_tracked) {
        payload.insert(QStringLiteral("payload"), *m_tracked);
    }
    const std::optional<Error> problem = sendAwaitingReply(
        {QStringLiteral("presence"), payload, {}, false, std::exchange(m_trackPromises, {}), {}},
        m_shownRef);
    if (problem) {
        presenceFailed(*problem);
    } else {
        m_trackTimes.push_back(now);
    }
}

/// Nobody knows what the others see now. A newer wish that waits for the budget will tell them.
void RealtimeChannel::presenceFailed(const Error& error)
{
    if (m_shown != m_tracked) {
        return;
    }
    if (error.kind == ErrorKind::Invalid) {
        m_tracked.reset(); // it will never fit
        return;
    }
    const bool isOvertaken
        = error.kind == ErrorKind::Forbidden && std::exchange(m_isTokenFresh, false);
    if ((error.kind == ErrorKind::Forbidden && !isOvertaken)
        || m_trackAttempt >= MostTrackRetries) {
        return; // until somebody asks, or this is another join, or another token
    }
    const auto wait
        = TrackRetryFloor + m_client->jitter(m_trackAttempt++, ChannelMachine::RetryCap);
    m_trackTimer = m_client->m_scheduler.after(wait, [this] { syncPresence(); });
}

void RealtimeChannel::announcePresence(const Presence::Change& change)
{
    const QStringList lingering = m_presence.lingering();
    m_leaveAt.removeIf([&](const auto& entry) { return !lingering.contains(entry.key()); });
    if (m_client) {
        const MonotonicTime due = m_client->m_clock.monotonic() + LeaveGrace;
        for (const QString& key : lingering) {
            if (!m_leaveAt.contains(key)) {
                m_leaveAt.insert(key, due);
            }
        }
        settlePresence();
    }
    Q_EMIT presenceChanged(change);
}

void RealtimeChannel::settlePresence()
{
    const auto next = std::min_element(m_leaveAt.cbegin(), m_leaveAt.cend());
    if (next == m_leaveAt.cend()) {
        m_leaveTimer.cancel();
        return;
    }
    const auto wait
        = std::chrono::ceil<std::chrono::milliseconds>(*next - m_client->m_clock.monotonic());
    m_leaveTimer = m_client->m_scheduler.after(std::max(wait, 0ms), [this] {
        QStringList due;
        for (auto entry = m_leaveAt.cbegin(); entry != m_leaveAt.cend(); ++entry) {
            if (*entry <= m_client->m_clock.monotonic()) {
                due.append(entry.key());
            }
        }
        announcePresence(m_presence.settle(due));
    });
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

/// Nothing stays overdue while this thread runs: then its reply may be among what is not read yet.
void RealtimeChannel::forgiveOwnDelay()
{
    const MonotonicTime now = m_client ? m_client->m_clock.monotonic() : MonotonicTime{};
    const bool wasHeldUp = std::any_of(m_awaitingReply.cbegin(), m_awaitingReply.cend(),
        [now](const Push& push) { return push.deadline + Deadline::Slack < now; });
    if (wasHeldUp) {
        for (Push& push : m_awaitingReply) {
            push.deadline = std::max(push.deadline, now + Deadline::Grace);
        }
    }
}

void RealtimeChannel::armPushTimer()
{
    forgiveOwnDelay();
    std::optional<MonotonicTime> earliest;
    const auto consider = [&earliest](const Push& push) {
        earliest = earliest ? std::min(*earliest, push.deadline) : push.deadline;
    };
    std::for_each(m_backlog.begin(), m_backlog.end(), consider);
    std::for_each(m_awaitingReply.cbegin(), m_awaitingReply.cend(), consider);
    if (m_trackDeadline) {
        earliest = earliest ? std::min(*earliest, *m_trackDeadline) : *m_trackDeadline;
    }
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
    forgiveOwnDelay();
    const MonotonicTime now = m_client->m_clock.monotonic();
    const auto presence = m_awaitingReply.constFind(m_shownRef);
    const bool isPresenceLate
        = presence != m_awaitingReply.constEnd() && presence->deadline <= now;
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
    if (m_trackDeadline && *m_trackDeadline <= now) {
        m_trackDeadline.reset();
        unsent.append(std::exchange(m_trackPromises, {}));
    }
    armPushTimer();
    const Error late{ErrorKind::Timeout, QStringLiteral("broadcast_unanswered"), {}, {}};
    if (isPresenceLate) {
        presenceFailed(late);
    }
    resolveAll(unanswered, late);
    resolveAll(unsent, offline("channel_not_live"));
}
