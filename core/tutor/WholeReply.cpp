// SPDX-License-Identifier: GPL-3.0-or-later
#include "tutor/WholeReply.h"

namespace {

template <class... Handlers>
struct Overload : Handlers...
{
    using Handlers::operator()...;
};
template <class... Handlers>
Overload(Handlers...) -> Overload<Handlers...>;

} // namespace

void WholeReply::add(const TutorEvent& event)
{
    std::visit(Overload {
                   [this](const TutorStarted& started) {
                       id = started.id;
                       model = started.model;
                   },
                   [this](const TextDelta& delta) { text += delta.text; },
                   [this](const ReasoningDelta& delta) { reasoning += delta.text; },
                   [this](const ReasoningOpaque& item) { opaque.append(item.data); },
                   [this](const RefusalDelta& delta) { refusal += delta.text; },
                   [this](const ToolCallDelta& delta) {
                       while (toolCalls.size() <= delta.index) {
                           toolCalls.append(ToolCall {});
                       }
                       ToolCall& call = toolCalls[delta.index];
                       if (!delta.id.isEmpty() && !call.id.isEmpty() && delta.id != call.id) {
                           call = {}; // another call in the same place
                       }
                       if (!delta.id.isEmpty()) {
                           call.id = delta.id;
                       }
                       call.name += delta.name;
                       call.arguments += delta.arguments;
                   },
                   [this](const TutorCitation& citation) { citations.append(citation); },
                   [this](const TutorUsage& tokens) { usage = tokens; },
                   [](const TutorPing&) {},
                   [this](const TutorFinished& end) {
                       finished = end;
                       ++endings;
                   },
                   [this](const TutorFailure& end) {
                       failure = end;
                       ++endings;
                   },
                   [this](const TutorInterrupted&) {
                       interrupted = true;
                       ++endings;
                   },
               },
        event);
}

void WholeReply::add(const std::vector<TutorEvent>& events)
{
    for (const TutorEvent& event : events) {
        add(event);
    }
}

FinishReason WholeReply::finishReason() const
{
    if (finished) {
        return finished->reason;
    }
    return failure ? FinishReason::Error : FinishReason::Interrupted;
}

QString finishReasonName(FinishReason reason)
{
    switch (reason) {
    case FinishReason::Stop:
        return QStringLiteral("stop");
    case FinishReason::Length:
        return QStringLiteral("length");
    case FinishReason::Tool:
        return QStringLiteral("tool");
    case FinishReason::Refusal:
        return QStringLiteral("refusal");
    case FinishReason::Filtered:
        return QStringLiteral("filtered");
    case FinishReason::Paused:
        return QStringLiteral("paused");
    case FinishReason::ContextFull:
        return QStringLiteral("context_full");
    case FinishReason::Continuation:
        return QStringLiteral("continuation");
    case FinishReason::Error:
        return QStringLiteral("error");
    case FinishReason::Interrupted:
        return QStringLiteral("interrupted");
    case FinishReason::Other:
        break;
    }
    return QStringLiteral("other");
}
