// SPDX-License-Identifier: GPL-3.0-or-later
#include "tutor/teaching/ReplyTeacher.h"

#include "tutor/teaching/Aside.h"
#include "tutor/teaching/AskPhrases.h"
#include "tutor/teaching/ErrorMemory.h"

#include <algorithm>

namespace {

QStringList said(const QList<TutorTurn>& turns, TutorRole role)
{
    QStringList texts;
    for (const TutorTurn& turn : turns) {
        if (turn.role == role) {
            texts.append(turn.text);
        }
    }
    return texts;
}

QJsonObject levelJson(const LevelReport& level)
{
    return {{QStringLiteral("words"), level.words}, {QStringLiteral("longest"), level.longestSentence},
        {QStringLiteral("share"), level.outsideShare}, {QStringLiteral("outside"), QJsonArray::fromStringList(level.outside)},
        {QStringLiteral("tooLong"), level.tooLong}, {QStringLiteral("longSentences"), level.longSentences},
        {QStringLiteral("hardWords"), level.hardWords}};
}

LevelReport levelFrom(const QJsonObject& json)
{
    LevelReport level;
    level.words = json.value(QLatin1String("words")).toInt();
    level.longestSentence = json.value(QLatin1String("longest")).toInt();
    level.outsideShare = json.value(QLatin1String("share")).toDouble();
    for (const QJsonValue& word : json.value(QLatin1String("outside")).toArray()) {
        level.outside.append(word.toString());
    }
    level.tooLong = json.value(QLatin1String("tooLong")).toBool();
    level.longSentences = json.value(QLatin1String("longSentences")).toBool();
    level.hardWords = json.value(QLatin1String("hardWords")).toBool();
    return level;
}

} // namespace

TaughtReply ReplyTeacher::teach(const Input& input)
{
    const LearnerCard& learner = input.learner;
    const Cefr level = cefrFrom(learner.level);
    SplitReply split = splitReply(input.reply);
    if (!input.aside.isEmpty()) {
        split.aside = input.aside;
    }
    const QJsonObject notes = notesFrom(split.aside);
    const QJsonArray corrections = notes.value(QLatin1String("corrections")).toArray();
    const QStringList learnerTexts = said(input.turns, TutorRole::Learner);
    const QString learnerText = learnerTexts.isEmpty() ? QString() : learnerTexts.last();
    const std::optional<Ask> ask = askOf(learnerText);
    const bool ends = ask == Ask::Recap || ask == Ask::EndScene;

    TaughtReply taught;
    // In an exam mistakes are collected silently and told when it is over.
    const bool isExam = learner.correction == CorrectionMode::Exam && !ends;
    const auto verified = verifyAnnotations(
        ask ? QJsonArray() : corrections, learnerText, isExam ? CorrectionMode::Accuracy : learner.correction);
    taught.dropped = verified.dropped;
    taught.errors = errorsFrom(verified.kept, learnerText, learner.targetLanguage);
    if (!isExam) {
        taught.annotations = verified.kept;
    }

    const LevelWords words(learner.targetLanguage);
    const QString familiar = learnerTexts.join(QLatin1Char('\n')) + QLatin1Char('\n') + learner.lesson + QLatin1Char('\n')
        + learner.exercise.prompt + QLatin1Char('\n') + learner.brief;
    if (!input.quotes) {
        taught.level = checkLevel(split.shown, level, words, familiar);
        QList<LevelReport> reports;
        for (const TaughtReply& earlier : input.earlier) {
            reports.append(earlier.level);
        }
        reports.append(taught.level);
        taught.offerSimpler = shouldOfferSimpler(reports);
        taught.concerns
            = concernsAbout({learner, input.turns, split.shown, ask ? QJsonArray() : corrections}, taught.level);
    }
    taught.learnerConcern = concernOf(learnerText);

    if (learner.task == TutorTask::Exercise) {
        const HintLadder ladder = hintLadder(input.turns, learner.exercise);
        taught.mayShowAnswer = ladder.mayShowAnswer();
        taught.answerShown = ladder.answerAsked;
    }
    if (learner.task == TutorTask::Writing || learner.task == TutorTask::Speaking) {
        if (learnerTexts.size() == 1) {
            taught.feedback
                = verifyFeedback(learner.task, notes.value(QLatin1String("feedback")).toArray(), learnerText);
        }
    }
    if (ends || isRecapDue(int(learnerTexts.size()))) {
        TalkFacts facts {learnerTexts, said(input.turns, TutorRole::Tutor), {}};
        facts.tutorTexts.append(split.shown);
        for (const TaughtReply& earlier : input.earlier) {
            facts.annotations += earlier.annotations;
        }
        facts.annotations += taught.annotations;
        taught.recap = recapOf(facts, level, words, notes.value(QLatin1String("recap")).toObject());
    }
    if (learner.task == TutorTask::Scenario && ends) {
        if (const auto scenario = scenarioNamed(learner.scenario)) {
            taught.scene = sceneReport(*scenario, level, learnerTexts, notes.value(QLatin1String("report")).toObject());
        }
    }
    return taught;
}

QJsonObject toJson(const TaughtReply& taught)
{
    QJsonArray concerns;
    for (const ReplyConcern concern : taught.concerns) {
        concerns.append(concernName(concern));
    }
    QJsonObject json {{QStringLiteral("annotations"), toJson(taught.annotations)}, {QStringLiteral("dropped"), taught.dropped},
        {QStringLiteral("level"), levelJson(taught.level)}, {QStringLiteral("simpler"), taught.offerSimpler},
        {QStringLiteral("mayShowAnswer"), taught.mayShowAnswer}, {QStringLiteral("concerns"), concerns}};
    if (taught.feedback) {
        json.insert(QStringLiteral("feedback"), toJson(*taught.feedback));
    }
    if (taught.scene) {
        QJsonArray met;
        for (const SceneReport::Point& point : taught.scene->points) {
            if (point.met) {
                met.append(QJsonObject {{QStringLiteral("id"), point.id}, {QStringLiteral("quote"), point.evidence}});
            }
        }
        json.insert(QStringLiteral("scene"),
            QJsonObject {{QStringLiteral("met"), met}, {QStringLiteral("tip"), taught.scene->tip}});
    }
    return json;
}

TaughtReply taughtFrom(const QJsonObject& json, const LearnerCard& learner, const QStringList& learnerTexts)
{
    const auto field = [&json](const char* name) { return json.value(QLatin1String(name)); };
    const QString learnerText = learnerTexts.isEmpty() ? QString() : learnerTexts.last();
    TaughtReply taught;
    taught.annotations = annotationsFrom(field("annotations").toArray(), learnerText);
    taught.dropped = field("dropped").toInt();
    taught.level = levelFrom(field("level").toObject());
    taught.offerSimpler = field("simpler").toBool();
    taught.mayShowAnswer = field("mayShowAnswer").toBool();
    if (field("feedback").isArray()) {
        taught.feedback = verifyFeedback(learner.task, field("feedback").toArray(), learnerText);
    }
    const auto scenario = scenarioNamed(learner.scenario);
    if (field("scene").isObject() && scenario) {
        taught.scene = sceneReport(*scenario, cefrFrom(learner.level), learnerTexts, field("scene").toObject());
    }
    return taught;
}
