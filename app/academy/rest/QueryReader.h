// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "academy/rest/Query.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace academy {

/// Reads the little languages of the query string from left to right. Cheap to copy, so that a
/// reader can look ahead. Throws RestError PGRST100 that names `what` and the place. The text must
/// outlive it.
class QueryReader final
{
public:
    /// `before` is how many characters stand in front of the text where places are counted.
    QueryReader(std::string_view text, std::string what, std::size_t before = 0)
        : m_text(text), m_before(before), m_what(std::move(what))
    {
    }

    bool atEnd() const { return m_at >= m_text.size(); }
    char peek() const { return atEnd() ? '\0' : m_text[m_at]; }
    bool sees(std::string_view word) const { return m_text.substr(m_at).starts_with(word); }
    bool take(std::string_view word);
    void expect(char c);
    void expectEnd() const;
    void skipSpace();
    [[noreturn]] void fail(const std::string& expected) const;

    std::string until(std::string_view stops);
    std::string rest() { return until({}); }
    /// "…" with \" and \\ inside.
    std::string quoted();
    /// A column, relation, alias or hint: quoted, or letters, digits, _, $, spaces inside, anything
    /// beyond ASCII, and hyphens that start no arrow.
    std::string name();
    /// name() with the JSON path behind it.
    QueryField field();
    /// A value inside a list or a logic tree: quoted, or up to "," or ")".
    std::string element();
    /// `{…}` of an array or JSON literal, quotes respected.
    std::string braced();
    /// "(a,b,"c d")".
    std::vector<std::string> list();

private:
    QueryField::Step step();

    std::string_view m_text;
    std::size_t m_at = 0;
    std::size_t m_before;
    std::string m_what;
};

/// How deep selections and conditions may nest.
constexpr int deepestNesting = 32;

} // namespace academy
