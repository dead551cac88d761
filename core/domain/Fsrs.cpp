// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/Fsrs.h"

#include <algorithm>
#include <cmath>

namespace {

constexpr double smallestStability = 0.001;
constexpr double largestStability = 36'500;

constexpr std::array<double, FsrsWeights::count> publishedDefaults {0.212, 1.2931, 2.3065, 8.2956,
    6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796, 1.4835, 0.0614, 0.2629, 1.6483, 0.6014,
    1.8729, 0.5425, 0.0912, 0.0658, 0.1542};

struct Bounds
{
    double low;
    double high;
};

constexpr std::array<Bounds, FsrsWeights::count> publishedBounds {{{0.001, 100}, {0.001, 100},
    {0.001, 100}, {0.001, 100}, {1, 10}, {0.001, 4}, {0.001, 4}, {0.001, 0.75}, {0, 4.5}, {0, 0.8},
    {0.001, 3.5}, {0.001, 5}, {0.001, 0.25}, {0.001, 0.9}, {0, 4}, {0, 1}, {1, 6}, {0, 2}, {0, 2},
    {0, 0.8}, {0.1, 0.8}}};

double clampedStability(double stability)
{
    return std::clamp(stability, smallestStability, largestStability);
}

double clampedDifficulty(double difficulty)
{
    return std::clamp(difficulty, 1.0, 10.0);
}

int grade(Rating rating)
{
    return static_cast<int>(rating);
}

/// Several relearning steps on one day must not add up to more than the lapse took away.
double sameDayCeiling(const std::array<double, FsrsWeights::count>& w, int relearningSteps)
{
    if (relearningSteps <= 1) {
        return 2;
    }
    const double room
        = -(std::log(w[11]) + std::log(std::pow(2, w[13]) - 1) + 0.3 * w[14]) / relearningSteps;
    return std::min(2.0, std::sqrt(std::max(0.01, room)));
}

} // namespace

FsrsWeights::FsrsWeights() : m_values(publishedDefaults) { }

Result<FsrsWeights> FsrsWeights::fromValues(std::span<const double> values, int relearningSteps)
{
    const bool known = values.size() == 17 || values.size() == 19 || values.size() == count;
    if (!known || !std::ranges::all_of(values, [](double value) { return std::isfinite(value); })) {
        return Error {ErrorKind::Invalid, QStringLiteral("fsrs_weights"),
            QStringLiteral("%1 values").arg(values.size()), {}};
    }
    FsrsWeights weights;
    auto& w = weights.m_values;
    std::ranges::copy(values, w.begin());
    if (values.size() == 17) {
        w[4] += 2 * w[5];
        w[5] = std::log(3 * w[5] + 1) / 3;
        w[6] += 0.5;
        w[17] = 0;
        w[18] = 0;
    }
    if (values.size() < count) {
        w[19] = 0;
        w[20] = 0.5;
    }
    if (!std::ranges::all_of(w, [](double value) { return std::isfinite(value); })) {
        return Error {ErrorKind::Invalid, QStringLiteral("fsrs_weights"), {}, {}};
    }
    for (std::size_t i = 0; i < count; ++i) {
        w[i] = std::clamp(w[i], publishedBounds[i].low, publishedBounds[i].high);
    }
    const double ceiling = sameDayCeiling(w, relearningSteps);
    w[17] = std::min(w[17], ceiling);
    w[18] = std::min(w[18], ceiling);
    return weights;
}

double Fsrs::initialDifficulty(Rating rating) const
{
    return m_w[4] - std::exp(m_w[5] * (grade(rating) - 1)) + 1;
}

MemoryState Fsrs::first(Rating rating) const
{
    return {clampedStability(m_w[std::size_t(grade(rating) - 1)]),
        clampedDifficulty(initialDifficulty(rating))};
}

double Fsrs::retrievability(double elapsedDays, double stability) const
{
    const double decay = -m_w[20];
    const double factor = std::pow(0.9, 1 / decay) - 1;
    return std::pow(1 + factor * elapsedDays / stability, decay);
}

double Fsrs::interval(double stability, double retention) const
{
    const double decay = -m_w[20];
    const double factor = std::pow(0.9, 1 / decay) - 1;
    return stability / factor * (std::pow(retention, 1 / decay) - 1);
}

double Fsrs::sameDayStability(double stability, Rating rating) const
{
    double growth = std::exp(m_w[17] * (grade(rating) - 3 + m_w[18])) * std::pow(stability, -m_w[19]);
    if (rating != Rating::Again) {
        growth = std::max(growth, 1.0);
    }
    return stability * growth;
}

double Fsrs::successStability(MemoryState before, double recall, Rating rating) const
{
    const double penalty = rating == Rating::Hard ? m_w[15] : 1;
    const double bonus = rating == Rating::Easy ? m_w[16] : 1;
    return before.stability
        * (1
            + std::exp(m_w[8]) * (11 - before.difficulty) * std::pow(before.stability, -m_w[9])
                * std::expm1(m_w[10] * (1 - recall)) * penalty * bonus);
}

double Fsrs::lapseStability(MemoryState before, double recall) const
{
    const double forgotten = m_w[11] * std::pow(before.difficulty, -m_w[12])
        * (std::pow(before.stability + 1, m_w[13]) - 1) * std::exp(m_w[14] * (1 - recall));
    return std::min(forgotten, before.stability / std::exp(m_w[17] * m_w[18]));
}

double Fsrs::nextDifficulty(double difficulty, Rating rating) const
{
    const double change = -m_w[6] * (grade(rating) - 3);
    const double damped = difficulty + change * (10 - difficulty) / 9;
    return clampedDifficulty(m_w[7] * initialDifficulty(Rating::Easy) + (1 - m_w[7]) * damped);
}

MemoryState Fsrs::next(MemoryState before, Rating rating, double elapsedDays) const
{
    double stability = 0;
    if (elapsedDays < 1) {
        stability = sameDayStability(before.stability, rating);
    } else {
        const double recall = retrievability(elapsedDays, before.stability);
        stability = rating == Rating::Again ? lapseStability(before, recall)
                                            : successStability(before, recall, rating);
    }
    return {clampedStability(stability), nextDifficulty(before.difficulty, rating)};
}

MemoryState Fsrs::fromSm2(double ease, double intervalDays, double sm2Retention) const
{
    const double stability = clampedStability(intervalDays / interval(1, sm2Retention));
    const double growth = std::exp(m_w[8]) * std::pow(stability, -m_w[9])
        * std::expm1(m_w[10] * (1 - sm2Retention));
    return {stability, clampedDifficulty(11 - (ease - 1) / growth)};
}
