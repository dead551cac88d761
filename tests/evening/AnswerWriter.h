// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Random.h"
#include "domain/ExamItem.h"

#include <QJsonObject>
#include <QList>

/// The edits a student makes to one item, in order, each as the payload after the edit: texts grow
/// character by character with slips taken back, choices are sometimes changed. The last one is
/// what the student means. Repeatable from the random source.
QList<QJsonObject> editsFor(const ExamItem& item, RandomSource& random);
