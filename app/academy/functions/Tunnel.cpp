// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/functions/Tunnel.h"

#include <boost/asio/write.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/write.hpp>

namespace academy {

namespace beast = boost::beast;
namespace http = boost::beast::http;

namespace {

/// A function answers its first byte within this time, as a hosted one must.
constexpr std::chrono::seconds longestSilence(150);
constexpr std::chrono::seconds longestWrite(60);
constexpr std::chrono::seconds longestGoodbye(2);
constexpr std::chrono::seconds longestBoot(15);
constexpr std::chrono::milliseconds bootPause(50);

/// What belongs to the connection and not to the request.
constexpr std::array hopByHop{http::field::connection, http::field::keep_alive,
    http::field::proxy_authenticate, http::field::proxy_authorization,
    http::field::proxy_connection, http::field::te, http::field::upgrade, http::field::expect};

} // namespace

Tunnel::Tunnel(OpenRequest request, std::function<void()> over)
    : m_client(std::move(request.connection)), m_buffer(std::move(request.buffer)),
      m_parser(std::move(request.parser)), m_over(std::move(over)),
      m_peer(std::move(request.peer)), m_timer(m_client.get_executor())
{
}

Tunnel::~Tunnel()
{
    m_over();
}

void Tunnel::open(const std::string& socket, const std::string& target)
{
    auto& head = m_parser->get();
    for (const http::field name : hopByHop) {
        head.erase(name);
    }
    head.target(target);
    head.set(http::field::connection, "close");
    head.set("X-Forwarded-For", m_peer);
    head.set("X-Forwarded-Proto", m_client.isSecure() ? "https" : "http");
    m_socket = socket;
    m_bootsUntil = std::chrono::steady_clock::now() + longestBoot;
    connect();
}

void Tunnel::connect()
{
    m_upstream.emplace(m_client.get_executor());
    m_upstream->async_connect(
        Local::endpoint(m_socket), [self = shared_from_this()](beast::error_code failed) {
            if (!failed) {
                self->writeHead();
            } else if (std::chrono::steady_clock::now() > self->m_bootsUntil) {
                self->refuse(503, "BOOT_ERROR", "Worker failed to boot (please check logs)");
            } else {
                self->m_timer.expires_after(bootPause);
                self->m_timer.async_wait([self](beast::error_code stopped) {
                    if (!stopped) {
                        self->connect();
                    }
                });
            }
        });
}

void Tunnel::writeHead()
{
    m_serializer.emplace(m_parser->get());
    m_serializer->split(true);
    http::async_write_header(*m_upstream, *m_serializer,
        [self = shared_from_this()](beast::error_code failed, std::size_t) {
            if (failed) {
                self->answered(failed);
                return;
            }
            self->readAnswer();
            if (self->m_parser->is_done()) {
                self->writeBody();
            } else {
                self->readBody();
            }
        });
}

void Tunnel::readBody()
{
    auto& body = m_parser->get().body();
    body.data = m_question.data();
    body.size = m_question.size();
    m_client.expires_after(longestWrite);
    http::async_read_some(m_client, m_buffer, *m_parser,
        [self = shared_from_this()](beast::error_code failed, std::size_t) {
            if (failed && failed != http::error::need_buffer) {
                self->abort();
                return;
            }
            auto& piece = self->m_parser->get().body();
            const std::size_t bytes = self->m_question.size() - piece.size;
            if (bytes == 0 && !self->m_parser->is_done()) {
                self->readBody();
                return;
            }
            piece.data = bytes == 0 ? nullptr : self->m_question.data();
            piece.size = bytes;
            self->writeBody();
        });
}

void Tunnel::writeBody()
{
    auto& body = m_parser->get().body();
    body.more = !m_parser->is_done();
    http::async_write(*m_upstream, *m_serializer,
        [self = shared_from_this()](beast::error_code failed, std::size_t) {
            if (failed == http::error::need_buffer) {
                self->readBody();
            } else if (!failed) {
                self->watchClient();
            }
        });
}

/// Nothing more is expected from the client but that it leaves.
void Tunnel::watchClient()
{
    m_client.expires_never();
    m_client.async_read_some(boost::asio::buffer(m_surplus),
        [self = shared_from_this()](beast::error_code failed, std::size_t) {
            failed ? self->abort() : self->watchClient();
        });
}

void Tunnel::readAnswer()
{
    m_upstream->expires_after(longestSilence);
    m_upstream->async_read_some(boost::asio::buffer(m_answer),
        [self = shared_from_this()](beast::error_code failed, std::size_t bytes) {
            failed ? self->answered(failed) : self->writeAnswer(bytes);
        });
}

void Tunnel::writeAnswer(std::size_t bytes)
{
    m_hasAnswered = true;
    m_client.expires_after(longestWrite);
    boost::asio::async_write(m_client, boost::asio::buffer(m_answer.data(), bytes),
        [self = shared_from_this()](beast::error_code failed, std::size_t) {
            failed ? self->abort() : self->readAnswer();
        });
}

void Tunnel::answered(beast::error_code reason)
{
    if (m_hasAnswered || m_isClosing) {
        close();
    } else if (reason == beast::error::timeout) {
        refuse(504, "IDLE_TIMEOUT", "Worker did not answer in time");
    } else {
        refuse(500, "WORKER_ERROR", "Function exited due to an error (please check logs)");
    }
}

void Tunnel::refuse(unsigned status, const std::string& code, const std::string& message)
{
    const std::string body
        = "{\"code\":" + jsonQuoted(code) + ",\"message\":" + jsonQuoted(message) + '}';
    m_refusal = "HTTP/1.1 " + std::to_string(status) + ' '
        + std::string(http::obsolete_reason(static_cast<http::status>(status)))
        + "\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: "
        + std::to_string(body.size())
        + "\r\nAccess-Control-Allow-Origin: *\r\nConnection: close\r\n\r\n" + body;
    m_isClosing = true;
    m_client.expires_after(longestWrite);
    boost::asio::async_write(m_client, boost::asio::buffer(m_refusal),
        [self = shared_from_this()](beast::error_code failed, std::size_t) {
            failed ? self->abort() : self->close();
        });
}

void Tunnel::close()
{
    beast::error_code ignored;
    m_client.socket().shutdown(boost::asio::ip::tcp::socket::shutdown_send, ignored);
    if (m_upstream) {
        m_upstream->close();
    }
    m_timer.expires_after(longestGoodbye);
    m_timer.async_wait([self = shared_from_this()](beast::error_code) { self->m_client.close(); });
}

void Tunnel::abort()
{
    m_timer.cancel();
    m_client.close();
    if (m_upstream) {
        m_upstream->close();
    }
}

} // namespace academy
