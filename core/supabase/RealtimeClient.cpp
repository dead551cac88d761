// SPDX-License-Identifier: GPL-3.0-or-later
#include "supabase/RealtimeClient.h"

#include "base/Log.h"
#include "net/Deadline.h"
#include "net/Transport.h"
#include "supabase/AuthSession.h"
#include "supabase/ServerError.h"
#include "wire/Json.h"
#include "wire/PostgrestQuery.h"

using namespace std::chrono_literals;

namespace {

constexpr QLatin1String TopicPrefix("realtime:");
constexpr std::chrono::milliseconds HealthInterval = 250ms;
/// A server that cannot read binary broadcasts ends the connection within this time.
constexpr std::chrono::milliseconds BytesDoubt = 5s;
constexpr int InternalError = 1011;
constexpr const char* JsonType = "application/json";

Error unsupported(const char* code)
{
    return {ErrorKind::Invalid, QLatin1String(code), {}, {}};
}

std::chrono::milliseconds smoothed(
    std::optional<std::chrono::milliseconds> before, std::chrono::milliseconds sample)
{
    constexpr int Weight = 8; // RFC 6298, alpha = 1/8
    return before ? *before + (sample - *before) / Weight : sample;
}

SocketMachine::Event eventOf(SocketMachine::Timer timer)
{
    using namespace SocketMachine;
    switch (timer) {
    case Timer::Heartbeat:
        return HeartbeatDue{};
    case Timer::Reply:
        return HeartbeatLate{};
    case Timer::Probe:
        return ProbeLate{};
    case Timer::Retry:
        return RetryDue{};
    case Timer::Stability:
        break;
    }
    return Stable{};
}

Result<void> postResult(const HttpResponse& answer)
{
    if (answer.isSuccess()) {
        return {};
    }
    const QJsonObject body = parseJson(answer.body).valueOr({}).toObject();
    QString text = body.value(QLatin1String("message")).toString();
    if (text.isEmpty()) {
        text = body.value(QLatin1String("error")).toString();
    }
    return serverError(answer, {}, text);
}

} // namespace

RealtimeClient::RealtimeClient(Project project, AuthSession& session, TransportFactory& transports,
    Clock& clock, Scheduler& scheduler, RandomSource& random, QObject* parent)
    : QObject(parent), m_project(std::move(project)), m_session(session), m_transports(transports),
      m_clock(clock), m_scheduler(scheduler), m_random(random)
{
    connect(&session, &AuthSession::accessTokenChanged, this, &RealtimeClient::tokenChanged);
    connect(&session, &AuthSession::stateChanged, this, &RealtimeClient::sessionChanged);
}

RealtimeClient::~RealtimeClient()
{
    dropSocket();
    const Error gone{ErrorKind::Cancelled, QStringLiteral("realtime_gone"), {}, {}};
    for (const auto& [topic, held] : m_channels) {
        held.channel->detach(RealtimeChannel::State::Closed, gone);
        if (held.handle.expired()) {
            held.channel->deleteLater();
        }
    }
    for (RealtimeChannel* channel : std::as_const(m_leaving)) {
        channel->detach(RealtimeChannel::State::Closed, gone);
        channel->deleteLater();
    }
}

void RealtimeClient::start()
{
    m_wanted = true;
    planIdleDisconnect();
    handle(SocketMachine::Start{});
}

void RealtimeClient::stop()
{
    m_wanted = false;
    m_idleTimer.cancel();
    handle(SocketMachine::Stop{});
}

void RealtimeClient::networkUp()
{
    handle(SocketMachine::NetworkUp{});
    freshenToken();
}

void RealtimeClient::woke(std::chrono::milliseconds)
{
    handle(SocketMachine::Woke{});
    freshenToken();
}

/// A token may have expired while the computer slept: asking for it refreshes it.
void RealtimeClient::freshenToken()
{
    if (m_session.state() == AuthSession::State::SignedIn) {
        whenDone(m_session.accessToken(), this, [](const Result<QString>&) {});
    }
}

