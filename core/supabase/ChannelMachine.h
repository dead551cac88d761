// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "supabase/JoinFailure.h"

#include <chrono>
#include <variant>
#include <vector>

/// The life of one channel. Pure: the shell (RealtimeChannel) carries out the effects.
///
///   Idle ─SocketUp▶ Joining ─JoinOk▶ (bindings? DatabasePending ─DatabaseOk▶ :) Live
///     ▲ SocketDown     │ JoinFailed, JoinLate          │ DatabaseFailed/Late     │ Closed, Crashed
///     └─(from any)     ▼                               ▼                         ▼
///              Joining again after a wait, Refused,  Degraded ─DatabaseOk▶ Live   Joining again
///              or WaitingForSignIn by policy           └─RetryDue▶ Joining
///
/// Live means: the join was accepted and, when there are row changes to come, the database said it
/// is sending them. Each arrival at Live announces a gap to fill. Attempts are forgotten after half a
/// minute at Live, so a server that accepts and closes again is not asked ever faster.
///
/// Refused outlives the connection: a refused join blocks the whole socket for 5 s, so a new
/// connection asks again after a minute and not at once.
namespace ChannelMachine {

enum class Phase { Idle, Joining, DatabasePending, Live, Degraded, Refused, WaitingForSignIn, Closed };

struct State
{
    Phase phase = Phase::Idle;
    bool socketUp = false;
    bool hasBindings = false;
    bool joined = false;    ///< the server holds our join
    bool waiting = false;   ///< in Joining: between two attempts
    bool refreshNext = false; ///< the next attempt needs a newer token
    int attempt = 0;

    bool operator==(const State&) const = default;
};

struct SocketUp { };
struct SocketDown { };
struct TokenMissing { Error error; }; ///< nobody is signed in, or must sign in again
struct TokenDelayed { Error error; }; ///< the token could not be fetched just now
struct TokenChanged { };
struct IdentityChanged { }; ///< we are somebody else now, or nobody: leave, join again
struct JoinSent { };
struct JoinOk { };
struct JoinFailed { JoinFailure failure; };
struct JoinLate { };
struct DatabaseOk { };
struct DatabaseFailed { Error error; };
struct DatabaseLate { };
struct ServerClosed { JoinFailure failure; }; ///< phx_close with the reason of the system error before it
struct Crashed { };                           ///< phx_error
struct RetryDue { };
struct Stable { };
struct ConfigChanged { bool hasBindings = false; };
struct Leave { };
using Event = std::variant<SocketUp, SocketDown, TokenMissing, TokenDelayed, TokenChanged,
    IdentityChanged, JoinSent,
    JoinOk, JoinFailed, JoinLate, DatabaseOk, DatabaseFailed, DatabaseLate, ServerClosed, Crashed, RetryDue, Stable,
    ConfigChanged, Leave>;

enum class Timer { Join, Database, Retry, Stability };
constexpr int TimerCount = 4;

/// Get a token, wait for a free moment, send the join and report JoinSent.
struct RequestJoin { bool refreshFirst = false; bool operator==(const RequestJoin&) const = default; };
/// Forget a join that was requested or sent; its reply no longer counts.
struct CancelJoin { bool operator==(const CancelJoin&) const = default; };
struct SendLeave { bool operator==(const SendLeave&) const = default; };
/// Give the server the current token unless it has it.
struct PushToken { bool operator==(const PushToken&) const = default; };
struct StartTimer { Timer timer; std::chrono::milliseconds delay; bool operator==(const StartTimer&) const = default; };
/// Wait a random time in [floor, floor + min(cap, 0.5 s · 2^attempt)].
struct StartRetry { int attempt; std::chrono::milliseconds floor; std::chrono::milliseconds cap; bool operator==(const StartRetry&) const = default; };
struct StopTimer { Timer timer; bool operator==(const StopTimer&) const = default; };
struct AnnounceLive { bool operator==(const AnnounceLive&) const = default; };
struct AnnounceLoss { bool operator==(const AnnounceLoss&) const = default; };
struct AnnounceError { Error error; bool operator==(const AnnounceError&) const = default; };
struct AnnounceRefused { Error error; bool operator==(const AnnounceRefused&) const = default; };
/// The join was accepted: track presence again, send what waited.
struct ReassertPresence { bool operator==(const ReassertPresence&) const = default; };
struct FlushBroadcasts { bool operator==(const FlushBroadcasts&) const = default; };
using Effect = std::variant<RequestJoin, CancelJoin, SendLeave, PushToken, StartTimer, StartRetry,
    StopTimer, AnnounceLive, AnnounceLoss, AnnounceError, AnnounceRefused, ReassertPresence,
    FlushBroadcasts>;

struct Step
{
    State state;
    std::vector<Effect> effects;
};

constexpr std::chrono::milliseconds JoinTimeout {10'000};
constexpr std::chrono::milliseconds DatabaseTimeout {20'000};
constexpr std::chrono::milliseconds StableAfter {30'000};
constexpr std::chrono::milliseconds RetryCap {30'000};
constexpr std::chrono::milliseconds SlowFloor {30'000};
constexpr std::chrono::milliseconds RightsFloor {60'000};
constexpr std::chrono::milliseconds DatabaseRetryFloor {5'000};

Step step(State state, const Event& event);

} // namespace ChannelMachine
