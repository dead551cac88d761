// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "base/Id.h"
#include "base/Result.h"

#include <QJsonObject>
#include <QJsonValue>
#include <QList>
#include <QString>

#include <chrono>
#include <optional>

/// What a teacher may do to attempts. Names on the wire by examCommandName.
enum class ExamCommandKind { Extend, Pause, Resume, Message, Lock, Unlock, Collect, GrantTakeover };

QString examCommandName(ExamCommandKind kind);
std::optional<ExamCommandKind> examCommandFromName(QStringView name);

/// Which ledger extra time is written to.
enum class TimeLedger { Incident, Accommodation };

/// One command as the teacher means it. Empty `targets` means everybody in the sitting.
struct ExamCommand
{
    ExamCommandKind kind = ExamCommandKind::Message;
    QList<AttemptId> targets;
    std::chrono::seconds extension{0};
    TimeLedger ledger = TimeLedger::Incident;
    QString text;
    QString reason;

    QJsonObject payload() const;
    bool operator==(const ExamCommand&) const = default;
};

/// What a command does, or would do, to one attempt.
struct CommandTarget
{
    AttemptId attempt;
    bool allowed = false;
    QString why; ///< a code, when not allowed
    std::optional<WallTime> newEnd;
    bool operator==(const CommandTarget&) const = default;
};

struct CommandOutcome
{
    std::optional<qint64> command; ///< its number in the sitting; nothing for a preview
    QList<CommandTarget> targets;

    static Result<CommandOutcome> fromJson(const QJsonValue& json);
    bool operator==(const CommandOutcome&) const = default;
};
