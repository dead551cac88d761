// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <boost/asio/post.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/beast/core/role.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>
#include <boost/beast/websocket/teardown.hpp>

#include <chrono>
#include <memory>
#include <utility>

namespace academy {

/// One accepted connection, plain or encrypted: a stream for Boost.Beast whose user need not know
/// which. Its executor is a strand of its own; everything happens there. Movable.
class Connection
{
public:
    using Plain = boost::beast::tcp_stream;
    using Secure = boost::beast::ssl_stream<Plain>;
    using executor_type = Plain::executor_type;

    explicit Connection(Plain plain) : m_plain(std::make_unique<Plain>(std::move(plain))) { }
    Connection(Plain plain, boost::asio::ssl::context& context)
        : m_secure(std::make_unique<Secure>(std::move(plain), context))
    {
    }

    executor_type get_executor() noexcept { return lowest().get_executor(); }
    boost::asio::ip::tcp::socket& socket() { return lowest().socket(); }
    bool isSecure() const { return m_secure != nullptr; }

    void expires_after(std::chrono::nanoseconds time) { lowest().expires_after(time); }
    void expires_never() { lowest().expires_never(); }
    /// Ends the connection at once.
    void close() { lowest().close(); }

    /// Agrees on a key when the connection is encrypted.
    template <typename Handler> void async_handshake(Handler&& handler)
    {
        if (m_secure) {
            m_secure->async_handshake(
                boost::asio::ssl::stream_base::server, std::forward<Handler>(handler));
        } else {
            boost::asio::post(get_executor(), [handler = std::forward<Handler>(handler)]() mutable {
                handler(boost::beast::error_code());
            });
        }
    }
    template <typename Buffers, typename Handler>
    void async_read_some(const Buffers& buffers, Handler&& handler)
    {
        m_secure ? m_secure->async_read_some(buffers, std::forward<Handler>(handler))
                 : m_plain->async_read_some(buffers, std::forward<Handler>(handler));
    }
    template <typename Buffers, typename Handler>
    void async_write_some(const Buffers& buffers, Handler&& handler)
    {
        m_secure ? m_secure->async_write_some(buffers, std::forward<Handler>(handler))
                 : m_plain->async_write_some(buffers, std::forward<Handler>(handler));
    }

    template <typename Handler>
    friend void async_teardown(
        boost::beast::role_type role, Connection& connection, Handler&& handler)
    {
        using boost::beast::websocket::async_teardown;
        // Who has said goodbye in the protocol above need not do so in the encryption too.
        async_teardown(role, connection.socket(), std::forward<Handler>(handler));
    }
    friend void teardown(
        boost::beast::role_type role, Connection& connection, boost::beast::error_code& failed)
    {
        boost::beast::websocket::teardown(role, connection.socket(), failed);
    }
    friend void beast_close_socket(Connection& connection) { connection.close(); }

private:
    Plain& lowest() { return m_secure ? m_secure->next_layer() : *m_plain; }

    std::unique_ptr<Plain> m_plain;
    std::unique_ptr<Secure> m_secure;
};

} // namespace academy
