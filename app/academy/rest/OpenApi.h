// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "academy/rest/Schema.h"

#include <set>
#include <string>

namespace academy {

/// What a caller may see of one schema, as tools that read the root endpoint expect it: a Swagger
/// 2.0 document with a definition for every table and a path for every table and function.
/// `visible` are the tables and functions ("rpc/name") the caller has rights on. Pure.
std::string openApi(
    const Schema& schema, const std::string& exposed, const std::set<std::string>& visible);

} // namespace academy
