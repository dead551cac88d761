// SPDX-License-Identifier: GPL-3.0-or-later
#include "tutor/teaching/LevelCheck.h"

#include "tutor/teaching/ReplyBudget.h"
#include "tutor/teaching/Sentences.h"

#include <QSet>

namespace {

constexpr int missesBeforeOffer = 2;
/// A sentence with so many unknown words may be in the learner's own language, as explanations below
/// B1 are; with still more it surely is in another one.
constexpr double perhapsOther = 0.6;
constexpr double surelyOther = 0.85;
/// A reply of two words with one new one is not too hard.
constexpr int fewestHardWords = 3;
/// A model that counts words badly is not yet one that talks too much.
constexpr double lengthTolerance = 1.15;

double mostOutside(Cefr level)
{
    switch (level) {
    case Cefr::PreA1:
    case Cefr::A1:
    case Cefr::A2:
        return 0.12;
    case Cefr::B1:
        return 0.14;
    case Cefr::B2:
        return 0.20;
    case Cefr::C1:
    case Cefr::C2:
        break;
    }
    return 1.0;
}

bool isNumber(const QString& word)
{
    return std::ranges::any_of(word, [](QChar c) { return c.isDigit(); });
}

/// Small words that no English sentence has.
bool isRomance(const QStringList& sentence)
{
    static const QSet<QString> small = [] {
        const QStringList list = QStringLiteral("de la el los las que en un una es con para por se lo al del y els les amb per "
                                                "té està está són son et est le il à")
                                     .split(QLatin1Char(' '));
        return QSet<QString>(list.begin(), list.end());
    }();
    return std::ranges::any_of(sentence, [](const QString& word) { return small.contains(word.toLower()); });
}

} // namespace

LevelReport checkLevel(const QString& reply, Cefr level, const LevelWords& words, const QString& familiar)
{
    const ReplyBudget budget = replyBudget(level);
    QSet<QString> known;
    for (const QString& word : wordsOf(familiar.toLower())) {
        known.insert(word);
    }
    LevelReport report;
    int weighed = 0;
    int outside = 0;
    for (const QString& sentence : sentencesOf(reply)) {
        const QStringList list = wordsOf(sentence);
        report.words += int(list.size());
        report.longestSentence = std::max(report.longestSentence, int(list.size()));
        if (words.isEmpty()) {
            continue;
        }
        QStringList hard;
        int counted = 0;
        int unlisted = 0;
        for (qsizetype i = 0; i < list.size(); ++i) {
            const QString word = list[i].toLower();
            const bool isName = i > 0 && list[i][0].isUpper() && word.size() > 1;
            if (isName || isNumber(word)) {
                continue;
            }
            ++counted;
            const auto band = words.bandOf(word);
            unlisted += band ? 0 : 1;
            if ((!band || *band > std::max(level, Cefr::A1)) && !known.contains(word)) {
                hard.append(word);
            }
        }
        const bool foreign = counted >= 3
            && (unlisted > surelyOther * counted || (unlisted > perhapsOther * counted && isRomance(list)));
        if (!foreign) {
            weighed += counted;
            outside += int(hard.size());
            report.outside += hard;
        }
    }
    report.outside.removeDuplicates();
    report.outsideShare = weighed > 0 ? double(outside) / weighed : 0;
    report.tooLong = report.words > int(budget.words * lengthTolerance);
    report.longSentences = report.longestSentence > budget.sentenceWords;
    report.hardWords = report.outside.size() >= fewestHardWords && report.outsideShare > mostOutside(level);
    return report;
}

bool shouldOfferSimpler(const QList<LevelReport>& newestLast)
{
    return newestLast.size() >= missesBeforeOffer
        && std::ranges::none_of(newestLast.last(missesBeforeOffer), &LevelReport::fits);
}
