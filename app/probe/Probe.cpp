// SPDX-License-Identifier: GPL-3.0-or-later
#include "probe/Probe.h"

#include "store/KeychainSecretStore.h"
#include "store/MemorySecretStore.h"
#include "wire/Json.h"

#include <QMetaEnum>

#include <array>

namespace {

std::unique_ptr<SecretStore> makeSecretStore(bool kept)
{
    if (kept) {
        return std::make_unique<KeychainSecretStore>();
    }
    return std::make_unique<MemorySecretStore>();
}

QJsonValue timeOrNull(WallTime time)
{
    return time == WallTime{} ? QJsonValue() : QJsonValue(toIsoString(time));
}

QJsonObject describe(const ChangeEvent& change)
{
    QJsonObject described{{QStringLiteral("type"), change.typeText},
        {QStringLiteral("schema"), change.schema}, {QStringLiteral("table"), change.table},
        {QStringLiteral("commit_timestamp"), change.commitTimestamp},
        {QStringLiteral("record"), change.record.values()},
        {QStringLiteral("old_record"), change.oldRecord.values()}};
    if (!change.errors.isEmpty()) {
        described.insert(QStringLiteral("errors"), QJsonArray::fromStringList(change.errors));
    }
    if (const QStringList missing = change.missingColumns(); !missing.isEmpty()) {
        described.insert(QStringLiteral("missing"), QJsonArray::fromStringList(missing));
    }
    return described;
}

/// "table?select=…&column=op.value&order=…&limit=…"
PostgrestQuery queryFrom(const QString& path)
{
    PostgrestQuery query(path.section(QLatin1Char('?'), 0, 0));
    const QStringList parameters
        = path.section(QLatin1Char('?'), 1).split(QLatin1Char('&'), Qt::SkipEmptyParts);
    for (const QString& parameter : parameters) {
        const QString name = parameter.section(QLatin1Char('='), 0, 0);
        const QString value = parameter.section(QLatin1Char('='), 1);
        if (name == QLatin1String("select")) {
            query.select(value);
        } else if (name == QLatin1String("limit")) {
            query.limit(value.toLongLong());
        } else if (name == QLatin1String("offset")) {
            query.offset(value.toLongLong());
        } else if (name == QLatin1String("order")) {
            query.orderBy(value.section(QLatin1Char('.'), 0, 0),
                !value.endsWith(QLatin1String(".desc")));
        } else {
            query.filter(name, value.section(QLatin1Char('.'), 0, 0),
                value.section(QLatin1Char('.'), 1));
        }
    }
    return query;
}

} // namespace

Probe::Probe(ProbeArguments arguments, std::function<void(const QByteArray&)> write)
    : m_arguments(std::move(arguments)), m_log(m_clock, std::move(write)),
      m_http(m_arguments.project.pin()), m_secrets(makeSecretStore(m_arguments.kept)),
      m_transports(m_scheduler, m_arguments.project.pin()), m_network(m_clock, m_scheduler),
      m_sessionLock(m_scheduler),
      m_session(m_arguments.project, m_http, *m_secrets, m_clock, m_scheduler, m_random),
      m_rest(m_arguments.project, m_http, m_session, m_clock),
      m_realtime(m_arguments.project, m_session, m_transports, m_clock, m_scheduler, m_random)
{
    if (m_secrets->isPersistent()) {
        m_session.useLock(m_sessionLock);
    }
    m_realtime.setHttp(m_http);
    m_realtime.setOptions({m_arguments.version, {}});
    connect(&m_network, &NetworkWatch::networkUp, &m_realtime, &RealtimeClient::networkUp);
    connect(&m_network, &NetworkWatch::woke, &m_realtime, &RealtimeClient::woke);
    connect(&m_realtime, &RealtimeClient::healthChanged, this, &Probe::logSocket);
    connect(&m_session, &AuthSession::stateChanged, this, [this] {
        const char* state = QMetaEnum::fromType<AuthSession::State>().valueToKey(int(m_session.state()));
        m_log.add("session", {{QStringLiteral("state"), QLatin1String(state)},
                                 {QStringLiteral("user"), m_session.user().id.toString()}});
    });
    connect(&m_session, &AuthSession::accessTokenChanged, this,
        [this](const QString&) { m_log.add("token", {}); });
}

