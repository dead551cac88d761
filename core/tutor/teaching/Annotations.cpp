// SPDX-License-Identifier: GPL-3.0-or-later
#include "tutor/teaching/Annotations.h"

#include "tutor/teaching/Safety.h"
#include "tutor/teaching/Sentences.h"

#include <algorithm>
#include <array>

namespace {

constexpr int mostSaid = 60;
constexpr int mostKept = 20;
constexpr int mostExplanationWords = 20;
constexpr qsizetype mostSuggestion = 300;
constexpr double leastConfidence = 0.6;

constexpr std::array typeNames {
    std::pair {MistakeType::Grammar, "grammar"},
    std::pair {MistakeType::Vocabulary, "vocab"},
    std::pair {MistakeType::Spelling, "spelling"},
    std::pair {MistakeType::WordOrder, "word-order"},
    std::pair {MistakeType::Register, "register"},
    std::pair {MistakeType::Gender, "gender"},
    std::pair {MistakeType::Tense, "tense"},
    std::pair {MistakeType::Agreement, "agreement"},
};

std::optional<MistakeType> typeFrom(const QString& name)
{
    QString wanted = name.toLower();
    wanted.replace(QLatin1Char('_'), QLatin1Char('-'));
    for (const auto& [type, known] : typeNames) {
        if (wanted == QLatin1String(known)) {
            return type;
        }
    }
    return wanted == QLatin1String("vocabulary") ? std::optional(MistakeType::Vocabulary) : std::nullopt;
}

bool isInsideWord(const QString& text, qsizetype at)
{
    return at > 0 && at < text.size() && text[at - 1].isLetterOrNumber() && text[at].isLetterOrNumber();
}

bool isWholeWords(const QString& text, qsizetype start, qsizetype length)
{
    return !isInsideWord(text, start) && !isInsideWord(text, start + length);
}

/// Where `original` stands: at `claimed`, else at the place nearest to it; -1 when nowhere.
qsizetype placeOf(const QString& original, const QString& text, qsizetype claimed)
{
    if (claimed >= 0 && claimed <= text.size() && QStringView(text).mid(claimed).startsWith(original)
        && isWholeWords(text, claimed, original.size())) {
        return claimed;
    }
    qsizetype best = -1;
    for (qsizetype at = text.indexOf(original); at >= 0; at = text.indexOf(original, at + 1)) {
        const bool nearer = best < 0 || std::abs(at - claimed) < std::abs(best - claimed);
        if (nearer && isWholeWords(text, at, original.size())) {
            best = at;
        }
    }
    return best;
}

QString shortened(const QString& text)
{
    const QString line = asDataLine(withoutMarkup(text), 400);
    const QStringList words = line.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    return words.size() <= mostExplanationWords ? line
                                                : words.first(mostExplanationWords).join(QLatin1Char(' ')) + QChar(u'…');
}

std::optional<Annotation> verified(const QJsonValue& value, const QString& text)
{
    const QJsonObject said = value.toObject();
    const auto field = [&said](const char* name) { return said.value(QLatin1String(name)); };
    Annotation mark;
    mark.original = field("original").toString();
    mark.suggestion = field("suggestion").toString().left(mostSuggestion);
    const auto type = typeFrom(field("type").toString());
    const int severity = field("severity").toInt(2);
    mark.confidence = field("confidence").toDouble(1);
    if (mark.original.trimmed().isEmpty() || !type || severity < 1 || severity > 3 || !field("suggestion").isString()
        || mark.suggestion == mark.original || !(mark.confidence >= leastConfidence && mark.confidence <= 1)) {
        return std::nullopt;
    }
    const qsizetype start = placeOf(mark.original, text, field("start").toInteger(0));
    if (start < 0) {
        return std::nullopt;
    }
    mark.start = int(start);
    mark.length = int(mark.original.size());
    mark.type = *type;
    mark.severity = severity;
    mark.rule = asDataLine(field("rule_id").toString(), 60).toLower();
    mark.explanation = shortened(field("explanation").toString());
    return mark;
}

bool overlap(const Annotation& a, const Annotation& b)
{
    return a.start < b.start + b.length && b.start < a.start + a.length;
}

qsizetype mostIn(CorrectionMode mode)
{
    switch (mode) {
    case CorrectionMode::Fluency:
        return 1;
    case CorrectionMode::Accuracy:
        return mostKept;
    case CorrectionMode::Exam:
        break;
    }
    return 0;
}

} // namespace

QString mistakeTypeName(MistakeType type)
{
    for (const auto& [value, name] : typeNames) {
        if (value == type) {
            return QLatin1String(name);
        }
    }
    return {};
}

VerifiedAnnotations verifyAnnotations(
    const QJsonArray& said, const QString& learnerText, CorrectionMode mode)
{
    VerifiedAnnotations result;
    QList<Annotation> candidates;
    for (qsizetype i = 0; i < said.size(); ++i) {
        if (auto mark = i < mostSaid ? verified(said.at(i), learnerText) : std::nullopt) {
            candidates.append(std::move(*mark));
        } else {
            ++result.dropped;
        }
    }
    std::ranges::stable_sort(candidates, std::ranges::greater(), &Annotation::severity);
    for (const Annotation& mark : candidates) {
        if (std::ranges::any_of(result.kept, [&mark](const Annotation& other) { return overlap(mark, other); })) {
            ++result.dropped;
        } else if (result.kept.size() < mostIn(mode)) {
            result.kept.append(mark);
        }
    }
    std::ranges::sort(result.kept, {}, &Annotation::start);
    return result;
}

QJsonArray toJson(const QList<Annotation>& annotations)
{
    QJsonArray list;
    for (const Annotation& mark : annotations) {
        list.append(QJsonObject {{QStringLiteral("start"), mark.start}, {QStringLiteral("original"), mark.original},
            {QStringLiteral("suggestion"), mark.suggestion}, {QStringLiteral("type"), mistakeTypeName(mark.type)},
            {QStringLiteral("severity"), mark.severity}, {QStringLiteral("rule_id"), mark.rule},
            {QStringLiteral("explanation"), mark.explanation}, {QStringLiteral("confidence"), mark.confidence}});
    }
    return list;
}

QList<Annotation> annotationsFrom(const QJsonArray& json, const QString& learnerText)
{
    return verifyAnnotations(json, learnerText, CorrectionMode::Accuracy).kept;
}

QList<MarkedPiece> markedPieces(const QString& learnerText, const QList<Annotation>& annotations)
{
    QList<MarkedPiece> pieces;
    qsizetype at = 0;
    for (qsizetype i = 0; i < annotations.size(); ++i) {
        const Annotation& mark = annotations[i];
        if (mark.start < at || mark.start + mark.length > learnerText.size()) {
            continue;
        }
        if (mark.start > at) {
            pieces.append({learnerText.mid(at, mark.start - at)});
        }
        pieces.append({learnerText.mid(mark.start, mark.length), int(i)});
        at = mark.start + mark.length;
    }
    if (at < learnerText.size()) {
        pieces.append({learnerText.mid(at)});
    }
    return pieces;
}
