// SPDX-License-Identifier: GPL-3.0-or-later
#include "tutor/teaching/Recap.h"

#include "tutor/teaching/AskPhrases.h"
#include "tutor/teaching/RuleNames.h"
#include "tutor/teaching/Safety.h"
#include "tutor/teaching/Sentences.h"

#include <QRegularExpression>
#include <QSet>

#include <algorithm>

namespace {

constexpr int recapEvery = 15;
constexpr qsizetype mostPraise = 3;
constexpr qsizetype mostPatterns = 3;
constexpr qsizetype mostWords = 5;
constexpr qsizetype fewestWordsToPraise = 5;

struct Words
{
    QString done;
    QString patterns;
    QString words;
    QString task;
    QString ownTask; ///< %1 what to practise
    QString freeTask;
    QString times; ///< %1 how often
};

Words phrasesIn(const QString& language)
{
    const QString base = language.section(QLatin1Char('-'), 0, 0);
    if (base == QLatin1String("es")) {
        return {QStringLiteral("Lo que has hecho bien"), QStringLiteral("Para mejorar"), QStringLiteral("Palabras nuevas"),
            QStringLiteral("Tarea"), QStringLiteral("Escribe tres frases con «%1»."),
            QStringLiteral("Escribe tres frases con las palabras nuevas."), QStringLiteral("%1 veces")};
    }
    if (base == QLatin1String("ca")) {
        return {QStringLiteral("El que has fet bé"), QStringLiteral("Per a millorar"), QStringLiteral("Paraules noves"),
            QStringLiteral("Tasca"), QStringLiteral("Escriu tres frases amb «%1»."),
            QStringLiteral("Escriu tres frases amb les paraules noves."), QStringLiteral("%1 vegades")};
    }
    return {QStringLiteral("Done well"), QStringLiteral("To improve"), QStringLiteral("New words"), QStringLiteral("Task"),
        QStringLiteral("Write three sentences with “%1”."), QStringLiteral("Write three sentences with the new words."),
        QStringLiteral("%1 times")};
}

bool isMarked(const QString& sentence, const QList<Annotation>& annotations)
{
    return std::ranges::any_of(
        annotations, [&sentence](const Annotation& mark) { return sentence.contains(mark.original); });
}

QList<Recap::Praise> praiseFrom(const TalkFacts& facts, const QJsonObject& said)
{
    QList<Recap::Praise> praise;
    const auto add = [&praise](const QString& what, const QString& quote) {
        const bool known = std::ranges::any_of(
            praise, [&quote](const Recap::Praise& other) { return folded(other.quote) == folded(quote); });
        if (!known && praise.size() < mostPraise) {
            praise.append({what, quote.simplified()});
        }
    };
    for (const QJsonValue& value : said.value(QLatin1String("done_well")).toArray()) {
        const QString quote = value.toObject().value(QLatin1String("quote")).toString();
        const QString what = asDataLine(value.toObject().value(QLatin1String("what")).toString(), 200);
        const bool theirs = std::ranges::any_of(
            facts.learnerTexts, [&quote](const QString& text) { return isQuotedFrom(quote, text); });
        if (theirs && !isMarked(quote, facts.annotations) && !promisesAMark(what)) {
            add(what, quote);
        }
    }
    QStringList own;
    for (const QString& text : facts.learnerTexts) {
        if (!askOf(text)) {
            own += sentencesOf(text);
        }
    }
    std::ranges::stable_sort(own, std::ranges::greater(), [](const QString& s) { return wordsOf(s).size(); });
    for (const QString& sentence : own) {
        if (wordsOf(sentence).size() >= fewestWordsToPraise && !isMarked(sentence, facts.annotations)) {
            add({}, sentence);
        }
    }
    return praise;
}

QList<RecapPattern> patternsFrom(const QList<Annotation>& annotations)
{
    struct Weighed
    {
        RecapPattern pattern;
        int severity = 0;
    };
    QList<Weighed> found;
    for (const Annotation& mark : annotations) {
        const auto same = std::ranges::find_if(found, [&mark](const Weighed& w) {
            return w.pattern.rule == mark.rule && (!mark.rule.isEmpty() || w.pattern.type == mark.type);
        });
        if (same != found.end()) {
            ++same->pattern.times;
            same->severity = std::max(same->severity, mark.severity);
        } else {
            found.append({{mark.rule, mark.type, mark.original, mark.suggestion, 1}, mark.severity});
        }
    }
    std::ranges::stable_sort(found, [](const Weighed& a, const Weighed& b) {
        return a.pattern.times * a.severity > b.pattern.times * b.severity;
    });
    QList<RecapPattern> patterns;
    for (const Weighed& weighed : found.mid(0, mostPatterns)) {
        patterns.append(weighed.pattern);
    }
    return patterns;
}

QStringList newWords(const TalkFacts& facts, Cefr level, const LevelWords& bands, const QJsonObject& said)
{
    const QString tutor = facts.tutorTexts.join(QLatin1Char('\n'));
    QSet<QString> used;
    for (const QString& word : wordsOf(folded(facts.learnerTexts.join(QLatin1Char('\n'))))) {
        used.insert(word);
    }
    QStringList words;
    const auto add = [&](const QString& word) {
        const QString lower = folded(word);
        if (words.size() < mostWords && !words.contains(lower) && !used.contains(lower)) {
            words.append(lower);
        }
    };
    for (const QJsonValue& value : said.value(QLatin1String("words")).toArray()) {
        const QString word = asDataLine(value.toString(), 60);
        if (isQuotedFrom(word, tutor)) {
            add(word);
        }
    }
    static const QRegularExpression bold(QStringLiteral("\\*\\*([\\p{L}][\\p{L} '’-]{2,30})\\*\\*"));
    auto match = bold.globalMatch(tutor);
    while (match.hasNext()) {
        add(match.next().captured(1));
    }
    if (!bands.isEmpty()) {
        for (const QString& sentence : sentencesOf(tutor)) {
            const QStringList list = wordsOf(sentence);
            for (qsizetype i = 1; i < list.size(); ++i) {
                const auto band = bands.bandOf(list[i]);
                if (band && *band >= level && list[i][0].isLower() && level > Cefr::A1) {
                    add(list[i]);
                }
            }
        }
    }
    return words;
}

} // namespace

