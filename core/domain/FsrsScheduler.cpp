// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/FsrsScheduler.h"

#include "domain/FsrsFuzz.h"

#include <QSet>

#include <algorithm>
#include <cmath>
#include <tuple>

using std::chrono::days;
using std::chrono::seconds;

namespace {

/// The wait after Hard: halfway to the second step, or half as much again when there is only one.
seconds hardWait(const std::vector<seconds>& steps, std::size_t step)
{
    if (step > 0) {
        return steps[step];
    }
    return steps.size() > 1 ? (steps[0] + steps[1]) / 2 : steps[0] * 3 / 2;
}

double elapsedDays(const CardState& card, WallTime at)
{
    return double(std::max(days(0), std::chrono::floor<days>(at - card.lastReview)).count());
}

} // namespace

FsrsScheduler::FsrsScheduler(FsrsOptions options)
    : m_options(std::move(options)), m_model(m_options.weights)
{
}

void FsrsScheduler::schedule(CardState& card, const CardId& id, int intervalBefore) const
{
    const double wanted = m_model.interval(card.memory.stability, m_options.desiredRetention);
    const int limit = m_options.maximumInterval;
    int interval = int(std::lround(std::clamp(wanted, 1.0, double(limit))));
    if (m_options.fuzz) {
        const bool grew = interval > intervalBefore;
        interval = fuzzedInterval(
            wanted, grew ? std::max(1, intervalBefore + 1) : 1, limit, fuzzFactor(id, card.reps));
    }
    card.phase = CardPhase::Review;
    card.step = 0;
    card.scheduledDays = interval;
    card.due = card.lastReview + days(interval);
}

CardState FsrsScheduler::review(
    const CardState& before, const CardId& card, Rating rating, WallTime at) const
{
    CardState after = before;
    after.memory = before.phase == CardPhase::New
        ? m_model.first(rating)
        : m_model.next(before.memory, rating, elapsedDays(before, at));
    after.lastReview = at;
    after.reps = before.reps + 1;
    after.scheduledDays = 0;

    const bool lapsed = before.phase == CardPhase::Review && rating == Rating::Again;
    if (lapsed) {
        ++after.lapses;
    }
    const bool relearning = lapsed || before.phase == CardPhase::Relearning;
    const auto& steps = relearning ? m_options.relearningSteps : m_options.learningSteps;
    const bool inSteps = before.phase != CardPhase::Review || lapsed;
    const auto step = lapsed ? std::size_t(0) : std::size_t(before.step);
    if (!inSteps || step >= steps.size() || rating == Rating::Easy
        || (rating == Rating::Good && step + 1 >= steps.size())) {
        schedule(after, card, before.phase == CardPhase::Review && !lapsed ? before.scheduledDays : 0);
        return after;
    }

    after.phase = relearning ? CardPhase::Relearning : CardPhase::Learning;
    if (rating == Rating::Again) {
        after.step = 0;
        after.due = at + steps[0];
    } else if (rating == Rating::Hard) {
        after.step = int(step);
        after.due = at + hardWait(steps, step);
    } else {
        after.step = int(step) + 1;
        after.due = at + steps[step + 1];
    }
    return after;
}

std::array<CardState, 4> FsrsScheduler::preview(
    const CardState& before, const CardId& card, WallTime at) const
{
    return {review(before, card, Rating::Again, at), review(before, card, Rating::Hard, at),
        review(before, card, Rating::Good, at), review(before, card, Rating::Easy, at)};
}

CardState FsrsScheduler::replay(std::vector<ReviewLog> logs) const
{
    std::ranges::sort(logs, [](const ReviewLog& a, const ReviewLog& b) {
        return std::tuple(a.reviewedAt, a.device.toString(), a.seq, a.id.toString())
            < std::tuple(b.reviewedAt, b.device.toString(), b.seq, b.id.toString());
    });
    CardState card;
    QSet<ReviewId> seen;
    for (const ReviewLog& log : logs) {
        if (seen.contains(log.id)) {
            continue;
        }
        seen.insert(log.id);
        card = review(card, log.card, log.rating, log.reviewedAt);
    }
    return card;
}
