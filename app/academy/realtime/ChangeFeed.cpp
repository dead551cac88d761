// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/realtime/ChangeFeed.h"

#include "base/Log.h"

#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include <algorithm>
#include <exception>

namespace academy {
namespace {

using namespace std::chrono_literals;

/// How long a change waits when the pool takes no more work.
constexpr auto poolRetry = 20ms;
/// Connections that fail right after they were opened: the database is away, and its return will
/// tell every channel to look for what it missed.
constexpr int mostAttempts = 50;

std::string tableKey(std::string_view schema, std::string_view table)
{
    std::string key(schema);
    key.push_back('\0');
    key += table;
    return key;
}

} // namespace

ChangeFeed::ChangeFeed(Strand strand, PgPool& pool, TableCatalog& catalog, RealtimeMetrics& metrics,
    std::size_t recordBytes, Deliver deliver)
    : m_strand(std::move(strand)), m_pool(pool), m_catalog(catalog), m_metrics(metrics),
      m_recordBytes(recordBytes), m_deliver(std::move(deliver))
{
}

void ChangeFeed::subscribe(std::uint64_t channel, std::vector<Subscription> subscriptions)
{
    unsubscribe(channel);
    for (Subscription& subscription : subscriptions) {
        subscription.channel = channel;
        const std::string key = tableKey(subscription.schema, subscription.table);
        m_byTable[key].push_back(std::make_shared<const Subscription>(std::move(subscription)));
        m_tablesOf[channel].push_back(key);
    }
}

void ChangeFeed::unsubscribe(std::uint64_t channel)
{
    const auto tables = m_tablesOf.find(channel);
    if (tables == m_tablesOf.end()) {
        return;
    }
    for (const std::string& key : tables->second) {
        auto& subscriptions = m_byTable[key];
        std::erase_if(
            subscriptions, [channel](const auto& entry) { return entry->channel == channel; });
        if (subscriptions.empty()) {
            m_byTable.erase(key);
        }
    }
    m_tablesOf.erase(tables);
}

std::vector<SubscriptionPtr> ChangeFeed::candidates(const Change& change) const
{
    std::vector<SubscriptionPtr> found;
    const std::string& schema = change.relation->schema;
    const std::string& table = change.relation->table;
    for (const std::string& key : {tableKey(schema, table), tableKey(schema, "*"),
             tableKey("*", table), tableKey("*", "*")}) {
        if (const auto entry = m_byTable.find(key); entry != m_byTable.end()) {
            std::copy_if(entry->second.begin(), entry->second.end(), std::back_inserter(found),
                [&change](const SubscriptionPtr& subscription) {
                    return subscription->wants(change) != Verdict::No;
                });
        }
    }
    return found;
}

void ChangeFeed::publish(ChangePtr change)
{
    auto interested = candidates(*change);
    if (interested.empty() || m_stopped) {
        return;
    }
    const std::uint64_t number = m_firstTicket + m_tickets.size();
    m_tickets.push_back({false, change->commitTime, {}});
    ++m_unjudged;
    judge(number, std::move(change), std::move(interested));
}

void ChangeFeed::judge(
    std::uint64_t number, ChangePtr change, std::vector<SubscriptionPtr> candidates, int attempt)
{
    auto job = [self = shared_from_this(), number, change, candidates, attempt](
                   PgConnection& connection) {
        std::optional<std::vector<ChangeDelivery>> deliveries;
        try {
            deliveries = visibleChanges(connection, self->m_catalog, *change, candidates,
                self->m_recordBytes, self->m_metrics);
        } catch (const std::exception& thrown) {
            // Later changes wait for this one, so it must not stay unjudged.
            qCWarning(lcAcademy, "A change could not be judged: %s", thrown.what());
            deliveries.emplace();
        }
        boost::asio::post(self->m_strand,
            [self, number, change, candidates, attempt,
                deliveries = std::move(deliveries)]() mutable {
                if (deliveries) {
                    self->release(number, std::move(*deliveries));
                } else {
                    self->judgeLater(number, std::move(change), std::move(candidates), attempt + 1);
                }
            });
    };
    if (!m_pool.submit(std::move(job))) {
        judgeLater(number, std::move(change), std::move(candidates), attempt);
    }
}

void ChangeFeed::judgeLater(
    std::uint64_t number, ChangePtr change, std::vector<SubscriptionPtr> candidates, int attempt)
{
    if (m_stopped) {
        return;
    }
    if (attempt > mostAttempts) {
        ++m_metrics.changesLost;
        release(number, {});
        return;
    }
    auto timer = std::make_shared<boost::asio::steady_timer>(m_strand, poolRetry);
    timer->async_wait([self = shared_from_this(), timer, number, change = std::move(change),
                          candidates = std::move(candidates), attempt](const auto& error) mutable {
        if (!error) {
            self->judge(number, std::move(change), std::move(candidates), attempt);
        }
    });
}

void ChangeFeed::release(std::uint64_t number, std::vector<ChangeDelivery> deliveries)
{
    if (m_stopped) {
        return;
    }
    Ticket& ticket = m_tickets[number - m_firstTicket];
    ticket.isReady = true;
    ticket.deliveries = std::move(deliveries);
    while (!m_tickets.empty() && m_tickets.front().isReady) {
        const Ticket front = std::move(m_tickets.front());
        m_tickets.pop_front();
        ++m_firstTicket;
        --m_unjudged;
        for (const ChangeDelivery& delivery : front.deliveries) {
            m_deliver(delivery, front.committed);
        }
    }
}

void ChangeFeed::stop()
{
    m_stopped = true;
    m_tickets.clear();
    m_unjudged = 0;
    m_byTable.clear();
    m_tablesOf.clear();
}

} // namespace academy
