// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/AttemptStore.h"

#include "store/Database.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUuid>

#include <algorithm>

namespace {

constexpr auto AttemptColumns
    = "id, sitting, owner, device, lease, state,"
      " (SELECT body FROM papers WHERE attempt = attempts.id), started_at, base_seconds, effective_end,"
      " server_time, server_steady, server_wall, server_boot, clock_uncertain, last_seq, chain_head,"
      " acked_seq, command_cursor, resume_item, resume_caret, receipt, submitted_at, submit_requested";
constexpr auto OpColumns
    = "op_id, attempt, seq, lease, item, kind, body, steady, wall, prev_hash, hash, label";

QByteArray firstLink()
{
    return QByteArray(64, '0');
}

WallTime wallTime(qint64 micros)
{
    return WallTime(std::chrono::microseconds(micros));
}

qint64 micros(WallTime time)
{
    return time.time_since_epoch().count();
}

QVariant optionalMicros(const std::optional<WallTime>& time)
{
    return time ? QVariant(micros(*time)) : QVariant();
}

Result<void> done(const Result<int>& changed)
{
    return changed ? Result<void>() : Result<void>(changed.error());
}

Error noAttempt(const AttemptId& attempt)
{
    return {ErrorKind::NotFound, QStringLiteral("store_no_attempt"), attempt.toString(), {}};
}

StoredAttempt toAttempt(const SqlRow& row)
{
    StoredAttempt attempt;
    attempt.id = AttemptId(row.text(0));
    attempt.sitting = SittingId(row.text(1));
    attempt.owner = UserId(row.text(2));
    attempt.device = DeviceId(row.text(3));
    attempt.lease = row.integer(4);
    attempt.state = row.text(5);
    attempt.paper = row.bytes(6);
    attempt.startedAt = row.text(7);
    attempt.baseSeconds = row.integer(8);
    if (const auto end = row.optionalInteger(9)) {
        attempt.effectiveEnd = wallTime(*end);
    }
    if (!row.isNull(10)) {
        attempt.serverTime = ServerTimePair {wallTime(row.integer(10)), MonotonicTime(row.integer(11)),
            wallTime(row.integer(12)), row.text(13)};
    }
    attempt.clockUncertain = row.boolean(14);
    attempt.lastSeq = row.integer(15);
    attempt.chainHead = row.text(16).toLatin1();
    attempt.ackedSeq = row.integer(17);
    attempt.commandCursor = row.integer(18);
    attempt.resume = {ItemId(row.text(19)), int(row.integer(20))};
    attempt.receipt = row.text(21);
    attempt.submittedAt = row.text(22);
    attempt.submitRequested = row.boolean(23);
    return attempt;
}

struct LabelledOp
{
    CommittedOp op;
    QString label;
};

LabelledOp toOp(const SqlRow& row)
{
    CommittedOp op;
    op.opId = OpId(row.text(0));
    op.attempt = AttemptId(row.text(1));
    op.seq = row.integer(2);
    op.lease = row.integer(3);
    op.item = ItemId(row.text(4));
    op.kind = row.text(5);
    op.body = row.bytes(6);
    op.steady = MonotonicTime(row.integer(7));
    op.wall = wallTime(row.integer(8));
    op.prevHash = row.text(9).toLatin1();
    op.hash = row.text(10).toLatin1();
    return {op, row.text(11)};
}

Result<std::optional<StoredAttempt>> loadAttempt(Connection& connection, const AttemptId& id)
{
    const auto row = connection.first(
        QStringLiteral("SELECT %1 FROM attempts WHERE id = ?").arg(QLatin1String(AttemptColumns)),
        {id.toString()});
    if (!row) {
        return row.error();
    }
    return *row ? std::optional(toAttempt(**row)) : std::nullopt;
}

/// What the next operation needs to know, without the paper and the clocks.
Result<std::optional<StoredAttempt>> loadChainEnd(Connection& connection, const AttemptId& id)
{
    const auto row = connection.first(
        QStringLiteral("SELECT owner, device, lease, last_seq, chain_head FROM attempts WHERE id = ?"),
        {id.toString()});
    if (!row) {
        return row.error();
    }
    if (!*row) {
        return std::optional<StoredAttempt>();
    }
    const SqlRow& found = **row;
    StoredAttempt attempt;
    attempt.id = id;
    attempt.owner = UserId(found.text(0));
    attempt.device = DeviceId(found.text(1));
    attempt.lease = found.integer(2);
    attempt.lastSeq = found.integer(3);
    attempt.chainHead = found.text(4).toLatin1();
    return std::optional(attempt);
}

Result<QList<StoredAttempt>> listAttempts(
    Connection& connection, const QString& where, const QList<QVariant>& binds)
{
    const auto rows = connection.query(
        QStringLiteral("SELECT %1 FROM attempts WHERE %2 ORDER BY number DESC")
            .arg(QLatin1String(AttemptColumns), where),
        binds);
    if (!rows) {
        return rows.error();
    }
    QList<StoredAttempt> attempts;
    for (const SqlRow& row : *rows) {
        attempts.append(toAttempt(row));
    }
    return attempts;
}

Result<QList<LabelledOp>> listOps(
    Connection& connection, const QString& where, const QList<QVariant>& binds)
{
    const auto rows = connection.query(
        QStringLiteral("SELECT %1 FROM attempt_ops WHERE %2").arg(QLatin1String(OpColumns), where), binds);
    if (!rows) {
        return rows.error();
    }
    QList<LabelledOp> ops;
    for (const SqlRow& row : *rows) {
        ops.append(toOp(row));
    }
    return ops;
}

/// The body goes twice: as the exact text that is hashed, and as JSON for the academy's tables.
QByteArray wireForm(const CommittedOp& op)
{
    const QJsonObject fields {
        {QStringLiteral("op_id"), op.opId.toString()},
        {QStringLiteral("seq"), op.seq},
        {QStringLiteral("lease"), op.lease},
        {QStringLiteral("item_id"), op.item.toString()},
        {QStringLiteral("kind"), op.kind},
        {QStringLiteral("body"), QString::fromUtf8(op.body)},
        {QStringLiteral("steady_us"), qint64(op.steady.count())},
        {QStringLiteral("wall"), toIsoString(op.wall)},
        {QStringLiteral("prev_hash"), QString::fromLatin1(op.prevHash)},
        {QStringLiteral("hash"), QString::fromLatin1(op.hash)},
    };
    QByteArray json = QJsonDocument(fields).toJson(QJsonDocument::Compact);
    json.chop(1);
    return json + ",\"payload\":" + op.body + '}';
}

bool isJson(const QByteArray& body)
{
    // In an array, because Qt refuses a scalar at the top level.
    const QJsonDocument parsed = QJsonDocument::fromJson('[' + body + ']');
    return parsed.isArray() && parsed.array().size() == 1;
}

/// Answers whether the operation waits to be sent; one that was set aside stays aside.
Result<bool> queue(Connection& connection, const StoredAttempt& attempt, const LabelledOp& labelled)
{
    NewOp op;
    op.opId = labelled.op.opId;
    op.owner = attempt.owner;
    op.device = attempt.device;
    op.lane = attemptLane(attempt.id);
    op.opType = QStringLiteral("attempt.op");
    op.payload = wireForm(labelled.op);
    op.label = labelled.label;
    op.createdSteady = labelled.op.steady;
    op.createdWall = labelled.op.wall;
    op.prevHash = labelled.op.prevHash;
    op.hash = labelled.op.hash;
    const auto queued = Outbox::append(connection, op);
    return queued ? Result<bool>(!queued->quarantined) : Result<bool>(queued.error());
}

Result<void> fold(Connection& connection, const CommittedOp& op)
{
    const QString attempt = op.attempt.toString();
    const QString item = op.item.toString();
    if (op.kind == QLatin1String("answer")) {
        return done(connection.exec(
            QStringLiteral("INSERT INTO answers (attempt, item, payload, seen, seq) VALUES (?, ?, ?, 1, ?)"
                           " ON CONFLICT (attempt, item) DO UPDATE SET payload = excluded.payload,"
                           " seen = 1, seq = excluded.seq"),
            {attempt, item, op.body, op.seq}));
    }
    if (op.kind == QLatin1String("flag") || op.kind == QLatin1String("unflag")) {
        return done(connection.exec(
            QStringLiteral("INSERT INTO answers (attempt, item, flagged, seen) VALUES (?, ?, ?, 1)"
                           " ON CONFLICT (attempt, item) DO UPDATE SET flagged = excluded.flagged, seen = 1"),
            {attempt, item, op.kind == QLatin1String("flag")}));
    }
    if (op.kind == QLatin1String("visit")) {
        if (auto moved = connection.exec(
                QStringLiteral("UPDATE attempts SET resume_item = ?, resume_caret = 0"
                               " WHERE id = ? AND resume_item <> ?"),
                {item, attempt, item});
            !moved) {
            return moved.error();
        }
        return done(connection.exec(
            QStringLiteral("INSERT INTO answers (attempt, item, seen) VALUES (?, ?, 1)"
                           " ON CONFLICT (attempt, item) DO UPDATE SET seen = 1"),
            {attempt, item}));
    }
    return {};
}

/// Adds the operation to the end of the chain, the fold and the outbox; moves `attempt` along.
Result<CommittedOp> commitOp(
    Connection& connection, const OpHasher& hasher, StoredAttempt& attempt, const NewAttemptOp& op)
{
    CommittedOp committed;
    committed.opId = op.opId;
    committed.attempt = attempt.id;
    committed.seq = attempt.lastSeq + 1;
    committed.lease = attempt.lease;
    committed.item = op.item;
    committed.kind = op.kind;
    committed.body = op.body;
    committed.steady = op.steady;
    committed.wall = op.wall;
    committed.prevHash = attempt.chainHead;
    committed.hash = hasher(attempt.chainHead, op.opId, committed.seq, op.item, op.kind, op.body);
    const auto inserted = connection.exec(
        QStringLiteral("INSERT INTO attempt_ops (op_id, attempt, seq, lease, item, kind, body, steady,"
                       " wall, prev_hash, hash, label) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
        {op.opId.toString(), attempt.id.toString(), committed.seq, committed.lease, op.item.toString(),
            op.kind, op.body, qint64(op.steady.count()), micros(op.wall),
            QString::fromLatin1(committed.prevHash), QString::fromLatin1(committed.hash), op.label});
    if (!inserted) {
        return inserted.error();
    }
    const auto moved = connection.exec(
        QStringLiteral("UPDATE attempts SET last_seq = ?, chain_head = ? WHERE id = ?"),
        {committed.seq, QString::fromLatin1(committed.hash), attempt.id.toString()});
    if (!moved) {
        return moved.error();
    }
    if (auto folded = fold(connection, committed); !folded) {
        return folded.error();
    }
    if (auto queued = queue(connection, attempt, {committed, op.label}); !queued) {
        return queued.error();
    }
    attempt.lastSeq = committed.seq;
    attempt.chainHead = committed.hash;
    return committed;
}

/// Where the chain of a new attempt row begins. A salvaged outbox may be ahead of the academy.
Result<void> startChain(Connection& connection, StoredAttempt& attempt, const AttemptStart& start)
{
    attempt.lastSeq = start.ackedSeq;
    attempt.chainHead = start.chainHead.isEmpty() ? firstLink() : start.chainHead;
    const auto queued = connection.first(
        QStringLiteral("SELECT json_extract(CAST(payload AS TEXT), '$.seq') AS seq, hash FROM outbox"
                       " WHERE lane = ? AND json_extract(CAST(payload AS TEXT), '$.lease') = ?"
                       " ORDER BY 1 DESC LIMIT 1"),
        {attemptLane(start.id), start.lease});
    if (!queued) {
        return queued.error();
    }
    if (*queued && (*queued)->integer(0) > attempt.lastSeq) {
        attempt.lastSeq = (*queued)->integer(0);
        attempt.chainHead = (*queued)->text(1).toLatin1();
    }
    return {};
}

Result<void> writeAttempt(Connection& connection, const StoredAttempt& attempt)
{
    const auto& time = attempt.serverTime;
    const auto written = connection.exec(
        QStringLiteral(
            "INSERT INTO attempts (id, sitting, owner, device, lease, state, started_at,"
            " base_seconds, effective_end, server_time, server_steady, server_wall, server_boot,"
            " clock_uncertain, last_seq, chain_head, acked_seq)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (id) DO UPDATE SET device = excluded.device,"
            " submit_requested = submit_requested AND excluded.lease = lease, lease = excluded.lease,"
            " state = excluded.state, started_at = excluded.started_at,"
            " base_seconds = excluded.base_seconds, effective_end = excluded.effective_end,"
            " server_time = excluded.server_time, server_steady = excluded.server_steady,"
            " server_wall = excluded.server_wall, server_boot = excluded.server_boot,"
            " clock_uncertain = excluded.clock_uncertain, last_seq = excluded.last_seq,"
            " chain_head = excluded.chain_head, acked_seq = excluded.acked_seq"),
        {attempt.id.toString(), attempt.sitting.toString(), attempt.owner.toString(),
            attempt.device.toString(), attempt.lease, attempt.state, attempt.startedAt,
            attempt.baseSeconds, optionalMicros(attempt.effectiveEnd),
            time ? QVariant(micros(time->server)) : QVariant(),
            time ? QVariant(qint64(time->steady.count())) : QVariant(),
            time ? QVariant(micros(time->wall)) : QVariant(), time ? QVariant(time->bootId) : QVariant(),
            attempt.clockUncertain, attempt.lastSeq, QString::fromLatin1(attempt.chainHead),
            attempt.ackedSeq});
    if (!written) {
        return written.error();
    }
    return done(connection.exec(
        QStringLiteral("INSERT INTO papers (attempt, body) VALUES (?, ?)"
                       " ON CONFLICT (attempt) DO UPDATE SET body = excluded.body"),
        {attempt.id.toString(), attempt.paper}));
}

Result<void> adoptAnswers(Connection& connection, const AttemptStart& start, bool overLocal)
{
    const QString condition = overLocal ? QString() : QStringLiteral(" WHERE answers.seq = 0");
    const QString sql
        = QStringLiteral("INSERT INTO answers (attempt, item, payload, seen) VALUES (?, ?, ?, 1)"
                         " ON CONFLICT (attempt, item) DO UPDATE SET payload = excluded.payload,"
                         " seen = 1, seq = 0")
        + condition;
    for (auto answer = start.answers.cbegin(); answer != start.answers.cend(); ++answer) {
        const auto saved = connection.exec(
            sql, {start.id.toString(), answer.key().toString(), answer.value()});
        if (!saved) {
            return saved.error();
        }
    }
    return {};
}

bool sameJson(const QByteArray& one, const QByteArray& other)
{
    // In an array, because Qt refuses a scalar at the top level.
    return QJsonDocument::fromJson('[' + one + ']').array() == QJsonDocument::fromJson('[' + other + ']').array();
}

/// What an item goes on with after a takeover; empty: with the academy's answer. `own` are this
/// computer's answers to it, oldest first; `before` is the attempt as it was under the old lease.
QByteArray carriedAnswer(const QList<LabelledOp>& own, const StoredAttempt& before,
    const AttemptStart& start, QHash<ItemId, QByteArray>& asides)
{
    const CommittedOp& newest = own.constLast().op;
    const auto theirs = start.answers.constFind(newest.item);
    if (newest.lease != before.lease) {
        return {}; // settled when that lease was taken back
    }
    if (theirs == start.answers.constEnd()) {
        return newest.body;
    }
    if (sameJson(*theirs, newest.body)) {
        return {};
    }
    qsizetype known = own.size() - 1;
    while (known > 0 && (own.at(known).op.lease != before.lease || own.at(known).op.seq > before.ackedSeq)) {
        --known;
    }
    // The answer to the last push may have been lost, so the academy may have more than it said.
    const bool unchangedThere = std::any_of(own.cbegin() + known, own.cend(),
        [&theirs](const LabelledOp& op) { return sameJson(*theirs, op.op.body); });
    if (unchangedThere) {
        return newest.body;
    }
    if (newest.seq <= before.ackedSeq) {
        return {}; // the other device went on from it
    }
    const QByteArray joined
        = start.joiner ? start.joiner(newest.item, *theirs, newest.body) : QByteArray();
    if (joined.isEmpty()) {
        asides.insert(newest.item, newest.body);
    }
    return joined;
}

/// Takes along what a takeover left on the old lease.
Result<void> carryOver(Connection& connection, const OpHasher& hasher, StoredAttempt& attempt,
    const StoredAttempt& before, const AttemptStart& start)
{
    const auto answers = listOps(connection,
        QStringLiteral("attempt = ? AND lease < ? AND kind = 'answer' ORDER BY lease, seq"),
        {attempt.id.toString(), attempt.lease});
    if (!answers) {
        return answers.error();
    }
    QHash<ItemId, QList<LabelledOp>> byItem;
    for (const LabelledOp& op : *answers) {
        byItem[op.op.item].append(op);
    }
    QList<LabelledOp> carried;
    for (const QList<LabelledOp>& own : std::as_const(byItem)) {
        LabelledOp next = own.constLast();
        next.op.body = carriedAnswer(own, before, start, attempt.asides);
        if (!next.op.body.isEmpty()) {
            carried.append(next);
        }
    }
    std::ranges::sort(carried, {}, [](const LabelledOp& op) { return op.op.seq; });
    for (const LabelledOp& old : std::as_const(carried)) {
        NewAttemptOp op;
        // The same again after a failed commit, so that nothing doubles.
        op.opId = OpId(QUuid::createUuidV5(QUuid::fromString(old.op.opId.toString()),
            QString::number(attempt.lease)).toString(QUuid::WithoutBraces));
        op.item = old.op.item;
        op.kind = old.op.kind;
        op.body = old.op.body;
        op.label = old.label;
        op.steady = old.op.steady;
        op.wall = old.op.wall;
        if (auto committed = commitOp(connection, hasher, attempt, op); !committed) {
            return committed.error();
        }
    }
    return {};
}

Result<StoredAttempt> beginAttempt(
    Connection& connection, const OpHasher& hasher, const AttemptStart& start)
{
    const auto existing = loadAttempt(connection, start.id);
    if (!existing) {
        return existing.error();
    }
    if (*existing && start.lease < (*existing)->lease) {
        return **existing;
    }
    StoredAttempt attempt = existing->value_or(StoredAttempt());
    const bool isNew = !*existing;
    const bool takenBack = !isNew && start.lease > attempt.lease;
    attempt.id = start.id;
    attempt.sitting = start.sitting;
    attempt.owner = start.owner;
    attempt.device = start.device;
    attempt.lease = start.lease;
    attempt.state = start.state;
    attempt.paper = start.paper;
    attempt.startedAt = start.startedAt;
    attempt.baseSeconds = start.baseSeconds;
    attempt.effectiveEnd = start.effectiveEnd;
    if (start.serverTime) {
        attempt.serverTime = start.serverTime;
        attempt.clockUncertain = false;
    }
    attempt.submitRequested = attempt.submitRequested && !takenBack;
    attempt.ackedSeq = std::max(attempt.ackedSeq, start.ackedSeq);
    if (isNew || takenBack || start.ackedSeq > attempt.lastSeq) {
        if (auto started = startChain(connection, attempt, start); !started) {
            return started.error();
        }
    }
    if (auto written = writeAttempt(connection, attempt); !written) {
        return written.error();
    }
    if (auto adopted = adoptAnswers(connection, start, takenBack); !adopted) {
        return adopted.error();
    }
    if (takenBack) {
        if (auto carried = carryOver(connection, hasher, attempt, **existing, start); !carried) {
            return carried.error();
        }
    }
    return attempt;
}

Result<CommittedOp> recordOp(
    Connection& connection, const OpHasher& hasher, const AttemptId& id, const NewAttemptOp& op)
{
    const auto existing
        = listOps(connection, QStringLiteral("op_id = ?"), {op.opId.toString()});
    if (!existing) {
        return existing.error();
    }
    if (!existing->isEmpty()) {
        return existing->constFirst().op;
    }
    const auto attempt = loadChainEnd(connection, id);
    if (!attempt) {
        return attempt.error();
    }
    if (!*attempt) {
        return noAttempt(id);
    }
    StoredAttempt current = **attempt;
    return commitOp(connection, hasher, current, op);
}

} // namespace

AttemptStore::AttemptStore(Database& database, OpHasher hasher) :
    m_database(database), m_hasher(std::move(hasher))
{
}

Async<StoredAttempt> AttemptStore::begin(AttemptStart start)
{
    return m_database.run<StoredAttempt>(
        [start = std::move(start), hasher = m_hasher](Connection& connection) {
            return beginAttempt(connection, hasher, start);
        });
}

Async<std::optional<StoredAttempt>> AttemptStore::find(AttemptId attempt)
{
    return m_database.read<std::optional<StoredAttempt>>(
        [attempt](Connection& connection) { return loadAttempt(connection, attempt); });
}

Async<std::optional<StoredAttempt>> AttemptStore::findBySitting(UserId owner, SittingId sitting)
{
    using Found = std::optional<StoredAttempt>;
    return m_database.read<Found>([owner, sitting](Connection& connection) -> Result<Found> {
        const auto attempts = listAttempts(connection, QStringLiteral("owner = ? AND sitting = ?"),
            {owner.toString(), sitting.toString()});
        if (!attempts) {
            return attempts.error();
        }
        return attempts->isEmpty() ? Found() : Found(attempts->constFirst());
    });
}

Async<QList<StoredAttempt>> AttemptStore::unfinished(UserId owner)
{
    return m_database.read<QList<StoredAttempt>>([owner](Connection& connection) {
        return listAttempts(
            connection, QStringLiteral("owner = ? AND receipt = ''"), {owner.toString()});
    });
}

Async<CommittedOp> AttemptStore::record(AttemptId attempt, NewAttemptOp op)
{
    if (!isJson(op.body)) {
        return readyAsync<CommittedOp>(
            Error {ErrorKind::Invalid, QStringLiteral("store_bad_body"), op.kind, {}});
    }
    return m_database.run<CommittedOp>(
        [attempt, op = std::move(op), hasher = m_hasher](
            Connection& connection) { return recordOp(connection, hasher, attempt, op); });
}

Async<QList<StoredAnswer>> AttemptStore::answers(AttemptId attempt)
{
    using Answers = QList<StoredAnswer>;
    return m_database.read<Answers>([attempt](Connection& connection) -> Result<Answers> {
        const auto rows = connection.query(
            QStringLiteral("SELECT item, payload, flagged, seen, seq FROM answers WHERE attempt = ?"),
            {attempt.toString()});
        if (!rows) {
            return rows.error();
        }
        Answers answers;
        for (const SqlRow& row : *rows) {
            answers.append({ItemId(row.text(0)), row.bytes(1), row.boolean(2), row.boolean(3),
                row.integer(4)});
        }
        return answers;
    });
}

Async<QList<CommittedOp>> AttemptStore::ops(AttemptId attempt, qint64 fromSeq)
{
    using Ops = QList<CommittedOp>;
    return m_database.read<Ops>([attempt, fromSeq](Connection& connection) -> Result<Ops> {
        const auto found = listOps(connection,
            QStringLiteral("attempt = ? AND seq >= ? ORDER BY lease, seq"), {attempt.toString(), fromSeq});
        if (!found) {
            return found.error();
        }
        Ops ops;
        for (const LabelledOp& op : *found) {
            ops.append(op.op);
        }
        return ops;
    });
}

Async<int> AttemptStore::requeue(AttemptId attempt, QList<qint64> seqs)
{
    return m_database.run<int>([attempt, seqs](Connection& connection) -> Result<int> {
        const auto stored = loadChainEnd(connection, attempt);
        if (!stored) {
            return stored.error();
        }
        if (!*stored) {
            return noAttempt(attempt);
        }
        int queued = 0;
        for (const qint64 seq : seqs) {
            const auto ops = listOps(connection, QStringLiteral("attempt = ? AND lease = ? AND seq = ?"),
                {attempt.toString(), (*stored)->lease, seq});
            if (!ops) {
                return ops.error();
            }
            for (const LabelledOp& op : *ops) {
                const auto waits = queue(connection, **stored, op);
                if (!waits) {
                    return waits.error();
                }
                queued += *waits ? 1 : 0;
            }
        }
        return queued;
    });
}

Async<LaneCounts> AttemptStore::counts(AttemptId attempt)
{
    return m_database.read<LaneCounts>([attempt](Connection& connection) {
        return Outbox::counts(connection, attemptLane(attempt));
    });
}

Async<void> AttemptStore::holdReserve()
{
    return m_database.holdReserve();
}

Async<void> AttemptStore::dropReserve()
{
    return m_database.dropReserve();
}

Async<void> AttemptStore::saveResumePoint(AttemptId attempt, ResumePoint point)
{
    return m_database.run<void>([attempt, point](Connection& connection) {
        return done(connection.exec(
            QStringLiteral("UPDATE attempts SET resume_item = ?, resume_caret = ? WHERE id = ?"),
            {point.item.toString(), point.caret, attempt.toString()}));
    });
}

Async<void> AttemptStore::saveServerState(AttemptId attempt, QString state,
    std::optional<WallTime> effectiveEnd, std::optional<ServerTimePair> time,
    std::optional<qint64> ackedSeq)
{
    return m_database.run<void>([=](Connection& connection) -> Result<void> {
        const auto saved = connection.exec(
            QStringLiteral("UPDATE attempts SET state = ?, effective_end = ifnull(?, effective_end),"
                           " acked_seq = max(acked_seq, ?) WHERE id = ?"),
            {state, optionalMicros(effectiveEnd), ackedSeq.value_or(0), attempt.toString()});
        if (!saved) {
            return saved.error();
        }
        if (*saved == 0) {
            return noAttempt(attempt);
        }
        if (!time) {
            return {};
        }
        return done(connection.exec(
            QStringLiteral("UPDATE attempts SET server_time = ?, server_steady = ?, server_wall = ?,"
                           " server_boot = ?, clock_uncertain = 0 WHERE id = ?"),
            {micros(time->server), qint64(time->steady.count()), micros(time->wall), time->bootId,
                attempt.toString()}));
    });
}

Async<void> AttemptStore::setClockUncertain(AttemptId attempt, bool uncertain)
{
    return m_database.run<void>([attempt, uncertain](Connection& connection) {
        return done(connection.exec(QStringLiteral("UPDATE attempts SET clock_uncertain = ? WHERE id = ?"),
            {uncertain, attempt.toString()}));
    });
}

Async<void> AttemptStore::markSubmitRequested(AttemptId attempt)
{
    return m_database.run<void>([attempt](Connection& connection) {
        return done(connection.exec(
            QStringLiteral("UPDATE attempts SET submit_requested = 1 WHERE id = ?"), {attempt.toString()}));
    });
}

Async<void> AttemptStore::saveReceipt(
    AttemptId attempt, QString receipt, QString submittedAt, QString state)
{
    return m_database.run<void>([=](Connection& connection) {
        return done(connection.exec(
            QStringLiteral("UPDATE attempts SET receipt = ?, submitted_at = ?, state = ? WHERE id = ?"),
            {receipt, submittedAt, state, attempt.toString()}));
    });
}

Async<void> AttemptStore::commandsApplied(AttemptId attempt, qint64 cursor, QList<qint64> ids)
{
    return m_database.run<void>([attempt, cursor, ids](Connection& connection) -> Result<void> {
        for (const qint64 id : ids) {
            const auto saved = connection.exec(
                QStringLiteral("INSERT OR IGNORE INTO command_acks (attempt, command) VALUES (?, ?)"),
                {attempt.toString(), id});
            if (!saved) {
                return saved.error();
            }
        }
        return done(connection.exec(
            QStringLiteral("UPDATE attempts SET command_cursor = max(command_cursor, ?) WHERE id = ?"),
            {cursor, attempt.toString()}));
    });
}

Async<QList<qint64>> AttemptStore::unackedCommands(AttemptId attempt)
{
    using Ids = QList<qint64>;
    return m_database.read<Ids>([attempt](Connection& connection) -> Result<Ids> {
        const auto rows = connection.query(
            QStringLiteral("SELECT command FROM command_acks WHERE attempt = ? ORDER BY command"),
            {attempt.toString()});
        if (!rows) {
            return rows.error();
        }
        Ids ids;
        for (const SqlRow& row : *rows) {
            ids.append(row.integer(0));
        }
        return ids;
    });
}

Async<void> AttemptStore::commandsAcked(AttemptId attempt, QList<qint64> ids)
{
    return m_database.run<void>([attempt, ids](Connection& connection) -> Result<void> {
        for (const qint64 id : ids) {
            const auto gone = connection.exec(
                QStringLiteral("DELETE FROM command_acks WHERE attempt = ? AND command = ?"),
                {attempt.toString(), id});
            if (!gone) {
                return gone.error();
            }
        }
        return {};
    });
}

Async<void> AttemptStore::addIncident(AttemptId attempt, StoredIncident incident)
{
    return m_database.run<void>([attempt, incident](Connection& connection) {
        return done(connection.exec(
            QStringLiteral("INSERT INTO incidents (attempt, kind, payload, wall, steady)"
                           " VALUES (?, ?, ?, ?, ?)"),
            {attempt.toString(), incident.kind, incident.payload, micros(incident.wall),
                qint64(incident.steady.count())}));
    });
}

Async<QList<StoredIncident>> AttemptStore::incidents(AttemptId attempt)
{
    using Incidents = QList<StoredIncident>;
    return m_database.read<Incidents>([attempt](Connection& connection) -> Result<Incidents> {
        const auto rows = connection.query(
            QStringLiteral("SELECT id, kind, payload, wall, steady FROM incidents WHERE attempt = ?"
                           " ORDER BY id"),
            {attempt.toString()});
        if (!rows) {
            return rows.error();
        }
        Incidents incidents;
        for (const SqlRow& row : *rows) {
            incidents.append({row.integer(0), row.text(1), row.bytes(2), wallTime(row.integer(3)),
                MonotonicTime(row.integer(4))});
        }
        return incidents;
    });
}

Async<void> AttemptStore::incidentsSent(QList<qint64> ids)
{
    return m_database.run<void>([ids](Connection& connection) -> Result<void> {
        for (const qint64 id : ids) {
            const auto gone
                = connection.exec(QStringLiteral("DELETE FROM incidents WHERE id = ?"), {id});
            if (!gone) {
                return gone.error();
            }
        }
        return {};
    });
}
