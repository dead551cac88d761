// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "base/Random.h"
#include "base/Scheduler.h"
#include "progress/ProgressOptions.h"
#include "progress/ProgressUpdate.h"

#include <QObject>
#include <QPointer>

#include <memory>

class ProgressFeed;
class ProgressStore;
class RealtimeClient;
class RestClient;

/// A wish to hear about progress. Lives with its owner; destroying it unsubscribes. Delivers what
/// is already known first, then every change.
class ProgressSubscription : public QObject
{
    Q_OBJECT

public:
    ~ProgressSubscription() override;

    /// The latest known value of every row this subscription covers.
    QList<ProgressUpdate> latest() const;

Q_SIGNALS:
    void updated(const ProgressUpdate& update);
    void failed(const Error& error);

private:
    friend class RealtimeProgressManager;
    explicit ProgressSubscription(std::shared_ptr<ProgressFeed> feed);

    std::shared_ptr<ProgressFeed> m_feed;
};

struct ProgressStats
{
    int subscriptions = 0;
    int feeds = 0;          ///< channels shared by the subscriptions
    int cachedRows = 0;
    qint64 changesReceived = 0;
    qint64 updatesDelivered = 0;
    qint64 updatesCoalesced = 0;
    qint64 catchUps = 0;    ///< times a gap was filled over REST
};

/// Live progress of one student, one course, or one student in one course. Subscriptions to the
/// same thing share one channel. A gap in the channel is filled by reading the rows again, as often as
/// it takes; versions decide which value is newer, so order of arrival does not matter. GUI thread.
class RealtimeProgressManager : public QObject
{
    Q_OBJECT

public:
    /// Everything must outlive the manager. `store` may be null: nothing is kept for offline then.
    RealtimeProgressManager(RealtimeClient& realtime, RestClient& rest, ProgressStore* store,
        Clock& clock, Scheduler& scheduler, RandomSource& random, ProgressOptions options,
        QObject* parent = nullptr);
    ~RealtimeProgressManager() override;

    [[nodiscard]] std::unique_ptr<ProgressSubscription> subscribeToUserProgress(const UserId& user);
    [[nodiscard]] std::unique_ptr<ProgressSubscription> subscribeToCourseProgress(const CourseId& course);
    [[nodiscard]] std::unique_ptr<ProgressSubscription> subscribeToUserCourseProgress(
        const UserId& user, const CourseId& course);

    /// Reads the rows of every live subscription again, for when something is known to have moved.
    void refresh();
    /// True while the rows of a subscription could not be read and are asked for again: what is shown
    /// may be older than the academy's.
    bool isBehind() const;

    ProgressStats stats() const;
    void setOptions(const ProgressOptions& options);

private:
    std::unique_ptr<ProgressSubscription> subscribe(const UserId& user, const CourseId& course);

    struct Parts;
    std::unique_ptr<Parts> m_parts;
};
