// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "base/Scheduler.h"

/// A time limit for somebody else's answer, fair to them when this thread was the one that was held
/// up: the answer may lie in the socket then, or the question may not have left. A limit that is
/// noticed more than `Slack` late is given anew, for `Grace` at most. Any thread with an event loop;
/// clock and scheduler outlive the task.
namespace Deadline {

constexpr std::chrono::milliseconds Slack {1'000};
constexpr std::chrono::milliseconds Grace {3'000};

/// Like Scheduler::after(); `run` may cancel or replace the task.
[[nodiscard]] ScheduledTask after(Clock& clock, Scheduler& scheduler, std::chrono::milliseconds limit,
    std::function<void()> run);

} // namespace Deadline
