// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "base/Id.h"
#include "base/Scheduler.h"
#include "tutor/AiTutorStreamManager.h"
#include "viewmodels/ChatModel.h"
#include "viewmodels/RowModel.h"

#include <QObject>
#include <QPointer>
#include <QSet>
#include <QtQmlIntegration>

#include <memory>

class AppSettings;
class Toasts;

/// A line of the list of conversations: a conversation, or a place in one that matched the search.
struct ConversationRow
{
    Q_GADGET
    QML_VALUE_TYPE(conversationRow)
    Q_PROPERTY(QString conversation MEMBER conversation)
    Q_PROPERTY(QString message MEMBER message)
    Q_PROPERTY(QString title MEMBER title)
    Q_PROPERTY(QString when MEMBER when)
    Q_PROPERTY(bool current MEMBER current)

public:
    QString conversation;
    QString title;
    QString when;    ///< or the words around the match
    bool current = false;
    QString message {}; ///< the one that matched

    QString key() const { return conversation + message; }
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
    Q_PROPERTY(bool hasOther MEMBER hasOther)
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
    bool hasOther = false; ///< another tutor could be asked instead
    QString limit;    ///< why the next message waits
    QString error;

    bool operator==(const TutorState&) const = default;
};

/// Conversations with the tutor on the screen: the branch that is shown, what is typed, the search.
/// The draft is kept per conversation by the core; a deleted conversation is forgotten only when its
/// undo has passed. GUI thread.
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
    TutorController(AppSettings& settings, Clock& clock, Scheduler& scheduler, Toasts& toasts, QObject* parent = nullptr);
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
    /// Two letters or more look through every word of every conversation, fewer show the list again.
    void setSearch(const QString& search);
    QString draft() const { return m_draft; }
    void setDraft(const QString& draft);

    /// All words of a message, as they came.
    Q_INVOKABLE QString textOf(const QString& message) const;
    Q_INVOKABLE void open(const QString& conversation);
    /// Opens the conversation on the branch of this message, and says where it stands with lineFound().
    Q_INVOKABLE void openAt(const QString& conversation, const QString& message);
    Q_INVOKABLE void startNew();
    /// Takes a conversation away; for some seconds it can be had back.
    Q_INVOKABLE void remove(const QString& conversation);

    /// Sends the draft and empties it.
    Q_INVOKABLE void send();
    /// Asks about the newest reply: `what` is simpler, explain or answer.
    Q_INVOKABLE void ask(const QString& what);
    /// Other words in the place of a learner's message: a new branch.
    Q_INVOKABLE void edit(const QString& message, const QString& text);
    /// Another reply in the place of this one.
    Q_INVOKABLE void regenerate(const QString& message);
    /// Goes on where a reply broke off.
    Q_INVOKABLE void goOn(const QString& message);
    /// Shows the branch of this message.
    Q_INVOKABLE void show(const QString& message);
    Q_INVOKABLE void stop();
    /// Ends the wait before the next try.
    Q_INVOKABLE void tryNow();
    /// Asks the next tutor instead of waiting.
    Q_INVOKABLE void useOther();

Q_SIGNALS:
    void stateChanged();
    void searchChanged();
    void draftChanged();
    /// Finished sentences of the reply that streams, to be read aloud.
    void sentencesSaid(const QString& sentences);
    /// The message that was looked for stands at this line of the list.
    void lineFound(int line);

private:
    void reload();
    void readBranch();
    void findInHistory();
    void adopt(const TutorMessage& message);
    MessageRow rowOf(const TutorMessage& message) const;
    void describeReply(const TutorMessage& message, MessageRow& row) const;
    QString footerOf(const TutorMessage& message) const;
    void showRows();
    void countDown();
    void publish();
    void publishConversations();
    void forgetRemoved();
    LearnerCard learner() const;

    AppSettings& m_settings;
    Clock& m_clock;
    Scheduler& m_scheduler;
    Toasts& m_toasts;
    QPointer<AiTutorStreamManager> m_tutor;
    std::unique_ptr<QObject> m_scope;
    QList<TutorConversation> m_all;
    QList<TutorSearchHit> m_hits;
    QList<TutorMessage> m_current;
    ConversationId m_conversation;
    MessageId m_wanted; ///< to be shown once its branch is read
    QString m_removed; ///< a conversation that can still be had back
    TutorState m_state;
    ConversationModel m_conversations;
    ChatModel m_messages;
    QString m_search;
    QString m_draft;
    QString m_error;
    QString m_provider;
    ScheduledTask m_ticking;
    ScheduledTask m_searching;
    ScheduledTask m_forgetting;
    bool m_notesOnly = true;
    bool m_loading = true;
};
