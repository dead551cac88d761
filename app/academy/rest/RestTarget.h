// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "academy/http/Message.h"
#include "academy/rest/RestAnswer.h"
#include "academy/rest/Schema.h"

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

} // namespace academy
