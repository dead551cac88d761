// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/NetworkWatch.h"

#include "base/Log.h"

#include <QNetworkInformation>

NetworkWatch::NetworkWatch(Clock& clock, Scheduler& scheduler, QObject* parent)
    : QObject(parent), m_clock(clock), m_lastTick(clock.monotonic()),
      m_ticking(scheduler.every(Tick, [this] { tick(); }))
{
    using Feature = QNetworkInformation::Feature;
    if (!QNetworkInformation::loadBackendByFeatures(Feature::Reachability)) {
        return;
    }
    const QNetworkInformation* system = QNetworkInformation::instance();
    const auto look = [this, system] {
        setReachable(system->reachability() != QNetworkInformation::Reachability::Disconnected);
    };
    connect(system, &QNetworkInformation::reachabilityChanged, this, look);
    look();
}

void NetworkWatch::tick()
{
    const MonotonicTime now = m_clock.monotonic();
    const auto passed = now - std::exchange(m_lastTick, now);
    if (passed > SleepFactor * Tick) {
        const auto slept = std::chrono::duration_cast<std::chrono::milliseconds>(passed - Tick);
        qCInfo(lcNet) << "woke after" << slept.count() << "ms";
        Q_EMIT woke(slept);
    }
}

void NetworkWatch::setReachable(bool reachable)
{
    if (m_reachable == reachable) {
        return;
    }
    m_reachable = reachable;
    if (reachable) {
        Q_EMIT networkUp();
    } else {
        Q_EMIT networkDown();
    }
}
