// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/ExerciseCheck.h"

#include "domain/Scoring.h"

#include <QSet>

#include <algorithm>

namespace {

QSet<QString> idsOf(const QList<ItemOption>& options)
{
    QSet<QString> ids;
    for (const ItemOption& option : options) {
        ids.insert(option.id);
    }
    return ids;
}

void checkOptions(const ExamItem& item, const ItemKey& key, ShapeChecker& checker)
{
    const QSet<QString> known = idsOf(item.options);
    bool anyFull = false;
    for (auto it = key.credits.begin(); it != key.credits.end(); ++it) {
        if (!known.contains(it.key())) {
            checker.fail("pack_options", it.key() + QStringLiteral(" is no option"));
        }
        if (*it > Rational(1)) {
            checker.fail("pack_options", it.key() + QStringLiteral(" earns more than everything"));
        }
        anyFull = anyFull || *it == Rational(1);
    }
    if (!anyFull) {
        checker.fail("pack_options", QStringLiteral("no option is right"));
    }
    if (item.type == ItemType::Choice && key.credits.size() == item.options.size()) {
        checker.fail("pack_options", QStringLiteral("no option is wrong"));
    }
}

void checkAccepted(const QList<AcceptedText>& accepted, ShapeChecker& checker)
{
    bool anyFull = false;
    for (const AcceptedText& text : accepted) {
        if (text.text.trimmed().isEmpty() || text.credit < Rational(0) || text.credit > Rational(1)) {
            checker.fail("pack_answer", QStringLiteral("an accepted text is empty or its credit is out of range"));
        }
        if (text.match == AcceptedText::Match::Regex && !QRegularExpression(text.text).isValid()) {
            checker.fail("pack_answer", QStringLiteral("a pattern cannot be read"));
        }
        anyFull = anyFull || text.credit == Rational(1);
    }
    if (!anyFull) {
        checker.fail("pack_answer", QStringLiteral("no answer earns everything"));
    }
}

void checkGaps(const ExamItem& item, const ItemKey& key, ShapeChecker& checker)
{
    static const QRegularExpression marker(QStringLiteral("\\{\\{([^{}]*)\\}\\}"));
    QSet<QString> marked;
    auto match = marker.globalMatch(item.text);
    while (match.hasNext()) {
        const QString id = match.next().captured(1);
        if (marked.contains(id)) {
            checker.fail("pack_gaps", id + QStringLiteral(" is marked twice"));
        }
        marked.insert(id);
    }
    for (const ItemGap& gap : item.gaps) {
        if (!marked.remove(gap.id)) {
            checker.fail("pack_gaps", gap.id + QStringLiteral(" is not in the text"));
        }
        const QList<AcceptedText> accepted = key.gaps.value(gap.id);
        checkAccepted(accepted, checker);
        const QStringList& offered = gap.options.isEmpty() ? item.wordBank : gap.options;
        const auto isOffered = [&offered](const AcceptedText& text) { return offered.contains(text.text); };
        if (!offered.isEmpty() && !std::ranges::any_of(accepted, isOffered)) {
            checker.fail("pack_gaps", gap.id + QStringLiteral(" cannot be answered with what is offered"));
        }
    }
    if (!marked.isEmpty()) {
        checker.fail("pack_gaps", *marked.begin() + QStringLiteral(" is no gap"));
    }
}

void checkPairs(const ExamItem& item, const ItemKey& key, ShapeChecker& checker)
{
    const QSet<QString> right = idsOf(item.right);
    QSet<QString> open = idsOf(item.left);
    for (auto it = key.pairs.begin(); it != key.pairs.end(); ++it) {
        if (!open.remove(it.key()) || !right.contains(it.value())) {
            checker.fail("pack_pairs", it.key() + QStringLiteral(" or its partner does not exist"));
        }
    }
    if (!open.isEmpty()) {
        checker.fail("pack_pairs", *open.begin() + QStringLiteral(" has no partner"));
    }
}

void checkOrder(const ExamItem& item, const ItemKey& key, ShapeChecker& checker)
{
    const QSet<QString> options = idsOf(item.options);
    if (key.order.size() != options.size()
        || QSet<QString>(key.order.begin(), key.order.end()) != options) {
        checker.fail("pack_options", QStringLiteral("the order does not name every part once"));
    }
}

QString firstFull(const QList<AcceptedText>& accepted)
{
    const auto it = std::ranges::find_if(accepted, [](const AcceptedText& text) {
        return text.credit == Rational(1) && text.match != AcceptedText::Match::Regex;
    });
    return it == accepted.end() ? QString() : it->text;
}

QJsonObject gapSolution(const ExamItem& item, const ItemKey& key)
{
    QJsonObject gaps;
    for (const ItemGap& gap : item.gaps) {
        gaps.insert(gap.id, firstFull(key.gaps.value(gap.id)));
    }
    return {{QStringLiteral("gaps"), gaps}};
}

} // namespace

QJsonObject solutionOf(const ExamItem& item)
{
    const Result<ItemKey> parsed = parseItemKey(item, item.raw);
    if (!parsed) {
        return {};
    }
    const ItemKey& key = *parsed;
    switch (item.type) {
    case ItemType::Choice:
    case ItemType::Multi: {
        QJsonArray right;
        for (const ItemOption& option : item.options) {
            if (key.credits.value(option.id) == Rational(1)) {
                right.append(option.id);
            }
        }
        return item.type == ItemType::Choice
            ? QJsonObject {{QStringLiteral("choice"), right.first()}}
            : QJsonObject {{QStringLiteral("choices"), right}};
    }
    case ItemType::TrueFalse:
        return {{QStringLiteral("value"), key.truth.value_or(false)}};
    case ItemType::Cloze:
        return gapSolution(item, key);
    case ItemType::Match:
    case ItemType::GappedText: {
        QJsonObject pairs;
        for (auto it = key.pairs.begin(); it != key.pairs.end(); ++it) {
            pairs.insert(it.key(), it.value());
        }
        return {{QStringLiteral("pairs"), pairs}};
    }
    case ItemType::Order:
        return {{QStringLiteral("order"), QJsonArray::fromStringList(key.order)}};
    case ItemType::Short:
    case ItemType::Transform:
    case ItemType::Dictation:
        return {{QStringLiteral("text"), firstFull(key.accepted)}};
    case ItemType::Essay:
    case ItemType::Record:
    case ItemType::Info:
    case ItemType::Unknown:
        break;
    }
    return {};
}

void checkExercise(const ExamItem& item, ShapeChecker& checker)
{
    if (!item.isClosed()) {
        return;
    }
    const Result<ItemKey> key = parseItemKey(item, item.raw);
    if (!key) {
        checker.fail(item.type == ItemType::Match || item.type == ItemType::GappedText ? "pack_pairs" : "pack_answer",
            QStringLiteral("has no usable key"));
        return;
    }
    switch (item.type) {
    case ItemType::Choice:
    case ItemType::Multi:
        checkOptions(item, *key, checker);
        break;
    case ItemType::Cloze:
        checkGaps(item, *key, checker);
        break;
    case ItemType::Match:
    case ItemType::GappedText:
        checkPairs(item, *key, checker);
        break;
    case ItemType::Order:
        checkOrder(item, *key, checker);
        break;
    case ItemType::Short:
    case ItemType::Transform:
    case ItemType::Dictation:
        checkAccepted(key->accepted, checker);
        break;
    default:
        break;
    }
}
