// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "base/Id.h"
#include "base/Result.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <optional>

class Connection;

/// The lanes: operations of one lane go out in order, lanes do not wait for each other.
QString attemptLane(const AttemptId& attempt);
QString reviewLane(const UserId& user);
QString studyLane(const UserId& user);
QString conversationLane(const ConversationId& conversation);

/// An operation about to be queued.
struct NewOp
{
    OpId opId;            ///< UUID; queueing the same one again changes nothing
    UserId owner;         ///< only a token of this user may send it
    DeviceId device;
    QString lane;
    QString opType;
    int version = 1;      ///< of the payload's shape, so that old rows survive a new program
    QByteArray payload;   ///< exactly what the uploader sends
    QString label;        ///< for people, when the operation ends in quarantine
    MonotonicTime createdSteady {0};
    WallTime createdWall;
    QByteArray prevHash;  ///< lower-case hex; empty outside hash chains
    QByteArray hash;
};

/// A queued operation.
struct OutboxRow
{
    qint64 seq = 0;       ///< order in this file
    OpId opId;
    UserId owner;
    DeviceId device;
    QString lane;
    qint64 laneSeq = 0;   ///< order in its lane, from 1
    QString opType;
    int version = 1;
    QByteArray payload;
    QString label;
    MonotonicTime createdSteady {0};
    WallTime createdWall;
    QByteArray prevHash;
    QByteArray hash;
    bool quarantined = false;
    int attempts = 0;     ///< how often sending it failed
    QString lastError;    ///< stable code of the last failure
};

/// What the other side has confirmed of a lane.
struct LaneReceipt
{
    qint64 ackedLaneSeq = 0;
    QByteArray chainHead;
    QString serverTime;   ///< as the server wrote it
    QByteArray signature;
};

/// The three counts shown everywhere.
struct LaneCounts
{
    qint64 kept = 0;      ///< operations safe in this file
    qint64 sent = 0;      ///< of those, confirmed by the other side
    qint64 receipted = 0; ///< highest lane_seq of the last receipt
    qint64 pending = 0;   ///< waiting to be sent
    qint64 quarantined = 0;
    std::optional<WallTime> oldestUnsent;
};

/// A lane with something to send.
struct PendingLane
{
    QString lane;
    UserId owner;         ///< of the row at its head
    qint64 pending = 0;
    WallTime oldest;
};

/// The queue of operations on their way to the academy. Rows leave only by acknowledge(); an error
/// never deletes. Every function works inside the caller's transaction, on the database's thread.
/// Source: the queue specification F.3 of the project's research notes.
class Outbox
{
public:
    static constexpr int LargestBatch = 100;
    static constexpr qint64 LargestBatchBytes = 256 * 1024;

    static Result<OutboxRow> append(Connection& connection, const NewOp& op);
    /// The lane's numbering goes on after `seq`, when that is ahead (an attempt taken over from
    /// another device).
    static Result<void> advanceLane(Connection& connection, const QString& lane, qint64 seq);

    static Result<QList<PendingLane>> pendingLanes(Connection& connection);
    /// The head of the lane behind `afterLaneSeq`, oldest first; stops before the first row of another
    /// owner. At least one row when any is pending, however large.
    static Result<QList<OutboxRow>> nextBatch(Connection& connection, const QString& lane,
        int rows = LargestBatch, qint64 bytes = LargestBatchBytes, qint64 afterLaneSeq = 0);
    static Result<std::optional<OutboxRow>> find(Connection& connection, const OpId& opId);

    /// Removes confirmed rows; answers how many were still there. Unknown ids are no error.
    static Result<int> acknowledge(Connection& connection, const QString& lane, const QList<OpId>& ops);
    /// Removes the rows up to and including `ackedLaneSeq`.
    static Result<int> acknowledge(Connection& connection, const QString& lane, qint64 ackedLaneSeq);
    static Result<void> saveReceipt(Connection& connection, const QString& lane, const LaneReceipt& receipt);
    static Result<std::optional<LaneReceipt>> receipt(Connection& connection, const QString& lane);

    static Result<void> noteFailure(Connection& connection, const OpId& opId, const QString& code);
    /// Sets one operation aside; the lane goes on without it.
    static Result<void> quarantine(Connection& connection, const OpId& opId, const QString& reason);
    static Result<void> release(Connection& connection, const OpId& opId);
    static Result<QList<OutboxRow>> quarantined(Connection& connection);

    static Result<LaneCounts> counts(Connection& connection, const QString& lane);
    /// Over all lanes; `receipted` is 0.
    static Result<LaneCounts> totals(Connection& connection);
};
