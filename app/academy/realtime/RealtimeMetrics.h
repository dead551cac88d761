// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <cstdint>
#include <string>

namespace academy {

/// Counters of the realtime service since it started. Written from several threads, read by anyone.
struct RealtimeMetrics
{
    std::atomic<std::uint64_t> sockets{0}; ///< open now
    std::atomic<std::uint64_t> channels{0}; ///< joined now
    std::atomic<std::uint64_t> bindings{0}; ///< of channels, listened to now
    std::atomic<std::uint64_t> audiences{0}; ///< of these bindings, each once
    std::atomic<std::uint64_t> framesIn{0};
    std::atomic<std::uint64_t> framesOut{0};
    std::atomic<std::uint64_t> bytesOut{0};
    std::atomic<std::uint64_t> broadcasts{0};
    std::atomic<std::uint64_t> changesDecoded{0};
    std::atomic<std::uint64_t> changesDelivered{0};
    /// Could not be judged for everybody; who may have missed them was told to join again.
    std::atomic<std::uint64_t> changesLost{0};
    /// Their filter or their reader's policies took the database too long.
    std::atomic<std::uint64_t> subscriptionsEnded{0};
    std::atomic<std::uint64_t> visibilityQueries{0};
    std::atomic<std::uint64_t> slowClientsClosed{0};
    std::atomic<std::uint64_t> replicationRestarts{0};
    /// Time from commit to the frame handed to the last socket, of changes and database broadcasts.
    std::atomic<std::uint64_t> deliveryMicrosTotal{0};
    std::atomic<std::uint64_t> deliveries{0};

    /// All counters as one JSON object.
    std::string json() const;
};

} // namespace academy
