// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tutor/TutorMessage.h"
#include "tutor/teaching/ReplyQuality.h"

#include <QList>

class AiTutorStreamManager;

/// Something a learner says, and where.
struct LevelPrompt
{
    LearnerCard learner;
    QString says;
};

/// The prompts of a file of the shape of tests/bench/level_prompts.json; empty when it cannot be read.
QList<LevelPrompt> levelPrompts(const QString& file);

/// What came of putting prompts to a tutor.
struct LevelFigures
{
    QualityTally tally;
    int inLength = 0;
    int failed = 0; ///< no reply at all

    double shareInLevel() const { return share(tally.inLevel, tally.replies); }
    double shareInLength() const { return share(inLength, tally.replies); }
    double shareGivenAway() const { return share(tally.leaks, tally.exerciseReplies); }

private:
    static double share(int part, int whole) { return whole > 0 ? double(part) / whole : 0; }
};

/// Puts each prompt to the tutor as the opening of a conversation, one after the other, and judges the
/// replies by the rules of core/tutor/teaching. Blocks until the last one has ended.
LevelFigures examine(AiTutorStreamManager& tutor, const QList<LevelPrompt>& prompts);
