// SPDX-License-Identifier: GPL-3.0-or-later
#include "supabase/AuthMachine.h"

namespace AuthMachine {

namespace {

template <typename T> bool is(const Event& event)
{
    return std::holds_alternative<T>(event);
}

void announce(Step& step, Phase before)
{
    if (step.state.phase != before) {
        step.effects.emplace_back(AnnouncePhase{});
    }
}

/// The session is over here.
Step forget(State state, Phase next)
{
    Step step{{next, Renewal::None, state.byApplication, false},
        {ReleaseTurn{}, StopTimers{}, Forget{next == Phase::NeedsSignIn}}};
    announce(step, state.phase);
    step.effects.emplace_back(RefuseWaiting{});
    return step;
}

/// The same, and whatever is under way does not matter any more.
Step leave(State state, Phase next)
{
    Step step = forget(state, next);
    step.effects.insert(step.effects.begin(), Supersede{});
    return step;
}

Step begin(State state)
{
    if (state.renewal != Renewal::None) {
        return {state, {}};
    }
    state.renewal = state.byApplication ? Renewal::Application : Renewal::Turn;
    return {state,
        {StopTimers{}, state.byApplication ? Effect(AskApplication{}) : Effect(TakeTurn{})}};
}

Step retry(State state, const Error& error)
{
    state.renewal = error.retryAfter ? Renewal::Waiting : Renewal::None;
    return {state, {ReleaseTurn{}, StartRetry{error}, ComfortWaiting{error}}};
}

Step use(State state)
{
    Step step{{Phase::SignedIn, Renewal::None, state.byApplication, state.kept},
        {ReleaseTurn{}, StopTimers{}, Use{state.phase == Phase::SignedIn}}};
    announce(step, state.phase);
    step.effects.emplace_back(GiveWaiting{});
    step.effects.emplace_back(AnnounceToken{});
    return step;
}

Step present(State state, std::vector<Effect> before = {})
{
    state.renewal = Renewal::Presenting;
    before.emplace_back(Present{});
    return {state, std::move(before)};
}

Step keep(State state)
{
    state.renewal = Renewal::Keeping;
    return {state, {Keep{}}};
}

/// What may come at any time.
std::optional<Step> anytime(State state, const Event& event)
{
    if (is<RestoreAsked>(event)) {
        Step step{{Phase::Restoring, Renewal::None, state.byApplication, state.kept},
            {Supersede{}, ReleaseTurn{}, StopTimers{}}};
        announce(step, state.phase);
        return step;
    }
    if (is<TokensOffered>(event)) {
        Step step = leave(state, Phase::Restoring);
        step.state.byApplication = true;
        step.state.renewal = Renewal::Application;
        step.effects.emplace_back(AskApplication{});
        return step;
    }
    if (is<SignOutAsked>(event)) {
        state.byApplication = false;
        return leave(state, Phase::SignedOut);
    }
    if (is<Granted>(event)) {
        Step step = keep(state);
        step.effects.insert(step.effects.begin(), Supersede{});
        return step;
    }
    return std::nullopt;
}

Step whenAsked(State state, bool good)
{
    switch (state.phase) {
    case Phase::SignedOut:
    case Phase::NeedsSignIn:
        return {state, {Refuse{}}};
    case Phase::Restoring:
        return {state, {LetWait{}}};
    case Phase::SignedIn:
        break;
    }
    if (good) {
        return {state, {GiveToken{}}};
    }
    if (state.renewal == Renewal::Waiting) {
        return {state, {Comfort{}}};
    }
    Step step = begin(state);
    step.effects.insert(step.effects.begin(), LetWait{});
    return step;
}

Step whenStoreRead(State state, Stored stored)
{
    if (state.renewal == Renewal::Confirming) {
        return stored == Stored::Gone && state.kept ? leave(state, Phase::SignedOut) : keep(state);
    }
    if (stored == Stored::Newer && state.kept) {
        return present(state, {TakeNewer{}});
    }
    if (state.renewal == Renewal::Rereading) {
        return forget(state, Phase::NeedsSignIn);
    }
    return stored == Stored::Gone && state.kept ? leave(state, Phase::SignedOut) : present(state);
}

Step whenStoreUnreadable(State state, const Error& error)
{
    if (state.renewal == Renewal::Confirming) {
        return keep(state);
    }
    if (state.kept) {
        return retry(state, error);
    }
    return state.renewal == Renewal::Rereading ? forget(state, Phase::NeedsSignIn) : present(state);
}

/// The steps of a renewal, each where it belongs only.
Step whileRenewing(State state, const Event& event)
{
    switch (state.renewal) {
    case Renewal::None:
    case Renewal::Waiting:
        break;
    case Renewal::Turn:
        if (is<TurnTaken>(event)) {
            state.renewal = Renewal::Reading;
            return {state, {ReadStore{}}};
        }
        if (is<TurnUnneeded>(event)) {
            return present(state);
        }
        if (const auto* denied = std::get_if<TurnDenied>(&event)) {
            return retry(state, denied->error);
        }
        break;
    case Renewal::Reading:
    case Renewal::Rereading:
    case Renewal::Confirming:
        if (const auto* read = std::get_if<StoreRead>(&event)) {
            return whenStoreRead(state, read->stored);
        }
        if (const auto* unreadable = std::get_if<StoreUnreadable>(&event)) {
            return whenStoreUnreadable(state, unreadable->error);
        }
        break;
    case Renewal::Presenting:
        if (const auto* failed = std::get_if<ExchangeFailed>(&event)) {
            return retry(state, failed->error);
        }
        if (is<ExchangeRefused>(event)) {
            state.renewal = Renewal::Rereading;
            return {state, {ReadStore{}}};
        }
        if (is<Renewed>(event)) {
            state.renewal = Renewal::Confirming;
            return {state, {ReadStore{}}};
        }
        break;
    case Renewal::Keeping:
        if (const auto* done = std::get_if<SessionKept>(&event)) {
            state.kept = done->kept;
            return use(state);
        }
        break;
    case Renewal::Application:
        if (is<TokenGiven>(event)) {
            return use(state);
        }
        if (is<TokenRefused>(event)) {
            return forget(state, Phase::NeedsSignIn);
        }
        if (const auto* delayed = std::get_if<TokenDelayed>(&event)) {
            return retry(state, delayed->error);
        }
        break;
    }
    return {state, {}};
}

} // namespace

Step step(State state, const Event& event)
{
    if (auto step = anytime(state, event)) {
        return *step;
    }
    if (const auto* asked = std::get_if<TokenAsked>(&event)) {
        return whenAsked(state, asked->good);
    }
    if (is<RenewalDue>(event) || is<WaitOver>(event)) {
        const bool held = state.phase == Phase::SignedIn
            || (state.phase == Phase::Restoring && state.byApplication);
        if (is<WaitOver>(event) && state.renewal == Renewal::Waiting) {
            state.renewal = Renewal::None;
        }
        return held ? begin(state) : Step{state, {}};
    }
    if (state.phase == Phase::Restoring && is<NothingKept>(event)) {
        return forget(state, Phase::SignedOut);
    }
    if (state.phase == Phase::Restoring && is<KeptFound>(event)) {
        Step step = begin({Phase::SignedIn, state.renewal, state.byApplication, true});
        step.effects.insert(step.effects.begin(), AnnouncePhase{});
        return step;
    }
    return whileRenewing(state, event);
}

} // namespace AuthMachine
