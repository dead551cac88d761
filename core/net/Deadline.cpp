// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/Deadline.h"

#include <algorithm>

namespace {

class FairHandle final : public ScheduledTask::Handle
{
public:
    FairHandle(Clock& clock, Scheduler& scheduler, std::chrono::milliseconds limit,
        std::function<void()> run)
        : m_clock(clock), m_scheduler(scheduler), m_run(std::move(run))
    {
        wait(limit);
    }

private:
    void wait(std::chrono::milliseconds limit)
    {
        const MonotonicTime due = m_clock.monotonic() + limit;
        m_task = m_scheduler.after(limit, [this, due, limit] {
            if (m_clock.monotonic() - due > Deadline::Slack) {
                wait(std::min(limit, Deadline::Grace));
                return;
            }
            const auto run = m_run; // it may end this object
            run();
        });
    }

    Clock& m_clock;
    Scheduler& m_scheduler;
    std::function<void()> m_run;
    ScheduledTask m_task;
};

} // namespace

ScheduledTask Deadline::after(Clock& clock, Scheduler& scheduler, std::chrono::milliseconds limit,
    std::function<void()> run)
{
    return ScheduledTask(std::make_unique<FairHandle>(clock, scheduler, limit, std::move(run)));
}
