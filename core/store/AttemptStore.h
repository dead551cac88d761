// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Async.h"
#include "base/Clock.h"
#include "base/Id.h"
#include "store/Outbox.h"

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QString>

#include <functional>
#include <optional>

class Database;

/// The link of the hash chain that an operation makes, lower-case hex. Pure; called on the
/// database's thread inside the transaction, where seq and the previous hash are known.
using OpHasher = std::function<QByteArray(const QByteArray& prevHash, const OpId& opId, qint64 seq,
    const ItemId& item, const QString& kind, const QByteArray& body)>;

/// One reading of the academy's clock, paired with ours at the same moment.
struct ServerTimePair
{
    WallTime server;
    MonotonicTime steady {0};
    WallTime wall;
    QString bootId;             ///< which boot `steady` belongs to; another boot makes it meaningless
};

/// Where the student was: restored after a crash.
struct ResumePoint
{
    ItemId item;
    int caret = 0;              ///< characters from the start of the answer field
};

/// An attempt as this computer knows it.
struct StoredAttempt
{
    AttemptId id;
    SittingId sitting;
    UserId owner;
    DeviceId device;
    qint64 lease = 0;           ///< fencing token; higher wins
    QString state;              ///< the academy's word
    QByteArray paper;           ///< JSON, as received
    QString startedAt;          ///< as the server wrote it
    qint64 baseSeconds = 0;
    std::optional<WallTime> effectiveEnd;
    std::optional<ServerTimePair> serverTime;
    bool clockUncertain = false; ///< the pair did not survive a reboot; the academy will settle it
    qint64 lastSeq = 0;         ///< of the newest operation here
    QByteArray chainHead;       ///< its hash; 64 zeros before the first
    qint64 ackedSeq = 0;        ///< the academy has everything up to here
    qint64 commandCursor = 0;   ///< id of the last command applied
    ResumePoint resume;
    QString receipt;            ///< hand-in receipt; empty until there is one
    QString submittedAt;
    bool submitRequested = false; ///< the student handed in; the academy may not know yet
    /// Only in the answer of begin(): what was written here and gave way to another device's answer.
    QHash<ItemId, QByteArray> asides;
};

/// What an answer goes on with that changed here and on another device, as JSON; empty: with theirs.
/// Pure; called on the database's thread.
using AnswerJoiner
    = std::function<QByteArray(const ItemId& item, const QByteArray& theirs, const QByteArray& ours)>;

/// What start_attempt answered.
struct AttemptStart
{
    AttemptId id;
    SittingId sitting;
    UserId owner;
    DeviceId device;
    qint64 lease = 0;
    QString state;
    QByteArray paper;
    QString startedAt;
    qint64 baseSeconds = 0;
    std::optional<WallTime> effectiveEnd;
    std::optional<ServerTimePair> serverTime;
    qint64 ackedSeq = 0;
    QByteArray chainHead;
    QHash<ItemId, QByteArray> answers; ///< JSON by item, folded by the academy
    AnswerJoiner joiner;        ///< may be empty
};

/// Something the student did.
struct NewAttemptOp
{
    OpId opId;
    ItemId item;
    QString kind;               ///< answer, flag, unflag, visit, focus, …
    QByteArray body;            ///< exact JSON text that is hashed and sent
    QString label;
    MonotonicTime steady {0};
    WallTime wall;
};

/// The same, after the commit: from here on it is safe.
struct CommittedOp
{
    OpId opId;
    AttemptId attempt;
    qint64 seq = 0;
    qint64 lease = 0;
    ItemId item;
    QString kind;
    QByteArray body;
    MonotonicTime steady {0};
    WallTime wall;
    QByteArray prevHash;
    QByteArray hash;
};

/// The newest state of one item.
struct StoredAnswer
{
    ItemId item;
    QByteArray payload;         ///< JSON; empty: never answered
    bool flagged = false;
    bool seen = false;
    qint64 seq = 0;             ///< of the operation that set the payload; 0: came from the academy
};

