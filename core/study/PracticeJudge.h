// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "study/PracticeSession.h"

/// Marks one answer with the pack's own key. Pure. Blank answers earn nothing; essays and
/// recordings come back as `needsPerson`.
PracticeVerdict judgeAnswer(const PackItem& item, const QJsonObject& answer);

/// Adds a mock exam up: percentages of closed items per section, then the pass rules. Pure.
MockResult judgeMock(const Pack& pack, const MockExam& exam, const QHash<ItemId, QJsonObject>& answers);
