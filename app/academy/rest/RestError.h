// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "academy/http/Message.h"
#include "academy/postgres/Pg.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace academy {

/// A refusal of the REST service: `{code, message, details, hint}` with its HTTP status. Thrown
/// inside a request's job and answered at its end. Source: supabase-protocol.md B7.
struct RestError
{
    unsigned status = 500;
    std::string code;
    std::string message;
    std::string details; ///< empty means null
    std::string hint; ///< empty means null
    std::vector<std::pair<std::string, std::string>> headers;
    std::string rawDetails; ///< JSON that stands for `details` as it is

    /// What PostgreSQL refused, by PostgREST's table of statuses. `PTxyz` becomes HTTP xyz.
    static RestError fromPostgres(const PgError& error, bool isAnonymous);

    /// PGRST100; `what` names the parameter, such as "filter (5)", `column` the place in it.
    static RestError unparsable(
        const std::string& what, const std::string& details, std::size_t column = 1);
    static RestError invalidBody(const std::string& message); ///< PGRST102
    static RestError invalidRange(const std::string& details); ///< PGRST103
    static RestError notEmbedded(const std::string& relation); ///< PGRST108
    static RestError notOneRow(std::int64_t rows); ///< PGRST116
    static RestError aggregatesNotAllowed(); ///< PGRST123
    static RestError tooManyAffected(std::int64_t rows); ///< PGRST124
    static RestError notImplemented(const std::string& details); ///< PGRST127
    static RestError unknownColumnInBody(const std::string& column, const std::string& table);
    /// PostgreSQL's own words for a column that is not there: 42703.
    static RestError noSuchColumn(const std::string& table, const std::string& column);

    Response response() const;
};

} // namespace academy
