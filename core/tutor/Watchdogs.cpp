// SPDX-License-Identifier: GPL-3.0-or-later
#include "tutor/Watchdogs.h"

using std::chrono::milliseconds;

void Watchdogs::start(Watch watch)
{
    const milliseconds timeout = timeoutOf(watch);
    Dog& watching = dog(watch);
    if (timeout <= milliseconds(0)) {
        watching = {};
        return;
    }
    watching.end = m_clock.monotonic() + timeout;
    if (!watching.task.isScheduled()) {
        watching.task = m_scheduler.after(timeout, [this, watch] { look(watch); });
    }
}

void Watchdogs::look(Watch watch)
{
    Dog& watching = dog(watch);
    const auto left = std::chrono::ceil<milliseconds>(watching.end - m_clock.monotonic());
    if (left > milliseconds(0)) {
        watching.task = m_scheduler.after(left, [this, watch] { look(watch); });
        return;
    }
    watching.task.cancel();
    const auto starved = m_starved;
    starved(watch);
}

milliseconds Watchdogs::timeoutOf(Watch watch) const
{
    switch (watch) {
    case Watch::Connect:
        return m_timeouts.connect;
    case Watch::Headers:
        return m_timeouts.headers;
    case Watch::First:
        return m_timeouts.firstContent;
    case Watch::Gap:
        return m_timeouts.gap;
    case Watch::Bytes:
        return m_timeouts.bytes;
    case Watch::Total:
        break;
    }
    return m_timeouts.total;
}

const char* Watchdogs::code(Watch watch)
{
    switch (watch) {
    case Watch::Connect:
        return "connect_timeout";
    case Watch::Headers:
        return "headers_timeout";
    case Watch::First:
        return "first_content_timeout";
    case Watch::Gap:
        return "gap_timeout";
    case Watch::Bytes:
        return "silence_timeout";
    case Watch::Total:
        break;
    }
    return "total_timeout";
}
