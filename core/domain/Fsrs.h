// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"

#include <array>
#include <span>

/// How well somebody remembered a card. The numbers are the ones FSRS and the review log use.
enum class Rating { Again = 1, Hard = 2, Good = 3, Easy = 4 };

/// What FSRS knows about one memory: stability in days (the time until recall falls to 90 %) and
/// difficulty from 1 (easy) to 10.
struct MemoryState
{
    double stability = 0;
    double difficulty = 0;

    bool operator==(const MemoryState&) const = default;
};

/// The 21 weights of FSRS-6, always inside their published bounds.
class FsrsWeights
{
public:
    static constexpr std::size_t count = 21;

    /// The published defaults.
    FsrsWeights();
    /// Accepts 21 weights, or 19 (FSRS-5) and 17 (FSRS-4.5), which are migrated. Values out of
    /// bounds are clamped, as the reference implementations do. Errors: Invalid `fsrs_weights`
    /// for another number of weights or a value that is no number.
    static Result<FsrsWeights> fromValues(std::span<const double> values, int relearningSteps = 1);

    double operator[](std::size_t index) const { return m_values[index]; }
    bool operator==(const FsrsWeights&) const = default;

private:
    std::array<double, count> m_values;
};

/// The memory model of FSRS-6: pure formulas, thread-safe. Source: the free spaced repetition
/// scheduler's published formulas, in the reading of fsrs-rs (same-day Hard never shrinks
/// stability).
class Fsrs
{
public:
    explicit Fsrs(FsrsWeights weights = {}) : m_w(weights) { }

    MemoryState first(Rating rating) const;
    /// The memory after a review `elapsedDays` whole days after the last one; 0 is the same day.
    MemoryState next(MemoryState before, Rating rating, double elapsedDays) const;
    /// The chance of recall, 0 to 1.
    double retrievability(double elapsedDays, double stability) const;
    /// Days until recall falls to `retention`; neither rounded nor limited.
    double interval(double stability, double retention) const;
    /// The memory an SM-2 card (Anki's older scheduler) stands for.
    MemoryState fromSm2(double ease, double intervalDays, double sm2Retention) const;

    const FsrsWeights& weights() const { return m_w; }

private:
    double initialDifficulty(Rating rating) const;
    double sameDayStability(double stability, Rating rating) const;
    double successStability(MemoryState before, double recall, Rating rating) const;
    double lapseStability(MemoryState before, double recall) const;
    double nextDifficulty(double difficulty, Rating rating) const;

    FsrsWeights m_w;
};
