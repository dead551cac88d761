// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tutor/AiTutorStreamManager.h"

#include "net/QtHttpStreams.h"
#include "store/Database.h"
#include "store/MemorySecretStore.h"
#include "support/FakeScheduler.h"
#include "support/ScriptedSseServer.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace std::chrono_literals;
using stream::State;

inline QByteArray said(const QByteArray& text)
{
    return "data: {\"id\":\"r\",\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + text + "\"}}]}\n\n";
}

inline const QByteArray ended = "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n"
                         "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":11,\"completion_tokens\":3}}\n\ndata: [DONE]\n\n";

inline SseAnswer whole(const QByteArray& text)
{
    return {200, "text/event-stream", {}, {SseStep::send(said(text) + ended), SseStep::close()}};
}

inline SseAnswer refused(int status, const QByteArray& code, const QList<QPair<QByteArray, QByteArray>>& headers = {})
{
    return {status, "application/json", headers,
        {SseStep::send("{\"error\":{\"message\":\"no\",\"code\":\"" + code + "\"}}"), SseStep::close()}};
}

/// A program with a tutor: real socket, real SQLite file, time moved by hand.
struct Bench
{
    Bench()
    {
        qRegisterMetaType<Error>();
        qRegisterMetaType<ConversationId>();
        secrets.write(QStringLiteral("tutor:test"), "sk-test-key");
        restart();
    }

    void restart(AccessHook hook = {})
    {
        manager.reset();
        database.reset();
        DatabaseOptions options;
        options.hook = std::move(hook);
        database = std::make_unique<Database>(folder.filePath(QStringLiteral("academy.sqlite")), options);
        manager = std::make_unique<AiTutorStreamManager>(*database, streams, secrets, time, time, random);
        settings = tutorAt(server, QStringLiteral("test-model"));
        manager->setSettings(settings);
        QObject::connect(manager.get(), &AiTutorStreamManager::messageChanged, manager.get(), [this](const TutorMessage& message) {
            if (message.role == TutorRole::Tutor) {
                reply = message;
                states.append(message.state);
                ++updates;
            }
        });
        QObject::connect(manager.get(), &AiTutorStreamManager::replyFinished, manager.get(), [this](const TutorMessage&) { ++finished; });
        QObject::connect(manager.get(), &AiTutorStreamManager::errorOccurred, manager.get(),
            [this](const ConversationId&, const Error& error) { errors.append(error.code); });
    }

    static TutorSettings tutorAt(const ScriptedSseServer& where, const QString& model)
    {
        TutorSettings tutor;
        tutor.provider = TutorProviderKind::OpenAiChat;
        tutor.baseUrl = where.url();
        tutor.model = model;
        tutor.secretName = QStringLiteral("tutor:test");
        return tutor;
    }

    ConversationId start(const QString& text = QStringLiteral("Hello"))
    {
        return manager->startTutorConversation(LearnerCard(), text);
    }

    QList<TutorMessage> stored(const ConversationId& conversation)
    {
        const auto messages = manager->messages(conversation);
        [&] { QTRY_VERIFY(messages.isFinished()); }();
        return messages.result().value();
    }

    template <typename T>
    T answered(const Async<T>& answer)
    {
        [&] { QTRY_VERIFY(answer.isFinished()); }();
        return answer.result().value();
    }

    QString textInFile()
    {
        const auto text = database->read<QString>([](Connection& connection) -> Result<QString> {
            const auto row = connection.first(QStringLiteral("SELECT state || ':' || text FROM messages WHERE role = 'tutor' ORDER BY created_at DESC"));
            return row && *row ? (*row)->text(0) : QString();
        });
        [&] { QTRY_VERIFY(text.isFinished()); }();
        return text.result().value();
    }

    QJsonArray messagesSent(int request) const
    {
        return QJsonDocument::fromJson(server.requests().at(request).body).object()[QStringLiteral("messages")].toArray();
    }

    QTemporaryDir folder;
    FakeScheduler time;
    SeededRandom random {7};
    MemorySecretStore secrets;
    QtHttpStreams streams;
    ScriptedSseServer server {time};
    TutorSettings settings;
    std::unique_ptr<Database> database;
    std::unique_ptr<AiTutorStreamManager> manager;
    TutorMessage reply;
    QList<State> states;
    QStringList errors;
    int updates = 0;
    int finished = 0;
};
