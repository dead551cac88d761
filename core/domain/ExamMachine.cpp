// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/ExamMachine.h"

#include <QHash>

namespace ExamMachine {

namespace {

template <typename... Handlers> struct Overloaded : Handlers...
{
    using Handlers::operator()...;
};
template <typename... Handlers> Overloaded(Handlers...) -> Overloaded<Handlers...>;

Step stay(const State& state)
{
    return {state, {}};
}

Step open(bool takeover)
{
    return {Opening{takeover}, {Effect::CallStart}};
}

Step handIn(HandIn why)
{
    return {Submitting{why}, {Effect::FlushEdits, Effect::RememberState, Effect::QueueHandIn}};
}

Step hold(State state)
{
    return {std::move(state), {Effect::FlushEdits, Effect::RememberState}};
}

Step remember(State state)
{
    return {std::move(state), {Effect::RememberState}};
}

Step end(State state)
{
    return {std::move(state), {Effect::FlushEdits, Effect::EndBeats, Effect::RememberState}};
}

/// What ends an attempt from wherever it lives.
std::optional<Step> ending(const Event& event)
{
    if (std::holds_alternative<ReceiptIssued>(event)) {
        return end(Submitted{});
    }
    if (std::holds_alternative<ClosedByServer>(event)) {
        return end(Expired{});
    }
    if (std::holds_alternative<LeaseLost>(event)) {
        return end(Fenced{});
    }
    if (std::holds_alternative<VoidedByServer>(event)) {
        return end(Voided{});
    }
    return std::nullopt;
}

Step takeUp(const State& found)
{
    return {found, isLive(found) ? QList{Effect::BeginBeats} : QList<Effect>()};
}

Step from(const NotStarted& state, const Event& event)
{
    if (const auto* start = std::get_if<Start>(&event)) {
        return open(start->takeover);
    }
    if (const auto* found = std::get_if<FoundLocally>(&event)) {
        return takeUp(found->state);
    }
    return stay(state);
}

Step from(const Opening& state, const Event& event)
{
    if (const auto* opened = std::get_if<Opened>(&event)) {
        State next = Running{};
        if (opened->locked) {
            next = Locked{opened->paused};
        } else if (opened->paused) {
            next = Paused{};
        }
        return {next, {Effect::RememberState, Effect::BeginBeats}};
    }
    if (const auto* found = std::get_if<FoundLocally>(&event)) {
        return takeUp(found->state);
    }
    if (const auto* failed = std::get_if<StartFailed>(&event)) {
        return {Refused{failed->code}, {}};
    }
    if (std::holds_alternative<LeaseRefused>(event)) {
        return {LeaseTaken{}, {Effect::CallStartLater}};
    }
    return std::holds_alternative<LeaseLost>(event) ? stay(state)
                                                    : ending(event).value_or(stay(state));
}

Step from(const Refused& state, const Event& event)
{
    const auto* start = std::get_if<Start>(&event);
    return start ? open(start->takeover) : stay(state);
}

Step from(const LeaseTaken& state, const Event& event)
{
    // Asking again must not ring at the teacher's again; the student's own request does.
    if (std::holds_alternative<Start>(event) || std::holds_alternative<LeaseGranted>(event)) {
        return open(std::holds_alternative<Start>(event));
    }
    return std::holds_alternative<LeaseLost>(event) ? stay(state)
                                                    : ending(event).value_or(stay(state));
}

Step from(const Running& state, const Event& event)
{
    return std::visit(Overloaded{
                          [](const Pause&) { return hold(Paused{}); },
                          [](const Lock&) { return hold(Locked{}); },
                          [](const Collect&) { return handIn(HandIn::Collected); },
                          [](const TimeUp&) { return handIn(HandIn::TimeUp); },
                          [](const SubmitAsked&) { return handIn(HandIn::ByStudent); },
                          [&](const auto&) { return ending(event).value_or(stay(state)); },
                      },
        event);
}

Step from(const Paused& state, const Event& event)
{
    return std::visit(Overloaded{
                          [](const Resume&) { return remember(Running{}); },
                          [](const Lock&) { return remember(Locked{true}); },
                          [](const Collect&) { return handIn(HandIn::Collected); },
                          [](const SubmitAsked&) { return handIn(HandIn::ByStudent); },
                          [&](const auto&) { return ending(event).value_or(stay(state)); },
                      },
        event);
}

Step from(const Locked& state, const Event& event)
{
    return std::visit(
        Overloaded{
            [&](const Unlock&) {
                return remember(state.paused ? State(Paused{}) : State(Running{}));
            },
            [&](const Pause&) { return state.paused ? stay(state) : remember(Locked{true}); },
            [&](const Resume&) { return state.paused ? remember(Locked{false}) : stay(state); },
            [](const Collect&) { return handIn(HandIn::Collected); },
            [&](const TimeUp&) { return state.paused ? stay(state) : handIn(HandIn::TimeUp); },
            [&](const auto&) { return ending(event).value_or(stay(state)); },
        },
        event);
}

Step from(const Submitting& state, const Event& event)
{
    if (std::holds_alternative<MoreTime>(event) && state.why == HandIn::TimeUp) {
        return {Running{}, {Effect::WithdrawHandIn, Effect::RememberState}};
    }
    // Closed on the other side or not: what was handed in here is still to be sent.
    return std::holds_alternative<ClosedByServer>(event) ? stay(state)
                                                         : ending(event).value_or(stay(state));
}

Step from(const Submitted& state, const Event&)
{
    return stay(state);
}

Step from(const Expired& state, const Event& event)
{
    if (std::holds_alternative<ReceiptIssued>(event)) {
        return remember(Submitted{});
    }
    return std::holds_alternative<VoidedByServer>(event) ? remember(Voided{}) : stay(state);
}

Step from(const Fenced& state, const Event& event)
{
    if (std::holds_alternative<Start>(event)) {
        return open(true);
    }
    return std::holds_alternative<VoidedByServer>(event) ? remember(Voided{}) : stay(state);
}

Step from(const Voided& state, const Event&)
{
    return stay(state);
}

} // namespace

Step step(const State& state, const Event& event)
{
    return std::visit([&event](const auto& current) { return from(current, event); }, state);
}

bool canEdit(const State& state)
{
    return std::holds_alternative<Running>(state);
}

bool isLive(const State& state)
{
    return std::holds_alternative<Running>(state) || std::holds_alternative<Paused>(state)
        || std::holds_alternative<Locked>(state) || std::holds_alternative<Submitting>(state);
}

bool isFinal(const State& state)
{
    return std::holds_alternative<Submitted>(state) || std::holds_alternative<Voided>(state);
}

QString stateName(const State& state)
{
    return std::visit(Overloaded{
                          [](const NotStarted&) { return QStringLiteral("not_started"); },
                          [](const Opening&) { return QStringLiteral("opening"); },
                          [](const Refused&) { return QStringLiteral("refused"); },
                          [](const LeaseTaken&) { return QStringLiteral("lease_taken"); },
                          [](const Running&) { return QStringLiteral("running"); },
                          [](const Paused&) { return QStringLiteral("paused"); },
                          [](const Locked& locked) {
                              return locked.paused ? QStringLiteral("locked_paused")
                                                   : QStringLiteral("locked");
                          },
                          [](const Submitting& submitting) {
                              switch (submitting.why) {
                              case HandIn::TimeUp:
                                  return QStringLiteral("submitting_time_up");
                              case HandIn::Collected:
                                  return QStringLiteral("submitting_collected");
                              case HandIn::ByStudent:
                                  break;
                              }
                              return QStringLiteral("submitting");
                          },
                          [](const Submitted&) { return QStringLiteral("submitted"); },
                          [](const Expired&) { return QStringLiteral("expired"); },
                          [](const Fenced&) { return QStringLiteral("fenced"); },
                          [](const Voided&) { return QStringLiteral("voided"); },
                      },
        state);
}

std::optional<State> stateFromName(QStringView name)
{
    static const QHash<QString, State> states{
        {QStringLiteral("not_started"), NotStarted{}},
        {QStringLiteral("opening"), NotStarted{}},
        {QStringLiteral("refused"), NotStarted{}},
        {QStringLiteral("lease_taken"), NotStarted{}},
        {QStringLiteral("running"), Running{}},
        {QStringLiteral("in_progress"), Running{}},
        {QStringLiteral("active"), Running{}},
        {QStringLiteral("ended"), Running{}},
        {QStringLiteral("paused"), Paused{}},
        {QStringLiteral("locked"), Locked{}},
        {QStringLiteral("locked_paused"), Locked{true}},
        {QStringLiteral("submitting"), Submitting{HandIn::ByStudent}},
        {QStringLiteral("submitting_time_up"), Submitting{HandIn::TimeUp}},
        {QStringLiteral("submitting_collected"), Submitting{HandIn::Collected}},
        {QStringLiteral("submitted"), Submitted{}},
        {QStringLiteral("expired"), Expired{}},
        {QStringLiteral("collected"), Expired{}},
        {QStringLiteral("collected_late"), Expired{}},
        {QStringLiteral("fenced"), Fenced{}},
        {QStringLiteral("voided"), Voided{}},
    };
    const auto found = states.constFind(name.toString());
    return found == states.constEnd() ? std::nullopt : std::optional(*found);
}

} // namespace ExamMachine
