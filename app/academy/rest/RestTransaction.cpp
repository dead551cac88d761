// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/rest/RestTransaction.h"

#include "academy/rest/JsonOutline.h"
#include "academy/rest/RestError.h"
#include "academy/rest/SqlText.h"

#include <algorithm>

namespace academy {

namespace {

/// The request's headers as the JSON object functions can read. What proves who the caller is stays
/// out of the database; the claims are there.
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
        const std::string_view value(field.value().data(), field.value().size());
        if (isUtf8(value)) {
            json += (json.size() > 1 ? "," : "") + jsonQuoted(name) + ":" + jsonQuoted(value);
        }
    }
    return json + "}";
}

std::string cookiesJson(const Request& request)
{
    std::string json = "{";
    std::string_view cookies = request.header("cookie");
    while (!cookies.empty()) {
        const std::size_t end = std::min(cookies.find(';'), cookies.size());
        std::string_view pair = cookies.substr(0, end);
        cookies.remove_prefix(std::min(end + 1, cookies.size()));
        while (pair.starts_with(' ')) {
            pair.remove_prefix(1);
        }
        const std::size_t equals = pair.find('=');
        if (equals != std::string_view::npos && isUtf8(pair)) {
            json += (json.size() > 1 ? "," : "") + jsonQuoted(pair.substr(0, equals)) + ":"
                + jsonQuoted(pair.substr(equals + 1));
        }
    }
    return json + "}";
}

std::string searchPath(const std::string& schema, const Schema& known)
{
    std::string path = quotedIdentifier(schema);
    for (const std::string& extra : known.settings.extraSearchPath) {
        if (extra != schema) {
            path += ", " + quotedIdentifier(extra);
        }
    }
    return path;
}

} // namespace

RestTransaction::RestTransaction(
    PgConnection& connection, const Request& request, const Caller& caller, const Schema& schema)
    : m_connection(connection), m_request(request), m_caller(caller), m_schema(schema)
{
}

void RestTransaction::open(const Options& options)
{
    checked(m_connection.run(options.readOnly ? "begin isolation level read committed read only"
                                              : "begin isolation level read committed"));
    PgParams params;
    SqlText sql("select ");
    const auto set = [&](const std::string& name, std::string value) {
        sql += "set_config(" + SqlText::bound(params, name) + ", "
            + SqlText::bound(params, std::move(value)) + ", true), ";
    };
    set("search_path", searchPath(options.schema, m_schema));
    set("request.jwt.claims", m_caller.claimsText);
    set("request.method", std::string(m_request.method()));
    set("request.path", m_request.prefix + m_request.path);
    set("request.headers", headersJson(m_request));
    set("request.cookies", cookiesJson(m_request));
    if (const auto own = m_schema.roleSettings.find(m_caller.role);
        own != m_schema.roleSettings.end()) {
        for (const auto& [name, value] : own->second) {
            set(name, value);
        }
    }
    for (const auto& [name, value] : options.settings) {
        set(name, value);
    }
    if (!options.timezone.empty()) {
        set("timezone", options.timezone);
    }
    sql += "set_config('role', " + SqlText::bound(params, m_caller.role) + ", true)";
    const PgResult done = m_connection.run(sql.text(), params);
    if (!done.ok() && !options.timezone.empty() && done.error().sqlState == "22023"
        && done.error().message.find("TimeZone") != std::string::npos) {
        throw RestError{400, "PGRST122", "Invalid preferences given with handling=strict",
            "Invalid preferences: timezone=" + options.timezone, {}, {}, {}};
    }
    if (!done.ok()) {
        throw RestError::fromPostgres(done.error(), m_caller.role == "anon");
    }
    if (const auto& check = m_schema.settings.preRequest) {
        const SqlText call = "select " + SqlText::name(check->schema, check->name) + "()";
        checked(m_connection.run(call.text(), PgParams()));
    }
}

PgResult RestTransaction::run(const std::string& sql, const PgParams& params)
{
    return checked(m_connection.run(sql, params));
}

void RestTransaction::close(bool rollsBack)
{
    checked(m_connection.run(rollsBack ? "rollback" : "commit"));
}

PgResult RestTransaction::checked(PgResult result) const
{
    if (!result.ok()) {
        throw RestError::fromPostgres(result.error(), m_caller.role == "anon");
    }
    return result;
}

} // namespace academy
