// SPDX-License-Identifier: GPL-3.0-or-later
#include "exam/ExamCommand.h"

#include "wire/Json.h"

#include <QJsonArray>

#include <algorithm>
#include <array>

namespace {

constexpr std::array names{
    std::pair{ExamCommandKind::Extend, "extend"},
    std::pair{ExamCommandKind::Pause, "pause"},
    std::pair{ExamCommandKind::Resume, "resume"},
    std::pair{ExamCommandKind::Message, "message"},
    std::pair{ExamCommandKind::Lock, "lock"},
    std::pair{ExamCommandKind::Unlock, "unlock"},
    std::pair{ExamCommandKind::Collect, "collect"},
    std::pair{ExamCommandKind::GrantTakeover, "grant_takeover"},
};

} // namespace

QString examCommandName(ExamCommandKind kind)
{
    return QLatin1String(names.at(size_t(kind)).second);
}

std::optional<ExamCommandKind> examCommandFromName(QStringView name)
{
    const auto* found = std::ranges::find_if(
        names, [name](const auto& entry) { return name == QLatin1String(entry.second); });
    return found == names.end() ? std::nullopt : std::optional(found->first);
}

QJsonObject ExamCommand::payload() const
{
    switch (kind) {
    case ExamCommandKind::Extend:
        return {{QStringLiteral("seconds"), qint64(extension.count())},
            {QStringLiteral("ledger"),
                ledger == TimeLedger::Incident ? QStringLiteral("incident")
                                               : QStringLiteral("accommodation")}};
    case ExamCommandKind::Message:
        return {{QStringLiteral("text"), text}};
    default:
        return {};
    }
}

Result<CommandOutcome> CommandOutcome::fromJson(const QJsonValue& json)
{
    JsonReader in(json, "command");
    CommandOutcome outcome;
    outcome.command = in.optionalInteger("command_id");
    const QJsonArray targets = in.array("targets");
    for (const QJsonValue& value : targets) {
        JsonReader target(value, "command target");
        CommandTarget reached;
        reached.attempt = AttemptId(target.string("attempt_id"));
        reached.allowed = target.boolean("allowed");
        reached.why = target.optionalString("why").value_or(QString());
        reached.newEnd = target.optionalTimestamp("new_end");
        if (!target.ok()) {
            return *target.error();
        }
        outcome.targets.append(reached);
    }
    return in.finish(std::move(outcome));
}
