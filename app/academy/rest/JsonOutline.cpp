// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/rest/JsonOutline.h"

#include <algorithm>
#include <cstdint>

namespace academy {

namespace {

constexpr int deepest = 512;

void appendUtf8(std::string& text, std::uint32_t code)
{
    const auto put = [&](std::uint32_t byte) { text += static_cast<char>(byte); };
    if (code < 0x80) {
        put(code);
    } else if (code < 0x800) {
        put(0xC0 | (code >> 6));
        put(0x80 | (code & 0x3F));
    } else if (code < 0x10000) {
        put(0xE0 | (code >> 12));
        put(0x80 | ((code >> 6) & 0x3F));
        put(0x80 | (code & 0x3F));
    } else {
        put(0xF0 | (code >> 18));
        put(0x80 | ((code >> 12) & 0x3F));
        put(0x80 | ((code >> 6) & 0x3F));
        put(0x80 | (code & 0x3F));
    }
}

/// Walks through a JSON text; every function is false when the text is malformed.
class Walker final
{
public:
    explicit Walker(std::string_view text) : m_text(text) { }

    bool root(JsonOutline& outline)
    {
        space();
        if (peek() == '{') {
            outline.kind = JsonOutline::Kind::Object;
            outline.rows = 1;
            if (!object(&outline.keys, 1)) {
                return false;
            }
        } else if (peek() == '[') {
            outline.kind = JsonOutline::Kind::Array;
            if (!rows(outline)) {
                return false;
            }
        } else if (!value(1)) {
            return false;
        }
        space();
        return m_at == m_text.size();
    }

private:
    char peek() const { return m_at < m_text.size() ? m_text[m_at] : '\0'; }
    bool take(char c)
    {
        const bool there = peek() == c && m_at < m_text.size();
        m_at += there ? 1 : 0;
        return there;
    }
    void space()
    {
        while (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r') {
            ++m_at;
        }
    }
    bool word(std::string_view text)
    {
        const bool there = m_text.substr(m_at).starts_with(text);
        m_at += there ? text.size() : 0;
        return there;
    }

    bool rows(JsonOutline& outline)
    {
        take('[');
        space();
        if (take(']')) {
            return true;
        }
        do {
            space();
            std::vector<std::string> keys;
            const bool isObject = peek() == '{';
            if (!(isObject ? object(&keys, 2) : value(2))) {
                return false;
            }
            if (outline.rows++ == 0) {
                outline.keys = keys;
            }
            outline.isUniform = outline.isUniform && isObject && keys == outline.keys;
            space();
        } while (take(','));
        return take(']');
    }

    bool value(int depth)
    {
        space();
        if (depth > deepest) {
            return false;
        }
        switch (peek()) {
        case '{':
            return object(nullptr, depth);
        case '[':
            return array(depth);
        case '"':
            return string(nullptr);
        case 't':
            return word("true");
        case 'f':
            return word("false");
        case 'n':
            return word("null");
        default:
            return number();
        }
    }

    bool array(int depth)
    {
        take('[');
        space();
        if (take(']')) {
            return true;
        }
        do {
            if (!value(depth + 1)) {
                return false;
            }
            space();
        } while (take(','));
        return take(']');
    }

    bool object(std::vector<std::string>* keys, int depth)
    {
        take('{');
        space();
        if (take('}')) {
            return true;
        }
        do {
            space();
            std::string key;
            if (!string(keys == nullptr ? nullptr : &key)) {
                return false;
            }
            space();
            if (!take(':') || !value(depth + 1)) {
                return false;
            }
            if (keys != nullptr) {
                keys->push_back(std::move(key));
            }
            space();
        } while (take(','));
        if (keys != nullptr) {
            std::ranges::sort(*keys);
            keys->erase(std::unique(keys->begin(), keys->end()), keys->end());
        }
        return take('}');
    }

