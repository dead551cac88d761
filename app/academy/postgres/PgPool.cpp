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

namespace academy {

/// The queue and its workers. Every member is guarded by `mutex`.
class PgPool::Private final
{
public:
    explicit Private(PgPoolOptions wanted) : options(std::move(wanted)) { }

    void hire()
    {
        const bool permanent = workers.size() < options.threads;
        workers.emplace_back();
        const auto place = std::prev(workers.end());
        *place = std::thread([this, place, permanent] { work(place, permanent); });
    }

    void work(std::list<std::thread>::iterator place, bool permanent)
    {
        PgConnection connection;
        std::unique_lock lock(mutex);
        while (!closing) {
            if (queue.empty()) {
                ++idle;
                const bool woken = permanent
                    ? (wake.wait(lock, [this] { return closing || !queue.empty(); }), true)
                    : wake.wait_for(
                        lock, options.idle, [this] { return closing || !queue.empty(); });
                --idle;
                if (!woken) {
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
            place->detach();
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
    std::condition_variable wake;
    std::deque<Job> queue;
    std::list<std::thread> workers;
    std::size_t idle = 0;
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
    std::list<std::thread> leaving;
    std::deque<Job> dropped;
    {
        const std::lock_guard lock(d->mutex);
        d->closing = true;
        leaving.swap(d->workers);
        dropped.swap(d->queue);
    }
    d->wake.notify_all();
    for (std::thread& worker : leaving) {
        worker.join();
    }
}

bool PgPool::submit(Job job)
{
    {
        const std::lock_guard lock(d->mutex);
        if (d->closing || d->queue.size() >= d->options.maxQueued) {
            return false;
        }
        d->queue.push_back(std::move(job));
        if (d->idle < d->queue.size() && d->workers.size() < d->options.maxThreads) {
            d->hire();
        }
    }
    d->wake.notify_one();
    return true;
}

} // namespace academy
