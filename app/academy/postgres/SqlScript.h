// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace academy {

/// The statements of an SQL script without their semicolons: knows strings, E'' strings, quoted
/// identifiers, dollar quotes, nested comments and SQL-standard function bodies (begin atomic …
/// end). Parts that hold only comments or space are left out. Pure.
std::vector<std::string> sqlStatements(std::string_view script);

/// The 1-based line of a 1-based character offset, as PostgreSQL counts error positions (in
/// characters of UTF-8, not bytes).
int sqlLine(std::string_view script, int position);

} // namespace academy
