// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tutor/TutorEvent.h"

#include <QList>

#include <optional>
#include <vector>

/// One reply put together from its events. A value type.
struct WholeReply
{
    struct ToolCall
    {
        QString id;
        QString name;
        QString arguments; ///< JSON text as it came
        bool operator==(const ToolCall&) const = default;
    };

    QString id;
    QString model;
    QString text;
    QString reasoning;
    QString refusal;
    QList<ToolCall> toolCalls;
    QList<TutorCitation> citations;
    QList<QByteArray> opaque;
    TutorUsage usage;
    std::optional<TutorFinished> finished;
    std::optional<TutorFailure> failure;
    bool interrupted = false;
    int endings = 0; ///< terminal events; 1 when the decoder is right

    void add(const TutorEvent& event);
    void add(const std::vector<TutorEvent>& events);

    FinishReason finishReason() const;

    bool operator==(const WholeReply&) const = default;
};

/// "stop", "length", "tool", "refusal", "filtered", "paused", "context_full", "continuation", "error",
/// "interrupted", "other".
QString finishReasonName(FinishReason reason);
