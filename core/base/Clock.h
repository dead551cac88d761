// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <chrono>

/// Wall-clock time in UTC, microseconds. Evidence and display only; never a deadline.
using WallTime = std::chrono::sys_time<std::chrono::microseconds>;

/// Time since the machine started, including sleep. Only differences mean anything.
using MonotonicTime = std::chrono::microseconds;

/// Where time comes from. Injected everywhere so that tests decide what time it is.
class Clock
{
public:
    virtual ~Clock() = default;
    virtual WallTime wall() const = 0;
    virtual MonotonicTime monotonic() const = 0;
};

/// The real clocks: CLOCK_REALTIME and CLOCK_BOOTTIME, which goes on while the machine sleeps.
class SystemClock final : public Clock
{
public:
    WallTime wall() const override;
    MonotonicTime monotonic() const override;
};

/// RFC 3339 in UTC with microseconds: "2026-11-23T08:00:00.000000Z".
QString toIsoString(WallTime time);
