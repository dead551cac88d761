// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "academy/auth/Caller.h"
#include "academy/http/Message.h"
#include "academy/postgres/Pg.h"
#include "academy/rest/Preferences.h"
#include "academy/rest/Query.h"
#include "academy/rest/Schema.h"
#include "academy/rest/SqlWriter.h"

#include <optional>
#include <string>
#include <vector>

namespace academy {

/// One request to the REST service, from its text to its answer: understands it, writes its SQL,
/// runs it in one transaction as the caller, and puts the answer together. Lives for one job on a
/// pool thread. Throws RestError.
class RestRequest final
{
public:
    RestRequest(const Request& request, const Caller& caller, const Schema& schema);

    Response run(PgConnection& connection);

private:
    enum class Action { Read, Insert, Update, Delete, Put, Call };

    /// The names a JSON body brings: the members of its object, or of its array's objects.
    struct Body
    {
        std::vector<std::string> keys;
        bool isArray = false;
        bool isEmptyArray = false;
    };

    void understandAccept();
    void understandRange();
    void checkPreferences() const;
    const Schema::Table& table() const;
    const Schema::Function& function(const std::set<std::string>& names) const;
    SqlStatement plan();
    SqlStatement planRead();
    SqlStatement planInsert();
    SqlStatement planChange();
    SqlStatement planPut();
    SqlStatement planCall();
    Body body() const;
    SqlWriter::Shape shape(ResultShape result) const;
    Response options() const;
    void openTransaction(PgConnection& connection) const;
    PgResult checked(PgResult result) const;
    Response answer(const PgResult& result) const;
    std::string contentRange(std::int64_t rows, std::optional<std::int64_t> total) const;

    const Request& m_request;
    const Caller& m_caller;
    const Schema& m_schema;
    Preferences m_wanted;
    Query::Pairs m_parameters;
    Query m_query;
    Action m_action = Action::Read;
    std::string m_name;
    bool m_readOnly = false;
    bool m_oneObject = false;
    bool m_stripNulls = false;
    bool m_returnsVoid = false;
    bool m_noStatement = false; ///< nothing to do, such as inserting an empty array
    ResultShape m_shape = ResultShape::Array;
};

} // namespace academy
