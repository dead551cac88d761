// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonArray>
#include <QObject>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

/// Measures how long the main thread's event loop takes to answer. A thread of its own posts a
/// heartbeat every ten milliseconds; an answer later than 50 ms is a stall, after the time is
/// taken off in which the kernel let other programs run instead of ours. Testing builds only.
/// Construct on the main thread.
class StallWatch : public QObject
{
    Q_OBJECT

public:
    explicit StallWatch(QObject* parent = nullptr);
    ~StallWatch() override;

    /// Every stall so far: {ms, waited_ms, at}; `at` is seconds since the watch began.
    QJsonArray stalls() const;
    /// While paused nothing counts: for work that only a test asks for.
    void pause(bool paused) { m_paused = paused; }

private:
    struct Stall
    {
        double milliseconds;
        double waited;
        double at;
    };

    void watch();
    void answer();

    mutable std::mutex m_mutex;
    std::condition_variable m_signal;
    std::vector<Stall> m_stalls;
    std::atomic<bool> m_paused {false};
    bool m_answered = false;
    bool m_stop = false;
    double m_answeredAt = 0;
    std::thread m_thread;
};
