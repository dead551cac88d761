// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "academy/realtime/PgOutput.h"

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace academy {

/// One condition of a postgres_changes filter: `column=[not.]operator.value`.
struct Condition
{
    enum class Operator {
        Eq,
        Neq,
        Lt,
        Lte,
        Gt,
        Gte,
        In,
        Like,
        Ilike,
        Is,
        Match,
        Imatch,
        IsDistinct
    };

    std::string column;
    bool negated = false;
    Operator op = Operator::Eq;
    /// One value, or the list of `in`. After validation in PostgreSQL's canonical text form.
    std::vector<std::string> values;
    /// Set by validation: the column's type, and its name as SQL.
    pgoutput::Oid type = 0;
    std::string sqlType;
};

/// The conditions of a filter text, all of which must hold, or why the text cannot be understood.
/// Grammar and wording: supabase-protocol.md A8, realtime-recordings.md.
std::variant<std::vector<Condition>, std::string> parseFilter(std::string_view text);

/// The name of an operator as it is written in a filter.
std::string_view operatorName(Condition::Operator op);

/// What a condition says about one value.
enum class Verdict {
    No,
    Yes,
    AskDatabase ///< depends on collation, pattern or type rules that only PostgreSQL knows
};

/// Decides a validated condition for a column's value; a value the log does not carry counts as
/// null. Pure.
Verdict evaluate(const Condition& condition, const pgoutput::Cell& cell);

/// The condition as an SQL expression over `$1` (the column's text) whose literals are bound from
/// `$2` on, in the order of `values`.
std::string conditionSql(const Condition& condition);

} // namespace academy
