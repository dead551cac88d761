// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/WebSocketFrames.h"

#include <QUtf8StringView>
#include <QtEndian>

#include <algorithm>
#include <cstring>

namespace {

constexpr quint8 Final = 0x80;
constexpr quint8 Reserved = 0x70;
constexpr quint8 Masked = 0x80;
constexpr quint8 Continuation = 0;
constexpr qsizetype LongestControl = 125;
constexpr qsizetype TwoByteLength = 126;
constexpr qsizetype EightByteLength = 127;
constexpr qsizetype LargestTwoByteLength = 0xffff;
constexpr qsizetype CodeSize = 2;

bool isKnown(quint8 opcode)
{
    return opcode <= quint8(WebSocketKind::Binary)
        || (opcode >= quint8(WebSocketKind::Close) && opcode <= quint8(WebSocketKind::Pong));
}

bool isControl(quint8 opcode)
{
    return opcode >= quint8(WebSocketKind::Close);
}

/// Codes that may be sent: defined ones, and those of libraries and applications.
bool isSayable(int code)
{
    const bool defined = code >= 1000 && code <= 1014 && code != 1004
        && code != WebSocketCode::NoCode && code != WebSocketCode::Abnormal;
    return defined || (code >= 3000 && code <= 4999);
}

bool isUtf8(QByteArrayView text)
{
    return QUtf8StringView(text).isValidUtf8();
}

} // namespace

std::span<char> WebSocketDecoder::room()
{
    if (m_begin == m_end) {
        m_begin = 0;
        m_end = 0;
        if (m_buffer.size() != ReadSize) {
            m_buffer = QByteArray(ReadSize, Qt::Uninitialized);
        }
    } else if (m_begin > 0) {
        std::memmove(m_buffer.data(), m_buffer.constData() + m_begin, size_t(m_end - m_begin));
        m_end -= std::exchange(m_begin, 0);
    }
    if (m_end == m_buffer.size()) {
        m_buffer.resize(std::clamp(m_wanted, m_end + 1, 2 * m_end)); // not at once: it may never come
    }
    return {m_buffer.data() + m_end, size_t(m_buffer.size() - m_end)};
}

std::optional<WebSocketEvent> WebSocketDecoder::next()
{
    if (std::exchange(m_delivered, false)) {
        m_fragments = {};
    }
    while (!m_ended) {
        const std::optional<Header> found = header();
        if (!found || m_end - m_begin < found->size + found->length) {
            return std::nullopt;
        }
        const QByteArrayView payload(m_buffer.constData() + m_begin + found->size, found->length);
        m_begin += found->size + found->length;
        m_wanted = 0;
        if (const auto event = take(*found, payload)) {
            return event;
        }
    }
    return std::nullopt;
}

std::optional<WebSocketDecoder::Header> WebSocketDecoder::header()
{
    const auto* const at = reinterpret_cast<const quint8*>(m_buffer.constData()) + m_begin;
    const qsizetype here = m_end - m_begin;
    if (here < 2) {
        return std::nullopt;
    }
    Header header;
    header.isFinal = (at[0] & Final) != 0;
    header.opcode = at[0] & 0x0f;
    header.length = at[1] & ~Masked;
    const bool isAllowed = (at[0] & Reserved) == 0 && isKnown(header.opcode)
        && (at[1] & Masked) == 0
        && (!isControl(header.opcode) || (header.isFinal && header.length <= LongestControl))
        && (isControl(header.opcode)
            || (header.opcode == Continuation) == m_fragmented.has_value());
    if (!isAllowed) {
        return fail(WebSocketCode::Protocol);
    }
    header.size = header.length == EightByteLength ? 10 : header.length == TwoByteLength ? 4 : 2;
    if (here < header.size) {
        return std::nullopt;
    }
    if (header.length == TwoByteLength) {
        header.length = qFromBigEndian<quint16>(at + 2);
        if (header.length < TwoByteLength) {
            return fail(WebSocketCode::Protocol); // the shortest form is prescribed
        }
    } else if (header.length == EightByteLength) {
        header.length = qFromBigEndian<qint64>(at + 2);
        if (header.length <= LargestTwoByteLength) {
            return fail(WebSocketCode::Protocol);
        }
    }
    const qsizetype before = isControl(header.opcode) ? 0 : m_fragments.size();
    if (header.length > m_largest - before) {
        return fail(WebSocketCode::TooBig);
    }
    m_wanted = header.size + header.length;
    return header;
}

