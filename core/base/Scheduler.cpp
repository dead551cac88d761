// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Scheduler.h"

#include <QTimer>

namespace {

/// deleteLater, not delete: a task may cancel itself from inside its own call.
class TimerHandle final : public ScheduledTask::Handle
{
public:
    TimerHandle(std::chrono::milliseconds interval, bool once, std::function<void()> run)
        : m_timer(new QTimer)
    {
        m_timer->setTimerType(Qt::PreciseTimer);
        m_timer->setSingleShot(once);
        QObject::connect(m_timer, &QTimer::timeout, m_timer, [run = std::move(run)] {
            const auto keptAlive = run;
            keptAlive();
        });
        m_timer->start(interval);
    }
    ~TimerHandle() override
    {
        m_timer->stop();
        m_timer->disconnect();
        m_timer->deleteLater();
    }
    Q_DISABLE_COPY_MOVE(TimerHandle)

private:
    QTimer* m_timer;
};

} // namespace

ScheduledTask QtScheduler::after(std::chrono::milliseconds delay, std::function<void()> run)
{
    return ScheduledTask(std::make_unique<TimerHandle>(delay, true, std::move(run)));
}

ScheduledTask QtScheduler::every(std::chrono::milliseconds interval, std::function<void()> run)
{
    return ScheduledTask(std::make_unique<TimerHandle>(interval, false, std::move(run)));
}
