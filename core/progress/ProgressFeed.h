// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Backoff.h"
#include "base/Clock.h"
#include "base/Scheduler.h"
#include "progress/DeliveryPlan.h"
#include "progress/ProgressUpdate.h"

#include <QHash>
#include <QObject>

#include <memory>

class ProgressStore;
class RealtimeChannel;
class RealtimeClient;
class RestClient;
struct ChangeEvent;

/// Whose progress a feed carries; an empty id means "of everybody" or "in every course".
struct ProgressScope
{
    UserId user;
    CourseId course;

    QString topic() const;
    bool covers(const ProgressUpdate& update) const;
};

/// One channel's worth of progress rows, shared by all subscriptions of the same scope: what is
/// kept on disk first, then what the academy holds, then every change. The highest version of a row
/// wins, whichever way it came. GUI thread; lives as long as somebody subscribes.
class ProgressFeed : public QObject
{
    Q_OBJECT

public:
    /// Counters shared by all feeds of one manager.
    struct Counters
    {
        qint64 changesReceived = 0;
        qint64 updatesDelivered = 0;
        qint64 updatesCoalesced = 0;
        qint64 catchUps = 0;
    };

    ProgressFeed(ProgressScope scope, RealtimeClient& realtime, RestClient& rest, ProgressStore* store,
        Clock& clock, Scheduler& scheduler, RandomSource& random, const ProgressOptions& options,
        std::shared_ptr<Counters> counters);
    ~ProgressFeed() override;

    QList<ProgressUpdate> latest() const { return m_rows.values(); }
    int rowCount() const { return int(m_rows.size()); }
    void setOptions(const ProgressOptions& options);
    /// Reads what the academy holds now, and tries again until it could be read.
    void catchUp();
    /// True from a reading that failed until one that did not: changes may be missing here.
    bool isBehind() const { return m_behind; }

Q_SIGNALS:
    void updated(const ProgressUpdate& update);
    void failed(const Error& error);

private:
    enum class Delivery { Now, Planned };

    void readStored();
    /// Page by page, in the order of what differs within the scope.
    void readAfter(const QString& last);
    void caughtUp(const Result<QJsonArray>& rows);
    void take(const QJsonArray& rows);
    void receive(const ChangeEvent& change);
    void merge(const ProgressUpdate& update, Delivery delivery);
    void deliverDue();
    void armTimer();

    ProgressScope m_scope;
    RestClient& m_rest;
    ProgressStore* m_store;
    Clock& m_clock;
    Scheduler& m_scheduler;
    std::shared_ptr<Counters> m_counters;
    std::shared_ptr<RealtimeChannel> m_channel;
    QHash<QString, ProgressUpdate> m_rows;
    DeliveryPlan m_plan;
    bool m_keepsOnDisk;
    ScheduledTask m_timer;
    Backoff m_backoff;
    ScheduledTask m_retry;
    bool m_reading = false;
    bool m_readAgain = false;
    bool m_behind = false;
};
