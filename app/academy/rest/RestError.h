// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "academy/http/Message.h"
#include "academy/postgres/Pg.h"

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
    static RestError unparsable(const std::string& details);
    static RestError unknownColumn(const std::string& column, const std::string& table);

    Response response() const;
};

} // namespace academy
