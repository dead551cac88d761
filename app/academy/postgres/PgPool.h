// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "academy/postgres/Pg.h"

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>

namespace academy {

/// How many threads and connections a pool may use.
struct PgPoolOptions
{
    std::string conninfo;
    std::size_t threads = 8; ///< always ready
    std::size_t maxThreads = 24; ///< grows to this while every thread is busy
    std::size_t maxQueued = 2048;
    std::chrono::seconds idle{30}; ///< how long a thread beyond `threads` stays without work
};

/// Worker threads, each with a connection of its own, that run database jobs in the order they were
/// submitted. A job finds the connection outside any transaction and must leave it so; whatever it
/// leaves open is rolled back. A lost connection is opened again before the next job; a job that
/// still gets a closed one sees SQLSTATE 08006. Of those that rest, who worked last is called first.
/// Thread-safe.
class PgPool final
{
public:
    using Job = std::function<void(PgConnection&)>;

    explicit PgPool(PgPoolOptions options);
    ~PgPool();
    PgPool(const PgPool&) = delete;
    PgPool& operator=(const PgPool&) = delete;

    /// False when too many jobs wait already; the job is then not kept.
    [[nodiscard]] bool submit(Job job);
    /// Lets what is running come to its end and drops what is queued; nothing is taken afterwards.
    /// What jobs refer to must live until it returns.
    void stop();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace academy
