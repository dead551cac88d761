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

Step waitAfterLoss(State state)
{
    std::vector<Effect> effects
        = isOpen(state.phase) ? endings() : std::vector<Effect>{DropSocket{}};
    effects.push_back(StartRetry{state.attempt});
    return {{Phase::Waiting, state.attempt + 1, false}, effects};
}

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
    return {{Phase::Connecting, 0, false}, effects};
}

Step heartbeat(State state)
{
    std::vector<Effect> effects{SendHeartbeat{}, StartTimer{Timer::Heartbeat, HeartbeatInterval}};
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
        Step opened = heartbeat({Phase::Open, state.attempt, false});
        opened.effects.push_back(StartTimer{Timer::Stability, StableAfter});
        opened.effects.push_back(AnnounceOpen{});
        return opened;
    }
    if (is<Lost>(event)) {
        return waitAfterLoss(state);
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
    return {{Phase::Open, state.attempt, false}, effects};
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
        return {state, {}};
    }
    if (is<Lost>(event) || (is<HeartbeatLate>(event) && state.awaitingReply)) {
        return doubted ? connectAtOnce(state) : waitAfterLoss(state);
    }
    if (is<ProbeLate>(event) && doubted) {
        return connectAtOnce(state);
    }
    if (isHint(event) && !doubted) {
        Step probing = heartbeat(state);
        probing.state.phase = Phase::Probing;
        probing.effects.push_back(StartTimer{Timer::Probe, ProbeDeadline});
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
            return {{Phase::Connecting, state.attempt, false}, {OpenSocket{}}};
        }
        break;
    }
    return {state, {}};
}

} // namespace SocketMachine
