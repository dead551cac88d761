// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "academy/postgres/Pg.h"
#include "academy/realtime/TokenVerifier.h"

#include <optional>
#include <string>

namespace academy {

/// What one reader may do on one topic. Public topics allow everything.
struct ChannelAccess
{
    bool readBroadcast = true;
    bool readPresence = true;
    bool writeBroadcast = true;
    bool writePresence = true;

    bool mayJoin() const { return readBroadcast || readPresence; }

    /// Asks the policies on realtime.messages by trying: rows are written and read as the reader in
    /// a transaction that is rolled back, with realtime.topic() set. Nothing when the database
    /// could not answer, as when a policy takes more than two seconds. Runs on a pool thread.
    /// Source: supabase-protocol.md A18.
    static std::optional<ChannelAccess> ofPrivateTopic(
        PgConnection& connection, const std::string& topic, const Identity& identity);

    /// Whether the policies let the reader keep broadcasts of the topic for replay (extension
    /// "persistence"). Nothing when the database could not answer. Runs on a pool thread.
    static std::optional<bool> mayPersist(
        PgConnection& connection, const std::string& topic, const Identity& identity);
};

} // namespace academy
