// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/http/Session.h"

#include "base/Log.h"

#include <boost/asio/dispatch.hpp>
#include <boost/asio/post.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/write.hpp>
#include <boost/beast/websocket/rfc6455.hpp>

#include <atomic>
#include <exception>

namespace academy {

namespace beast = boost::beast;
namespace http = boost::beast::http;

namespace {

constexpr std::string_view allowedHeaders
    = "authorization, apikey, content-type, accept, accept-profile, content-profile, prefer, "
      "range, "
      "range-unit, x-client-info, x-retry-count, x-supabase-api-version, x-upsert";
constexpr std::string_view exposedHeaders
    = "Content-Encoding, Content-Location, Content-Range, Content-Type, Date, Location, Server, "
      "Transfer-Encoding, Range-Unit, Preference-Applied, Proxy-Status, X-Supabase-Api-Version, "
      "X-Sb-Error-Code";
constexpr std::size_t lingerBytes = 16 * 1024 * 1024;

/// The promise of one answer: the first call sends it, and dying unused sends a 500, so that a
/// lost request never hangs its client.
class Reply final
{
public:
    explicit Reply(std::function<void(Response)> send) : m_send(std::move(send)) { }
    ~Reply() { send(Response::json(500, R"({"message":"The request was dropped"})")); }
    Reply(const Reply&) = delete;
    Reply& operator=(const Reply&) = delete;

