// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Error.h"

#include <QByteArray>
#include <QString>

#include <variant>

/// Why a reply ended. A clean end of the bytes without the provider's end signal is Interrupted,
/// never Stop.
enum class FinishReason {
    Stop, Length, Tool, Refusal, Filtered, Paused, ContextFull, Continuation, Error, Interrupted, Other
};

struct TutorStarted
{
    QString id;
    QString model;
    bool operator==(const TutorStarted&) const = default;
};
struct TextDelta
{
    QString text;
    bool operator==(const TextDelta&) const = default;
};
struct ReasoningDelta
{
    QString text;
    bool operator==(const ReasoningDelta&) const = default;
};
/// Provider state that must be sent back unchanged with this reply in later turns, to the same model
/// of the same provider only: one JSON object in the provider's own shape.
struct ReasoningOpaque
{
    QByteArray data;
    bool operator==(const ReasoningOpaque&) const = default;
};
struct RefusalDelta
{
    QString text;
    bool operator==(const RefusalDelta&) const = default;
};
struct ToolCallDelta
{
    int index = 0;
    QString id;
    QString name;
    QString arguments;
    bool operator==(const ToolCallDelta&) const = default;
};
/// What a statement rests on: a place in the course, or a page (`url`) that a provider looked up.
struct TutorCitation
{
    QString pack;
    QString item;
    QString title;
    QString url {};
    bool operator==(const TutorCitation&) const = default;
};
/// Tokens of the whole reply so far, -1 where the provider did not say; a later usage replaces an
/// earlier one. `input` contains `cachedInput` and `cacheWritten`, `output` contains `reasoning`.
struct TutorUsage
{
    qint64 input = -1;
    qint64 output = -1;
    qint64 cachedInput = -1;
    qint64 reasoning = -1;
    qint64 cacheWritten = -1;
    bool operator==(const TutorUsage&) const = default;
};
/// A sign of life without content.
struct TutorPing
{
    bool operator==(const TutorPing&) const = default;
};
struct TutorFinished
{
    FinishReason reason = FinishReason::Stop;
    QString raw; ///< the provider's own word
    QString detail {}; ///< the provider's explanation, such as a refusal's category; for diagnostics
    QByteArray continuation {}; ///< with Continuation: goes into TutorPrompt::continuation to go on
    bool operator==(const TutorFinished&) const = default;
};
/// The provider answered with an error. `error.code` is ours: key_invalid, no_permission,
/// model_not_found, quota, rate_limited, overloaded, context_full, bad_parameter, bad_request,
/// not_sse, too_large, server_error. `parameter` names a rejected request field.
struct TutorFailure
{
    Error error;
    int httpStatus = 0;
    QString providerCode; ///< verbatim, for diagnostics
    QString parameter;
    bool retryable = false;
    bool operator==(const TutorFailure&) const = default;
};
/// The bytes ended before the reply did.
struct TutorInterrupted
{
    bool operator==(const TutorInterrupted&) const = default;
};

/// What a tutor says, whoever it is: the only vocabulary that leaves a provider.
using TutorEvent = std::variant<TutorStarted, TextDelta, ReasoningDelta, ReasoningOpaque, RefusalDelta,
    ToolCallDelta, TutorCitation, TutorUsage, TutorPing, TutorFinished, TutorFailure, TutorInterrupted>;
