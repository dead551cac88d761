// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace academy {

/// Rows of a CSV text (RFC 4180) with a header line, as JSON: every value a string, NULL null.
struct CsvBody
{
    std::vector<std::string> columns;
    std::size_t rows = 0;
    std::string json; ///< an array of objects

    /// Nothing when a line has another number of fields than the header, or a quote stays open.
    static std::optional<CsvBody> of(std::string_view text);
};

} // namespace academy
