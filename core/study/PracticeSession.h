// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "base/Error.h"
#include "base/Random.h"
#include "study/Pack.h"

#include <QJsonValue>
#include <QObject>

#include <memory>

class Database;
struct Learner;

/// How an answer was judged.
struct PracticeVerdict
{
    double points = 0;
    double maxPoints = 0;
    bool correct = false;
    bool needsPerson = false; ///< essays and recordings: nobody judged it here
    QStringList wrongParts; ///< gap, option or pair ids that were wrong
    LocalText feedback;
    LocalText explanation;
    QJsonValue solution; ///< a full correct answer in the shape of answers
};

enum class PracticePhase { Loading, Answering, Judged, Finished, Failed };

/// The result of a whole mock exam.
struct MockResult
{
    double percent = 0;
    QHash<QString, double> sectionPercent;
    bool passed = false;
    QList<PassRule> failedRules;
};

/// One moment of a practice or mock exam; replaced as a whole.
struct PracticeSnapshot
{
    PracticePhase phase = PracticePhase::Loading;
    int index = 0;
    int total = 0;
    PackItem item; ///< valid while Answering or Judged
    QString stimulus; ///< the text the item refers to, may be empty
    QJsonValue answer; ///< what was answered so far, Null when nothing
    std::optional<PracticeVerdict> verdict;
    QList<int> marks; ///< per item: -1 open, 0 wrong, 1 right, 2 answered and not judged yet
    double points = 0;
    double maxPoints = 0;
    bool isMock = false;
    std::optional<std::chrono::seconds> remaining; ///< mock exams only
    std::optional<MockResult> result; ///< when a mock exam is Finished
    std::optional<Error> error;
};

/// Exercises with feedback, or a mock exam without. Answers are JSON, one shape per kind:
/// choice "b"; multi ["a","c"]; truefalse true; cloze {"g1":"text"}; match and gapped-text
/// {"left":"right"}; order ["c","a","b"]; short, transform, dictation and essay "text".
/// Every judged answer is a study event, committed with its outbox row. A killed program takes
/// up an unfinished practice where it was. GUI thread.
class PracticeSession : public QObject
{
    Q_OBJECT

public:
    PracticeSession(Database& database, Clock& clock, RandomSource& random, const Learner& learner,
        std::shared_ptr<const Pack> pack, UnitId unit, MockExamId exam, QObject* parent);
    ~PracticeSession() override;

    void start();
    /// Judges the current item (practice) or keeps the answer (mock exam).
    void answer(const QJsonValue& value);
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
