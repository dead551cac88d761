// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "academy/rest/Query.h"
#include "academy/rest/QueryReader.h"

#include <string>

namespace academy {

/// The conditions of a query string. All throw RestError PGRST100.

/// "not.in.(1,2)" for a field.
QueryFilter parseFilter(QueryField field, const std::string& value);
/// True when a parameter's value reads as a condition: it tells them from a function's arguments.
bool isFilter(const std::string& value);
/// "(a.eq.1,or(b.is.null,c.gt.2))".
QueryLogic parseLogic(const std::string& value, bool isAnd, bool negated);

} // namespace academy
