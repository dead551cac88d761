// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/rest/ReadWriter.h"

#include <algorithm>

namespace academy {

namespace {

using Kind = Schema::Relationship::Kind;

/// Which embeds the conditions ask about.
void askedAbout(const std::vector<PlannedCondition>& conditions, std::set<std::size_t>& embeds)
{
    for (const PlannedCondition& condition : conditions) {
        if (const auto* found = std::get_if<PlannedPresence>(&condition)) {
            embeds.insert(found->embed);
        } else if (const auto* tree = std::get_if<PlannedLogic>(&condition)) {
            askedAbout(tree->parts, embeds);
        }
    }
}

SqlText equalities(
    const SqlText& left, const SqlText& right, const Schema::Relationship::Pairs& columns)
{
    std::vector<SqlText> parts;
    for (const auto& [near, far] : columns) {
        parts.push_back(
            left + "." + SqlText::name(near) + " = " + right + "." + SqlText::name(far));
    }
    return SqlText::joined(parts, " and ");
}

/// JSON has no equality, which a group needs.
SqlText groupable(const SqlText& json, bool isGrouped)
{
    return isGrouped ? json + "::jsonb" : json;
}

} // namespace

SqlText ReadWriter::rows(const ReadPlan& plan, const SqlText& relation)
{
    return rows(plan, relation + " as " + SqlText::name(plan.alias), {}, nullptr);
}

SqlText ReadWriter::counted(const ReadPlan& plan, const SqlText& relation)
{
    const SqlText from = relation + " as " + SqlText::name(plan.alias);
    if (plan.isGrouped()) {
        std::vector<SqlText> groups;
        const SqlText list = columns(plan, nullptr, groups);
        SqlText sql = "select 1 from (select " + list + " from " + from + joins(plan, false);
        if (const SqlText where = m_expressions.conditions(plan); !where.isEmpty()) {
            sql += " where " + where;
        }
        if (!groups.empty()) {
            sql += " group by " + SqlText::joined(groups, ", ");
        }
        return sql + ") as \"academy_groups\"";
    }
    SqlText sql = "select 1 from " + from + joins(plan, true);
    if (const SqlText where = m_expressions.conditions(plan); !where.isEmpty()) {
        sql += " where " + where;
    }
    return sql;
}

SqlText ReadWriter::rows(
    const ReadPlan& plan, const SqlText& relation, const SqlText& match, const PlannedEmbed* parent)
{
    std::vector<SqlText> groups;
    SqlText sql = "select " + columns(plan, parent, groups);
    sql += " from " + relation + joins(plan, false);
    std::vector<SqlText> conditions;
    for (const SqlText& part : {match, m_expressions.conditions(plan)}) {
        if (!part.isEmpty()) {
            conditions.push_back(part);
        }
    }
    if (!conditions.empty()) {
        sql += " where " + SqlText::joined(conditions, " and ");
    }
    if (!groups.empty()) {
        sql += " group by " + SqlText::joined(groups, ", ");
    }
    sql += orderBy(plan);
    if (plan.limit) {
        sql += " limit " + SqlText::number(*plan.limit);
    }
    if (plan.offset > 0) {
        sql += " offset " + SqlText::number(plan.offset);
    }
    return sql;
}

/// The select list. Aggregates of rows that are spread into one parent row are left to the parent.
SqlText ReadWriter::columns(
    const ReadPlan& plan, const PlannedEmbed* parent, std::vector<SqlText>& groups)
{
    const bool hoists = parent != nullptr && parent->spread && parent->isToOne();
    const bool isGrouped = plan.isGrouped() && !hoists;
    const SqlText source = SqlText::name(plan.alias);
    std::vector<SqlText> columns;
    std::vector<SqlText> grouped;
    for (const PlannedItem& item : plan.items) {
        if (item.name.empty()) {
            columns.push_back(source + ".*");
            continue;
        }
        const SqlText name = " as " + SqlText::name(item.name);
        if (item.field.column == "*") {
            columns.push_back(
                (hoists ? SqlText("true")
                        : ExpressionWriter::cast(SqlText("count(*)"), item.aggregateCast))
                + name);
            continue;
        }
        const SqlText value
            = ExpressionWriter::cast(m_expressions.field(source, item.field), item.cast);
        if (item.aggregate == Aggregate::None || hoists) {
            columns.push_back(value + name);
            grouped.push_back(value);
        } else {
            columns.push_back(
                ExpressionWriter::cast(
                    ExpressionWriter::aggregated(value, item.aggregate), item.aggregateCast)
                + name);
        }
    }
    for (const auto& embed : plan.embeds) {
        embedColumns(*embed, isGrouped, hoists, columns, grouped);
    }
    if (parent != nullptr && parent->spread) {
        columns.push_back(SqlText("true as \"academy_found\""));
    }
    if (isGrouped) {
        groups = std::move(grouped);
        if (parent != nullptr && parent->spread) {
            groups.push_back(SqlText("\"academy_found\""));
        }
    }
    return SqlText::joined(columns, ", ");
}

void ReadWriter::embedColumns(const PlannedEmbed& embed, bool isGrouped, bool hoists,
    std::vector<SqlText>& columns, std::vector<SqlText>& groups) const
{
    const SqlText found = SqlText::name(embed.alias);
    if (!embed.spread) {
        if (embed.isShown()) {
            const SqlText json = found + ".\"academy_json\"";
            const SqlText value
                = groupable(embed.isToOne() ? json : "coalesce(" + json + ", '[]')", isGrouped);
            columns.push_back(value + " as " + SqlText::name(embed.name));
            groups.push_back(value);
        }
        return;
    }
    for (const SpreadColumn& column : spreadColumns(embed)) {
        const SqlText name = SqlText::name(column.name);
        SqlText value = found + "." + name;
        if (!embed.isToOne()) {
            value = groupable("coalesce(" + value + ", '[]')", isGrouped);
        }
        if (column.aggregate == Aggregate::None || hoists) {
            groups.push_back(value);
        } else {
            value = ExpressionWriter::cast(
                ExpressionWriter::aggregated(value, column.aggregate), column.aggregateCast);
        }
        columns.push_back(value + " as " + name);
    }
}

SqlText ReadWriter::joins(const ReadPlan& plan, bool onlyNeeded)
{
    std::set<std::size_t> asked;
    askedAbout(plan.conditions, asked);
    SqlText sql;
    for (std::size_t i = 0; i < plan.embeds.size(); ++i) {
        const PlannedEmbed& embed = *plan.embeds[i];
        if (onlyNeeded && !embed.inner && !asked.contains(i)) {
            continue;
        }
        sql += embed.inner ? SqlWord(" inner join lateral (") : SqlWord(" left join lateral (");
        sql += lateral(plan, embed) + ") as " + SqlText::name(embed.alias) + " on ";
        sql += embed.inner ? ExpressionWriter::presence(embed, true) : SqlText("true");
    }
    return sql;
}

SqlText ReadWriter::lateral(const ReadPlan& plan, const PlannedEmbed& embed)
{
    const SqlText rowsOf = rows(embed.plan, relation(plan, embed), match(plan, embed), &embed);
    const SqlText row = SqlText("\"academy_row\"");
    if (embed.spread && embed.isToOne()) {
        return rowsOf;
    }
    std::vector<SqlText> columns;
    if (embed.spread) {
        for (const SpreadColumn& column : spreadColumns(embed)) {
            const SqlText name = SqlText::name(column.name);
            columns.push_back("json_agg(" + row + "." + name + ") as " + name);
        }
        columns.push_back(SqlText("nullif(count(*), 0) as \"academy_found\""));
    } else if (embed.isToOne()) {
        columns.push_back("row_to_json(" + row + ") as \"academy_json\"");
        for (const std::string& name : embed.orderedBy) {
            columns.push_back(row + "." + SqlText::name(name) + " as " + SqlText::name(name));
        }
    } else {
        columns.push_back("json_agg(" + row + ") as \"academy_json\"");
    }
    return "select " + SqlText::joined(columns, ", ") + " from (" + rowsOf + ") as " + row;
}

/// The table of an embed with its alias, and the junction beside it.
SqlText ReadWriter::relation(const ReadPlan& plan, const PlannedEmbed& embed) const
{
    const SqlText alias = SqlText::name(embed.plan.alias);
    const Schema::Relationship& link = *embed.link;
    if (link.kind == Kind::Computed) {
        return SqlText::name(link.function.schema, link.function.name) + "(" + wholeRow(plan)
            + ") as " + alias;
    }
    const SqlText table = SqlText::name(link.to.schema, link.to.name) + " as " + alias;
    if (link.kind != Kind::ManyToMany) {
        return table;
    }
    return table + " cross join " + SqlText::name(link.junction.schema, link.junction.name) + " as "
        + SqlText::name(embed.junctionAlias);
}

SqlText ReadWriter::match(const ReadPlan& plan, const PlannedEmbed& embed) const
{
    const SqlText near = SqlText::name(plan.alias);
    const SqlText far = SqlText::name(embed.plan.alias);
    const Schema::Relationship& link = *embed.link;
    if (link.kind == Kind::Computed) {
        return {};
    }
    if (link.kind != Kind::ManyToMany) {
        return equalities(near, far, link.columns);
    }
    const SqlText middle = SqlText::name(embed.junctionAlias);
    return equalities(near, middle, link.columns) + " and "
        + equalities(far, middle, link.farColumns);
}

/// The row a computed relationship is a function of.
SqlText ReadWriter::wholeRow(const ReadPlan& plan) const
{
    const SqlText alias = SqlText::name(plan.alias);
    const bool isRoot = plan.alias == "t0";
    if (!isRoot || m_rootIsTable || plan.table == nullptr) {
        return alias;
    }
    std::vector<SqlText> columns;
    for (const Schema::Column& column : plan.table->columns) {
        columns.push_back(alias + "." + SqlText::name(column.name));
    }
    return "cast(row(" + SqlText::joined(columns, ", ") + ") as "
        + SqlText::name(plan.table->name.schema, plan.table->name.name) + ")";
}

SqlText ReadWriter::orderBy(const ReadPlan& plan)
{
    std::vector<SqlText> terms;
    for (const PlannedOrder& term : plan.order) {
        const std::string& source = term.embed ? plan.embeds[*term.embed]->alias : plan.alias;
        terms.push_back(
            m_expressions.field(SqlText::name(source), term.field) + m_expressions.direction(term));
    }
    return terms.empty() ? SqlText() : " order by " + SqlText::joined(terms, ", ");
}

} // namespace academy
