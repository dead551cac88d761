// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "academy/postgres/Pg.h"
#include "academy/realtime/Change.h"
#include "academy/realtime/ConfinedReading.h"
#include "academy/realtime/RealtimeMetrics.h"
#include "academy/realtime/RowLooks.h"

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace academy {

/// What one channel gets of a change: a finished postgres_changes payload, whose text is shared by
/// channels that get the same. Without a payload the channel may have missed the change, because
/// nobody could judge it, or, with `tooSlow`, that subscription of it has ended, because its filter
/// or its reader's policies take the database too long.
struct ChangeDelivery
{
    std::uint64_t channel = 0;
    std::shared_ptr<const std::string> payload;
    SubscriptionPtr tooSlow;
};

/// A change and who asked to hear of such changes.
struct Question
{
    ChangePtr change;
    std::vector<SubscriptionPtr> candidates;
};

/// Decides who may see each of some changes and writes what each channel gets: conditions only
/// PostgreSQL can judge, column privileges per role, and for tables with row-level security one
/// look at each row per distinct reader, all readers and rows together. A row that is gone or
/// hidden by now, or that a policy fails on, is skipped. What was answered once is kept: asking
/// again is about the rest only. One attempt takes some seconds at most, whatever clients ask and
/// policies do, and no reader takes another's time: a filter has a second, all filters of a socket
/// two, the looks of a slow reader at a table two, after everybody else. Used on pool threads, one
/// at a time. Source: supabase-protocol.md A10.
class Visibility final
{
public:
    explicit Visibility(std::vector<Question> questions);
    ~Visibility();
    Visibility(const Visibility&) = delete;
    Visibility& operator=(const Visibility&) = delete;

    /// Asks what has no answer yet. True when nothing is left that is worth asking again.
    bool ask(PgConnection& connection, TableCatalog& catalog, RealtimeMetrics& metrics);
    /// Of each change, in order. Whoever has no verdict may have missed it.
    std::vector<std::vector<ChangeDelivery>> deliveries(std::size_t recordBytes) const;

private:
    class Judgement;

    std::vector<std::unique_ptr<Judgement>> m_judgements; ///< looks point into them
    std::map<std::uint64_t, ReadingTime> m_times; ///< of the filters, by socket
    std::set<const Subscription*> m_tooSlow; ///< whose filters are
    RowLooks::Slow m_slow;
};

} // namespace academy
