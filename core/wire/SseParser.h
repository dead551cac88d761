// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QList>

#include <chrono>
#include <optional>

/// One server-sent event. Bytes are UTF-8 as received.
struct SseEvent
{
    QByteArray event; ///< "message" when the stream named none
    QByteArray data;
    QByteArray id;    ///< last event id

    bool operator==(const SseEvent&) const = default;
};

/// Cuts a byte stream into server-sent events by the WHATWG rules: BOM, CR, LF and CRLF also when
/// split over reads, comments, several data lines, id, retry. An event that the end of the stream
/// cut short is dropped, as the standard says. Source: HTML standard, "Server-sent events".
/// Not thread-safe; one parser per stream.
class SseParser
{
public:
    static constexpr qsizetype LargestEvent = 8 * 1024 * 1024;

    /// The events completed by these bytes. ErrorKind::Protocol, code "sse_too_large", once a line or
    /// an event passes LargestEvent; the parser then stays failed.
    Result<QList<SseEvent>> feed(QByteArrayView bytes);

    /// The server's wish for the wait before a reconnect.
    std::optional<std::chrono::milliseconds> retry() const { return m_retry; }
    const QByteArray& lastEventId() const { return m_lastId; }
    /// Lines that are no field of the standard, one after the other, up to 64 KB: an error page or a
    /// bare JSON error that was put where events belong.
    const QByteArray& strayText() const { return m_stray; }
    /// True when bytes of an unfinished line or event are held: the stream was cut inside an event.
    bool isInsideEvent() const { return !m_line.isEmpty() || !m_data.isEmpty() || !m_event.isEmpty(); }

private:
    static constexpr qsizetype LargestStray = 64 * 1024;

    void readLine(QByteArrayView line, QList<SseEvent>& out);

    QByteArray m_line;
    QByteArray m_event;
    QByteArray m_data;
    QByteArray m_lastId;
    QByteArray m_stray;
    std::optional<std::chrono::milliseconds> m_retry;
    qsizetype m_bomSeen = 0; ///< bytes of the BOM matched so far; -1 when past the start
    bool m_afterCr = false;
    bool m_failed = false;
};
