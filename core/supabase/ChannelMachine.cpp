// SPDX-License-Identifier: GPL-3.0-or-later
#include "supabase/ChannelMachine.h"

namespace ChannelMachine {

namespace {

template <typename T> const T* as(const Event& event)
{
    return std::get_if<T>(&event);
}

template <typename T> bool is(const Event& event)
{
    return std::holds_alternative<T>(event);
}

void append(std::vector<Effect>& effects, std::vector<Effect> more)
{
    effects.insert(effects.end(), more.begin(), more.end());
}

/// The effects of leaving a phase for good: its timers and promises to others.
std::vector<Effect> leaving(const State& state)
{
    switch (state.phase) {
    case Phase::Joining:
        return state.waiting ? std::vector<Effect>{StopTimer{Timer::Retry}}
                             : std::vector<Effect>{CancelJoin{}, StopTimer{Timer::Join}};
    case Phase::DatabasePending:
        return {StopTimer{Timer::Database}};
    case Phase::Live:
        return {StopTimer{Timer::Stability}, AnnounceLoss{}};
    case Phase::Degraded:
    case Phase::Refused:
        return {StopTimer{Timer::Retry}};
    case Phase::Idle:
    case Phase::WaitingForSignIn:
    case Phase::Closed:
        break;
    }
    return {};
}

Step joinNow(State state, std::vector<Effect> before)
{
    if (!state.socketUp) {
        state.phase = Phase::Idle;
        return {state, std::move(before)};
    }
    before.push_back(RequestJoin{state.refreshNext});
    state.phase = Phase::Joining;
    state.waiting = false;
    state.refreshNext = false;
    return {state, std::move(before)};
}

Step joinLater(State state, std::vector<Effect> before, std::chrono::milliseconds floor)
{
    before.push_back(StartRetry{state.attempt, floor, RetryCap});
    state.phase = Phase::Joining;
    state.waiting = true;
    ++state.attempt;
    return {state, std::move(before)};
}

/// The server does not hold our join any more, or never did.
Step fail(State state, const JoinFailure& failure)
{
    std::vector<Effect> effects = leaving(state);
    state.joined = false;
    switch (failure.policy) {
    case JoinPolicy::RefreshToken:
        effects.push_back(AnnounceError{failure.error});
        state.refreshNext = true;
        if (state.attempt > 0) {
            return joinLater(state, effects, {});
        }
        ++state.attempt;
        return joinNow(state, effects);
    case JoinPolicy::Soon:
        effects.push_back(AnnounceError{failure.error});
        return joinLater(state, effects, {});
    case JoinPolicy::Slow:
        effects.push_back(AnnounceError{failure.error});
        return joinLater(state, effects, SlowFloor);
    case JoinPolicy::AwaitRights:
        effects.push_back(StartRetry{state.attempt, RightsFloor, RetryCap});
        ++state.attempt;
        break;
    case JoinPolicy::AwaitToken:
    case JoinPolicy::Never:
        break;
    }
    effects.push_back(AnnounceRefused{failure.error});
    state.phase = Phase::Refused;
    state.waiting = false;
    return {state, effects};
}

Step arrive(State state, std::vector<Effect> before)
{
    before.push_back(StartTimer{Timer::Stability, StableAfter});
    before.push_back(AnnounceLive{});
    state.phase = Phase::Live;
    state.refreshNext = false;
    return {state, std::move(before)};
}

Step degrade(State state, const Error& error)
{
    std::vector<Effect> effects = leaving(state);
    append(
        effects, {AnnounceError{error}, StartRetry{state.attempt, DatabaseRetryFloor, RetryCap}});
    state.phase = Phase::Degraded;
    ++state.attempt;
    return {state, effects};
}

Step accepted(State state)
{
    std::vector<Effect> effects{
        state.waiting ? Effect(StopTimer{Timer::Retry}) : Effect(StopTimer{Timer::Join}),
        PushToken{}, ReassertPresence{}, FlushBroadcasts{}};
    state.joined = true;
    state.waiting = false;
    if (!state.hasBindings) {
        return arrive(state, effects);
    }
    effects.push_back(StartTimer{Timer::Database, DatabaseTimeout});
    state.phase = Phase::DatabasePending;
    return {state, effects};
}

Step whileJoining(State state, const Event& event)
{
    if (is<JoinSent>(event) && !state.waiting) {
        return {state, {StartTimer{Timer::Join, JoinTimeout}}};
    }
    if (is<JoinOk>(event)) {
        return accepted(state); // also when it comes after we gave up waiting for it
    }
    if (const auto* failed = as<JoinFailed>(event)) {
        return fail(state, failed->failure);
    }
    if (is<JoinLate>(event) && !state.waiting) {
        const Error late{ErrorKind::Timeout, QStringLiteral("join_unanswered"), {}, {}};
        return joinLater(state, {AnnounceError{late}}, {});
    }
    if (const auto* delayed = as<TokenDelayed>(event)) {
        return joinLater(state, {AnnounceError{delayed->error}}, {});
    }
    if (state.waiting && (is<RetryDue>(event) || is<TokenChanged>(event))) {
        return joinNow(state, leaving(state));
    }
    return {state, {}};
}

Step whileJoined(State state, const Event& event)
{
    if (const auto* failed = as<DatabaseFailed>(event); failed && state.hasBindings) {
        return state.phase == Phase::Degraded ? Step{state, {AnnounceError{failed->error}}}
                                              : degrade(state, failed->error);
    }
    if (is<DatabaseOk>(event) && state.hasBindings) {
        return state.phase == Phase::Live ? arrive(state, {}) : arrive(state, leaving(state));
    }
    if (is<DatabaseLate>(event) && state.phase == Phase::DatabasePending) {
        return degrade(state, {ErrorKind::Timeout, QStringLiteral("database_not_ready"), {}, {}});
    }
    if (is<RetryDue>(event) && state.phase == Phase::Degraded) {
        return joinNow(state, {});
    }
    if (is<Stable>(event) && state.phase == Phase::Live) {
        state.attempt = 0;
        return {state, {}};
    }
    return is<TokenChanged>(event) ? Step{state, {PushToken{}}} : Step{state, {}};
}

/// Also a join that was only sent may still be accepted. The goodbye carries its ref, so it comes
/// before the ref is forgotten.
std::vector<Effect> withGoodbye(const State& state)
{
    std::vector<Effect> effects;
    if (state.joined || state.phase == Phase::Joining) {
        effects.push_back(SendLeave{});
    }
    append(effects, leaving(state));
    return effects;
}

Step leave(State state)
{
    const std::vector<Effect> effects = withGoodbye(state);
    return {{Phase::Closed, state.socketUp, state.hasBindings, false, false, false, 0}, effects};
}

Step signedOut(State state, const Error& error)
{
    std::vector<Effect> effects = withGoodbye(state);
    effects.push_back(AnnounceError{error});
    state.phase = Phase::WaitingForSignIn;
    state.joined = false;
    state.waiting = false;
    return {state, effects};
}

} // namespace

Step step(State state, const Event& event)
{
    const bool isJoined = state.phase == Phase::DatabasePending || state.phase == Phase::Live
        || state.phase == Phase::Degraded;
    if (state.phase == Phase::Closed) {
        return {state, {}};
    }
    if (is<Leave>(event)) {
        return leave(state);
    }
    if (is<SocketDown>(event) && state.phase == Phase::Refused) {
        state.socketUp = false;
        return {state, leaving(state)};
    }
    if (is<SocketDown>(event)) {
        return {
            {Phase::Idle, false, state.hasBindings, false, false, state.refreshNext, state.attempt},
            leaving(state)};
    }
    if (is<SocketUp>(event)) {
        state.socketUp = true;
        if (state.phase == Phase::Refused) {
            return {state, {StartRetry{state.attempt, RightsFloor, RetryCap}}};
        }
        return state.phase == Phase::Idle ? joinNow(state, {}) : Step{state, {}};
    }
    if (const auto* changed = as<ConfigChanged>(event)) {
        state.hasBindings = changed->hasBindings;
        const bool rejoin = isJoined || state.phase == Phase::Refused
            || (state.phase == Phase::Joining && !state.waiting);
        return rejoin ? joinNow(state, leaving(state)) : Step{state, {}};
    }
    if (const auto* missing = as<TokenMissing>(event); missing && state.phase != Phase::Idle) {
        return signedOut(state, missing->error);
    }
    if (is<IdentityChanged>(event) && (state.phase == Phase::Joining || isJoined)) {
        const std::vector<Effect> before = withGoodbye(state);
        state.joined = false;
        return joinNow(state, before);
    }
    if (state.phase == Phase::Joining || isJoined) {
        if (const auto* closed = as<ServerClosed>(event)) {
            return fail(state, closed->failure);
        }
        if (is<Crashed>(event)) {
            const Error crashed{ErrorKind::Server, QStringLiteral("channel_crashed"), {}, {}};
            return fail(state, {JoinPolicy::Soon, crashed});
        }
    }
    if (state.phase == Phase::Joining) {
        return whileJoining(state, event);
    }
    if (isJoined) {
        return whileJoined(state, event);
    }
    const bool another = (is<TokenChanged>(event) || is<IdentityChanged>(event))
        && (state.phase == Phase::Refused || state.phase == Phase::WaitingForSignIn);
    if (another || (is<RetryDue>(event) && state.phase == Phase::Refused)) {
        return joinNow(state, another ? leaving(state) : std::vector<Effect>{});
    }
    return {state, {}};
}

} // namespace ChannelMachine
