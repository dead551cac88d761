// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "base/Error.h"
#include "base/Random.h"
#include "study/Learner.h"
#include "study/Pack.h"

#include <QJsonObject>
#include <QObject>

#include <memory>

class Database;

/// How an answer was judged.
struct PracticeVerdict
{
    Rational earned;
    Rational maximum;
    bool correct = false;
    bool needsPerson = false; ///< essays and recordings: nobody judged it here
    QStringList wrongParts; ///< ids of gaps, options or left parts that were wrong
    LocalizedText feedback;
    LocalizedText explanation;
    QJsonObject solution; ///< a full correct answer, shaped like an answer
};

enum class PracticePhase { Loading, Answering, Judged, Finished, Failed };

/// The result of a whole mock exam. Sections with items that only people can mark have no
/// percentage for them: their closed items alone count, and `openItems` says how many were left out.
struct MockResult
{
    QMap<QString, Rational> percentBySection;
    PassVerdict verdict;
    int openItems = 0;
};

/// One moment of a practice or mock exam; replaced as a whole.
struct PracticeSnapshot
{
    PracticePhase phase = PracticePhase::Loading;
    int index = 0;
    int total = 0;
    PackItem item; ///< valid while Answering or Judged
    QJsonObject answer; ///< what was answered so far, empty when nothing
    std::optional<PracticeVerdict> verdict;
    QList<int> marks; ///< per item: -1 open, 0 wrong, 1 right, 2 answered and not judged yet
    Rational earned;
    Rational maximum; ///< of the items judged so far
    bool isMock = false;
    std::optional<std::chrono::seconds> remaining; ///< mock exams only
    std::optional<MockResult> result; ///< when a mock exam is Finished
    std::optional<Error> error;
};

/// Exercises with feedback, or a mock exam without. Answers have the shapes that domain/ExamItem.h
/// lists per type, the same as in the exam room. Every judged answer is a study event, committed
/// with its outbox row; a killed program takes up an unfinished practice or mock exam where it was.
/// GUI thread.
class PracticeSession : public QObject
{
    Q_OBJECT

public:
    PracticeSession(Database& database, Clock& clock, RandomSource& random, const Learner& learner,
        std::shared_ptr<const Pack> pack, UnitId unit, MockExamId exam, QObject* parent);
    ~PracticeSession() override;

    void start();
    /// Judges the current item (practice) or keeps the answer (mock exam).
    void answer(const QJsonObject& answer);
    /// Practice: the solution, counted as not correct.
    void showSolution();
    void next();
    void goTo(int index);
    void tryAgain();
    /// Ends a mock exam and computes its result; ends a practice early.
    void finish();
    /// Recomputes the remaining time; a mock exam whose time is over finishes.
    void tick();

    const PracticeSnapshot& snapshot() const;

Q_SIGNALS:
    void changed();
    void kept();

private:
    struct Private;
    std::unique_ptr<Private> d;
};
