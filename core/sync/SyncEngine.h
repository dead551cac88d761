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
    Q_PROPERTY(int waiting MEMBER waiting)
    Q_PROPERTY(bool needsAuth MEMBER needsAuth)
    Q_PROPERTY(bool serverTooOld MEMBER serverTooOld)
    Q_PROPERTY(bool offline MEMBER offline)
    Q_PROPERTY(bool stuck MEMBER stuck)

public:
    int pending = 0;           ///< to be sent as soon as possible
    int quarantined = 0;
    int waiting = 0;           ///< kept until the academy can take them, for an enrolment perhaps
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
/// by itself is quarantined. Operations that cannot go yet are passed over, and asked about again after
/// a minute, then less and less often, down to every quarter of an hour.
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
    /// The operations that were set aside, oldest first.
    Async<QList<OutboxRow>> quarantined();
    /// Puts every quarantined operation back into its lane; answers how many there were.
    Async<int> retryQuarantined();
    const SyncStatus& status() const { return m_status; }

Q_SIGNALS:
    void statusChanged();
    /// Rows of this lane were confirmed or quarantined, and that is committed here too.
    void laneAdvanced(const QString& lane);
    void operationQuarantined(const QString& lane, const OpId& opId, const Error& error);

private:
    struct Lane
    {
        explicit Lane(Backoff delays) : backoff(delays) { }

        Backoff backoff;
        std::optional<MonotonicTime> notBefore;
        int batch = Outbox::LargestBatch;
        bool inFlight = false;
        qint64 passedTo = 0;    ///< rows up to this lane_seq cannot go yet
        int passed = 0;         ///< how many of them
        int passedBefore = 0;   ///< the same in the pass before
        std::optional<MonotonicTime> nextPass;
        std::chrono::seconds rest {0};
    };
    /// What the database says, read in one go.
    struct Picture
    {
        QList<PendingLane> lanes;
        LaneCounts totals;
    };
    /// What one answer means for the rows.
    struct Verdict
    {
        QList<OpId> acknowledged;
        QHash<OpId, Error> quarantined;
        QHash<OpId, Error> counted;
        qint64 passTo = 0;           ///< rows of the batch up to this one are done with or cannot go yet
        int passed = 0;              ///< how many of them cannot go yet
        std::optional<LaneReceipt> receipt;
        std::optional<Error> wait;   ///< why the lane pauses before the next batch
    };

    void look();
    void consider(const Picture& picture);
    void publish(const SyncStatus& status);
    void send(const QString& name, const UserId& owner);
    void upload(const QString& name, const QList<OutboxRow>& rows);
    Verdict judge(Lane& lane, const QList<OutboxRow>& rows, const UploadOutcome& outcome) const;
    Verdict judge(Lane& lane, const QList<OutboxRow>& rows, const Error& error) const;
    void judgeOne(Verdict& verdict, const OutboxRow& row, const Error& error) const;
    void commit(const QString& name, const Verdict& verdict);
    void finish(const QString& name, const Verdict& verdict);
    void pause(Lane& lane, const Error& error);
    void passOver(Lane& lane, const Verdict& verdict);
    static void lookFromTheHead(Lane& lane);
    void scheduleWake();
    void clearDelays();
    Lane& laneNamed(const QString& name);
    LaneUploader* uploaderFor(const QString& lane) const;
    SyncStatus statusFrom(const Picture& picture) const;

    Database& m_database;
    std::unique_ptr<TokenSource> m_tokens;
    Clock& m_clock;
    Scheduler& m_scheduler;
    RandomSource& m_random;
    std::map<QString, LaneUploader*> m_uploaders;
    std::map<QString, Lane> m_lanes;
    SyncStatus m_status;
    ScheduledTask m_tick;
    ScheduledTask m_wake;
    std::optional<MonotonicTime> m_tooOldUntil;
    MonotonicTime m_lastProgress;
    QString m_lastError;
    bool m_offline = false;
    bool m_looking = false;
    bool m_lookAgain = false;
};
