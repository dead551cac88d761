// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/rest/Statement.h"

#include <set>

namespace academy {

namespace {

/// The header line and the rows as PostgreSQL writes a row, which quotes like CSV.
SqlText csvBody()
{
    return SqlText("(select coalesce(string_agg(\"academy_keys\".\"k\", ','), '') from (select "
                   "json_object_keys(\"academy_first\".\"j\") as \"k\" from (select "
                   "row_to_json(\"academy_one\") as \"j\" from \"academy_rows\" as \"academy_one\" "
                   "limit 1) as \"academy_first\") as \"academy_keys\") || chr(10) || "
                   "coalesce(string_agg(substring(\"academy_row\"::text, 2, "
                   "length(\"academy_row\"::text) - 2), chr(10)), '')");
}

SqlText stripped(const SqlText& json, bool stripsNulls)
{
    return stripsNulls ? "json_strip_nulls(" + json + ")" : json;
}

SqlText body(ResultShape shape, bool stripsNulls)
{
    const SqlText value = "\"academy_row\"." + SqlText("\"pgrst_scalar\"");
    switch (shape) {
    case ResultShape::Array:
        return "coalesce(" + stripped(SqlText("json_agg(\"academy_row\")"), stripsNulls)
            + ", '[]')";
    case ResultShape::ScalarArray:
        return "coalesce(" + stripped("json_agg(" + value + ")", stripsNulls) + ", '[]')";
    case ResultShape::Scalar:
        return "coalesce(" + stripped("json_agg(" + value + ")->0", stripsNulls) + ", 'null')";
    case ResultShape::Object:
        return "coalesce(" + stripped(SqlText("json_agg(\"academy_row\")->0"), stripsNulls)
            + ", 'null')";
    case ResultShape::Csv:
        return csvBody();
    case ResultShape::None:
        break;
    }
    return SqlText("''");
}

void collect(const std::vector<PlannedCondition>& conditions, std::set<std::string>& names)
{
    for (const PlannedCondition& condition : conditions) {
        if (const auto* single = std::get_if<PlannedFilter>(&condition)) {
            names.insert(single->field.column);
        } else if (const auto* tree = std::get_if<PlannedLogic>(&condition)) {
            collect(tree->parts, names);
        }
    }
}

} // namespace

SqlText wholeStatement(const StatementParts& parts)
{
    SqlText sql("with ");
    if (!parts.prelude.isEmpty()) {
        sql += parts.prelude + ", ";
    }
    sql += "\"academy_rows\" as (" + parts.rows + ") select ";
    sql += parts.total.isEmpty() ? SqlText("null::bigint") : parts.total;
    sql += ", count(*), " + ("(" + body(parts.shape, parts.stripsNulls)) + ")::text, ";
    sql += "nullif(current_setting('response.headers', true), ''), "
           "nullif(current_setting('response.status', true), ''), "
           "nullif(current_setting('pgrst.inserted', true), ''), ";
    sql += parts.location.isEmpty() ? SqlText("null::text") : parts.location;
    sql += " from (select * from \"academy_rows\") as \"academy_row\"";
    return sql;
}

std::vector<std::string> computedColumns(const ReadPlan& plan)
{
    std::set<std::string> names;
    for (const PlannedItem& item : plan.items) {
        names.insert(item.field.column);
    }
    for (const PlannedOrder& term : plan.order) {
        if (!term.embed) {
            names.insert(term.field.column);
        }
    }
    collect(plan.conditions, names);
    std::vector<std::string> computed;
    for (const std::string& name : names) {
        if (plan.table != nullptr && plan.table->column(name) == nullptr
            && plan.table->computed.contains(name)) {
            computed.push_back(name);
        }
    }
    return computed;
}

} // namespace academy
