// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tutor/TutorProvider.h"

#include <QStringList>

/// How much of an exercise's answer a tutor may give away, least first. Source: ai-providers F3.
enum class HintStep {
    Nudge, ///< where to look
    Cue, ///< the rule
    Choice, ///< two possibilities, one of them right
    Answer ///< with its reason
};

/// Where a learner stands with an exercise.
struct HintLadder
{
    HintStep step = HintStep::Nudge;
    int tries = 0; ///< answers the learner has ventured so far
    bool answerAsked = false; ///< "Show answer" was used

    /// "Show answer" needs one try first.
    bool mayShowAnswer() const { return tries > 0 && step != HintStep::Answer; }
    bool operator==(const HintLadder&) const = default;
};

/// Every message after the first goes one step up, a try or not; the answer comes after three tries,
/// or after one when it is asked for, or at once where the learner has seen it. `turns` ends with the
/// learner's newest message.
HintLadder hintLadder(const QList<TutorTurn>& turns, const TutorExercise& exercise);

/// True for words that venture an answer: no question, no button, no giving up.
bool isTry(const QString& learnerText);

/// What the tutor is told to do now. The solutions are in it only from the step that needs them.
QString hintInstruction(const HintLadder& ladder, const TutorExercise& exercise);

/// True when the reply says a solution before its time.
bool givesAnswerAway(const QString& reply, const HintLadder& ladder, const TutorExercise& exercise,
    const QList<TutorTurn>& turns);
