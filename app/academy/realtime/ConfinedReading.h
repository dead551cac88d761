// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "academy/postgres/Pg.h"

#include <chrono>
#include <string>

namespace academy {

/// What is left of the two seconds that one client's questions may take altogether.
struct ReadingTime
{
    std::chrono::steady_clock::duration left = std::chrono::seconds(2);
};

/// Questions to the database that clients had a hand in, such as the conditions of their filters:
/// asked as a role of the clients', read-only, each for a second at most and all of one client for
/// the time it has. Begins a transaction with the first question and rolls it back in the end, or
/// when a question failed. For one thread, on a connection outside any transaction; nothing else is
/// asked on it meanwhile.
class ConfinedReading final
{
public:
    explicit ConfinedReading(PgConnection& connection) : m_connection(connection) { }
    ~ConfinedReading();
    ConfinedReading(const ConfinedReading&) = delete;
    ConfinedReading& operator=(const ConfinedReading&) = delete;

    /// Takes from the client's time. SQLSTATE 57014 when there was none left.
    PgResult ask(
        ReadingTime& time, const std::string& role, const std::string& sql, const PgParams& params);
    /// Whether the last question ended because it had used its time up, and not because somebody
    /// else stopped it.
    bool tookTooLong() const { return m_tookTooLong; }

private:
    PgResult enter(const std::string& role, std::chrono::milliseconds atMost);
    void leave();

    PgConnection& m_connection;
    std::chrono::milliseconds m_atMost{}; ///< as the transaction has it
    std::string m_role;
    bool m_isInside = false;
    bool m_tookTooLong = false;
};

} // namespace academy
