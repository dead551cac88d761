// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace academy {

/// Who is present in one room. Each channel (one join of one socket) has at most one meta under a
/// key; several channels may share a key. Metas are kept as JSON text. Pure; every change returns
/// the presence_diff payload to send, or nothing when nothing changed.
/// Source: supabase-protocol.md A14.
class PresenceRoom
{
public:
    using ChannelId = std::uint64_t;

    /// `payload` is the text of a JSON object; `reference` is the new phx_ref.
    std::optional<std::string> track(ChannelId channel, const std::string& key,
        std::string_view payload, const std::string& reference);
    std::optional<std::string> untrack(ChannelId channel);
    /// The presence_state payload.
    std::string state() const;
    bool isEmpty() const { return m_metas.empty(); }

private:
    struct Meta
    {
        std::string key;
        std::string reference;
        std::string previous; ///< phx_ref_prev, empty at first
        std::string members; ///< the user's members, compared to recognise a repeated track

        std::string json() const;
    };

    std::map<ChannelId, Meta> m_metas;
};

} // namespace academy
