// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tutor/TutorProvider.h"

/// The instructions a tutor works under. In order: role and limits; the learner's card; lesson and
/// task as fenced data; teaching moves, or the scene, or the rubric; the correction policy of the
/// mode; what to hand back (see teaching/Aside.h); safety. The same for a whole conversation, so
/// that providers cache it. Pure. Source: ai-providers F.
QString tutorSystemPrompt(const LearnerCard& learner);

/// The whole request: those instructions, then what holds for this turn only (the level again every
/// fourth turn, because models drift; the step on the ladder of hints; a recap or report that is
/// due), and the newest turns that fit. Roles take turns, as the templates of local models demand: what
/// one side said twice, because a reply failed between, is one turn.
TutorPrompt tutorPrompt(const LearnerCard& learner, const QList<TutorTurn>& turns);
