// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "academy/rest/Query.h"
#include "academy/rest/Schema.h"
#include "academy/rest/SqlText.h"

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

namespace academy {

/// A column or JSON place that is known to exist, or belongs to rows nothing is known about.
struct PlannedField
{
    std::string column; ///< "*" is the whole row
    std::vector<QueryField::Step> path;
    bool isJson = false;
    bool isTextSearch = false;
};

struct PlannedFilter
{
    PlannedField field;
    QueryFilter filter;
};

/// Whether an embedded relation found anything: `rel=is.null`.
struct PlannedPresence
{
    std::size_t embed = 0;
    bool present = true;
};

struct PlannedLogic
{
    bool negated = false;
    bool isAnd = true;
    std::vector<std::variant<PlannedFilter, PlannedPresence, PlannedLogic>> parts;
};

using PlannedCondition = std::variant<PlannedFilter, PlannedPresence, PlannedLogic>;

struct PlannedOrder
{
    std::optional<std::size_t> embed; ///< the column is one that this embed selects
    PlannedField field;
    bool descending = false;
    std::optional<bool> nullsFirst;
};

struct PlannedItem
{
    PlannedField field;
    std::string name; ///< under which it comes out; empty for the whole row
    std::optional<SqlText> cast;
    Aggregate aggregate = Aggregate::None;
    std::optional<SqlText> aggregateCast;
};

struct PlannedEmbed;

/// One relation to read, with everything resolved against the schema. Every relation of a plan has
/// an alias of its own. Owns what is embedded in it.
struct ReadPlan
{
    const Schema::Table* table = nullptr; ///< null for rows of a function
    const std::vector<Schema::Column>* columns = nullptr; ///< null when nothing is known
    std::string alias;
    std::vector<PlannedItem> items;
    std::vector<PlannedCondition> conditions;
    std::vector<PlannedOrder> order;
    std::optional<std::int64_t> limit;
    std::int64_t offset = 0;
    std::vector<std::unique_ptr<PlannedEmbed>> embeds;

    /// True when rows are put together by an aggregate.
    bool isGrouped() const;
};

struct PlannedEmbed
{
    const Schema::Relationship* link = nullptr;
    bool inner = false;
    bool spread = false;
    std::string name; ///< under which it comes out
    std::string alias; ///< of what it found
    std::string junctionAlias;
    std::set<std::string> orderedBy; ///< columns the parent sorts by
    ReadPlan plan;

    bool isToOne() const { return link->isToOne(); }
    /// False for `rel()`, which may be filtered by but is not shown.
    bool isShown() const;
};

/// What a spread embed gives its parent.
struct SpreadColumn
{
    std::string name;
    Aggregate aggregate = Aggregate::None; ///< left to the parent
    std::optional<SqlText> aggregateCast;
};

std::vector<SpreadColumn> spreadColumns(const PlannedEmbed& embed);
/// The names of what a plan puts out, as far as they are known.
std::set<std::string> outputNames(const ReadPlan& plan);

} // namespace academy
