// SPDX-License-Identifier: GPL-3.0-or-later
#include "tutor/RequestLimiter.h"

#include <algorithm>

using std::chrono::milliseconds;

namespace {

constexpr auto window = std::chrono::seconds(60);

milliseconds until(MonotonicTime then, MonotonicTime now)
{
    return std::max(milliseconds(1), std::chrono::ceil<milliseconds>(then - now));
}

} // namespace

void RequestLimiter::forgetBefore(MonotonicTime now) const
{
    while (!m_sent.empty() && now - m_sent.front().at >= window) {
        m_sent.pop_front();
    }
}

milliseconds RequestLimiter::waitForRequests(MonotonicTime now) const
{
    const auto allowed = std::size_t(std::max(1, m_perMinute));
    if (m_sent.size() < allowed) {
        return milliseconds(0);
    }
    return until(m_sent[m_sent.size() - allowed].at + window, now);
}

milliseconds RequestLimiter::waitForTokens(MonotonicTime now, qint64 tokens) const
{
    if (m_tokensPerMinute <= 0) {
        return milliseconds(0);
    }
    qint64 excess = tokensAt(now) + std::min(tokens, m_tokensPerMinute) - m_tokensPerMinute;
    milliseconds wait {0};
    for (auto sent = m_sent.begin(); excess > 0 && sent != m_sent.end(); ++sent) {
        excess -= sent->tokens;
        wait = until(sent->at + window, now);
    }
    return wait;
}

milliseconds RequestLimiter::waitAt(MonotonicTime now, qint64 tokens) const
{
    forgetBefore(now);
    milliseconds wait = std::max(waitForRequests(now), waitForTokens(now, tokens));
    if (m_requests && now < m_requests->until && m_requests->left < 1) {
        wait = std::max(wait, until(m_requests->until, now));
    }
    if (m_tokens && now < m_tokens->until && m_tokens->left < tokens) {
        wait = std::max(wait, until(m_tokens->until, now));
    }
    return wait;
}

RequestLimiter::Ticket RequestLimiter::record(MonotonicTime now, qint64 tokens)
{
    m_sent.push_back({++m_lastTicket, now, tokens});
    if (m_requests) {
        --m_requests->left;
    }
    if (m_tokens) {
        m_tokens->left -= tokens;
    }
    return m_lastTicket;
}

void RequestLimiter::correct(Ticket ticket, qint64 tokens)
{
    const auto sent = std::ranges::find(m_sent, ticket, &Sent::ticket);
    if (sent != m_sent.end()) {
        sent->tokens = tokens;
    }
}

void RequestLimiter::learn(MonotonicTime now, const RateLimits& limits)
{
    const auto take = [now](std::optional<Allowance>& allowance, const RateLimit& said) {
        if (said.remaining && said.resetIn) {
            allowance = Allowance {*said.remaining, now + *said.resetIn};
        }
    };
    take(m_requests, limits.requests);
    take(m_tokens, limits.tokens);
}

int RequestLimiter::usedAt(MonotonicTime now) const
{
    forgetBefore(now);
    return int(m_sent.size());
}

qint64 RequestLimiter::tokensAt(MonotonicTime now) const
{
    forgetBefore(now);
    qint64 sum = 0;
    for (const Sent& sent : m_sent) {
        sum += sent.tokens;
    }
    return sum;
}
