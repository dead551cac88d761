// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "academy/realtime/RealtimeService.h"
#include "support/PgSession.h"
#include "support/PostgresFixture.h"

#include <boost/asio/executor_work_guard.hpp>

#include <atomic>
#include <memory>
#include <optional>
#include <thread>
#include <vector>

/// A clock that can be set and then goes on by itself.
class SettableClock final : public Clock
{
public:
    WallTime wall() const override;
    MonotonicTime monotonic() const override;
    void set(WallTime now);

private:
    std::atomic<std::int64_t> m_ahead{0}; ///< microseconds before the system's clock
};

/// The realtime service of an academy on a real port and a real PostgreSQL, with a clock of the
/// test's and the development keys, started afresh for each conversation.
class ReplayAcademy final
{
public:
    ReplayAcademy(const std::string& conninfo, academy::RealtimeOptions options);
    ~ReplayAcademy();
    ReplayAcademy(const ReplayAcademy&) = delete;
    ReplayAcademy& operator=(const ReplayAcademy&) = delete;

    /// What SIGTERM does.
    void stop();

    std::uint16_t port() const { return m_port; }
    const academy::Keys& keys() const { return m_keys; }
    SettableClock& clock() { return m_clock; }
    boost::asio::io_context& io() { return m_io; }
    academy::RealtimeService& service() { return *m_service; }

private:
    boost::asio::io_context m_io;
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> m_work{
        m_io.get_executor()};
    SettableClock m_clock;
    academy::Keys m_keys;
    std::optional<academy::PgPool> m_pool;
    academy::Server m_server{m_io};
    std::optional<academy::RealtimeService> m_service;
    std::uint16_t m_port = 0;
    bool m_isRunning = true;
    std::vector<std::thread> m_threads;
};
