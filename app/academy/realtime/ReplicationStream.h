// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "academy/realtime/PgOutput.h"

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace academy {

/// Streams the write-ahead log through a temporary logical slot with the built-in plug-in
/// `pgoutput`: PostgreSQL pushes each transaction right after its commit, nothing polls. Runs a
/// thread of its own; connects again, with a new slot, for ever. Changes made while it was away are
/// lost, as with any Supabase Realtime server. Source: supabase-protocol.md A9.
class ReplicationStream final
{
public:
    struct Events
    {
        /// Called on the stream's thread. `live(true)` comes before the first message of each
        /// connection: what is committed from then on will be delivered.
        std::function<void(bool live)> live;
        std::function<void(pgoutput::Message message)> message;
        /// False while whoever takes the messages has enough to do: the log is not read then, so
        /// that a large transaction waits on disk and not in memory. Optional.
        std::function<bool()> ready = {};
    };

    ReplicationStream(std::string conninfo, std::vector<std::string> publications, Events events);
    ~ReplicationStream();
    ReplicationStream(const ReplicationStream&) = delete;
    ReplicationStream& operator=(const ReplicationStream&) = delete;

    void start();
    /// Returns when the thread has ended; no event comes afterwards.
    void stop();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace academy
