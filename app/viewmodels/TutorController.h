// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "base/Id.h"
#include "tutor/AiTutorStreamManager.h"
#include "viewmodels/ChatModel.h"
#include "viewmodels/RowModel.h"

#include <QObject>
#include <QPointer>
#include <QtQmlIntegration>

#include <memory>

class AppSettings;

/// A line of the list of conversations.
struct ConversationRow
{
    Q_GADGET
    QML_VALUE_TYPE(conversationRow)
    Q_PROPERTY(QString conversation MEMBER conversation)
    Q_PROPERTY(QString title MEMBER title)
    Q_PROPERTY(QString when MEMBER when)
    Q_PROPERTY(bool current MEMBER current)

public:
    QString conversation;
    QString title;
    QString when;
    bool current = false;

    QString key() const { return conversation; }
    bool operator==(const ConversationRow&) const = default;
};

class ConversationModel : public RowModel<ConversationRow>
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by its page")

public:
    using RowModel::RowModel;
};

/// One moment of the tutor page, besides its lists. A value.
struct TutorState
{
    Q_GADGET
    QML_VALUE_TYPE(tutorState)
    Q_PROPERTY(bool available MEMBER available)
    Q_PROPERTY(bool loading MEMBER loading)
    Q_PROPERTY(QString conversation MEMBER conversation)
    Q_PROPERTY(QString title MEMBER title)
    Q_PROPERTY(bool streaming MEMBER streaming)
    Q_PROPERTY(QString activity MEMBER activity)
    Q_PROPERTY(QString provider MEMBER provider)
    Q_PROPERTY(bool notesOnly MEMBER notesOnly)
    Q_PROPERTY(QString limit MEMBER limit)
    Q_PROPERTY(QString error MEMBER error)

public:
    bool available = false;
    bool loading = true;
    QString conversation; ///< empty: a new one
    QString title;
    bool streaming = false;
    QString activity; ///< queued, connecting, thinking or writing, in words
    QString provider;
    bool notesOnly = true;
    QString limit;    ///< why the next message waits
    QString error;

    bool operator==(const TutorState&) const = default;
};

/// Conversations with the tutor on the screen. The text of a reply grows in its row; what is typed
/// is kept by the page. GUI thread.
class TutorController : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by the application")
    Q_PROPERTY(TutorState state READ state NOTIFY stateChanged)
    Q_PROPERTY(ConversationModel* conversations READ conversations CONSTANT)
    Q_PROPERTY(ChatModel* messages READ messages CONSTANT)
    Q_PROPERTY(QString search READ search WRITE setSearch NOTIFY searchChanged)
    Q_PROPERTY(QString draft READ draft WRITE setDraft NOTIFY draftChanged)

public:
    TutorController(AppSettings& settings, Clock& clock, QObject* parent = nullptr);
    ~TutorController() override;

    void attach(AiTutorStreamManager* tutor);
    /// The provider or its key changed.
    void setProvider(const QString& name, bool notesOnly);
    void retranslate();
    void present(const TutorState& state, const QList<ConversationRow>& conversations, const QList<MessageRow>& messages);

    const TutorState& state() const { return m_state; }
    ConversationModel* conversations() { return &m_conversations; }
    ChatModel* messages() { return &m_messages; }
    QString search() const { return m_search; }
    void setSearch(const QString& search);
    QString draft() const { return m_draft; }
    void setDraft(const QString& draft);

    /// All words of a message, as they came.
    Q_INVOKABLE QString textOf(const QString& message) const;
    Q_INVOKABLE void open(const QString& conversation);
    Q_INVOKABLE void startNew();
    /// Sends the draft and empties it.
    Q_INVOKABLE void send();
    Q_INVOKABLE void stop();
    Q_INVOKABLE void retry();

Q_SIGNALS:
    void stateChanged();
    void searchChanged();
    void draftChanged();

private:
    void reload();
    void adopt(const TutorMessage& message);
    MessageRow rowOf(const TutorMessage& message) const;
    void publish();
    void publishConversations();
    LearnerCard learner() const;

    AppSettings& m_settings;
    Clock& m_clock;
    QPointer<AiTutorStreamManager> m_tutor;
    std::unique_ptr<QObject> m_scope;
    QList<TutorConversation> m_all;
    QList<TutorMessage> m_current;
    ConversationId m_conversation;
    TutorState m_state;
    ConversationModel m_conversations;
    ChatModel m_messages;
    QString m_search;
    QString m_draft;
    QString m_error;
    QString m_provider;
    bool m_notesOnly = true;
    bool m_loading = true;
};
