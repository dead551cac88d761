// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/LevelExam.h"

#include "tutor/AiTutorStreamManager.h"
#include "tutor/teaching/Aside.h"

#include <QEventLoop>
#include <QFile>
#include <QJsonDocument>

namespace {

LevelPrompt promptFrom(const QJsonObject& json)
{
    LevelPrompt prompt;
    prompt.learner.level = json.value(QLatin1String("level")).toString();
    prompt.learner.targetLanguage = QStringLiteral("en");
    prompt.says = json.value(QLatin1String("say")).toString();
    const QJsonObject exercise = json.value(QLatin1String("exercise")).toObject();
    if (!exercise.isEmpty()) {
        prompt.learner.task = TutorTask::Exercise;
        prompt.learner.exercise.prompt = exercise.value(QLatin1String("prompt")).toString();
        const QJsonArray solutions = exercise.value(QLatin1String("solutions")).toArray();
        for (const QJsonValue& solution : solutions) {
            prompt.learner.exercise.solutions.append(solution.toString());
        }
    }
    return prompt;
}

void judge(LevelFigures& figures, const LevelPrompt& prompt, const TutorMessage& reply)
{
    if (reply.text.isEmpty()) {
        ++figures.failed;
        return;
    }
    const QJsonObject notes = notesFrom(reply.aside);
    const JudgedReply judged {prompt.learner, {{TutorRole::Learner, prompt.says}}, reply.text,
        notes.value(QLatin1String("corrections")).toArray()};
    const LevelReport level = checkLevel(reply.text, cefrFrom(prompt.learner.level),
        LevelWords(prompt.learner.targetLanguage), prompt.says + QLatin1Char(' ') + prompt.learner.exercise.prompt);
    figures.tally.add(judged, level, concernsAbout(judged, level));
    figures.inLength += level.tooLong ? 0 : 1;
}

} // namespace

QList<LevelPrompt> levelPrompts(const QString& file)
{
    QFile source(file);
    QList<LevelPrompt> prompts;
    if (source.open(QIODevice::ReadOnly)) {
        const QJsonArray list = QJsonDocument::fromJson(source.readAll()).array();
        for (const QJsonValue& prompt : list) {
            prompts.append(promptFrom(prompt.toObject()));
        }
    }
    return prompts;
}

LevelFigures examine(AiTutorStreamManager& tutor, const QList<LevelPrompt>& prompts)
{
    LevelFigures figures;
    for (const LevelPrompt& prompt : prompts) {
        QEventLoop waiting;
        QObject::connect(&tutor, &AiTutorStreamManager::replyFinished, &waiting, [&](const TutorMessage& reply) {
            judge(figures, prompt, reply);
            waiting.quit();
        });
        if (tutor.startTutorConversation(prompt.learner, prompt.says).isEmpty()) {
            ++figures.failed;
        } else {
            waiting.exec();
        }
    }
    return figures;
}
