// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "academy/http/Message.h"
#include "academy/rest/Query.h"

#include <string>
#include <vector>

namespace academy {

/// What a request brings, by its content type. Source: supabase-protocol.md B5, B6.
struct RequestBody
{
    enum class Kind {
        Json, ///< also made from CSV, or from a form that becomes a row
        Form, ///< pairs for a function
        Raw ///< text, XML or bytes for a function
    };

    Kind kind = Kind::Json;
    std::string type; ///< "application/json", without parameters
    std::string text; ///< JSON, or the bytes as they came
    std::vector<std::string> keys; ///< which columns or arguments it names
    Query::Pairs form;
    bool isObject = false;
    std::size_t rows = 0;

    /// For a table; with `hasColumns` the rows may have different keys. Throws RestError PGRST102.
    static RequestBody forTable(const Request& request, bool hasColumns);
    static RequestBody forFunction(const Request& request);
};

} // namespace academy
