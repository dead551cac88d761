// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "study/Pack.h"
#include "tutor/TutorSettings.h"

#include <QCoreApplication>

/// What a tutor is told when a learner asks about an exercise of a unit: the exercise with its key, the
/// unit's notes as the lesson, the level. Pure but for the language of the interface; GUI thread.
class ExerciseTalk
{
    Q_DECLARE_TR_FUNCTIONS(ExerciseTalk)

public:
    /// `learner` says who asks, at which level and in which language; `solved` that the solution was shown.
    static LearnerCard card(const Pack& pack, const UnitId& unit, const PackItem& item, bool solved, const LearnerCard& learner);

private:
    static QString textOf(const ExamItem& item, const QString& language);
    static QStringList solutionsOf(const ExamItem& item);
    static QStringList choicesOf(const ExamItem& item);
};
