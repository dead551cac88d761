// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/ConversationStore.h"
#include "tutor/TutorMessage.h"

/// Between what the tutor room speaks of and what the file holds. A reply that has not ended is
/// stored as streaming and reads back as interrupted: whoever reads it from the file knows nothing
/// of a stream.
StoredMessage toStored(const TutorMessage& message);
TutorMessage messageFrom(const StoredMessage& stored);

QJsonObject toJson(const LearnerCard& learner);
LearnerCard learnerFrom(const QJsonObject& json);

/// The rows of the academy's tables, as its law has them; what it does not know rides in `details`.
QJsonObject toRow(const StoredConversation& conversation);
QJsonObject toRow(const StoredMessage& message);
/// Protocol `json_shape` when something is missing.
Result<StoredConversation> conversationFromRow(const QJsonObject& row);
Result<StoredMessage> messageFromRow(const QJsonObject& row);

/// A conversation so far, ready for the next request. Failed, refused and empty replies are left
/// out of the turns; what was stopped or cut stays, because the learner has read it.
struct TutorHistory
{
    StoredConversation conversation;
    LearnerCard learner;
    QList<TutorTurn> turns;
};

/// What was said from the first message to `end`, or to the head when it is empty. A reply's opaque
/// parts come along when it is from `asked`, who alone understands them. Error: NotFound
/// `unknown_conversation`.
Result<TutorHistory> readHistory(Connection& connection, const ConversationId& conversation, const MessageId& end,
    const TutorSettings& asked);
/// Without an end the history of a new conversation is empty.
TutorHistory emptyHistory(const StoredConversation& conversation);

/// Puts the place among its siblings into every message.
void placeAmongSiblings(QList<TutorMessage>& messages, const QHash<MessageId, QList<MessageId>>& children);
