// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/ConnectionMonitor.h"

#include "progress/RealtimeProgressManager.h"
#include "supabase/AuthSession.h"
#include "supabase/RealtimeClient.h"
#include "sync/SyncEngine.h"

using namespace std::chrono_literals;

namespace {

/// Work that is on its way is not worth a word until it takes this long.
constexpr std::chrono::milliseconds Noticeable {3000};

} // namespace

ConnectionMonitor::ConnectionMonitor(Clock& clock, Scheduler& scheduler, QObject* parent) : QObject(parent), m_clock(clock)
{
    m_tick = scheduler.every(1s, [this] { refresh(); });
}

void ConnectionMonitor::attach(
    AuthSession* session, RealtimeClient* realtime, SyncEngine* sync, RealtimeProgressManager* progress)
{
    for (QObject* old : {static_cast<QObject*>(m_session), static_cast<QObject*>(m_realtime), static_cast<QObject*>(m_sync)}) {
        if (old) {
            old->disconnect(this);
        }
    }
    m_session = session;
    m_realtime = realtime;
    m_sync = sync;
    m_progress = progress;
    m_reconnects = m_realtime ? m_realtime->health().reconnects : 0;
    m_reconnected.clear();
    if (m_session) {
        connect(m_session, &AuthSession::stateChanged, this, &ConnectionMonitor::refresh);
    }
    if (m_realtime) {
        connect(m_realtime, &RealtimeClient::healthChanged, this, &ConnectionMonitor::refresh);
    }
    if (m_sync) {
        connect(m_sync, &SyncEngine::statusChanged, this, &ConnectionMonitor::refresh);
    }
    refresh();
}

ConnectionStatus ConnectionMonitor::look() const
{
    if (!m_session || m_session->state() == AuthSession::State::SignedOut) {
        return ConnectionStatus::local();
    }
    const SyncStatus queue = m_sync ? m_sync->status() : SyncStatus {};
    if (m_session->state() == AuthSession::State::NeedsSignIn || m_session->needsSecondStep()) {
        return ConnectionStatus::needsSignIn(queue.pending);
    }
    if (m_session->state() == AuthSession::State::Restoring || !m_realtime) {
        return ConnectionStatus::connecting();
    }
    const SocketHealth health = m_realtime->health();
    if (health.lastError && health.lastError->code == QLatin1String("certificate_mismatch")) {
        return ConnectionStatus::otherCertificate();
    }
    switch (health.phase) {
    case SocketHealth::Phase::Open:
        break;
    case SocketHealth::Phase::Probing:
    case SocketHealth::Phase::Waiting:
        return ConnectionStatus::offline(queue.pending);
    case SocketHealth::Phase::Stopped:
    case SocketHealth::Phase::Connecting:
        if (health.resting && !queue.offline) {
            break; // nothing on screen waits for the socket
        }
        return health.lastError || queue.offline ? ConnectionStatus::offline(queue.pending)
                                                : ConnectionStatus::connecting();
    }
    if (queue.pending > 0 && queue.oldestUnsentAge.value_or(0ms) >= Noticeable) {
        return ConnectionStatus::catchingUp(queue.pending);
    }
    if (m_progress && m_progress->isBehind()) {
        return ConnectionStatus::catchingUp(0);
    }
    return ConnectionStatus::live();
}

ConnectionQuality::Grade ConnectionMonitor::grade()
{
    const SocketHealth health = m_realtime->health();
    const MonotonicTime now = m_clock.monotonic();
    for (; m_reconnects < health.reconnects; ++m_reconnects) {
        m_reconnected.append(now);
    }
    while (!m_reconnected.isEmpty() && now - m_reconnected.constFirst() > ConnectionQuality::Lately) {
        m_reconnected.removeFirst();
    }
    ConnectionFacts facts;
    facts.open = health.phase == SocketHealth::Phase::Open;
    facts.smoothedRtt = health.smoothedRtt;
    facts.reconnectsLately = static_cast<int>(m_reconnected.size());
    if (health.lastInbound) {
        facts.silence = std::chrono::duration_cast<std::chrono::milliseconds>(now - *health.lastInbound);
    }
    return ConnectionQuality::of(facts);
}

void ConnectionMonitor::refresh()
{
    ConnectionStatus status = look();
    // Of a socket that nothing needs, or that is only just being opened, there is nothing to say.
    static const QStringList measured {QStringLiteral("live"), QStringLiteral("catchingUp"), QStringLiteral("offline")};
    if (measured.contains(status.kind) && !m_realtime->health().resting) {
        status.grade(grade());
    }
    show(status);
}

void ConnectionMonitor::present(const ConnectionStatus& status)
{
    m_tick.cancel();
    show(status);
}

void ConnectionMonitor::show(const ConnectionStatus& status)
{
    if (!(status == m_status)) {
        m_status = status;
        Q_EMIT statusChanged();
    }
}