bool isRecapDue(int learnerTurns)
{
    return learnerTurns > 0 && learnerTurns % recapEvery == 0;
}

Recap recapOf(const TalkFacts& facts, Cefr level, const LevelWords& words, const QJsonObject& said)
{
    Recap recap {praiseFrom(facts, said), patternsFrom(facts.annotations), newWords(facts, level, words, said),
        asDataLine(said.value(QLatin1String("task")).toString(), 300)};
    if (promisesAMark(recap.task) || asksForPersonalData(recap.task)) {
        recap.task.clear();
    }
    return recap;
}

QString recapNote(const Recap& recap, const QString& language)
{
    const Words phrases = phrasesIn(language);
    QStringList parts;
    const auto part = [&parts](const QString& title, const QStringList& lines) {
        if (!lines.isEmpty()) {
            parts.append(QStringLiteral("**%1**\n").arg(title) + lines.join(QLatin1Char('\n')));
        }
    };
    QStringList lines;
    for (const Recap::Praise& praise : recap.doneWell) {
        lines.append(praise.what.isEmpty() ? QStringLiteral("- *%1*").arg(praise.quote)
                                           : QStringLiteral("- %1 *%2*").arg(praise.what, praise.quote));
    }
    part(phrases.done, lines);
    lines.clear();
    for (const RecapPattern& pattern : recap.patterns) {
        QString line = QStringLiteral("- %1: ~~%2~~ → **%3**").arg(mistakeName(pattern.rule, pattern.type, language), pattern.original, pattern.suggestion);
        if (pattern.times > 1) {
            line += QStringLiteral(" (%1)").arg(phrases.times.arg(pattern.times));
        }
        lines.append(line);
    }
    part(phrases.patterns, lines);
    if (!recap.words.isEmpty()) {
        part(phrases.words, {recap.words.join(QStringLiteral(", "))});
    }
    const QString own = recap.patterns.isEmpty() ? phrases.freeTask : phrases.ownTask.arg(recap.patterns.first().suggestion);
    part(phrases.task, {recap.task.isEmpty() ? own : recap.task});
    return parts.join(QStringLiteral("\n\n"));
}
