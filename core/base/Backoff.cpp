// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Backoff.h"

#include <algorithm>

std::chrono::milliseconds Backoff::next()
{
    constexpr int LargestShift = 30;
    const std::chrono::milliseconds ceiling
        = std::min<std::chrono::milliseconds>(m_cap, m_base * (1L << std::min(m_attempt, LargestShift)));
    ++m_attempt;
    return std::chrono::milliseconds(m_random.below(quint64(ceiling.count()) + 1));
}
