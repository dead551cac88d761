// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "base/Scheduler.h"

#include <map>

/// Clock and scheduler moved by hand: advance() runs what falls due, in order, at its own time.
class FakeScheduler final : public Clock, public Scheduler
{
public:
    WallTime wall() const override { return m_wallStart + m_now + m_wallSkew; }
    MonotonicTime monotonic() const override { return m_now; }
    ScheduledTask after(std::chrono::milliseconds delay, std::function<void()> run) override;
    ScheduledTask every(std::chrono::milliseconds interval, std::function<void()> run) override;

    void advance(std::chrono::milliseconds by);
    /// The thread is held up: what falls due meanwhile runs late, with the next advance().
    void stall(std::chrono::milliseconds by) { m_now += by; }
    /// Somebody changes the computer's clock; the monotonic clock does not notice.
    void jumpWall(std::chrono::milliseconds by) { m_wallSkew += by; }
    int pendingTasks() const { return int(m_queue->size()); }

private:
    struct Task
    {
        std::chrono::milliseconds interval; ///< zero: once
        std::function<void()> run;
    };
    using Key = std::pair<std::chrono::microseconds, quint64>;
    using Queue = std::map<Key, std::shared_ptr<Task>>;

    ScheduledTask add(std::chrono::milliseconds delay, std::chrono::milliseconds interval,
        std::function<void()> run);

    std::shared_ptr<Queue> m_queue = std::make_shared<Queue>();
    std::chrono::microseconds m_now {std::chrono::hours(1)};
    WallTime m_wallStart {std::chrono::seconds(1'795'000'000)};
    std::chrono::microseconds m_wallSkew {0};
    quint64 m_order = 0;
};
