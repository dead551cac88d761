// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/FakeScheduler.h"

ScheduledTask FakeScheduler::add(
    std::chrono::milliseconds delay, std::chrono::milliseconds interval, std::function<void()> run)
{
    class QueueHandle final : public ScheduledTask::Handle
    {
    public:
        QueueHandle(std::weak_ptr<Queue> queue, std::shared_ptr<Task> task)
            : m_queue(std::move(queue)), m_task(std::move(task))
        {
        }
        ~QueueHandle() override
        {
            if (const auto queue = m_queue.lock()) {
                std::erase_if(*queue, [this](const auto& entry) { return entry.second == m_task; });
            }
        }
        Q_DISABLE_COPY_MOVE(QueueHandle)

    private:
        std::weak_ptr<Queue> m_queue;
        std::shared_ptr<Task> m_task;
    };

    auto task = std::make_shared<Task>(Task {interval, std::move(run)});
    m_queue->emplace(Key {m_now + delay, m_order++}, task);
    return ScheduledTask(std::make_unique<QueueHandle>(m_queue, std::move(task)));
}

ScheduledTask FakeScheduler::after(std::chrono::milliseconds delay, std::function<void()> run)
{
    return add(delay, std::chrono::milliseconds::zero(), std::move(run));
}

ScheduledTask FakeScheduler::every(std::chrono::milliseconds interval, std::function<void()> run)
{
    return add(interval, interval, std::move(run));
}

void FakeScheduler::advance(std::chrono::milliseconds by)
{
    const auto end = m_now + by;
    while (!m_queue->empty() && m_queue->begin()->first.first <= end) {
        const auto [key, task] = *m_queue->begin();
        m_queue->erase(m_queue->begin());
        m_now = std::max(m_now, key.first);
        if (task->interval > std::chrono::milliseconds::zero()) {
            m_queue->emplace(Key {m_now + task->interval, m_order++}, task);
        }
        task->run();
    }
    m_now = end;
}