Async<std::chrono::milliseconds> RealtimeClient::ping()
{
    if (!isOpen()) {
        return readyAsync<std::chrono::milliseconds>(
            Error{ErrorKind::Offline, QStringLiteral("socket_not_open"), {}, {}});
    }
    const AsyncPromise<std::chrono::milliseconds> promise;
    m_pings.append(promise);
    handle(SocketMachine::HeartbeatDue{});
    return promise.future();
}

SocketHealth RealtimeClient::health() const
{
    SocketHealth health = m_health;
    health.phase = SocketHealth::Phase(int(m_machine.phase));
    health.resting = m_wanted && m_machine.phase == SocketMachine::Phase::Stopped;
    health.channels = int(m_channels.size());
    for (const auto& [topic, held] : m_channels) {
        health.liveChannels += held.channel->isLive() ? 1 : 0;
        health.queued += held.channel->queuedCount();
    }
    return health;
}

std::shared_ptr<RealtimeChannel> RealtimeClient::channel(
    const QString& topic, const ChannelConfig& config)
{
    if (const auto known = m_channels.find(topic); known != m_channels.end()) {
        RealtimeChannel* shared = known->second.channel;
        ChannelConfig merged = shared->config();
        if (merged.merge(config)) {
            shared->mergeConfig(merged);
            return handleTo(shared);
        }
        const std::shared_ptr<RealtimeChannel> refused(new RealtimeChannel(nullptr, topic, config),
            [](RealtimeChannel* c) { c->deleteLater(); });
        refused->detach(RealtimeChannel::State::Refused,
            {ErrorKind::Invalid, QStringLiteral("channel_conflict"), topic, {}});
        return refused;
    }
    auto* channel = new RealtimeChannel(this, topic, config);
    m_channels[topic].channel = channel;
    if (m_channels.size() >= size_t(ManyChannels)) {
        qCWarning(lcRealtime) << m_channels.size() << "channels, the newest is" << topic;
    }
    m_idleTimer.cancel();
    if (m_wanted && m_machine.phase == SocketMachine::Phase::Stopped) {
        handle(SocketMachine::Start{});
    }
    const auto handleToNew = handleTo(channel);
    connect(channel, &RealtimeChannel::stateChanged, this, &RealtimeClient::noteChange);
    if (isOpen()) {
        channel->handle(ChannelMachine::SocketUp{});
    }
    noteChange();
    return handleToNew;
}

std::shared_ptr<RealtimeChannel> RealtimeClient::handleTo(RealtimeChannel* channel)
{
    Held& held = m_channels[channel->topic()];
    held.leaving.cancel();
    if (const auto existing = held.handle.lock()) {
        return existing;
    }
    const std::shared_ptr<RealtimeChannel> handle(
        channel, [client = QPointer<RealtimeClient>(this)](RealtimeChannel* released) {
            if (client) {
                client->release(released);
            } else {
                released->deleteLater();
            }
        });
    held.handle = handle;
    return handle;
}

void RealtimeClient::release(RealtimeChannel* channel)
{
    m_channels[channel->topic()].leaving = m_scheduler.after(
        LeaveDelay, [this, topic = channel->topic()] { leaveUnlessHeld(topic); });
}

void RealtimeClient::leaveUnlessHeld(const QString& topic)
{
    const auto held = m_channels.find(topic);
    if (!held->second.handle.expired()) {
        return;
    }
    RealtimeChannel* channel = held->second.channel;
    // A slot that hears of the end may ask for the topic again, or end the client.
    m_channels.erase(held);
    m_leaving.append(channel);
    const QPointer<RealtimeClient> alive(this);
    channel->handle(ChannelMachine::Leave{});
    if (!alive) {
        return;
    }
    m_leaving.removeOne(channel);
    channel->detach(RealtimeChannel::State::Closed,
        {ErrorKind::Cancelled, QStringLiteral("channel_left"), {}, {}});
    channel->deleteLater();
    planIdleDisconnect();
    noteChange();
}

void RealtimeClient::planIdleDisconnect()
{
    if (m_options.idleDisconnect && m_wanted && m_channels.empty()) {
        m_idleTimer = m_scheduler.after(
            *m_options.idleDisconnect, [this] { handle(SocketMachine::Stop{}); });
    }
}