void Probe::start(const QString& password)
{
    m_log.add("start", {{QStringLiteral("host"), m_arguments.project.url.host()},
                           {QStringLiteral("port"), m_arguments.project.url.port(-1)}});
    if (m_arguments.email.isEmpty() && !m_arguments.kept) {
        begin();
        return;
    }
    const Async<void> signedIn = m_arguments.kept
        ? m_session.restore()
        : m_session.signInWithPassword(m_arguments.email, password);
    whenDone(signedIn, this, [this](const Result<void>& result) {
        if (!result.ok()) {
            signInFailed(result.error());
        } else if (m_session.state() == AuthSession::State::SignedOut) {
            signInFailed({ErrorKind::Unauthorized, QStringLiteral("no_session_kept"), {}, {}});
        } else {
            begin();
        }
    });
}

void Probe::signInFailed(const Error& error)
{
    m_log.add("signin", {{QStringLiteral("error"), EventLog::describe(error)}});
    const bool refused = error.kind == ErrorKind::Invalid || error.kind == ErrorKind::Unauthorized
        || error.kind == ErrorKind::Forbidden || error.kind == ErrorKind::Storage;
    note(refused ? SignInRefused : Unreachable);
    end();
}

void Probe::begin()
{
    const auto topicsConfig = [this](bool isPrivate) {
        ChannelConfig config;
        config.isPrivate = isPrivate;
        config.broadcastAck = true;
        config.replicationReady = true;
        if (m_arguments.presence) {
            config.presenceKey = m_arguments.presenceKey;
        }
        return config;
    };
    m_open += int(m_arguments.broadcasts.size());
    if (!m_arguments.tables.isEmpty()) {
        ChannelConfig config;
        config.changes = m_arguments.tables;
        join(QStringLiteral("probe:tables"), config);
    }
    QStringList named;
    for (const ProbeArguments::Topic& topic : std::as_const(m_arguments.topics)) {
        named.append(topic.name);
        join(topic.name, topicsConfig(topic.isPrivate));
    }
    for (const ProbeArguments::Broadcast& broadcast : std::as_const(m_arguments.broadcasts)) {
        if (!named.contains(broadcast.topic)) {
            named.append(broadcast.topic);
            join(broadcast.topic, topicsConfig(false));
        }
    }
    for (const QString& path : std::as_const(m_arguments.reads)) {
        read(path);
    }
    for (const ProbeArguments::Call& one : std::as_const(m_arguments.calls)) {
        call(one);
    }
    if (!m_channels.empty()) {
        m_realtime.start();
    }
    m_end = m_scheduler.after(m_arguments.duration, [this] { end(); });
    if (m_channels.empty() && m_open == 0) {
        end();
    }
}

void Probe::join(const QString& topic, const ChannelConfig& config)
{
    m_channels.push_back(m_realtime.channel(topic, config));
    watch(m_channels.back().get());
    if (config.presenceKey) {
        ++m_open;
        whenDone(m_channels.back()->track(*m_arguments.presence), this,
            [this, topic](const Result<void>& result) {
                QJsonObject line{{QStringLiteral("topic"), topic}, {QStringLiteral("ok"), result.ok()}};
                if (!result.ok()) {
                    line.insert(QStringLiteral("error"), EventLog::describe(result.error()));
                }
                m_log.add("tracked", line);
                done();
            });
    }
}

