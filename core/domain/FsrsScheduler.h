// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "base/Id.h"
#include "domain/Fsrs.h"

#include <QList>

#include <optional>
#include <vector>

using ReviewId = Id<struct ReviewTag>;

/// One review, written once and never changed. `seq` counts the reviews of one device.
/// The offset is the learner's time zone at that moment: it decides which day the review counts for.
struct ReviewLog
{
    ReviewId id;
    CardId card;
    PackId pack;
    Rating rating = Rating::Good;
    WallTime reviewedAt;
    std::chrono::milliseconds elapsed {0}; ///< how long the person looked at the card
    DeviceId device;
    qint64 seq = 0;
    std::chrono::seconds utcOffset {0};

    bool operator==(const ReviewLog&) const = default;
};

enum class CardPhase { New, Learning, Review, Relearning };

/// Where a card stands. Never stored as truth: it is the fold of the card's review logs.
struct CardState
{
    CardPhase phase = CardPhase::New;
    int step = 0; ///< position in the (re)learning steps
    MemoryState memory; ///< meaningless while New
    WallTime due; ///< meaningless while New
    WallTime lastReview;
    int reps = 0;
    int lapses = 0;
    int scheduledDays = 0; ///< 0 inside the steps

    bool operator==(const CardState&) const = default;
};

/// How a deck is scheduled.
struct FsrsOptions
{
    FsrsWeights weights;
    double desiredRetention = 0.9;
    int maximumInterval = 36'500;
    std::vector<std::chrono::seconds> learningSteps {std::chrono::minutes(1), std::chrono::minutes(10)};
    std::vector<std::chrono::seconds> relearningSteps {std::chrono::minutes(10)};
    bool fuzz = true;
};

/// Turns ratings into due times: learning steps in minutes, then FSRS intervals in days.
/// Pure and thread-safe; the same logs give the same state on every device.
class FsrsScheduler
{
public:
    explicit FsrsScheduler(FsrsOptions options = {});

    CardState review(const CardState& before, const CardId& card, Rating rating, WallTime at) const;
    /// What each of the four ratings would lead to, in the order Again, Hard, Good, Easy.
    std::array<CardState, 4> preview(const CardState& before, const CardId& card, WallTime at) const;
    /// Folds the logs of one card in the order (reviewedAt, device, seq); a repeated id counts once.
    CardState replay(std::vector<ReviewLog> logs) const;

    const FsrsOptions& options() const { return m_options; }

private:
    void schedule(CardState& card, const CardId& id, int intervalBefore) const;

    FsrsOptions m_options;
    Fsrs m_model;
};
