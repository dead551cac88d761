// SPDX-License-Identifier: GPL-3.0-or-later
#include "tutor/TutorRecords.h"

#include <QJsonArray>

#include <array>

namespace {

constexpr std::array stateNames {
    std::pair {stream::State::Done, "done"},
    std::pair {stream::State::Stopped, "stopped"},
    std::pair {stream::State::Interrupted, "interrupted"},
    std::pair {stream::State::Failed, "failed"},
};

constexpr std::array modeNames {
    std::pair {CorrectionMode::Fluency, "fluency"},
    std::pair {CorrectionMode::Accuracy, "accuracy"},
    std::pair {CorrectionMode::Exam, "exam"},
};

constexpr std::array taskNames {
    std::pair {TutorTask::Talk, "talk"},
    std::pair {TutorTask::Exercise, "exercise"},
    std::pair {TutorTask::Scenario, "scenario"},
    std::pair {TutorTask::Writing, "writing"},
    std::pair {TutorTask::Speaking, "speaking"},
};

QString stateName(stream::State state)
{
    for (const auto& [value, name] : stateNames) {
        if (value == state) {
            return QLatin1String(name);
        }
    }
    return QStringLiteral("streaming");
}

stream::State stateFrom(const QString& text)
{
    for (const auto& [value, name] : stateNames) {
        if (text == QLatin1String(name)) {
            return value;
        }
    }
    return stream::State::Interrupted;
}

QStringList textsFrom(const QJsonValue& value)
{
    QStringList texts;
    const QJsonArray list = value.toArray();
    for (const QJsonValue& text : list) {
        texts.append(text.toString());
    }
    return texts;
}

QJsonArray citationsJson(const QList<TutorCitation>& citations)
{
    QJsonArray list;
    for (const TutorCitation& citation : citations) {
        list.append(QJsonObject {{QStringLiteral("pack"), citation.pack}, {QStringLiteral("item"), citation.item},
            {QStringLiteral("title"), citation.title}});
    }
    return list;
}

QJsonObject toJson(const TutorExercise& exercise)
{
    return {{QStringLiteral("prompt"), exercise.prompt},
        {QStringLiteral("solutions"), QJsonArray::fromStringList(exercise.solutions)},
        {QStringLiteral("pack"), exercise.pack}, {QStringLiteral("item"), exercise.item},
        {QStringLiteral("skill"), exercise.skill}};
}

TutorExercise exerciseFrom(const QJsonObject& json)
{
    const auto text = [&json](const char* name) { return json.value(QLatin1String(name)).toString(); };
    return {text("prompt"), textsFrom(json.value(QLatin1String("solutions"))), text("pack"), text("item"),
        text("skill")};
}

QJsonObject detailsOf(const TutorMessage& message)
{
    QJsonObject details {{QStringLiteral("model"), message.model}, {QStringLiteral("refused"), message.refused},
        {QStringLiteral("finish"), int(message.finish)}, {QStringLiteral("tries"), message.tries},
        {QStringLiteral("citations"), citationsJson(message.citations)},
        {QStringLiteral("usage"),
            QJsonArray {message.usage.input, message.usage.output, message.usage.cachedInput, message.usage.reasoning}}};
    if (message.error) {
        details.insert(QStringLiteral("error"), message.error->code);
        details.insert(QStringLiteral("errorKind"), int(message.error->kind));
    }
    if (message.firstTokenAfter) {
        details.insert(QStringLiteral("firstTokenMs"), qint64(message.firstTokenAfter->count()));
    }
    return details;
}

} // namespace

StoredMessage toStored(const TutorMessage& message)
{
    const bool fromTutor = message.role == TutorRole::Tutor;
    return {message.id, message.conversation, message.parent, fromTutor, stateName(message.state), message.text,
        fromTutor ? detailsOf(message) : QJsonObject(), message.createdAt};
}

