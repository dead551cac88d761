// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "academy/http/Message.h"
#include "academy/rest/Statement.h"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace academy {

/// What the Prefer header asks for. The first of a kind wins; unknown words are ignored unless
/// handling=strict. Source: supabase-protocol.md B5.
struct Preferences
{
    enum class Return { Minimal, HeadersOnly, Representation };
    enum class Resolution { None, MergeDuplicates, IgnoreDuplicates };

    Return returning = Return::Minimal;
    Resolution resolution = Resolution::None;
    Count count = Count::None;
    bool missingIsDefault = false;
    std::optional<bool> rollsBack; ///< tx=rollback or tx=commit
    bool isStrict = false;
    std::optional<std::int64_t> maxAffected;
    std::string timezone;
    std::vector<std::string> unknown;

    static Preferences of(const Request& request);

    /// The Preference-Applied header for those of `kinds` that were asked for; empty when none was.
    std::string applied(const std::set<std::string>& kinds) const;

private:
    std::map<std::string, std::string> m_known; ///< by kind, as written
};

} // namespace academy
