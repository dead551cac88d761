// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tutor/TutorStats.h"

#include <deque>

struct TutorMessage;

/// Keeps the counters behind TutorStats; memory is bounded.
class TutorTally
{
public:
    void addFirstToken(std::chrono::milliseconds after);
    /// A reply reached its final state.
    void add(const TutorMessage& message);
    TutorStats stats() const;

    int started = 0;
    int retries = 0;
    int fallbacks = 0;
    int resumed = 0;
    qint64 bytesReceived = 0;

private:
    TutorStats m_sums;
    std::deque<std::chrono::milliseconds> m_firstTokens;
};
