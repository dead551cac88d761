// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/rest/Preferences.h"

#include <array>
#include <charconv>

namespace academy {

namespace {

/// The order in which PostgREST names what it applied.
constexpr std::array kinds{
    "resolution", "missing", "return", "count", "tx", "handling", "timezone", "max-affected"};

std::string_view trimmed(std::string_view text)
{
    while (text.starts_with(' ') || text.starts_with('\t')) {
        text.remove_prefix(1);
    }
    while (text.ends_with(' ') || text.ends_with('\t')) {
        text.remove_suffix(1);
    }
    return text;
}

bool understand(Preferences& wanted, const std::string& kind, const std::string& value)
{
    using Return = Preferences::Return;
    using Resolution = Preferences::Resolution;
    if (kind == "resolution") {
        wanted.resolution = value == "merge-duplicates" ? Resolution::MergeDuplicates
            : value == "ignore-duplicates"              ? Resolution::IgnoreDuplicates
                                                        : Resolution::None;
        return wanted.resolution != Resolution::None;
    }
    if (kind == "missing") {
        wanted.missingIsDefault = value == "default";
        return wanted.missingIsDefault || value == "null";
    }
    if (kind == "return") {
        wanted.returning = value == "representation" ? Return::Representation
            : value == "headers-only"                ? Return::HeadersOnly
                                                     : Return::Minimal;
        return wanted.returning != Return::Minimal || value == "minimal";
    }
    if (kind == "count") {
        wanted.count = value == "exact" ? Count::Exact
            : value == "planned"        ? Count::Planned
            : value == "estimated"      ? Count::Estimated
                                        : Count::None;
        return wanted.count != Count::None;
    }
    if (kind == "tx") {
        if (value == "rollback" || value == "commit") {
            wanted.rollsBack = value == "rollback";
        }
        return wanted.rollsBack.has_value();
    }
    if (kind == "handling") {
        wanted.isStrict = value == "strict";
        return wanted.isStrict || value == "lenient";
    }
    if (kind == "timezone") {
        wanted.timezone = value;
        return !value.empty();
    }
    std::int64_t most = 0;
    const auto [end, failed] = std::from_chars(value.data(), value.data() + value.size(), most);
    if (failed != std::errc() || end != value.data() + value.size()) {
        return false;
    }
    wanted.maxAffected = most;
    return true;
}

} // namespace

Preferences Preferences::of(const Request& request)
{
    Preferences wanted;
    std::map<std::string, std::string, std::less<>> first;
    for (std::string_view header : request.headers("prefer")) {
        while (!header.empty()) {
            const std::size_t end = std::min(header.find(','), header.size());
            const std::string_view word = trimmed(header.substr(0, end));
            header.remove_prefix(std::min(end + 1, header.size()));
            const std::size_t equals = word.find('=');
            if (equals != std::string_view::npos) {
                first.try_emplace(std::string(word.substr(0, equals)), word.substr(equals + 1));
            } else if (!word.empty()) {
                wanted.unknown.emplace_back(word);
            }
        }
    }
    for (const auto& [kind, value] : first) {
        const bool isKind = std::ranges::find(kinds, kind) != kinds.end();
        if (isKind && understand(wanted, kind, value)) {
            wanted.m_known[kind] = kind + "=" + value;
        } else {
            wanted.unknown.push_back(kind + "=" + value);
        }
    }
    return wanted;
}

std::string Preferences::applied(const std::set<std::string>& relevant) const
{
    std::string text;
    for (const char* kind : kinds) {
        const auto known = m_known.find(kind);
        if (known != m_known.end() && relevant.contains(kind)) {
            text += (text.empty() ? "" : ", ") + known->second;
        }
    }
    return text;
}

} // namespace academy
