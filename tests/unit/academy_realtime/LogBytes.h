// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Writes pgoutput messages by hand, field by field, as the PostgreSQL manual lays them out.
class LogBytes
{
public:
    explicit LogBytes(char kind) { m_bytes.push_back(kind); }

    LogBytes& number(std::uint64_t value, int width)
    {
        for (int shift = (width - 1) * 8; shift >= 0; shift -= 8) {
            m_bytes.push_back(static_cast<char>((value >> static_cast<unsigned>(shift)) & 0xffU));
        }
        return *this;
    }
    LogBytes& letter(char c)
    {
        m_bytes.push_back(c);
        return *this;
    }
    LogBytes& name(std::string_view text)
    {
        m_bytes.append(text);
        m_bytes.push_back('\0');
        return *this;
    }
    LogBytes& column(bool key, std::string_view columnName, std::uint32_t type)
    {
        return number(key ? 1 : 0, 1).name(columnName).number(type, 4).number(0xffffffffU, 4);
    }
    /// nullopt = NULL, "\1" = an unchanged TOASTed value.
    LogBytes& row(const std::vector<std::optional<std::string>>& cells)
    {
        number(cells.size(), 2);
        for (const auto& cell : cells) {
            if (!cell) {
                letter('n');
            } else if (*cell == "\1") {
                letter('u');
            } else {
                letter('t').number(cell->size(), 4);
                m_bytes.append(*cell);
            }
        }
        return *this;
    }
    const std::string& bytes() const { return m_bytes; }

private:
    std::string m_bytes;
};
