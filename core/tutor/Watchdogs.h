// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "base/Scheduler.h"
#include "tutor/TutorSettings.h"

#include <array>
#include <functional>

/// Waits for the things a stream must do in time and tells when one did not. Starting a watch again
/// moves its end and costs no timer, so it may be done for every byte. GUI thread.
class Watchdogs
{
public:
    enum class Watch { Connect, Headers, First, Gap, Bytes, Total };
    static constexpr std::size_t Count = 6;

    /// `starved` may destroy this object.
    Watchdogs(Clock& clock, Scheduler& scheduler, std::function<void(Watch)> starved)
        : m_clock(clock), m_scheduler(scheduler), m_starved(std::move(starved))
    {
    }
    Q_DISABLE_COPY_MOVE(Watchdogs)
    ~Watchdogs() = default;

    void setTimeouts(const TutorTimeouts& timeouts) { m_timeouts = timeouts; }
    void start(Watch watch);
    void stop(Watch watch) { dog(watch) = {}; }
    void stopAll() { m_dogs = {}; }

    /// The code of TutorMessage::error: connect_timeout, headers_timeout, first_content_timeout,
    /// gap_timeout, silence_timeout, total_timeout.
    static const char* code(Watch watch);

private:
    struct Dog
    {
        MonotonicTime end {0};
        ScheduledTask task;
    };

    Dog& dog(Watch watch) { return m_dogs[std::size_t(watch)]; }
    std::chrono::milliseconds timeoutOf(Watch watch) const;
    void look(Watch watch);

    Clock& m_clock;
    Scheduler& m_scheduler;
    std::function<void(Watch)> m_starved;
    TutorTimeouts m_timeouts;
    std::array<Dog, Count> m_dogs;
};
