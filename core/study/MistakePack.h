// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/LearnerErrorStore.h"
#include "study/Pack.h"

#include <memory>

/// The learner's own mistakes and saved words as a pack of cards, one unit per language, so that they
/// are reviewed like every other card. The front is the learner's sentence with a gap, the back the
/// sentence put right with the reason. Null when there is nothing. Pure.
std::shared_ptr<const Pack> mistakePack(const QList<LearnerError>& errors);
