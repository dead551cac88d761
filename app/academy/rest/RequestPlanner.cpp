// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/rest/RequestPlanner.h"

#include "academy/rest/CallWriter.h"
#include "academy/rest/ChangeWriter.h"
#include "academy/rest/FunctionChoice.h"
#include "academy/rest/Planner.h"
#include "academy/rest/ReadWriter.h"
#include "academy/rest/RequestBody.h"
#include "academy/rest/RequestQuery.h"
#include "academy/rest/RestError.h"
#include "academy/rest/TableChoice.h"

#include <algorithm>
#include <set>

namespace academy {

namespace {

RestError withoutWhere(const char* verb)
{
    return {400, "21000", std::string(verb) + " requires a WHERE clause", {}, {}, {}, {}};
}

} // namespace

ResultShape RequestPlanner::tableShape() const
{
    switch (m_type.kind) {
    case MediaType::Kind::Object:
        return ResultShape::Object;
    case MediaType::Kind::Csv:
        return ResultShape::Csv;
    default:
        return ResultShape::Array;
    }
}

std::optional<SqlStatement> RequestPlanner::plan()
{
    m_shape = tableShape();
    switch (m_target.action) {
    case RestAction::Read:
        return planRead();
    case RestAction::Insert:
        return planInsert();
    case RestAction::Update:
        return planUpdate();
    case RestAction::Delete:
        return planDelete();
    case RestAction::Put:
        return planPut();
    case RestAction::Call:
        break;
    }
    return planCall();
}

SqlStatement RequestPlanner::planRead()
{
    const Schema::Table& wanted = chooseTable(m_schema, m_target.name);
    m_query = rangedQueryOf(m_request);
    m_plan = Planner(m_schema).read(wanted, m_query.root);
    m_answer.offset = m_plan.offset;
    const SqlText relation = SqlText::name(wanted.name.schema, wanted.name.name);
    SqlStatement statement;
    StatementParts parts;
    parts.shape = m_shape;
    parts.stripsNulls = m_type.stripsNulls;
    ReadWriter writer(statement.params, true);
    parts.rows = writer.rows(m_plan, relation);
    if (m_wanted.count == Count::Exact || m_wanted.count == Count::Estimated) {
        SqlText counted = writer.counted(m_plan, relation);
        if (m_wanted.count == Count::Estimated) {
            counted += " limit " + SqlText::number(m_schema.settings.maxRows + 1);
        }
        parts.total = "(select count(*) from (" + counted + ") as \"academy_counted\")";
    }
    if (m_wanted.count == Count::Planned || m_wanted.count == Count::Estimated) {
        ReadWriter estimator(statement.estimateParams, true);
        statement.estimate
            = ("explain (format json) " + estimator.counted(m_plan, relation)).text();
    }
    statement.sql = wholeStatement(parts).text();
    return statement;
}

std::optional<SqlStatement> RequestPlanner::planInsert()
{
    const Schema::Table& wanted = chooseTable(m_schema, m_target.name);
    m_query = queryOf(m_request);
    RequestBody body = RequestBody::forTable(m_request, m_query.columns.has_value());
    m_answer.appliesResolution = !wanted.primaryKey.empty() || !m_query.onConflict.empty();
    if (body.rows == 0) {
        return std::nullopt;
    }
    m_plan = Planner(m_schema).changed(wanted, m_query.root);
    return ChangeWriter(wanted, m_plan, m_wanted, m_shape, m_type.stripsNulls)
        .insert({std::move(body.text), m_query.columns.value_or(body.keys)}, m_query.onConflict);
}

std::optional<SqlStatement> RequestPlanner::planUpdate()
{
    const Schema::Table& wanted = chooseTable(m_schema, m_target.name);
    m_query = queryOf(m_request);
    RequestBody body = RequestBody::forTable(m_request, m_query.columns.has_value());
    if (!m_query.hasFilters) {
        throw withoutWhere("UPDATE");
    }
    ChangePayload payload{std::move(body.text), m_query.columns.value_or(body.keys)};
    if (payload.columns.empty() || body.rows == 0) {
        return std::nullopt;
    }
    Planner planner(m_schema);
    m_plan = planner.changed(wanted, m_query.root);
    return ChangeWriter(wanted, m_plan, m_wanted, m_shape, m_type.stripsNulls)
        .update(payload, planner.changeConditions(wanted, "t0", m_query.root));
}

SqlStatement RequestPlanner::planDelete()
{
    const Schema::Table& wanted = chooseTable(m_schema, m_target.name);
    m_query = queryOf(m_request);
    if (!m_query.hasFilters) {
        throw withoutWhere("DELETE");
    }
    Planner planner(m_schema);
    m_plan = planner.changed(wanted, m_query.root);
    return ChangeWriter(wanted, m_plan, m_wanted, m_shape, m_type.stripsNulls)
        .remove(planner.changeConditions(wanted, "t0", m_query.root));
}

/// PUT writes the one row its filters name: every column of the primary key by eq.
SqlStatement RequestPlanner::planPut()
{
    const Schema::Table& wanted = chooseTable(m_schema, m_target.name);
    m_query = queryOf(m_request);
    if (m_query.root.limit || m_query.root.offset) {
        throw RestError{400, "PGRST114",
            "limit/offset querystring parameters are not allowed for PUT", {}, {}, {}, {}};
    }
    std::set<std::string> named;
    const bool onlyKeys
        = std::ranges::all_of(m_query.root.conditions, [&](const QueryCondition& condition) {
              const auto* filter = std::get_if<QueryFilter>(&condition);
              return filter != nullptr && filter->op == "eq" && !filter->negated
                  && filter->quantifier == QueryFilter::Quantifier::None
                  && filter->field.path.empty() && named.insert(filter->field.column).second;
          });
    const std::set<std::string> key(wanted.primaryKey.begin(), wanted.primaryKey.end());
    if (!onlyKeys || key.empty() || named != key) {
        throw RestError{405, "PGRST105",
            "Filters must include all and only primary key columns with 'eq' operators", {}, {}, {},
            {}};
    }
    RequestBody body = RequestBody::forTable(m_request, m_query.columns.has_value());
    ChangePayload payload{std::move(body.text), m_query.columns.value_or(body.keys)};
    const bool namesKey = std::ranges::all_of(key, [&](const std::string& column) {
        return std::ranges::find(payload.columns, column) != payload.columns.end();
    });
    if (!namesKey || body.rows == 0) {
        m_answer.check({});
    }
    Planner planner(m_schema);
    m_plan = planner.changed(wanted, m_query.root);
    m_wanted.resolution = Preferences::Resolution::MergeDuplicates;
    return ChangeWriter(wanted, m_plan, m_wanted, m_shape, m_type.stripsNulls)
        .put(payload, planner.changeConditions(wanted, "academy_body", m_query.root));
}

/// What comes back from a function, as the caller accepts it.
void RequestPlanner::understandResult(const Schema::Function& function)
{
    using Returns = Schema::Function::Returns;
    m_answer.returnsVoid = function.returns == Returns::Void;
    m_answer.returnsRows = function.isSet;
    if (m_type.kind == MediaType::Kind::Csv) {
        m_shape = ResultShape::Csv;
    } else if (function.returns == Returns::Composite) {
        m_shape = function.isSet && !m_answer.oneObject ? ResultShape::Array : ResultShape::Object;
    } else {
        m_shape = function.isSet && !m_answer.oneObject ? ResultShape::ScalarArray
                                                        : ResultShape::Scalar;
    }
    m_answer.oneObject = m_answer.oneObject && function.isSet;
}

SqlStatement RequestPlanner::planCall()
{
    CallArguments arguments;
    FunctionCall call{m_target.name, {}, !m_target.readOnly, "application/json"};
    m_query = m_target.readOnly ? rangedQueryOf(m_request, Query::Purpose::FunctionRead)
                                : queryOf(m_request);
    if (m_target.readOnly) {
        arguments.kind = CallArguments::Kind::Texts;
        arguments.texts = m_query.arguments;
    } else {
        RequestBody body = RequestBody::forFunction(m_request);
        call.type = body.kind == RequestBody::Kind::Form ? "" : body.type;
        arguments.texts = body.form;
        arguments.kind = body.kind == RequestBody::Kind::Form ? CallArguments::Kind::Texts
                                                              : CallArguments::Kind::Json;
        const auto names = m_query.columns.value_or(body.keys);
        arguments.names = {names.begin(), names.end()};
        arguments.body = std::move(body.text);
        if (body.kind == RequestBody::Kind::Json && !body.isObject) {
            // Only one argument without a name can take what is no object.
            call.arguments.insert("[]");
        }
    }
    for (const auto& [name, value] : arguments.texts) {
        arguments.names.insert(name);
    }
    call.arguments.insert(arguments.names.begin(), arguments.names.end());
    const Schema::Function& wanted = chooseFunction(m_schema, call);
    if (wanted.hasOneUnnamedArgument()) {
        arguments.kind = CallArguments::Kind::Raw;
    }
    m_options.readOnly = m_target.readOnly || !wanted.isVolatile;
    m_options.settings = wanted.settings;
    understandResult(wanted);
    m_plan = Planner(m_schema).rows(wanted, m_query.root);
    m_answer.offset = m_plan.offset;
    return CallWriter(wanted, m_plan, m_shape, m_type.stripsNulls).call(arguments, m_wanted.count);
}

} // namespace academy
