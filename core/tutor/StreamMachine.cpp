// SPDX-License-Identifier: GPL-3.0-or-later
#include "tutor/StreamMachine.h"

namespace stream {

namespace {

const std::vector<Effect> conclude {Effect::Unwatch, Effect::Close, Effect::Release, Effect::Seal};
const std::vector<Effect> reattach {Effect::Reconnect, Effect::WatchConnect, Effect::WatchBytes};
const std::vector<Effect> again {Effect::Unwatch, Effect::Close, Effect::Release, Effect::Requeue};

Step stepQueued(Input input)
{
    switch (input) {
    case Input::Admitted:
        return {State::Connecting, {Effect::WatchConnect, Effect::WatchFirst, Effect::WatchBytes, Effect::Open}};
    case Input::Ended:
        return {State::Interrupted, {Effect::Unwatch, Effect::Seal}};
    case Input::FailedFirmly:
        return {State::Failed, {Effect::Unwatch, Effect::Seal}};
    case Input::Stop:
        return {State::Stopped, {Effect::Unwatch, Effect::Seal}};
    default:
        return {State::Queued, {}};
    }
}

/// Connecting and Thinking: a request is out and nothing visible has come.
Step stepSilent(State state, Input input)
{
    switch (input) {
    case Input::Sent:
        return {state, {Effect::WatchHeaders, Effect::WatchBytes}};
    case Input::Opened:
        return {State::Thinking, {Effect::HeadersCame, Effect::WatchBytes}};
    case Input::Life:
        return {state, {Effect::WatchBytes}};
    case Input::Reattach:
        return {state, reattach};
    case Input::Reasoned:
        return {State::Thinking, {Effect::WatchGap, Effect::WatchBytes}};
    case Input::Spoke:
        return {State::Writing, {Effect::WatchGap, Effect::WatchBytes}};
    case Input::Finished:
        return {State::Done, conclude};
    case Input::Ended:
        return {State::Interrupted, conclude};
    case Input::FailedSoftly:
        return {State::Queued, again};
    case Input::FailedFirmly:
        return {State::Failed, conclude};
    case Input::Stop:
        return {State::Stopped, conclude};
    case Input::Admitted:
        break;
    }
    return {state, {}};
}

Step stepWriting(Input input)
{
    switch (input) {
    case Input::Sent:
        return {State::Writing, {Effect::WatchHeaders, Effect::WatchBytes}};
    case Input::Opened:
        return {State::Writing, {Effect::HeadersCame, Effect::WatchBytes}};
    case Input::Life:
        return {State::Writing, {Effect::WatchBytes}};
    case Input::Reattach:
        return {State::Writing, reattach};
    case Input::Reasoned:
    case Input::Spoke:
        return {State::Writing, {Effect::WatchGap, Effect::WatchBytes}};
    case Input::Finished:
        return {State::Done, conclude};
    case Input::Ended:
    case Input::FailedSoftly:
    case Input::FailedFirmly:
        return {State::Interrupted, conclude};
    case Input::Stop:
        return {State::Stopped, conclude};
    case Input::Admitted:
        break;
    }
    return {State::Writing, {}};
}

} // namespace

Step step(State state, Input input)
{
    switch (state) {
    case State::Queued:
        return stepQueued(input);
    case State::Connecting:
    case State::Thinking:
        return stepSilent(state, input);
    case State::Writing:
        return stepWriting(input);
    case State::Done:
    case State::Stopped:
    case State::Interrupted:
    case State::Failed:
        break;
    }
    return {state, {}};
}

} // namespace stream
