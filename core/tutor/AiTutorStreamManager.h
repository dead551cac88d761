// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Async.h"
#include "base/Clock.h"
#include "base/Id.h"
#include "base/Random.h"
#include "base/Scheduler.h"
#include "tutor/StreamMachine.h"
#include "tutor/TutorProvider.h"
#include "tutor/TutorStats.h"

#include <QObject>

#include <memory>

class Database;
class HttpStreams;
class SecretStore;

/// What the tutor is doing in a conversation. Idle between replies.
enum class TutorTyping { Idle, Queued, Connecting, Thinking, Writing };

/// One message of a conversation as it stands now.
struct TutorMessage
{
    MessageId id;
    MessageId parent; ///< empty for the first
    ConversationId conversation;
    TutorRole role = TutorRole::Learner;
    stream::State state = stream::State::Done; ///< learners' messages are always Done
    QString text;
    bool refused = false;
    FinishReason finish = FinishReason::Stop;
    QString model;
    QList<TutorCitation> citations;
    TutorUsage usage;
    int tries = 1;
    std::optional<Error> error; ///< when Failed
    std::optional<std::chrono::milliseconds> retryIn; ///< while Queued for another try
    std::optional<std::chrono::milliseconds> firstTokenAfter;
    WallTime createdAt;
};

Q_DECLARE_METATYPE(TutorMessage)

/// A line of the list of conversations.
struct TutorConversation
{
    ConversationId id;
    QString title; ///< the learner's first words
    WallTime updatedAt;
    LearnerCard learner;
};

/// Talks to tutors and keeps every word: learners' messages are committed before they are sent,
/// replies are written behind at most 250 ms late while they stream, so a crash keeps what was
/// read. Updates reach listeners at most every 33 ms per reply; the first word at once.
/// GUI thread; the Database, streams and secrets outlive it.
///
/// Error codes in TutorMessage::error: those of TutorFailure, and no_key, no_model, empty,
/// too_long, unknown_conversation, busy (a reply is still streaming), first_content_timeout,
/// gap_timeout, silence_timeout, total_timeout.
class AiTutorStreamManager : public QObject
{
    Q_OBJECT

public:
    AiTutorStreamManager(Database& database, HttpStreams& streams, SecretStore& secrets, Clock& clock,
        Scheduler& scheduler, RandomSource& random, QObject* parent = nullptr);
    ~AiTutorStreamManager() override;

    void setSettings(const TutorSettings& settings);
    const TutorSettings& settings() const;

    /// Marks replies that a crash left half-written as interrupted. Call once after start.
    Async<void> recover();

    /// Opens a conversation with the learner's first message; the reply streams by itself.
    Q_INVOKABLE ConversationId startTutorConversation(const LearnerCard& learner, const QString& text);
    /// Says the next thing. Answers with the id of the reply that will stream, empty when the
    /// message was refused; then errorOccurred says why.
    Q_INVOKABLE MessageId continueTutorConversation(const ConversationId& conversation, const QString& text);
    /// Asks for another reply to the same words; the earlier one stays in the tree.
    Q_INVOKABLE MessageId retryTutorReply(const ConversationId& conversation);
    /// Stops at once and keeps what was said, marked as stopped.
    Q_INVOKABLE void cancelTutorStream(const ConversationId& conversation);

    TutorTyping typing(const ConversationId& conversation) const;
    /// Place in the queue, 1 is next; 0 when not queued.
    int queuePosition(const ConversationId& conversation) const;
    TutorRateLimitStatus rateLimitStatus() const;
    TutorStats stats() const;

    Async<QList<TutorConversation>> conversations();
    /// The current branch, oldest first.
    Async<QList<TutorMessage>> messages(const ConversationId& conversation);

Q_SIGNALS:
    /// A message is new or changed; `message` is complete, replace by id.
    void messageChanged(const TutorMessage& message);
    void typingChanged(const ConversationId& conversation, TutorTyping typing);
    void rateLimitChanged();
    /// A reply reached its final state and is committed.
    void replyFinished(const TutorMessage& message);
    void errorOccurred(const ConversationId& conversation, const Error& error);
    void conversationsChanged();

private:
    struct Private;
    std::unique_ptr<Private> d;
};
