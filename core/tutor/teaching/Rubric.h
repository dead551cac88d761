// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/ExamItem.h"
#include "tutor/TutorSettings.h"

/// One thing a text is looked at for.
struct RubricCriterion
{
    QString id;
    LocalizedText name;
    QString looksAt; ///< told to the tutor, in English
};

/// The criteria of a written or a spoken task; none for other tasks. Speaking is judged by its
/// transcript, so nothing is said of pronunciation.
QList<RubricCriterion> rubricFor(TutorTask task);

/// How far a criterion is reached. Words on purpose: this is help, never a mark.
enum class Reached { NotYet, Partly, Mostly, Fully };

QString reachedName(Reached reached);

/// What was said of one criterion, with the learner's own words as evidence.
struct CriterionFeedback
{
    QString criterion;
    Reached reached = Reached::Partly;
    QStringList evidence; ///< quotes that are in the text; never empty
    QString strength;
    QString next; ///< one step to take
    bool operator==(const CriterionFeedback&) const = default;
};

/// Feedback on a text. Never an official mark: whoever shows it says so, and a teacher may correct it.
struct RubricFeedback
{
    QList<CriterionFeedback> criteria; ///< in the order of the rubric
    QStringList missing; ///< criteria of which nothing provable was said
    int dropped = 0; ///< quotes that are not in the text, and promises of marks
    bool operator==(const RubricFeedback&) const = default;
};

QString rubricInstruction(TutorTask task, const QString& brief);

/// `said` is the tutor's [{"id","reached","evidence":[…],"strength","next"}]. Total.
RubricFeedback verifyFeedback(TutorTask task, const QJsonArray& said, const QString& learnerText);

QJsonArray toJson(const RubricFeedback& feedback);
