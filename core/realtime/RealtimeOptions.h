// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "progress/ProgressOptions.h"

#include <chrono>

/// Options of the whole realtime part, with the names its users know. All take effect at once.
struct RealtimeOptions
{
    bool enableCrossComponentSync = true;   ///< a finished exam refreshes progress everywhere
    bool enablePerformanceMonitoring = true;///< latencies are sampled; off saves the samples' memory
    bool enableAutoCleanup = true;          ///< bounded caches are trimmed every cleanupInterval
    std::chrono::milliseconds cleanupInterval {300'000};
    qint64 memoryAlertBytes = 500LL * 1024 * 1024; ///< memoryAlert() is emitted above this
    ProgressOptions progress;
};
