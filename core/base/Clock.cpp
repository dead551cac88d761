// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Clock.h"

#include <QDateTime>

#include <ctime>

namespace {

std::chrono::microseconds read(clockid_t id)
{
    timespec now {};
    clock_gettime(id, &now);
    return std::chrono::duration_cast<std::chrono::microseconds>(
        std::chrono::seconds(now.tv_sec) + std::chrono::nanoseconds(now.tv_nsec));
}

} // namespace

WallTime SystemClock::wall() const
{
    return WallTime(read(CLOCK_REALTIME));
}

MonotonicTime SystemClock::monotonic() const
{
    return read(CLOCK_BOOTTIME);
}

QString toIsoString(WallTime time)
{
    const auto micros = time.time_since_epoch();
    const auto seconds = std::chrono::floor<std::chrono::seconds>(micros);
    const QDateTime whole = QDateTime::fromSecsSinceEpoch(seconds.count(), Qt::UTC);
    return whole.toString(QStringLiteral("yyyy-MM-ddTHH:mm:ss"))
        + QStringLiteral(".%1Z").arg((micros - seconds).count(), 6, 10, QLatin1Char('0'));
}
