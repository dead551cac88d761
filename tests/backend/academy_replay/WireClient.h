// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/strand.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/websocket/stream.hpp>

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

/// What arrived on a socket.
struct WireFrame
{
    enum class Kind { Text, Binary, Pong, Closed };

    Kind kind = Kind::Text;
    std::string bytes;
    std::uint16_t closeCode = 0; ///< of Closed; 0 when the connection just ended
};

/// A WebSocket that says exactly what it is told and keeps everything it hears, for tests that look
/// at a server byte by byte. The functions may be called from the test's thread; reading happens
/// on the io_context.
class WireClient final : public std::enable_shared_from_this<WireClient>
{
public:
    using Headers = std::vector<std::pair<std::string, std::string>>;

    explicit WireClient(boost::asio::io_context& io);

    /// The answer to the handshake: 101, or the refusal with its body. 0 when nobody answered.
    std::pair<unsigned, std::string> open(
        std::uint16_t port, const std::string& target, const Headers& headers = {});
    void send(std::string bytes, bool isBinary);
    void ping();
    /// A close frame without a code, or with one.
    void close(std::optional<std::uint16_t> code);
    /// The connection ends without a word.
    void cut();

    /// Waits for the first frame that `wanted` accepts and has not been taken, and takes it. Also
    /// tells which frames before it were not taken yet.
    std::optional<WireFrame> take(const std::function<bool(const WireFrame&)>& wanted,
        std::chrono::milliseconds patience, std::vector<WireFrame>* passedOver = nullptr);
    /// Waits until the connection has ended, so that nothing more can arrive.
    bool waitForEnd(std::chrono::milliseconds patience);
    /// Everything not taken.
    std::vector<WireFrame> rest();

private:
    using Stream = boost::beast::websocket::stream<boost::beast::tcp_stream>;

    void read();
    void heard(WireFrame frame);
    void writeNext();

    Stream m_stream;
    boost::beast::flat_buffer m_buffer;
    std::deque<std::function<void()>> m_writes;
    bool m_isWriting = false;
    std::mutex m_mutex;
    std::condition_variable m_arrived;
    std::deque<WireFrame> m_frames;
    bool m_hasEnded = false;
};
