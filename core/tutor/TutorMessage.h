// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "base/Id.h"
#include "tutor/StreamMachine.h"
#include "tutor/TutorProvider.h"

#include <QMetaType>

#include <optional>

/// What the tutor is doing in a conversation. Idle between replies.
enum class TutorTyping { Idle, Queued, Connecting, Thinking, Writing };

constexpr TutorTyping typingOf(stream::State state)
{
    switch (state) {
    case stream::State::Queued:
        return TutorTyping::Queued;
    case stream::State::Connecting:
        return TutorTyping::Connecting;
    case stream::State::Thinking:
        return TutorTyping::Thinking;
    case stream::State::Writing:
        return TutorTyping::Writing;
    default:
        return TutorTyping::Idle;
    }
}

/// Why another tutor answered than the one that was asked first.
struct TutorFallback
{
    QString provider; ///< the one that was asked first, as in TutorSettings::providerId
    QString model;
    QString reason; ///< an error code of TutorMessage::error, or breaker_open

    bool operator==(const TutorFallback&) const = default;
};

/// One message of a conversation as it stands now. A value.
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
    std::optional<Error> error; ///< when Failed or Interrupted
    std::optional<std::chrono::milliseconds> retryIn; ///< while Queued for another try: the wait when it began
    std::optional<MonotonicTime> retryAt; ///< the same as a moment of the clock, for a countdown
    std::optional<std::chrono::milliseconds> firstTokenAfter;
    WallTime createdAt;
    QString provider; ///< as in TutorSettings::providerId
    qint64 costMicros = -1; ///< millionths of a dollar; -1 when the price is not known
    bool usageEstimated = false; ///< the provider did not say, or was stopped before it could
    std::optional<TutorFallback> fallback;
    int continuations = 0; ///< how often an interrupted reply was gone on with
    QList<QByteArray> opaque; ///< what the provider wants back with this reply, see TutorTurn
    QString aside; ///< the tutor's notes to the program, never shown
    QJsonObject kept; ///< what the learner kept of it, in the shape of TutorMemory
    int siblings = 1; ///< messages with the same parent, this one included
    int siblingIndex = 0; ///< oldest first
    MessageId previousSibling; ///< empty at the ends
    MessageId nextSibling;

    /// True when continueInterruptedReply() makes sense.
    bool canContinue() const
    {
        return role == TutorRole::Tutor && !text.isEmpty() && !refused
            && (state == stream::State::Interrupted || state == stream::State::Stopped
                || (state == stream::State::Done && finish == FinishReason::Length));
    }
    bool operator==(const TutorMessage&) const = default;
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

/// A place in the history that matched a search.
struct TutorSearchHit
{
    ConversationId conversation;
    MessageId message;
    QString title; ///< of the conversation
    QString excerpt; ///< the words around the match
    QList<QPair<int, int>> matches; ///< start and length inside the excerpt
    bool fromTutor = false;
    WallTime createdAt;
};

/// A reply that waits for its turn.
struct TutorQueueEntry
{
    ConversationId conversation;
    MessageId reply;
    int position = 1; ///< 1 is next
    std::optional<std::chrono::milliseconds> readyIn; ///< when known: the limit per minute or a retry
};