/// Something worth a look by the teacher; waits here until the academy has it.
struct StoredIncident
{
    qint64 id = 0;              ///< local
    QString kind;               ///< focus_loss, paste, clock_jump, second_screen, chain_broken
    QByteArray payload;         ///< JSON
    WallTime wall;
    MonotonicTime steady {0};
};

/// Attempts, their operations and what the screen needs of them. Each call is one transaction; a
/// future that answers a value is a promise that the disk has it. Call from the thread that owns
/// the Database; `database` must outlive the store.
///
/// record() writes the operation, the folded answer and the outbox row together. The outbox payload
/// is one element of push_ops' p_ops plus "lease", so that a batch is a join of payloads of one lease.
/// After a takeover seq goes on from the academy's, per lease; lane_seq is only the order of sending.
class AttemptStore
{
public:
    AttemptStore(Database& database, OpHasher hasher);

    /// For its signals: a disk that is full, a file that had to be repaired.
    Database& database() const { return m_database; }

    /// Saves what start_attempt answered, new or again; a lease never goes down. Under the same lease
    /// answers given here stay. Under a higher one the academy's answers rule, unsent operations of
    /// the old lease stay queued for the academy's side branch, and what the academy's own branch lacks
    /// is recorded again under the new lease: answers that nobody changed there since, and what the
    /// joiner makes of those that changed on both sides. A hand-in of the old lease is forgotten.
    Async<StoredAttempt> begin(AttemptStart start);
    Async<std::optional<StoredAttempt>> find(AttemptId attempt);
    /// The attempt of this user in this sitting, newest first.
    Async<std::optional<StoredAttempt>> findBySitting(UserId owner, SittingId sitting);
    /// Attempts without a hand-in receipt.
    Async<QList<StoredAttempt>> unfinished(UserId owner);

    /// NotFound store_no_attempt when begin() was never called, Invalid store_bad_body when the body
    /// is not JSON. Recording the same opId again answers the first commit.
    Async<CommittedOp> record(AttemptId attempt, NewAttemptOp op);
    Async<QList<StoredAnswer>> answers(AttemptId attempt);
    Async<QList<CommittedOp>> ops(AttemptId attempt, qint64 fromSeq = 1);
    /// Puts operations of the current lease back into the outbox that the academy says it misses;
    /// answers how many are on their way now. Those that were set aside or are not here are not.
    Async<int> requeue(AttemptId attempt, QList<qint64> seqs);
    Async<LaneCounts> counts(AttemptId attempt);
    /// Space on the disk for the answers of an exam; see Database::holdReserve().
    Async<void> holdReserve();
    Async<void> dropReserve();

    Async<void> saveResumePoint(AttemptId attempt, ResumePoint point);
    Async<void> saveServerState(AttemptId attempt, QString state, std::optional<WallTime> effectiveEnd,
        std::optional<ServerTimePair> time, std::optional<qint64> ackedSeq = {});
    Async<void> setClockUncertain(AttemptId attempt, bool uncertain);
    Async<void> markSubmitRequested(AttemptId attempt);
    Async<void> saveReceipt(AttemptId attempt, QString receipt, QString submittedAt, QString state);

    /// Moves the cursor and remembers the ids as not yet acknowledged, in one commit, so that a
    /// command is applied exactly once even when the program dies right after.
    Async<void> commandsApplied(AttemptId attempt, qint64 cursor, QList<qint64> ids);
    Async<QList<qint64>> unackedCommands(AttemptId attempt);
    Async<void> commandsAcked(AttemptId attempt, QList<qint64> ids);

    Async<void> addIncident(AttemptId attempt, StoredIncident incident);
    Async<QList<StoredIncident>> incidents(AttemptId attempt);
    Async<void> incidentsSent(QList<qint64> ids);

private:
    Database& m_database;
    OpHasher m_hasher;
};
