// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "academy/auth/Keys.h"
#include "academy/http/Server.h"
#include "academy/postgres/PgPool.h"
#include "academy/realtime/RealtimeMetrics.h"
#include "academy/realtime/RealtimeOptions.h"
#include "base/Clock.h"

#include <boost/asio/io_context.hpp>

#include <memory>

namespace academy {

/// The Realtime half of the academy: WebSocket channels with broadcast, presence and
/// postgres_changes (vsn 1.0.0 and 2.0.0), and broadcast over HTTP. Database work runs on the pool,
/// the write-ahead log is streamed by a thread of its own, everything else on the io_context; no
/// client waits for another. Source: supabase-protocol.md A, realtime-recordings.md.
///
/// Order of life: construct, attach(), Server::start(), start(), …, stop(), destroy; the io_context
/// must still run while stop() works and must be stopped before the destructor runs.
class RealtimeService final
{
public:
    RealtimeService(boost::asio::io_context& io, PgPool& pool, const Keys& keys, const Clock& clock,
        RealtimeOptions options);
    ~RealtimeService();
    RealtimeService(const RealtimeService&) = delete;
    RealtimeService& operator=(const RealtimeService&) = delete;

    /// Registers "/realtime/v1" for requests and upgrades.
    void attach(Server& server);
    /// Starts to stream changes; returns at once and reconnects by itself for ever.
    void start();
    /// Closes every socket with code 1012 and stops streaming. Called from outside the io threads;
    /// returns when the close frames are on their way, after a second at the latest.
    void stop();

    const RealtimeMetrics& metrics() const;

private:
    class Private;
    std::shared_ptr<Private> d;
};

} // namespace academy
