// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace academy {

/// A column, or a place inside a JSON column: `data->address->>city`.
struct QueryField
{
    struct Step
    {
        std::string key;
        bool asText = false; ///< "->>" instead of "->"
        bool isIndex = false;
    };
    std::string column;
    std::vector<Step> path;
};

/// One condition: `age=not.gte.18`.
struct QueryFilter
{
    enum class Quantifier { None, Any, All };

    QueryField field;
    bool negated = false;
    std::string op;
    Quantifier quantifier = Quantifier::None;
    std::string language; ///< of a full-text operator
    std::string operand; ///< not for `in`; in lower case for `is`
    std::vector<std::string> operands; ///< of `in`
};

/// Conditions joined by and/or, nested freely.
struct QueryLogic
{
    bool negated = false;
    bool isAnd = true;
    std::vector<std::variant<QueryFilter, QueryLogic>> parts;
};

using QueryCondition = std::variant<QueryFilter, QueryLogic>;

struct QueryOrder
{
    std::string relation; ///< set when the column belongs to an embedded relation
    QueryField field;
    bool descending = false;
    std::optional<bool> nullsFirst;
};

struct QueryEmbed;

enum class Aggregate { None, Count, Sum, Avg, Max, Min };

/// One entry of `select`: a column with alias, cast and aggregate, or an embedded relation.
struct QueryItem
{
    QueryField field; ///< column "*" selects everything, and is what count() counts
    std::string alias;
    std::string cast;
    Aggregate aggregate = Aggregate::None;
    std::string aggregateCast;
    std::shared_ptr<QueryEmbed> embed; ///< set for a relation
};

/// What is read from one relation: the root of a request, or an embedded one.
struct QueryNode
{
    std::vector<QueryItem> items; ///< empty means everything at the root, nothing in an embed
    std::vector<QueryCondition> conditions;
    std::vector<QueryOrder> order;
    std::optional<std::int64_t> limit;
    std::optional<std::int64_t> offset;
};

struct QueryEmbed
{
    std::string relation;
    std::string hint;
    bool inner = false;
    bool spread = false;
    QueryNode node;
};

/// A request's query string, parsed. Source: supabase-protocol.md B2.
struct Query
{
    using Pairs = std::vector<std::pair<std::string, std::string>>;

    QueryNode root;
    std::optional<std::vector<std::string>> columns; ///< `columns=`
    std::vector<std::string> onConflict; ///< `on_conflict=`
    Pairs arguments; ///< of a function: parameters that are no filters
    bool hasFilters = false;

    enum class Purpose { Table, FunctionRead };

    /// Throws RestError (PGRST100, PGRST103, PGRST108) for what cannot be understood. When a
    /// function is read, parameters without an operator are its arguments.
    static Query parse(const Pairs& parameters, Purpose purpose = Purpose::Table);
};

} // namespace academy
