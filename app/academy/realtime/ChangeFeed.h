// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "academy/postgres/PgPool.h"
#include "academy/realtime/Change.h"
#include "academy/realtime/RealtimeMetrics.h"
#include "academy/realtime/Visibility.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/strand.hpp>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace academy {

/// Brings row changes to the channels that subscribed to them. Changes are judged on the pool: the
/// first at once, those that come meanwhile together as soon as a place is free. They are handed
/// out in the order of the log: a ticket per change, released from the front. What the database
/// cannot judge is asked again for a while, then whoever may have missed it gets a delivery without
/// payload. A subscription that is too slow to judge ends, and its channel gets the delivery that
/// says so once. Every member function runs on the strand it was given. Source:
/// supabase-protocol.md A9, A10.
class ChangeFeed final : public std::enable_shared_from_this<ChangeFeed>
{
public:
    using Strand = boost::asio::strand<boost::asio::io_context::executor_type>;
    using Deliver = std::function<void(const ChangeDelivery& delivery, pgoutput::PgTime committed)>;

    /// How long changes are kept that nobody could judge, and what the log may say of a row.
    struct Limits
    {
        std::chrono::milliseconds judging;
        std::size_t recordBytes;
    };

    ChangeFeed(Strand strand, PgPool& pool, TableCatalog& catalog, RealtimeMetrics& metrics,
        Limits limits, Deliver deliver);

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

    /// Changes in the order of their tickets.
    struct Waiting
    {
        std::vector<std::uint64_t> tickets;
        std::vector<Question> questions;
    };
    /// Those that are judged together.
    struct Batch
    {
        explicit Batch(Waiting taken)
            : tickets(std::move(taken.tickets)), visibility(std::move(taken.questions))
        {
        }
        const std::vector<std::uint64_t> tickets;
        Visibility visibility; ///< touched by the pool only
    };
    using BatchPtr = std::shared_ptr<Batch>;
    using Deadline = std::chrono::steady_clock::time_point;
    struct Alike
    {
        bool operator()(const AudiencePtr& left, const AudiencePtr& right) const
        {
            return *left < *right;
        }
    };

    AudiencePtr known(const AudiencePtr& audience);
    void giveBack(const AudiencePtr& audience);
    std::vector<SubscriptionPtr> candidates(const Change& change) const;
    void judgeWaiting();
    /// `giveUp` is known from the second time on.
    void judge(const BatchPtr& batch, std::optional<Deadline> giveUp = {});
    void judgeLater(const BatchPtr& batch, std::optional<Deadline> giveUp);
    void judged(const Batch& batch, std::vector<std::vector<ChangeDelivery>> deliveries);
    void release();
    /// False when it has ended before.
    bool end(const SubscriptionPtr& subscription);

    Strand m_strand;
    PgPool& m_pool;
    TableCatalog& m_catalog;
    RealtimeMetrics& m_metrics;
    Limits m_limits;
    Deliver m_deliver;
    /// By "schema.table" as subscribed, wildcards included.
    std::unordered_map<std::string, std::vector<SubscriptionPtr>> m_byTable;
    std::unordered_map<std::uint64_t, std::vector<std::string>> m_tablesOf;
    /// Of all subscriptions, and how many have each.
    std::map<AudiencePtr, std::size_t, Alike> m_audiences;
    Waiting m_waiting;
    std::size_t m_batches = 0; ///< being judged
    std::deque<Ticket> m_tickets;
    std::uint64_t m_firstTicket = 0;
    std::atomic<std::size_t> m_unjudged{0};
    bool m_stopped = false;
};

} // namespace academy
