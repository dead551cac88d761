// SPDX-License-Identifier: GPL-3.0-or-later
#include "supabase/SocketMachine.h"

namespace SocketMachine {

namespace {

template <typename T> bool is(const Event& event)
{
    return std::holds_alternative<T>(event);
}

bool isHint(const Event& event)
{
    return is<NetworkUp>(event) || is<Woke>(event);
}

bool isOpen(Phase phase)
{
    return phase == Phase::Open || phase == Phase::Probing;
}

/// Ends the connection's timers and tells the channels.
std::vector<Effect> endings()
{
    return {DropSocket{}, StopTimer{Timer::Heartbeat}, StopTimer{Timer::Reply},
        StopTimer{Timer::Probe}, StopTimer{Timer::Stability}, AnnounceLost{}};
}

/// Trouble of the network passes by itself; what the other side refuses it refuses again.
std::chrono::milliseconds floorAfter(const Error& error)
{
    switch (error.kind) {
    case ErrorKind::Unauthorized:
    case ErrorKind::Forbidden:
    case ErrorKind::NotFound:
    case ErrorKind::Invalid:
    case ErrorKind::Protocol:
    case ErrorKind::RateLimited:
        return std::max(SlowFloor, error.retryAfter.value_or(SlowFloor));
    default:
        return error.retryAfter.value_or(std::chrono::milliseconds(0));
    }
}

Step waitAfterLoss(State state, const Error& error)
{
    std::vector<Effect> effects
        = isOpen(state.phase) ? endings() : std::vector<Effect>{DropSocket{}};
    effects.push_back(StartRetry{state.attempt, floorAfter(error)});
    return {{Phase::Waiting, state.attempt + 1, false, false}, effects};
}

/// The attempts so far still count: a network that comes and goes must not become a storm.
Step connectAtOnce(State state)
{
    std::vector<Effect> effects = isOpen(state.phase) ? endings() : std::vector<Effect>{};
    if (state.phase == Phase::Connecting) {
        effects.push_back(DropSocket{});
    }
    if (state.phase == Phase::Waiting) {
        effects.push_back(StopTimer{Timer::Retry});
    }
    effects.push_back(OpenSocket{});
    return {{Phase::Connecting, state.attempt, false, false}, effects};
}

Step heartbeat(State state)
{
    std::vector<Effect> effects{SendHeartbeat{},
        StartTimer{Timer::Heartbeat, state.steady ? HeartbeatInterval : EagerInterval}};
    if (!state.awaitingReply) {
        effects.push_back(StartTimer{Timer::Reply, ReplyDeadline});
    }
    state.awaitingReply = true;
    return {state, effects};
}

Step stop(State state)
{
    switch (state.phase) {
    case Phase::Stopped:
        return {state, {}};
    case Phase::Connecting:
        return {{}, {DropSocket{}}};
    case Phase::Waiting:
        return {{}, {StopTimer{Timer::Retry}}};
    case Phase::Open:
    case Phase::Probing:
        break;
    }
    return {{}, endings()};
}

Step whileConnecting(State state, const Event& event)
{
    if (is<Opened>(event)) {
        Step opened = heartbeat({Phase::Open, state.attempt, false, false});
        opened.effects.push_back(StartTimer{Timer::Stability, StableAfter});
        opened.effects.push_back(AnnounceOpen{});
        return opened;
    }
    if (const auto* lost = std::get_if<Lost>(&event)) {
        return waitAfterLoss(state, lost->error);
    }
    return isHint(event) ? connectAtOnce(state) : Step{state, {}};
}

Step sawLife(State state)
{
    std::vector<Effect> effects;
    if (state.phase == Phase::Probing) {
        effects.push_back(StopTimer{Timer::Probe});
    }
    if (state.awaitingReply) {
        effects.push_back(StopTimer{Timer::Reply});
    }
    return {{Phase::Open, state.attempt, false, state.steady}, effects};
}

Step whileOpen(State state, const Event& event)
{
    const bool doubted = state.phase == Phase::Probing;
    if (is<Inbound>(event)) {
        return sawLife(state);
    }
    if (is<HeartbeatDue>(event)) {
        return heartbeat(state);
    }
    if (is<Stable>(event)) {
        state.attempt = 0;
        state.steady = true;
        return {state, {}};
    }
    if (const auto* lost = std::get_if<Lost>(&event)) {
        return doubted ? connectAtOnce(state) : waitAfterLoss(state, lost->error);
    }
    if (is<HeartbeatLate>(event) && state.awaitingReply) {
        const Error silent{ErrorKind::Timeout, QStringLiteral("heartbeat_unanswered"), {}, {}};
        return doubted ? connectAtOnce(state) : waitAfterLoss(state, silent);
    }
    if (is<ProbeLate>(event) && doubted) {
        return connectAtOnce(state);
    }
    if (isHint(event) && !doubted) {
        state.steady = false;
        Step probing = heartbeat(state);
        probing.state.phase = Phase::Probing;
        probing.effects.push_back(StartTimer{Timer::Probe, ProbeDeadline});
        probing.effects.push_back(StartTimer{Timer::Stability, StableAfter});
        return probing;
    }
    return {state, {}};
}

} // namespace

Step step(State state, const Event& event)
{
    if (is<Stop>(event)) {
        return stop(state);
    }
    switch (state.phase) {
    case Phase::Stopped:
        return is<Start>(event) ? connectAtOnce(state) : Step{state, {}};
    case Phase::Connecting:
        return whileConnecting(state, event);
    case Phase::Open:
    case Phase::Probing:
        return whileOpen(state, event);
    case Phase::Waiting:
        if (isHint(event)) {
            return connectAtOnce(state);
        }
        if (is<RetryDue>(event)) {
            return {{Phase::Connecting, state.attempt, false, false}, {OpenSocket{}}};
        }
        break;
    }
    return {state, {}};
}

bool isInDoubt(const State& state)
{
    return state.awaitingReply || state.phase == Phase::Probing;
}

} // namespace SocketMachine
