// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/SseParser.h"

#include <algorithm>

namespace {

constexpr QByteArrayView Bom("\xEF\xBB\xBF", 3);

bool isAllDigits(QByteArrayView text)
{
    return !text.isEmpty()
        && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
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
        const auto end = std::find_if(
            bytes.begin(), bytes.end(), [](char c) { return c == '\r' || c == '\n'; });
        m_line.append(bytes.first(end - bytes.begin()));
        m_failed = m_line.size() + m_data.size() > LargestEvent;
        if (end == bytes.end()) {
            break;
        }
        m_afterCr = *end == '\r';
        bytes = bytes.sliced(end - bytes.begin() + 1);
        endLine(events);
    }
    if (m_failed) {
        return Error{ErrorKind::Protocol, QStringLiteral("sse_too_large"), {}, {}};
    }
    return events;
}

void SseParser::endLine(QList<SseEvent>& out)
{
    const QByteArray line = std::exchange(m_line, {});
    if (line.isEmpty()) {
        const QByteArray name = std::exchange(m_event, {});
        QByteArray data = std::exchange(m_data, {});
        if (!data.isEmpty()) {
            data.chop(1);
            out.append({name.isEmpty() ? QByteArrayLiteral("message") : name, data, m_lastId});
        }
        return;
    }
    const qsizetype colon = line.indexOf(':');
    const QByteArrayView field
        = colon < 0 ? QByteArrayView(line) : QByteArrayView(line).first(colon);
    QByteArrayView value = colon < 0 ? QByteArrayView() : QByteArrayView(line).sliced(colon + 1);
    if (value.startsWith(' ')) {
        value = value.sliced(1);
    }
    if (field == QByteArrayView("data")) {
        m_data.append(value).append('\n');
    } else if (field == QByteArrayView("event")) {
        m_event = value.toByteArray();
    } else if (field == QByteArrayView("id")) {
        if (!value.contains('\0')) {
            m_lastId = value.toByteArray();
        }
    } else if (field == QByteArrayView("retry") && isAllDigits(value)) {
        bool fits = false;
        const qint64 wait = value.toByteArray().toLongLong(&fits);
        if (fits) {
            m_retry = std::chrono::milliseconds(wait);
        }
    }
}
