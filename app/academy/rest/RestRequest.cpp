// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/rest/RestRequest.h"

#include "academy/rest/CallWriter.h"
#include "academy/rest/ChangeWriter.h"
#include "academy/rest/FunctionChoice.h"
#include "academy/rest/JsonOutline.h"
#include "academy/rest/OpenApi.h"
#include "academy/rest/Planner.h"
#include "academy/rest/ReadWriter.h"
#include "academy/rest/RequestBody.h"
#include "academy/rest/RestError.h"
#include "academy/rest/Suggestion.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <charconv>
#include <limits>

namespace academy {

namespace {

RestError withoutWhere(const char* verb)
{
    return {400, "21000", std::string(verb) + " requires a WHERE clause", {}, {}, {}, {}};
}

RestError invalidPath()
{
    return {404, "PGRST125", "Invalid path specified in request URL", {}, {}, {}, {}};
}

std::string schemaOf(const Request& request, const Schema& schema, bool& negotiated)
{
    const std::string_view method = request.method();
    const bool writes
        = method == "POST" || method == "PATCH" || method == "PUT" || method == "DELETE";
    const std::string profile(request.header(writes ? "content-profile" : "accept-profile"));
    negotiated = !profile.empty() || schema.settings.schemas.size() > 1;
    if (profile.empty()) {
        return schema.settings.schemas.front();
    }
    if (!schema.exposes(profile)) {
        std::string exposed;
        for (const std::string& name : schema.settings.schemas) {
            exposed += (exposed.empty() ? "" : ", ") + name;
        }
        throw RestError{406, "PGRST106", "Invalid schema: " + profile, {},
            "Only the following schemas are exposed: " + exposed, {}, {}};
    }
    return profile;
}

const Schema::Table& tableNamed(const Schema& schema, const Schema::Name& name)
{
    if (const Schema::Table* known = schema.table(name)) {
        return *known;
    }
    constexpr double least = 0.75;
    std::vector<std::string> names;
    for (const auto& [other, table] : schema.tables) {
        if (other.schema == name.schema) {
            names.push_back(other.name);
        }
    }
    const std::string near = nearest(name.name, names, least);
    throw RestError{404, "PGRST205",
        "Could not find the table '" + name.schema + "." + name.name + "' in the schema cache", {},
        near.empty() ? std::string()
                     : "Perhaps you meant the table '" + name.schema + "." + near + "'",
        {}, {}};
}

/// Text that is not UTF-8, or has a null character, can name nothing and match nothing.
void checkText(const std::string& text)
{
    if (!isUtf8(text) || text.find('\0') != std::string::npos) {
        throw RestError{
            400, "22021", "invalid byte sequence for encoding \"UTF8\"", {}, {}, {}, {}};
    }
}

RestAction actionOf(const Request& request)
{
    const std::string_view method = request.method();
    if (method == "POST") {
        return RestAction::Insert;
    }
    if (method == "PATCH") {
        return RestAction::Update;
    }
    if (method == "DELETE") {
        return RestAction::Delete;
    }
    if (method == "PUT") {
        return RestAction::Put;
    }
    if (method != "GET" && method != "HEAD" && method != "OPTIONS") {
        throw RestError{
            405, "PGRST117", "Unsupported HTTP method: " + std::string(method), {}, {}, {}, {}};
    }
    return RestAction::Read;
}

Query::Pairs parametersOf(const Request& request)
{
    auto pairs = request.parameters();
    for (const auto& [name, value] : pairs) {
        checkText(name);
        checkText(value);
    }
    return pairs;
}

} // namespace

RestTarget RestTarget::of(const Request& request, const Schema& schema)
{
    const std::string_view method = request.method();
    std::string_view path = request.path;
    while (path.starts_with('/')) {
        path.remove_prefix(1);
    }
    const bool calls = path.starts_with("rpc/");
    const std::string name = percentDecoded(calls ? path.substr(4) : path, false);
    checkText(name);
    RestTarget target;
    target.isOptions = method == "OPTIONS";
    target.readOnly = method == "GET" || method == "HEAD";
    target.isRoot = name.empty() && !calls;
    if (target.isRoot && schema.settings.hidesRoot) {
        throw RestError{404, "PGRST126", "Root endpoint metadata is disabled", {}, {}, {}, {}};
    }
    if ((name.empty() && calls) || path.substr(calls ? 4 : 0).find('/') != std::string_view::npos) {
        throw invalidPath();
    }
    target.name = {schemaOf(request, schema, target.negotiated), name};
    if (calls) {
        if (!target.readOnly && !target.isOptions && method != "POST") {
            throw RestError{405, "PGRST101",
                "Cannot use the " + std::string(method) + " method on RPC", {}, {}, {}, {}};
        }
        target.action = RestAction::Call;
        return target;
    }
    target.action = actionOf(request);
    if (target.isRoot && target.action != RestAction::Read) {
        throw RestError{
            405, "PGRST117", "Unsupported HTTP method: " + std::string(method), {}, {}, {}, {}};
    }
    return target;
}

Response allowedMethods(const RestTarget& target, const Schema& schema)
{
    if (target.isRoot) {
        return Response::empty(200).with("Allow", "OPTIONS,GET,HEAD");
    }
    if (target.action == RestAction::Call) {
        const auto found = schema.functions.find(target.name);
        if (found == schema.functions.end()) {
            chooseFunction(schema, {target.name, {}, false, {}});
        }
        return Response::empty(200).with(
            "Allow", found->second.isVolatile ? "OPTIONS,POST" : "OPTIONS,GET,HEAD,POST");
    }
    const Schema::Table& table = tableNamed(schema, target.name);
    std::string allowed = "OPTIONS,GET,HEAD";
    allowed += table.canInsert ? ",POST" : "";
    allowed += table.canInsert && table.canUpdate && !table.primaryKey.empty() ? ",PUT" : "";
    allowed += table.canUpdate ? ",PATCH" : "";
    allowed += table.canDelete ? ",DELETE" : "";
    return Response::empty(200).with("Allow", allowed);
}

RestRequest::RestRequest(
    const Request& request, RestTarget target, const Caller& caller, const Schema& schema)
    : m_request(request), m_target(std::move(target)), m_caller(caller), m_schema(schema),
      m_wanted(Preferences::of(request)), m_answer{.request = m_request,
                                              .wanted = m_wanted,
                                              .action = m_target.action,
                                              .type = {},
                                              .name = m_target.name.name,
                                              .profile = {}}
{
}

Response RestRequest::run(PgConnection& connection)
{
    m_type = MediaType::of(m_request.header("accept"), m_target.isRoot);
    checkPreferences();
    m_answer.type = m_type;
    m_answer.oneObject = m_type.kind == MediaType::Kind::Object;
    m_answer.allowsTx = m_schema.settings.allowsTxOverride;
    m_answer.profile = m_target.negotiated ? m_target.name.schema : std::string();
    m_options.readOnly = m_target.readOnly;
    m_options.schema = m_target.name.schema;
    m_options.timezone = m_wanted.timezone;
    RestTransaction transaction(connection, m_request, m_caller, m_schema);
    if (m_target.isRoot) {
        return describe(transaction);
    }
    const SqlStatement statement = plan();
    if (m_noStatement) {
        RestOutcome nothing;
        nothing.body = m_type.kind == MediaType::Kind::Csv ? "\n" : "[]";
        m_answer.check(nothing);
        return m_answer.response(nothing);
    }
    transaction.open(m_options);
    RestOutcome outcome = RestOutcome::of(transaction.run(statement.sql, statement.params));
    count(transaction, outcome, statement);
    m_answer.check(outcome);
    Response response = m_answer.response(outcome);
    transaction.close(rollsBack());
    return response;
}

bool RestRequest::rollsBack() const
{
    const Schema::Settings& settings = m_schema.settings;
    return settings.allowsTxOverride ? m_wanted.rollsBack.value_or(settings.rollsBack)
                                     : settings.rollsBack;
}

/// The planner's guess, where it was asked for or where counting would take too long.
void RestRequest::count(
    RestTransaction& transaction, RestOutcome& outcome, const SqlStatement& statement)
{
    const bool tooMany = outcome.total && *outcome.total > m_schema.settings.maxRows;
    if (statement.estimate.empty() || (m_wanted.count == Count::Estimated && !tooMany)) {
        return;
    }
    const PgResult plan = transaction.run(statement.estimate, statement.estimateParams);
    const std::string_view json = plan.text(0, 0);
    const auto document = QJsonDocument::fromJson(
        QByteArray::fromRawData(json.data(), static_cast<qsizetype>(json.size())));
    const std::int64_t guess = document.array()
                                   .at(0)
                                   .toObject()
                                   .value(QLatin1String("Plan"))
                                   .toObject()
                                   .value(QLatin1String("Plan Rows"))
                                   .toInteger();
    outcome.total = std::max(guess, outcome.total.value_or(0));
}

/// `Range: 0-24`, which stands for offset and limit.
void RestRequest::understandRange()
{
    const std::string_view range = m_request.header("range");
    QueryNode& root = m_query.root;
    if (range.empty() || m_request.method() != "GET") {
        return;
    }
    std::int64_t first = 0;
    std::int64_t last = -1;
    const char* end = range.data() + range.size();
    const auto start = std::from_chars(range.data(), end, first);
    if (start.ec != std::errc() || start.ptr == end || *start.ptr != '-' || first < 0) {
        return;
    }
    const auto stop = std::from_chars(start.ptr + 1, end, last);
    const bool isOpen = stop.ec != std::errc();
    if (!isOpen && last < first) {
        throw RestError::invalidRange("The lower boundary must be lower than or equal to the upper "
                                      "boundary in the Range header.");
    }
    // Both ways of asking hold: what is answered lies in both ranges.
    const std::int64_t from = std::max(first, root.offset.value_or(0));
    constexpr std::int64_t all = std::numeric_limits<std::int64_t>::max();
    const std::int64_t rangeEnd = isOpen || last == all ? all : last + 1;
    const std::int64_t limitEnd = root.limit && *root.limit < all - root.offset.value_or(0)
        ? root.offset.value_or(0) + *root.limit
        : all;
    const std::int64_t to = std::min(rangeEnd, limitEnd);
    root.offset = from;
    if (to != all) {
        root.limit = std::max<std::int64_t>(0, to - from);
    }
}

void RestRequest::checkPreferences() const
{
    if (m_wanted.isStrict && !m_wanted.unknown.empty()) {
        std::string names;
        for (const std::string& word : m_wanted.unknown) {
            names += (names.empty() ? "" : ", ") + word;
        }
        throw RestError{400, "PGRST122", "Invalid preferences given with handling=strict",
            "Invalid preferences: " + names, {}, {}, {}};
    }
}

const Schema::Table& RestRequest::table() const
{
    return tableNamed(m_schema, m_target.name);
}

ResultShape RestRequest::tableShape() const
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

SqlStatement RestRequest::plan()
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

SqlStatement RestRequest::planRead()
{
    const Schema::Table& wanted = table();
    m_query = Query::parse(parametersOf(m_request));
    understandRange();
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

SqlStatement RestRequest::planInsert()
{
    const Schema::Table& wanted = table();
    m_query = Query::parse(parametersOf(m_request));
    RequestBody body = RequestBody::forTable(m_request, m_query.columns.has_value());
    m_answer.appliesResolution = !wanted.primaryKey.empty() || !m_query.onConflict.empty();
    if (body.rows == 0) {
        m_noStatement = true;
        return {};
    }
    m_plan = Planner(m_schema).changed(wanted, m_query.root);
    return ChangeWriter(wanted, m_plan, m_wanted, m_shape, m_type.stripsNulls)
        .insert({std::move(body.text), m_query.columns.value_or(body.keys)}, m_query.onConflict);
}

SqlStatement RestRequest::planUpdate()
{
    const Schema::Table& wanted = table();
    m_query = Query::parse(parametersOf(m_request));
    RequestBody body = RequestBody::forTable(m_request, m_query.columns.has_value());
    if (!m_query.hasFilters) {
        throw withoutWhere("UPDATE");
    }
    ChangePayload payload{std::move(body.text), m_query.columns.value_or(body.keys)};
    if (payload.columns.empty() || body.rows == 0) {
        m_noStatement = true;
        return {};
    }
    Planner planner(m_schema);
    m_plan = planner.changed(wanted, m_query.root);
    return ChangeWriter(wanted, m_plan, m_wanted, m_shape, m_type.stripsNulls)
        .update(payload, planner.changeConditions(wanted, "t0", m_query.root));
}

SqlStatement RestRequest::planDelete()
{
    const Schema::Table& wanted = table();
    m_query = Query::parse(parametersOf(m_request));
    if (!m_query.hasFilters) {
        throw withoutWhere("DELETE");
    }
    Planner planner(m_schema);
    m_plan = planner.changed(wanted, m_query.root);
    return ChangeWriter(wanted, m_plan, m_wanted, m_shape, m_type.stripsNulls)
        .remove(planner.changeConditions(wanted, "t0", m_query.root));
}

/// PUT writes the one row its filters name: every column of the primary key by eq.
SqlStatement RestRequest::planPut()
{
    const Schema::Table& wanted = table();
    m_query = Query::parse(parametersOf(m_request));
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
void RestRequest::understandResult(const Schema::Function& function)
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

SqlStatement RestRequest::planCall()
{
    CallArguments arguments;
    FunctionCall call{m_target.name, {}, !m_target.readOnly, "application/json"};
    m_query = Query::parse(parametersOf(m_request),
        m_target.readOnly ? Query::Purpose::FunctionRead : Query::Purpose::Table);
    if (m_target.readOnly) {
        understandRange();
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

/// The root endpoint: what the caller may use, for tools that ask first.
Response RestRequest::describe(RestTransaction& transaction)
{
    constexpr const char* visibleSql
        = "select c.relname from pg_class c where c.relnamespace = $1::regnamespace and c.relkind "
          "in ('r', 'p', 'v', 'm', 'f') and (has_table_privilege(c.oid, 'select, insert, update, "
          "delete') or has_any_column_privilege(c.oid, 'select, insert, update')) union all select "
          "'rpc/' || p.proname from pg_proc p where p.pronamespace = $1::regnamespace and "
          "has_function_privilege(p.oid, 'execute')";
    m_options.readOnly = true;
    transaction.open(m_options);
    const PgResult rows
        = transaction.run(visibleSql, PgParams{quotedIdentifier(m_target.name.schema)});
    std::set<std::string> visible;
    for (int row = 0; row < rows.rows(); ++row) {
        visible.insert(std::string(rows.text(row, 0)));
    }
    transaction.close(true);
    Response response{200, {}, openApi(m_schema, m_target.name.schema, visible)};
    return response.with("Content-Type", m_type.contentType());
}

} // namespace academy
