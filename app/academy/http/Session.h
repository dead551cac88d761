// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "academy/http/Server.h"

#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include <memory>
#include <optional>
#include <string>

namespace academy {

/// What a connection needs to know about the server it belongs to.
class Routes
{
public:
    virtual ~Routes() = default;
    virtual const ServerLimits& limits() const = 0;
    /// The handler for a path and the prefix it is registered for; null when there is none.
    virtual const RequestHandler* handlerFor(std::string_view path, std::string& prefix) const = 0;
    virtual const UpgradeHandler* upgradeFor(std::string_view path, std::string& prefix) const = 0;
    virtual const ForwardHandler* forwardFor(std::string_view path, std::string& prefix) const = 0;
    /// A connection ended or was handed over. Any io thread.
    virtual void ended() = 0;
};

/// One HTTP/1.1 connection: reads a request, waits for its answer, writes it, reads the next.
/// Everything runs on the connection's strand; it keeps itself alive through its pending
/// operation and the answer it waits for.
class Session final : public std::enable_shared_from_this<Session>
{
public:
    Session(Connection stream, std::shared_ptr<Routes> routes);
    ~Session();
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    void start();
    /// Answers 503 and closes: the academy has all the connections it can take.
    void refuse();
    /// Closes at once; any thread.
    void close();

private:
    using Parser = boost::beast::http::request_parser<boost::beast::http::string_body>;
    using Full = boost::beast::http::response<boost::beast::http::string_body>;
    using Bare = boost::beast::http::response<boost::beast::http::empty_body>;

    void agree();
    void awaitRequest();
    void readHead();
    void onHead(boost::beast::error_code failed);
    void readBody();
    /// Gives the connection to whoever forwards requests of this path; false when nobody does.
    bool forward();
    std::string peer();
    void dispatch();
    void answerFault(unsigned status, std::string_view message);
    void write(Response response);
    void onWritten(boost::beast::error_code failed, bool again);
    /// Ends politely: no more bytes from us, and the peer's unread ones are swallowed for a moment,
    /// so that it sees the answer instead of a reset.
    void linger();
    void swallow(std::size_t budget);

    Connection m_stream;
    std::shared_ptr<Routes> m_routes;
    boost::beast::flat_buffer m_buffer;
    std::optional<Parser> m_parser;
    Full m_full;
    Bare m_bare;
    bool m_headOnly = false;
    bool m_keepAlive = false;
    bool m_handedOver = false;
    unsigned m_version = 11;
    std::string m_origin;
};

} // namespace academy
