// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <chrono>
#include <functional>
#include <memory>

/// Keeps a scheduled call alive; destroying or resetting it cancels the call.
class ScheduledTask
{
public:
    class Handle
    {
    public:
        virtual ~Handle() = default;
    };

    ScheduledTask() = default;
    explicit ScheduledTask(std::unique_ptr<Handle> handle) : m_handle(std::move(handle)) { }

    void cancel() { m_handle.reset(); }
    bool isScheduled() const { return m_handle != nullptr; }

private:
    std::unique_ptr<Handle> m_handle;
};

/// Runs functions later on the calling thread. Injected so that tests move time by hand.
/// A handle stays "scheduled" after a one-shot ran, until its owner replaces or cancels it.
class Scheduler
{
public:
    virtual ~Scheduler() = default;
    [[nodiscard]] virtual ScheduledTask after(std::chrono::milliseconds delay, std::function<void()> run) = 0;
    [[nodiscard]] virtual ScheduledTask every(std::chrono::milliseconds interval, std::function<void()> run) = 0;
};

/// Timers of the thread's event loop.
class QtScheduler final : public Scheduler
{
public:
    ScheduledTask after(std::chrono::milliseconds delay, std::function<void()> run) override;
    ScheduledTask every(std::chrono::milliseconds interval, std::function<void()> run) override;
};
