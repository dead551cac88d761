// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "WireClient.h"

#include <map>
#include <string>

/// Server frames in one comparable form: members sorted, numbers with all their digits, and what
/// may differ from run to run (random ids, times, references) replaced by its name.
class WireText
{
public:
    /// What a frame is about, for the rules of order.
    struct Summary
    {
        std::string text; ///< comparable
        std::string topic;
        std::string event;
        bool isFanOut = false; ///< for everyone in the room rather than for this join
        std::string moment; ///< commit_timestamp of a change, the id of a database broadcast
    };

    /// One connection's frames, in order: bindings are known by what they ask for.
    Summary read(const WireFrame& frame);

private:
    std::string comparable(std::string_view json);
    std::string comparableMember(const std::string& name, std::string_view value);
    std::string bindings(std::string_view list);
    std::string ids(std::string_view list);

    std::map<std::string, std::string> m_bindings; ///< id → the binding's text
};

/// The same JSON with sorted members and no white space.
std::string sortedJson(std::string_view json);
