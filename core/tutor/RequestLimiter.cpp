// SPDX-License-Identifier: GPL-3.0-or-later
#include "tutor/RequestLimiter.h"

#include <algorithm>

namespace {

constexpr auto window = std::chrono::seconds(60);

} // namespace

void RequestLimiter::forgetBefore(MonotonicTime now) const
{
    while (!m_sent.empty() && now - m_sent.front() >= window) {
        m_sent.pop_front();
    }
}

std::chrono::milliseconds RequestLimiter::waitAt(MonotonicTime now) const
{
    forgetBefore(now);
    const auto allowed = std::size_t(std::max(1, m_perMinute));
    if (m_sent.size() < allowed) {
        return std::chrono::milliseconds(0);
    }
    const MonotonicTime free = m_sent[m_sent.size() - allowed] + window;
    return std::max(std::chrono::milliseconds(1), std::chrono::ceil<std::chrono::milliseconds>(free - now));
}

int RequestLimiter::usedAt(MonotonicTime now) const
{
    forgetBefore(now);
    return int(m_sent.size());
}
