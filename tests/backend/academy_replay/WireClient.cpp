// SPDX-License-Identifier: GPL-3.0-or-later
#include "WireClient.h"

#include <boost/asio/post.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/websocket/error.hpp>

#include <future>

namespace beast = boost::beast;
namespace websocket = boost::beast::websocket;
namespace http = boost::beast::http;
using Tcp = boost::asio::ip::tcp;

WireClient::WireClient(boost::asio::io_context& io) : m_stream(boost::asio::make_strand(io)) { }

std::pair<unsigned, std::string> WireClient::open(
    std::uint16_t port, const std::string& target, const Headers& headers)
{
    beast::error_code failed;
    beast::get_lowest_layer(m_stream).socket().connect(
        Tcp::endpoint(boost::asio::ip::address_v4::loopback(), port), failed);
    if (failed) {
        return {0, failed.message()};
    }
    beast::get_lowest_layer(m_stream).socket().set_option(Tcp::no_delay(true), failed);
    m_stream.set_option(websocket::stream_base::decorator([headers](websocket::request_type& head) {
        for (const auto& [name, value] : headers) {
            head.set(name, value);
        }
    }));
    m_stream.read_message_max(64U * 1024 * 1024);
    m_stream.auto_fragment(false);
    auto response = std::make_shared<websocket::response_type>();
    std::promise<beast::error_code> promised;
    auto answered = promised.get_future();
    m_stream.async_handshake(*response, "localhost", target,
        [self = shared_from_this(), response, &promised](
            beast::error_code refused) { promised.set_value(refused); });
    const beast::error_code refused = answered.get();
    if (refused) {
        return {refused == websocket::error::upgrade_declined ? response->result_int() : 0U,
            response->body()};
    }
    m_stream.control_callback([this](websocket::frame_type kind, beast::string_view text) {
        if (kind == websocket::frame_type::pong) {
            heard({WireFrame::Kind::Pong, std::string(text)});
        }
    });
    boost::asio::post(m_stream.get_executor(), [self = shared_from_this()] { self->read(); });
    return {101, {}};
}

void WireClient::read()
{
    m_stream.async_read(
        m_buffer, [self = shared_from_this()](beast::error_code failed, std::size_t) {
            if (failed) {
                // The other side may be gone before our answer to its close frame.
                self->heard({WireFrame::Kind::Closed, failed.message(),
                    static_cast<std::uint16_t>(self->m_stream.reason().code)});
                return;
            }
            self->heard(
                {self->m_stream.got_binary() ? WireFrame::Kind::Binary : WireFrame::Kind::Text,
                    beast::buffers_to_string(self->m_buffer.cdata())});
            self->m_buffer.clear();
            self->read();
        });
}

void WireClient::heard(WireFrame frame)
{
    const std::lock_guard lock(m_mutex);
    m_hasEnded = m_hasEnded || frame.kind == WireFrame::Kind::Closed;
    m_frames.push_back(std::move(frame));
    m_arrived.notify_all();
}

void WireClient::writeNext()
{
    if (!m_isWriting && !m_writes.empty()) {
        m_isWriting = true;
        const auto write = std::move(m_writes.front());
        m_writes.pop_front();
        write();
    }
}

void WireClient::send(std::string bytes, bool isBinary)
{
    boost::asio::post(m_stream.get_executor(),
        [self = shared_from_this(), bytes = std::move(bytes), isBinary]() mutable {
            auto kept = std::make_shared<std::string>(std::move(bytes));
            self->m_writes.push_back([self, kept, isBinary] {
                self->m_stream.binary(isBinary);
                self->m_stream.async_write(
                    boost::asio::buffer(*kept), [self, kept](beast::error_code, std::size_t) {
                        self->m_isWriting = false;
                        self->writeNext();
                    });
            });
            self->writeNext();
        });
}

void WireClient::ping()
{
    boost::asio::post(m_stream.get_executor(), [self = shared_from_this()] {
        self->m_writes.push_back([self] {
            self->m_stream.async_ping({}, [self](beast::error_code) {
                self->m_isWriting = false;
                self->writeNext();
            });
        });
        self->writeNext();
    });
}

void WireClient::close(std::optional<std::uint16_t> code)
{
    boost::asio::post(m_stream.get_executor(), [self = shared_from_this(), code] {
        self->m_writes.push_back([self, code] {
            const auto reason = code ? websocket::close_reason(*code) : websocket::close_reason();
            self->m_stream.async_close(reason, [self](beast::error_code) {
                // The read that was under way when the closing began ends by itself.
            });
        });
        self->writeNext();
    });
}

void WireClient::cut()
{
    boost::asio::post(m_stream.get_executor(), [self = shared_from_this()] {
        beast::error_code ignored;
        beast::get_lowest_layer(self->m_stream).socket().close(ignored);
    });
}

std::optional<WireFrame> WireClient::take(const std::function<bool(const WireFrame&)>& wanted,
    std::chrono::milliseconds patience, std::vector<WireFrame>* passedOver)
{
    const auto deadline = std::chrono::steady_clock::now() + patience;
    std::unique_lock lock(m_mutex);
    for (std::size_t looked = 0;;) {
        for (; looked < m_frames.size(); ++looked) {
            if (wanted(m_frames[looked])) {
                const auto found = m_frames.begin() + static_cast<std::ptrdiff_t>(looked);
                if (passedOver != nullptr) {
                    passedOver->assign(m_frames.begin(), found);
                }
                WireFrame frame = std::move(*found);
                m_frames.erase(found);
                return frame;
            }
        }
        if (m_arrived.wait_until(lock, deadline) == std::cv_status::timeout
            && looked == m_frames.size()) {
            return std::nullopt;
        }
    }
}

bool WireClient::waitForEnd(std::chrono::milliseconds patience)
{
    std::unique_lock lock(m_mutex);
    return m_arrived.wait_for(lock, patience, [this] { return m_hasEnded; });
}

std::vector<WireFrame> WireClient::rest()
{
    const std::lock_guard lock(m_mutex);
    return {m_frames.begin(), m_frames.end()};
}
