// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Async.h"
#include "base/Clock.h"
#include "base/Random.h"
#include "domain/StudyPlan.h"
#include "store/PracticeStore.h"
#include "study/Learner.h"
#include "study/Pack.h"

#include <QObject>

#include <memory>
#include <optional>
#include <vector>

class Database;
class PracticeSession;
class ReviewSession;

/// One line of the library.
struct PackSummary
{
    PackId id;
    LocalizedText title;
    QString targetLanguage;
    QString cefr;
    QString version;
    int cards = 0;
    int notes = 0;
    int exercises = 0;
    int exams = 0;
};

/// What waits in one unit now.
struct UnitSummary
{
    PackId pack;
    UnitId unit;
    LocalizedText title;
    int cards = 0;
    int newCards = 0; ///< never reviewed
    int learning = 0; ///< inside the steps and due
    int due = 0; ///< in review and due
    int notes = 0;
    int exercises = 0;
    int exercisesDone = 0; ///< answered correctly at least once

    bool operator==(const UnitSummary&) const = default;
};

/// Everything the home page shows about study. Immutable; replaced as a whole.
struct StudyOverview
{
    int dueNow = 0; ///< learning + due over all units
    int newAvailable = 0; ///< new cards still allowed today
    int reviewedToday = 0;
    Streak streak;
    std::vector<ForecastDay> forecast; ///< 14 days from today
    std::optional<WallTime> nextDue; ///< the next card that falls due later
    PackId studied; ///< the pack of the newest review, answer or practice; empty before the first
};

/// The study room's door: packs on this computer and what waits in them. Works with no account and
/// no network from the first start. GUI thread; the Database outlives it, sessions may outlive it.
class StudyLibrary : public QObject
{
    Q_OBJECT

public:
    StudyLibrary(Database& database, Clock& clock, RandomSource& random, Learner learner,
        QObject* parent = nullptr);
    ~StudyLibrary() override;

    /// Loads what is installed, adds the packs that ship with the program and folds the cards whose
    /// logs changed behind the fold's back (adopted or merged ones). Resolves when packs(), units()
    /// and overview() are filled. May be called again. Errors: Storage; Invalid from PackReader.
    Async<void> open();
    /// Checks an archive on a worker thread and keeps it. A newer version replaces an older one;
    /// reviews are kept because cards are named by item. Errors: those of PackReader, Conflict
    /// `pack_older` when the same or a newer version is installed.
    Async<PackId> install(QByteArray archive);
    /// Reads the counts again: time passed. Sessions do this by themselves.
    Async<void> refresh();

    /// Reads the learner's own mistakes and saved words again; they are a pack as long as there are any.
    Async<void> refreshMistakes();
    /// Keeps something that happened outside of a practice, such as an answer that was shown, and
    /// queues it for the academy. The device is filled in.
    Async<void> keepEvent(StudyEvent event);

    bool isOpen() const;
    QList<PackSummary> packs() const;
    QList<UnitSummary> units(const PackId& pack) const;
    std::shared_ptr<const Pack> pack(const PackId& id) const;
    StudyOverview overview() const;
    const Learner& learner() const;

    /// Cards of one unit, or of the whole pack when `unit` is empty. Parent owns the session; null
    /// for a pack that is not installed. Call start() on it.
    ReviewSession* review(const PackId& pack, const UnitId& unit, QObject* parent);
    /// Exercises of one unit, or of the whole pack; an unfinished practice is taken up again.
    PracticeSession* practice(const PackId& pack, const UnitId& unit, QObject* parent);
    /// A mock exam: no feedback until the end, then a score and the pass rules.
    PracticeSession* mockExam(const PackId& pack, const MockExamId& exam, QObject* parent);

Q_SIGNALS:
    /// packs() or units() changed.
    void changed();
    void overviewChanged();
    /// A study row waits for upload: connect to SyncEngine::poke().
    void workKept();

private:
    struct Private;
    std::unique_ptr<Private> d;
};
