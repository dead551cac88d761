// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/rest/FilterParser.h"

#include "academy/rest/RestError.h"

#include <algorithm>
#include <array>

namespace academy {

namespace {

constexpr std::array operators{"eq", "neq", "gt", "gte", "lt", "lte", "like", "ilike", "match",
    "imatch", "in", "is", "isdistinct", "cs", "cd", "ov", "sl", "sr", "nxr", "nxl", "adj", "fts",
    "plfts", "phfts", "wfts"};
constexpr std::array quantified{"eq", "gt", "gte", "lt", "lte", "like", "ilike", "match", "imatch"};
constexpr std::array truths{"null", "not_null", "true", "false", "unknown"};

template <typename List> bool holds(const List& list, const std::string& word)
{
    return std::ranges::find(list, word) != list.end();
}

/// `not.` and the operator with its argument, up to the dot before the operand.
void readOperator(QueryReader& in, QueryFilter& filter)
{
    while (in.take("not.")) {
        filter.negated = !filter.negated;
    }
    QueryReader ahead = in;
    filter.op = ahead.until(".(");
    if (!holds(operators, filter.op)) {
        in.fail(filter.negated ? "operator (eq, gt, ...)" : "\"not\" or operator (eq, gt, ...)");
    }
    in = ahead;
    if (in.take("(")) {
        const std::string argument = in.until(")");
        in.expect(')');
        if (argument == "any" && holds(quantified, filter.op)) {
            filter.quantifier = QueryFilter::Quantifier::Any;
        } else if (argument == "all" && holds(quantified, filter.op)) {
            filter.quantifier = QueryFilter::Quantifier::All;
        } else if (filter.op.ends_with("fts") && !argument.empty()) {
            filter.language = argument;
        } else {
            in.fail("an argument that goes with the operator " + filter.op);
        }
    }
    in.expect('.');
}

void understandTruth(const QueryReader& in, QueryFilter& filter)
{
    if (filter.op != "is") {
        return;
    }
    std::ranges::transform(filter.operand, filter.operand.begin(),
        [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    if (!holds(truths, filter.operand)) {
        in.fail("isVal: (null, not_null, true, false, unknown)");
    }
}

QueryLogic readLogic(QueryReader& in, bool isAnd, bool negated, int depth);

QueryCondition readPart(QueryReader& in, int depth)
{
    in.skipSpace();
    bool negated = false;
    while (in.take("not.")) {
        negated = !negated;
    }
    for (const std::string_view word : {"and", "or"}) {
        QueryReader ahead = in;
        if (ahead.take(word) && ahead.peek() == '(') {
            in = ahead;
            return readLogic(in, word == "and", negated, depth + 1);
        }
    }
    QueryFilter filter;
    filter.negated = negated;
    if (!negated && std::string_view("(),.").find(in.peek()) != std::string_view::npos) {
        in.fail(
            "field name (* or [a..z0..9_$]), negation operator (not) or logic operator (and, or)");
    }
    filter.field = in.field();
    in.expect('.');
    readOperator(in, filter);
    if (filter.op == "in") {
        filter.operands = in.list();
    } else if (in.peek() == '{') {
        filter.operand = in.braced();
    } else {
        filter.operand = in.element();
    }
    understandTruth(in, filter);
    return filter;
}

QueryLogic readLogic(QueryReader& in, bool isAnd, bool negated, int depth)
{
    if (depth > deepestNesting) {
        in.fail("conditions that are nested less deeply");
    }
    QueryLogic logic{negated, isAnd, {}};
    in.expect('(');
    do {
        logic.parts.push_back(readPart(in, depth));
        in.skipSpace();
    } while (in.take(","));
    in.expect(')');
    return logic;
}

} // namespace

QueryFilter parseFilter(QueryField field, const std::string& value)
{
    QueryReader in(value, "filter (" + value + ")");
    QueryFilter filter;
    filter.field = std::move(field);
    readOperator(in, filter);
    if (filter.op == "in") {
        filter.operands = in.list();
        in.expectEnd();
    } else {
        filter.operand = in.rest();
    }
    understandTruth(in, filter);
    return filter;
}

bool isFilter(const std::string& value)
{
    // Only what begins like a condition is worth the attempt.
    if (value.find('.') == std::string::npos) {
        return false;
    }
    try {
        parseFilter({}, value);
        return true;
    } catch (const RestError&) {
        return false;
    }
}

QueryLogic parseLogic(const std::string& value, bool isAnd, bool negated)
{
    const std::size_t word = (negated ? 4U : 0U) + (isAnd ? 3U : 2U);
    QueryReader in(value, "logic tree (" + value + ")", word);
    in.skipSpace();
    QueryLogic logic = readLogic(in, isAnd, negated, 0);
    in.skipSpace();
    in.expectEnd();
    return logic;
}

} // namespace academy
