// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "academy/rest/Query.h"

#include <string>
#include <vector>

namespace academy {

/// What a query string selects and how it sorts. All throw RestError PGRST100.

/// "id,name:title::text,amount.sum(),...author!inner(*)".
std::vector<QueryItem> parseSelect(const std::string& value);
/// "a.desc.nullslast,data->>b,author(name)".
std::vector<QueryOrder> parseOrder(const std::string& value);
/// The names of `columns` and `on_conflict`.
std::vector<std::string> parseNames(const std::string& value, const std::string& parameter);

} // namespace academy
