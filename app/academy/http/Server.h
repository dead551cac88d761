// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "academy/http/Connection.h"
#include "academy/http/Message.h"
#include "base/Result.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/parser.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

namespace academy {

/// What one connection may cost the academy. Each time is for the whole of its part, however often
/// a byte of it comes.
struct ServerLimits
{
    std::size_t headBytes = 16 * 1024;
    std::size_t bodyBytes = 8 * 1024 * 1024;
    std::size_t connections = 4096;
    std::chrono::milliseconds headTimeout{10'000}; ///< also for agreeing on a key
    std::chrono::milliseconds bodyTimeout{60'000};
    std::chrono::milliseconds idleTimeout{60'000}; ///< before the first byte of a request
    std::chrono::milliseconds writeTimeout{60'000};
    /// How long what a refused peer still sends is read, so that it sees the answer.
    std::chrono::milliseconds lingerTimeout{2'000};
};

/// Answers ordinary requests below one prefix. Called on an io thread, must not block: hand work to
/// a pool and call `respond` from there.
using RequestHandler = std::function<void(std::shared_ptr<const Request> request, Respond respond)>;

/// Takes over a connection whose request asks for a WebSocket. The connection's executor is a
/// strand of its own on the server's io_context and its timeout is off. The new owner completes or
/// refuses the upgrade and owns the socket from then on; Server no longer counts or closes it.
using UpgradeHandler
    = std::function<void(Connection connection, std::shared_ptr<const Request> request)>;

/// A request whose head has come and whose body is still on its way, with the connection it comes
/// by. The connection's executor is a strand of its own; its timeout is off.
struct OpenRequest
{
    using Parser = boost::beast::http::request_parser<boost::beast::http::buffer_body>;

    Connection connection;
    boost::beast::flat_buffer buffer; ///< what was read behind the head
    std::unique_ptr<Parser> parser; ///< has the head; the body's limit is set
    std::string path; ///< as Request's
    std::string query;
    std::string peer;
};

/// Takes over a connection to pass its request on as it comes. The new owner answers and closes it;
/// Server no longer counts or closes it.
using ForwardHandler = std::function<void(OpenRequest request)>;

/// The academy's one listening port: HTTP/1.1 with keep-alive, limits, timeouts and CORS, routed by
/// path prefix (the longest registered prefix wins). Registration happens before start();
/// everything else runs on the threads of the io_context. Source: style.md T1, supabase-protocol.md
/// B9.
class Server final
{
public:
    explicit Server(boost::asio::io_context& io, ServerLimits limits = {});
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    /// Ordinary requests whose path is `prefix` or continues it with '/'.
    void handle(std::string prefix, RequestHandler handler);
    /// WebSocket upgrades whose path is `prefix` or continues it with '/'.
    void handleUpgrade(std::string prefix, UpgradeHandler handler);
    /// Every request whose path is `prefix` or continues it with '/', before its body is read.
    void forward(std::string prefix, ForwardHandler handler);

    /// Takes the port (0 = any free one) and returns the one taken. Error code "port_taken" when
    /// somebody else has it. Connections wait in the backlog until start().
    Result<std::uint16_t> listen(const std::string& address, std::uint16_t port);
    /// From now on connections are encrypted with this certificate; before start(). An error when
    /// certificate and key do not fit.
    Result<void> encrypt(const std::string& certificatePem, const std::string& keyPem);
    void start();
    /// Stops accepting and closes every connection that is not handed over; thread-safe.
    void stop();

    class Private;

private:
    std::shared_ptr<Private> d;
};

} // namespace academy
