// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"

#include <deque>

/// Never more than `perMinute` requests in any sixty seconds. Pure; time is passed in.
class RequestLimiter
{
public:
    void setPerMinute(int perMinute) { m_perMinute = perMinute; }
    int perMinute() const { return m_perMinute; }

    /// How long the next request has to wait; zero when it may go now.
    std::chrono::milliseconds waitAt(MonotonicTime now) const;
    void record(MonotonicTime now) { m_sent.push_back(now); }
    int usedAt(MonotonicTime now) const;

private:
    void forgetBefore(MonotonicTime now) const;

    int m_perMinute = 10;
    mutable std::deque<MonotonicTime> m_sent;
};
