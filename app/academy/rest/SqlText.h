// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "academy/postgres/Pg.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace academy {

/// A piece of SQL written in our own source. Only a literal converts to it, at compile time, so
/// that no text of a request ever becomes one.
struct SqlWord
{
    const char* text;
    // NOLINTNEXTLINE(google-explicit-constructor): literals shall convert by themselves.
    consteval SqlWord(const char* literal) : text(literal) { }
};

/// SQL under construction: our own words, quoted names, numbers, placeholders and expressions of
/// the catalogue. There is no way to put other text into one. A value type; any thread.
class SqlText final
{
public:
    SqlText() = default;
    explicit SqlText(SqlWord word) : m_text(word.text) { }

    /// A name in double quotes. Throws RestError when no identifier can be that text.
    static SqlText name(std::string_view name);
    static SqlText name(std::string_view schema, std::string_view name);
    static SqlText names(const std::vector<std::string>& names);
    static SqlText number(std::int64_t number);
    /// A type or a default expression as the catalogue prints it. Never text of a request.
    static SqlText fromCatalogue(std::string expression);
    /// Binds a value and stands for its placeholder.
    static SqlText bound(PgParams& params, std::string value);
    static SqlText joined(const std::vector<SqlText>& parts, SqlWord between);

    SqlText& operator+=(const SqlText& more);
    SqlText& operator+=(SqlWord more);

    bool isEmpty() const { return m_text.empty(); }
    const std::string& text() const { return m_text; }

private:
    std::string m_text;
};

SqlText operator+(SqlText left, const SqlText& right);
SqlText operator+(SqlText left, SqlWord right);
SqlText operator+(SqlWord left, const SqlText& right);

} // namespace academy
