// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <sys/resource.h>

#include <QFile>

#include <chrono>
#include <cstdio>

/// Counts numbered messages 0, 1, 2 … and says what receiving them cost this process. Prints "live"
/// when counting begins and "at N" every thousand messages, so that a sender can keep a window.
class Receipt
{
public:
    static constexpr qint64 Step = 1000;

    explicit Receipt(qint64 count) : m_count(count) {}

    void start()
    {
        m_startedAt = std::chrono::steady_clock::now();
        m_cpuAtStart = cpuMicroseconds();
        say("live\n");
    }

    /// True when this was the last one.
    bool take(qint64 number)
    {
        if (number < m_next) {
            ++m_disordered;
        } else {
            m_lost += number - m_next;
            m_next = number + 1;
        }
        return takeUnread();
    }

    /// For who does not look inside.
    bool takeUnread()
    {
        if (++m_taken % Step == 0) {
            std::printf("at %lld\n", qlonglong(m_taken));
            std::fflush(stdout);
        }
        return m_taken >= m_count;
    }

    void print() const
    {
        const auto wall = std::chrono::steady_clock::now() - m_startedAt;
        std::printf(R"({"messages":%lld,"lost":%lld,"disordered":%lld,"cpu_us":%lld,"wall_us":%lld,"rss_kib":%lld})" "\n",
            qlonglong(m_taken), qlonglong(m_lost), qlonglong(m_disordered), cpuMicroseconds() - m_cpuAtStart,
            qlonglong(std::chrono::duration_cast<std::chrono::microseconds>(wall).count()), residentKib());
        std::fflush(stdout);
    }

private:
    static void say(const char* text)
    {
        std::fputs(text, stdout);
        std::fflush(stdout);
    }

    static long long cpuMicroseconds()
    {
        rusage usage {};
        ::getrusage(RUSAGE_SELF, &usage);
        const auto micro = [](const timeval& t) { return t.tv_sec * 1'000'000LL + t.tv_usec; };
        return micro(usage.ru_utime) + micro(usage.ru_stime);
    }

    static long long residentKib()
    {
        QFile status(QStringLiteral("/proc/self/status"));
        if (!status.open(QIODevice::ReadOnly)) {
            return 0;
        }
        const QByteArray text = status.readAll();
        const qsizetype at = text.indexOf("VmRSS:");
        return at < 0 ? 0 : std::strtoll(text.constData() + at + 6, nullptr, 10);
    }

    qint64 m_count;
    qint64 m_taken = 0;
    qint64 m_next = 0;
    qint64 m_lost = 0;
    qint64 m_disordered = 0;
    long long m_cpuAtStart = 0;
    std::chrono::steady_clock::time_point m_startedAt;
};