/// Events that come while one is being handled wait: no effect sees a half-changed state.
void RealtimeClient::handle(const SocketMachine::Event& event)
{
    m_events.push_back(event);
    if (m_handling) {
        return;
    }
    const QPointer<RealtimeClient> alive(this); // a slot may end the client
    m_handling = true;
    while (!m_events.empty()) {
        const SocketMachine::Event next = std::move(m_events.front());
        m_events.pop_front();
        SocketMachine::Step step = SocketMachine::step(m_machine, next);
        const bool moved = step.state.phase != m_machine.phase;
        m_machine = step.state;
        for (const SocketMachine::Effect& effect : step.effects) {
            perform(effect);
            if (!alive) {
                return;
            }
        }
        if (moved) {
            qCInfo(lcRealtime) << "socket phase" << int(m_machine.phase) << "attempt"
                               << m_machine.attempt;
            noteChange();
        }
    }
    m_handling = false;
}

void RealtimeClient::perform(const SocketMachine::Effect& effect)
{
    using namespace SocketMachine;
    if (std::holds_alternative<OpenSocket>(effect)) {
        openSocket();
    } else if (std::holds_alternative<DropSocket>(effect)) {
        dropSocket();
    } else if (std::holds_alternative<SendHeartbeat>(effect)) {
        sendHeartbeat();
    } else if (const auto* timed = std::get_if<StartTimer>(&effect)) {
        startTimer(timed->timer, timed->delay);
    } else if (const auto* retry = std::get_if<StartRetry>(&effect)) {
        startTimer(Timer::Retry, retry->floor + jitter(retry->attempt, RetryCap));
    } else if (const auto* stopped = std::get_if<StopTimer>(&effect)) {
        m_timers[size_t(stopped->timer)].cancel();
    } else if (std::holds_alternative<AnnounceOpen>(effect)) {
        m_health.lastError.reset();
        const QPointer<RealtimeClient> alive(this);
        tellChannels(ChannelMachine::SocketUp{});
        if (alive && ++m_connections > 1) {
            ++m_health.reconnects;
            Q_EMIT reconnected();
        }
    } else if (std::holds_alternative<AnnounceLost>(effect)) {
        for (const QPointer<RealtimeChannel>& channel : allChannels()) {
            if (channel) {
                channel->connectionLost();
            }
        }
    }
}

void RealtimeClient::startTimer(SocketMachine::Timer timer, std::chrono::milliseconds delay)
{
    using SocketMachine::Timer;
    const auto due = [this, timer] { handle(eventOf(timer)); };
    const bool isVerdict = timer == Timer::Reply || timer == Timer::Probe;
    m_timers[size_t(timer)] = isVerdict ? Deadline::after(m_clock, m_scheduler, delay, due)
                                        : m_scheduler.after(delay, due);
}

std::chrono::milliseconds RealtimeClient::jitter(int attempt, std::chrono::milliseconds cap)
{
    constexpr int LargestShift = 16;
    const auto ceiling = std::min<std::chrono::milliseconds>(
        cap, SocketMachine::RetryBase * (1 << std::min(attempt, LargestShift)));
    return std::chrono::milliseconds(m_random.below(quint64(ceiling.count()) + 1));
}

void RealtimeClient::openSocket()
{
    dropSocket();
    m_transport = m_transports.create(this);
    connect(m_transport, &Transport::opened, this, [this] { handle(SocketMachine::Opened{}); });
    connect(m_transport, &Transport::failed, this, [this](const Error& error) {
        if (error.code == QLatin1String("socket_refused")) {
            explainRefusal();
        }
        m_health.lastError = error;
        handle(SocketMachine::Lost{error});
    });
    connect(m_transport, &Transport::closed, this, [this](int code, const QString& reason) {
        const Error lost{
            ErrorKind::Offline, QStringLiteral("socket_closed_%1").arg(code), redacted(reason), {}};
        m_health.lastError = lost;
        const bool doubtful
            = m_bytesSentAt && m_clock.monotonic() - *m_bytesSentAt < BytesDoubt;
        m_bytesRefused = m_bytesRefused || (code == InternalError && doubtful);
        handle(SocketMachine::Lost{lost});
    });
    connect(m_transport, &Transport::textReceived, this, [this](QByteArrayView text) {
        receive(decodeText(m_options.version, text, &m_names), text.size());
    });
    connect(m_transport, &Transport::binaryReceived, this, [this](QByteArrayView bytes) {
        receive(decodeBinary(bytes, Side::Server), bytes.size());
    });
    m_transport->open(m_project.socketUrl(m_options.version), {{"X-Client-Info", clientName()}});
}

