// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "academy/postgres/Pg.h"
#include "academy/realtime/Frames.h"
#include "academy/realtime/JoinConfig.h"
#include "academy/realtime/LogReader.h"
#include "academy/realtime/TokenVerifier.h"

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace academy {

/// Broadcasts of private topics that are kept in realtime.messages. Functions run on a pool thread.
/// Source: supabase-protocol.md A13.
namespace broadcaststore {

/// The newest ones since a moment, oldest first; nothing when the database could not answer.
std::optional<std::vector<DatabaseBroadcast>> replay(
    PgConnection& connection, const std::string& topic, const JoinConfig::Replay& wanted);

/// Keeps a broadcast that is on its way already. The id of the stored row, or why not.
std::variant<std::string, PgError> persist(PgConnection& connection, const std::string& topic,
    const ClientMessage::UserBroadcast& broadcast);

} // namespace broadcaststore
} // namespace academy
