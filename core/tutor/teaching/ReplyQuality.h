// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tutor/TutorProvider.h"
#include "tutor/teaching/Annotations.h"
#include "tutor/teaching/HintLadder.h"
#include "tutor/teaching/LevelCheck.h"

/// What can be wrong with a reply as teaching. Each is decided without a model, so that it can be
/// decided for every reply; a judge model may add its own view. Source: ai-providers F15.
enum class ReplyConcern {
    TooLong,
    LongSentences,
    HardWords,
    NoQuestion, ///< nothing for the learner to do
    ManyQuestions,
    AnswerTooEarly,
    CorrectedInExam,
    ManyCorrections, ///< more than the mode allows
    PersonalData,
    MarkPromised,
    EmptyPraise, ///< praise for what was wrong
    LooseNotes, ///< the block of notes shows in the text, or HTML does
    FalseCorrection ///< of words the learner did not write
};

QString concernName(ReplyConcern concern);

/// A reply in its place.
struct JudgedReply
{
    LearnerCard learner;
    QList<TutorTurn> turns; ///< ends with the learner's newest message
    QString shown; ///< what the learner reads
    QJsonArray corrections; ///< as the tutor handed them back
};

QList<ReplyConcern> concernsAbout(const JudgedReply& reply, const LevelReport& level);

/// A rate over many replies: the bars below which a tutor is not let near learners.
struct QualityTally
{
    int replies = 0;
    int inLevel = 0;
    int corrections = 0;
    int falseCorrections = 0;
    int exerciseReplies = 0;
    int leaks = 0;

    void add(const JudgedReply& reply, const LevelReport& level, const QList<ReplyConcern>& concerns);
    /// At least 90 % in level, at most 3 % false corrections, at most 5 % answers given away.
    bool passes() const;
};
