// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Async.h"
#include "base/Clock.h"
#include "base/Random.h"
#include "store/ConversationStore.h"
#include "tutor/TutorMessage.h"
#include "tutor/TutorRecords.h"
#include "tutor/TutorStats.h"

#include <QObject>

#include <functional>

class Database;
struct Outgoing;

/// A message of the learner and the reply it waits for, as they were put into the tree.
struct PlacedReply
{
    std::optional<TutorMessage> said; ///< empty when only a reply is asked for
    TutorMessage reply;
    TutorHistory history; ///< everything the reply answers to
    bool branched = false; ///< another branch is shown now
};

/// The tutor's side of the database: every operation is one transaction, and what has to travel to
/// the academy is queued in the same one. GUI thread; the database outlives it. Errors of the
/// placing operations: NotFound `unknown_conversation` and `unknown_message`.
class TutorArchive : public QObject
{
    Q_OBJECT

public:
    TutorArchive(Database& database, Clock& clock, RandomSource& random, QObject* parent = nullptr);

    /// Empty: a guest; nothing is queued for the academy.
    void setAccount(const UserId& owner, const DeviceId& device);

    /// Replies cut by a crash become interrupted and are queued as such.
    Async<void> recover();

    Async<PlacedReply> begin(const StoredConversation& conversation, const TutorMessage& said, const TutorMessage& reply,
        const TutorSettings& asked);
    Async<PlacedReply> say(const TutorMessage& said, const TutorMessage& reply, const TutorSettings& asked);
    /// `said` takes the place beside `original`.
    Async<PlacedReply> edit(const MessageId& original, const TutorMessage& said, const TutorMessage& reply,
        const TutorSettings& asked);
    /// `reply` takes the place beside `original`, or after the newest words when that is empty.
    Async<PlacedReply> answerAgain(const MessageId& original, const TutorMessage& reply, const TutorSettings& asked);
    /// Opens `reply` again; its text is in the answer. Conflict `nothing_to_continue` when it has not
    /// been broken off.
    Async<PlacedReply> goOn(const ConversationId& conversation, const MessageId& reply, const TutorSettings& asked);
    /// Answers with the conversation.
    Async<ConversationId> show(const MessageId& message);
    /// Another title, another card; what is empty stays.
    Async<void> describe(
        const ConversationId& conversation, const QString& title, const std::optional<LearnerCard>& learner);
    Async<void> forget(const ConversationId& conversation);

    void keepPartial(const TutorMessage& reply);
    Async<void> seal(const TutorMessage& reply);

    Async<QList<TutorConversation>> conversations();
    Async<QList<TutorMessage>> messages(const ConversationId& conversation);
    Async<QList<TutorSearchHit>> search(const QString& words, int limit);

    Async<void> keepDraft(const ConversationId& conversation, const QString& text);
    Async<QString> draft(const ConversationId& conversation);

    void keepUsage(const StoredUsage& usage);
    void forgetUsage(const QString& request);
    Async<QList<StoredUsageSum>> usageSince(qint64 firstDay);
    void keepQuirks(const QString& provider, const QString& model, const QJsonObject& quirks);
    Async<QHash<QPair<QString, QString>, QJsonObject>> quirks();

Q_SIGNALS:
    /// Something could not be written that nobody waits for.
    void failed(const ConversationId& conversation, const Error& error);
    /// Something for the academy was queued.
    void queued();

private:
    Outgoing outgoing();
    /// Runs what changes a conversation and says afterwards that something waits to be sent.
    template <typename T>
    Async<T> runAndTell(std::function<Result<T>(Connection&)> work);
    Async<PlacedReply> place(std::function<Result<PlacedReply>(Connection&, const Outgoing&)> work);
    void write(const ConversationId& conversation, std::function<Result<void>(Connection&)> work);

    Database& m_database;
    Clock& m_clock;
    RandomSource& m_random;
    UserId m_owner;
    DeviceId m_device;
};
