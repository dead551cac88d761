// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "base/Id.h"
#include "base/Result.h"

#include <QHash>
#include <QJsonObject>
#include <QList>
#include <QPair>

#include <optional>

class Connection;

/// A conversation with a tutor. `head` is the newest message of the branch that is shown.
struct StoredConversation
{
    ConversationId id;
    UserId owner; ///< empty: a guest
    QString title;
    QJsonObject learner; ///< level, languages and goals it was begun with
    MessageId head;
    WallTime createdAt;
    WallTime updatedAt;
    bool synced = false; ///< the academy is known to have it
};

/// One message of the tree. `state` is streaming until the reply has ended; `details` hold what the
/// tutor room keeps about it.
struct StoredMessage
{
    MessageId id;
    ConversationId conversation;
    MessageId parent; ///< empty for the first
    bool fromTutor = false;
    QString state; ///< streaming, done, stopped, interrupted or failed
    QString text;
    QJsonObject details;
    WallTime createdAt;
};

/// A message that matched a search.
struct StoredHit
{
    StoredMessage message;
    QString title; ///< of its conversation
    QString excerpt; ///< the matches between U+0002 and U+0003
};

/// What one request to a tutor used.
struct StoredUsage
{
    QString request; ///< UUID
    qint64 day = 0; ///< since 1970, UTC
    QString provider;
    QString model;
    qint64 input = 0;
    qint64 output = 0;
    qint64 micros = 0; ///< millionths of a dollar
    bool counts = true; ///< against the day's budget
};

/// Requests of one day to one model, added up.
struct StoredUsageSum
{
    qint64 day = 0;
    QString provider;
    QString model;
    int requests = 0;
    qint64 input = 0;
    qint64 output = 0;
    qint64 micros = 0;
    bool counts = true;
};

/// Conversations as trees of messages: another answer to the same words is another child, nothing
/// is overwritten. Every function works inside the caller's transaction, on the database's thread.
class ConversationStore
{
public:
    static Result<void> create(Connection& connection, const StoredConversation& conversation);
    static Result<std::optional<StoredConversation>> find(
        Connection& connection, const ConversationId& conversation);
    /// Newest first.
    static Result<QList<StoredConversation>> list(Connection& connection, int limit);

    /// Forgets it with its messages and its draft; the queue to the academy is the caller's.
    static Result<void> remove(Connection& connection, const ConversationId& conversation);
    /// Another title and card; the rest stays. An unknown conversation is none.
    static Result<void> describe(Connection& connection, const ConversationId& conversation, const QString& title,
        const QJsonObject& learner);
    /// As the academy has it: inserts it, or replaces title, learner, head and times.
    static Result<void> mirror(Connection& connection, const StoredConversation& conversation);

    /// Adds a message and makes it the head.
    static Result<void> append(Connection& connection, const StoredMessage& message);
    /// As the academy has it: inserts it, or replaces state, text and details, unless it is
    /// streaming here. The head stays.
    static Result<void> mirror(Connection& connection, const StoredMessage& message);
    static Result<std::optional<StoredMessage>> message(Connection& connection, const MessageId& message);
    static Result<void> setHead(
        Connection& connection, const ConversationId& conversation, const MessageId& head);
    /// The newest message at or below `message`: the end of the branch to show.
    static Result<MessageId> newestBelow(Connection& connection, const MessageId& message);
    /// A reply that had ended goes on streaming.
    static Result<void> reopen(Connection& connection, const MessageId& message);
    /// Replaces state, text and details of a message that was still streaming; one that has ended
    /// stays as it is.
    static Result<void> update(Connection& connection, const StoredMessage& message);
    /// From the first message to the head.
    static Result<QList<StoredMessage>> branch(Connection& connection, const ConversationId& conversation);
    /// From the first message to `end`.
    static Result<QList<StoredMessage>> path(Connection& connection, const MessageId& end);
    /// Every message of the conversation by its parent, oldest first.
    static Result<QHash<MessageId, QList<MessageId>>> children(
        Connection& connection, const ConversationId& conversation);
    /// Replies that a crash left streaming become interrupted; answers with them.
    static Result<QList<StoredMessage>> interruptStreaming(Connection& connection);

    /// Messages in which every word occurs, best first. `words` is what a person typed.
    static Result<QList<StoredHit>> search(Connection& connection, const QString& words, int limit);

    /// An empty text forgets the draft.
    static Result<void> saveDraft(
        Connection& connection, const ConversationId& conversation, const QString& text, WallTime at);
    static Result<QString> draft(Connection& connection, const ConversationId& conversation);

    /// Inserts or replaces.
    static Result<void> saveUsage(Connection& connection, const StoredUsage& usage);
    static Result<void> forgetUsage(Connection& connection, const QString& request);
    /// From `firstDay` on, newest day first.
    static Result<QList<StoredUsageSum>> usageSince(Connection& connection, qint64 firstDay);

    /// What models were found to reject, in the tutor room's own shape, by provider and model.
    static Result<void> saveQuirks(
        Connection& connection, const QString& provider, const QString& model, const QJsonObject& quirks);
    static Result<QHash<QPair<QString, QString>, QJsonObject>> quirks(Connection& connection);

    /// Those of a person that the academy is known to have had.
    static Result<QList<ConversationId>> mirrored(Connection& connection, const UserId& owner);
    static Result<void> markMirrored(Connection& connection, const ConversationId& conversation);
    /// A head that is not here (yet) gives way to the newest message that is.
    static Result<void> mendHead(Connection& connection, const ConversationId& conversation);

    /// Gives the conversations of a guest to a person.
    static Result<void> claim(Connection& connection, const UserId& owner);
    static Result<QList<StoredConversation>> ownedBy(Connection& connection, const UserId& owner);
    /// Every message of every branch, parents first.
    static Result<QList<StoredMessage>> tree(Connection& connection, const ConversationId& conversation);

    /// How far the academy's rows were read, as the server wrote it; empty: not at all.
    static Result<QString> pulledUntil(Connection& connection, const UserId& owner);
    static Result<void> setPulledUntil(Connection& connection, const UserId& owner, const QString& until);
};
