// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tutor/TutorEvent.h"

#include <optional>
#include <vector>

/// The life of one reply, as the learner sees it.
///
///            admitted            first sign         first words
///   Queued ───────────► Connecting ──────► Thinking ───────────► Writing
///     ▲                      │                │                     │
///     └── transient failure, nothing visible, tries left ──┘        │
///                                                                   ▼
///   any of the four ──► Done | Stopped | Interrupted | Failed (final)
///
/// A failure before the first visible word may be tried again; after it never, because a second
/// answer would replace words the learner has read. A server that kept the answer may be asked for
/// the rest of it at any time: that is the same answer.
namespace stream {

enum class State { Queued, Connecting, Thinking, Writing, Done, Stopped, Interrupted, Failed };

constexpr bool isFinal(State state)
{
    return state == State::Done || state == State::Stopped || state == State::Interrupted
        || state == State::Failed;
}

enum class Input {
    Admitted,     ///< the limiter lets this reply go
    Sent,         ///< the request is on its way
    Opened,       ///< headers arrived
    Life,         ///< bytes without content: pings, comments
    Reasoned,     ///< hidden reasoning
    Spoke,        ///< visible text or refusal
    Finished,     ///< the provider's end signal
    Ended,        ///< the bytes ended without one, or whatever went wrong, words are kept
    Reattach,     ///< the rest of the same answer must be fetched over another connection
    FailedSoftly, ///< a failure that another try may cure, and a try is left
    FailedFirmly, ///< any other failure
    Stop          ///< the learner wants no more
};

enum class Effect {
    Open,           ///< send the request
    Reconnect,      ///< ask for the rest
    Close,          ///< abandon the connection
    WatchConnect,   ///< start waiting for the request to be sent
    WatchHeaders,   ///< it was; start waiting for the answer to begin
    WatchFirst,     ///< start waiting for the first content
    WatchGap,       ///< start waiting for the next content
    WatchBytes,     ///< start waiting for any byte
    HeadersCame,    ///< stop waiting for them
    Unwatch,        ///< stop all waiting
    Requeue,        ///< wait with backoff, then ask the limiter again
    Release,        ///< give the slot back
    Seal            ///< write the final state
};

struct Step
{
    State state;
    std::vector<Effect> effects;
    bool operator==(const Step&) const = default;
};

/// Total: every state answers every input.
Step step(State state, Input input);

} // namespace stream
