// SPDX-License-Identifier: GPL-3.0-or-later
#include "progress/ProgressFeed.h"

#include "base/Log.h"
#include "store/ProgressStore.h"
#include "supabase/RealtimeClient.h"
#include "supabase/RestClient.h"

namespace {

/// Half of what a project gives at most unless it was told otherwise: a page that is not full is the last.
constexpr qint64 PageRows = 500;
constexpr std::chrono::milliseconds FirstRetry = std::chrono::seconds(1);
constexpr std::chrono::milliseconds LongestRetry = std::chrono::seconds(30);
/// The jitter may draw nothing at all.
constexpr std::chrono::milliseconds LeastRetry {250};

QString rowKey(const ProgressUpdate& update)
{
    return update.user.toString() + QLatin1Char('/') + update.course.toString();
}

QString table()
{
    return QStringLiteral("course_progress");
}

} // namespace

QString ProgressScope::topic() const
{
    return QStringLiteral("progress:%1:%2").arg(user.toString(), course.toString());
}

bool ProgressScope::covers(const ProgressUpdate& update) const
{
    return (user.isEmpty() || update.user == user) && (course.isEmpty() || update.course == course);
}

ProgressFeed::ProgressFeed(ProgressScope scope, RealtimeClient& realtime, RestClient& rest,
    ProgressStore* store, Clock& clock, Scheduler& scheduler, RandomSource& random,
    const ProgressOptions& options, std::shared_ptr<Counters> counters) :
    m_scope(std::move(scope)),
    m_rest(rest),
    m_store(store),
    m_clock(clock),
    m_scheduler(scheduler),
    m_counters(std::move(counters)),
    m_plan(options),
    m_keepsOnDisk(options.offlineQueue && store),
    m_backoff(random, FirstRetry, LongestRetry)
{
    // Old servers know one condition only, so the narrower one is sent and covers() does the rest.
    PostgresBinding binding;
    binding.table = table();
    binding.filter = m_scope.user.isEmpty()
        ? QStringLiteral("course_id=eq.") + m_scope.course.toString()
        : QStringLiteral("user_id=eq.") + m_scope.user.toString();
    ChannelConfig config;
    config.changes = {binding};
    m_channel = realtime.channel(m_scope.topic(), config);
    connect(m_channel.get(), &RealtimeChannel::changeReceived, this, &ProgressFeed::receive);
    connect(m_channel.get(), &RealtimeChannel::gap, this, &ProgressFeed::catchUp);
    connect(m_channel.get(), &RealtimeChannel::refused, this, &ProgressFeed::failed);
    readStored();
    catchUp();
}

ProgressFeed::~ProgressFeed() = default;

void ProgressFeed::setOptions(const ProgressOptions& options)
{
    m_plan.setOptions(options);
    m_keepsOnDisk = options.offlineQueue && m_store;
    armTimer();
}

void ProgressFeed::readStored()
{
    if (!m_keepsOnDisk) {
        return;
    }
    const auto stored = m_scope.user.isEmpty() ? m_store->forCourse(m_scope.course)
                                               : m_store->forUser(m_scope.user);
    whenDone(stored, this, [this](const Result<QList<StoredProgress>>& rows) {
        if (!rows) {
            Q_EMIT failed(rows.error());
            return;
        }
        for (const StoredProgress& row : *rows) {
            if (const auto update = ProgressUpdate::fromRow(row.row)) {
                merge(*update, Delivery::Now);
            }
        }
    });
}

void ProgressFeed::catchUp()
{
    m_retry.cancel();
    if (std::exchange(m_reading, true)) {
        m_readAgain = true;
        return;
    }
    ++m_counters->catchUps;
    readAfter({});
}

void ProgressFeed::readAfter(const QString& last)
{
    PostgrestQuery query(table());
    if (!m_scope.user.isEmpty()) {
        query.eq(QStringLiteral("user_id"), m_scope.user.toString());
    }
    if (!m_scope.course.isEmpty()) {
        query.eq(QStringLiteral("course_id"), m_scope.course.toString());
    }
    const QString key = m_scope.user.isEmpty() ? QStringLiteral("user_id") : QStringLiteral("course_id");
    if (!last.isEmpty()) {
        query.gt(key, last);
    }
    query.orderBy(key).limit(PageRows);
    whenDone(m_rest.select(query), this, [this, key](const Result<QJsonArray>& rows) {
        const QString next = rows && rows->size() >= PageRows ? rows->last().toObject().value(key).toString() : QString();
        if (!next.isEmpty()) {
            take(*rows);
            readAfter(next);
            return;
        }
        m_reading = false;
        caughtUp(rows);
        if (std::exchange(m_readAgain, false)) {
            catchUp();
        }
    });
}

void ProgressFeed::caughtUp(const Result<QJsonArray>& rows)
{
    m_behind = !rows;
    if (!rows) {
        const auto wait = std::max(m_backoff.next(), rows.error().retryAfter.value_or(LeastRetry));
        m_retry = m_scheduler.after(std::max(wait, LeastRetry), [this] { catchUp(); });
        Q_EMIT failed(rows.error());
        return;
    }
    m_backoff.reset();
    take(*rows);
}

void ProgressFeed::take(const QJsonArray& rows)
{
    for (const QJsonValue& row : rows) {
        const auto update = ProgressUpdate::fromRow(row.toObject());
        if (update) {
            merge(*update, Delivery::Now);
        } else {
            qCWarning(lcRealtime) << update.error().detail;
        }
    }
}

void ProgressFeed::receive(const ChangeEvent& change)
{
    if (change.table != table() || change.type == ChangeEvent::Type::Delete) {
        return;
    }
    ++m_counters->changesReceived;
    const auto update = ProgressUpdate::fromRow(change.record.values());
    if (!update || !change.missingColumns().isEmpty()) {
        catchUp();
        return;
    }
    merge(*update, Delivery::Planned);
}

void ProgressFeed::merge(const ProgressUpdate& update, Delivery delivery)
{
    if (!m_scope.covers(update)) {
        return;
    }
    const QString key = rowKey(update);
    const auto known = m_rows.constFind(key);
    if (known != m_rows.constEnd() && known->version >= update.version) {
        return;
    }
    m_rows.insert(key, update);
    if (m_keepsOnDisk) {
        whenDone(m_store->save({update.user, update.course, update.version, update.toRow()}), this,
            [this](const Result<bool>& saved) {
                if (!saved) {
                    Q_EMIT failed(saved.error());
                }
            });
    }
    if (delivery == Delivery::Now) {
        ++m_counters->updatesDelivered;
        Q_EMIT updated(update);
        return;
    }
    const int before = m_plan.waiting();
    m_plan.note(key, m_clock.monotonic());
    if (m_plan.waiting() == before) {
        ++m_counters->updatesCoalesced;
    }
    deliverDue();
}

void ProgressFeed::deliverDue()
{
    for (const QString& key : m_plan.take(m_clock.monotonic())) {
        ++m_counters->updatesDelivered;
        Q_EMIT updated(m_rows.value(key));
    }
    armTimer();
}

void ProgressFeed::armTimer()
{
    const auto next = m_plan.nextDue();
    if (!next) {
        m_timer.cancel();
        return;
    }
    const auto wait = std::max(*next - m_clock.monotonic(), MonotonicTime::zero());
    m_timer = m_scheduler.after(
        std::chrono::ceil<std::chrono::milliseconds>(wait), [this] { deliverDue(); });
}
