// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "base/Scheduler.h"

#include <QObject>
#include <QStringList>

/// Hints that the network may have changed under everybody's feet: the operating system says it is
/// back, or the machine slept (the boot clock ran on while our timer did not). Hints only: whether a
/// server answers is known from asking it. GUI thread; lives as long as the program.
class NetworkWatch final : public QObject
{
    Q_OBJECT

public:
    static constexpr std::chrono::milliseconds Tick {2'000};
    /// A tick later than this many times the interval means the machine slept.
    static constexpr int SleepFactor = 3;

    NetworkWatch(Clock& clock, Scheduler& scheduler, QObject* parent = nullptr);

    /// False only when the operating system says there is no network at all.
    bool isReachable() const { return m_reachable; }

    /// What the operating system says the computer is called on its networks, sorted.
    void setAddresses(const QStringList& addresses);

Q_SIGNALS:
    /// There is a network again, or another: connections of before may lead nowhere now.
    void networkUp();
    void networkDown();
    void woke(std::chrono::milliseconds slept);

private:
    void tick();

    Clock& m_clock;
    MonotonicTime m_lastTick;
    ScheduledTask m_ticking;
    QStringList m_addresses;
    bool m_reachable = true;
};