TutorMessage messageFrom(const StoredMessage& stored)
{
    const auto field = [&stored](const char* name) { return stored.details.value(QLatin1String(name)); };
    TutorMessage message;
    message.id = stored.id;
    message.conversation = stored.conversation;
    message.parent = stored.parent;
    message.role = stored.fromTutor ? TutorRole::Tutor : TutorRole::Learner;
    message.state = stateFrom(stored.state);
    message.text = stored.text;
    message.createdAt = stored.createdAt;
    message.model = field("model").toString();
    message.refused = field("refused").toBool();
    message.finish = static_cast<FinishReason>(field("finish").toInt());
    message.tries = field("tries").toInt(1);
    const QJsonArray citations = field("citations").toArray();
    for (const QJsonValue& value : citations) {
        const QJsonObject citation = value.toObject();
        message.citations.append({citation.value(QLatin1String("pack")).toString(),
            citation.value(QLatin1String("item")).toString(), citation.value(QLatin1String("title")).toString()});
    }
    const QJsonArray usage = field("usage").toArray();
    message.usage = {usage.at(0).toInteger(-1), usage.at(1).toInteger(-1), usage.at(2).toInteger(-1),
        usage.at(3).toInteger(-1)};
    if (const QString code = field("error").toString(); !code.isEmpty()) {
        message.error = Error {static_cast<ErrorKind>(field("errorKind").toInt()), code, {}, {}};
    }
    if (field("firstTokenMs").isDouble()) {
        message.firstTokenAfter = std::chrono::milliseconds(field("firstTokenMs").toInteger());
    }
    return message;
}

QJsonObject toJson(const LearnerCard& learner)
{
    return {{QStringLiteral("level"), learner.level}, {QStringLiteral("target"), learner.targetLanguage},
        {QStringLiteral("help"), learner.helpLanguage},
        {QStringLiteral("correction"), QLatin1String(modeNames[std::size_t(learner.correction)].second)},
        {QStringLiteral("goals"), QJsonArray::fromStringList(learner.goals)},
        {QStringLiteral("dueErrors"), QJsonArray::fromStringList(learner.dueErrors)},
        {QStringLiteral("task"), QLatin1String(taskNames[std::size_t(learner.task)].second)},
        {QStringLiteral("scenario"), learner.scenario}, {QStringLiteral("brief"), learner.brief},
        {QStringLiteral("exercise"), toJson(learner.exercise)},
        {QStringLiteral("taught"), QJsonArray::fromStringList(learner.taught)},
        {QStringLiteral("lesson"), learner.lesson}};
}

LearnerCard learnerFrom(const QJsonObject& json)
{
    const auto field = [&json](const char* name) { return json.value(QLatin1String(name)); };
    LearnerCard learner;
    learner.level = field("level").toString(learner.level);
    learner.targetLanguage = field("target").toString(learner.targetLanguage);
    learner.helpLanguage = field("help").toString(learner.helpLanguage);
    for (const auto& [mode, name] : modeNames) {
        if (field("correction").toString() == QLatin1String(name)) {
            learner.correction = mode;
        }
    }
    for (const auto& [task, name] : taskNames) {
        if (field("task").toString() == QLatin1String(name)) {
            learner.task = task;
        }
    }
    learner.scenario = field("scenario").toString();
    learner.brief = field("brief").toString();
    learner.exercise = exerciseFrom(field("exercise").toObject());
    learner.taught = textsFrom(field("taught"));
    learner.goals = textsFrom(field("goals"));
    learner.dueErrors = textsFrom(field("dueErrors"));
    learner.lesson = field("lesson").toString();
    return learner;
}

void TutorHistory::dropLastReply()
{
    while (!turns.isEmpty() && turns.last().role == TutorRole::Tutor) {
        turns.removeLast();
    }
}

Result<TutorHistory> readHistory(Connection& connection, const ConversationId& conversation)
{
    const auto found = ConversationStore::find(connection, conversation);
    if (!found) {
        return found.error();
    }
    if (!*found) {
        return Error {ErrorKind::NotFound, QStringLiteral("unknown_conversation"), {}, {}};
    }
    const auto branch = ConversationStore::branch(connection, conversation);
    if (!branch) {
        return branch.error();
    }
    TutorHistory history;
    history.learner = learnerFrom((*found)->learner);
    history.head = (*found)->head;
    for (const StoredMessage& stored : *branch) {
        const TutorMessage message = messageFrom(stored);
        if (message.role == TutorRole::Learner) {
            history.lastLearner = message.id;
            history.turns.append({TutorRole::Learner, message.text});
        } else if (!message.text.isEmpty() && !message.refused && message.state != stream::State::Failed) {
            history.turns.append({TutorRole::Tutor, message.text});
        }
    }
    return history;
}
