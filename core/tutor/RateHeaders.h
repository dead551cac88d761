// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/HttpClient.h"

#include <QtGlobal>

#include <chrono>
#include <optional>

/// What a provider says about the limits of a key. Empty where it said nothing; `resetIn` counts
/// from the answer.
struct RateLimit
{
    std::optional<qint64> limit;
    std::optional<qint64> remaining;
    std::optional<std::chrono::milliseconds> resetIn;
    bool operator==(const RateLimit&) const = default;
};

struct RateLimits
{
    RateLimit requests;
    RateLimit tokens;
    bool operator==(const RateLimits&) const = default;
};

/// Reads the rate headers of OpenAI and its imitators (x-ratelimit-…, resets as durations such as
/// "6m0s"), of Anthropic (anthropic-ratelimit-…, resets as times beside the answer's own Date) and
/// of Mistral (…-req-minute). Pure. Source: ai-providers A1, A3, A5.
RateLimits rateLimits(const HttpHeaders& headers);
