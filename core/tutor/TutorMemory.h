// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Async.h"
#include "base/Clock.h"
#include "base/Random.h"
#include "store/PracticeStore.h"
#include "store/TeachingStore.h"
#include "tutor/TutorMessage.h"
#include "tutor/teaching/ReplyTeacher.h"

#include <QObject>

class AiTutorStreamManager;
class Database;
struct Outgoing;

/// What one reply taught, and about which message of the learner.
struct TaughtMessage
{
    MessageId reply;
    MessageId said; ///< the learner's message the marks are in
    TaughtReply taught;
};

/// What stays of talks: marks in the learner's messages, mistakes that become review cards, notes of
/// lessons. Listens to the manager: every reply that ends goes through ReplyTeacher once and is kept
/// in one transaction. GUI thread; manager and database outlive it.
///
/// For the page: prepare() a card before startTutorConversation(); learned() when marks, a recap or a
/// report are there; taughtIn() when a conversation is opened; markedPieces() (teaching/Annotations.h)
/// to draw a message; askText() (teaching/AskPhrases.h) is what the buttons Simpler, Explain, Show
/// answer and Recap send. For the composition: studied() goes to StudyLibrary::keepEvent(),
/// mistakesChanged() to StudyLibrary::refreshMistakes().
class TutorMemory : public QObject
{
    Q_OBJECT

public:
    TutorMemory(
        AiTutorStreamManager& tutor, Database& database, Clock& clock, RandomSource& random, QObject* parent = nullptr);

    /// The card with two or three mistakes that are due, for the opening of the next talk. As it is
    /// when it brings some already, or in a scene.
    Async<LearnerCard> prepare(const LearnerCard& card);
    /// What the replies of a conversation taught, in no order.
    Async<QList<TaughtMessage>> taughtIn(const ConversationId& conversation);

    /// A word the learner wants to keep. `sentence` is where they met it; `meaning` may be empty.
    /// Invalid `empty` for no word.
    Async<void> saveWord(const QString& word, const QString& meaning, const QString& sentence, const QString& language,
        const MessageId& message);
    Async<QList<LearnerError>> mistakes();
    Async<void> forgetMistake(const ItemId& mistake);
    /// Keeps one again that was forgotten, see errorsFrom().
    Async<void> rememberMistake(const LearnerError& mistake, const MessageId& message);
    /// Newest first.
    Async<QList<LessonNote>> lessonNotes(int limit = 100);
    Async<void> removeLessonNote(const LessonNoteId& note);

    /// Teaches from a reply that has ended. The manager's signal does this by itself.
    void learn(const TutorMessage& reply);

    /// Whose memory this is, so that what a learner keeps or forgets travels with its message. Empty: a
    /// guest; nothing travels.
    void setAccount(const UserId& owner, const DeviceId& device);
    /// Conversations came from elsewhere: what they taught there is taught here. What a talk taught
    /// follows from its words, which have travelled; so do saved words and what was forgotten.
    Async<void> adoptRemote(const QList<ConversationId>& conversations);

Q_SIGNALS:
    void learned(const ConversationId& conversation, const TaughtMessage& message);
    /// Cards were added or went.
    void mistakesChanged();
    void lessonNotesChanged();
    /// "Show answer" was used. Without a device, which the study room knows.
    void studied(const StudyEvent& event);
    void failed(const Error& error);
    /// Something for the academy was queued.
    void workKept();

private:
    void tell(const TutorMessage& reply, const TaughtMessage& message, const LearnerCard& learner, bool remembered);

    Outgoing outgoing();

    Database& m_database;
    Clock& m_clock;
    RandomSource& m_random;
    UserId m_owner;
    DeviceId m_device;
};