    bool digits()
    {
        const std::size_t start = m_at;
        while (peek() >= '0' && peek() <= '9') {
            ++m_at;
        }
        return m_at > start;
    }

    bool number()
    {
        take('-');
        if (!take('0') && !digits()) {
            return false;
        }
        if (take('.') && !digits()) {
            return false;
        }
        if (take('e') || take('E')) {
            if (!take('+')) {
                take('-');
            }
            return digits();
        }
        return true;
    }

    std::optional<std::uint32_t> fourHex()
    {
        std::uint32_t code = 0;
        for (int i = 0; i < 4; ++i) {
            const char c = peek();
            const bool digit = c >= '0' && c <= '9';
            const char lower = static_cast<char>(c | 0x20);
            if (!digit && !(lower >= 'a' && lower <= 'f')) {
                return std::nullopt;
            }
            code = code * 16 + static_cast<std::uint32_t>(digit ? c - '0' : lower - 'a' + 10);
            ++m_at;
        }
        return code;
    }

    bool escape(std::string* text)
    {
        constexpr std::string_view names = "\"\\/bfnrt";
        constexpr std::string_view meanings = "\"\\/\b\f\n\r\t";
        if (const std::size_t which = names.find(peek());
            which != std::string_view::npos && m_at < m_text.size()) {
            ++m_at;
            if (text != nullptr) {
                *text += meanings[which];
            }
            return true;
        }
        if (!take('u')) {
            return false;
        }
        auto code = fourHex();
        if (!code) {
            return false;
        }
        if (*code >= 0xD800 && *code < 0xDC00 && word("\\u")) {
            const auto low = fourHex();
            if (!low) {
                return false;
            }
            code = *low >= 0xDC00 && *low < 0xE000
                ? 0x10000 + ((*code - 0xD800) << 10) + (*low - 0xDC00)
                : 0xFFFD;
        }
        if (text != nullptr) {
            appendUtf8(*text, *code >= 0xD800 && *code < 0xE000 ? 0xFFFD : *code);
        }
        return true;
    }

    bool string(std::string* text)
    {
        if (!take('"')) {
            return false;
        }
        while (m_at < m_text.size()) {
            const char c = m_text[m_at++];
            if (c == '"') {
                return true;
            }
            if (static_cast<unsigned char>(c) < 0x20) {
                return false;
            }
            if (c == '\\') {
                if (!escape(text)) {
                    return false;
                }
            } else if (text != nullptr) {
                *text += c;
            }
        }
        return false;
    }

    std::string_view m_text;
    std::size_t m_at = 0;
};

} // namespace

std::optional<JsonOutline> JsonOutline::of(std::string_view text)
{
    JsonOutline outline;
    return isUtf8(text) && Walker(text).root(outline) ? std::optional(outline) : std::nullopt;
}

bool isUtf8(std::string_view text)
{
    std::size_t at = 0;
    while (at < text.size()) {
        const auto lead = static_cast<unsigned char>(text[at]);
        const std::size_t length = lead < 0x80 ? 1
            : lead >= 0xC2 && lead <= 0xDF     ? 2
            : lead >= 0xE0 && lead <= 0xEF     ? 3
            : lead >= 0xF0 && lead <= 0xF4     ? 4
                                               : 0;
        if (length == 0 || at + length > text.size()) {
            return false;
        }
        for (std::size_t i = 1; i < length; ++i) {
            const auto next = static_cast<unsigned char>(text[at + i]);
            const unsigned char least = i > 1 ? 0x80
                : lead == 0xE0                ? 0xA0
                : lead == 0xF0                ? 0x90
                                              : 0x80;
            const unsigned char most = i > 1 ? 0xBF
                : lead == 0xED               ? 0x9F
                : lead == 0xF4               ? 0x8F
                                             : 0xBF;
            if (next < least || next > most) {
                return false;
            }
        }
        at += length;
    }
    return true;
}

} // namespace academy
