// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <chrono>
#include <optional>

/// What the limiter is doing, for the page and for diagnostics.
struct TutorRateLimitStatus
{
    int requestsPerMinute = 0;
    int usedInLastMinute = 0;
    int active = 0;
    int queued = 0;
    std::optional<std::chrono::milliseconds> nextSlotIn; ///< empty: a request may go now

    bool operator==(const TutorRateLimitStatus&) const = default;
};

/// Counters since the program started. Percentiles cover the last 256 replies; empty before one.
struct TutorStats
{
    int started = 0;
    int done = 0;
    int stopped = 0;
    int interrupted = 0;
    int failed = 0;
    int retries = 0;
    qint64 bytesReceived = 0;
    qint64 inputTokens = 0;
    qint64 outputTokens = 0;
    std::optional<std::chrono::milliseconds> firstTokenP50;
    std::optional<std::chrono::milliseconds> firstTokenP95;
    std::optional<std::chrono::milliseconds> firstTokenP99;
};
