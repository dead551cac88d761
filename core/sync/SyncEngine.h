// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Backoff.h"
#include "base/Clock.h"
#include "base/Scheduler.h"
#include "sync/LaneUploader.h"

#include <QObject>

#include <chrono>
#include <map>
#include <memory>
#include <optional>

class AuthSession;
class Database;
class TokenSource;

/// How far the queue is.
struct SyncStatus
{
    Q_GADGET
    Q_PROPERTY(int pending MEMBER pending)
    Q_PROPERTY(int quarantined MEMBER quarantined)
    Q_PROPERTY(bool needsAuth MEMBER needsAuth)
    Q_PROPERTY(bool serverTooOld MEMBER serverTooOld)
    Q_PROPERTY(bool offline MEMBER offline)
    Q_PROPERTY(bool stuck MEMBER stuck)

public:
    int pending = 0;
    int quarantined = 0;
    int inFlight = 0;          ///< batches on their way
    std::optional<std::chrono::milliseconds> oldestUnsentAge;
    bool needsAuth = false;    ///< rows wait for their owner to sign in; local work goes on
    bool serverTooOld = false; ///< the academy lacks a function; nothing is sent for a while
    bool offline = false;      ///< the last try did not reach the academy
    bool stuck = false;        ///< online, but nothing has moved for a minute
    QString lastError;         ///< stable code of the last failure, empty after a success

    bool operator==(const SyncStatus&) const = default;
};

/// Drains the outbox. Level-triggered: whenever rows are pending, nothing of their lane is in
/// flight, the retry time has come and the token belongs to their owner, they are sent; poke() only
/// makes it look sooner than its own check every five seconds. Lives on the GUI thread; everything
/// passed in must outlive it.
///
/// Nothing is deleted on an error. Transient failures wait with full jitter (1 s·2ⁿ up to 60 s, 5 s
/// for attempt lanes), batches halve on a timeout or 413, and only an operation that fails for good
/// by itself is quarantined.
class SyncEngine : public QObject
{
    Q_OBJECT
    Q_PROPERTY(SyncStatus status READ status NOTIFY statusChanged)

public:
    SyncEngine(Database& database, AuthSession& session, Clock& clock, Scheduler& scheduler,
        RandomSource& random, QObject* parent = nullptr);
    SyncEngine(Database& database, std::unique_ptr<TokenSource> tokens, Clock& clock,
        Scheduler& scheduler, RandomSource& random, QObject* parent = nullptr);
    ~SyncEngine() override;
    Q_DISABLE_COPY_MOVE(SyncEngine)

    /// Lanes whose name starts with `lanePrefix` ("attempt:") go through `uploader`, which must
    /// outlive the engine.
    void registerUploader(QString lanePrefix, LaneUploader* uploader);

    /// Something was queued: look now.
    void poke();
    /// The network is back or the machine woke: forget the retry delays and look now.
    void networkUp();
    const SyncStatus& status() const { return m_status; }

Q_SIGNALS:
    void statusChanged();
    /// Rows of this lane were confirmed or quarantined, and that is committed here too.
    void laneAdvanced(const QString& lane);
    void operationQuarantined(const QString& lane, const OpId& opId, const Error& error);

private:
    struct Lane;

    void start();
    void look();
    void consider(const QList<PendingLane>& lanes);
    void send(const PendingLane& pending, Lane& lane);
    void upload(const QString& name, const QList<OutboxRow>& rows);
    void handleOutcome(const QString& name, const QList<OutboxRow>& rows, const UploadOutcome& outcome);
    void handleFailure(const QString& name, const QList<OutboxRow>& rows, const Error& error);
    void settle(const QString& name);
    void delay(Lane& lane, const Error& error);
    LaneUploader* uploaderFor(const QString& lane) const;
    void publish(SyncStatus status);

    Database& m_database;
    std::unique_ptr<TokenSource> m_tokens;
    Clock& m_clock;
    Scheduler& m_scheduler;
    RandomSource& m_random;
    std::map<QString, LaneUploader*> m_uploaders;
    std::map<QString, std::unique_ptr<Lane>> m_lanes;
    SyncStatus m_status;
    ScheduledTask m_tick;
    ScheduledTask m_wake;
    bool m_looking = false;
    bool m_lookAgain = false;
    std::optional<MonotonicTime> m_pausedUntil;
    std::optional<MonotonicTime> m_lastProgress;
};
