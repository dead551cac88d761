// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/StallWatch.h"

#include <QFile>
#include <QJsonObject>

#include <ctime>

#include <unistd.h>

using namespace std::chrono_literals;

namespace {

constexpr double Limit = 50;

double nowInMilliseconds()
{
    timespec now {};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

/// How long the main thread stood ready to run while others ran, in milliseconds.
double queuedInMilliseconds()
{
    QFile file(QStringLiteral("/proc/self/task/%1/schedstat").arg(getpid()));
    if (!file.open(QIODevice::ReadOnly)) {
        return 0;
    }
    return file.readAll().split(' ').value(1).toDouble() / 1e6;
}

} // namespace

StallWatch::StallWatch(QObject* parent) : QObject(parent), m_thread([this] { watch(); }) { }

StallWatch::~StallWatch()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stop = true;
    }
    m_signal.notify_all();
    m_thread.join();
}

QJsonArray StallWatch::stalls() const
{
    const std::lock_guard lock(m_mutex);
    QJsonArray list;
    for (const Stall& stall : m_stalls) {
        list.append(QJsonObject {{QStringLiteral("ms"), stall.milliseconds},
            {QStringLiteral("waited_ms"), stall.waited}, {QStringLiteral("at"), stall.at}});
    }
    return list;
}

void StallWatch::answer()
{
    const std::lock_guard lock(m_mutex);
    m_answered = true;
    m_answeredAt = nowInMilliseconds();
    m_signal.notify_all();
}

void StallWatch::watch()
{
    const double began = nowInMilliseconds();
    std::unique_lock lock(m_mutex);
    while (!m_stop) {
        m_answered = false;
        const double queuedBefore = queuedInMilliseconds();
        const double asked = nowInMilliseconds();
        bool counts = !m_paused;
        lock.unlock();
        QMetaObject::invokeMethod(this, &StallWatch::answer, Qt::QueuedConnection);
        lock.lock();
        m_signal.wait(lock, [this] { return m_answered || m_stop; });
        const double waited = queuedInMilliseconds() - queuedBefore;
        const double took = m_answeredAt - asked - waited;
        counts = counts && !m_paused && m_answered;
        if (counts && took > Limit) {
            m_stalls.push_back({took, waited, (asked - began) / 1e3});
        }
        m_signal.wait_for(lock, 10ms, [this] { return m_stop; });
    }
}
