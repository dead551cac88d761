// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "academy/postgres/Pg.h"

#include <chrono>
#include <string>

namespace academy {

/// Questions to the database that clients had a hand in, such as the conditions of their filters:
/// asked as a role of the clients', read-only, each for a second at most and all of one client for
/// two. Begins a transaction with the first question and rolls it back in the end, or when a
/// question failed. For one thread, on a connection outside any transaction.
class ConfinedReading final
{
public:
    explicit ConfinedReading(PgConnection& connection) : m_connection(connection) { }
    ~ConfinedReading();
    ConfinedReading(const ConfinedReading&) = delete;
    ConfinedReading& operator=(const ConfinedReading&) = delete;

    /// SQLSTATE 57014 when there was no time left.
    PgResult ask(const std::string& role, const std::string& sql, const PgParams& params);

    /// What is asked from here on is another client's, and has its own two seconds.
    void beginAnother() { m_spent = {}; }

private:
    PgResult enter(const std::string& role, std::chrono::milliseconds atMost);
    void leave();

    PgConnection& m_connection;
    std::chrono::steady_clock::duration m_spent{};
    std::chrono::milliseconds m_atMost{}; ///< as the transaction has it
    std::string m_role;
    bool m_isInside = false;
};

} // namespace academy
