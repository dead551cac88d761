// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "base/Id.h"
#include "base/Result.h"

#include <QJsonObject>
#include <QList>

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

    /// Adds a message and makes it the head.
    static Result<void> append(Connection& connection, const StoredMessage& message);
    /// Replaces state, text and details of a message that was still streaming; one that has ended
    /// stays as it is.
    static Result<void> update(Connection& connection, const StoredMessage& message);
    /// From the first message to the head.
    static Result<QList<StoredMessage>> branch(Connection& connection, const ConversationId& conversation);
    /// Replies that a crash left streaming become interrupted; answers how many.
    static Result<int> interruptStreaming(Connection& connection);
};
