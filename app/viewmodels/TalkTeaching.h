// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tutor/TutorMemory.h"
#include "viewmodels/MessageRow.h"

#include <QHash>
#include <QObject>
#include <QPointer>
#include <QSet>

#include <memory>

/// What the replies of the conversation that is open taught, ready for its lines: marks in the
/// learner's words, reports, recaps. Reads it when a conversation is opened and hears of it when a
/// reply ends. GUI thread.
class TalkTeaching : public QObject
{
    Q_OBJECT

public:
    explicit TalkTeaching(QObject* parent = nullptr);
    ~TalkTeaching() override;

    void attach(TutorMemory* memory);
    /// Forgets the last conversation and reads this one.
    void open(const ConversationId& conversation, const LearnerCard& learner);
    void setLearner(const LearnerCard& learner) { m_learner = learner; }

    /// Adds what the reply to this message of the learner taught.
    void markWords(MessageRow& said, const MessageId& reply, const QString& language) const;
    /// Adds what this reply came to.
    void addOutcomes(MessageRow& reply, const MessageId& said, const QString& language) const;

    /// What was said of the text that this reply is about.
    std::optional<RubricFeedback> feedbackIn(const MessageId& reply) const { return m_taught.value(reply).taught.feedback; }

    /// Makes a card of the mark, or takes it out of the cards.
    void keepMark(const MessageId& reply, const QString& text, int mark, bool keep);
    Async<void> saveWord(const QString& word, const QString& meaning, const QString& sentence, const MessageId& message);

Q_SIGNALS:
    /// Lines look different now.
    void changed();
    /// The reply that just ended taught something: the marks in the words it answers.
    void learned(const MessageId& said);
    void failed(const Error& error);

private:
    void readCards();
    void readNotes();
    QList<LearnerError> errorsIn(const MessageId& reply, const QString& text) const;

    QPointer<TutorMemory> m_memory;
    std::unique_ptr<QObject> m_scope;
    ConversationId m_conversation;
    LearnerCard m_learner;
    QHash<MessageId, TaughtMessage> m_taught; ///< by reply
    QHash<QString, QString> m_notes; ///< text by the note's id
    QSet<ItemId> m_cards;
};
