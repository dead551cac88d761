// SPDX-License-Identifier: GPL-3.0-or-later
#include "tutor/TutorRecords.h"

#include "wire/Json.h"

#include <QJsonArray>

#include <array>

namespace {

/// The academy takes details up to some size.
constexpr qsizetype longestAside = 30'000;

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
            {QStringLiteral("title"), citation.title}, {QStringLiteral("url"), citation.url}});
    }
    return list;
}

QJsonObject toJson(const TutorExercise& exercise)
{
    return {{QStringLiteral("prompt"), exercise.prompt},
        {QStringLiteral("solutions"), QJsonArray::fromStringList(exercise.solutions)},
        {QStringLiteral("pack"), exercise.pack}, {QStringLiteral("item"), exercise.item},
        {QStringLiteral("skill"), exercise.skill}, {QStringLiteral("unit"), exercise.unit},
        {QStringLiteral("choices"), QJsonArray::fromStringList(exercise.choices)},
        {QStringLiteral("reason"), exercise.reason}, {QStringLiteral("solved"), exercise.solved}};
}

TutorExercise exerciseFrom(const QJsonObject& json)
{
    const auto text = [&json](const char* name) { return json.value(QLatin1String(name)).toString(); };
    return {text("prompt"), textsFrom(json.value(QLatin1String("solutions"))), text("pack"), text("item"),
        text("skill"), text("unit"), textsFrom(json.value(QLatin1String("choices"))), text("reason"),
        json.value(QLatin1String("solved")).toBool()};
}

QJsonObject detailsOf(const TutorMessage& message)
{
    QJsonObject details {{QStringLiteral("model"), message.model}, {QStringLiteral("refused"), message.refused},
        {QStringLiteral("finish"), int(message.finish)}, {QStringLiteral("tries"), message.tries},
        {QStringLiteral("citations"), citationsJson(message.citations)},
        {QStringLiteral("usage"),
            QJsonArray {message.usage.input, message.usage.output, message.usage.cachedInput, message.usage.reasoning,
                message.usage.cacheWritten}},
        {QStringLiteral("provider"), message.provider}, {QStringLiteral("costMicros"), message.costMicros}};
    if (message.usageEstimated) {
        details.insert(QStringLiteral("usageEstimated"), true);
    }
    if (message.continuations > 0) {
        details.insert(QStringLiteral("continuations"), message.continuations);
    }
    if (message.fallback) {
        details.insert(QStringLiteral("fallback"),
            QJsonObject {{QStringLiteral("provider"), message.fallback->provider},
                {QStringLiteral("model"), message.fallback->model}, {QStringLiteral("reason"), message.fallback->reason}});
    }
    if (!message.opaque.isEmpty()) {
        QJsonArray opaque;
        for (const QByteArray& part : message.opaque) {
            opaque.append(QString::fromUtf8(part));
        }
        details.insert(QStringLiteral("opaque"), opaque);
    }
    if (message.error) {
        details.insert(QStringLiteral("error"), message.error->code);
        details.insert(QStringLiteral("errorKind"), int(message.error->kind));
    }
    if (message.firstTokenAfter) {
        details.insert(QStringLiteral("firstTokenMs"), qint64(message.firstTokenAfter->count()));
    }
    if (!message.aside.isEmpty() && message.aside.size() <= longestAside) {
        details.insert(QStringLiteral("aside"), message.aside);
    }
    return details;
}

} // namespace

StoredMessage toStored(const TutorMessage& message)
{
    const bool fromTutor = message.role == TutorRole::Tutor;
    QJsonObject details = fromTutor ? detailsOf(message) : QJsonObject();
    if (!message.kept.isEmpty()) {
        details.insert(QStringLiteral("kept"), message.kept);
    }
    return {message.id, message.conversation, message.parent, fromTutor, stateName(message.state), message.text, details,
        message.createdAt};
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
            citation.value(QLatin1String("item")).toString(), citation.value(QLatin1String("title")).toString(),
            citation.value(QLatin1String("url")).toString()});
    }
    const QJsonArray usage = field("usage").toArray();
    message.usage = {usage.at(0).toInteger(-1), usage.at(1).toInteger(-1), usage.at(2).toInteger(-1),
        usage.at(3).toInteger(-1), usage.at(4).toInteger(-1)};
    message.provider = field("provider").toString();
    message.costMicros = field("costMicros").toInteger(-1);
    message.usageEstimated = field("usageEstimated").toBool();
    message.continuations = field("continuations").toInt();
    if (const QJsonObject fallback = field("fallback").toObject(); !fallback.isEmpty()) {
        message.fallback = TutorFallback {fallback.value(QLatin1String("provider")).toString(),
            fallback.value(QLatin1String("model")).toString(), fallback.value(QLatin1String("reason")).toString()};
    }
    const QJsonArray opaque = field("opaque").toArray();
    for (const QJsonValue& part : opaque) {
        message.opaque.append(part.toString().toUtf8());
    }
    if (const QString code = field("error").toString(); !code.isEmpty()) {
        message.error = Error {static_cast<ErrorKind>(field("errorKind").toInt()), code, {}, {}};
    }
    message.aside = field("aside").toString();
    message.kept = field("kept").toObject();
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

