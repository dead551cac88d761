// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "academy/http/Connection.h"
#include "academy/http/Message.h"
#include "academy/realtime/Hub.h"
#include "academy/realtime/Outflow.h"

#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket/stream.hpp>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>

namespace academy {

/// One client's WebSocket. Lives on the strand of its stream and keeps itself alive while it is
/// open; frames to send queue up to a bound, and a client that does not read them is dropped. The
/// next frame is read when the hub has dealt with the last one, so that nobody can flood it.
class Socket final : public Outlet, public std::enable_shared_from_this<Socket>
{
public:
    /// Held as long as the socket takes up room; whoever counts sockets sees it go.
    using Place = std::shared_ptr<void>;

    Socket(Connection connection, std::shared_ptr<Hub> hub, PhoenixVersion version,
        IdentityPtr identity, RealtimeMetrics& metrics, const RealtimeOptions& options,
        Place place = {});
    ~Socket() override;

    /// Completes the upgrade and begins to read.
    void accept(std::shared_ptr<const Request> request);

    void send(OutFramePtr frame) override;
    void flush() override { m_outflow->flush(); }
    void close(std::uint16_t code) override;

private:
    using Stream = boost::beast::websocket::stream<OutflowStream>;

    void read();
    void received(std::size_t bytes);
    void watchIdle();
    void limitClosing();
    void heard();
    void drop();
    void ended();

    std::shared_ptr<Outflow> m_outflow;
    Stream m_stream;
    std::shared_ptr<Hub> m_hub;
    PhoenixVersion m_version;
    IdentityPtr m_identity;
    RealtimeMetrics& m_metrics;
    RealtimeOptions m_options;
    Place m_place;
    boost::asio::steady_timer m_idle;
    boost::beast::flat_buffer m_buffer;
    std::atomic<bool> m_isDropped{false};
    bool m_isClosing = false;
    std::chrono::steady_clock::time_point m_lastHeard;
    std::optional<Hub::PeerId> m_peer;
};

} // namespace academy
