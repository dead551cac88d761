// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/Outbox.h"

#include "store/Connection.h"

namespace {

constexpr auto Columns = "seq, op_id, owner, device, lane, lane_seq, op_type, v, payload, label,"
                         " created_steady, created_wall, prev_hash, hash, state = 'quarantined',"
                         " attempts, last_error";

QString selectRows(const char* rest)
{
    return QStringLiteral("SELECT %1 FROM outbox %2").arg(QLatin1String(Columns), QLatin1String(rest));
}

WallTime wallTime(qint64 micros)
{
    return WallTime(std::chrono::microseconds(micros));
}

OutboxRow toRow(const SqlRow& row)
{
    OutboxRow op;
    op.seq = row.integer(0);
    op.opId = OpId(row.text(1));
    op.owner = UserId(row.text(2));
    op.device = DeviceId(row.text(3));
    op.lane = row.text(4);
    op.laneSeq = row.integer(5);
    op.opType = row.text(6);
    op.version = int(row.integer(7));
    op.payload = row.bytes(8);
    op.label = row.text(9);
    op.createdSteady = MonotonicTime(row.integer(10));
    op.createdWall = wallTime(row.integer(11));
    op.prevHash = row.text(12).toLatin1();
    op.hash = row.text(13).toLatin1();
    op.quarantined = row.boolean(14);
    op.attempts = int(row.integer(15));
    op.lastError = row.text(16);
    return op;
}

/// Drops the count of changed rows where only success matters.
Result<void> done(const Result<int>& changed)
{
    return changed ? Result<void>() : Result<void>(changed.error());
}

} // namespace

QString attemptLane(const AttemptId& attempt)
{
    return QStringLiteral("attempt:") + attempt.toString();
}

QString reviewLane(const UserId& user)
{
    return QStringLiteral("review:") + user.toString();
}

QString studyLane(const UserId& user)
{
    return QStringLiteral("study:") + user.toString();
}

QString conversationLane(const ConversationId& conversation)
{
    return QStringLiteral("conversation:") + conversation.toString();
}

