// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tutor/TutorSettings.h"
#include "tutor/teaching/Annotations.h"
#include "tutor/teaching/ReplyTeacher.h"
#include "tutor/teaching/Rubric.h"
#include "tutor/teaching/Scenario.h"
#include "viewmodels/CorrectionRow.h"
#include "viewmodels/TalkOutcome.h"

#include <QCoreApplication>

/// What the tutor's teaching is called on the screen. GUI thread.
class TeachingWords
{
    Q_DECLARE_TR_FUNCTIONS(TeachingWords)

public:
    static CorrectionRow mark(const Annotation& annotation, bool inCards, const QString& language);
    /// What the checks found in a reply that a learner should know, in sentences; empty for nothing.
    static QString concerns(const TaughtReply& taught, const QString& level);
    /// All marks of a message in one sentence, for people who hear it; empty without any.
    static QString corrections(const QList<CorrectionRow>& marks);
    static TalkOutcome sceneReport(const SceneReport& report, const QString& title, const QString& language);
    static TalkOutcome recap(const QString& note);
    static TalkOutcome feedback(TutorTask task, const RubricFeedback& feedback, const QString& language);
    static OutcomeLine criterion(TutorTask task, const CriterionFeedback& feedback, const QString& language);
    static QString criterionName(TutorTask task, const QString& criterion, const QString& language);
    static QString reached(Reached reached);
    static QString reachedTone(Reached reached);
    /// "not an official mark", as it stands on everything that looks at a text.
    static QString noMark();
    static QString manner(const QString& manner);
    /// "B1–C1"
    static QString levels(Cefr from, Cefr to);
};
