// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/realtime/ChangeFilter.h"

#include "academy/http/Message.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <compare>

namespace academy {
namespace {

struct OperatorWords
{
    Condition::Operator op;
    std::string_view name; ///< in a filter
    std::string_view sql;
};

constexpr std::array<OperatorWords, 13> operators{{
    {Condition::Operator::Eq, "eq", "="},
    {Condition::Operator::Neq, "neq", "<>"},
    {Condition::Operator::Lt, "lt", "<"},
    {Condition::Operator::Lte, "lte", "<="},
    {Condition::Operator::Gt, "gt", ">"},
    {Condition::Operator::Gte, "gte", ">="},
    {Condition::Operator::In, "in", "in"},
    {Condition::Operator::Like, "like", "like"},
    {Condition::Operator::Ilike, "ilike", "ilike"},
    {Condition::Operator::Is, "is", "is not distinct from"},
    {Condition::Operator::Match, "match", "~"},
    {Condition::Operator::Imatch, "imatch", "~*"},
    {Condition::Operator::IsDistinct, "isdistinct", "is distinct from"},
}};

const OperatorWords& wordsOf(Condition::Operator op)
{
    return *std::find_if(
        operators.begin(), operators.end(), [op](const auto& entry) { return entry.op == op; });
}

std::string_view trimmed(std::string_view text)
{
    const std::size_t start = text.find_first_not_of(" \t");
    if (start == std::string_view::npos) {
        return {};
    }
    return text.substr(start, text.find_last_not_of(" \t") - start + 1);
}

/// Splits at commas that stand outside quotes and parentheses.
std::vector<std::string_view> splitList(std::string_view text)
{
    std::vector<std::string_view> parts;
    std::size_t start = 0;
    int depth = 0;
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '\\' && quoted) {
            ++i;
        } else if (c == '"') {
            quoted = !quoted;
        } else if (quoted) {
            continue;
        } else if (c == '(') {
            ++depth;
        } else if (c == ')') {
            --depth;
        } else if (c == ',' && depth <= 0) {
            parts.push_back(text.substr(start, i - start));
            start = i + 1;
        }
    }
    parts.push_back(text.substr(start));
    return parts;
}

/// `"a,\"b"` becomes a,"b; text without quotes stays.
std::string withoutQuotes(std::string_view text)
{
    if (text.size() < 2 || text.front() != '"' || text.back() != '"') {
        return std::string(text);
    }
    std::string out;
    const std::string_view inner = text.substr(1, text.size() - 2);
    for (std::size_t i = 0; i < inner.size(); ++i) {
        if (inner[i] == '\\' && i + 1 < inner.size()) {
            ++i;
        }
        out.push_back(inner[i]);
    }
    return out;
}

std::string parseError(std::string_view op, std::string_view value)
{
    return "Error parsing `filter` params: [" + jsonQuoted(op) + ", " + jsonQuoted(value) + "]";
}

std::variant<Condition, std::string> parseCondition(std::string_view text)
{
    const std::size_t equals = text.find('=');
    if (equals == std::string_view::npos || trimmed(text.substr(0, equals)).empty()) {
        return "Error parsing `filter` params: [" + jsonQuoted(text) + "]";
    }
    Condition condition;
    condition.column = withoutQuotes(trimmed(text.substr(0, equals)));
    std::string_view rest = text.substr(equals + 1);
    if (rest.starts_with("not.")) {
        condition.negated = true;
        rest.remove_prefix(4);
    }
    const std::size_t dot = rest.find('.');
    if (dot == std::string_view::npos) {
        return "Error parsing `filter` params: [" + jsonQuoted(rest) + "]";
    }
    const std::string_view op = rest.substr(0, dot);
    const std::string_view value = rest.substr(dot + 1);
    const auto known = std::find_if(
        operators.begin(), operators.end(), [op](const auto& entry) { return entry.name == op; });
    if (known == operators.end()) {
        return parseError(op, value);
    }
    condition.op = known->op;
    if (condition.op != Condition::Operator::In) {
        condition.values.push_back(withoutQuotes(value));
        return condition;
    }
    const std::string_view list = trimmed(value);
    if (!list.starts_with('(') || !list.ends_with(')')) {
        return parseError(op, value);
    }
    const std::string_view inner = list.substr(1, list.size() - 2);
    if (!trimmed(inner).empty()) {
        for (const std::string_view item : splitList(inner)) {
            condition.values.push_back(withoutQuotes(trimmed(item)));
        }
    }
    return condition;
}

