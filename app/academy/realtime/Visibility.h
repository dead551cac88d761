// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "academy/postgres/Pg.h"
#include "academy/realtime/Change.h"
#include "academy/realtime/RealtimeMetrics.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace academy {

/// A finished postgres_changes payload for one channel. Channels that get the same share the text.
struct ChangeDelivery
{
    std::uint64_t channel = 0;
    std::shared_ptr<const std::string> payload;
};

/// Decides who may see a change and writes what each channel gets: conditions only PostgreSQL can
/// judge, column privileges per role, and for tables with row-level security one look at the row
/// per distinct reader, all readers in one round trip. A row that is gone or hidden by now is
/// skipped. Nothing when the database could not be asked: the change is still to be judged. Runs on
/// a pool thread. Source: supabase-protocol.md A10.
std::optional<std::vector<ChangeDelivery>> visibleChanges(PgConnection& connection,
    TableCatalog& catalog, const Change& change, const std::vector<SubscriptionPtr>& candidates,
    std::size_t recordBytes, RealtimeMetrics& metrics);

} // namespace academy