std::optional<WebSocketEvent> WebSocketDecoder::take(const Header& header, QByteArrayView payload)
{
    if (header.opcode == quint8(WebSocketKind::Close)) {
        return goodbye(payload);
    }
    if (isControl(header.opcode)) {
        return WebSocketEvent{WebSocketKind(header.opcode), payload, 0};
    }
    const WebSocketKind kind = m_fragmented.value_or(WebSocketKind(header.opcode));
    if (header.isFinal && !m_fragmented) {
        return message(kind, payload);
    }
    m_fragments.append(payload);
    m_fragmented = kind;
    if (!header.isFinal) {
        return std::nullopt;
    }
    m_fragmented.reset();
    m_delivered = true;
    return message(kind, m_fragments);
}

std::optional<WebSocketEvent> WebSocketDecoder::message(
    WebSocketKind kind, QByteArrayView payload)
{
    if (kind == WebSocketKind::Text && !isUtf8(payload)) {
        return fail(WebSocketCode::NotUtf8);
    }
    return WebSocketEvent{kind, payload, 0};
}

std::optional<WebSocketEvent> WebSocketDecoder::goodbye(QByteArrayView payload)
{
    m_ended = true;
    if (payload.isEmpty()) {
        return WebSocketEvent{WebSocketKind::Close, {}, WebSocketCode::NoCode};
    }
    if (payload.size() < CodeSize) {
        return fail(WebSocketCode::Protocol);
    }
    const int code = qFromBigEndian<quint16>(payload.data());
    const QByteArrayView reason = payload.sliced(CodeSize);
    if (!isSayable(code)) {
        return fail(WebSocketCode::Protocol);
    }
    if (!isUtf8(reason)) {
        return fail(WebSocketCode::NotUtf8);
    }
    return WebSocketEvent{WebSocketKind::Close, reason, code};
}

std::nullopt_t WebSocketDecoder::fail(int code)
{
    m_ended = true;
    m_failure = code;
    return std::nullopt;
}

QByteArray webSocketFrame(
    WebSocketKind kind, QByteArrayView payload, const std::array<char, 4>& mask)
{
    QByteArray frame;
    frame.reserve(payload.size() + 14);
    frame.append(char(Final | quint8(kind)));
    if (payload.size() < TwoByteLength) {
        frame.append(char(Masked | quint8(payload.size())));
    } else if (payload.size() <= LargestTwoByteLength) {
        std::array<char, 2> length{};
        qToBigEndian(quint16(payload.size()), length.data());
        frame.append(char(Masked | quint8(TwoByteLength))).append(length.data(), length.size());
    } else {
        std::array<char, 8> length{};
        qToBigEndian(quint64(payload.size()), length.data());
        frame.append(char(Masked | quint8(EightByteLength))).append(length.data(), length.size());
    }
    frame.append(mask.data(), mask.size());
    const qsizetype from = frame.size();
    frame.append(payload);
    char* const to = frame.data() + from;
    for (qsizetype i = 0; i < payload.size(); ++i) {
        to[i] = char(to[i] ^ mask[size_t(i) % mask.size()]);
    }
    return frame;
}

QByteArray webSocketGoodbye(int code)
{
    if (code == WebSocketCode::NoCode) {
        return {};
    }
    std::array<char, CodeSize> said{};
    qToBigEndian(quint16(code), said.data());
    return {said.data(), CodeSize};
}