void Probe::watch(RealtimeChannel* channel)
{
    const QJsonObject topic{{QStringLiteral("topic"), channel->topic()}};
    const auto add = [this, topic](const char* event, QJsonObject members) {
        members.insert(QStringLiteral("topic"), topic.value(QLatin1String("topic")));
        m_log.add(event, members);
    };
    connect(channel, &RealtimeChannel::stateChanged, this, [this, channel] { channelMoved(channel); });
    connect(channel, &RealtimeChannel::changeReceived, this,
        [add](const ChangeEvent& change) { add("change", describe(change)); });
    connect(channel, &RealtimeChannel::broadcastReceived, this,
        [add](const QString& event, const QJsonObject& payload, const BroadcastMeta& meta) {
            add("broadcast", {{QStringLiteral("name"), event}, {QStringLiteral("payload"), payload},
                                 {QStringLiteral("id"), meta.id},
                                 {QStringLiteral("replayed"), meta.replayed}});
        });
    connect(channel, &RealtimeChannel::binaryBroadcastReceived, this,
        [add](const QString& event, const QByteArray& bytes, const BroadcastMeta& meta) {
            add("bytes", {{QStringLiteral("name"), event}, {QStringLiteral("size"), bytes.size()},
                             {QStringLiteral("base64"), QString::fromLatin1(bytes.toBase64())},
                             {QStringLiteral("id"), meta.id}});
        });
    connect(channel, &RealtimeChannel::presenceChanged, this,
        [add, channel](const Presence::Change& change) {
            add("presence", {{QStringLiteral("joined"), QJsonArray::fromStringList(change.joined)},
                                {QStringLiteral("left"), QJsonArray::fromStringList(change.left)},
                                {QStringLiteral("updated"), QJsonArray::fromStringList(change.updated)},
                                {QStringLiteral("there"),
                                    QJsonArray::fromStringList(channel->presence().keys())}});
        });
    connect(channel, &RealtimeChannel::gap, this, [add](WallTime from, WallTime to) {
        add("gap", {{QStringLiteral("from"), timeOrNull(from)}, {QStringLiteral("to"), timeOrNull(to)}});
    });
    connect(channel, &RealtimeChannel::systemReceived, this,
        [add](const QString& extension, bool ok, const QString& message) {
            add("system", {{QStringLiteral("extension"), extension}, {QStringLiteral("ok"), ok},
                              {QStringLiteral("message"), message}});
        });
    connect(channel, &RealtimeChannel::bindingRefused, this,
        [add](const PostgresBinding& binding, const Error& error) {
            add("binding_refused", {{QStringLiteral("binding"), binding.toJson()},
                                       {QStringLiteral("error"), EventLog::describe(error)}});
        });
}

void Probe::channelMoved(RealtimeChannel* channel)
{
    const char* state
        = QMetaEnum::fromType<RealtimeChannel::State>().valueToKey(int(channel->state()));
    QJsonObject line{{QStringLiteral("topic"), channel->topic()},
        {QStringLiteral("state"), QLatin1String(state)}};
    if (channel->lastError() && !channel->isLive()) {
        line.insert(QStringLiteral("error"), EventLog::describe(*channel->lastError()));
    }
    if (const auto next = channel->nextAttempt()) {
        line.insert(QStringLiteral("next_attempt_t"), qint64(next->count()));
    }
    if (const auto identity = channel->identity(); identity && channel->isLive()) {
        line.insert(QStringLiteral("role"), identity->role);
        line.insert(QStringLiteral("subject"), identity->subject);
    }
    m_log.add("channel", line);
    if (channel->isLive()) {
        sendWaiting(channel);
    }
    endWhenSettled();
}

void Probe::sendWaiting(RealtimeChannel* channel)
{
    QList<ProbeArguments::Broadcast> later;
    for (const ProbeArguments::Broadcast& one : std::as_const(m_arguments.broadcasts)) {
        if (one.topic != channel->topic()) {
            later.append(one);
            continue;
        }
        const MonotonicTime sent = m_clock.monotonic();
        whenDone(channel->broadcast(one.event, one.payload), this,
            [this, one, sent](const Result<void>& result) {
                QJsonObject line{{QStringLiteral("topic"), one.topic},
                    {QStringLiteral("name"), one.event}, {QStringLiteral("ok"), result.ok()},
                    {QStringLiteral("took_us"), qint64((m_clock.monotonic() - sent).count())}};
                if (!result.ok()) {
                    line.insert(QStringLiteral("error"), EventLog::describe(result.error()));
                    note(CallFailed);
                }
                m_log.add("sent", line);
                done();
            });
    }
    m_arguments.broadcasts = later;
}

