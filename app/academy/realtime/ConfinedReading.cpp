// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/realtime/ConfinedReading.h"

#include <algorithm>
#include <utility>

namespace academy {
namespace {

using namespace std::chrono_literals;

constexpr auto longestQuestion = 1000ms;
constexpr auto isCanceled = "57014";

} // namespace

ConfinedReading::~ConfinedReading()
{
    leave();
}

PgResult ConfinedReading::ask(
    ReadingTime& time, const std::string& role, const std::string& sql, const PgParams& params)
{
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(time.left);
    m_tookTooLong = left < 1ms;
    if (m_tookTooLong) {
        return PgResult(
            PgError{isCanceled, "canceling statement due to statement timeout", {}, {}, {}});
    }
    const auto atMost = std::min<std::chrono::milliseconds>(left, longestQuestion);
    const auto began = std::chrono::steady_clock::now();
    PgResult answer = enter(role, atMost);
    if (answer.ok()) {
        answer = m_connection.run(sql, params);
    }
    const auto took = std::chrono::steady_clock::now() - began;
    time.left -= took;
    if (!answer.ok()) {
        m_tookTooLong = answer.error().sqlState == isCanceled && took >= atMost;
        leave();
    }
    return answer;
}

PgResult ConfinedReading::enter(const std::string& role, std::chrono::milliseconds atMost)
{
    if (m_isInside && role == m_role && atMost == m_atMost) {
        return {};
    }
    std::string sql = m_isInside ? "" : "begin read only;";
    sql += "set local statement_timeout = " + std::to_string(atMost.count())
        + "; select set_config('role', " + m_connection.quotedLiteral(role) + ", true)";
    m_isInside = true;
    m_role = role;
    m_atMost = atMost;
    return m_connection.run(sql);
}

void ConfinedReading::leave()
{
    if (std::exchange(m_isInside, false)) {
        // Whoever uses the connection next finds a failure of this one.
        static_cast<void>(m_connection.run("rollback"));
    }
}

} // namespace academy
