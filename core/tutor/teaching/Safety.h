// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

/// Text from elsewhere (a lesson, a task, a learner's goals) made harmless for a prompt: nothing in
/// it can look like the fence it stands in, like a model's own control marks or like hidden text. The
/// words stay readable. `most` characters of it.
QString asData(const QString& text, qsizetype most = 6'000);

/// The same in one line, for lists.
QString asDataLine(const QString& text, qsizetype most = 200);

/// Data between two marks that cannot occur in it.
QString fenced(const QString& name, const QString& text, qsizetype most = 6'000);

/// What a learner wrote that a person should hear of. Words are only looked at, never kept.
enum class LearnerConcern { None, Distress, PersonalData };
LearnerConcern concernOf(const QString& learnerText);

/// A tutor must not ask a learner, least of all a minor, who or where they are.
bool asksForPersonalData(const QString& reply);
/// No grade, mark or pass is a tutor's to promise.
bool promisesAMark(const QString& reply);
