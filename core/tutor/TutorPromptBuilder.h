// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tutor/TutorProvider.h"

/// The instructions a tutor works under: role and limits first (stable, so that providers cache
/// it), then the learner, the lesson as fenced data, the teaching moves and the correction policy.
/// Pure. Source: ai-providers F.
QString tutorSystemPrompt(const LearnerCard& learner);

/// The whole request: instructions, the newest turns that fit, and a reminder of the level every
/// fourth turn, because models drift.
TutorPrompt tutorPrompt(const LearnerCard& learner, const QList<TutorTurn>& turns);

/// The longest reply in words at this level.
int replyWords(const QString& level);
