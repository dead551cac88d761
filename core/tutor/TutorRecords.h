// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/ConversationStore.h"
#include "tutor/AiTutorStreamManager.h"

/// Between what the tutor room speaks of and what the file holds. A reply that has not ended is
/// stored as streaming and reads back as interrupted: whoever reads it from the file knows nothing
/// of a stream.
StoredMessage toStored(const TutorMessage& message);
TutorMessage messageFrom(const StoredMessage& stored);

QJsonObject toJson(const LearnerCard& learner);
LearnerCard learnerFrom(const QJsonObject& json);

/// A conversation so far, ready for the next request. Failed, refused and empty replies are left
/// out of the turns; what was stopped or cut stays, because the learner has read it.
struct TutorHistory
{
    LearnerCard learner;
    QList<TutorTurn> turns;
    MessageId head;
    MessageId lastLearner;

    /// Forgets what was said after the learner's last words.
    void dropLastReply();
};

/// Error: NotFound `unknown_conversation`.
Result<TutorHistory> readHistory(Connection& connection, const ConversationId& conversation);
