// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/realtime/PgTypes.h"

#include "academy/http/Message.h"

#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>

namespace academy {
namespace {

// Fixed numbers of built-in types (PostgreSQL's pg_type.dat).
namespace oid {
constexpr pgoutput::Oid boolean = 16;
constexpr pgoutput::Oid bytea = 17;
constexpr pgoutput::Oid int8 = 20;
constexpr pgoutput::Oid int2 = 21;
constexpr pgoutput::Oid int4 = 23;
constexpr pgoutput::Oid json = 114;
constexpr pgoutput::Oid float4 = 700;
constexpr pgoutput::Oid float8 = 701;
constexpr pgoutput::Oid timestamp = 1114;
constexpr pgoutput::Oid timestamptz = 1184;
constexpr pgoutput::Oid numeric = 1700;
constexpr pgoutput::Oid jsonb = 3802;
} // namespace oid

/// "1.5e+3" and "1e-05" written out: jsonb holds decimals without exponents.
std::string withoutExponent(std::string_view text)
{
    const std::size_t mark = text.find_first_of("eE");
    if (mark == std::string_view::npos) {
        return std::string(text);
    }
    const long exponent = std::strtol(std::string(text.substr(mark + 1)).c_str(), nullptr, 10);
    std::string digits;
    long point = 0;
    bool negative = false;
    bool behindPoint = false;
    for (const char c : text.substr(0, mark)) {
        if (c == '-') {
            negative = true;
        } else if (c == '.') {
            behindPoint = true;
        } else {
            digits.push_back(c);
            point += behindPoint ? 0 : 1;
        }
    }
    point += exponent;
    std::string out = negative ? "-" : "";
    if (point <= 0) {
        out += "0." + std::string(static_cast<std::size_t>(-point), '0') + digits;
    } else if (static_cast<std::size_t>(point) >= digits.size()) {
        out += digits + std::string(static_cast<std::size_t>(point) - digits.size(), '0');
    } else {
        out += digits.substr(0, static_cast<std::size_t>(point)) + '.'
            + digits.substr(static_cast<std::size_t>(point));
    }
    return out;
}

void appendNumber(std::string& out, std::string_view text)
{
    const std::string_view digits = text.starts_with('-') ? text.substr(1) : text;
    if (digits.empty() || digits.front() < '0' || digits.front() > '9') {
        out += "null";
        return;
    }
    out += withoutExponent(text);
}

/// "2026-01-02 03:04:05+00" as "2026-01-02T03:04:05+00:00"; "infinity" stays.
std::string isoTimestamp(std::string_view text, bool withZone)
{
    std::string iso(text);
    const std::size_t space = iso.find(' ');
    if (space == std::string::npos || iso.find(':') == std::string::npos) {
        return iso;
    }
    iso[space] = 'T';
    if (withZone) {
        const std::size_t sign = iso.find_first_of("+-", space);
        const std::size_t end = sign == std::string::npos ? sign : iso.find(' ', sign);
        const std::size_t stop = end == std::string::npos ? iso.size() : end;
        if (sign != std::string::npos && stop - sign == 3) {
            iso.insert(stop, ":00");
        }
    }
    return iso;
}

/// Turns an array literal such as {1,NULL,"a,b"} or [0:1]={1,2} into JSON.
class ArrayWriter
{
public:
    ArrayWriter(
        std::string& out, std::string_view text, const PgTypes& types, pgoutput::Oid element)
        : m_out(out), m_text(text), m_types(types), m_element(element)
    {
        if (m_text.starts_with('[')) {
            const std::size_t bounds = m_text.find('=');
            m_text.remove_prefix(bounds == std::string_view::npos ? 0 : bounds + 1);
        }
    }

    bool write()
    {
        if (!next('{')) {
            return false;
        }
        m_out.push_back('[');
        if (!next('}')) {
            do {
                if (!writeElement()) {
                    return false;
                }
            } while (next(',') && (m_out.push_back(','), true));
            if (!next('}')) {
                return false;
            }
        }
        m_out.push_back(']');
        return true;
    }

private:
    bool next(char c)
    {
        if (m_at >= m_text.size() || m_text[m_at] != c) {
            return false;
        }
        ++m_at;
        return true;
    }
    bool writeElement()
    {
        if (m_at < m_text.size() && m_text[m_at] == '{') {
            return write();
        }
        std::string value;
        const bool quoted = next('"');
        while (m_at < m_text.size()) {
            const char c = m_text[m_at];
            if (quoted ? c == '"' : c == ',' || c == '}') {
                break;
            }
            ++m_at;
            if (c == '\\' && m_at < m_text.size()) {
                value.push_back(m_text[m_at++]);
            } else {
                value.push_back(c);
            }
        }
        if (quoted && !next('"')) {
            return false;
        }
        if (!quoted && value == "NULL") {
            m_out += "null";
        } else {
            m_types.appendJson(m_out, value, m_element);
        }
        return true;
    }

    std::string& m_out;
    std::string_view m_text;
    const PgTypes& m_types;
    pgoutput::Oid m_element;
    std::size_t m_at = 0;
};

} // namespace

std::string_view PgTypes::name(pgoutput::Oid oid) const
{
    const auto it = m_types.find(oid);
    return it == m_types.end() ? std::string_view("unknown") : std::string_view(it->second.name);
}

pgoutput::Oid PgTypes::baseOf(pgoutput::Oid oid) const
{
    for (auto it = m_types.find(oid); it != m_types.end() && it->second.base != 0;
         it = m_types.find(oid)) {
        oid = it->second.base;
    }
    return oid;
}

void PgTypes::appendJson(std::string& out, std::string_view text, pgoutput::Oid oid) const
{
    const pgoutput::Oid base = baseOf(oid);
    switch (base) {
    case oid::boolean:
        out += text == "t" ? "true" : "false";
        return;
    case oid::int2:
    case oid::int4:
    case oid::int8:
    case oid::float4:
    case oid::float8:
    case oid::numeric:
        appendNumber(out, text);
        return;
    case oid::json:
    case oid::jsonb:
        out += text;
        return;
    case oid::timestamp:
    case oid::timestamptz:
        out += jsonQuoted(isoTimestamp(text, base == oid::timestamptz));
        return;
    case oid::bytea:
        out += jsonQuoted(text.starts_with("\\x") ? text.substr(2) : text);
        return;
    default:
        break;
    }
    const auto it = m_types.find(base);
    if (it != m_types.end() && it->second.element != 0) {
        const std::size_t before = out.size();
        if (ArrayWriter(out, text, *this, it->second.element).write()) {
            return;
        }
        out.resize(before);
    }
    out += jsonQuoted(text);
}

std::string isoMilliseconds(pgoutput::PgTime time)
{
    using namespace std::chrono;
    constexpr sys_days pgEpoch = 2000y / January / 1;
    const auto moment = floor<milliseconds>(sys_time<microseconds>(pgEpoch) + microseconds(time));
    const auto day = floor<days>(moment);
    const year_month_day date(day);
    const hh_mm_ss clock(moment - day);
    std::array<char, 40> text{};
    std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ",
        static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
        static_cast<unsigned>(date.day()), static_cast<int>(clock.hours().count()),
        static_cast<int>(clock.minutes().count()), static_cast<int>(clock.seconds().count()),
        static_cast<int>(clock.subseconds().count()));
    return text.data();
}

} // namespace academy
