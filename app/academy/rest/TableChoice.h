// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "academy/rest/Schema.h"

namespace academy {

/// The table or view of this name. Throws RestError PGRST205, with the nearest name as a hint, when
/// there is none.
const Schema::Table& chooseTable(const Schema& schema, const Schema::Name& name);

} // namespace academy
