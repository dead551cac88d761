// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/realtime/RateMeter.h"

namespace academy {
namespace {

std::int64_t tickOf(MonotonicTime now)
{
    return std::chrono::floor<std::chrono::seconds>(now) / RateMeter::tick;
}

std::size_t place(std::int64_t number)
{
    return static_cast<std::size_t>(number) % RateMeter::ticks;
}

} // namespace

void RateMeter::forgetBefore(std::int64_t current) const
{
    if (current - m_current >= static_cast<std::int64_t>(ticks)) {
        m_counts.fill(0);
        m_sum = 0;
        m_current = current;
    }
    while (m_current < current) {
        ++m_current;
        m_sum -= m_counts[place(m_current)];
        m_counts[place(m_current)] = 0;
    }
}

void RateMeter::add(MonotonicTime now, std::uint64_t count)
{
    const std::lock_guard lock(m_mutex);
    forgetBefore(tickOf(now));
    m_counts[place(m_current)] += count;
    m_sum += count;
}

bool RateMeter::exceeds(MonotonicTime now, std::uint64_t perSecond) const
{
    if (perSecond == 0) {
        return false;
    }
    const std::lock_guard lock(m_mutex);
    forgetBefore(tickOf(now));
    constexpr std::uint64_t window = static_cast<std::uint64_t>(tick.count()) * ticks;
    return m_sum > perSecond * window;
}

} // namespace academy
