// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/rest/RestRequest.h"

#include "academy/rest/RestError.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <charconv>
#include <map>
#include <set>

namespace academy {

namespace {

constexpr std::string_view objectType = "application/vnd.pgrst.object+json";
constexpr std::string_view arrayType = "application/vnd.pgrst.array+json";

/// A name of the schema that looks most like `wanted`, for a hint; empty when none comes near.
template <typename Names> std::string nearest(const std::string& wanted, const Names& names)
{
    std::string best;
    std::size_t bestDistance = std::max<std::size_t>(2, wanted.size() / 3) + 1;
    for (const auto& entry : names) {
        const std::string& name = entry.first;
        std::vector<std::size_t> previous(name.size() + 1);
        std::vector<std::size_t> current(name.size() + 1);
        for (std::size_t j = 0; j <= name.size(); ++j) {
            previous[j] = j;
        }
        for (std::size_t i = 1; i <= wanted.size(); ++i) {
            current[0] = i;
            for (std::size_t j = 1; j <= name.size(); ++j) {
                current[j] = std::min({previous[j] + 1, current[j - 1] + 1,
                    previous[j - 1] + (wanted[i - 1] == name[j - 1] ? 0 : 1)});
            }
            previous.swap(current);
        }
        if (previous[name.size()] < bestDistance) {
            bestDistance = previous[name.size()];
            best = name;
        }
    }
    return best;
}

/// The request's headers as the JSON object functions can read.
std::string headersJson(const Request& request)
{
    std::string json = "{";
    for (const auto& field : request.raw) {
        std::string name(field.name_string().data(), field.name_string().size());
        std::ranges::transform(name, name.begin(),
            [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
        if (name == "authorization" || name == "apikey" || name == "cookie") {
            continue;
        }
        json += json.size() > 1 ? "," : "";
        json += jsonQuoted(name) + ":"
            + jsonQuoted(std::string_view(field.value().data(), field.value().size()));
    }
    return json + "}";
}

std::optional<QJsonDocument> parsed(std::string_view body)
{
    QJsonParseError failed;
    const auto document = QJsonDocument::fromJson(
        QByteArray::fromRawData(body.data(), static_cast<qsizetype>(body.size())), &failed);
    return failed.error == QJsonParseError::NoError ? std::optional(document) : std::nullopt;
}

std::vector<std::string> keysOf(const QJsonObject& object)
{
    std::vector<std::string> keys;
    for (const QString& key : object.keys()) {
        keys.push_back(key.toStdString());
    }
    return keys;
}

RestError emptyBody()
{
    return {400, "PGRST102", "Empty or invalid json", {}, {}, {}, {}};
}

RestError withoutWhere(const char* verb)
{
    return {400, "21000", std::string(verb) + " requires a WHERE clause", {}, {}, {}, {}};
}

} // namespace

RestRequest::RestRequest(const Request& request, const Caller& caller, const Schema& schema)
    : m_request(request), m_caller(caller), m_schema(schema), m_wanted(Preferences::of(request)),
      m_parameters(request.parameters())
{
}

Response RestRequest::run(PgConnection& connection)
{
    const std::string_view method = m_request.method();
    const std::string_view profile = m_request.header(
        method == "GET" || method == "HEAD" ? "accept-profile" : "content-profile");
    if (!profile.empty() && profile != "public") {
        throw RestError{406, "PGRST106", "Invalid schema: " + std::string(profile), {},
            "Only the following schemas are exposed: public", {}, {}};
    }
    std::string_view path = m_request.path;
    while (path.starts_with('/')) {
        path.remove_prefix(1);
    }
    const bool calls = path.starts_with("rpc/");
    m_name = percentDecoded(calls ? path.substr(4) : path, false);
    if (m_name.empty()) {
        throw RestError{404, "PGRST126", "Root endpoint metadata is disabled", {}, {}, {}, {}};
    }
    if (m_name.find('/') != std::string::npos) {
        throw RestError{404, "PGRST125", "Invalid path specified in request URL", {}, {}, {}, {}};
    }
    m_readOnly = method == "GET" || method == "HEAD";
    if (calls) {
        if (!m_readOnly && method != "POST" && method != "OPTIONS") {
            throw RestError{405, "PGRST101",
                "Cannot use the " + std::string(method) + " method on RPC", {}, {}, {}, {}};
        }
        m_action = Action::Call;
    } else if (method == "POST") {
        m_action = Action::Insert;
    } else if (method == "PATCH") {
        m_action = Action::Update;
    } else if (method == "DELETE") {
        m_action = Action::Delete;
    } else if (method == "PUT") {
        m_action = Action::Put;
    } else if (!m_readOnly && method != "OPTIONS") {
        throw RestError{
            405, "PGRST117", "Unsupported HTTP method: " + std::string(method), {}, {}, {}, {}};
    }
    if (method == "OPTIONS") {
        return options();
    }
    understandAccept();
    checkPreferences();
    const SqlStatement statement = plan();
    if (m_noStatement) {
        const bool returns = m_wanted.returning == Preferences::Return::Representation;
        const unsigned status = m_action == Action::Insert ? 201 : returns ? 200 : 204;
        return (returns ? Response::json(status, "[]") : Response::empty(status))
            .with("Content-Range", "*/*");
    }
    openTransaction(connection);
    const PgResult result = checked(connection.run(statement.sql, statement.params));
    Response response = answer(result);
    checked(connection.run(m_wanted.rollsBack ? "rollback" : "commit"));
    return response;
}

void RestRequest::understandAccept()
{
    std::string_view accept = m_request.header("accept");
    if (accept.empty()) {
        return;
    }
    while (!accept.empty()) {
        const std::size_t end = std::min(accept.find(','), accept.size());
        std::string_view type = accept.substr(0, end);
        accept.remove_prefix(std::min(end + 1, accept.size()));
        while (type.starts_with(' ')) {
            type.remove_prefix(1);
        }
        const std::string_view name = type.substr(0, type.find_first_of("; "));
        const bool any = name == "*/*" || name == "application/*" || name == "application/json";
        if (any || name == objectType || name == arrayType || name == "application/vnd.pgrst.object"
            || name == "application/vnd.pgrst.array") {
            m_oneObject = name.starts_with("application/vnd.pgrst.object");
            m_stripNulls = type.find("nulls=stripped") != std::string_view::npos;
            return;
        }
    }
    throw RestError{406, "PGRST107",
        "None of these media types are available: " + std::string(m_request.header("accept")), {},
        {}, {}, {}};
}

/// `Range: 0-24`, which stands for offset and limit.
void RestRequest::understandRange()
{
    const std::string_view range = m_request.header("range");
    if (range.empty() || m_request.method() != "GET") {
        return;
    }
    std::int64_t first = 0;
    std::int64_t last = -1;
    const char* end = range.data() + range.size();
    const auto start = std::from_chars(range.data(), end, first);
    if (start.ec != std::errc() || start.ptr == end || *start.ptr != '-') {
        return;
    }
    const auto stop = std::from_chars(start.ptr + 1, end, last);
    if (stop.ec == std::errc() && last < first) {
        throw RestError{416, "PGRST103", "Requested range not satisfiable",
            "The lower boundary must be lower than or equal to the upper boundary in the Range "
            "header.",
            {}, {}, {}};
    }
    if (!m_query.root.offset) {
        m_query.root.offset = first;
    }
    if (stop.ec == std::errc() && !m_query.root.limit) {
        m_query.root.limit = last - first + 1;
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
    const auto found = m_schema.tables.find(m_name);
    if (found == m_schema.tables.end()) {
        const std::string near = nearest(m_name, m_schema.tables);
        throw RestError{404, "PGRST205",
            "Could not find the table 'public." + m_name + "' in the schema cache", {},
            near.empty() ? std::string() : "Perhaps you meant the table 'public." + near + "'", {},
            {}};
    }
    return found->second;
}

const Schema::Function& RestRequest::function(const std::set<std::string>& names) const
{
    std::vector<const Schema::Function*> fitting;
    const auto [first, last] = m_schema.functions.equal_range(m_name);
    for (auto candidate = first; candidate != last; ++candidate) {
        if (candidate->second.takes(names)) {
            fitting.push_back(&candidate->second);
        }
    }
    std::string list;
    for (const std::string& name : names) {
        list += (list.empty() ? "" : ", ") + name;
    }
    const std::string called = "public." + m_name;
    if (fitting.empty()) {
        const std::string near = first != last ? m_name : nearest(m_name, m_schema.functions);
        throw RestError{404, "PGRST202",
            "Could not find the function " + called + (names.empty() ? "" : "(" + list + ")")
                + (names.empty() ? " without parameters" : "") + " in the schema cache",
            "Searched for the function " + called
                + (names.empty() ? " without parameters" : " with parameters " + list)
                + ", but no matches were found in the schema cache.",
            near.empty() ? std::string() : "Perhaps you meant to call the function public." + near,
            {}, {}};
    }
    if (fitting.size() > 1) {
        throw RestError{300, "PGRST203",
            "Could not choose the best candidate function between the overloads of " + called, {},
            "Try renaming the parameters or the function itself in the database so function "
            "overloading can be resolved",
            {}, {}};
    }
    return *fitting.front();
}

SqlStatement RestRequest::plan()
{
    switch (m_action) {
    case Action::Read:
        return planRead();
    case Action::Insert:
        return planInsert();
    case Action::Update:
    case Action::Delete:
        return planChange();
    case Action::Put:
        return planPut();
    case Action::Call:
        break;
    }
    return planCall();
}

SqlWriter::Shape RestRequest::shape(ResultShape result) const
{
    return {.result = result, .stripNulls = m_stripNulls, .countsRows = m_wanted.countsRows};
}

SqlStatement RestRequest::planRead()
{
    const Schema::Table& wanted = table();
    m_query = Query::parse(m_parameters);
    understandRange();
    m_shape = m_oneObject ? ResultShape::Object : ResultShape::Array;
    return SqlWriter(m_schema, shape(m_shape)).select(wanted, m_query);
}

RestRequest::Body RestRequest::body() const
{
    const std::string_view type = m_request.header("content-type");
    if (!type.empty() && type.find("json") == std::string_view::npos) {
        throw RestError{
            415, "PGRST102", "Content-Type not acceptable: " + std::string(type), {}, {}, {}, {}};
    }
    const auto document = parsed(m_request.body());
    if (!document || (!document->isArray() && !document->isObject())) {
        throw emptyBody();
    }
    Body result;
    result.isArray = document->isArray();
    if (document->isObject()) {
        result.keys = keysOf(document->object());
        return result;
    }
    const QJsonArray rows = document->array();
    result.isEmptyArray = rows.isEmpty();
    bool isFirst = true;
    for (const QJsonValue& row : rows) {
        if (!row.isObject()) {
            throw emptyBody();
        }
        const auto keys = keysOf(row.toObject());
        if (isFirst) {
            result.keys = keys;
            isFirst = false;
        }
        if (keys != result.keys && m_query.columns.empty()) {
            throw RestError{400, "PGRST102", "All object keys must match", {}, {}, {}, {}};
        }
    }
    return result;
}

SqlStatement RestRequest::planInsert()
{
    const Schema::Table& wanted = table();
    m_query = Query::parse(m_parameters);
    const Body content = body();
    if (content.isEmptyArray) {
        m_noStatement = true;
        return {};
    }
    m_shape = m_oneObject ? ResultShape::Object : ResultShape::Array;
    const auto& keys = m_query.columns.empty() ? content.keys : m_query.columns;
    return SqlWriter(m_schema, shape(m_shape))
        .insert(wanted, m_query, m_wanted, keys, std::string(m_request.body()));
}

SqlStatement RestRequest::planChange()
{
    const Schema::Table& wanted = table();
    m_query = Query::parse(m_parameters);
    m_shape = m_oneObject ? ResultShape::Object : ResultShape::Array;
    if (m_action == Action::Delete) {
        if (!m_query.hasFilters) {
            throw withoutWhere("DELETE");
        }
        return SqlWriter(m_schema, shape(m_shape)).remove(wanted, m_query, m_wanted);
    }
    const Body content = body();
    if (!m_query.hasFilters) {
        throw withoutWhere("UPDATE");
    }
    const auto& keys = m_query.columns.empty() ? content.keys : m_query.columns;
    if (keys.empty()) {
        m_noStatement = true;
        return {};
    }
    return SqlWriter(m_schema, shape(m_shape))
        .update(wanted, m_query, m_wanted, keys, std::string(m_request.body()));
}

/// PUT writes the one row its filters name: every column of the primary key by eq.
SqlStatement RestRequest::planPut()
{
    const Schema::Table& wanted = table();
    m_query = Query::parse(m_parameters);
    if (m_query.root.limit || m_query.root.offset) {
        throw RestError{400, "PGRST114",
            "limit/offset querystring parameters are not allowed for PUT", {}, {}, {}, {}};
    }
    std::map<std::string, std::string> named;
    bool onlyKeys = true;
    for (const auto& condition : m_query.root.conditions) {
        const auto* filter = std::get_if<QueryFilter>(&condition);
        onlyKeys = onlyKeys && filter != nullptr && filter->op == "eq" && !filter->negated
            && filter->field.path.empty()
            && std::ranges::find(wanted.primaryKey, filter->field.column)
                != wanted.primaryKey.end();
        if (onlyKeys) {
            named[filter->field.column] = filter->operand;
        }
    }
    if (!onlyKeys || wanted.primaryKey.empty() || named.size() != wanted.primaryKey.size()) {
        throw RestError{405, "PGRST105",
            "Filters must include all and only primary key columns with 'eq' operators", {}, {}, {},
            {}};
    }
    const Body content = body();
    const auto document = parsed(m_request.body());
    const QJsonObject row
        = content.isArray ? document->array().at(0).toObject() : document->object();
    for (const auto& [column, value] : named) {
        const QVariant given = row.value(QString::fromStdString(column)).toVariant();
        if (given.toString().toStdString() != value
            || (content.isArray && document->array().size() != 1)) {
            throw RestError{400, "PGRST115",
                "Payload values do not match URL in primary key column(s)", {}, {}, {}, {}};
        }
    }
    m_wanted.resolution = Preferences::Resolution::MergeDuplicates;
    m_shape = m_oneObject ? ResultShape::Object : ResultShape::Array;
    return SqlWriter(m_schema, shape(m_shape))
        .insert(wanted, m_query, m_wanted, content.keys, std::string(m_request.body()));
}

SqlStatement RestRequest::planCall()
{
    std::set<std::string> names;
    std::vector<std::pair<std::string, std::string>> arguments;
    std::string content(m_request.body());
    if (m_readOnly) {
        Query::Pairs filters;
        const auto [first, last] = m_schema.functions.equal_range(m_name);
        for (const auto& [key, value] : m_parameters) {
            const bool isArgument = std::any_of(first, last, [&key = key](const auto& candidate) {
                return std::ranges::any_of(candidate.second.arguments,
                    [&](const Schema::Argument& argument) { return argument.name == key; });
            });
            const bool reserved = key == "select" || key == "order" || key == "limit"
                || key == "offset" || key == "and" || key == "or" || key == "apikey"
                || key.find('.') != std::string::npos;
            if (isArgument || (!reserved && !Query::looksLikeFilter(value))) {
                names.insert(key);
                arguments.emplace_back(key, value);
            } else {
                filters.emplace_back(key, value);
            }
        }
        m_query = Query::parse(filters);
        understandRange();
    } else {
        m_query = Query::parse(m_parameters);
        if (content.empty()) {
            content = "{}";
        }
        const auto document = parsed(content);
        if (!document || !document->isObject()) {
            throw emptyBody();
        }
        for (const std::string& key : keysOf(document->object())) {
            names.insert(key);
        }
    }
    const Schema::Function& wanted = function(names);
    using Returns = Schema::Function::Returns;
    m_returnsVoid = wanted.returns == Returns::Void;
    m_readOnly = m_readOnly || !wanted.isVolatile;
    if (wanted.returns == Returns::Composite) {
        m_shape = wanted.isSet && !m_oneObject ? ResultShape::Array : ResultShape::Object;
        m_oneObject = m_oneObject && wanted.isSet;
    } else {
        m_shape = wanted.isSet ? ResultShape::ScalarArray : ResultShape::Scalar;
        m_oneObject = false;
    }
    SqlWriter writer(m_schema, shape(m_shape));
    return m_request.method() == "POST" ? writer.call(wanted, m_query, names, content)
                                        : writer.call(wanted, m_query, arguments);
}

Response RestRequest::options() const
{
    if (m_action == Action::Call) {
        const auto found = m_schema.functions.find(m_name);
        const bool isVolatile = found == m_schema.functions.end() || found->second.isVolatile;
        return Response::empty(200).with(
            "Allow", isVolatile ? "OPTIONS,POST" : "OPTIONS,GET,HEAD,POST");
    }
    return Response::empty(200).with(
        "Allow", table().isView ? "OPTIONS,GET,HEAD" : "OPTIONS,GET,HEAD,POST,PUT,PATCH,DELETE");
}

void RestRequest::openTransaction(PgConnection& connection) const
{
    checked(connection.run(m_readOnly ? "begin isolation level read committed read only"
                                      : "begin isolation level read committed"));
    PgParams params{m_caller.role, m_caller.claimsText, m_request.method(),
        m_request.prefix + m_request.path, headersJson(m_request)};
    std::string sql
        = "select set_config('search_path', 'public, extensions', true), "
          "set_config('request.jwt.claims', $2, true), "
          "set_config('request.method', $3, true), set_config('request.path', $4, true), "
          "set_config('request.headers', $5, true)";
    if (const auto settings = m_schema.roleSettings.find(m_caller.role);
        settings != m_schema.roleSettings.end()) {
        for (const auto& [name, value] : settings->second) {
            const std::string parameter = params.add(name);
            sql += ", set_config(" + parameter + ", " + params.add(value) + ", true)";
        }
    }
    checked(connection.run(sql + ", set_config('role', $1, true)", params));
}

PgResult RestRequest::checked(PgResult result) const
{
    if (!result.ok()) {
        throw RestError::fromPostgres(result.error(), m_caller.role == "anon");
    }
    return result;
}

std::string RestRequest::contentRange(std::int64_t rows, std::optional<std::int64_t> total) const
{
    const std::string all = total ? std::to_string(*total) : "*";
    if (rows == 0) {
        return "*/" + all;
    }
    const std::int64_t first = m_query.root.offset.value_or(0);
    return std::to_string(first) + "-" + std::to_string(first + rows - 1) + "/" + all;
}

Response RestRequest::answer(const PgResult& result) const
{
    const bool reads = m_action == Action::Read || m_action == Action::Call;
    const bool returns = reads || m_wanted.returning == Preferences::Return::Representation;
    const std::int64_t rows = result.number(0, 1);
    const std::optional<std::int64_t> total = m_wanted.countsRows && !result.isNull(0, 0)
        ? std::optional(result.number(0, 0))
        : std::nullopt;
    if (m_oneObject && returns && rows != 1) {
        throw RestError{406, "PGRST116", "Cannot coerce the result to a single JSON object",
            "The result contains " + std::to_string(rows) + " rows", {}, {}, {}};
    }
    if (!reads && m_wanted.isStrict && m_wanted.maxAffected && rows > *m_wanted.maxAffected) {
        throw RestError{400, "PGRST124", "Query result exceeds max-affected preference constraint",
            "The query affects " + std::to_string(rows) + " rows", {}, {}, {}};
    }
    unsigned status = 200;
    std::string range = contentRange(rows, total);
    if (reads) {
        const std::int64_t offset = m_query.root.offset.value_or(0);
        if (total && offset > 0 && offset > *total) {
            throw RestError{416, "PGRST103", "Requested range not satisfiable",
                "An offset of " + std::to_string(offset) + " was requested, but there are only "
                    + std::to_string(*total) + " rows.",
                {}, {{"Content-Range", "*/" + std::to_string(*total)}}, {}};
        }
        status = total && rows < *total ? 206 : 200;
        status = m_returnsVoid ? 204 : status;
    } else if (m_action == Action::Insert) {
        status = 201;
        range = "*/" + (total ? std::to_string(*total) : std::string("*"));
    } else {
        status = returns ? 200 : 204;
        if (m_action != Action::Update) {
            range = "*/" + (total ? std::to_string(*total) : std::string("*"));
        }
    }
    Response response{status, {}, {}};
    const bool hasBody = returns && !m_returnsVoid;
    if (hasBody) {
        response.with("Content-Type",
            std::string(m_oneObject ? objectType : std::string_view("application/json"))
                + "; charset=utf-8");
        response.body = result.text(0, 2);
    }
    response.with("Content-Range", range);
    if (m_readOnly && m_request.method() != "POST") {
        response.with("Content-Location",
            m_request.prefix + m_request.path
                + (m_request.query.empty() ? "" : "?" + m_request.query));
        response.with("Vary", "Accept, Prefer, Range");
    }
    if (const std::string applied = m_wanted.applied(); !applied.empty()) {
        response.with("Preference-Applied", applied);
    }
    if (!result.isNull(0, 4)) {
        unsigned own = 0;
        const std::string_view text = result.text(0, 4);
        std::from_chars(text.data(), text.data() + text.size(), own);
        if (own < 200 || own > 599) {
            throw RestError{
                500, "PGRST112", "response.status guc must be a valid status code", {}, {}, {}, {}};
        }
        response.status = own;
    }
    if (!result.isNull(0, 3)) {
        const auto headers = parsed(result.text(0, 3));
        if (!headers || !headers->isArray()) {
            throw RestError{500, "PGRST111",
                "response.headers guc must be a JSON array composed of objects with a single key "
                "and a "
                "string value",
                {}, {}, {}, {}};
        }
        for (const QJsonValue& entry : headers->array()) {
            const QJsonObject object = entry.toObject();
            for (auto member = object.begin(); member != object.end(); ++member) {
                response.with(member.key().toStdString(), member.value().toString().toStdString());
            }
        }
    }
    return response;
}

} // namespace academy
