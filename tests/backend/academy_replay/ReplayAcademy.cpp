// SPDX-License-Identifier: GPL-3.0-or-later
#include "ReplayAcademy.h"

#include "academy/auth/KeyFile.h"

WallTime SettableClock::wall() const
{
    return SystemClock().wall() + std::chrono::microseconds(m_ahead);
}

MonotonicTime SettableClock::monotonic() const
{
    return SystemClock().monotonic();
}

void SettableClock::set(WallTime now)
{
    m_ahead
        = std::chrono::duration_cast<std::chrono::microseconds>(now - SystemClock().wall()).count();
}

ReplayAcademy::ReplayAcademy(const std::string& conninfo, academy::RealtimeOptions options)
    : m_keys(academy::KeyFile::developmentKeys())
{
    m_pool.emplace(academy::PgPoolOptions{.conninfo = conninfo, .threads = 2, .maxThreads = 8});
    options.replicationConninfo = conninfo;
    m_service.emplace(m_io, *m_pool, m_keys, m_clock, std::move(options));
    m_service->attach(m_server);
    const auto port = m_server.listen("127.0.0.1", 0);
    m_port = port.ok() ? *port : 0;
    m_server.start();
    for (int i = 0; i < 2; ++i) {
        m_threads.emplace_back([this] { m_io.run(); });
    }
    m_service->start();
}

ReplayAcademy::~ReplayAcademy()
{
    stop();
    m_pool->stop();
    m_work.reset();
    m_io.stop();
    for (std::thread& thread : m_threads) {
        thread.join();
    }
}

void ReplayAcademy::stop()
{
    if (std::exchange(m_isRunning, false)) {
        m_server.stop();
        m_service->stop();
    }
}
