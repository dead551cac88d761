// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/ExerciseTalk.h"

#include "study/ExerciseCheck.h"
#include "tutor/teaching/Cefr.h"
#include "tutor/teaching/Citations.h"

#include <QJsonArray>
#include <QRegularExpression>

#include <algorithm>

namespace {

QString textOfPart(const QList<ItemOption>& parts, const QString& id)
{
    const auto found = std::ranges::find(parts, id, &ItemOption::id);
    return found == parts.end() ? QString() : found->text;
}

QStringList textsOf(const QList<ItemOption>& parts, const QJsonArray& ids)
{
    QStringList texts;
    for (const QJsonValue& id : ids) {
        texts.append(textOfPart(parts, id.toString()));
    }
    return texts;
}

/// Every accepted text; a pattern is none.
QStringList acceptedTexts(const ExamItem& item)
{
    QStringList texts;
    for (const QJsonValue& accepted : item.raw.value(QLatin1String("accept")).toArray()) {
        const QJsonObject one = accepted.toObject();
        if (one.value(QLatin1String("match")).toString() != QLatin1String("regex")) {
            texts.append(one.value(QLatin1String("text")).toString());
        }
    }
    return texts;
}

} // namespace

LearnerCard ExerciseTalk::card(
    const Pack& pack, const UnitId& unit, const PackItem& item, bool solved, const LearnerCard& learner)
{
    LearnerCard card = learner;
    card.task = TutorTask::Exercise;
    card.targetLanguage = pack.targetLanguage;
    if (!pack.cefr.isEmpty() && cefrFrom(pack.cefr) < cefrFrom(card.level)) {
        card.level = pack.cefr;
    }
    const QString language = isBelowB1(cefrFrom(card.level)) ? card.helpLanguage : card.targetLanguage;
    TutorExercise& exercise = card.exercise;
    exercise.prompt = textOf(item.item, language);
    exercise.solutions = solutionsOf(item.item);
    exercise.choices = choicesOf(item.item);
    exercise.pack = pack.id.toString();
    exercise.unit = unit.toString();
    exercise.item = item.id().toString();
    exercise.skill = item.item.skill;
    exercise.reason = item.explanation.in(language);
    exercise.solved = solved;
    QList<LessonPassage> notes;
    for (const PackItem* note : pack.itemsFor(ItemUse::Note, unit)) {
        notes.append({note->id().toString(), note->item.prompt.in(language), note->content.in(language)});
    }
    card.lesson = lessonText(notes);
    return card;
}

QString ExerciseTalk::textOf(const ExamItem& item, const QString& language)
{
    static const QRegularExpression gap(QStringLiteral("\\{\\{[^}]*\\}\\}"));
    QStringList parts {item.prompt.in(language)};
    if (item.stimulus && !item.stimulus->text.isEmpty()) {
        parts.append(item.stimulus->text);
    }
    if (!item.text.isEmpty()) {
        parts.append(QString(item.text).replace(gap, QStringLiteral("____")));
    }
    for (const QList<ItemOption>* list : {&item.options, &item.left, &item.right}) {
        QStringList lines;
        for (const ItemOption& option : *list) {
            lines.append(QStringLiteral("- ") + option.text);
        }
        if (!lines.isEmpty()) {
            parts.append(lines.join(QLatin1Char('\n')));
        }
    }
    return parts.join(QStringLiteral("\n\n"));
}

QStringList ExerciseTalk::solutionsOf(const ExamItem& item)
{
    const QJsonObject solution = solutionOf(item);
    const auto field = [&solution](const char* name) { return solution.value(QLatin1String(name)); };
    switch (item.type) {
    case ItemType::Choice:
        return {textOfPart(item.options, field("choice").toString())};
    case ItemType::Multi:
        return {textsOf(item.options, field("choices").toArray()).join(QStringLiteral("; "))};
    case ItemType::TrueFalse:
        return {field("value").toBool() ? tr("True") : tr("False")};
    case ItemType::Cloze: {
        QStringList words;
        for (const ItemGap& gap : item.gaps) {
            words.append(field("gaps").toObject().value(gap.id).toString());
        }
        return {words.join(QStringLiteral(", "))};
    }
    case ItemType::Match:
    case ItemType::GappedText: {
        QStringList pairs;
        for (const ItemOption& left : item.left) {
            pairs.append(QStringLiteral("%1 → %2").arg(
                left.text, textOfPart(item.right, field("pairs").toObject().value(left.id).toString())));
        }
        return {pairs.join(QStringLiteral("; "))};
    }
    case ItemType::Order:
        return {textsOf(item.options, field("order").toArray()).join(QStringLiteral(" → "))};
    case ItemType::Short:
    case ItemType::Transform:
    case ItemType::Dictation:
        return acceptedTexts(item);
    case ItemType::Essay:
    case ItemType::Record:
    case ItemType::Info:
    case ItemType::Unknown:
        break;
    }
    return {};
}

QStringList ExerciseTalk::choicesOf(const ExamItem& item)
{
    if (item.type == ItemType::TrueFalse) {
        return {tr("True"), tr("False")};
    }
    QStringList choices;
    if (item.type == ItemType::Choice) {
        for (const ItemOption& option : item.options) {
            choices.append(option.text);
        }
    }
    return choices;
}
