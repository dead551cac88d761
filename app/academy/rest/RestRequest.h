// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "academy/auth/Caller.h"
#include "academy/http/Message.h"
#include "academy/postgres/Pg.h"
#include "academy/rest/MediaType.h"
#include "academy/rest/Preferences.h"
#include "academy/rest/Query.h"
#include "academy/rest/ReadPlan.h"
#include "academy/rest/RestAnswer.h"
#include "academy/rest/RestTransaction.h"
#include "academy/rest/Schema.h"
#include "academy/rest/Statement.h"

#include <string>

namespace academy {

/// Where a request goes: the method and the path below /rest/v1.
struct RestTarget
{
    Schema::Name name; ///< of the table or function; no name for the root
    RestAction action = RestAction::Read;
    bool isRoot = false;
    bool isOptions = false;
    bool readOnly = false; ///< GET and HEAD
    bool negotiated = false; ///< a profile header chose the schema

    /// Throws RestError for what leads nowhere: PGRST101, 106, 117, 125, 126.
    static RestTarget of(const Request& request, const Schema& schema);
};

/// Answers OPTIONS, which needs no caller and no database.
Response allowedMethods(const RestTarget& target, const Schema& schema);

/// One request to the REST service, from its text to its answer: understands it, has its SQL
/// written, runs it in one transaction as the caller, and has the answer put together. Lives for
/// one job on a pool thread. Throws RestError.
class RestRequest final
{
public:
    RestRequest(
        const Request& request, RestTarget target, const Caller& caller, const Schema& schema);

    Response run(PgConnection& connection);

private:
    void understandRange();
    void checkPreferences() const;
    const Schema::Table& table() const;
    SqlStatement plan();
    SqlStatement planRead();
    SqlStatement planInsert();
    SqlStatement planUpdate();
    SqlStatement planDelete();
    SqlStatement planPut();
    SqlStatement planCall();
    ResultShape tableShape() const;
    void understandResult(const Schema::Function& function);
    void count(RestTransaction& transaction, RestOutcome& outcome, const SqlStatement& statement);
    Response describe(RestTransaction& transaction);
    bool rollsBack() const;

    const Request& m_request;
    const RestTarget m_target;
    const Caller& m_caller;
    const Schema& m_schema;
    Preferences m_wanted;
    MediaType m_type;
    Query m_query;
    ReadPlan m_plan;
    RestAnswer m_answer;
    RestTransaction::Options m_options;
    ResultShape m_shape = ResultShape::Array;
    bool m_noStatement = false; ///< nothing to do, such as inserting an empty array
};

} // namespace academy
