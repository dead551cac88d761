// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "academy/postgres/Pg.h"
#include "academy/realtime/Change.h"
#include "academy/realtime/RealtimeMetrics.h"

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace academy {

/// A finished postgres_changes payload for one channel. Channels that get the same share the text.
struct ChangeDelivery
{
    std::uint64_t channel = 0;
    std::shared_ptr<const std::string> payload;
};

/// A change and who asked to hear of such changes.
struct Question
{
    ChangePtr change;
    std::vector<SubscriptionPtr> candidates;
};

/// Decides who may see each of some changes and writes what each channel gets: conditions only
/// PostgreSQL can judge, column privileges per role, and for tables with row-level security one
/// look at each row per distinct reader, all readers and rows in one round trip. A row that is gone
/// or hidden by now is skipped. The deliveries of each change, in order; nothing when the database
/// could not be asked: the changes are still to be judged. Runs on a pool thread. Source:
/// supabase-protocol.md A10.
std::optional<std::vector<std::vector<ChangeDelivery>>> visibleChanges(PgConnection& connection,
    TableCatalog& catalog, std::span<const Question> questions, std::size_t recordBytes,
    RealtimeMetrics& metrics);

} // namespace academy
