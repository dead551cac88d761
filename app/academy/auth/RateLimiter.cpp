// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/auth/RateLimiter.h"

#include <algorithm>

namespace academy {

namespace {
constexpr std::size_t manyBuckets = 10'000;
}

RateLimiter::RateLimiter(const Clock& clock, double burst, double perSecond)
    : m_clock(clock), m_burst(burst), m_perSecond(perSecond)
{
}

bool RateLimiter::admit(const std::string& name)
{
    const std::lock_guard lock(m_mutex);
    Bucket& bucket = refilled(name);
    if (bucket.tokens < 1) {
        return false;
    }
    bucket.tokens -= 1;
    return true;
}

void RateLimiter::giveBack(const std::string& name)
{
    const std::lock_guard lock(m_mutex);
    Bucket& bucket = refilled(name);
    bucket.tokens = std::min(m_burst, bucket.tokens + 1);
}

RateLimiter::Bucket& RateLimiter::refilled(const std::string& name)
{
    const MonotonicTime now = m_clock.monotonic();
    const auto tokensAt = [&](const Bucket& bucket) {
        const double seconds = std::chrono::duration<double>(now - bucket.filled).count();
        return std::min(m_burst, bucket.tokens + seconds * m_perSecond);
    };
    if (m_buckets.size() > manyBuckets) {
        std::erase_if(
            m_buckets, [&](const auto& entry) { return tokensAt(entry.second) >= m_burst; });
    }
    Bucket& bucket = m_buckets.try_emplace(name, Bucket{m_burst, now}).first->second;
    bucket.tokens = tokensAt(bucket);
    bucket.filled = now;
    return bucket;
}

} // namespace academy
