// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <array>
#include <optional>
#include <span>

/// Frames of a WebSocket as its client reads and writes them. Source: RFC 6455, sections 5 and 7. No
/// extensions. Pure; use on any thread.

enum class WebSocketKind : quint8 { Text = 1, Binary = 2, Close = 8, Ping = 9, Pong = 10 };

namespace WebSocketCode {
constexpr int Normal = 1000;
constexpr int Protocol = 1002;  ///< against the rules
constexpr int NoCode = 1005;    ///< a goodbye without a code; never on the wire
constexpr int Abnormal = 1006;  ///< an end without a goodbye; never on the wire
constexpr int NotUtf8 = 1007;
constexpr int TooBig = 1009;
} // namespace WebSocketCode

/// A whole message, or a control frame.
struct WebSocketEvent
{
    WebSocketKind kind = WebSocketKind::Text;
    QByteArrayView bytes; ///< Text: UTF-8. Close: the reason, UTF-8.
    int code = 0;         ///< Close only
};

/// Reads what a server sends, in whatever pieces the network brings it:
///
///     const std::span<char> room = in.room();
///     in.took(socket.read(room.data(), room.size()));
///     while (const auto event = in.next()) { … }
///     if (in.failure()) { … }
///
/// Total: the first thing against the rules ends the reading, and so does a goodbye.
class WebSocketDecoder
{
public:
    /// As much is read at once; longer messages get the memory they need while they are read.
    static constexpr qsizetype ReadSize = 64 * 1024;

    /// `largestMessage` in bytes, also of the fragments of one message together.
    explicit WebSocketDecoder(qsizetype largestMessage) : m_largest(largestMessage) { }

    /// Where the next bytes belong, at least one. Ends the views handed out by next().
    std::span<char> room();
    /// So many were put there.
    void took(qsizetype size) { m_end += size; }

    /// The next event that is complete; its bytes stay until the next call of next() or room().
    std::optional<WebSocketEvent> next();
    /// The code to say goodbye with, 1002, 1007 or 1009; 0 when nothing is wrong.
    int failure() const { return m_failure; }

private:
    struct Header
    {
        bool isFinal = false;
        quint8 opcode = 0;
        qsizetype size = 0; ///< its own
        qsizetype length = 0; ///< what follows it
    };

    std::optional<Header> header();
    std::optional<WebSocketEvent> take(const Header& header, QByteArrayView payload);
    std::optional<WebSocketEvent> goodbye(QByteArrayView payload);
    std::optional<WebSocketEvent> message(WebSocketKind kind, QByteArrayView payload);
    std::nullopt_t fail(int code);

    qsizetype m_largest;
    QByteArray m_buffer;
    qsizetype m_begin = 0;
    qsizetype m_end = 0;
    qsizetype m_wanted = 0; ///< the size of the frame at the front, once it is known
    QByteArray m_fragments;
    std::optional<WebSocketKind> m_fragmented;
    bool m_delivered = false; ///< m_fragments was handed out
    bool m_ended = false;
    int m_failure = 0;
};

/// One frame with everything in it, masked as a client must. The mask is random and new each time.
QByteArray webSocketFrame(
    WebSocketKind kind, QByteArrayView payload, const std::array<char, 4>& mask);
/// What a Close frame holds. NoCode: nothing.
QByteArray webSocketGoodbye(int code);
