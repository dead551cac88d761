// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "base/Error.h"
#include "base/Random.h"
#include "study/Learner.h"
#include "study/Pack.h"

#include <QObject>

#include <memory>

class Database;

/// The card on the table, its two faces and what each rating would do.
struct ReviewCard
{
    CardId card;
    ItemId item;
    LocalizedText front;
    LocalizedText back;
    QString example; ///< a sentence in the target language, may be empty
    LocalizedText exampleGloss;
    QString hint; ///< word class or pronunciation, may be empty
    QString mistake; ///< a card of the learner's own mistakes: the kind, as in LearnerError; else empty
    QString rule; ///< with `mistake`: as the tutor named it, may be empty
    CardPhase phase = CardPhase::New;
    std::array<std::chrono::seconds, 4> nextIn {}; ///< Again, Hard, Good, Easy
};

enum class ReviewPhase { Loading, Asking, Revealed, Finished, Failed };

/// One moment of a review session; replaced as a whole.
struct ReviewSnapshot
{
    ReviewPhase phase = ReviewPhase::Loading;
    std::optional<ReviewCard> card;
    int done = 0; ///< ratings given in this session
    int newLeft = 0;
    int learningLeft = 0;
    int dueLeft = 0;
    std::optional<WallTime> nextDue; ///< when Finished: the next learning card
    std::optional<Error> error;
};

/// Shows due cards one by one. Each rating commits the review log and its outbox row in one
/// transaction before the next card appears, so a killed program loses nothing and a new session
/// goes on with what is left. GUI thread.
class ReviewSession : public QObject
{
    Q_OBJECT

public:
    ReviewSession(Database& database, Clock& clock, RandomSource& random, const Learner& learner,
        std::shared_ptr<const Pack> pack, UnitId unit, QObject* parent);
    ~ReviewSession() override;

    void start();
    void reveal();
    /// Ignored unless the answer is revealed.
    void rate(Rating rating);
    /// Reads the clock again: a learning card may have fallen due.
    void resume();

    const ReviewSnapshot& snapshot() const;

Q_SIGNALS:
    void changed();
    /// A review was committed.
    void kept();

private:
    struct Private;
    std::unique_ptr<Private> d;
};
