// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "academy/realtime/ChangeFilter.h"
#include "academy/realtime/PgOutput.h"
#include "academy/realtime/PgTypes.h"
#include "academy/realtime/TableCatalog.h"
#include "academy/realtime/TokenVerifier.h"

#include <compare>
#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace academy {

/// One committed row change as the log reports it.
struct Change
{
    enum class Kind { Insert, Update, Delete };

    Kind kind = Kind::Insert;
    std::shared_ptr<const pgoutput::Relation> relation;
    std::optional<pgoutput::Row> row; ///< the new row; absent for Delete
    std::optional<pgoutput::Row> oldRow; ///< what the log holds of the old row
    pgoutput::PgTime commitTime = 0;

    /// "INSERT", "UPDATE" or "DELETE".
    std::string_view kindName() const;
    /// The row filters look at: the new one, for Delete the old one.
    const pgoutput::Row& image() const { return row ? *row : *oldRow; }
    /// A column of image(), taken from the old row when the update did not touch a long value.
    const pgoutput::Cell& cell(std::size_t column) const;
};
using ChangePtr = std::shared_ptr<const Change>;

/// Those to whom a change looks the same: one role, one set of claims, one choice of columns.
struct Audience
{
    std::string role;
    std::string claims; ///< as policies see them
    std::string subject; ///< what the claims say of it
    std::optional<std::set<std::string>> select;

    auto operator<=>(const Audience&) const = default;
};
using AudiencePtr = std::shared_ptr<const Audience>;

/// One binding of one channel after its check: what it wants to hear about and on whose behalf.
struct Subscription
{
    std::uint64_t channel = 0;
    std::uint64_t asker = 0; ///< the socket, whose filters share their time
    std::int64_t binding = 0; ///< the id the client knows it by
    std::string event; ///< "*", "INSERT", "UPDATE" or "DELETE"
    std::string schema; ///< or "*"
    std::string table; ///< or "*"
    std::vector<Condition> conditions;
    AudiencePtr audience; ///< the same object for equal ones, once the feed has it

    /// What can be said without the database: the event, the table and the plain conditions.
    Verdict wants(const Change& change) const;
    bool listensTo(std::string_view changedSchema, std::string_view changedTable) const;
};
using SubscriptionPtr = std::shared_ptr<const Subscription>;

/// How one reader may see a change.
struct ChangeView
{
    const TableFacts& facts;
    const PgTypes& types;
    const std::set<std::string>& readable;
    const std::set<std::string>* select = nullptr; ///< nullptr = every column
    std::size_t recordBytes = 0; ///< larger records lose their long values
};

/// The `data` object of a postgres_changes message. Source: supabase-protocol.md A7, A10.
std::string changeData(const Change& change, const ChangeView& view);
/// The `data` object that says only that something happened and why it cannot be shown.
std::string changeRefusal(const Change& change, std::string_view error);

} // namespace academy
