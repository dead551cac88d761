// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "base/Id.h"
#include "base/Scheduler.h"
#include "study/Pack.h"
#include "tutor/AiTutorStreamManager.h"
#include "tutor/ReplyReports.h"
#include "viewmodels/ChatModel.h"
#include "viewmodels/RowModel.h"
#include "viewmodels/TalkTeaching.h"

#include <QObject>
#include <QPointer>
#include <QSet>
#include <QtQmlIntegration>

#include <memory>

class AppSettings;
class StudyLibrary;
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
    Q_PROPERTY(QString task MEMBER task)
    Q_PROPERTY(QString scene MEMBER scene)
    Q_PROPERTY(QString goal MEMBER goal)
    Q_PROPERTY(QString manner MEMBER manner)
    Q_PROPERTY(QString level MEMBER level)
    Q_PROPERTY(QString language MEMBER language)
    Q_PROPERTY(QList<QString> languages MEMBER languages)
    Q_PROPERTY(QStringList languageNames MEMBER languageNames)
    Q_PROPERTY(QString mode MEMBER mode)
    Q_PROPERTY(bool talked MEMBER talked)
    Q_PROPERTY(bool over MEMBER over)
    Q_PROPERTY(QString exercise MEMBER exercise)
    Q_PROPERTY(bool solved MEMBER solved)
    Q_PROPERTY(bool off MEMBER off)

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
    QString task = QStringLiteral("talk"); ///< talk, exercise, scene or writing
    QString scene; ///< what the scene is called
    QString goal; ///< what the learner is after in it, or what the text was to be
    QString manner; ///< how one speaks there
    QString level; ///< CEFR
    QString language = QStringLiteral("en"); ///< that is learnt, BCP 47
    QStringList languages {}; ///< that can be studied here, BCP 47
    QStringList languageNames {}; ///< what they call themselves
    QString mode = QStringLiteral("fluency"); ///< fluency, accuracy or exam
    bool talked = false; ///< something was said that can be looked back on
    bool over = false; ///< the scene was played and looked back on
    QString exercise; ///< the unit it stands in, as the practice page takes it; empty without one
    bool solved = false; ///< its solution was shown
    bool off = false; ///< its person sits an exam that does not allow it

    bool operator==(const TutorState&) const = default;
};

/// A scene that can be played. A value.
struct SceneRow
{
    Q_GADGET
    QML_VALUE_TYPE(sceneRow)
    Q_PROPERTY(QString scene MEMBER scene)
    Q_PROPERTY(QString title MEMBER title)
    Q_PROPERTY(QString goal MEMBER goal)
    Q_PROPERTY(QString manner MEMBER manner)
    Q_PROPERTY(QString levels MEMBER levels)
    Q_PROPERTY(bool fits MEMBER fits)

public:
    QString scene;
    QString title;
    QString goal;
    QString manner;
    QString levels;
    bool fits = false; ///< made for the learner's level

    QString key() const { return scene; }
    bool operator==(const SceneRow&) const = default;
};

class SceneModel : public RowModel<SceneRow>
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by its page")

public:
    using RowModel::RowModel;
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
    Q_PROPERTY(SceneModel* scenes READ scenes CONSTANT)
    Q_PROPERTY(QString level READ level WRITE setLevel NOTIFY stateChanged)
    Q_PROPERTY(QString search READ search WRITE setSearch NOTIFY searchChanged)
    Q_PROPERTY(QString draft READ draft WRITE setDraft NOTIFY draftChanged)

public:
    TutorController(AppSettings& settings, Clock& clock, Scheduler& scheduler, Toasts& toasts, QObject* parent = nullptr);
    ~TutorController() override;

    void attach(AiTutorStreamManager* tutor, TutorMemory* memory = nullptr, ReplyReports* reports = nullptr,
        StudyLibrary* library = nullptr);
    /// The provider or its key changed.
    void setProvider(const QString& name, bool notesOnly);
    void retranslate();
    void present(const TutorState& state, const QList<ConversationRow>& conversations, const QList<MessageRow>& messages);

    const TutorState& state() const { return m_state; }
    ConversationModel* conversations() { return &m_conversations; }
    ChatModel* messages() { return &m_messages; }
    SceneModel* scenes() { return &m_scenes; }
    /// The learner's own in the language of a new talk, CEFR: the one they chose, else that of what they
    /// study. Kept for the next talks.
    QString level() const;
    void setLevel(const QString& level);
    /// The language of new talks. It holds until something of another language is studied.
    Q_INVOKABLE void chooseLanguage(const QString& language);
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
    /// A new conversation in which the tutor plays somebody; the learner speaks first.
    Q_INVOKABLE void startScene(const QString& scene);
    /// A new conversation about a text of the learner; `brief` is what it was to be.
    Q_INVOKABLE void startWriting(const QString& brief);
    /// A conversation about an exercise: the one there is, or a new one.
    void startExercise(const std::shared_ptr<const Pack>& pack, const UnitId& unit, const ItemId& item, bool solved);
    Q_INVOKABLE void rename(const QString& conversation, const QString& title);
    /// How mistakes are treated from now on: fluency, accuracy or exam. In a new conversation also
    /// in those to come.
    Q_INVOKABLE void setMode(const QString& mode);
    /// Takes a conversation away; for some seconds it can be had back.
    Q_INVOKABLE void remove(const QString& conversation);

    /// Sends the draft and empties it.
    Q_INVOKABLE void send();
    /// Asks with a button instead of words: `what` is simpler, explain, answer, recap, endscene, hint
    /// (also to begin with), or leave for help outside the role.
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
    /// A mark in a message of the learner becomes a card, or is one no longer.
    Q_INVOKABLE void keepMark(const QString& message, int mark, bool keep);
    /// Gives the text that this reply looks at to whoever sends it to a teacher.
    Q_INVOKABLE void giveText(const QString& reply);
    /// Tells the teachers that a reply is wrong or not suitable: `reason` as in reasonName().
    Q_INVOKABLE void report(const QString& reply, const QString& reason, const QString& words);
    /// Puts a word of a message among the learner's cards, with the sentence it stands in; `meaning`
    /// may be empty.
    Q_INVOKABLE void saveWord(const QString& word, const QString& meaning, const QString& message);

Q_SIGNALS:
    void stateChanged();
    void searchChanged();
    void draftChanged();
    /// Finished sentences of the reply that streams, to be read aloud.
    void sentencesSaid(const QString& sentences);
    /// A text is to be sent to a teacher, with what the tutor said of it.
    void textGiven(const MessageId& said, const QString& brief, const QString& body, const RubricFeedback& feedback);
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
    QString studiedLanguage() const;
    QString newLanguage() const;
    QStringList languages() const;
    void followStudy();
    LearnerCard card() const;
    void prepareAndBegin(const QString& text);
    void begin(const LearnerCard& card, const QString& text);
    void startAs(const LearnerCard& card);
    void teach(const LearnerCard& changed);
    void showScenes();
    MessageId replyTo(const MessageId& said) const;
    QString kept(const QString& name) const;
    void keep(const QString& name, const QString& value);

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
    SceneModel m_scenes;
    TalkTeaching m_teaching;
    QPointer<TutorMemory> m_memory;
    QPointer<ReplyReports> m_reports;
    QPointer<StudyLibrary> m_library;
    LearnerCard m_card; ///< of the conversation, until the list has it
    bool m_beginning = false;
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