Result<OutboxRow> Outbox::append(Connection& connection, const NewOp& op)
{
    const auto existing = find(connection, op.opId);
    if (!existing) {
        return existing.error();
    }
    if (*existing) {
        return **existing;
    }
    // The rows count too: a salvaged file may have kept them and lost the numbering.
    const auto laneSeq = connection.integer(
        QStringLiteral("INSERT INTO lanes (lane, last_seq) VALUES"
                       " (?, 1 + ifnull((SELECT max(lane_seq) FROM outbox WHERE lane = ?), 0))"
                       " ON CONFLICT (lane) DO UPDATE SET last_seq = max(last_seq + 1, excluded.last_seq)"
                       " RETURNING last_seq"),
        {op.lane, op.lane});
    if (!laneSeq) {
        return laneSeq.error();
    }
    const auto inserted = connection.exec(
        QStringLiteral("INSERT INTO outbox (op_id, owner, device, lane, lane_seq, op_type, v, payload,"
                       " label, created_steady, created_wall, prev_hash, hash)"
                       " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
        {op.opId.toString(), op.owner.toString(), op.device.toString(), op.lane, *laneSeq, op.opType,
            op.version, op.payload, op.label, qint64(op.createdSteady.count()),
            qint64(op.createdWall.time_since_epoch().count()), QString::fromLatin1(op.prevHash),
            QString::fromLatin1(op.hash)});
    if (!inserted) {
        return inserted.error();
    }
    OutboxRow row;
    row.seq = connection.lastInsertId();
    row.opId = op.opId;
    row.owner = op.owner;
    row.device = op.device;
    row.lane = op.lane;
    row.laneSeq = *laneSeq;
    row.opType = op.opType;
    row.version = op.version;
    row.payload = op.payload;
    row.label = op.label;
    row.createdSteady = op.createdSteady;
    row.createdWall = op.createdWall;
    row.prevHash = op.prevHash;
    row.hash = op.hash;
    return row;
}

Result<void> Outbox::advanceLane(Connection& connection, const QString& lane, qint64 seq)
{
    return done(connection.exec(
        QStringLiteral("INSERT INTO lanes (lane, last_seq) VALUES (?, ?)"
                       " ON CONFLICT (lane) DO UPDATE SET last_seq = max(last_seq, excluded.last_seq)"),
        {lane, seq}));
}

Result<QList<PendingLane>> Outbox::pendingLanes(Connection& connection)
{
    const auto rows = connection.query(
        QStringLiteral("SELECT lane, (SELECT owner FROM outbox head WHERE head.lane = outbox.lane"
                       " AND head.state = 'pending' ORDER BY head.lane_seq LIMIT 1),"
                       " count(*), min(created_wall) FROM outbox"
                       " WHERE state = 'pending' GROUP BY lane ORDER BY min(seq)"));
    if (!rows) {
        return rows.error();
    }
    QList<PendingLane> lanes;
    for (const SqlRow& row : *rows) {
        lanes.append({row.text(0), UserId(row.text(1)), row.integer(2), wallTime(row.integer(3))});
    }
    return lanes;
}

Result<QList<OutboxRow>> Outbox::nextBatch(
    Connection& connection, const QString& lane, int rows, qint64 bytes, qint64 afterLaneSeq)
{
    const auto found = connection.query(
        selectRows("WHERE lane = ? AND state = 'pending' AND lane_seq > ? ORDER BY lane_seq LIMIT ?"),
        {lane, afterLaneSeq, rows});
    if (!found) {
        return found.error();
    }
    QList<OutboxRow> batch;
    qint64 size = 0;
    for (const SqlRow& row : *found) {
        OutboxRow op = toRow(row);
        size += op.payload.size();
        const bool fits = batch.isEmpty() || (size <= bytes && op.owner == batch.first().owner);
        if (!fits) {
            break;
        }
        batch.append(std::move(op));
    }
    return batch;
}

Result<std::optional<OutboxRow>> Outbox::find(Connection& connection, const OpId& opId)
{
    const auto row = connection.first(selectRows("WHERE op_id = ?"), {opId.toString()});
    if (!row) {
        return row.error();
    }
    return *row ? std::optional(toRow(**row)) : std::nullopt;
}

Result<int> Outbox::acknowledge(Connection& connection, const QString& lane, const QList<OpId>& ops)
{
    int removed = 0;
    for (const OpId& op : ops) {
        const auto gone = connection.exec(
            QStringLiteral("DELETE FROM outbox WHERE op_id = ? AND lane = ?"), {op.toString(), lane});
        if (!gone) {
            return gone;
        }
        removed += *gone;
    }
    return removed;
}

Result<int> Outbox::acknowledge(Connection& connection, const QString& lane, qint64 ackedLaneSeq)
{
    return connection.exec(
        QStringLiteral("DELETE FROM outbox WHERE lane = ? AND lane_seq <= ? AND state = 'pending'"),
        {lane, ackedLaneSeq});
}

Result<void> Outbox::saveReceipt(
    Connection& connection, const QString& lane, const LaneReceipt& receipt)
{
    return done(connection.exec(
        QStringLiteral("INSERT INTO receipts (lane, acked_lane_seq, chain_head, server_time, server_sig)"
                       " VALUES (?, ?, ?, ?, ?) ON CONFLICT (lane) DO UPDATE SET"
                       " acked_lane_seq = excluded.acked_lane_seq, chain_head = excluded.chain_head,"
                       " server_time = excluded.server_time, server_sig = excluded.server_sig"),
        {lane, receipt.ackedLaneSeq, QString::fromLatin1(receipt.chainHead), receipt.serverTime,
            receipt.signature}));
}

Result<std::optional<LaneReceipt>> Outbox::receipt(Connection& connection, const QString& lane)
{
    const auto row = connection.first(
        QStringLiteral("SELECT acked_lane_seq, chain_head, server_time, server_sig FROM receipts"
                       " WHERE lane = ?"),
        {lane});
    if (!row) {
        return row.error();
    }
    if (!*row) {
        return std::optional<LaneReceipt>();
    }
    const SqlRow& found = **row;
    return std::optional(LaneReceipt {
        found.integer(0), found.text(1).toLatin1(), found.text(2), found.bytes(3)});
}

Result<void> Outbox::noteFailure(Connection& connection, const OpId& opId, const QString& code)
{
    return done(connection.exec(
        QStringLiteral("UPDATE outbox SET attempts = attempts + 1, last_error = ? WHERE op_id = ?"),
        {code, opId.toString()}));
}

Result<void> Outbox::quarantine(Connection& connection, const OpId& opId, const QString& reason)
{
    return done(connection.exec(
        QStringLiteral("UPDATE outbox SET state = 'quarantined', attempts = attempts + 1, last_error = ?"
                       " WHERE op_id = ?"),
        {reason, opId.toString()}));
}

Result<void> Outbox::release(Connection& connection, const OpId& opId)
{
    return done(connection.exec(
        QStringLiteral("UPDATE outbox SET state = 'pending', attempts = 0, last_error = ''"
                       " WHERE op_id = ? AND state = 'quarantined'"),
        {opId.toString()}));
}

Result<QList<OutboxRow>> Outbox::quarantined(Connection& connection)
{
    const auto found = connection.query(selectRows("WHERE state = 'quarantined' ORDER BY seq"));
    if (!found) {
        return found.error();
    }
    QList<OutboxRow> rows;
    for (const SqlRow& row : *found) {
        rows.append(toRow(row));
    }
    return rows;
}

Result<LaneCounts> Outbox::counts(Connection& connection, const QString& lane)
{
    const auto row = connection.first(
        QStringLiteral("SELECT ifnull((SELECT last_seq FROM lanes WHERE lane = ?), 0),"
                       " ifnull((SELECT acked_lane_seq FROM receipts WHERE lane = ?), 0),"
                       " count(*) FILTER (WHERE state = 'pending'),"
                       " count(*) FILTER (WHERE state = 'quarantined'),"
                       " min(created_wall) FILTER (WHERE state = 'pending')"
                       " FROM outbox WHERE lane = ?"),
        {lane, lane, lane});
    if (!row) {
        return row.error();
    }
    const SqlRow& found = **row;
    LaneCounts counts;
    counts.kept = found.integer(0);
    counts.receipted = found.integer(1);
    counts.pending = found.integer(2);
    counts.quarantined = found.integer(3);
    counts.sent = counts.kept - counts.pending - counts.quarantined;
    if (const auto oldest = found.optionalInteger(4)) {
        counts.oldestUnsent = wallTime(*oldest);
    }
    return counts;
}

Result<LaneCounts> Outbox::totals(Connection& connection)
{
    const auto row = connection.first(
        QStringLiteral("SELECT ifnull((SELECT sum(last_seq) FROM lanes), 0),"
                       " count(*) FILTER (WHERE state = 'pending'),"
                       " count(*) FILTER (WHERE state = 'quarantined'),"
                       " min(created_wall) FILTER (WHERE state = 'pending') FROM outbox"));
    if (!row) {
        return row.error();
    }
    const SqlRow& found = **row;
    LaneCounts counts;
    counts.kept = found.integer(0);
    counts.pending = found.integer(1);
    counts.quarantined = found.integer(2);
    counts.sent = counts.kept - counts.pending - counts.quarantined;
    if (const auto oldest = found.optionalInteger(3)) {
        counts.oldestUnsent = wallTime(*oldest);
    }
    return counts;
}
