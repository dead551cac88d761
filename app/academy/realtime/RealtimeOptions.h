// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>

namespace academy {

/// What realtime connections may do and how long things take. The defaults are those of a
/// self-hosted Supabase, except the delays before refusals, which are off so that a classroom's own
/// server answers at once; `--like-hosted` turns them on. Source: supabase-protocol.md A1, A5, A14,
/// A16, A17.
struct RealtimeOptions
{
    /// libpq connection string of a role that may stream the write-ahead log.
    std::string replicationConninfo;

    /// Wait before a refused join is answered. Hosted servers wait 5 s.
    std::chrono::milliseconds refusedJoinDelay{0};
    /// Wait before a refused handshake is answered. Hosted servers wait 2 s.
    std::chrono::milliseconds refusedHandshakeDelay{0};
    /// A socket that sent nothing for this long is closed with code 1000.
    std::chrono::seconds idleTimeout{60};
    /// Presence messages a client may send per channel in `presenceWindow`; 0 = any number.
    std::size_t presenceCalls = 5;
    std::chrono::seconds presenceWindow{30};
    std::size_t channelsPerSocket = 100;
    std::size_t bindingsPerChannel = 100; ///< each is asked of the database at the join
    /// Sockets open at once; one more is answered with 429 at its handshake.
    std::size_t sockets = 5'000;
    /// Joins and messages (each push and each delivery) of everybody together, averaged over a
    /// minute; 0 = any number. A hosted project's are 100; a classroom server needs room for a
    /// class that comes back at once, so by default they only stop what no class does.
    std::uint64_t joinsPerSecond = 500;
    std::uint64_t messagesPerSecond = 50'000;
    /// Messages one request to the broadcast API may carry.
    std::size_t batchMessages = 1'000;
    std::size_t frameBytes = 5'000'000;
    std::size_t payloadBytes = 3000 * 1024 + 500;
    std::size_t recordBytes = 1024 * 1024;
    /// How long a change that the database cannot judge is kept before the channels it may concern
    /// are closed with an error, so that their clients join again and look for it.
    std::chrono::milliseconds judging{10'000};
    /// A client that leaves more than this unread is closed with code 1013.
    std::size_t unreadBytes = 16 * 1024 * 1024;
    /// How long a socket that is being closed may take to read what is left for it.
    std::chrono::milliseconds closingTime{5000};
};

} // namespace academy