QJsonObject toRow(const StoredConversation& conversation)
{
    constexpr int longestTitle = 300;
    constexpr int longestCard = 19'000;
    QJsonObject learner = conversation.learner;
    // The lesson and the task are the course's own text and can be found there again.
    if (toJson(QJsonValue(learner)).size() > longestCard) {
        learner.remove(QStringLiteral("lesson"));
        learner.remove(QStringLiteral("brief"));
    }
    return {{QStringLiteral("id"), conversation.id.toString()}, {QStringLiteral("title"), conversation.title.left(longestTitle)},
        {QStringLiteral("learner"), learner},
        {QStringLiteral("head"), conversation.head.isEmpty() ? QJsonValue() : QJsonValue(conversation.head.toString())},
        {QStringLiteral("created_at"), toIsoString(conversation.createdAt)}};
}

QJsonObject toRow(const StoredMessage& message)
{
    constexpr int longestText = 200'000;
    QJsonObject details = message.details;
    const QString model = details.take(QStringLiteral("model")).toString();
    const QString provider = details.take(QStringLiteral("provider")).toString();
    details.remove(QStringLiteral("opaque")); // large, and of use only where it came from
    return {{QStringLiteral("id"), message.id.toString()},
        {QStringLiteral("conversation_id"), message.conversation.toString()},
        {QStringLiteral("parent_id"), message.parent.isEmpty() ? QJsonValue() : QJsonValue(message.parent.toString())},
        {QStringLiteral("role"), message.fromTutor ? QStringLiteral("assistant") : QStringLiteral("user")},
        {QStringLiteral("content"), message.text.left(longestText)},
        {QStringLiteral("state"), message.state == QLatin1String("done") ? QStringLiteral("complete") : message.state},
        {QStringLiteral("provider"), provider.left(100)}, {QStringLiteral("model"), model.left(200)},
        {QStringLiteral("details"), details}, {QStringLiteral("created_at"), toIsoString(message.createdAt)}};
}

Result<StoredConversation> conversationFromRow(const QJsonObject& row)
{
    JsonReader in(row, "conversation");
    StoredConversation conversation;
    conversation.id = ConversationId(in.string("id"));
    conversation.title = in.string("title");
    conversation.learner = in.object("learner");
    conversation.head = MessageId(in.optionalString("head").value_or(QString()));
    conversation.createdAt = in.timestamp("created_at");
    conversation.updatedAt = in.timestamp("updated_at");
    conversation.synced = true;
    return in.finish(std::move(conversation));
}

Result<StoredMessage> messageFromRow(const QJsonObject& row)
{
    JsonReader in(row, "message");
    StoredMessage message;
    message.id = MessageId(in.string("id"));
    message.conversation = ConversationId(in.string("conversation_id"));
    message.parent = MessageId(in.optionalString("parent_id").value_or(QString()));
    message.fromTutor = in.string("role") == QLatin1String("assistant");
    message.text = in.string("content");
    const QString state = in.string("state");
    message.state = state == QLatin1String("complete") ? QStringLiteral("done") : state;
    message.details = in.object("details");
    if (message.fromTutor) {
        message.details.insert(QStringLiteral("provider"), in.string("provider"));
        message.details.insert(QStringLiteral("model"), in.string("model"));
    }
    message.createdAt = in.timestamp("created_at");
    return in.finish(std::move(message));
}

TutorHistory emptyHistory(const StoredConversation& conversation)
{
    return {conversation, learnerFrom(conversation.learner), {}};
}

Result<TutorHistory> readHistory(Connection& connection, const ConversationId& conversation, const MessageId& end,
    const TutorSettings& asked)
{
    const auto found = ConversationStore::find(connection, conversation);
    if (!found) {
        return found.error();
    }
    if (!*found) {
        return Error {ErrorKind::NotFound, QStringLiteral("unknown_conversation"), {}, {}};
    }
    TutorHistory history = emptyHistory(**found);
    const auto path = ConversationStore::path(connection, end.isEmpty() ? history.conversation.head : end);
    if (!path) {
        return path.error();
    }
    for (const StoredMessage& stored : *path) {
        const TutorMessage message = messageFrom(stored);
        if (message.role == TutorRole::Learner) {
            history.turns.append({TutorRole::Learner, message.text});
        } else if (!message.text.isEmpty() && !message.refused && message.state != stream::State::Failed) {
            const bool isTheirs = message.provider == asked.name() && message.model == asked.model;
            history.turns.append({TutorRole::Tutor, message.text, isTheirs ? message.opaque : QList<QByteArray>()});
        }
    }
    return history;
}

void placeAmongSiblings(QList<TutorMessage>& messages, const QHash<MessageId, QList<MessageId>>& children)
{
    for (TutorMessage& message : messages) {
        const QList<MessageId> siblings = children.value(message.parent);
        const qsizetype index = siblings.indexOf(message.id);
        if (index < 0) {
            continue;
        }
        message.siblings = int(siblings.size());
        message.siblingIndex = int(index);
        message.previousSibling = index > 0 ? siblings.at(index - 1) : MessageId();
        message.nextSibling = index + 1 < siblings.size() ? siblings.at(index + 1) : MessageId();
    }
}