    void send(Response response)
    {
        if (!m_sent.exchange(true)) {
            m_send(std::move(response));
        }
    }

private:
    std::function<void(Response)> m_send;
    std::atomic<bool> m_sent = false;
};

bool mayCarryBody(unsigned status)
{
    return status >= 200 && status != 204 && status != 304;
}

/// "/a/b?c=d" of an origin-form or absolute-form target; empty when it is neither.
std::string_view pathAndQuery(std::string_view target)
{
    for (const std::string_view scheme : {"http://", "https://"}) {
        if (target.starts_with(scheme)) {
            const std::size_t slash = target.find('/', scheme.size());
            return slash == std::string_view::npos ? std::string_view("/") : target.substr(slash);
        }
    }
    return target.starts_with('/') ? target : std::string_view();
}

} // namespace

Session::Session(Connection stream, std::shared_ptr<Routes> routes)
    : m_stream(std::move(stream)), m_routes(std::move(routes))
{
}

Session::~Session()
{
    if (!m_handedOver) {
        m_routes->ended();
    }
}

void Session::start()
{
    boost::asio::dispatch(m_stream.get_executor(), [self = shared_from_this()] { self->agree(); });
}

/// Encrypted connections first agree on a key, in the time a request's head may take.
void Session::agree()
{
    if (!m_stream.isSecure()) {
        awaitRequest();
        return;
    }
    m_stream.expires_after(m_routes->limits().headTimeout);
    m_stream.async_handshake([self = shared_from_this()](beast::error_code failed) {
        if (!failed) {
            self->awaitRequest();
        }
    });
}

void Session::refuse()
{
    boost::asio::dispatch(m_stream.get_executor(), [self = shared_from_this()] {
        if (self->m_stream.isSecure()) {
            // Agreeing on a key costs more than there is.
            self->m_stream.close();
        } else {
            self->answerFault(503, "The academy has no room for another connection");
        }
    });
}

void Session::close()
{
    boost::asio::post(m_stream.get_executor(), [self = shared_from_this()] {
        if (!self->m_handedOver) {
            self->m_stream.close();
        }
    });
}

void Session::awaitRequest()
{
    m_parser.emplace();
    m_parser->header_limit(static_cast<std::uint32_t>(m_routes->limits().headBytes));
    m_parser->body_limit(m_routes->limits().bodyBytes);
    if (m_buffer.size() > 0) {
        readHead();
        return;
    }
    m_stream.expires_after(m_routes->limits().idleTimeout);
    m_stream.async_read_some(m_buffer.prepare(4096),
        [self = shared_from_this()](beast::error_code failed, std::size_t bytes) {
            self->m_buffer.commit(bytes);
            if (!failed) {
                self->readHead();
            }
        });
}

void Session::readHead()
{
    m_stream.expires_after(m_routes->limits().headTimeout);
    http::async_read_header(m_stream, m_buffer, *m_parser,
        [self = shared_from_this()](
            beast::error_code failed, std::size_t) { self->onHead(failed); });
}

void Session::onHead(beast::error_code failed)
{
    if (failed == http::error::header_limit || failed == http::error::buffer_overflow) {
        answerFault(431, "The request's headers are too large");
    } else if (failed == http::error::body_limit) {
        answerFault(413, "The request's body is too large");
    } else if (failed == http::error::end_of_stream || failed == http::error::partial_message) {
        m_stream.close();
    } else if (failed.category() == http::make_error_code(http::error::bad_method).category()) {
        answerFault(400, "The request is not HTTP/1.1");
    } else if (failed == beast::error::timeout) {
        m_stream.close();
    } else if (!failed) {
        const auto& head = m_parser->get();
        m_version = head.version();
        if (beast::iequals(head[http::field::expect], "100-continue")) {
            m_bare = Bare(http::status::continue_, 11);
            m_stream.expires_after(m_routes->limits().writeTimeout);
            http::async_write(m_stream, m_bare,
                [self = shared_from_this()](beast::error_code unsent, std::size_t) {
                    if (!unsent) {
                        self->readBody();
                    }
                });
        } else {
            readBody();
        }
    }
}

bool Session::forward()
{
    const beast::string_view rawTarget = m_parser->get().target();
    const std::string target(pathAndQuery({rawTarget.data(), rawTarget.size()}));
    const std::size_t mark = std::min(target.find('?'), target.size());
    const std::string path = target.substr(0, mark);
    std::string prefix;
    const ForwardHandler* handler = m_routes->forwardFor(path, prefix);
    if (handler == nullptr) {
        return false;
    }
    m_stream.expires_never();
    std::string from = peer();
    m_handedOver = true;
    m_routes->ended();
    (*handler)({std::move(m_stream), std::move(m_buffer),
        std::make_unique<OpenRequest::Parser>(std::move(*m_parser)), path.substr(prefix.size()),
        target.substr(std::min(mark + 1, target.size())), std::move(from)});
    return true;
}

std::string Session::peer()
{
    beast::error_code unknown;
    const auto endpoint = m_stream.socket().remote_endpoint(unknown);
    return unknown ? std::string() : endpoint.address().to_string();
}

void Session::readBody()
{
    if (forward()) {
        return;
    }
    m_stream.expires_after(m_routes->limits().bodyTimeout);
    http::async_read(m_stream, m_buffer, *m_parser,
        [self = shared_from_this()](beast::error_code failed, std::size_t) {
            if (failed == http::error::body_limit) {
                self->answerFault(413, "The request's body is too large");
            } else if (failed == http::error::header_limit) {
                self->answerFault(431, "The request's headers are too large");
            } else if (failed == http::error::partial_message
                || failed == http::error::end_of_stream || failed == beast::error::timeout) {
                self->m_stream.close();
            } else if (failed.category()
                == http::make_error_code(http::error::bad_method).category()) {
                self->answerFault(400, "The request is not HTTP/1.1");
            } else if (!failed) {
                self->dispatch();
            }
        });
}

void Session::dispatch()
{
    m_stream.expires_never();
    auto request = std::make_shared<Request>();
    request->raw = m_parser->release();
    m_headOnly = request->raw.method() == http::verb::head;
    m_keepAlive = request->raw.keep_alive();
    m_version = request->raw.version();
    m_origin = std::string(request->header("origin"));
    request->peer = peer();

    const beast::string_view rawTarget = request->raw.target();
    const std::string_view target = pathAndQuery({rawTarget.data(), rawTarget.size()});
    const bool preflight = request->raw.method() == http::verb::options
        && !request->header("access-control-request-method").empty();
    if (preflight) {
        std::string headers(allowedHeaders);
        if (const auto asked = request->header("access-control-request-headers"); !asked.empty()) {
            headers.append(", ").append(asked);
        }
        write(Response::empty(200)
                  .with("Access-Control-Allow-Methods",
                      "GET, POST, PATCH, PUT, DELETE, OPTIONS, HEAD")
                  .with("Access-Control-Allow-Headers", std::move(headers))
                  .with("Access-Control-Max-Age", "86400"));
        return;
    }
    if (target.empty()) {
        answerFault(400, "The request's target is not a path");
        return;
    }
    const std::size_t mark = std::min(target.find('?'), target.size());
    const std::string_view path = target.substr(0, mark);
    request->query = std::string(target.substr(std::min(mark + 1, target.size())));

    if (boost::beast::websocket::is_upgrade(request->raw)) {
        if (const UpgradeHandler* handler = m_routes->upgradeFor(path, request->prefix)) {
            request->path = std::string(path.substr(request->prefix.size()));
            m_handedOver = true;
            m_routes->ended();
            (*handler)(std::move(m_stream), std::move(request));
            return;
        }
    }
    const RequestHandler* handler = m_routes->handlerFor(path, request->prefix);
    if (handler == nullptr) {
        write(Response::json(404, R"({"message":"no Route matched with those values"})"));
        return;
    }
    request->path = std::string(path.substr(request->prefix.size()));
    auto reply = std::make_shared<Reply>([self = shared_from_this()](Response response) {
        boost::asio::post(self->m_stream.get_executor(),
            [self, response = std::move(response)]() mutable { self->write(std::move(response)); });
    });
    try {
        (*handler)(
            std::move(request), [reply](Response response) { reply->send(std::move(response)); });
    } catch (const std::exception& thrown) {
        qCWarning(lcAcademy) << "a request handler failed:" << thrown.what();
        reply->send(
            Response::json(500, R"({"message":"The academy could not handle the request"})"));
    }
}

void Session::answerFault(unsigned status, std::string_view message)
{
    m_keepAlive = false;
    m_headOnly = false;
    write(Response::json(status, "{\"message\":" + jsonQuoted(message) + "}"));
}

void Session::write(Response response)
{
    const bool again = m_keepAlive;
    const auto fill = [&](auto& message) {
        message.set("Server", "neolingus-academy");
        message.set("Access-Control-Allow-Origin", m_origin.empty() ? std::string("*") : m_origin);
        if (!m_origin.empty()) {
            message.set("Vary", "Origin");
        }
        message.set("Access-Control-Expose-Headers",
            beast::string_view(exposedHeaders.data(), exposedHeaders.size()));
        for (const auto& [name, value] : response.headers) {
            // Vary is a list to which several parts of the academy add.
            beast::iequals(name, "Vary") ? message.insert(name, value) : message.set(name, value);
        }
        message.keep_alive(again);
    };
    m_stream.expires_after(m_routes->limits().writeTimeout);
    const auto done = [self = shared_from_this(), again](beast::error_code failed, std::size_t) {
        self->onWritten(failed, again);
    };
    if (m_headOnly || !mayCarryBody(response.status)) {
        m_bare = Bare(static_cast<http::status>(response.status), m_version);
        fill(m_bare);
        if (mayCarryBody(response.status)) {
            m_bare.content_length(response.body.size());
        }
        http::async_write(m_stream, m_bare, done);
    } else {
        m_full = Full(static_cast<http::status>(response.status), m_version);
        fill(m_full);
        m_full.body() = std::move(response.body);
        m_full.content_length(m_full.body().size());
        http::async_write(m_stream, m_full, done);
    }
}

void Session::onWritten(beast::error_code failed, bool again)
{
    m_full.body().clear();
    if (failed == http::error::end_of_stream || (!failed && !again)) {
        linger();
    } else if (!failed) {
        awaitRequest();
    }
}

void Session::linger()
{
    beast::error_code ignored;
    m_stream.socket().shutdown(boost::asio::ip::tcp::socket::shutdown_send, ignored);
    m_buffer.clear();
    m_stream.expires_after(m_routes->limits().lingerTimeout);
    swallow(lingerBytes);
}

void Session::swallow(std::size_t budget)
{
    if (budget == 0) {
        return;
    }
    m_stream.async_read_some(m_buffer.prepare(64 * 1024),
        [self = shared_from_this(), budget](beast::error_code failed, std::size_t bytes) {
            if (!failed) {
                self->swallow(budget - std::min(budget, bytes));
            }
        });
}

} // namespace academy
