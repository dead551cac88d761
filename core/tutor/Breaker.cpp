// SPDX-License-Identifier: GPL-3.0-or-later
#include "tutor/Breaker.h"

#include <algorithm>

Breaker::State Breaker::stateAt(MonotonicTime now) const
{
    if (!m_openedAt) {
        return State::Closed;
    }
    return now - *m_openedAt >= Rest ? State::HalfOpen : State::Open;
}

bool Breaker::allowsAt(MonotonicTime now) const
{
    const State state = stateAt(now);
    return state == State::Closed || (state == State::HalfOpen && !m_probing);
}

std::optional<std::chrono::milliseconds> Breaker::waitAt(MonotonicTime now) const
{
    if (allowsAt(now)) {
        return std::chrono::milliseconds(0);
    }
    if (stateAt(now) == State::HalfOpen) {
        return std::nullopt;
    }
    return std::chrono::ceil<std::chrono::milliseconds>(*m_openedAt + Rest - now);
}

void Breaker::sentAt(MonotonicTime now)
{
    m_probing = stateAt(now) == State::HalfOpen;
}

void Breaker::succeeded()
{
    *this = Breaker();
}

void Breaker::failedAt(MonotonicTime now)
{
    if (m_openedAt) {
        if (std::exchange(m_probing, false)) {
            m_openedAt = now;
        }
        return;
    }
    std::erase_if(m_failures, [now](MonotonicTime at) { return now - at >= Window; });
    m_failures.push_back(now);
    if (int(m_failures.size()) >= Failures) {
        m_openedAt = now;
        m_failures.clear();
    }
}

void Breaker::abandoned()
{
    m_probing = false;
}
