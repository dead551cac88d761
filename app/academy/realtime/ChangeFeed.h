// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "academy/postgres/PgPool.h"
#include "academy/realtime/Change.h"
#include "academy/realtime/RealtimeMetrics.h"
#include "academy/realtime/Visibility.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/strand.hpp>

#include <atomic>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace academy {

/// Brings row changes to the channels that subscribed to them. Changes are judged on the pool: the
/// first at once, those that come meanwhile together as soon as a place is free. They are handed
/// out in the order of the log: a ticket per change, released from the front. Every member function
/// runs on the strand it was given. Source: supabase-protocol.md A9, A10.
class ChangeFeed final : public std::enable_shared_from_this<ChangeFeed>
{
public:
    using Strand = boost::asio::strand<boost::asio::io_context::executor_type>;
    using Deliver = std::function<void(const ChangeDelivery& delivery, pgoutput::PgTime committed)>;

    ChangeFeed(Strand strand, PgPool& pool, TableCatalog& catalog, RealtimeMetrics& metrics,
        std::size_t recordBytes, Deliver deliver);

    /// Replaces what the channel listens to.
    void subscribe(std::uint64_t channel, std::vector<Subscription> subscriptions);
    void unsubscribe(std::uint64_t channel);
    void publish(ChangePtr change);
    /// Changes that wait for their verdict or for an earlier one's. Any thread.
    std::size_t unjudged() const { return m_unjudged; }
    /// Forgets changes still being judged.
    void stop();

private:
    struct Ticket
    {
        bool isReady = false;
        pgoutput::PgTime committed = 0;
        std::vector<ChangeDelivery> deliveries;
    };

    /// Changes in the order of their tickets, judged together.
    struct Batch
    {
        std::vector<std::uint64_t> tickets;
        std::vector<Question> questions;
    };
    using BatchPtr = std::shared_ptr<const Batch>;
    struct Alike
    {
        bool operator()(const AudiencePtr& left, const AudiencePtr& right) const
        {
            return *left < *right;
        }
    };

    AudiencePtr known(const AudiencePtr& audience);
    std::vector<SubscriptionPtr> candidates(const Change& change) const;
    void judgeWaiting();
    void judge(const BatchPtr& batch, int attempt = 1);
    void judgeLater(const BatchPtr& batch, int attempt);
    void judged(const Batch& batch, std::vector<std::vector<ChangeDelivery>> deliveries);
    void release();

    Strand m_strand;
    PgPool& m_pool;
    TableCatalog& m_catalog;
    RealtimeMetrics& m_metrics;
    std::size_t m_recordBytes;
    Deliver m_deliver;
    /// By "schema.table" as subscribed, wildcards included.
    std::unordered_map<std::string, std::vector<SubscriptionPtr>> m_byTable;
    std::unordered_map<std::uint64_t, std::vector<std::string>> m_tablesOf;
    std::set<AudiencePtr, Alike> m_audiences;
    std::size_t m_lookThroughAudiences = 64; ///< when there are so many
    Batch m_waiting;
    std::size_t m_batches = 0; ///< being judged
    std::deque<Ticket> m_tickets;
    std::uint64_t m_firstTicket = 0;
    std::atomic<std::size_t> m_unjudged{0};
    bool m_stopped = false;
};

} // namespace academy
