// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"

#include <mutex>
#include <string>
#include <unordered_map>

namespace academy {

/// Token buckets by name: each holds `burst` tokens and regains `perSecond`. Thread-safe.
class RateLimiter final
{
public:
    RateLimiter(const Clock& clock, double burst, double perSecond);

    /// Takes a token; false when the bucket is empty.
    bool admit(const std::string& name);
    /// Puts back a token that was taken for something that does not count.
    void giveBack(const std::string& name);

private:
    struct Bucket
    {
        double tokens;
        MonotonicTime filled;
    };
    Bucket& refilled(const std::string& name);

    const Clock& m_clock;
    const double m_burst;
    const double m_perSecond;
    std::mutex m_mutex;
    std::unordered_map<std::string, Bucket> m_buckets;
};

} // namespace academy
