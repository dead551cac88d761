// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/realtime/Outflow.h"

#include <boost/asio/error.hpp>

#include <sys/socket.h>
#include <sys/uio.h>

#include <algorithm>
#include <array>
#include <cerrno>

namespace academy {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;

/// Pieces that one call of the system takes.
constexpr std::size_t mostAtOnce = 32;
/// More than this does not wait for the others.
constexpr std::size_t waitingBytes = 64 * 1024;
/// What is encrypted at once.
constexpr std::size_t batchBytes = 16 * 1024;
constexpr char closeFrame = '\x88';

/// RFC 6455: whole, unmasked, with its length in the shortest form.
std::string headOf(const OutFrame& frame)
{
    const std::size_t size = frame.bytes.size();
    std::string head(1, frame.isBinary ? '\x82' : '\x81');
    const auto number = [&](int bytes) {
        for (int shift = (bytes - 1) * 8; shift >= 0; shift -= 8) {
            head.push_back(static_cast<char>((size >> static_cast<unsigned>(shift)) & 0xffU));
        }
    };
    if (size < 126) {
        number(1);
    } else if (size < 65536) {
        head.push_back('\x7e');
        number(2);
    } else {
        head.push_back('\x7f');
        number(8);
    }
    return head;
}

} // namespace

std::size_t Outflow::send(OutFramePtr frame)
{
    const std::lock_guard lock(m_mutex);
    if (m_takesFrames) {
        std::string head = headOf(*frame);
        add({std::move(head), std::move(frame), nullptr});
        if (m_unread > waitingBytes) {
            goOn();
        }
    }
    return m_unread;
}

void Outflow::flush()
{
    const std::lock_guard lock(m_mutex);
    goOn();
}

void Outflow::write(std::string bytes, Written written)
{
    const std::lock_guard lock(m_mutex);
    if (m_isEnded) {
        written(asio::error::operation_aborted, 0);
        return;
    }
    m_takesFrames = m_takesFrames && bytes.front() != closeFrame;
    add({std::move(bytes), nullptr, std::move(written)});
    goOn();
}

void Outflow::end()
{
    const std::lock_guard lock(m_mutex);
    m_isEnded = true;
    m_takesFrames = false;
    for (const Piece& piece : std::exchange(m_pieces, {})) {
        if (piece.written) {
            piece.written(asio::error::operation_aborted, 0);
        }
    }
    m_unread = 0;
}

void Outflow::close()
{
    end();
    m_connection.close();
}

void Outflow::add(Piece piece)
{
    m_unread += piece.size();
    m_pieces.push_back(std::move(piece));
}

void Outflow::goOn()
{
    if (m_isWaiting || m_pieces.empty()) {
        return;
    }
    if (!m_connection.isSecure()) {
        flow();
        return;
    }
    m_isWaiting = true;
    asio::post(m_connection.get_executor(), [self = shared_from_this()] {
        const std::lock_guard lock(self->m_mutex);
        self->flowOnStrand();
    });
}

/// Writes what the system takes now and waits for room for the rest.
void Outflow::flow()
{
    while (!m_pieces.empty()) {
        std::array<iovec, 2 * mostAtOnce> parts;
        std::size_t count = 0;
        std::size_t skipped = m_written;
        const auto part = [&](const std::string& bytes) {
            const std::size_t from = std::min(skipped, bytes.size());
            skipped -= from;
            if (from < bytes.size()) {
                parts[count++] = {const_cast<char*>(bytes.data()) + from, bytes.size() - from};
            }
        };
        for (const Piece& piece : m_pieces) {
            part(piece.head);
            if (piece.frame) {
                part(piece.frame->bytes);
            }
            if (count + 2 > parts.size()) {
                break;
            }
        }
        msghdr message{};
        message.msg_iov = parts.data();
        message.msg_iovlen = count;
        const ssize_t written = ::sendmsg(
            m_connection.socket().native_handle(), &message, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (written >= 0) {
            wrote(static_cast<std::size_t>(written));
        } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
            m_isWaiting = true;
            asio::post(m_connection.get_executor(), [self = shared_from_this()] {
                const std::lock_guard lock(self->m_mutex);
                self->flowOnStrand();
            });
            return;
        } else if (errno != EINTR) {
            fail();
            return;
        }
    }
}

/// Writes the next part of what waits.
void Outflow::flowOnStrand()
{
    m_isWaiting = !m_pieces.empty();
    if (m_isEnded || m_pieces.empty()) {
        return;
    }
    if (!m_connection.isSecure()) {
        m_connection.socket().async_wait(
            asio::socket_base::wait_write, [self = shared_from_this()](beast::error_code failed) {
                const std::lock_guard lock(self->m_mutex);
                self->m_isWaiting = false;
                if (!failed && !self->m_isEnded) {
                    self->flow();
                }
            });
        return;
    }
    m_batch.clear();
    fill(m_batch);
    m_connection.async_write_some(asio::buffer(m_batch),
        [self = shared_from_this()](beast::error_code failed, std::size_t bytes) {
            const std::lock_guard lock(self->m_mutex);
            if (self->m_isEnded) {
                return;
            }
            if (failed) {
                self->fail();
                return;
            }
            self->wrote(bytes);
            self->flowOnStrand();
        });
}

void Outflow::fill(std::string& bytes) const
{
    std::size_t skipped = m_written;
    const auto part = [&](const std::string& text) {
        const std::size_t from = std::min(skipped, text.size());
        skipped -= from;
        bytes.append(text, from, batchBytes - bytes.size());
    };
    for (const Piece& piece : m_pieces) {
        part(piece.head);
        if (piece.frame) {
            part(piece.frame->bytes);
        }
        if (bytes.size() == batchBytes) {
            break;
        }
    }
}

void Outflow::wrote(std::size_t bytes)
{
    m_unread -= bytes;
    m_written += bytes;
    while (!m_pieces.empty() && m_written >= m_pieces.front().size()) {
        const Piece whole = std::move(m_pieces.front());
        m_pieces.pop_front();
        m_written -= whole.size();
        if (whole.written) {
            whole.written({}, whole.size());
        }
    }
}

/// The reader of the connection learns of it when the connection is closed.
void Outflow::fail()
{
    m_takesFrames = false;
    m_isWaiting = true;
    asio::post(m_connection.get_executor(), [self = shared_from_this()] { self->close(); });
}

} // namespace academy
