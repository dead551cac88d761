// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace academy {

/// One entry of `config.postgres_changes`.
struct Binding
{
    std::int64_t id = 0;
    std::string event = "*";
    std::string schema;
    std::string table = "*";
    std::string filter;
    std::optional<std::vector<std::string>> select;
    /// The client's own text of the entry with `id` added: clients compare it member by member.
    std::string echo;
};

/// What a client asks for when it joins. Reading is lenient, as the protocol demands: booleans may
/// be strings, unknown and wrong members fall back to the defaults.
/// Source: supabase-protocol.md A4.
struct JoinConfig
{
    struct Replay
    {
        std::int64_t sinceMilliseconds = 0;
        int limit = 25;
    };

    bool acknowledge = false;
    bool self = false;
    bool replicationReady = false;
    bool presence = false;
    bool isPrivate = false;
    std::string presenceKey;
    std::optional<Replay> replay;
    std::vector<Binding> bindings;
    /// The answer to the join waits until changes of the database arrive, this long at most.
    std::optional<std::chrono::milliseconds> waitForChanges;
    std::string accessToken; ///< empty when there is none or it is a publishable key

    /// `subTopic` matters to old clients only, whose topic names the table.
    static JoinConfig read(std::string_view payload, std::string_view subTopic);
};

/// The access_token member of a payload as far as it may replace the current token: absent, null
/// and sb_ keys are nothing.
std::optional<std::string> accessTokenOf(std::string_view payload);

} // namespace academy
