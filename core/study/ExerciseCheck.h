// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "study/ShapeChecker.h"

/// Holds an exercise against its own key: every option, gap and pair is answerable, every key names
/// something that exists, and the full solution earns full marks. Reports through `checker`.
void checkExercise(const ExamItem& item, ShapeChecker& checker);

/// A full correct answer, shaped like an answer; empty for essays and recordings.
QJsonObject solutionOf(const ExamItem& item);
