// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/LearnerErrorStore.h"
#include "tutor/teaching/Annotations.h"

/// What is worth remembering of the marks in a learner's message: one entry per rule, or per word for
/// words and spelling, each with the learner's sentence around it. Pure. Source: ai-providers F8.
QList<LearnerError> errorsFrom(
    const QList<Annotation>& annotations, const QString& learnerText, const QString& language);

/// A word the learner wants to keep, as it is remembered; `word` is not empty.
LearnerError savedWord(const QString& word, const QString& meaning, const QString& sentence, const QString& language);

/// How a remembered mistake is put to a tutor, in one line.
QString dueLine(const LearnerError& error);
