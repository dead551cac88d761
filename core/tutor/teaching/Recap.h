// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tutor/teaching/Annotations.h"
#include "tutor/teaching/LevelWords.h"

#include <QStringList>

/// A mistake that came more than once, or the gravest ones.
struct RecapPattern
{
    QString rule; ///< the tutor's short name of it; may be empty
    MistakeType type = MistakeType::Grammar;
    QString original;
    QString suggestion;
    int times = 1;
    bool operator==(const RecapPattern&) const = default;
};

/// What remains of a talk: at most three things done well with the learner's words, three patterns,
/// five words and one task. Source: ai-providers F9.
struct Recap
{
    struct Praise
    {
        QString what; ///< the tutor's words; may be empty
        QString quote; ///< the learner's
        bool operator==(const Praise&) const = default;
    };

    QList<Praise> doneWell;
    QList<RecapPattern> patterns;
    QStringList words;
    QString task; ///< the tutor's; empty when it gave none

    bool operator==(const Recap&) const = default;
};

/// A talk as far as it is known without any tutor.
struct TalkFacts
{
    QStringList learnerTexts;
    QStringList tutorTexts;
    QList<Annotation> annotations;
};

/// True after every fifteenth message of the learner.
bool isRecapDue(int learnerTurns);

/// Only what the talk bears out is taken from the tutor's words (`said`: {"done_well":[{"what",
/// "quote"}],"words":[…],"task"}); the patterns are counted, and what is missing is made from the
/// facts alone. Total.
Recap recapOf(const TalkFacts& facts, Cefr level, const LevelWords& words, const QJsonObject& said);

/// The recap as a note to keep, in the Markdown subset, in `language` (English where we have no words).
QString recapNote(const Recap& recap, const QString& language);
