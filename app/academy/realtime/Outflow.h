// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "academy/http/Connection.h"
#include "academy/realtime/Frames.h"

#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/error.hpp>

#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

namespace academy {

/// Everything that is written to one client, in one row: frames that go to many, and what Beast
/// says for itself (the answer to the handshake, pongs, the close frame). What stands in the row is
/// written by whoever flushes it, without waiting, as far as the system takes it; the rest follows
/// on the connection's strand. On an encrypted connection all of it is written there.
class Outflow final : public std::enable_shared_from_this<Outflow>
{
public:
    using Written = std::function<void(boost::beast::error_code failed, std::size_t bytes)>;

    explicit Outflow(Connection connection) : m_connection(std::move(connection)) { }

    /// For reading and for its executor; on its strand.
    Connection& connection() { return m_connection; }
    /// Any thread. Returns the bytes that stand in the row. Nothing is sent after a close frame.
    std::size_t send(OutFramePtr frame);
    /// Any thread.
    void flush();
    /// On the strand; `written` is called when the bytes are on their way or never will be.
    void write(std::string bytes, Written written);
    /// On the strand: from here on nothing is written.
    void end();
    /// On the strand: ends the connection at once.
    void close();

private:
    struct Piece
    {
        std::string head; ///< of the frame, or all there is
        OutFramePtr frame;
        Written written;

        std::size_t size() const { return head.size() + (frame ? frame->bytes.size() : 0); }
    };

    void add(Piece piece);
    void goOn();
    void flow();
    void flowOnStrand();
    void fill(std::string& bytes) const;
    void wrote(std::size_t bytes);
    void fail();

    Connection m_connection;
    std::mutex m_mutex; ///< guards what follows, and the connection's end
    std::deque<Piece> m_pieces;
    std::size_t m_written = 0; ///< of the first piece
    std::size_t m_unread = 0;
    std::string m_batch; ///< what is being encrypted
    bool m_isWaiting = false;
    bool m_takesFrames = true;
    bool m_isEnded = false;
};

/// What Beast's WebSocket stands on: reads from the connection, writes into the outflow.
class OutflowStream final
{
public:
    using executor_type = Connection::executor_type;

    explicit OutflowStream(std::shared_ptr<Outflow> outflow) : m_outflow(std::move(outflow)) { }

    executor_type get_executor() noexcept { return m_outflow->connection().get_executor(); }

    template <typename Buffers, typename Handler>
    void async_read_some(const Buffers& buffers, Handler&& handler)
    {
        m_outflow->connection().async_read_some(buffers, std::forward<Handler>(handler));
    }
    template <typename Buffers, typename Handler>
    void async_write_some(const Buffers& buffers, Handler&& handler)
    {
        auto waiting = std::make_shared<std::decay_t<Handler>>(std::forward<Handler>(handler));
        m_outflow->write(boost::beast::buffers_to_string(buffers),
            [waiting, executor = get_executor()](
                boost::beast::error_code failed, std::size_t bytes) {
                boost::asio::post(
                    executor, [waiting, failed, bytes] { (*waiting)(failed, bytes); });
            });
    }

    template <typename Handler>
    friend void async_teardown(
        boost::beast::role_type role, OutflowStream& stream, Handler&& handler)
    {
        stream.m_outflow->end();
        async_teardown(role, stream.m_outflow->connection(), std::forward<Handler>(handler));
    }
    friend void teardown(
        boost::beast::role_type role, OutflowStream& stream, boost::beast::error_code& failed)
    {
        stream.m_outflow->end();
        teardown(role, stream.m_outflow->connection(), failed);
    }
    friend void beast_close_socket(OutflowStream& stream) { stream.m_outflow->close(); }

private:
    std::shared_ptr<Outflow> m_outflow;
};

} // namespace academy
