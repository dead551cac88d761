// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/realtime/ChangeFeed.h"

#include "base/Log.h"

#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include <algorithm>
#include <exception>
#include <iterator>
#include <thread>

namespace academy {
namespace {

using namespace std::chrono_literals;

/// How long a change waits when the pool takes no more work.
constexpr auto poolRetry = 20ms;
/// And when the database gave no answer.
constexpr auto judgeAgain = 100ms;
constexpr std::size_t mostInBatch = 16;

std::string tableKey(std::string_view schema, std::string_view table)
{
    std::string key(schema);
    key.push_back('\0');
    key += table;
    return key;
}

} // namespace

ChangeFeed::ChangeFeed(Strand strand, PgPool& pool, TableCatalog& catalog, RealtimeMetrics& metrics,
    Limits limits, Deliver deliver)
    : m_strand(std::move(strand)), m_pool(pool), m_catalog(catalog), m_metrics(metrics),
      m_limits(limits), m_deliver(std::move(deliver))
{
}

void ChangeFeed::subscribe(std::uint64_t channel, std::vector<Subscription> subscriptions)
{
    unsubscribe(channel);
    for (Subscription& subscription : subscriptions) {
        subscription.channel = channel;
        subscription.audience = known(subscription.audience);
        const std::string key = tableKey(subscription.schema, subscription.table);
        m_byTable[key].push_back(std::make_shared<const Subscription>(std::move(subscription)));
        m_tablesOf[channel].push_back(key);
        ++m_metrics.bindings;
    }
}

AudiencePtr ChangeFeed::known(const AudiencePtr& audience)
{
    const auto place = m_audiences.try_emplace(audience, 0).first;
    ++place->second;
    m_metrics.audiences = m_audiences.size();
    return place->first;
}

void ChangeFeed::giveBack(const AudiencePtr& audience)
{
    const auto place = m_audiences.find(audience);
    if (--place->second == 0) {
        m_audiences.erase(place);
        m_metrics.audiences = m_audiences.size();
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
        std::erase_if(subscriptions, [this, channel](const SubscriptionPtr& entry) {
            if (entry->channel != channel) {
                return false;
            }
            giveBack(entry->audience);
            --m_metrics.bindings;
            return true;
        });
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
    m_waiting.tickets.push_back(m_firstTicket + m_tickets.size());
    m_tickets.push_back({false, change->commitTime, {}});
    m_waiting.questions.push_back({std::move(change), std::move(interested)});
    ++m_unjudged;
    judgeWaiting();
}

void ChangeFeed::judgeWaiting()
{
    static const std::size_t mostBatches = std::clamp(std::thread::hardware_concurrency(), 2U, 8U);
    while (m_batches < mostBatches && !m_waiting.tickets.empty()) {
        // Others that become free find work left, and who is first in line does not wait for all.
        const std::size_t count
            = std::min(mostInBatch, (m_waiting.tickets.size() + mostBatches - 1) / mostBatches);
        Waiting taken;
        const auto take = [count](auto& from, auto& to) {
            const auto end = from.begin() + static_cast<std::ptrdiff_t>(count);
            to.assign(std::move_iterator(from.begin()), std::move_iterator(end));
            from.erase(from.begin(), end);
        };
        take(m_waiting.tickets, taken.tickets);
        take(m_waiting.questions, taken.questions);
        ++m_batches;
        judge(std::make_shared<Batch>(std::move(taken)));
    }
}

void ChangeFeed::judge(const BatchPtr& batch, std::optional<Deadline> giveUp)
{
    auto job = [self = shared_from_this(), batch, giveUp](PgConnection& connection) {
        const Deadline end
            = giveUp.value_or(std::chrono::steady_clock::now() + self->m_limits.judging);
        bool isFinal = false;
        try {
            isFinal = batch->visibility.ask(connection, self->m_catalog, self->m_metrics);
        } catch (const std::exception& thrown) {
            // Later changes wait for these, so they must not stay unjudged for ever.
            qCWarning(lcAcademy, "Changes could not be judged: %s", thrown.what());
        }
        std::optional<std::vector<std::vector<ChangeDelivery>>> deliveries;
        if (isFinal || std::chrono::steady_clock::now() >= end) {
            deliveries = batch->visibility.deliveries(self->m_limits.recordBytes);
        }
        boost::asio::post(
            self->m_strand, [self, batch, end, deliveries = std::move(deliveries)]() mutable {
                if (deliveries) {
                    self->judged(*batch, std::move(*deliveries));
                } else {
                    self->judgeLater(batch, end);
                }
            });
    };
    if (!m_pool.submit(std::move(job))) {
        judgeLater(batch, giveUp);
    }
}

void ChangeFeed::judgeLater(const BatchPtr& batch, std::optional<Deadline> giveUp)
{
    if (m_stopped) {
        return;
    }
    auto timer
        = std::make_shared<boost::asio::steady_timer>(m_strand, giveUp ? judgeAgain : poolRetry);
    timer->async_wait([self = shared_from_this(), timer, batch, giveUp](const auto& error) {
        if (!error) {
            self->judge(batch, giveUp);
        }
    });
}

void ChangeFeed::judged(const Batch& batch, std::vector<std::vector<ChangeDelivery>> deliveries)
{
    if (m_stopped) {
        return;
    }
    for (std::size_t i = 0; i < batch.tickets.size(); ++i) {
        Ticket& ticket = m_tickets[batch.tickets[i] - m_firstTicket];
        ticket.isReady = true;
        ticket.deliveries = std::move(deliveries[i]);
    }
    --m_batches;
    judgeWaiting();
    release();
}

void ChangeFeed::release()
{
    while (!m_tickets.empty() && m_tickets.front().isReady) {
        const Ticket front = std::move(m_tickets.front());
        m_tickets.pop_front();
        ++m_firstTicket;
        --m_unjudged;
        const auto isMissed
            = [](const ChangeDelivery& delivery) { return !delivery.payload && !delivery.tooSlow; };
        if (std::any_of(front.deliveries.begin(), front.deliveries.end(), isMissed)) {
            qCWarning(lcAcademy, "A change could not be judged for everybody");
            ++m_metrics.changesLost;
        }
        for (const ChangeDelivery& delivery : front.deliveries) {
            if (!delivery.tooSlow || end(delivery.tooSlow)) {
                m_deliver(delivery, front.committed);
            }
        }
    }
}

bool ChangeFeed::end(const SubscriptionPtr& subscription)
{
    const auto known = m_byTable.find(tableKey(subscription->schema, subscription->table));
    if (known == m_byTable.end() || std::erase(known->second, subscription) == 0) {
        return false;
    }
    giveBack(subscription->audience);
    --m_metrics.bindings;
    ++m_metrics.subscriptionsEnded;
    for (Question& question : m_waiting.questions) {
        std::erase(question.candidates, subscription);
    }
    return true;
}

void ChangeFeed::stop()
{
    m_stopped = true;
    m_tickets.clear();
    m_waiting = {};
    m_unjudged = 0;
    m_byTable.clear();
    m_tablesOf.clear();
    m_audiences.clear();
    m_metrics.bindings = 0;
    m_metrics.audiences = 0;
}

} // namespace academy
