// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Async.h"
#include "base/Clock.h"
#include "base/Id.h"
#include "base/Random.h"
#include "base/Scheduler.h"
#include "tutor/TutorMessage.h"
#include "tutor/TutorStats.h"

#include <QObject>

#include <functional>
#include <memory>

class Database;
class HttpStreams;
class ModelCatalogue;
class SecretStore;

/// Talks to tutors and keeps every word: learners' messages are committed before they are sent,
/// replies are written behind at most 250 ms late while they stream, so a crash keeps what was
/// read. Updates reach listeners at most every 33 ms per reply; the first word at once.
/// GUI thread; the Database, streams and secrets outlive it.
///
/// A conversation is a tree. Other words of the learner and other replies are siblings of the
/// earlier ones; one branch is shown, and branchChanged says when it is another. One reply at a time
/// streams in a conversation, a few in the whole program; the rest wait in a visible queue.
///
/// Tutors are tried in order: the preferred one, then others of its tier, local ones and the notes,
/// as setProviderOrder() gave them, by themselves only before the first visible word. The message
/// says who answered and why (TutorMessage::fallback).
///
/// Error codes in TutorMessage::error: those of TutorFailure, and no_key, no_model, empty,
/// too_long, unknown_conversation, unknown_message, busy (a reply is still streaming), exam_running,
/// budget_tokens, budget_money, breaker_open, connect_timeout, headers_timeout,
/// first_content_timeout, gap_timeout, silence_timeout, total_timeout.
class AiTutorStreamManager : public QObject
{
    Q_OBJECT

public:
    AiTutorStreamManager(Database& database, HttpStreams& streams, SecretStore& secrets, Clock& clock,
        Scheduler& scheduler, RandomSource& random, QObject* parent = nullptr);
    ~AiTutorStreamManager() override;

    /// One tutor and no other.
    void setSettings(const TutorSettings& settings);
    /// Tutors in the order they are wished; FallbackChain decides who is asked when one fails.
    /// Replies that are under way keep theirs.
    void setProviderOrder(const QList<TutorSettings>& order);
    /// The preferred tutor.
    const TutorSettings& settings() const;
    const QList<TutorSettings>& providerOrder() const;
    /// Prices, limits and peculiarities of models as an academy wants them, see
    /// ModelCatalogue::parseFromAcademy(). With an error, or nothing, the shipped ones hold.
    Result<void> setAcademyCatalogue(const QByteArray& json);
    const ModelCatalogue& catalogue() const;
    void setBudget(const TutorBudget& budget);
    /// How the academy's relay is authorised; asked before every request to it. A token that the relay
    /// refused is passed, so that another one is got; empty otherwise.
    void setRelayToken(std::function<Async<QString>(const QString& refused)> token);
    /// Whose conversations these are, so that they travel to the academy. Empty: a guest; nothing
    /// travels.
    void setAccount(const UserId& owner, const DeviceId& device);
    /// Conversations came from another device, or went.
    void adoptRemote(const QList<ConversationId>& conversations);
    /// While true nothing is asked (`exam_running`), and what streams is stopped.
    void setExamRunning(bool running);
    bool isExamRunning() const;

    /// Marks replies that a crash left half-written as interrupted, and reads what was used today
    /// and what servers were found to reject. Call once after start.
    Async<void> recover();

    /// Opens a conversation with the learner's first message; the reply streams by itself.
    Q_INVOKABLE ConversationId startTutorConversation(const LearnerCard& learner, const QString& text);
    /// Says the next thing. Answers with the id of the reply that will stream, empty when the
    /// message was refused; then errorOccurred says why.
    Q_INVOKABLE MessageId continueTutorConversation(const ConversationId& conversation, const QString& text);
    /// Asks for another reply to the newest words; the earlier one stays in the tree.
    Q_INVOKABLE MessageId retryTutorReply(const ConversationId& conversation);
    /// Stops at once, also at the server where it can be told, and keeps what was said, marked as
    /// stopped. Takes a waiting reply out of the queue.
    Q_INVOKABLE void cancelTutorStream(const ConversationId& conversation);

    /// The same place in the conversation with other words: a new branch, and a reply to it.
    MessageId editLearnerMessage(
        const ConversationId& conversation, const MessageId& message, const QString& text);
    /// Another reply in the place of `reply`, which stays as its sibling.
    MessageId regenerateTutorReply(const ConversationId& conversation, const MessageId& reply);
    /// Goes on where an interrupted, stopped or cut reply broke off: the same message grows. Nothing
    /// that was read is replaced.
    MessageId continueInterruptedReply(const ConversationId& conversation, const MessageId& reply);
    /// Shows the branch that goes through `message`, down to its newest end.
    Async<void> switchBranch(const MessageId& message);
    /// Ends the wait before the next try.
    void retryNow(const ConversationId& conversation);
    /// Instead of waiting any longer, asks the next tutor of the order. False when there is none.
    bool useOtherTutorNow(const ConversationId& conversation);

    TutorTyping typing(const ConversationId& conversation) const;
    /// Place in the queue, 1 is next; 0 when not queued.
    int queuePosition(const ConversationId& conversation) const;
    QList<TutorQueueEntry> queue() const;
    TutorRateLimitStatus rateLimitStatus() const;
    TutorStats stats() const;
    /// What was used on the last `days` days, newest day first.
    Async<QList<TutorUsageDay>> usageByDay(int days);

    Async<QList<TutorConversation>> conversations();
    /// The current branch, oldest first.
    Async<QList<TutorMessage>> messages(const ConversationId& conversation);
    /// Full-text search over all branches of all conversations, best first. Words are matched by
    /// their beginning, without regard to case and accents; all must occur.
    Async<QList<TutorSearchHit>> searchHistory(const QString& words, int limit = 50);
    /// Another name for a conversation, here and at the academy. Errors: Invalid `empty`, NotFound
    /// `unknown_conversation`.
    Async<void> renameConversation(const ConversationId& conversation, const QString& title);
    /// How its learner is taught from the next reply on.
    Async<void> setLearner(const ConversationId& conversation, const LearnerCard& learner);
    /// Forgets a conversation with everything in it, here and at the academy. A reply that streams
    /// in it is stopped.
    Async<void> deleteConversation(const ConversationId& conversation);

    /// What was typed and not yet sent. Kept at most 250 ms later; an empty text forgets it. The
    /// empty id is the draft of a new conversation. Sending forgets the draft.
    void keepDraft(const ConversationId& conversation, const QString& text);
    Async<QString> draft(const ConversationId& conversation);

Q_SIGNALS:
    /// A message is new or changed; `message` is complete, replace by id.
    void messageChanged(const TutorMessage& message);
    void typingChanged(const ConversationId& conversation, TutorTyping typing);
    /// The limiter or the queue moved.
    void rateLimitChanged();
    /// A reply reached its final state and is committed.
    void replyFinished(const TutorMessage& message);
    void errorOccurred(const ConversationId& conversation, const Error& error);
    void conversationsChanged();
    /// Another branch is shown, or siblings came: read messages() again.
    void branchChanged(const ConversationId& conversation);
    /// Something to be sent to the academy was queued.
    void workKept();
    /// Another catalogue() holds: settings that were made from the old one are to be made again.
    void catalogueChanged();
    /// The tutor is off because its person sits an exam, or is back.
    void examRunningChanged(bool running);

private:
    struct Private;
    std::unique_ptr<Private> d;
};
