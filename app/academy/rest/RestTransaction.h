// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "academy/auth/Caller.h"
#include "academy/http/Message.h"
#include "academy/postgres/Pg.h"
#include "academy/rest/Preferences.h"
#include "academy/rest/Schema.h"

#include <string>
#include <utility>
#include <vector>

namespace academy {

/// The one transaction of a request, as the caller's role with the caller's claims and what
/// functions may ask about the request. Throws RestError for what PostgreSQL refuses. Nothing it
/// sets outlives it. Source: supabase-protocol.md B8.
class RestTransaction final
{
public:
    struct Options
    {
        bool readOnly = false;
        std::string schema;
        std::string timezone;
        std::vector<std::pair<std::string, std::string>> settings; ///< of the function called
    };

    RestTransaction(PgConnection& connection, const Request& request, const Caller& caller,
        const Schema& schema);

    void open(const Options& options);
    PgResult run(const std::string& sql, const PgParams& params);
    void close(bool rollsBack);

private:
    PgResult checked(PgResult result) const;

    PgConnection& m_connection;
    const Request& m_request;
    const Caller& m_caller;
    const Schema& m_schema;
};

} // namespace academy
