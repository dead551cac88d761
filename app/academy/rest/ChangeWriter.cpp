// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/rest/ChangeWriter.h"

#include "academy/rest/ReadWriter.h"
#include "academy/rest/RestError.h"

#include <algorithm>

namespace academy {

namespace {

using Return = Preferences::Return;
using Resolution = Preferences::Resolution;

// Each row that an upsert may insert counts one up, each that it merges instead one down.
constexpr SqlWord countsUp
    = "set_config('pgrst.inserted', (coalesce(nullif(current_setting('pgrst.inserted', true), "
      "'')::int, 0) + 1)::text, true) <> '0'";
constexpr SqlWord countsDown
    = "set_config('pgrst.inserted', (coalesce(nullif(current_setting('pgrst.inserted', true), "
      "'')::int, 0) - 1)::text, true) <> '-1'";

/// Which columns the answer needs: those shown, and those its embeds hang on.
std::vector<std::string> neededColumns(const ReadPlan& plan)
{
    std::set<std::string> names;
    const auto all = [&] {
        for (const Schema::Column& column : plan.table->columns) {
            names.insert(column.name);
        }
    };
    for (const PlannedItem& item : plan.items) {
        if (item.field.column == "*") {
            all();
        } else {
            names.insert(item.field.column);
        }
    }
    for (const PlannedOrder& term : plan.order) {
        if (!term.embed) {
            names.insert(term.field.column);
        }
    }
    for (const auto& embed : plan.embeds) {
        if (embed->link->kind == Schema::Relationship::Kind::Computed) {
            all();
        }
        for (const auto& [near, far] : embed->link->columns) {
            names.insert(near);
        }
    }
    return {names.begin(), names.end()};
}

} // namespace

ChangeWriter::ChangeWriter(const Schema::Table& table, const ReadPlan& plan,
    const Preferences& wanted, ResultShape shape, bool stripsNulls)
    : m_table(table), m_plan(plan), m_wanted(wanted), m_shape(shape), m_stripsNulls(stripsNulls),
      m_expressions(m_params)
{
}

SqlText ChangeWriter::tableName() const
{
    return SqlText::name(m_table.name.schema, m_table.name.name);
}

/// "(select … ) as "academy_body"": the payload as rows of the columns it names.
SqlText ChangeWriter::rows(const ChangePayload& payload)
{
    std::vector<SqlText> typed;
    std::vector<SqlText> defaults;
    for (const std::string& name : payload.columns) {
        const Schema::Column* known = m_table.column(name);
        if (known == nullptr) {
            throw RestError::unknownColumnInBody(name, m_table.name.name);
        }
        typed.push_back(SqlText::name(name) + " " + SqlText::fromCatalogue(known->type));
        if (m_wanted.missingIsDefault && !known->defaultValue.empty()) {
            const SqlText key = SqlText::bound(m_params, name) + "::text";
            defaults.push_back("case when \"academy_element\".\"v\" ? " + key
                + " then '{}' else jsonb_build_object(" + key + ", "
                + SqlText::fromCatalogue(known->defaultValue) + ") end");
        }
    }
    const SqlText json = SqlText::bound(m_params, payload.json) + "::json";
    SqlText list = "(case json_typeof(" + json + ") when 'array' then " + json
        + " else json_build_array(" + json + ") end)";
    if (typed.empty()) {
        return "json_array_elements(" + list + ") as \"academy_body\"";
    }
    if (!defaults.empty()) {
        list = "(select coalesce(json_agg(\"academy_element\".\"v\" || "
            + SqlText::joined(defaults, " || ") + "), '[]') from jsonb_array_elements(" + list
            + "::jsonb) as \"academy_element\"(\"v\"))";
    }
    return "json_to_recordset(" + list + ") as \"academy_body\"(" + SqlText::joined(typed, ", ")
        + ")";
}

SqlText ChangeWriter::insertion(const ChangePayload& payload)
{
    const SqlText source = rows(payload);
    SqlText sql = "insert into " + tableName() + " as \"t0\"";
    if (payload.columns.empty()) {
        return sql + " select from " + source;
    }
    const SqlText names = SqlText::names(payload.columns);
    return sql + " (" + names + ") select " + names + " from " + source;
}

/// "on conflict …" that overwrites what is there.
SqlText ChangeWriter::merging(
    const ChangePayload& payload, const std::vector<std::string>& target) const
{
    SqlText sql = " on conflict (" + SqlText::names(target) + ")";
    if (payload.columns.empty()) {
        return sql + " do nothing";
    }
    std::vector<SqlText> assignments;
    for (const std::string& name : payload.columns) {
        assignments.push_back(SqlText::name(name) + " = excluded." + SqlText::name(name));
    }
    return sql + " do update set " + SqlText::joined(assignments, ", ") + " where " + countsDown;
}

SqlStatement ChangeWriter::insert(
    const ChangePayload& payload, const std::vector<std::string>& onConflict)
{
    SqlText sql = insertion(payload);
    const auto& target = onConflict.empty() ? m_table.primaryKey : onConflict;
    if (m_wanted.resolution != Resolution::None && !target.empty()) {
        for (const std::string& name : target) {
            if (m_table.column(name) == nullptr) {
                throw RestError::noSuchColumn({}, "\"" + name + "\"");
            }
        }
        if (m_wanted.resolution == Resolution::MergeDuplicates) {
            sql += " where " + SqlText(countsUp) + merging(payload, target);
        } else {
            sql += " on conflict (" + SqlText::names(target) + ") do nothing";
        }
    }
    return answered(sql);
}

SqlStatement ChangeWriter::put(
    const ChangePayload& payload, const std::vector<PlannedCondition>& conditions)
{
    ReadPlan body;
    body.alias = "academy_body";
    const SqlText sql = insertion(payload) + " where " + countsUp + " and "
        + m_expressions.conditions(body, conditions) + merging(payload, m_table.primaryKey);
    return answered(sql);
}

SqlStatement ChangeWriter::update(
    const ChangePayload& payload, const std::vector<PlannedCondition>& conditions)
{
    const SqlText source = rows(payload);
    std::vector<SqlText> assignments;
    for (const std::string& name : payload.columns) {
        assignments.push_back(SqlText::name(name) + " = \"academy_body\"." + SqlText::name(name));
    }
    ReadPlan target;
    target.alias = "t0";
    return answered("update " + tableName() + " as \"t0\" set " + SqlText::joined(assignments, ", ")
        + " from (select * from " + source + " limit 1) as \"academy_body\" where "
        + m_expressions.conditions(target, conditions));
}

SqlStatement ChangeWriter::remove(const std::vector<PlannedCondition>& conditions)
{
    ReadPlan target;
    target.alias = "t0";
    return answered("delete from " + tableName() + " as \"t0\" where "
        + m_expressions.conditions(target, conditions));
}

/// Returns no more than the answer needs, so that who may not see the rest may still change rows.
SqlText ChangeWriter::returning() const
{
    std::vector<std::string> names;
    if (m_wanted.returning == Return::Representation) {
        names = neededColumns(m_plan);
    } else if (m_wanted.returning == Return::HeadersOnly) {
        names = m_table.primaryKey;
    }
    std::vector<SqlText> columns;
    for (const std::string& name : names) {
        columns.push_back("\"t0\"." + SqlText::name(name) + " as " + SqlText::name(name));
    }
    return columns.empty() ? SqlText(" returning 1")
                           : " returning " + SqlText::joined(columns, ", ");
}

SqlStatement ChangeWriter::answered(const SqlText& change)
{
    StatementParts parts;
    const SqlText name("\"academy_changed\"");
    parts.prelude = name + " as (" + change + returning() + ")";
    parts.shape = ResultShape::None;
    parts.total = SqlText("count(*)");
    if (m_wanted.returning == Return::Representation) {
        parts.shape = m_shape;
        parts.stripsNulls = m_stripsNulls;
        parts.rows = ReadWriter(m_params, false).rows(m_plan, name);
    } else {
        parts.rows = "select 1 from " + name;
    }
    if (m_wanted.returning == Return::HeadersOnly && !m_table.primaryKey.empty()) {
        parts.location = "(select row_to_json(\"academy_first\")::text from " + name
            + " as \"academy_first\" limit 1)";
    }
    return {wholeStatement(parts).text(), std::move(m_params), {}, {}};
}

} // namespace academy