void RealtimeClient::explainRefusal()
{
    if (!m_http || std::exchange(m_explaining, true)) {
        return;
    }
    HttpRequest question{"GET", m_project.socketUrl(m_options.version), {}, {}};
    question.url.setScheme(m_project.url.scheme());
    question.headers.emplaceBack("X-Client-Info", clientName());
    whenDone(m_http->send(question), this, [this](const Result<HttpResponse>& answer) {
        m_explaining = false;
        if (!answer.ok() || isOpen()) {
            return;
        }
        const QJsonObject body = parseJson(answer->body).valueOr({}).toObject();
        const QString text = body.value(QLatin1String("error")).toString();
        if (answer->isSuccess()) {
            m_health.lastError = Error{ErrorKind::Protocol, QStringLiteral("not_an_academy"), {}, {}};
        } else if (answer->status >= 400 && !text.isEmpty()) {
            m_health.lastError = serverError(
                *answer, QStringLiteral("socket_refused_%1").arg(answer->status), text);
        }
        noteChange();
    });
}

void RealtimeClient::dropSocket()
{
    m_heartbeats.clear();
    const Error lost{ErrorKind::Offline, QStringLiteral("connection_lost"), {}, {}};
    for (const auto& ping : std::exchange(m_pings, {})) {
        ping.resolve(lost);
    }
    if (Transport* transport = std::exchange(m_transport, nullptr)) {
        transport->disconnect(this);
        transport->abort();
        transport->deleteLater();
    }
}

void RealtimeClient::sendHeartbeat()
{
    PhoenixMessage heartbeat;
    heartbeat.ref = nextRef();
    heartbeat.topic = QStringLiteral("phoenix");
    heartbeat.event = QStringLiteral("heartbeat");
    m_heartbeats.insert(*heartbeat.ref, m_clock.monotonic());
    send(heartbeat);
}

void RealtimeClient::receive(const Result<PhoenixMessage>& message, qsizetype size)
{
    ++m_health.messagesIn;
    m_health.bytesIn += size;
    m_health.lastInbound = m_clock.monotonic();
    const QPointer<RealtimeClient> alive(this);
    if (SocketMachine::isInDoubt(m_machine)) {
        handle(SocketMachine::Inbound{});
    }
    if (!message.ok()) {
        ++m_health.unreadable;
        qCWarning(lcRealtime) << "unreadable frame of" << size
                              << "bytes:" << message.error().detail;
    } else if (message->topic == QLatin1String("phoenix")) {
        receiveHeartbeat(*message);
    } else if (message->topic.startsWith(TopicPrefix)) {
        const auto held = m_channels.find(QStringView(message->topic).sliced(TopicPrefix.size()));
        if (held != m_channels.end()) {
            held->second.channel->receive(*message);
        }
    }
    if (!alive) {
        return; // a slot ended the client
    }
    noteChange();
}

void RealtimeClient::receiveHeartbeat(const PhoenixMessage& message)
{
    const auto sent = m_heartbeats.constFind(message.ref.value_or(QString()));
    if (sent == m_heartbeats.constEnd()) {
        return;
    }
    const auto rtt
        = std::chrono::duration_cast<std::chrono::milliseconds>(m_clock.monotonic() - *sent);
    m_heartbeats.clear();
    m_health.rtt = rtt;
    m_health.smoothedRtt = smoothed(m_health.smoothedRtt, rtt);
    for (const auto& ping : std::exchange(m_pings, {})) {
        ping.resolve(rtt);
    }
}

