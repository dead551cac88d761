// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tutor/teaching/LevelWords.h"

#include <QStringList>

/// How a reply compares with what its reader can read.
struct LevelReport
{
    int words = 0;
    int longestSentence = 0; ///< in words
    double outsideShare = 0; ///< words above the level, of those that were weighed
    QStringList outside; ///< each once, in order, names and numbers aside
    bool tooLong = false;
    bool longSentences = false;
    bool hardWords = false;

    bool fits() const { return !tooLong && !longSentences && !hardWords; }
    bool operator==(const LevelReport&) const = default;
};

/// Weighs a reply. `familiar` is text whose words the learner knows anyway: their own, the lesson's.
/// Where no words are shipped for the language only lengths are weighed. Source: ai-providers F1.
LevelReport checkLevel(const QString& reply, Cefr level, const LevelWords& words, const QString& familiar = {});

/// After two misses in a row the learner is offered the same in simpler words.
bool shouldOfferSimpler(const QList<LevelReport>& newestLast);
