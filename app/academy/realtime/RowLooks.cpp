// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/realtime/RowLooks.h"

#include <libpq-fe.h>
#include <poll.h>

#include <algorithm>
#include <array>
#include <iterator>

namespace academy {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

/// How long the looks of everybody may take together before one is taken for slow.
constexpr auto longestTogether = 1000ms;
/// And those of a slow reader at one table.
constexpr auto longestAlone = 2000ms;
/// After a failure the looks behind it are sent in smaller parts: each failure costs what was sent.
constexpr std::size_t mostAfterFailure = 32;

constexpr std::string_view isUnknownStatement = "26000";
constexpr std::string_view isKnownStatement = "42P05";
constexpr std::string_view isCanceled = "57014";
constexpr std::string_view isLocked = "55P03";

/// Makes the transaction a reader's: role, claims, subject.
constexpr std::string_view prepareBecoming
    = "prepare academy_become(text, text, text) as select set_config('role', $1, true),"
      " set_config('request.jwt.claims', $2, true), set_config('request.jwt.claim.sub', $3, true),"
      " set_config('request.jwt.claim.role', $1, true)";

/// A lock says nothing of a reader's policies, so waiting for one ends earlier.
std::string beginSql(std::chrono::milliseconds atMost)
{
    return "begin read only; set local statement_timeout = " + std::to_string(atMost.count())
        + "; set local lock_timeout = " + std::to_string(atMost.count() / 4) + ';';
}

void endTransaction(PgConnection& connection)
{
    // Whoever uses the connection next finds a failure of this one.
    static_cast<void>(connection.run("rollback"));
}

void cancel(PGconn* pg)
{
    if (PGcancel* const request = PQgetCancel(pg)) {
        std::array<char, 256> reason{};
        // A server that does not take it ends the statement by itself, which takes longer.
        static_cast<void>(PQcancel(request, reason.data(), int(reason.size())));
        PQfreeCancel(request);
    }
}

/// Waits for what was sent and stops it once, at the end of its time.
class Patience
{
public:
    Patience(PGconn* pg, Clock::time_point end) : m_pg(pg), m_end(end) { }
    PGresult* next()
    {
        while (PQisBusy(m_pg) != 0) {
            const auto left = std::chrono::ceil<std::chrono::milliseconds>(m_end - Clock::now());
            pollfd socket{PQsocket(m_pg), POLLIN, 0};
            if (poll(&socket, 1, m_isOver ? -1 : std::max(0, int(left.count()))) == 0) {
                m_isOver = true;
                cancel(m_pg);
            } else if (PQconsumeInput(m_pg) != 1) {
                break;
            }
        }
        return PQgetResult(m_pg);
    }

private:
    PGconn* m_pg;
    Clock::time_point m_end;
    bool m_isOver = false;
};

/// The SQLSTATE of why a statement could not be prepared, or nothing.
std::string prepared(PgConnection& connection, std::string_view statement)
{
    const PgResult result
        = connection.run(beginSql(longestTogether) + std::string(statement) + "; rollback");
    if (result.ok()) {
        return {};
    }
    std::string failure = result.error().sqlState;
    endTransaction(connection);
    return failure == isKnownStatement ? std::string() : failure;
}

} // namespace

bool isNoAnswer(std::string_view sqlState)
{
    static constexpr std::string_view classes[] = {"08", "26", "40", "53", "55", "57", "58", "XX"};
    return std::find(std::begin(classes), std::end(classes), sqlState.substr(0, 2))
        != std::end(classes);
}

RowLooks::Place RowLooks::add(const RowLook& row, const Reader& reader, std::string_view subject)
{
    const auto [known, isNew] = m_places.try_emplace(reader, m_readers.size());
    if (isNew) {
        m_readers.push_back({reader, subject, {}});
    }
    std::vector<Look>& looks = m_readers[known->second].looks;
    if (looks.empty() || looks.back().row != &row) {
        looks.push_back({&row, known->second});
        ++m_size;
    }
    return {known->second, looks.size() - 1};
}

RowLooks::Slow::value_type RowLooks::key(const Look& look) const
{
    return {m_readers[look.reader].reader, look.row->prepare};
}

void RowLooks::look(PgConnection& connection, Slow& slow, Clock::time_point end)
{
    std::vector<Look*> together;
    together.reserve(m_size);
    for (OfReader& reader : m_readers) {
        for (Look& look : reader.looks) {
            if (slow.empty() || !slow.contains(key(look))) {
                together.push_back(&look);
            }
        }
    }
    lookTogether(connection, std::move(together), slow, end);
    if (slow.empty()) {
        return;
    }
    std::map<Slow::value_type, std::vector<Look*>> alone;
    for (OfReader& reader : m_readers) {
        for (Look& look : reader.looks) {
            if (look.sight == Sight::Unknown && slow.contains(key(look))) {
                alone[key(look)].push_back(&look);
            }
        }
    }
    for (const auto& [who, looks] : alone) {
        lookAlone(connection, looks, end);
    }
}

