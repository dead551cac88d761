// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "academy/rest/Query.h"
#include "academy/rest/ReadPlan.h"
#include "academy/rest/Schema.h"
#include "academy/rest/Statement.h"

#include <set>
#include <string>

namespace academy {

/// What a function is called with: one of three.
struct CallArguments
{
    enum class Kind {
        Texts, ///< of a query string or a form
        Json, ///< the members of one JSON object
        Raw ///< the whole body for one argument without a name
    };
    Kind kind = Kind::Json;
    Query::Pairs texts;
    std::set<std::string> names; ///< the members of `body` to take
    std::string body;
};

/// Writes calls of functions and what is read from their result. One object per request.
class CallWriter final
{
public:
    CallWriter(
        const Schema::Function& function, const ReadPlan& plan, ResultShape shape, bool stripsNulls)
        : m_function(function), m_plan(plan), m_shape(shape), m_stripsNulls(stripsNulls)
    {
    }

    SqlStatement call(const CallArguments& arguments, Count count);

private:
    SqlText source(const CallArguments& arguments);
    SqlText selected(const SqlText& call, const SqlText& arguments) const;
    SqlText texts(const Query::Pairs& given);

    const Schema::Function& m_function;
    const ReadPlan& m_plan;
    const ResultShape m_shape;
    const bool m_stripsNulls;
    PgParams m_params;
};

} // namespace academy
