// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/SseParser.h"

#include <algorithm>
#include <cstring>

namespace {

constexpr QByteArrayView Bom("\xEF\xBB\xBF", 3);

bool isAllDigits(QByteArrayView text)
{
    return !text.isEmpty()
        && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// The first CR or LF, eight bytes at a time: most of a stream is the inside of long lines.
const char* lineEnd(const char* at, const char* end)
{
    constexpr quint64 Ones = 0x0101010101010101ULL;
    constexpr quint64 Tops = 0x8080808080808080ULL;
    for (; end - at >= qsizetype(sizeof(quint64)); at += sizeof(quint64)) {
        quint64 word = 0;
        std::memcpy(&word, at, sizeof word);
        const quint64 lf = word ^ (Ones * '\n');
        const quint64 cr = word ^ (Ones * '\r');
        if ((((lf - Ones) & ~lf) | ((cr - Ones) & ~cr)) & Tops) {
            break;
        }
    }
    while (at != end && *at != '\r' && *at != '\n') {
        ++at;
    }
    return at;
}

} // namespace

Result<QList<SseEvent>> SseParser::feed(QByteArrayView bytes)
{
    QList<SseEvent> events;
    while (m_bomSeen >= 0 && !bytes.isEmpty() && !m_failed) {
        if (bytes.front() != Bom[m_bomSeen]) {
            m_line = Bom.first(m_bomSeen).toByteArray();
            m_bomSeen = -1;
        } else {
            bytes = bytes.sliced(1);
            m_bomSeen = m_bomSeen + 1 == Bom.size() ? -1 : m_bomSeen + 1;
        }
    }
    while (!bytes.isEmpty() && !m_failed) {
        if (std::exchange(m_afterCr, false) && bytes.front() == '\n') {
            bytes = bytes.sliced(1);
            continue;
        }
        const char* const end = lineEnd(bytes.begin(), bytes.end());
        const QByteArrayView piece = bytes.first(end - bytes.begin());
        m_failed = m_line.size() + piece.size() + m_data.size() > LargestEvent;
        if (m_failed || end == bytes.end()) {
            m_line.append(piece);
            break;
        }
        m_afterCr = *end == '\r';
        bytes = bytes.sliced(piece.size() + 1);
        if (m_line.isEmpty()) {
            readLine(piece, events);
        } else {
            m_line.append(piece);
            readLine(m_line, events);
            m_line.resize(0);
        }
    }
    if (m_failed) {
        return Error{ErrorKind::Protocol, QStringLiteral("sse_too_large"), {}, {}};
    }
    return events;
}

void SseParser::readLine(QByteArrayView line, QList<SseEvent>& out)
{
    if (line.isEmpty()) {
        const QByteArray name = std::exchange(m_event, {});
        QByteArray data = std::exchange(m_data, {});
        if (!data.isEmpty()) {
            data.chop(1);
            out.append({name.isEmpty() ? QByteArrayLiteral("message") : name, std::move(data), m_lastId});
        }
        return;
    }
    const qsizetype colon = line.indexOf(':');
    const QByteArrayView field = colon < 0 ? line : line.first(colon);
    QByteArrayView value = colon < 0 ? QByteArrayView() : line.sliced(colon + 1);
    if (value.startsWith(' ')) {
        value = value.sliced(1);
    }
    if (field == QByteArrayView("data")) {
        if (m_data.isEmpty()) {
            m_data.reserve(value.size() + 1);
        }
        m_data.append(value).append('\n');
    } else if (field == QByteArrayView("event")) {
        m_event = value.toByteArray();
    } else if (field == QByteArrayView("id")) {
        if (!value.contains('\0')) {
            m_lastId = value.toByteArray();
        }
    } else if (field == QByteArrayView("retry")) {
        bool fits = false;
        const qint64 wait = isAllDigits(value) ? value.toLongLong(&fits) : 0;
        if (fits) {
            m_retry = std::chrono::milliseconds(wait);
        }
    } else if (colon != 0 && m_stray.size() + line.size() < LargestStray) {
        m_stray.append(line).append('\n');
    }
}