void RowLooks::lookTogether(
    PgConnection& connection, std::vector<Look*> looks, Slow& slow, Clock::time_point end)
{
    std::size_t most = looks.size();
    std::size_t next = 0;
    const Look* preparedFor = nullptr;
    // Those that follow and are like the one that failed in some way are left out of this attempt.
    const auto leaveOut = [&looks, &next](const auto& isAlike) {
        looks.erase(std::remove_if(looks.begin() + std::ptrdiff_t(next), looks.end(), isAlike),
            looks.end());
    };
    while (next < looks.size() && connection.isOpen() && Clock::now() < end) {
        const std::span<Look* const> part
            = std::span(looks).subspan(next, std::min(most, looks.size() - next));
        const Outcome outcome = attempt(connection, part, longestTogether);
        next += outcome.answered;
        if (outcome.failure.empty() || outcome.answered == part.size()) {
            continue;
        }
        most = mostAfterFailure;
        Look& failed = *looks[next];
        if (outcome.failure == isUnknownStatement && preparedFor != &failed) {
            preparedFor = &failed;
            static_cast<void>(prepared(connection, prepareBecoming));
            std::set<std::string_view> statements;
            for (const Look* const look : part) {
                statements.insert(look->row->prepare);
            }
            most = looks.size();
            for (const std::string_view statement : statements) {
                const std::string failure = prepared(connection, statement);
                if (!failure.empty()) {
                    const Sight sight = isNoAnswer(failure) ? Sight::Unknown : Sight::Hidden;
                    leaveOut([statement, sight](Look* look) {
                        const bool isOfIt = look->row->prepare == statement;
                        look->sight = isOfIt ? sight : look->sight;
                        return isOfIt;
                    });
                }
            }
        } else if (outcome.tookTooLong) {
            const auto who = key(failed);
            slow.insert(who);
            leaveOut([this, &who](const Look* look) { return key(*look) == who; });
        } else if (outcome.failure == isLocked) {
            const std::string_view table = failed.row->prepare;
            leaveOut([table](const Look* look) { return look->row->prepare == table; });
        } else {
            failed.sight = isNoAnswer(outcome.failure) ? Sight::Unknown : Sight::Hidden;
            ++next;
        }
    }
}

void RowLooks::lookAlone(
    PgConnection& connection, std::span<Look* const> looks, Clock::time_point end) const
{
    const auto settleAll = [&looks](Sight sight) {
        for (Look* const look : looks) {
            look->sight = sight;
        }
    };
    static_cast<void>(prepared(connection, prepareBecoming));
    if (const auto failure = prepared(connection, looks.front()->row->prepare); !failure.empty()) {
        settleAll(isNoAnswer(failure) ? Sight::Unknown : Sight::Hidden);
        return;
    }
    std::chrono::milliseconds left = longestAlone;
    while (!looks.empty() && connection.isOpen() && Clock::now() < end) {
        const auto began = Clock::now();
        const Outcome outcome = attempt(connection, looks, left);
        left -= std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - began);
        looks = looks.subspan(outcome.answered);
        if (looks.empty()) {
            return;
        }
        if (outcome.tookTooLong || left < 1ms) {
            settleAll(Sight::TooSlow);
            return;
        }
        if (!outcome.failure.empty()) {
            looks.front()->sight = isNoAnswer(outcome.failure) ? Sight::Unknown : Sight::Hidden;
            looks = looks.subspan(1);
        }
    }
}

RowLooks::Outcome RowLooks::attempt(
    PgConnection& connection, std::span<Look* const> looks, std::chrono::milliseconds atMost) const
{
    std::string sql = beginSql(atMost);
    // What each result that has rows is about: nothing for the reader's settings.
    std::vector<Look*> answers;
    const OfReader* current = nullptr;
    for (Look* const look : looks) {
        const OfReader& reader = m_readers[look->reader];
        if (current != &reader) {
            current = &reader;
            sql += "execute academy_become(" + connection.quotedLiteral(reader.reader.first) + ", "
                + connection.quotedLiteral(reader.reader.second) + ", "
                + connection.quotedLiteral(reader.subject) + ");";
            answers.push_back(nullptr);
        }
        sql += look->row->execute;
        answers.push_back(look);
    }
    sql += "rollback;";
    Outcome outcome;
    const auto began = Clock::now();
    PGconn* const pg = connection.native();
    if (pg == nullptr || PQsendQuery(pg, sql.c_str()) != 1) {
        outcome.failure = "08006";
        return outcome;
    }
    std::size_t results = 0;
    Patience patience(pg, began + atMost);
    while (PGresult* const result = patience.next()) {
        const ExecStatusType status = PQresultStatus(result);
        if (status == PGRES_TUPLES_OK) {
            if (Look* const look = answers[results++]) {
                look->sight = PQntuples(result) > 0 ? Sight::Seen : Sight::Hidden;
                ++outcome.answered;
            }
        } else if (status != PGRES_COMMAND_OK) {
            const char* const state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
            outcome.failure = state == nullptr ? "08006" : state;
        }
        PQclear(result);
    }
    if (!outcome.failure.empty()) {
        outcome.tookTooLong = outcome.failure == isCanceled && Clock::now() - began >= atMost;
        endTransaction(connection);
    }
    return outcome;
}

} // namespace academy
