// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Random.h"

#include <chrono>

/// Exponential backoff with full jitter: the n-th delay is uniform in [0, min(cap, base·2ⁿ)].
/// Spreads a thousand clients that lost the same server over the whole interval.
/// Source: "Exponential Backoff And Jitter", AWS Architecture Blog, 2015.
class Backoff
{
public:
    Backoff(RandomSource& random, std::chrono::milliseconds base, std::chrono::milliseconds cap)
        : m_random(random), m_base(base), m_cap(cap)
    {
    }

    std::chrono::milliseconds next();
    void reset() { m_attempt = 0; }
    int attempt() const { return m_attempt; }

private:
    RandomSource& m_random;
    std::chrono::milliseconds m_base;
    std::chrono::milliseconds m_cap;
    int m_attempt = 0;
};
