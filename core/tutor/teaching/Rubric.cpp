// SPDX-License-Identifier: GPL-3.0-or-later
#include "tutor/teaching/Rubric.h"

#include "tutor/teaching/Safety.h"
#include "tutor/teaching/Sentences.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <array>

namespace {

constexpr qsizetype mostEvidence = 3;

constexpr std::array reachedNames {
    std::pair {Reached::NotYet, "not_yet"},
    std::pair {Reached::Partly, "partly"},
    std::pair {Reached::Mostly, "mostly"},
    std::pair {Reached::Fully, "fully"},
};

std::optional<Reached> reachedFrom(const QString& name)
{
    for (const auto& [value, known] : reachedNames) {
        if (name == QLatin1String(known)) {
            return value;
        }
    }
    return std::nullopt;
}

QString advice(const QJsonValue& value, int& dropped)
{
    const QString text = asDataLine(value.toString(), 400);
    if (promisesAMark(text)) {
        ++dropped;
        return {};
    }
    return text;
}

} // namespace

QString reachedName(Reached reached)
{
    return QLatin1String(reachedNames[std::size_t(reached)].second);
}

QList<RubricCriterion> rubricFor(TutorTask task)
{
    QList<RubricCriterion> criteria;
    QFile file(QStringLiteral(":/tutor/rubrics.json"));
    if ((task != TutorTask::Writing && task != TutorTask::Speaking) || !file.open(QIODevice::ReadOnly)) {
        return criteria;
    }
    const QJsonObject all = QJsonDocument::fromJson(file.readAll()).object();
    const QLatin1String name(task == TutorTask::Writing ? "writing" : "speaking");
    for (const QJsonValue& value : all.value(name).toArray()) {
        const QJsonObject json = value.toObject();
        RubricCriterion criterion;
        criterion.id = json.value(QLatin1String("id")).toString();
        criterion.looksAt = json.value(QLatin1String("looks_at")).toString();
        const QJsonObject names = json.value(QLatin1String("name")).toObject();
        for (auto it = names.begin(); it != names.end(); ++it) {
            criterion.name.byLanguage.insert(it.key(), it.value().toString());
        }
        criteria.append(criterion);
    }
    return criteria;
}

QString rubricInstruction(TutorTask task, const QString& brief)
{
    QStringList lines;
    for (const RubricCriterion& criterion : rubricFor(task)) {
        lines.append(QStringLiteral("- %1: %2").arg(criterion.id, criterion.looksAt));
    }
    if (lines.isEmpty()) {
        return {};
    }
    return QStringLiteral("Task: the learner's first message is %1. Look at it by these criteria:\n%2\n"
                          "For each: one strength, one next step, and one to three quotes copied letter by letter from "
                          "the learner's text. This is help and not an official mark: no points, no grades, no "
                          "percentages, no levels passed. Tell the learner in your reply the two most useful things only, "
                          "do not rewrite the text for them, and ask them to improve one sentence.\nWhat the task asked "
                          "for (data):\n%3")
        .arg(task == TutorTask::Writing ? QStringLiteral("a text they wrote") : QStringLiteral("the transcript of what they said"),
            lines.join(QLatin1Char('\n')), fenced(QStringLiteral("TASK"), brief, 2'000));
}

RubricFeedback verifyFeedback(TutorTask task, const QJsonArray& said, const QString& learnerText)
{
    RubricFeedback feedback;
    for (const RubricCriterion& criterion : rubricFor(task)) {
        CriterionFeedback found;
        found.criterion = criterion.id;
        bool usable = false;
        for (const QJsonValue& value : said) {
            const QJsonObject json = value.toObject();
            const auto reached = reachedFrom(json.value(QLatin1String("reached")).toString());
            if (usable || json.value(QLatin1String("id")).toString() != criterion.id || !reached) {
                continue;
            }
            found.reached = *reached;
            for (const QJsonValue& quote : json.value(QLatin1String("evidence")).toArray()) {
                if (!isQuotedFrom(quote.toString(), learnerText)) {
                    ++feedback.dropped;
                } else if (found.evidence.size() < mostEvidence) {
                    found.evidence.append(quote.toString().simplified());
                }
            }
            found.strength = advice(json.value(QLatin1String("strength")), feedback.dropped);
            found.next = advice(json.value(QLatin1String("next")), feedback.dropped);
            usable = !found.evidence.isEmpty() && !(found.strength.isEmpty() && found.next.isEmpty());
        }
        if (usable) {
            feedback.criteria.append(found);
        } else {
            feedback.missing.append(criterion.id);
        }
    }
    return feedback;
}

QJsonArray toJson(const RubricFeedback& feedback)
{
    QJsonArray list;
    for (const CriterionFeedback& entry : feedback.criteria) {
        list.append(QJsonObject {{QStringLiteral("id"), entry.criterion},
            {QStringLiteral("reached"), reachedName(entry.reached)},
            {QStringLiteral("evidence"), QJsonArray::fromStringList(entry.evidence)},
            {QStringLiteral("strength"), entry.strength}, {QStringLiteral("next"), entry.next}});
    }
    return list;
}
