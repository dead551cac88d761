// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace academy {

/// What has to be known of a JSON body before PostgreSQL reads it: its kind and the names of its
/// rows. No values are built, so that numbers of any size pass through as they are.
struct JsonOutline
{
    enum class Kind { Object, Array, Other };

    Kind kind = Kind::Other;
    std::size_t rows = 0; ///< elements of the array, 1 for an object
    std::vector<std::string> keys; ///< of the object, or of the array's first; sorted, each once
    bool isUniform = true; ///< every element is an object with those keys

    /// Nothing when the text is not JSON or nested absurdly deeply. Pure; any thread.
    static std::optional<JsonOutline> of(std::string_view text);
};

/// True for well-formed UTF-8.
bool isUtf8(std::string_view text);

} // namespace academy
