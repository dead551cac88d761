// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/LearnerErrorStore.h"
#include "tutor/TutorProvider.h"
#include "tutor/teaching/Annotations.h"
#include "tutor/teaching/HintLadder.h"
#include "tutor/teaching/LevelCheck.h"
#include "tutor/teaching/Recap.h"
#include "tutor/teaching/ReplyQuality.h"
#include "tutor/teaching/Rubric.h"
#include "tutor/teaching/Safety.h"
#include "tutor/teaching/Scenario.h"

#include <optional>

/// What a finished reply taught: for the screen, for memory, for the log. A value.
struct TaughtReply
{
    QList<Annotation> annotations; ///< marks in the learner's newest message
    int dropped = 0; ///< corrections that could not be verified
    LevelReport level;
    bool offerSimpler = false; ///< two misses in a row: show "Simpler" plainly
    bool mayShowAnswer = false; ///< "Show answer" may be used now
    bool answerShown = false; ///< the learner just used it: log it
    LearnerConcern learnerConcern = LearnerConcern::None; ///< of the learner's newest message
    QList<ReplyConcern> concerns;
    std::optional<Recap> recap; ///< after fifteen messages, or when asked for
    std::optional<SceneReport> scene; ///< at the end of a scene
    std::optional<RubricFeedback> feedback; ///< on a written or spoken task
    QList<LearnerError> errors; ///< to be remembered
};

/// What has to be kept of it: recaps are kept as lesson notes, errors in their own store.
QJsonObject toJson(const TaughtReply& taught);
/// `learnerTexts` end with the message the marks are in; everything is verified again.
TaughtReply taughtFrom(const QJsonObject& json, const LearnerCard& learner, const QStringList& learnerTexts);

/// The one thing to do when a reply has ended. Pure; any thread. TutorMemory calls it for every
/// reply that ends (see there), so nothing else needs to, except tests and a judge of replies.
class ReplyTeacher
{
public:
    struct Input
    {
        LearnerCard learner;
        QList<TutorTurn> turns; ///< ends with the learner's newest message
        QString reply; ///< as it came: with the block of notes, or without when `aside` has it
        QString aside; ///< what AsideFilter kept back
        QList<TaughtReply> earlier; ///< of this branch, oldest first
        bool quotes = false; ///< the notes tutor: it quotes the course, whose level is not its choice
    };

    static TaughtReply teach(const Input& input);
};
