// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/rest/QueryReader.h"

#include "academy/rest/RestError.h"

#include <algorithm>

namespace academy {

namespace {

bool belongsToName(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'
        || c == '$' || c == ' ' || static_cast<unsigned char>(c) >= 0x80;
}

std::string trimmed(std::string text)
{
    const std::size_t first = text.find_first_not_of(' ');
    const std::size_t last = text.find_last_not_of(' ');
    return first == std::string::npos ? std::string() : text.substr(first, last - first + 1);
}

} // namespace

bool QueryReader::take(std::string_view word)
{
    if (!sees(word)) {
        return false;
    }
    m_at += word.size();
    return true;
}

void QueryReader::expect(char c)
{
    if (peek() != c) {
        fail(std::string("\"") + c + "\"");
    }
    ++m_at;
}

void QueryReader::expectEnd() const
{
    if (!atEnd()) {
        fail("end of input");
    }
}

void QueryReader::skipSpace()
{
    while (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r') {
        ++m_at;
    }
}

void QueryReader::fail(const std::string& expected) const
{
    const std::string seen
        = atEnd() ? std::string("end of input") : "\"" + std::string(1, m_text[m_at]) + "\"";
    throw RestError::unparsable(
        m_what, "unexpected " + seen + " expecting " + expected, m_before + m_at + 1);
}

std::string QueryReader::until(std::string_view stops)
{
    const std::size_t end = std::min(m_text.find_first_of(stops, m_at), m_text.size());
    std::string word(m_text.substr(m_at, end - m_at));
    m_at = end;
    return word;
}

std::string QueryReader::quoted()
{
    expect('"');
    std::string word;
    while (peek() != '"' || atEnd()) {
        if (atEnd()) {
            fail("\"\"\"");
        }
        if (peek() == '\\' && m_at + 1 < m_text.size()) {
            ++m_at;
        }
        word += m_text[m_at++];
    }
    ++m_at;
    return word;
}

std::string QueryReader::name()
{
    skipSpace();
    std::string word;
    if (peek() == '"') {
        word = quoted();
        skipSpace();
    } else {
        while (!atEnd() && (belongsToName(peek()) || (peek() == '-' && !sees("->")))) {
            word += m_text[m_at++];
        }
        word = trimmed(word);
    }
    if (word.empty() || word.find('\0') != std::string::npos) {
        fail("field name (* or [a..z0..9_$])");
    }
    return word;
}

QueryField::Step QueryReader::step()
{
    QueryField::Step result;
    result.asText = take("->>");
    if (!result.asText) {
        take("->");
    }
    if (peek() == '"') {
        result.key = quoted();
        return result;
    }
    while (
        !atEnd() && !sees("->") && std::string_view("(:.,>)").find(peek()) == std::string::npos) {
        result.key += m_text[m_at++];
    }
    result.key = trimmed(result.key);
    if (result.key.empty()) {
        fail("any non reserved character different from: .,>()");
    }
    const std::size_t sign = result.key.starts_with('-') ? 1 : 0;
    result.isIndex = result.key.size() > sign
        && std::all_of(result.key.begin() + static_cast<std::ptrdiff_t>(sign), result.key.end(),
            [](char c) { return c >= '0' && c <= '9'; });
    return result;
}

QueryField QueryReader::field()
{
    QueryField result;
    result.column = name();
    while (sees("->")) {
        result.path.push_back(step());
    }
    return result;
}

std::string QueryReader::element()
{
    if (peek() == '"') {
        QueryReader ahead = *this;
        std::string value = ahead.quoted();
        if (ahead.atEnd() || ahead.peek() == ',' || ahead.peek() == ')') {
            *this = ahead;
            return value;
        }
    }
    return until(",)");
}

std::string QueryReader::braced()
{
    const std::size_t start = m_at;
    int depth = 0;
    bool inQuotes = false;
    for (; !atEnd(); ++m_at) {
        const char c = peek();
        if (c == '\\') {
            ++m_at;
        } else if (c == '"') {
            inQuotes = !inQuotes;
        } else if (!inQuotes && c == '{') {
            ++depth;
        } else if (!inQuotes && c == '}' && --depth == 0) {
            ++m_at;
            return std::string(m_text.substr(start, m_at - start));
        }
    }
    fail("\"}\"");
}

std::vector<std::string> QueryReader::list()
{
    std::vector<std::string> values;
    skipSpace();
    expect('(');
    if (take(")")) {
        return values;
    }
    do {
        values.push_back(element());
    } while (take(","));
    expect(')');
    skipSpace();
    return values;
}

} // namespace academy
