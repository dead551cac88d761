// SPDX-License-Identifier: GPL-3.0-or-later
#include "progress/RealtimeProgressManager.h"

#include "progress/ProgressFeed.h"

#include <algorithm>

ProgressSubscription::ProgressSubscription(std::shared_ptr<ProgressFeed> feed) : m_feed(std::move(feed))
{
    connect(m_feed.get(), &ProgressFeed::updated, this, &ProgressSubscription::updated);
    connect(m_feed.get(), &ProgressFeed::failed, this, &ProgressSubscription::failed);
}

ProgressSubscription::~ProgressSubscription() = default;

QList<ProgressUpdate> ProgressSubscription::latest() const
{
    return m_feed->latest();
}

struct RealtimeProgressManager::Parts
{
    RealtimeClient& realtime;
    RestClient& rest;
    ProgressStore* store;
    Clock& clock;
    Scheduler& scheduler;
    RandomSource& random;
    ProgressOptions options;
    std::shared_ptr<ProgressFeed::Counters> counters = std::make_shared<ProgressFeed::Counters>();
    QHash<QString, std::weak_ptr<ProgressFeed>> feeds {};
};

RealtimeProgressManager::RealtimeProgressManager(RealtimeClient& realtime, RestClient& rest,
    ProgressStore* store, Clock& clock, Scheduler& scheduler, RandomSource& random,
    ProgressOptions options, QObject* parent) :
    QObject(parent),
    m_parts(new Parts {realtime, rest, store, clock, scheduler, random, options})
{
}

RealtimeProgressManager::~RealtimeProgressManager() = default;

std::unique_ptr<ProgressSubscription> RealtimeProgressManager::subscribeToUserProgress(const UserId& user)
{
    return subscribe(user, {});
}

std::unique_ptr<ProgressSubscription> RealtimeProgressManager::subscribeToCourseProgress(
    const CourseId& course)
{
    return subscribe({}, course);
}

std::unique_ptr<ProgressSubscription> RealtimeProgressManager::subscribeToUserCourseProgress(
    const UserId& user, const CourseId& course)
{
    return subscribe(user, course);
}

std::unique_ptr<ProgressSubscription> RealtimeProgressManager::subscribe(
    const UserId& user, const CourseId& course)
{
    const ProgressScope scope {user, course};
    m_parts->feeds.removeIf([](const auto& entry) { return entry.value().expired(); });
    auto feed = m_parts->feeds.value(scope.topic()).lock();
    if (!feed) {
        // deleteLater: the last subscription may be dropped inside the feed's own signal.
        feed = std::shared_ptr<ProgressFeed>(
            new ProgressFeed(scope, m_parts->realtime, m_parts->rest, m_parts->store, m_parts->clock,
                m_parts->scheduler, m_parts->random, m_parts->options, m_parts->counters),
            [](ProgressFeed* dying) { dying->deleteLater(); });
        m_parts->feeds.insert(scope.topic(), feed);
    }
    return std::unique_ptr<ProgressSubscription>(new ProgressSubscription(std::move(feed)));
}

void RealtimeProgressManager::refresh()
{
    for (const auto& weak : m_parts->feeds) {
        if (const auto feed = weak.lock()) {
            feed->catchUp();
        }
    }
}

bool RealtimeProgressManager::isBehind() const
{
    return std::ranges::any_of(m_parts->feeds, [](const std::weak_ptr<ProgressFeed>& weak) {
        const auto feed = weak.lock();
        return feed && feed->isBehind();
    });
}

ProgressStats RealtimeProgressManager::stats() const
{
    ProgressStats stats;
    for (const auto& weak : m_parts->feeds) {
        if (const auto feed = weak.lock()) {
            ++stats.feeds;
            stats.subscriptions += int(feed.use_count()) - 1;
            stats.cachedRows += feed->rowCount();
        }
    }
    stats.changesReceived = m_parts->counters->changesReceived;
    stats.updatesDelivered = m_parts->counters->updatesDelivered;
    stats.updatesCoalesced = m_parts->counters->updatesCoalesced;
    stats.catchUps = m_parts->counters->catchUps;
    return stats;
}

void RealtimeProgressManager::setOptions(const ProgressOptions& options)
{
    m_parts->options = options;
    for (const auto& weak : m_parts->feeds) {
        if (const auto feed = weak.lock()) {
            feed->setOptions(options);
        }
    }
}
