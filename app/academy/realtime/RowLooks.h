// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "academy/postgres/Pg.h"

#include <chrono>
#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace academy {

/// Role and claims of an audience that outlives it: everybody with the same sees the same rows.
using Reader = std::pair<std::string_view, std::string_view>;

/// Looks for one row. The statement is prepared once per connection: planning a table's policies
/// costs more than asking them.
struct RowLook
{
    std::string prepare; ///< the same for all rows of a table
    std::string execute; ///< empty when the row cannot be named
};

/// Whether a failure says nothing about the question itself: the database was busy, stopped, away
/// or without the statement. Any other is a policy's or condition's own.
bool isNoAnswer(std::string_view sqlState);

/// Looks at rows as their readers, all of them in as few round trips as possible, and says which
/// are seen. A policy that fails for one reader or row hides no other. A reader whose policies are
/// slow is found out and asked alone, after everybody else and for two seconds per table; whoever
/// was too slow twice in this way gets no third chance. Rows and readers must outlive it. For one
/// thread, on a connection outside any transaction.
class RowLooks final
{
public:
    enum class Sight {
        Unknown, ///< not answered: it may be asked again
        Seen,
        Hidden, ///< also when a policy failed
        TooSlow
    };
    struct Place
    {
        std::size_t reader = 0;
        std::size_t look = 0;
    };
    /// Readers with the statements that are slow for them, known from one attempt to the next.
    using Slow = std::set<std::pair<Reader, std::string_view>>;

    /// Where the answer will be. Adding the same row and reader again at once adds nothing.
    Place add(const RowLook& row, const Reader& reader, std::string_view subject);
    std::size_t size() const { return m_size; }
    /// Asks; begins nothing after `end`.
    void look(PgConnection& connection, Slow& slow, std::chrono::steady_clock::time_point end);
    Sight at(Place place) const { return m_readers[place.reader].looks[place.look].sight; }

private:
    struct Look
    {
        const RowLook* row = nullptr;
        std::size_t reader = 0;
        Sight sight = Sight::Unknown;
    };
    /// All rows that are looked at as one reader.
    struct OfReader
    {
        Reader reader;
        std::string_view subject;
        std::vector<Look> looks;
    };
    /// How far some looks came: the first that was not answered has the failure.
    struct Outcome
    {
        std::size_t answered = 0;
        std::string failure; ///< its SQLSTATE, or empty
        bool tookTooLong = false;
    };

    Slow::value_type key(const Look& look) const;
    void lookTogether(PgConnection& connection, std::vector<Look*> looks, Slow& slow,
        std::chrono::steady_clock::time_point end);
    void lookAlone(PgConnection& connection, std::span<Look* const> looks,
        std::chrono::steady_clock::time_point end) const;
    Outcome attempt(PgConnection& connection, std::span<Look* const> looks,
        std::chrono::milliseconds atMost) const;

    std::map<Reader, std::size_t> m_places;
    std::vector<OfReader> m_readers;
    std::size_t m_size = 0;
};

} // namespace academy