QList<QPointer<RealtimeChannel>> RealtimeClient::allChannels() const
{
    QList<QPointer<RealtimeChannel>> channels;
    for (const auto& [topic, held] : m_channels) {
        channels.append(held.channel);
    }
    return channels;
}

void RealtimeClient::tellChannels(const ChannelMachine::Event& event)
{
    for (const QPointer<RealtimeChannel>& channel : allChannels()) {
        if (channel) {
            channel->handle(event);
        }
    }
}

void RealtimeClient::tokenChanged(const QString& token)
{
    m_token = token;
    tellChannels(ChannelMachine::TokenChanged{});
}

void RealtimeClient::sessionChanged()
{
    if (m_session.state() != AuthSession::State::SignedOut) {
        return;
    }
    m_token.clear();
    const Error signedOut{ErrorKind::Unauthorized, QStringLiteral("signed_out"), {}, {}};
    for (const QPointer<RealtimeChannel>& channel : allChannels()) {
        if (channel && channel->config().isPrivate) {
            channel->handle(ChannelMachine::TokenMissing{signedOut});
        } else if (channel) {
            channel->identityChanged();
        }
    }
}

void RealtimeClient::noteChange()
{
    if (!m_healthTimer.isScheduled()) {
        m_healthTimer = m_scheduler.after(HealthInterval, [this] {
            m_healthTimer.cancel();
            Q_EMIT healthChanged();
        });
    }
}

QString RealtimeClient::nextRef()
{
    return QString::number(++m_lastRef);
}

bool RealtimeClient::isOpen() const
{
    return m_machine.phase == SocketMachine::Phase::Open
        || m_machine.phase == SocketMachine::Phase::Probing;
}

std::optional<Error> RealtimeClient::obstacleTo(qsizetype size) const
{
    if (!m_transport || !isOpen()) {
        return Error{ErrorKind::Offline, QStringLiteral("connection_lost"), {}, {}};
    }
    if (size > LargestMessage) {
        return Error{ErrorKind::Invalid, QStringLiteral("payload_size_exceeded"), {}, {}};
    }
    if (m_transport->bytesToWrite() > LargestPileUp) {
        return Error{ErrorKind::RateLimited, QStringLiteral("socket_congested"), {}, {}};
    }
    return std::nullopt;
}

std::optional<Error> RealtimeClient::send(const PhoenixMessage& message)
{
    const QByteArray text = encodeText(m_options.version, message, Side::Client);
    if (auto obstacle = obstacleTo(text.size())) {
        return obstacle;
    }
    ++m_health.messagesOut;
    m_health.bytesOut += text.size();
    m_transport->sendText(text);
    return std::nullopt;
}

std::optional<Error> RealtimeClient::sendBytes(const QByteArray& frame)
{
    if (auto obstacle = obstacleTo(frame.size())) {
        return obstacle;
    }
    ++m_health.messagesOut;
    m_health.bytesOut += frame.size();
    m_bytesSentAt = m_clock.monotonic();
    m_transport->sendBinary(frame);
    return std::nullopt;
}

bool RealtimeClient::takesBytes() const
{
    return m_options.version == PhoenixVersion::V2 && !m_bytesRefused;
}

HttpRequest RealtimeClient::postRequest(
    const QUrl& url, const char* type, const QByteArray& body, const QString& token) const
{
    HttpRequest request{"POST", url, {{"Content-Type", type}}, body};
    request.headers.emplaceBack("apikey", m_project.anonKey.toLatin1());
    request.headers.emplaceBack("X-Client-Info", clientName());
    const QString& bearer = token.isEmpty() ? m_project.anonKey : token;
    if (!bearer.startsWith(QLatin1String("sb_"))) {
        request.headers.emplaceBack("Authorization", "Bearer " + bearer.toLatin1());
    }
    return request;
}

Async<void> RealtimeClient::post(const PostTarget& target, const QJsonObject& payload)
{
    return postContent(target, JsonType, toJson(payload),
        [=, this](const QString& token, const AsyncPromise<void>& promise) {
            if (target.persist) {
                promise.resolve(unsupported("persist_unsupported"));
            } else {
                postBatch(target, payload, token, promise);
            }
        });
}

