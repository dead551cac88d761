// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "academy/http/Message.h"
#include "academy/rest/RestTransaction.h"

#include <string>

namespace academy {

/// The root endpoint: what the caller may use of an exposed schema, for tools that ask first. Opens
/// and closes the transaction. Throws RestError.
Response describeRoot(RestTransaction& transaction, RestTransaction::Options options,
    const Schema& known, const std::string& contentType);

} // namespace academy
