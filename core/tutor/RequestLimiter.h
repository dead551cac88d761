// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "tutor/RateHeaders.h"

#include <deque>
#include <optional>

/// Never more than so many requests, nor so many tokens, in any sixty seconds, for one key. A
/// request counts with its estimate when it is sent and with the truth once that is known; a server
/// that says it has nothing left until a moment is believed. Pure; time is passed in.
class RequestLimiter
{
public:
    using Ticket = quint64;

    void setPerMinute(int perMinute) { m_perMinute = perMinute; }
    int perMinute() const { return m_perMinute; }
    /// 0: no limit.
    void setTokensPerMinute(qint64 tokens) { m_tokensPerMinute = tokens; }
    qint64 tokensPerMinute() const { return m_tokensPerMinute; }

    /// How long the next request, estimated at `tokens`, has to wait; zero when it may go now. One
    /// that is larger than a whole minute's tokens waits until the minute is empty.
    std::chrono::milliseconds waitAt(MonotonicTime now, qint64 tokens = 0) const;
    Ticket record(MonotonicTime now, qint64 tokens = 0);
    /// What the request really used. A ticket that has left the window is ignored.
    void correct(Ticket ticket, qint64 tokens);
    /// What the server's headers said with an answer that arrived now.
    void learn(MonotonicTime now, const RateLimits& limits);

    int usedAt(MonotonicTime now) const;
    qint64 tokensAt(MonotonicTime now) const;

private:
    struct Sent
    {
        Ticket ticket;
        MonotonicTime at;
        qint64 tokens;
    };
    /// What a server still allows until it starts counting anew.
    struct Allowance
    {
        qint64 left = 0;
        MonotonicTime until {0};
    };

    void forgetBefore(MonotonicTime now) const;
    std::chrono::milliseconds waitForRequests(MonotonicTime now) const;
    std::chrono::milliseconds waitForTokens(MonotonicTime now, qint64 tokens) const;

    int m_perMinute = 10;
    qint64 m_tokensPerMinute = 0;
    Ticket m_lastTicket = 0;
    mutable std::deque<Sent> m_sent;
    std::optional<Allowance> m_requests;
    std::optional<Allowance> m_tokens;
};
