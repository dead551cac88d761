// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "academy/http/Message.h"

#include <cstdint>
#include <optional>
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
    bool countsRows = false;
    bool missingIsDefault = false;
    bool rollsBack = false;
    bool isStrict = false;
    std::optional<std::int64_t> maxAffected;
    std::vector<std::string> unknown;

    /// The Preference-Applied header; empty when nothing was asked for.
    std::string applied() const { return m_applied; }

    static Preferences of(const Request& request);

private:
    std::string m_applied;
};

} // namespace academy
