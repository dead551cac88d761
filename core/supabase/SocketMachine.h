// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Error.h"

#include <chrono>
#include <variant>
#include <vector>

/// When the realtime socket connects, proves it is alive, gives up and tries again. Pure: the shell
/// (RealtimeClient) carries out the effects and reports what happened.
///
///      Stopped ──Start──▶ Connecting ──Opened──▶ Open ◀──Inbound── Probing
///         ▲                ▲     │ Lost           │ ╲__Woke,NetworkUp__▲ │
///         │                │     ▼                │ Lost, HeartbeatLate  │ ProbeLate, Lost
///       Stop           RetryDue,Woke,         ┌───┴──────────────────────┘
///    (from any)        NetworkUp   ╲          ▼
///                                   ╲────── Waiting
///
/// Open sends a heartbeat every 20 s, and every 10 s while the connection is young or was doubted in
/// the last 30 s; any inbound frame counts as life. Probing is Open under doubt: the computer slept or
/// changed its network, and the next 3 s decide. A server that answers but refuses the socket (keys,
/// rights, limits, certificates) is asked again after half a minute at the earliest.
namespace SocketMachine {

enum class Phase { Stopped, Connecting, Open, Probing, Waiting };

struct State
{
    Phase phase = Phase::Stopped;
    int attempt = 0;              ///< failed attempts since the last stable connection
    bool awaitingReply = false;   ///< a heartbeat is out and nothing came since
    bool steady = false;          ///< open for 30 s without doubt

    bool operator==(const State&) const = default;
};

struct Start { };
struct Stop { };
struct Opened { };
struct Lost { Error error; };
struct Inbound { };
struct HeartbeatDue { };
struct HeartbeatLate { };
struct ProbeLate { };
struct RetryDue { };
struct Stable { };
struct NetworkUp { };
struct Woke { };
using Event = std::variant<Start, Stop, Opened, Lost, Inbound, HeartbeatDue, HeartbeatLate, ProbeLate,
    RetryDue, Stable, NetworkUp, Woke>;

enum class Timer { Heartbeat, Reply, Probe, Retry, Stability };
constexpr int TimerCount = 5;

struct OpenSocket { bool operator==(const OpenSocket&) const = default; };
struct DropSocket { bool operator==(const DropSocket&) const = default; };
struct SendHeartbeat { bool operator==(const SendHeartbeat&) const = default; };
struct StartTimer { Timer timer; std::chrono::milliseconds delay; bool operator==(const StartTimer&) const = default; };
/// Wait a random time in [floor, floor + min(30 s, 0.5 s · 2^attempt)].
struct StartRetry { int attempt; std::chrono::milliseconds floor {0}; bool operator==(const StartRetry&) const = default; };
struct StopTimer { Timer timer; bool operator==(const StopTimer&) const = default; };
struct AnnounceOpen { bool operator==(const AnnounceOpen&) const = default; };
struct AnnounceLost { bool operator==(const AnnounceLost&) const = default; };
using Effect = std::variant<OpenSocket, DropSocket, SendHeartbeat, StartTimer, StartRetry, StopTimer,
    AnnounceOpen, AnnounceLost>;

struct Step
{
    State state;
    std::vector<Effect> effects;
};

constexpr std::chrono::milliseconds HeartbeatInterval {20'000};
constexpr std::chrono::milliseconds EagerInterval {10'000};
/// Longer than the 5 s for which a refused join blocks the whole socket.
constexpr std::chrono::milliseconds ReplyDeadline {10'000};
constexpr std::chrono::milliseconds ProbeDeadline {3'000};
constexpr std::chrono::milliseconds StableAfter {30'000};
constexpr std::chrono::milliseconds RetryBase {500};
constexpr std::chrono::milliseconds RetryCap {30'000};
constexpr std::chrono::milliseconds SlowFloor {30'000};

Step step(State state, const Event& event);
/// Whether Inbound would change anything: it comes with every message.
bool isInDoubt(const State& state);

} // namespace SocketMachine
