// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "academy/postgres/Pg.h"
#include "academy/realtime/Change.h"
#include "academy/realtime/RealtimeMetrics.h"

#include <memory>
#include <span>
#include <string>
#include <vector>

namespace academy {

/// A finished postgres_changes payload for one channel. Channels that get the same share the text.
/// Without a payload: the channel may have missed a change, because nobody could judge it.
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

/// What came of some questions.
struct Judged
{
    std::vector<std::vector<ChangeDelivery>> deliveries; ///< of each change, in order
    bool isFinal = true; ///< false when it is worth asking the database once more
};

/// Decides who may see each of some changes and writes what each channel gets: conditions only
/// PostgreSQL can judge, column privileges per role, and for tables with row-level security one
/// look at each row per distinct reader, all readers and rows in one round trip. A row that is gone
/// or hidden by now, or that a policy fails on, is skipped; where the database gave no answer, as
/// after a time-out, the delivery has no payload. Runs on a pool thread. Source:
/// supabase-protocol.md A10.
Judged visibleChanges(PgConnection& connection, TableCatalog& catalog,
    std::span<const Question> questions, std::size_t recordBytes, RealtimeMetrics& metrics);

/// When nobody could judge: the changes may concern everybody who asked.
Judged missedByAll(std::span<const Question> questions);

} // namespace academy