/// Types whose canonical texts are equal exactly when the values are.
bool equalsByText(pgoutput::Oid type)
{
    constexpr std::array<pgoutput::Oid, 12> types{
        16, 18, 19, 20, 21, 23, 25, 26, 1043, 1082, 1114, 2950};
    return std::find(types.begin(), types.end(), type) != types.end();
}

bool isInteger(pgoutput::Oid type)
{
    return type == 20 || type == 21 || type == 23;
}

std::int64_t integer(std::string_view text)
{
    std::int64_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

Verdict when(bool holds)
{
    return holds ? Verdict::Yes : Verdict::No;
}

Verdict evaluateIs(const Condition& condition, const pgoutput::Cell& cell)
{
    const bool isNull = cell.kind != pgoutput::Cell::Kind::Text;
    const std::string& word = condition.values.front();
    if (word == "null" || word == "unknown") {
        return when(isNull);
    }
    return when(!isNull && cell.text == (word == "true" ? "t" : "f"));
}

Verdict evaluatePlain(const Condition& condition, const pgoutput::Cell& cell)
{
    using Operator = Condition::Operator;
    switch (condition.op) {
    case Operator::Eq:
    case Operator::In:
        if (equalsByText(condition.type)) {
            return when(std::find(condition.values.begin(), condition.values.end(), cell.text)
                != condition.values.end());
        }
        return condition.values.empty() ? Verdict::No : Verdict::AskDatabase;
    case Operator::Neq:
    case Operator::IsDistinct:
        return equalsByText(condition.type) ? when(cell.text != condition.values.front())
                                            : Verdict::AskDatabase;
    case Operator::Lt:
    case Operator::Lte:
    case Operator::Gt:
    case Operator::Gte: {
        if (!isInteger(condition.type)) {
            return Verdict::AskDatabase;
        }
        const auto order = integer(cell.text) <=> integer(condition.values.front());
        switch (condition.op) {
        case Operator::Lt:
            return when(order < 0);
        case Operator::Lte:
            return when(order <= 0);
        case Operator::Gt:
            return when(order > 0);
        default:
            return when(order >= 0);
        }
    }
    default:
        return Verdict::AskDatabase;
    }
}

} // namespace

std::string_view operatorName(Condition::Operator op)
{
    return wordsOf(op).name;
}

std::variant<std::vector<Condition>, std::string> parseFilter(std::string_view text)
{
    std::vector<Condition> conditions;
    if (trimmed(text).empty()) {
        return conditions;
    }
    for (const std::string_view part : splitList(text)) {
        auto condition = parseCondition(part);
        if (auto* error = std::get_if<std::string>(&condition)) {
            return std::move(*error);
        }
        conditions.push_back(std::move(std::get<Condition>(condition)));
    }
    return conditions;
}

Verdict evaluate(const Condition& condition, const pgoutput::Cell& cell)
{
    Verdict verdict = Verdict::No;
    const bool isNull = cell.kind != pgoutput::Cell::Kind::Text;
    if (condition.op == Condition::Operator::Is) {
        verdict = evaluateIs(condition, cell);
    } else if (isNull) {
        // A comparison with null is neither true nor false, also when negated.
        if (condition.op != Condition::Operator::IsDistinct) {
            return Verdict::No;
        }
        verdict = Verdict::Yes;
    } else {
        verdict = evaluatePlain(condition, cell);
    }
    if (condition.negated && verdict != Verdict::AskDatabase) {
        return when(verdict == Verdict::No);
    }
    return verdict;
}

std::string conditionSql(const Condition& condition)
{
    using Operator = Condition::Operator;
    const std::string column = "$1::text::" + condition.sqlType;
    const auto literal = [&condition](std::size_t index) {
        return "$" + std::to_string(index + 2) + "::text::" + condition.sqlType;
    };
    const std::string word(wordsOf(condition.op).sql);
    std::string sql;
    switch (condition.op) {
    case Operator::In:
        sql = column + " in (";
        for (std::size_t i = 0; i < condition.values.size(); ++i) {
            sql += (i == 0 ? "" : ", ") + literal(i);
        }
        sql += ')';
        break;
    case Operator::Like:
    case Operator::Ilike:
    case Operator::Match:
    case Operator::Imatch:
        sql = '(' + column + ")::text " + word + " $2";
        break;
    default:
        sql = column + ' ' + word + ' ' + literal(0);
    }
    return condition.negated ? "not (" + sql + ')' : sql;
}

} // namespace academy
