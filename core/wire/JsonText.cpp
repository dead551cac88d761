// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/JsonText.h"

#include "wire/Json.h"

namespace {

/// Walks over JSON text. A position past the end means "malformed".
class Walker
{
public:
    explicit Walker(QByteArrayView text) : m_text(text) { }

    bool skip(char expected)
    {
        space();
        if (m_at >= m_text.size() || m_text[m_at] != expected) {
            return false;
        }
        ++m_at;
        space();
        return true;
    }
    bool next(char expected) const { return m_at < m_text.size() && m_text[m_at] == expected; }
    bool atEnd()
    {
        space();
        return m_at == m_text.size();
    }
    std::optional<QByteArrayView> value()
    {
        space();
        const qsizetype from = m_at;
        qsizetype depth = 0;
        do {
            if (m_at >= m_text.size()) {
                return std::nullopt;
            }
            const char c = m_text[m_at];
            if (c == '"') {
                if (!string()) {
                    return std::nullopt;
                }
            } else if (c == '{' || c == '[') {
                ++depth;
                ++m_at;
            } else if (c == '}' || c == ']') {
                if (--depth < 0) {
                    return std::nullopt;
                }
                ++m_at;
            } else if (depth > 0 && QByteArrayView(",: \t\r\n").contains(c)) {
                ++m_at;
            } else if (!scalar()) {
                return std::nullopt;
            }
        } while (depth > 0);
        return m_text.sliced(from, m_at - from);
    }

private:
    void space()
    {
        while (m_at < m_text.size() && QByteArrayView(" \t\r\n").contains(m_text[m_at])) {
            ++m_at;
        }
    }
    bool string()
    {
        ++m_at;
        for (;;) {
            const qsizetype quote = m_text.indexOf('"', m_at);
            if (quote < 0) {
                m_at = m_text.size();
                return false;
            }
            qsizetype escapes = 0;
            while (quote - escapes > m_at && m_text[quote - escapes - 1] == '\\') {
                ++escapes;
            }
            m_at = quote + 1;
            if (escapes % 2 == 0) {
                return true;
            }
        }
    }
    bool scalar()
    {
        const qsizetype from = m_at;
        while (m_at < m_text.size() && !QByteArrayView(",:]}[{\" \t\r\n").contains(m_text[m_at])) {
            ++m_at;
        }
        return m_at > from;
    }

    QByteArrayView m_text;
    qsizetype m_at = 0;
};

} // namespace

std::optional<QList<QByteArrayView>> jsonElements(QByteArrayView array)
{
    Walker in(array);
    QList<QByteArrayView> elements;
    if (!in.skip('[')) {
        return std::nullopt;
    }
    if (!in.next(']')) {
        do {
            const auto value = in.value();
            if (!value) {
                return std::nullopt;
            }
            elements.append(*value);
        } while (in.skip(','));
    }
    if (!in.skip(']') || !in.atEnd()) {
        return std::nullopt;
    }
    return elements;
}

std::optional<QList<JsonMember>> jsonMembers(QByteArrayView object)
{
    Walker in(object);
    QList<JsonMember> members;
    if (!in.skip('{')) {
        return std::nullopt;
    }
    if (!in.next('}')) {
        do {
            const auto name = in.value();
            const auto decoded = name && name->startsWith('"') ? parseJson(*name) : Error{};
            if (!decoded.ok() || !decoded->isString() || !in.skip(':')) {
                return std::nullopt;
            }
            const auto value = in.value();
            if (!value) {
                return std::nullopt;
            }
            members.append({decoded->toString(), *value});
        } while (in.skip(','));
    }
    if (!in.skip('}') || !in.atEnd()) {
        return std::nullopt;
    }
    return members;
}
