// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/realtime/RawJson.h"

#include <cstdint>

namespace academy {
namespace {

constexpr int deepest = 256;

/// Walks over one JSON text and keeps its place. Every `skip` leaves the place behind the value.
class Scanner
{
public:
    explicit Scanner(std::string_view text) : m_text(text) { }

    bool atEnd() const { return m_at == m_text.size(); }
    char peek() const { return atEnd() ? '\0' : m_text[m_at]; }
    std::size_t place() const { return m_at; }
    std::string_view from(std::size_t start) const { return m_text.substr(start, m_at - start); }

    bool take(char c)
    {
        if (peek() != c || atEnd()) {
            return false;
        }
        ++m_at;
        return true;
    }
    void skipSpace()
    {
        while (!atEnd() && (peek() == ' ' || peek() == '\n' || peek() == '\r' || peek() == '\t')) {
            ++m_at;
        }
    }
    bool skipString()
    {
        if (!take('"')) {
            return false;
        }
        while (!atEnd()) {
            const auto c = static_cast<unsigned char>(m_text[m_at++]);
            if (c == '"') {
                return true;
            }
            if (c < 0x20 || (c == '\\' && !skipEscape())) {
                return false;
            }
        }
        return false;
    }
    bool skipValue(int depth = 0)
    {
        if (depth > deepest) {
            return false;
        }
        switch (peek()) {
        case '{':
            return skipObject(depth);
        case '[':
            return skipArray(depth);
        case '"':
            return skipString();
        case 't':
            return skipWord("true");
        case 'f':
            return skipWord("false");
        case 'n':
            return skipWord("null");
        default:
            return skipNumber();
        }
    }

private:
    static bool isHex(char c)
    {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }
    bool skipEscape()
    {
        if (atEnd()) {
            return false;
        }
        const char c = m_text[m_at++];
        if (c != 'u') {
            return std::string_view("\"\\/bfnrt").find(c) != std::string_view::npos;
        }
        for (int i = 0; i < 4; ++i) {
            if (atEnd() || !isHex(m_text[m_at++])) {
                return false;
            }
        }
        return true;
    }
    bool skipWord(std::string_view word)
    {
        if (m_text.substr(m_at, word.size()) != word) {
            return false;
        }
        m_at += word.size();
        return true;
    }
    bool skipDigits()
    {
        const std::size_t start = m_at;
        while (peek() >= '0' && peek() <= '9') {
            ++m_at;
        }
        return m_at > start;
    }
    bool skipNumber()
    {
        take('-');
        if (!take('0') && !skipDigits()) {
            return false;
        }
        if (take('.') && !skipDigits()) {
            return false;
        }
        if (take('e') || take('E')) {
            if (!take('+')) {
                take('-');
            }
            return skipDigits();
        }
        return true;
    }
    bool skipArray(int depth)
    {
        take('[');
        skipSpace();
        if (take(']')) {
            return true;
        }
        do {
            skipSpace();
            if (!skipValue(depth + 1)) {
                return false;
            }
            skipSpace();
        } while (take(','));
        return take(']');
    }
    bool skipObject(int depth)
    {
        take('{');
        skipSpace();
        if (take('}')) {
            return true;
        }
        do {
            skipSpace();
            if (!skipString()) {
                return false;
            }
            skipSpace();
            if (!take(':')) {
                return false;
            }
            skipSpace();
            if (!skipValue(depth + 1)) {
                return false;
            }
            skipSpace();
        } while (take(','));
        return take('}');
    }

