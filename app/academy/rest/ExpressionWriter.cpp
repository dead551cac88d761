// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/rest/ExpressionWriter.h"

#include <algorithm>
#include <map>

namespace academy {

namespace {

const std::map<std::string, SqlText, std::less<>>& binaryOperators()
{
    static const std::map<std::string, SqlText, std::less<>> operators{{"eq", SqlText(" = ")},
        {"neq", SqlText(" <> ")}, {"gt", SqlText(" > ")}, {"gte", SqlText(" >= ")},
        {"lt", SqlText(" < ")}, {"lte", SqlText(" <= ")}, {"like", SqlText(" like ")},
        {"ilike", SqlText(" ilike ")}, {"match", SqlText(" ~ ")}, {"imatch", SqlText(" ~* ")},
        {"isdistinct", SqlText(" is distinct from ")}, {"cs", SqlText(" @> ")},
        {"cd", SqlText(" <@ ")}, {"ov", SqlText(" && ")}, {"sl", SqlText(" << ")},
        {"sr", SqlText(" >> ")}, {"nxr", SqlText(" &< ")}, {"nxl", SqlText(" &> ")},
        {"adj", SqlText(" -|- ")}};
    return operators;
}

const std::map<std::string, SqlText, std::less<>>& textSearchFunctions()
{
    static const std::map<std::string, SqlText, std::less<>> functions{
        {"fts", SqlText("to_tsquery(")}, {"plfts", SqlText("plainto_tsquery(")},
        {"phfts", SqlText("phraseto_tsquery(")}, {"wfts", SqlText("websearch_to_tsquery(")}};
    return functions;
}

const std::map<std::string, SqlText, std::less<>>& truths()
{
    static const std::map<std::string, SqlText, std::less<>> values{{"null", SqlText(" is null")},
        {"not_null", SqlText(" is not null")}, {"true", SqlText(" is true")},
        {"false", SqlText(" is false")}, {"unknown", SqlText(" is unknown")}};
    return values;
}

SqlText parenthesised(const SqlText& sql)
{
    return "(" + sql + ")";
}

} // namespace

std::string arrayLiteral(const std::vector<std::string>& values)
{
    std::string literal = "{";
    for (const std::string& value : values) {
        literal += literal.size() > 1 ? ",\"" : "\"";
        for (const char c : value) {
            literal += c == '"' || c == '\\' ? "\\" : "";
            literal += c;
        }
        literal += '"';
    }
    return literal + "}";
}

SqlText ExpressionWriter::field(const SqlText& source, const PlannedField& field)
{
    if (field.column == "*") {
        return source + ".*";
    }
    SqlText sql = source + "." + SqlText::name(field.column);
    if (field.path.empty()) {
        return sql;
    }
    if (!field.isJson) {
        sql = "to_jsonb(" + sql + ")";
    }
    for (const QueryField::Step& step : field.path) {
        sql += step.asText ? SqlWord("->>") : SqlWord("->");
        sql += SqlText::bound(m_params, step.key);
        sql += step.isIndex ? SqlWord("::int") : SqlWord("::text");
    }
    return parenthesised(sql);
}

SqlText ExpressionWriter::textSearch(const SqlText& left, const PlannedFilter& planned)
{
    const QueryFilter& filter = planned.filter;
    const SqlText language = filter.language.empty()
        ? SqlText()
        : SqlText::bound(m_params, filter.language) + "::regconfig, ";
    const bool isVector = planned.field.isTextSearch && planned.field.path.empty();
    return (isVector ? left : "to_tsvector(" + language + left + ")") + " @@ "
        + textSearchFunctions().find(filter.op)->second + language
        + SqlText::bound(m_params, filter.operand) + ")";
}

SqlText ExpressionWriter::filter(const SqlText& source, const PlannedFilter& planned)
{
    const QueryFilter& filter = planned.filter;
    const SqlText left = field(source, planned.field);
    SqlText sql;
    if (filter.op == "is") {
        sql = left + truths().find(filter.operand)->second;
    } else if (filter.op == "in") {
        sql = left + " = any(" + SqlText::bound(m_params, arrayLiteral(filter.operands)) + ")";
    } else if (textSearchFunctions().contains(filter.op)) {
        sql = textSearch(left, planned);
    } else {
        std::string value = filter.operand;
        if (filter.op == "like" || filter.op == "ilike") {
            std::ranges::replace(value, '*', '%');
        }
        SqlText right = SqlText::bound(m_params, std::move(value));
        if (filter.quantifier == QueryFilter::Quantifier::Any) {
            right = "any(" + right + ")";
        } else if (filter.quantifier == QueryFilter::Quantifier::All) {
            right = "all(" + right + ")";
        }
        sql = left + binaryOperators().find(filter.op)->second + right;
    }
    return filter.negated ? "not (" + sql + ")" : sql;
}

SqlText ExpressionWriter::presence(const PlannedEmbed& embed, bool present)
{
    return SqlText::name(embed.alias)
        + (embed.spread ? SqlWord(".\"academy_found\"") : SqlWord(".\"academy_json\""))
        + (present ? SqlWord(" is not null") : SqlWord(" is null"));
}

SqlText ExpressionWriter::condition(const ReadPlan& plan, const PlannedCondition& wanted)
{
    if (const auto* single = std::get_if<PlannedFilter>(&wanted)) {
        return filter(SqlText::name(plan.alias), *single);
    }
    if (const auto* found = std::get_if<PlannedPresence>(&wanted)) {
        return presence(*plan.embeds[found->embed], found->present);
    }
    const auto& tree = std::get<PlannedLogic>(wanted);
    std::vector<SqlText> parts;
    for (const PlannedCondition& part : tree.parts) {
        parts.push_back(condition(plan, part));
    }
    const SqlText sql
        = parenthesised(SqlText::joined(parts, tree.isAnd ? SqlWord(" and ") : SqlWord(" or ")));
    return tree.negated ? "not " + sql : sql;
}

SqlText ExpressionWriter::conditions(const ReadPlan& plan)
{
    return conditions(plan, plan.conditions);
}

SqlText ExpressionWriter::conditions(
    const ReadPlan& plan, const std::vector<PlannedCondition>& wanted)
{
    std::vector<SqlText> parts;
    for (const PlannedCondition& one : wanted) {
        parts.push_back(condition(plan, one));
    }
    return SqlText::joined(parts, " and ");
}

SqlText ExpressionWriter::direction(const PlannedOrder& term) const
{
    SqlText sql(term.descending ? SqlWord(" desc") : SqlWord(" asc"));
    if (term.nullsFirst) {
        sql += *term.nullsFirst ? SqlWord(" nulls first") : SqlWord(" nulls last");
    }
    return sql;
}

SqlText ExpressionWriter::cast(const SqlText& value, const std::optional<SqlText>& type)
{
    return type ? "cast(" + value + " as " + *type + ")" : value;
}

SqlText ExpressionWriter::aggregated(const SqlText& value, Aggregate aggregate)
{
    switch (aggregate) {
    case Aggregate::Count:
        return "count(" + value + ")";
    case Aggregate::Sum:
        return "sum(" + value + ")";
    case Aggregate::Avg:
        return "avg(" + value + ")";
    case Aggregate::Max:
        return "max(" + value + ")";
    case Aggregate::Min:
        return "min(" + value + ")";
    case Aggregate::None:
        break;
    }
    return value;
}

} // namespace academy
