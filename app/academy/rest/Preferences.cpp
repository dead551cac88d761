// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/rest/Preferences.h"

#include <array>
#include <charconv>
#include <map>

namespace academy {

namespace {

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
    // The order in which PostgREST names what it applied.
    constexpr std::array order{
        "resolution", "missing", "return", "count", "tx", "handling", "timezone", "max-affected"};
    for (const char* name : order) {
        const auto found = first.find(name);
        if (found == first.end()) {
            continue;
        }
        const std::string value = found->second;
        const std::string word = std::string(name) + "=" + value;
        first.erase(found);
        bool known = true;
        if (word == "resolution=merge-duplicates") {
            wanted.resolution = Resolution::MergeDuplicates;
        } else if (word == "resolution=ignore-duplicates") {
            wanted.resolution = Resolution::IgnoreDuplicates;
        } else if (word == "missing=default" || word == "missing=null") {
            wanted.missingIsDefault = value == "default";
        } else if (word == "return=representation") {
            wanted.returning = Return::Representation;
        } else if (word == "return=headers-only") {
            wanted.returning = Return::HeadersOnly;
        } else if (word == "return=minimal") {
            wanted.returning = Return::Minimal;
        } else if (word == "count=exact" || word == "count=planned" || word == "count=estimated") {
            wanted.countsRows = true;
        } else if (word == "tx=commit" || word == "tx=rollback") {
            wanted.rollsBack = value == "rollback";
        } else if (word == "handling=strict" || word == "handling=lenient") {
            wanted.isStrict = value == "strict";
        } else if (std::string_view(name) == "max-affected") {
            std::int64_t most = 0;
            const auto [end, failed]
                = std::from_chars(value.data(), value.data() + value.size(), most);
            known = failed == std::errc() && end == value.data() + value.size();
            if (known) {
                wanted.maxAffected = most;
            }
        } else {
            known = false;
        }
        if (known) {
            wanted.m_applied += (wanted.m_applied.empty() ? "" : ", ") + word;
        } else {
            wanted.unknown.push_back(word);
        }
    }
    for (const auto& [name, value] : first) {
        wanted.unknown.push_back(name + "=" + value);
    }
    return wanted;
}

} // namespace academy
