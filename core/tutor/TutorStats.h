// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDate>
#include <QString>
#include <QtGlobal>

#include <chrono>
#include <optional>

/// What a student may use in a day. 0: no limit. Local tutors and the notes are free and always
/// allowed; the academy keeps its own budget beside this one.
struct TutorBudget
{
    qint64 tokensPerDay = 0;
    qint64 microsPerDay = 0; ///< millionths of a dollar

    bool operator==(const TutorBudget&) const = default;
};

/// What the limiter is doing, for the page and for diagnostics.
struct TutorRateLimitStatus
{
    int requestsPerMinute = 0;
    int usedInLastMinute = 0;
    int active = 0;
    int queued = 0;
    std::optional<std::chrono::milliseconds> nextSlotIn; ///< empty: a request may go now
    qint64 tokensPerMinute = 0; ///< 0: no limit
    qint64 tokensInLastMinute = 0;
    TutorBudget budget;
    qint64 tokensToday = 0; ///< running replies count with their estimate
    qint64 microsToday = 0;

    bool operator==(const TutorRateLimitStatus&) const = default;
};

/// What one tutor cost on one day (UTC).
struct TutorUsageDay
{
    QDate day;
    QString provider;
    QString model;
    int requests = 0;
    qint64 inputTokens = 0;
    qint64 outputTokens = 0;
    qint64 micros = 0;

    bool operator==(const TutorUsageDay&) const = default;
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
    int fallbacks = 0;
    int resumed = 0; ///< streams taken up again after the connection broke
    qint64 bytesReceived = 0;
    qint64 inputTokens = 0;
    qint64 outputTokens = 0;
    std::optional<std::chrono::milliseconds> firstTokenP50;
    std::optional<std::chrono::milliseconds> firstTokenP95;
    std::optional<std::chrono::milliseconds> firstTokenP99;
};
