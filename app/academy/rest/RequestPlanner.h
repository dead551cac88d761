// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "academy/http/Message.h"
#include "academy/rest/MediaType.h"
#include "academy/rest/Preferences.h"
#include "academy/rest/Query.h"
#include "academy/rest/ReadPlan.h"
#include "academy/rest/RestAnswer.h"
#include "academy/rest/RestTarget.h"
#include "academy/rest/RestTransaction.h"
#include "academy/rest/Schema.h"
#include "academy/rest/Statement.h"

#include <optional>

namespace academy {

/// Understands one request and has its SQL written. On the way it notes in `answer` and `options`
/// what only the understanding tells: the offset, what a function returns, whether it may write. One
/// object per request; everything it refers to outlives it. Throws RestError.
class RequestPlanner final
{
public:
    RequestPlanner(const Request& request, const RestTarget& target, const Schema& schema,
        Preferences& wanted, RestAnswer& answer, RestTransaction::Options& options)
        : m_request(request), m_target(target), m_schema(schema), m_wanted(wanted),
          m_answer(answer), m_options(options), m_type(answer.type)
    {
    }

    /// Nothing when there is nothing to do, such as inserting an empty array.
    std::optional<SqlStatement> plan();

private:
    SqlStatement planRead();
    std::optional<SqlStatement> planInsert();
    std::optional<SqlStatement> planUpdate();
    SqlStatement planDelete();
    SqlStatement planPut();
    SqlStatement planCall();
    ResultShape tableShape() const;
    void understandResult(const Schema::Function& function);

    const Request& m_request;
    const RestTarget& m_target;
    const Schema& m_schema;
    Preferences& m_wanted;
    RestAnswer& m_answer;
    RestTransaction::Options& m_options;
    const MediaType& m_type;
    Query m_query;
    ReadPlan m_plan;
    ResultShape m_shape = ResultShape::Array;
};

} // namespace academy
