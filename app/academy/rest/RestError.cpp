// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/rest/RestError.h"

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
    if (body.isEmpty() || status < 200 || status > 599) {
        return {500, "PGRST121", "Could not parse JSON in the \"RAISE SQLSTATE 'PGRST'\" error",
            error.message, {}, {}, {}};
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

std::string textOrNull(const std::string& text)
{
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

RestError RestError::unparsable(const std::string& details)
{
    return {400, "PGRST100", "The query string cannot be parsed", details, {}, {}, {}};
}

RestError RestError::unknownColumn(const std::string& column, const std::string& table)
{
    return {400, "PGRST204",
        "Could not find the '" + column + "' column of '" + table + "' in the schema cache", {}, {},
        {}, {}};
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