Async<void> RealtimeClient::postBytes(const PostTarget& target, const QByteArray& payload)
{
    return postContent(target, "application/octet-stream", payload,
        [](const QString&, const AsyncPromise<void>& promise) {
            promise.resolve(unsupported("binary_unsupported"));
        });
}

Async<void> RealtimeClient::postContent(const PostTarget& target, const char* type,
    const QByteArray& body,
    const std::function<void(const QString&, const AsyncPromise<void>&)>& older)
{
    if (!m_http) {
        return readyAsync<void>(
            Error{ErrorKind::Offline, QStringLiteral("http_not_available"), {}, {}});
    }
    QByteArray address = m_project.realtimeUrl(QStringLiteral("api/broadcast/")).toEncoded()
        + PostgrestQuery::encoded(target.topic) + "/events/" + PostgrestQuery::encoded(target.event);
    address += target.isPrivate ? "?private=true" : "";
    address += !target.persist ? "" : target.isPrivate ? "&persist=true" : "?persist=true";
    const AsyncPromise<void> promise;
    const Async<QString> token = m_session.state() == AuthSession::State::SignedOut
        ? readyAsync<QString>(QString())
        : m_session.accessToken();
    whenDone(token, this, [=, this](const Result<QString>& got) {
        if (!got.ok()) {
            promise.resolve(got.error());
            return;
        }
        const HttpRequest request = postRequest(QUrl::fromEncoded(address), type, body, *got);
        whenDone(m_http->send(request), this,
            [promise, older, bearer = *got](const Result<HttpResponse>& answer) {
                if (!answer.ok()) {
                    promise.resolve(answer.error());
                } else if (answer->status == 404 || answer->status == 405) {
                    older(bearer, promise); // before v2.97
                } else {
                    promise.resolve(postResult(*answer));
                }
            });
    });
    return promise.future();
}

void RealtimeClient::postBatch(const PostTarget& target, const QJsonObject& payload,
    const QString& token, const AsyncPromise<void>& promise)
{
    const QJsonObject message{{QStringLiteral("topic"), target.topic},
        {QStringLiteral("event"), target.event}, {QStringLiteral("payload"), payload},
        {QStringLiteral("private"), target.isPrivate}};
    const QJsonObject body{{QStringLiteral("messages"), QJsonArray{message}}};
    const HttpRequest request = postRequest(
        m_project.realtimeUrl(QStringLiteral("api/broadcast")), JsonType, toJson(body), token);
    whenDone(m_http->send(request), this, [promise](const Result<HttpResponse>& answer) {
        promise.resolve(answer.ok() ? postResult(*answer) : Result<void>(answer.error()));
    });
}

MonotonicTime RealtimeClient::lastHeard() const
{
    return m_health.lastInbound.value_or(m_clock.monotonic());
}

void RealtimeClient::joinWasRefused()
{
    for (const auto& [topic, held] : m_channels) {
        held.channel->extendJoin();
    }
}

void RealtimeClient::queueJoin(RealtimeChannel* channel, std::function<void()> join)
{
    cancelJoin(channel);
    m_joins.push_back({channel, std::move(join)});
    sendNextJoin();
}

void RealtimeClient::cancelJoin(const RealtimeChannel* channel)
{
    std::erase_if(
        m_joins, [channel](const WaitingJoin& waiting) { return waiting.channel == channel; });
}

void RealtimeClient::sendNextJoin()
{
    if (m_joins.empty()) {
        m_joinTimer.cancel();
        return;
    }
    const auto now = m_clock.monotonic();
    const auto due = m_lastJoin ? *m_lastJoin + JoinSpacing : now;
    if (now < due) {
        const auto wait = std::chrono::ceil<std::chrono::milliseconds>(due - now);
        m_joinTimer = m_scheduler.after(wait, [this] { sendNextJoin(); });
        return;
    }
    const WaitingJoin next = std::move(m_joins.front());
    m_joins.pop_front();
    if (next.channel) {
        m_lastJoin = now;
        next.join();
    }
    sendNextJoin();
}
