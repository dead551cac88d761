// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>

/// How eagerly progress is delivered. Every rule works per row (one student in one course), and
/// the last value of a row is always delivered.
struct ProgressOptions
{
    std::chrono::milliseconds debounce {300};  ///< wait for quiet before delivering
    std::chrono::milliseconds throttle {1000}; ///< but deliver at least this often while changes pour in
    int batchSize = 10;                        ///< deliver at once when this many rows are waiting
    bool enableBatching = true;                ///< off: every row is delivered as soon as it is quiet
    bool offlineQueue = true;                  ///< keep the last known rows on disk and show them offline
};
