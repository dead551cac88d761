// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/PracticeJudge.h"

#include "domain/Scoring.h"
#include "study/ExerciseCheck.h"

#include <QJsonArray>

#include <algorithm>

namespace {

QStringList wrongGaps(const ExamItem& item, const ItemKey& key, const QJsonObject& answer)
{
    QStringList wrong;
    for (const ItemGap& gap : item.gaps) {
        ItemKey single;
        single.gaps.insert(gap.id, key.gaps.value(gap.id));
        const auto score = scoreItem(item, single, answer);
        if (!score || !score->isFull()) {
            wrong.append(gap.id);
        }
    }
    return wrong;
}

QStringList wrongPairs(const ItemKey& key, const QJsonObject& answer)
{
    QStringList wrong;
    const QJsonObject given = answer.value(QLatin1String("pairs")).toObject();
    for (auto it = key.pairs.begin(); it != key.pairs.end(); ++it) {
        if (given.value(it.key()).toString() != it.value()) {
            wrong.append(it.key());
        }
    }
    wrong.sort();
    return wrong;
}

QStringList wrongOptions(const ExamItem& item, const ItemKey& key, const QJsonObject& answer)
{
    const QJsonArray chosen = item.type == ItemType::Choice
        ? QJsonArray {answer.value(QLatin1String("choice"))}
        : answer.value(QLatin1String("choices")).toArray();
    QStringList wrong;
    for (const ItemOption& option : item.options) {
        const bool isRight = key.credits.value(option.id) > Rational(0);
        const bool missed = item.type == ItemType::Multi && isRight && !chosen.contains(option.id);
        if ((!isRight && chosen.contains(option.id)) || missed) {
            wrong.append(option.id);
        }
    }
    return wrong;
}

QStringList wrongPlaces(const ItemKey& key, const QJsonObject& answer)
{
    const QJsonArray given = answer.value(QLatin1String("order")).toArray();
    QStringList wrong;
    for (qsizetype i = 0; i < key.order.size(); ++i) {
        if (given.at(i).toString() != key.order[i]) {
            wrong.append(i < given.size() ? given.at(i).toString() : key.order[i]);
        }
    }
    return wrong;
}

QStringList wrongParts(const ExamItem& item, const ItemKey& key, const QJsonObject& answer)
{
    switch (item.type) {
    case ItemType::Cloze:
        return wrongGaps(item, key, answer);
    case ItemType::Match:
    case ItemType::GappedText:
        return wrongPairs(key, answer);
    case ItemType::Choice:
    case ItemType::Multi:
        return wrongOptions(item, key, answer);
    case ItemType::Order:
        return wrongPlaces(key, answer);
    default:
        return {};
    }
}

struct Mark
{
    Rational earned;
    Rational maximum;
};

/// With "choose k", the k best marks count.
Rational percentOf(std::vector<Mark> marks, int choose)
{
    if (choose > 0 && std::size_t(choose) < marks.size()) {
        std::ranges::sort(marks, [](const Mark& a, const Mark& b) {
            return a.earned * b.maximum > b.earned * a.maximum;
        });
        marks.resize(std::size_t(choose));
    }
    Mark sum;
    for (const Mark& mark : marks) {
        sum.earned = sum.earned + mark.earned;
        sum.maximum = sum.maximum + mark.maximum;
    }
    return sum.maximum > Rational(0) ? sum.earned / sum.maximum * Rational(100) : Rational(0);
}

} // namespace

PracticeVerdict judgeAnswer(const PackItem& item, const QJsonObject& answer)
{
    PracticeVerdict verdict;
    verdict.maximum = item.item.points;
    verdict.explanation = item.explanation;
    if (!item.item.isClosed()) {
        verdict.needsPerson = true;
        return verdict;
    }
    // The pack was checked when it was read: every closed item has a key.
    const ItemKey key = parseItemKey(item.item, item.item.raw).valueOr({});
    const ItemScore score = scoreItem(item.item, key, answer).value_or(ItemScore());
    verdict.earned = score.earned;
    verdict.correct = score.isFull();
    verdict.wrongParts = wrongParts(item.item, key, answer);
    verdict.feedback = verdict.correct ? item.feedbackCorrect : item.feedbackIncorrect;
    verdict.solution = solutionOf(item.item);
    return verdict;
}

MockResult judgeMock(const Pack& pack, const MockExam& exam, const QHash<ItemId, QJsonObject>& answers)
{
    MockResult result;
    for (const MockSection& section : exam.sections) {
        std::vector<Mark> marks;
        for (const ItemId& id : section.items) {
            const PackItem* item = pack.item(id);
            if (!item->item.isAnswerable()) {
                continue;
            }
            const PracticeVerdict verdict = judgeAnswer(*item, answers.value(id));
            if (verdict.needsPerson) {
                ++result.openItems;
            } else {
                marks.push_back({verdict.earned, verdict.maximum});
            }
        }
        if (!marks.empty()) {
            result.percentBySection.insert(section.id, percentOf(std::move(marks), section.choose));
        }
    }
    result.verdict = judge(exam.scheme, result.percentBySection);
    return result;
}
