// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "academy/http/Message.h"
#include "academy/rest/Query.h"

#include <string>

namespace academy {

/// Text that is not UTF-8, or has a null character, can name nothing and match nothing: throws
/// RestError 22021.
void checkText(const std::string& text);

/// What the parameters of a request ask for. Throws what Query::parse throws, and checkText().
Query queryOf(const Request& request, Query::Purpose purpose = Query::Purpose::Table);
/// The same, narrowed by the header `Range: 0-24`, which stands for offset and limit. Throws
/// RestError PGRST103.
Query rangedQueryOf(const Request& request, Query::Purpose purpose = Query::Purpose::Table);

} // namespace academy
