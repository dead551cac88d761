// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "academy/auth/Caller.h"
#include "academy/http/Message.h"
#include "academy/postgres/Pg.h"
#include "academy/rest/Preferences.h"
#include "academy/rest/RestAnswer.h"
#include "academy/rest/RestTarget.h"
#include "academy/rest/RestTransaction.h"
#include "academy/rest/Schema.h"
#include "academy/rest/Statement.h"

namespace academy {

/// One request to the REST service, from its text to its answer: has it planned, runs the SQL in one
/// transaction as the caller, and has the answer put together. Lives for one job on a pool thread.
/// Throws RestError.
class RestRequest final
{
public:
    RestRequest(
        const Request& request, RestTarget target, const Caller& caller, const Schema& schema);

    Response run(PgConnection& connection);

private:
    void checkPreferences() const;
    void count(RestTransaction& transaction, RestOutcome& outcome, const SqlStatement& statement);
    bool rollsBack() const;

    const Request& m_request;
    const RestTarget m_target;
    const Caller& m_caller;
    const Schema& m_schema;
    Preferences m_wanted;
    RestAnswer m_answer;
    RestTransaction::Options m_options;
};

} // namespace academy
