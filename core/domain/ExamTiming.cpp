// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/ExamTiming.h"

#include <algorithm>

namespace {

constexpr ExamTiming::Span tolerance{300'000};

bool sameBoot(const LocalMoment& a, const LocalMoment& b)
{
    return a.boot == b.boot;
}

struct Elapsed
{
    ExamTiming::Span span;
    bool uncertain;
};

Elapsed elapsedSince(const LocalMoment& then, const LocalMoment& now)
{
    if (sameBoot(then, now) && now.monotonic >= then.monotonic) {
        return {now.monotonic - then.monotonic, false};
    }
    return {std::max(ExamTiming::Span::zero(), now.wall - then.wall), true};
}

} // namespace

void ExamTiming::observe(WallTime serverTime, WallTime effectiveEnd, bool paused,
    const LocalMoment& received, Span roundTrip)
{
    const Span blur = tolerance + std::max(Span::zero(), roundTrip) / 2;
    if (m_anchor && !paused && !m_anchor->paused && m_anchor->effectiveEnd == effectiveEnd
        && sameBoot(m_anchor->at, received) && !m_anchor->uncertain) {
        const Span difference = serverTime + roundTrip / 2 - *this->serverTime(received);
        if (std::chrono::abs(difference) <= blur) {
            return;
        }
    }
    // The server read its clock somewhere between question and answer: half way is the best guess.
    m_anchor = Anchor{serverTime + std::max(Span::zero(), roundTrip) / 2, effectiveEnd, paused,
        received, Span::max(), false};
}

void ExamTiming::setPaused(bool paused, const LocalMoment& now)
{
    if (m_anchor && m_anchor->paused != paused) {
        carryOn(now);
        m_anchor->paused = paused;
    }
}

void ExamTiming::carryOn(const LocalMoment& now)
{
    const auto reading = read(now);
    const auto server = serverTime(now);
    if (reading && server) {
        m_anchor = Anchor{*server, *server + reading->remaining, m_anchor->paused, now,
            reading->remaining, reading->uncertain};
    }
}

std::optional<ExamTiming::Reading> ExamTiming::read(const LocalMoment& now)
{
    if (!m_anchor) {
        return std::nullopt;
    }
    const Elapsed elapsed = elapsedSince(m_anchor->at, now);
    const Span atAnchor = m_anchor->effectiveEnd - m_anchor->serverTime;
    const Span left = m_anchor->paused ? atAnchor : atAnchor - elapsed.span;
    const Span remaining
        = std::clamp(left, Span::zero(), std::max(Span::zero(), m_anchor->leastRemaining));
    m_anchor->leastRemaining = remaining;
    return Reading{remaining, elapsed.uncertain || m_anchor->uncertain};
}

std::optional<WallTime> ExamTiming::serverTime(const LocalMoment& now) const
{
    if (!m_anchor) {
        return std::nullopt;
    }
    return m_anchor->serverTime + elapsedSince(m_anchor->at, now).span;
}

ExamTiming::Span clockJump(const LocalMoment& before, const LocalMoment& after)
{
    if (!sameBoot(before, after)) {
        return ExamTiming::Span::zero();
    }
    return (after.wall - before.wall) - (after.monotonic - before.monotonic);
}
