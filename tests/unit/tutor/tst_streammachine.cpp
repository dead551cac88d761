// SPDX-License-Identifier: GPL-3.0-or-later
#include "tutor/StreamMachine.h"

#include <QTest>

#include <algorithm>
#include <array>

using stream::Effect;
using stream::Input;
using stream::State;

namespace {

constexpr std::array states {State::Queued, State::Connecting, State::Thinking, State::Writing, State::Done,
    State::Stopped, State::Interrupted, State::Failed};
constexpr std::array inputs {Input::Admitted, Input::Sent, Input::Opened, Input::Life, Input::Reasoned,
    Input::Spoke, Input::Finished, Input::Ended, Input::Reattach, Input::FailedSoftly, Input::FailedFirmly,
    Input::Stop};

/// Rows: states; columns: inputs, in the order above.
constexpr State Q = State::Queued;
constexpr State C = State::Connecting;
constexpr State T = State::Thinking;
constexpr State W = State::Writing;
constexpr State D = State::Done;
constexpr State S = State::Stopped;
constexpr State I = State::Interrupted;
constexpr State F = State::Failed;
constexpr std::array<std::array<State, 12>, 8> expected {{
    {C, Q, Q, Q, Q, Q, Q, I, Q, Q, F, S},
    {C, C, T, C, T, W, D, I, C, Q, F, S},
    {T, T, T, T, T, W, D, I, T, Q, F, S},
    {W, W, W, W, W, W, D, I, W, I, I, S},
    {D, D, D, D, D, D, D, D, D, D, D, D},
    {S, S, S, S, S, S, S, S, S, S, S, S},
    {I, I, I, I, I, I, I, I, I, I, I, I},
    {F, F, F, F, F, F, F, F, F, F, F, F},
}};

bool has(const stream::Step& step, Effect effect)
{
    return std::ranges::find(step.effects, effect) != step.effects.end();
}

} // namespace

class TestStreamMachine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyStateAnswersEveryInput()
    {
        for (std::size_t s = 0; s < states.size(); ++s) {
            for (std::size_t i = 0; i < inputs.size(); ++i) {
                QVERIFY2(stream::step(states[s], inputs[i]).state == expected[s][i],
                    qPrintable(QStringLiteral("state %1, input %2").arg(s).arg(i)));
            }
        }
    }

    void finalStatesDoNothingMore()
    {
        for (const State state : states) {
            for (const Input input : inputs) {
                if (stream::isFinal(state)) {
                    QVERIFY(stream::step(state, input).effects.empty());
                }
            }
        }
    }

    void everyEndIsSealedAndGivesBackWhatItHolds()
    {
        for (const State state : states) {
            for (const Input input : inputs) {
                const stream::Step step = stream::step(state, input);
                if (stream::isFinal(state) || !stream::isFinal(step.state)) {
                    QVERIFY(!has(step, Effect::Seal));
                    continue;
                }
                QVERIFY(has(step, Effect::Unwatch));
                QCOMPARE(step.effects.back(), Effect::Seal);
                QCOMPARE(has(step, Effect::Close), state != State::Queued);
                QCOMPARE(has(step, Effect::Release), state != State::Queued);
            }
        }
    }

    void onlyAnInvisibleReplyIsTriedAgain()
    {
        for (const State state : states) {
            for (const Input input : inputs) {
                const stream::Step step = stream::step(state, input);
                const bool goesBack = step.state == State::Queued && state != State::Queued;
                QCOMPARE(has(step, Effect::Requeue), goesBack);
                QVERIFY(!goesBack || state == State::Connecting || state == State::Thinking);
            }
        }
    }

    void lifeResetsOnlyTheByteWatch()
    {
        for (const State state : {State::Connecting, State::Thinking, State::Writing}) {
            QCOMPARE(stream::step(state, Input::Life).effects, std::vector<Effect> {Effect::WatchBytes});
        }
    }

    void contentResetsTheGap()
    {
        for (const State state : {State::Connecting, State::Thinking, State::Writing}) {
            for (const Input input : {Input::Reasoned, Input::Spoke}) {
                QVERIFY(has(stream::step(state, input), Effect::WatchGap));
                QVERIFY(has(stream::step(state, input), Effect::WatchBytes));
            }
        }
    }

    void theRestIsAskedForWithoutStartingAnew()
    {
        for (const State state : states) {
            for (const Input input : inputs) {
                const bool isOut = state == State::Connecting || state == State::Thinking || state == State::Writing;
                QCOMPARE(has(stream::step(state, input), Effect::Reconnect), isOut && input == Input::Reattach);
            }
        }
    }

    void everyStageOfARequestIsWatched()
    {
        const stream::Step admitted = stream::step(State::Queued, Input::Admitted);
        for (const Effect effect : {Effect::WatchConnect, Effect::WatchFirst, Effect::WatchBytes}) {
            QVERIFY(has(admitted, effect));
        }
        QCOMPARE(admitted.effects.back(), Effect::Open);
        for (const State state : {State::Connecting, State::Thinking, State::Writing}) {
            QVERIFY(has(stream::step(state, Input::Sent), Effect::WatchHeaders));
            QVERIFY(has(stream::step(state, Input::Opened), Effect::HeadersCame));
        }
    }

    void theRequestGoesOutOnlyWhenAdmitted()
    {
        for (const State state : states) {
            for (const Input input : inputs) {
                QCOMPARE(has(stream::step(state, input), Effect::Open),
                    state == State::Queued && input == Input::Admitted);
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestStreamMachine)
#include "tst_streammachine.moc"