    std::string_view m_text;
    std::size_t m_at = 0;
};

void appendUtf8(std::string& out, std::uint32_t point)
{
    const auto push = [&out](std::uint32_t byte) { out.push_back(static_cast<char>(byte)); };
    if (point < 0x80) {
        push(point);
    } else if (point < 0x800) {
        push(0xc0U | (point >> 6U));
        push(0x80U | (point & 0x3fU));
    } else if (point < 0x10000) {
        push(0xe0U | (point >> 12U));
        push(0x80U | ((point >> 6U) & 0x3fU));
        push(0x80U | (point & 0x3fU));
    } else {
        push(0xf0U | (point >> 18U));
        push(0x80U | ((point >> 12U) & 0x3fU));
        push(0x80U | ((point >> 6U) & 0x3fU));
        push(0x80U | (point & 0x3fU));
    }
}

std::uint32_t hexUnit(std::string_view digits)
{
    std::uint32_t unit = 0;
    for (const char c : digits) {
        const int digit = c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;
        unit = unit * 16 + static_cast<std::uint32_t>(digit);
    }
    return unit;
}

std::string unescaped(std::string_view inner)
{
    std::string out;
    out.reserve(inner.size());
    for (std::size_t i = 0; i < inner.size(); ++i) {
        if (inner[i] != '\\') {
            out.push_back(inner[i]);
            continue;
        }
        const char c = inner[++i];
        switch (c) {
        case 'b':
            out.push_back('\b');
            break;
        case 'f':
            out.push_back('\f');
            break;
        case 'n':
            out.push_back('\n');
            break;
        case 'r':
            out.push_back('\r');
            break;
        case 't':
            out.push_back('\t');
            break;
        case 'u': {
            std::uint32_t point = hexUnit(inner.substr(i + 1, 4));
            i += 4;
            const bool high = point >= 0xd800 && point < 0xdc00;
            if (high && inner.substr(i + 1, 2) == "\\u" && i + 6 < inner.size()) {
                const std::uint32_t low = hexUnit(inner.substr(i + 3, 4));
                if (low >= 0xdc00 && low < 0xe000) {
                    point = 0x10000 + ((point - 0xd800) << 10U) + (low - 0xdc00);
                    i += 6;
                }
            }
            // A lone surrogate has no UTF-8 form.
            appendUtf8(out, point >= 0xd800 && point < 0xe000 ? 0xfffd : point);
            break;
        }
        default:
            out.push_back(c);
        }
    }
    return out;
}

} // namespace

std::optional<RawJson::Text> RawJson::Object::find(Text name) const
{
    for (auto it = members.rbegin(); it != members.rend(); ++it) {
        if (it->first == name) {
            return it->second;
        }
    }
    return std::nullopt;
}

std::optional<std::string> RawJson::Object::string(Text name) const
{
    const auto slice = find(name);
    return slice ? RawJson::unquoted(*slice) : std::nullopt;
}

std::optional<RawJson::Object> RawJson::Object::object(Text name) const
{
    const auto slice = find(name);
    return slice ? RawJson::object(*slice) : std::nullopt;
}

bool RawJson::isValid(Text text)
{
    Scanner scanner(text);
    scanner.skipSpace();
    if (!scanner.skipValue()) {
        return false;
    }
    scanner.skipSpace();
    return scanner.atEnd();
}

std::optional<RawJson::Object> RawJson::object(Text text)
{
    Scanner scanner(text);
    Object object;
    scanner.skipSpace();
    if (!scanner.take('{')) {
        return std::nullopt;
    }
    scanner.skipSpace();
    if (!scanner.take('}')) {
        do {
            scanner.skipSpace();
            const std::size_t nameAt = scanner.place();
            if (!scanner.skipString()) {
                return std::nullopt;
            }
            const Text name = scanner.from(nameAt);
            scanner.skipSpace();
            if (!scanner.take(':')) {
                return std::nullopt;
            }
            scanner.skipSpace();
            const std::size_t valueAt = scanner.place();
            if (!scanner.skipValue()) {
                return std::nullopt;
            }
            object.members.emplace_back(
                unescaped(name.substr(1, name.size() - 2)), scanner.from(valueAt));
            scanner.skipSpace();
        } while (scanner.take(','));
        if (!scanner.take('}')) {
            return std::nullopt;
        }
    }
    scanner.skipSpace();
    return scanner.atEnd() ? std::optional(std::move(object)) : std::nullopt;
}

std::optional<std::vector<RawJson::Text>> RawJson::array(Text text)
{
    Scanner scanner(text);
    std::vector<Text> elements;
    scanner.skipSpace();
    if (!scanner.take('[')) {
        return std::nullopt;
    }
    scanner.skipSpace();
    if (!scanner.take(']')) {
        do {
            scanner.skipSpace();
            const std::size_t valueAt = scanner.place();
            if (!scanner.skipValue()) {
                return std::nullopt;
            }
            elements.push_back(scanner.from(valueAt));
            scanner.skipSpace();
        } while (scanner.take(','));
        if (!scanner.take(']')) {
            return std::nullopt;
        }
    }
    scanner.skipSpace();
    return scanner.atEnd() ? std::optional(std::move(elements)) : std::nullopt;
}

std::optional<std::string> RawJson::unquoted(Text text)
{
    Scanner scanner(text);
    if (!scanner.skipString() || !scanner.atEnd()) {
        return std::nullopt;
    }
    return unescaped(text.substr(1, text.size() - 2));
}

std::string RawJson::quoted(Text text)
{
    static constexpr char digits[] = "0123456789abcdef";
    std::string out;
    out.reserve(text.size() + 2);
    out.push_back('"');
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        switch (c) {
        case '"':
            out += "\\\"";
            break;
        case '\\':
            out += "\\\\";
            break;
        case '\n':
            out += "\\n";
            break;
        case '\r':
            out += "\\r";
            break;
        case '\t':
            out += "\\t";
            break;
        default:
            if (byte < 0x20) {
                out += "\\u00";
                out.push_back(digits[byte >> 4U]);
                out.push_back(digits[byte & 0xfU]);
            } else {
                out.push_back(c);
            }
        }
    }
    out.push_back('"');
    return out;
}

} // namespace academy
