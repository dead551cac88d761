// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/rest/RestError.h"

#include "academy/rest/JsonOutline.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <array>
#include <charconv>

namespace academy {

namespace {

struct StatusRule
{
    std::string_view prefix;
    unsigned status;
};

/// The longest prefix that fits a SQLSTATE decides.
constexpr std::array statusRules{StatusRule{"", 400}, StatusRule{"08", 503}, StatusRule{"09", 500},
    StatusRule{"0L", 403}, StatusRule{"0P", 403}, StatusRule{"21000", 500},
    StatusRule{"23503", 409}, StatusRule{"23505", 409}, StatusRule{"25006", 405},
    StatusRule{"25", 500}, StatusRule{"28", 403}, StatusRule{"2D", 500}, StatusRule{"38", 500},
    StatusRule{"39", 500}, StatusRule{"3B", 500}, StatusRule{"40", 500}, StatusRule{"53400", 500},
    StatusRule{"53", 503}, StatusRule{"54", 500}, StatusRule{"55", 500}, StatusRule{"57P01", 503},
    StatusRule{"57", 500}, StatusRule{"58", 500}, StatusRule{"F0", 500}, StatusRule{"HV", 500},
    StatusRule{"P0001", 400}, StatusRule{"P0", 500}, StatusRule{"XX", 500},
    StatusRule{"42883", 404}, StatusRule{"42P01", 404}, StatusRule{"42P17", 500}};

unsigned statusOf(const PgError& error, bool isAnonymous)
{
    const std::string& state = error.sqlState;
    if (state == "42501") {
        return isAnonymous ? 401 : 403;
    }
    if (state == "21000" && error.message.find("requires a WHERE clause") != std::string::npos) {
        return 400;
    }
    if (state == "22023" && error.message.starts_with("role ")
        && error.message.find("does not exist") != std::string::npos) {
        return 401;
    }
    if (state == "42883" && error.message.starts_with("function xmlagg(")) {
        return 406;
    }
    unsigned status = 400;
    if (state.starts_with("PT")) {
        const auto [end, failed]
            = std::from_chars(state.data() + 2, state.data() + state.size(), status);
        return failed == std::errc() && status >= 200 && status <= 599 ? status : 500;
    }
    std::size_t longest = 0;
    for (const StatusRule& rule : statusRules) {
        if (state.starts_with(rule.prefix) && rule.prefix.size() >= longest) {
            longest = rule.prefix.size();
            status = rule.status;
        }
    }
    return status;
}

/// RAISE … USING ERRCODE 'PGRST': the message is the body, the detail the status and headers.
RestError customError(const PgError& error)
{
    const QJsonObject body
        = QJsonDocument::fromJson(QByteArray::fromStdString(error.message)).object();
    const QJsonObject rest
        = QJsonDocument::fromJson(QByteArray::fromStdString(error.detail)).object();
    const auto member = [&](const char* name) {
        return body.value(QLatin1String(name)).toString().toStdString();
    };
    const qint64 status = rest.value(QLatin1String("status")).toInteger();
    const auto unreadable = [](const std::string& details, const std::string& hint) {
        return RestError{500, "PGRST121",
            "Could not parse JSON in the \"RAISE SQLSTATE 'PGRST'\" error", details, hint, {}, {}};
    };
    if (!body.contains(QLatin1String("code")) || !body.contains(QLatin1String("message"))) {
        return unreadable("Invalid JSON value for MESSAGE: '" + error.message + "'",
            "MESSAGE must be a JSON object with obligatory keys: 'code', 'message' and optional "
            "keys: 'details', 'hint'.");
    }
    if (status < 200 || status > 599 || !rest.contains(QLatin1String("headers"))) {
        return unreadable(error.detail.empty()
                ? "DETAIL is missing in the RAISE statement"
                : "Invalid JSON value for DETAIL: '" + error.detail + "'",
            "DETAIL must be a JSON object with obligatory keys: 'status', 'headers' and optional "
            "key: 'status_text'.");
    }
    RestError custom{static_cast<unsigned>(status), member("code"), member("message"),
        member("details"), member("hint"), {}, {}};
    const QJsonObject headers = rest.value(QLatin1String("headers")).toObject();
    for (auto header = headers.begin(); header != headers.end(); ++header) {
        custom.headers.emplace_back(
            header.key().toStdString(), header.value().toString().toStdString());
    }
    return custom;
}

/// Text as JSON; bytes of a request that are no UTF-8 are shown as question marks.
std::string textOrNull(std::string text)
{
    if (!isUtf8(text)) {
        std::ranges::replace_if(
            text, [](char c) { return static_cast<unsigned char>(c) >= 0x80; }, '?');
    }
    return text.empty() ? "null" : jsonQuoted(text);
}

} // namespace

RestError RestError::fromPostgres(const PgError& error, bool isAnonymous)
{
    if (error.sqlState == "PGRST") {
        return customError(error);
    }
    RestError result{statusOf(error, isAnonymous), error.sqlState, error.message, error.detail,
        error.hint, {}, {}};
    if (error.sqlState == "08006") {
        result.code = "PGRST001";
        result.message = "Database client error. Retrying the connection.";
    }
    return result;
}

RestError RestError::unparsable(
    const std::string& what, const std::string& details, std::size_t column)
{
    return {400, "PGRST100",
        "\"failed to parse " + what + "\" (line 1, column " + std::to_string(column) + ")", details,
        {}, {}, {}};
}

RestError RestError::invalidBody(const std::string& message)
{
    return {400, "PGRST102", message, {}, {}, {}, {}};
}

RestError RestError::invalidRange(const std::string& details)
{
    return {416, "PGRST103", "Requested range not satisfiable", details, {}, {}, {}};
}

RestError RestError::notEmbedded(const std::string& relation)
{
    return {400, "PGRST108", "'" + relation + "' is not an embedded resource in this request", {},
        "Verify that '" + relation + "' is included in the 'select' query parameter.", {}, {}};
}

RestError RestError::notOneRow(std::int64_t rows)
{
    return {406, "PGRST116", "Cannot coerce the result to a single JSON object",
        "The result contains " + std::to_string(rows) + " rows", {}, {}, {}};
}

RestError RestError::aggregatesNotAllowed()
{
    return {400, "PGRST123", "Use of aggregate functions is not allowed", {}, {}, {}, {}};
}

RestError RestError::tooManyAffected(std::int64_t rows)
{
    return {400, "PGRST124", "Query result exceeds max-affected preference constraint",
        "The query affects " + std::to_string(rows) + " rows", {}, {}, {}};
}

RestError RestError::notImplemented(const std::string& details)
{
    return {400, "PGRST127", "Feature not implemented", details, {}, {}, {}};
}

RestError RestError::unknownColumnInBody(const std::string& column, const std::string& table)
{
    return {400, "PGRST204",
        "Could not find the '" + column + "' column of '" + table + "' in the schema cache", {}, {},
        {}, {}};
}

RestError RestError::noSuchColumn(const std::string& table, const std::string& column)
{
    return {400, "42703",
        "column " + (table.empty() ? column : table + "." + column) + " does not exist", {}, {}, {},
        {}};
}

Response RestError::response() const
{
    Response answer = Response::json(status,
        "{\"code\":" + textOrNull(code)
            + ",\"details\":" + (rawDetails.empty() ? textOrNull(details) : rawDetails)
            + ",\"hint\":" + textOrNull(hint) + ",\"message\":" + textOrNull(message) + "}");
    answer.with("Proxy-Status", "PostgREST; error=" + code);
    if (status == 401) {
        answer.with("WWW-Authenticate",
            code.starts_with("PGRST30")
                ? "Bearer error=\"invalid_token\", error_description=" + jsonQuoted(message)
                : "Bearer");
    }
    for (const auto& [name, value] : headers) {
        answer.with(name, value);
    }
    return answer;
}

} // namespace academy
