// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/Scoring.h"

#include <QJsonArray>
#include <QRegularExpression>

#include <algorithm>
#include <numeric>

namespace {

QString withoutAccents(const QString& text)
{
    QString bare;
    const QString decomposed = text.normalized(QString::NormalizationForm_D);
    for (const QChar c : decomposed) {
        if (c.category() != QChar::Mark_NonSpacing) {
            bare.append(c);
        }
    }
    return bare;
}

QString straightened(QString text)
{
    static constexpr std::pair<char16_t, char16_t> replacements[]{{u'\u2018', u'\''},
        {u'\u2019', u'\''}, {u'\u02BC', u'\''}, {u'\u201C', u'"'}, {u'\u201D', u'"'},
        {u'\u2010', u'-'}, {u'\u2011', u'-'}};
    for (const auto& [from, to] : replacements) {
        text.replace(QChar(from), QChar(to));
    }
    return text;
}

std::optional<AcceptedText::Match> matchFromName(const QString& name)
{
    if (name.isEmpty() || name == QLatin1String("fold")) {
        return AcceptedText::Match::Fold;
    }
    if (name == QLatin1String("exact")) {
        return AcceptedText::Match::Exact;
    }
    if (name == QLatin1String("fold-accents")) {
        return AcceptedText::Match::FoldAccents;
    }
    if (name == QLatin1String("regex")) {
        return AcceptedText::Match::Regex;
    }
    return std::nullopt;
}

std::optional<QList<AcceptedText>> readAccepted(const QJsonValue& value)
{
    if (!value.isArray() || value.toArray().isEmpty()) {
        return std::nullopt;
    }
    QList<AcceptedText> accepted;
    const QJsonArray array = value.toArray();
    for (const QJsonValue& entry : array) {
        AcceptedText text;
        if (entry.isString()) {
            text.text = entry.toString();
        } else {
            const QJsonObject object = entry.toObject();
            const auto match = matchFromName(object.value(QLatin1String("match")).toString());
            const QJsonValue credit = object.value(QLatin1String("credit"));
            if (!match || !object.value(QLatin1String("text")).isString()) {
                return std::nullopt;
            }
            text.text = object.value(QLatin1String("text")).toString();
            text.match = *match;
            text.credit = credit.isDouble() ? Rational::fromDouble(credit.toDouble()) : Rational(1);
        }
        accepted.append(text);
    }
    return accepted;
}

bool matches(const AcceptedText& accepted, const QString& answer)
{
    if (accepted.match == AcceptedText::Match::Regex) {
        const QRegularExpression pattern(QRegularExpression::anchoredPattern(accepted.text),
            QRegularExpression::CaseInsensitiveOption
                | QRegularExpression::UseUnicodePropertiesOption);
        return pattern.isValid()
            && pattern.match(normalizedForComparison(answer, AcceptedText::Match::Exact))
                   .hasMatch();
    }
    return normalizedForComparison(answer, accepted.match)
        == normalizedForComparison(accepted.text, accepted.match);
}

/// The share, 0 to 1, that the best accepted text gives this answer.
Rational shareOf(const QList<AcceptedText>& accepted, const QString& answer)
{
    Rational best;
    if (answer.trimmed().isEmpty()) {
        return best;
    }
    for (const AcceptedText& candidate : accepted) {
        if (candidate.credit > best && matches(candidate, answer)) {
            best = candidate.credit;
        }
    }
    return best;
}

Rational shareOfChoices(const ItemKey& key, const QJsonArray& choices)
{
    const auto rightOnes = std::ranges::count_if(
        key.credits, [](const Rational& credit) { return credit > Rational(0); });
    if (rightOnes == 0) {
        return {};
    }
    Rational share;
    for (const QJsonValue& choice : choices) {
        const bool right = key.credits.value(choice.toString()) > Rational(0);
        share = share + Rational(right ? 1 : -1, qint64(rightOnes));
    }
    return std::clamp(share, Rational(0), Rational(1));
}

Rational shareOfOrder(const QStringList& right, const QJsonArray& order)
{
    if (right.size() < 2) {
        return {};
    }
    QStringList given;
    for (const QJsonValue& id : order) {
        given.append(id.toString());
    }
    qint64 kept = 0;
    for (qsizetype i = 0; i + 1 < right.size(); ++i) {
        const qsizetype at = given.indexOf(right[i]);
        kept += at >= 0 && at + 1 < given.size() && given[at + 1] == right[i + 1] ? 1 : 0;
    }
    return Rational(kept, qint64(right.size()) - 1);
}

std::optional<Rational> shareFor(
    const ExamItem& item, const ItemKey& key, const QJsonObject& answer)
{
    switch (item.type) {
    case ItemType::Choice:
        return key.credits.value(answer.value(QLatin1String("choice")).toString());
    case ItemType::Multi:
        return shareOfChoices(key, answer.value(QLatin1String("choices")).toArray());
    case ItemType::TrueFalse: {
        const QJsonValue value = answer.value(QLatin1String("value"));
        return Rational(key.truth && value.isBool() && value.toBool() == *key.truth ? 1 : 0);
    }
    case ItemType::Cloze: {
        const QJsonObject given = answer.value(QLatin1String("gaps")).toObject();
        Rational sum;
        for (auto it = key.gaps.begin(); it != key.gaps.end(); ++it) {
            sum = sum + shareOf(it.value(), given.value(it.key()).toString());
        }
        return key.gaps.isEmpty() ? Rational() : sum / Rational(qint64(key.gaps.size()));
    }
    case ItemType::Match:
    case ItemType::GappedText: {
        const QJsonObject given = answer.value(QLatin1String("pairs")).toObject();
        qint64 right = 0;
        for (auto it = key.pairs.begin(); it != key.pairs.end(); ++it) {
            right += given.value(it.key()).toString() == it.value() ? 1 : 0;
        }
        return key.pairs.isEmpty() ? Rational() : Rational(right, qint64(key.pairs.size()));
    }
    case ItemType::Order:
        return shareOfOrder(key.order, answer.value(QLatin1String("order")).toArray());
    case ItemType::Short:
    case ItemType::Transform:
    case ItemType::Dictation:
        return shareOf(key.accepted, answer.value(QLatin1String("text")).toString());
    case ItemType::Essay:
    case ItemType::Record:
    case ItemType::Info:
    case ItemType::Unknown:
        break;
    }
    return std::nullopt;
}

void readOptionCredits(ItemKey& key, const QJsonObject& json)
{
    const QJsonArray options = json.value(QLatin1String("options")).toArray();
    for (const QJsonValue& value : options) {
        const QJsonObject option = value.toObject();
        const QJsonValue credit = option.value(QLatin1String("credit"));
        if (credit.isDouble() && credit.toDouble() > 0) {
            key.credits.insert(option.value(QLatin1String("id")).toString(),
                Rational::fromDouble(credit.toDouble()));
        }
    }
}

bool readGapKeys(ItemKey& key, const QJsonObject& json)
{
    const QJsonValue gaps = json.value(QLatin1String("gaps"));
    const auto add = [&key](const QString& id, const QJsonValue& value) {
        const auto accepted
            = readAccepted(value.isString() ? QJsonValue(QJsonArray{value}) : value);
        if (accepted) {
            key.gaps.insert(id, *accepted);
        }
        return accepted.has_value();
    };
    if (gaps.isObject()) {
        const QJsonObject map = gaps.toObject();
        for (auto it = map.begin(); it != map.end(); ++it) {
            if (!add(it.key(), it.value())) {
                return false;
            }
        }
        return !map.isEmpty();
    }
    const QJsonArray list = gaps.toArray();
    for (const QJsonValue& gap : list) {
        const QJsonObject object = gap.toObject();
        if (!add(object.value(QLatin1String("id")).toString(),
                object.value(QLatin1String("accept")))) {
            return false;
        }
    }
    return !list.isEmpty();
}

bool readKey(const ExamItem& item, const QJsonObject& json, ItemKey& key)
{
    switch (item.type) {
    case ItemType::Choice:
    case ItemType::Multi: {
        readOptionCredits(key, json);
        if (const QJsonValue choice = json.value(QLatin1String("choice")); choice.isString()) {
            key.credits.insert(choice.toString(), Rational(1));
        }
        const QJsonArray choices = json.value(QLatin1String("choices")).toArray();
        for (const QJsonValue& choice : choices) {
            key.credits.insert(choice.toString(), Rational(1));
        }
        return !key.credits.isEmpty();
    }
    case ItemType::TrueFalse: {
        const QJsonValue answer = json.value(QLatin1String("answer"));
        const QJsonValue value = answer.isBool() ? answer : json.value(QLatin1String("value"));
        if (value.isBool()) {
            key.truth = value.toBool();
        }
        return key.truth.has_value();
    }
    case ItemType::Cloze:
        return readGapKeys(key, json);
    case ItemType::Match:
    case ItemType::GappedText: {
        const QJsonObject pairs = json.value(QLatin1String("pairs")).toObject();
        for (auto it = pairs.begin(); it != pairs.end(); ++it) {
            key.pairs.insert(it.key(), it.value().toString());
        }
        return !key.pairs.isEmpty();
    }
    case ItemType::Order: {
        const QJsonArray order = json.value(QLatin1String("order")).toArray();
        for (const QJsonValue& id : order) {
            key.order.append(id.toString());
        }
        return key.order.size() > 1;
    }
    case ItemType::Short:
    case ItemType::Transform:
    case ItemType::Dictation: {
        const auto accepted = readAccepted(json.value(QLatin1String("accept")));
        key.accepted = accepted.value_or(QList<AcceptedText>());
        return accepted.has_value();
    }
    case ItemType::Essay:
    case ItemType::Record:
    case ItemType::Info:
    case ItemType::Unknown:
        break;
    }
    return false;
}

} // namespace

Result<ItemKey> parseItemKey(const ExamItem& item, const QJsonObject& json)
{
    const QJsonValue own = json.value(QLatin1String("key"));
    ItemKey key;
    if (!readKey(item, own.isObject() ? own.toObject() : json, key)) {
        return Error{ErrorKind::Invalid, QStringLiteral("key_missing"), item.id.toString(), {}};
    }
    return key;
}

std::optional<ItemScore> scoreItem(
    const ExamItem& item, const ItemKey& key, const QJsonObject& answer)
{
    const auto share = shareFor(item, key, answer);
    if (!share) {
        return std::nullopt;
    }
    return ItemScore{item.points * *share, item.points};
}

QString normalizedForComparison(const QString& text, AcceptedText::Match match)
{
    QString result = straightened(text.normalized(QString::NormalizationForm_C)).simplified();
    if (match == AcceptedText::Match::Exact) {
        return result;
    }
    if (match == AcceptedText::Match::FoldAccents) {
        result = withoutAccents(result);
    }
    return result.toCaseFolded();
}
