// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/postgres/SqlScript.h"

#include <algorithm>
#include <cctype>

namespace academy {

namespace {

bool isWord(char c)
{
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || (c & 0x80) != 0;
}

/// Walks a script token by token; each skip function returns the offset after its token.
class Scanner final
{
public:
    explicit Scanner(std::string_view script) : m_script(script) { }

    std::size_t afterQuoted(std::size_t start, char quote, bool backslashes) const
    {
        for (std::size_t i = start + 1; i < m_script.size(); ++i) {
            if (backslashes && m_script[i] == '\\') {
                ++i;
            } else if (m_script[i] == quote) {
                if (i + 1 >= m_script.size() || m_script[i + 1] != quote) {
                    return i + 1;
                }
                ++i;
            }
        }
        return m_script.size();
    }

    std::size_t afterLine(std::size_t start) const
    {
        return std::min(m_script.find('\n', start), m_script.size());
    }

    std::size_t afterComment(std::size_t start) const
    {
        int depth = 0;
        for (std::size_t i = start; i + 1 < m_script.size(); ++i) {
            if (m_script.substr(i, 2) == "/*") {
                ++depth;
                ++i;
            } else if (m_script.substr(i, 2) == "*/") {
                ++i;
                if (--depth == 0) {
                    return i + 1;
                }
            }
        }
        return m_script.size();
    }

    /// After "$tag$ … $tag$", or just after the "$" when it opens no quote.
    std::size_t afterDollar(std::size_t start) const
    {
        std::size_t end = start + 1;
        while (end < m_script.size() && isWord(m_script[end])) {
            ++end;
        }
        const bool parameter
            = end > start + 1 && std::isdigit(static_cast<unsigned char>(m_script[start + 1])) != 0;
        if (end >= m_script.size() || m_script[end] != '$' || parameter) {
            return start + 1;
        }
        const std::string_view tag = m_script.substr(start, end + 1 - start);
        const std::size_t close = m_script.find(tag, end + 1);
        return close == std::string_view::npos ? m_script.size() : close + tag.size();
    }

    std::string wordAt(std::size_t start) const
    {
        std::string word;
        for (std::size_t i = start; i < m_script.size() && isWord(m_script[i]); ++i) {
            word += static_cast<char>(std::tolower(static_cast<unsigned char>(m_script[i])));
        }
        return word;
    }

private:
    std::string_view m_script;
};

} // namespace

std::vector<std::string> sqlStatements(std::string_view script)
{
    std::vector<std::string> statements;
    const Scanner scanner(script);
    std::size_t start = 0;
    bool substance = false;
    int atomic = 0;
    std::string previous;
    const auto finish = [&](std::size_t end) {
        std::string_view text = script.substr(start, end - start);
        while (!text.empty() && std::isspace(static_cast<unsigned char>(text.front())) != 0) {
            text.remove_prefix(1);
        }
        while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back())) != 0) {
            text.remove_suffix(1);
        }
        if (substance) {
            statements.emplace_back(text);
        }
        start = std::min(end + 1, script.size());
        substance = false;
        atomic = 0;
        previous.clear();
    };
    std::size_t i = 0;
    while (i < script.size()) {
        const char c = script[i];
        if (script.substr(i, 2) == "--") {
            i = scanner.afterLine(i);
        } else if (script.substr(i, 2) == "/*") {
            i = scanner.afterComment(i);
        } else if (c == ';' && atomic == 0) {
            finish(i);
            ++i;
        } else if (std::isspace(static_cast<unsigned char>(c)) != 0) {
            ++i;
        } else {
            substance = true;
            if (c == '\'' || c == '"') {
                i = scanner.afterQuoted(i, c, c == '\'' && previous == "e");
            } else if (c == '$') {
                i = scanner.afterDollar(i);
            } else if (isWord(c)) {
                const std::string word = scanner.wordAt(i);
                if ((word == "atomic" && previous == "begin") || (word == "case" && atomic > 0)) {
                    ++atomic;
                } else if (word == "end" && atomic > 0) {
                    --atomic;
                }
                i += word.size();
                // Only an e that touches its quote makes an escape string.
                previous = word == "e" && (i >= script.size() || script[i] != '\'') ? "" : word;
                continue;
            } else {
                ++i;
            }
            previous.clear();
        }
    }
    finish(script.size());
    return statements;
}

int sqlLine(std::string_view script, int position)
{
    int line = 1;
    int characters = 1;
    for (const char c : script) {
        if (characters >= position) {
            break;
        }
        line += c == '\n' ? 1 : 0;
        characters += (static_cast<unsigned char>(c) & 0xC0) == 0x80 ? 0 : 1;
    }
    return line;
}

} // namespace academy
