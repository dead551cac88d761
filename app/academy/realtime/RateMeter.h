// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"

#include <array>
#include <chrono>
#include <cstdint>
#include <mutex>

namespace academy {

/// How often something happened, averaged over the last minute in ticks of five seconds, as
/// Realtime counts joins and messages: a short burst passes, a lasting rate does not. Thread-safe.
/// Source: supabase-protocol.md A17.
class RateMeter final
{
public:
    static constexpr std::chrono::seconds tick{5};
    static constexpr std::size_t ticks = 12;

    void add(MonotonicTime now, std::uint64_t count = 1);
    /// The average of the last minute; zero limits nothing, so it is never exceeded.
    bool exceeds(MonotonicTime now, std::uint64_t perSecond) const;

private:
    void forgetBefore(std::int64_t current) const;

    mutable std::mutex m_mutex;
    mutable std::array<std::uint64_t, ticks> m_counts{};
    mutable std::int64_t m_current = 0;
    mutable std::uint64_t m_sum = 0;
};

} // namespace academy
