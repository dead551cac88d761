// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/postgres/PgPool.h"

#include "base/Log.h"

#include <libpq-fe.h>

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <exception>
#include <list>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace academy {

/// The queue and its workers. Every member is guarded by `mutex`.
class PgPool::Private final
{
public:
    explicit Private(PgPoolOptions wanted) : options(std::move(wanted)) { }

    struct Worker
    {
        std::thread thread;
        std::condition_variable called;
        bool isCalled = false;
    };

    void hire()
    {
        const bool permanent = workers.size() < options.threads;
        workers.emplace_back();
        const auto place = std::prev(workers.end());
        place->thread = std::thread([this, place, permanent] { work(place, permanent); });
    }

    /// True when there is work or the pool closes, false when it is time to go.
    bool rest(std::unique_lock<std::mutex>& lock, Worker& self, bool permanent)
    {
        const auto isDue = [this, &self] { return closing || self.isCalled; };
        self.isCalled = false;
        resting.push_back(&self);
        if (permanent) {
            self.called.wait(lock, isDue);
            return true;
        }
        const bool woken = self.called.wait_for(lock, options.idle, isDue);
        if (!woken) {
            std::erase(resting, &self);
        }
        return woken;
    }

    void work(std::list<Worker>::iterator place, bool permanent)
    {
        PgConnection connection;
        std::unique_lock lock(mutex);
        while (!closing) {
            if (queue.empty()) {
                if (!rest(lock, *place, permanent)) {
                    break;
                }
                continue;
            }
            Job job = std::move(queue.front());
            queue.pop_front();
            lock.unlock();
            runJob(connection, job);
            job = nullptr;
            lock.lock();
        }
        if (!closing) {
            place->thread.detach();
            workers.erase(place);
        }
    }

    void runJob(PgConnection& connection, const Job& job) const
    {
        // Reading what has arrived shows whether the server has closed an idle connection.
        (void)connection.notifications();
        if (!connection.isOpen() && !connection.open(options.conninfo)) {
            qCWarning(lcAcademy) << "no database connection:" << connection.lastError().c_str();
        }
        try {
            job(connection);
        } catch (const std::exception& thrown) {
            qCWarning(lcAcademy) << "a database job failed:" << thrown.what();
        }
        if (connection.isOpen() && PQtransactionStatus(connection.native()) != PQTRANS_IDLE
            && !connection.run("ROLLBACK").ok()) {
            connection.close();
        }
    }

    const PgPoolOptions options;
    std::mutex mutex;
    std::deque<Job> queue;
    std::list<Worker> workers;
    /// The last one worked last: its connection has plans and caches that others have yet to make.
    std::vector<Worker*> resting;
    bool closing = false;
};

PgPool::PgPool(PgPoolOptions options) : d(std::make_unique<Private>(std::move(options)))
{
    const std::lock_guard lock(d->mutex);
    while (d->workers.size() < d->options.threads) {
        d->hire();
    }
}

PgPool::~PgPool()
{
    stop();
}

void PgPool::stop()
{
    std::list<Private::Worker> leaving;
    std::deque<Job> dropped;
    {
        const std::lock_guard lock(d->mutex);
        d->closing = true;
        d->resting.clear();
        leaving.swap(d->workers);
        dropped.swap(d->queue);
        for (Private::Worker& worker : leaving) {
            worker.called.notify_one();
        }
    }
    for (Private::Worker& worker : leaving) {
        worker.thread.join();
    }
}

bool PgPool::submit(Job job)
{
    const std::lock_guard lock(d->mutex);
    if (d->closing || d->queue.size() >= d->options.maxQueued) {
        return false;
    }
    d->queue.push_back(std::move(job));
    if (!d->resting.empty()) {
        Private::Worker& next = *d->resting.back();
        d->resting.pop_back();
        next.isCalled = true;
        // Under the lock, because who was called may be gone soon after.
        next.called.notify_one();
    } else if (d->workers.size() < d->options.maxThreads) {
        d->hire();
    }
    return true;
}

} // namespace academy
