// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "academy/rest/Schema.h"

#include <set>
#include <string>

namespace academy {

/// What a call says about the function it means.
struct FunctionCall
{
    Schema::Name name;
    std::set<std::string> arguments;
    bool hasBody = false; ///< POST
    std::string type = "application/json"; ///< of the body
};

/// The one function a call means. Throws RestError PGRST202 when there is none, PGRST203 when
/// overloads leave it open. Source: supabase-protocol.md B6.
const Schema::Function& chooseFunction(const Schema& schema, const FunctionCall& call);

} // namespace academy
