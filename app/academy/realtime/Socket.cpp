// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/realtime/Socket.h"

#include "base/Log.h"

#include <boost/asio/post.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/websocket/error.hpp>
#include <boost/beast/websocket/rfc6455.hpp>

namespace academy {
namespace {

using namespace std::chrono_literals;
namespace beast = boost::beast;
namespace websocket = boost::beast::websocket;

constexpr auto handshakeTimeout = 10s;

} // namespace

Socket::Socket(Connection connection, std::shared_ptr<Hub> hub, PhoenixVersion version,
    IdentityPtr identity, RealtimeMetrics& metrics, const RealtimeOptions& options, Place place)
    : m_outflow(std::make_shared<Outflow>(std::move(connection))),
      m_stream(OutflowStream(m_outflow)), m_hub(std::move(hub)), m_version(version),
      m_identity(std::move(identity)), m_metrics(metrics), m_options(options),
      m_place(std::move(place)), m_idle(m_stream.get_executor()),
      m_lastHeard(std::chrono::steady_clock::now())
{
}

Socket::~Socket() = default;

void Socket::accept(std::shared_ptr<const Request> request)
{
    // Idle clients are closed by this class: the stream's own timeout would cut the connection
    // without a close frame.
    m_stream.set_option(
        websocket::stream_base::timeout{handshakeTimeout, websocket::stream_base::none(), false});
    m_stream.read_message_max(m_options.frameBytes);
    m_stream.control_callback([this](websocket::frame_type, beast::string_view) { heard(); });
    m_stream.async_accept(
        request->raw, [self = shared_from_this(), request](beast::error_code error) {
            if (error) {
                qCDebug(lcAcademy, "A WebSocket handshake failed: %s", error.message().c_str());
                return;
            }
            self->heard();
            self->m_peer = self->m_hub->connect(self, self->m_version, self->m_identity);
            self->watchIdle();
            self->read();
        });
}

void Socket::read()
{
    m_stream.async_read(
        m_buffer, [self = shared_from_this()](beast::error_code error, std::size_t bytes) {
            if (error) {
                self->ended();
                return;
            }
            self->received(bytes);
        });
}

void Socket::received(std::size_t bytes)
{
    heard();
    const auto data = m_buffer.cdata();
    auto message = frames::decode(
        m_version, m_stream.got_binary(), {static_cast<const char*>(data.data()), bytes});
    m_buffer.consume(bytes);
    if (!message) {
        qCDebug(lcAcademy, "MalformedWebSocketMessage: %zu bytes ignored", bytes);
        read();
        return;
    }
    m_hub->receive(*m_peer, std::move(*message), [self = shared_from_this()] {
        boost::asio::post(self->m_stream.get_executor(), [self] { self->read(); });
    });
}

void Socket::send(OutFramePtr frame)
{
    if (m_isDropped || m_outflow->send(std::move(frame)) <= m_options.unreadBytes
        || m_isDropped.exchange(true)) {
        return;
    }
    ++m_metrics.slowClientsClosed;
    boost::asio::post(m_stream.get_executor(), [self = shared_from_this()] {
        qCInfo(lcAcademy, "A realtime client does not read and is dropped");
        self->drop();
    });
}

void Socket::close(std::uint16_t code)
{
    boost::asio::post(m_stream.get_executor(), [self = shared_from_this(), code] {
        if (self->m_isClosing || self->m_isDropped) {
            return;
        }
        self->m_isClosing = true;
        self->limitClosing();
        self->m_stream.async_close(
            websocket::close_reason(code), [self](beast::error_code) { self->drop(); });
    });
}

void Socket::limitClosing()
{
    // Somebody who has stopped reading would otherwise stay until TCP gives up.
    m_idle.expires_after(m_options.closingTime);
    m_idle.async_wait([weak = weak_from_this()](beast::error_code error) {
        if (const auto self = weak.lock(); self && !error) {
            self->drop();
        }
    });
}

void Socket::watchIdle()
{
    const auto deadline = m_lastHeard + m_options.idleTimeout;
    m_idle.expires_at(deadline);
    m_idle.async_wait([weak = weak_from_this()](beast::error_code error) {
        const auto self = weak.lock();
        if (error || !self) {
            return;
        }
        const auto silence = std::chrono::steady_clock::now() - self->m_lastHeard;
        if (silence >= self->m_options.idleTimeout) {
            self->close(websocket::close_code::normal);
        } else {
            self->watchIdle();
        }
    });
}

void Socket::heard()
{
    m_lastHeard = std::chrono::steady_clock::now();
}

void Socket::drop()
{
    m_isDropped = true;
    m_outflow->close();
}

void Socket::ended()
{
    m_isDropped = true;
    m_idle.cancel();
    m_stream.control_callback();
    if (m_peer) {
        m_hub->disconnect(*m_peer);
        m_peer.reset();
    }
}

} // namespace academy