void Probe::logSocket()
{
    constexpr std::array<const char*, 5> Phases{"Stopped", "Connecting", "Open", "Probing", "Waiting"};
    const SocketHealth health = m_realtime.health();
    QJsonObject line{{QStringLiteral("phase"), QLatin1String(Phases[size_t(health.phase)])},
        {QStringLiteral("reconnects"), health.reconnects}};
    if (health.rtt) {
        line.insert(QStringLiteral("rtt_ms"), qint64(health.rtt->count()));
        line.insert(QStringLiteral("smoothed_rtt_ms"), qint64(health.smoothedRtt->count()));
    }
    if (health.lastError && health.phase != SocketHealth::Phase::Open) {
        line.insert(QStringLiteral("error"), EventLog::describe(*health.lastError));
    }
    if (line != m_lastSocket) {
        m_lastSocket = line;
        m_log.add("socket", line);
    }
}

void Probe::read(const QString& path)
{
    ++m_open;
    const MonotonicTime asked = m_clock.monotonic();
    whenDone(m_rest.select(queryFrom(path)), this, [this, path, asked](const Result<QJsonArray>& rows) {
        QJsonObject line{{QStringLiteral("path"), path}, {QStringLiteral("ok"), rows.ok()},
            {QStringLiteral("took_us"), qint64((m_clock.monotonic() - asked).count())}};
        if (rows.ok()) {
            line.insert(QStringLiteral("rows"), *rows);
        } else {
            line.insert(QStringLiteral("error"), EventLog::describe(rows.error()));
            note(rows.error().kind == ErrorKind::Offline ? Unreachable : CallFailed);
        }
        m_log.add("rest", line);
        done();
    });
}

void Probe::call(const ProbeArguments::Call& call)
{
    ++m_open;
    const MonotonicTime asked = m_clock.monotonic();
    whenDone(m_rest.rpc(call.function, call.arguments), this,
        [this, name = call.function, asked](const Result<QJsonValue>& value) {
            QJsonObject line{{QStringLiteral("function"), name}, {QStringLiteral("ok"), value.ok()},
                {QStringLiteral("took_us"), qint64((m_clock.monotonic() - asked).count())}};
            if (value.ok()) {
                line.insert(QStringLiteral("value"), *value);
            } else {
                line.insert(QStringLiteral("error"), EventLog::describe(value.error()));
                note(value.error().kind == ErrorKind::Offline ? Unreachable : CallFailed);
            }
            m_log.add("rpc", line);
            done();
        });
}

void Probe::note(Exit problem)
{
    m_exit = m_exit == Worked ? int(problem) : std::min(m_exit, int(problem));
}

void Probe::done()
{
    --m_open;
    if (m_open == 0 && m_channels.empty()) {
        end();
    }
    endWhenSettled();
}

void Probe::endWhenSettled()
{
    const bool settled = std::all_of(m_channels.begin(), m_channels.end(), [](const auto& channel) {
        return channel->isLive() || channel->state() == RealtimeChannel::State::Refused
            || channel->state() == RealtimeChannel::State::WaitingForSignIn;
    });
    if (m_arguments.once && settled && m_open == 0) {
        end();
    }
}

void Probe::end()
{
    if (std::exchange(m_ended, true)) {
        return;
    }
    for (const auto& channel : m_channels) {
        if (!channel->isLive()) {
            note(m_realtime.health().phase == SocketHealth::Phase::Open ? NotLive : Unreachable);
        }
    }
    if (m_open > 0) {
        note(CallFailed);
    }
    m_end.cancel();
    m_log.add("end", {{QStringLiteral("exit_code"), m_exit}});
    Q_EMIT finished(m_exit);
}
