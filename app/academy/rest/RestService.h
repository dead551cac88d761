// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "academy/auth/Keys.h"
#include "academy/http/Server.h"
#include "academy/postgres/PgPool.h"
#include "academy/rest/Schema.h"
#include "base/Clock.h"
#include "base/Result.h"

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

namespace academy {

/// The REST half of the academy below /rest/v1: tables, views and functions of the schema `public`,
/// as PostgREST offers them, and of further schemas that `pgrst.db_schemas` names. Every request is
/// one transaction on the pool, as the caller's role with the caller's claims; the database's own
/// rules decide everything. The answer's JSON is made in SQL, so numbers stay exact. Source:
/// supabase-protocol.md B.
class RestService final
{
public:
    /// `listenConninfo` serves one connection of the service's own that hears of schema changes.
    RestService(PgPool& pool, const Keys& keys, const Clock& clock, std::string listenConninfo);
    ~RestService();
    RestService(const RestService&) = delete;
    RestService& operator=(const RestService&) = delete;

    /// Registers "/rest/v1"; before Server::start().
    void attach(Server& server);
    /// Reads the schema and begins to listen for `NOTIFY pgrst`; blocking.
    Result<void> start();
    void stop();

private:
    void listen();
    std::shared_ptr<const Schema> schema() const;
    std::shared_ptr<const Schema> reread(PgConnection& connection);
    Response answer(const Request& request, PgConnection& connection);
    Response answerOptions(const Request& request) const;
    Response run(const Request& request, PgConnection& connection, const Schema& known) const;

    PgPool& m_pool;
    const Keys& m_keys;
    const Clock& m_clock;
    const std::string m_listenConninfo;
    mutable std::mutex m_mutex;
    std::shared_ptr<const Schema> m_schema;
    MonotonicTime m_readAt{};
    std::atomic<bool> m_stopping = false;
    std::condition_variable m_wake;
    std::thread m_listener;
};

} // namespace academy
