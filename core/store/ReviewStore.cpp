// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/ReviewStore.h"

#include "store/Connection.h"

namespace {

const auto logColumns
    = QStringLiteral("id, card, pack, rating, reviewed_at, elapsed_ms, device, seq, utc_offset");

qint64 micros(WallTime time)
{
    return time.time_since_epoch().count();
}

WallTime wallTime(qint64 value)
{
    return WallTime(std::chrono::microseconds(value));
}

ReviewLog logFrom(const SqlRow& row)
{
    ReviewLog log;
    log.id = ReviewId(row.text(0));
    log.card = CardId(row.text(1));
    log.pack = PackId(row.text(2));
    log.rating = static_cast<Rating>(row.integer(3));
    log.reviewedAt = wallTime(row.integer(4));
    log.elapsed = std::chrono::milliseconds(row.integer(5));
    log.device = DeviceId(row.text(6));
    log.seq = row.integer(7);
    log.utcOffset = std::chrono::seconds(row.integer(8));
    return log;
}

Result<std::vector<ReviewLog>> logsFrom(const Result<QList<SqlRow>>& rows)
{
    if (!rows) {
        return rows.error();
    }
    std::vector<ReviewLog> logs;
    logs.reserve(std::size_t(rows->size()));
    for (const SqlRow& row : *rows) {
        logs.push_back(logFrom(row));
    }
    return logs;
}

CardState stateFrom(const SqlRow& row, int from)
{
    CardState state;
    state.phase = static_cast<CardPhase>(row.integer(from));
    state.step = int(row.integer(from + 1));
    state.memory = {row.real(from + 2), row.real(from + 3)};
    state.due = wallTime(row.integer(from + 4));
    state.lastReview = wallTime(row.integer(from + 5));
    state.reps = int(row.integer(from + 6));
    state.lapses = int(row.integer(from + 7));
    state.scheduledDays = int(row.integer(from + 8));
    return state;
}

Result<void> saveCard(Connection& connection, const CardId& card, const PackId& pack, const CardState& state)
{
    const auto saved = connection.exec(
        QStringLiteral("INSERT OR REPLACE INTO cards (card, pack, phase, step, stability, difficulty, due,"
                       " last_review, reps, lapses, scheduled_days) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
        {card.toString(), pack.toString(), int(state.phase), state.step, state.memory.stability,
            state.memory.difficulty, micros(state.due), micros(state.lastReview), state.reps, state.lapses,
            state.scheduledDays});
    return saved ? Result<void>() : Result<void>(saved.error());
}

Result<int> count(const Result<qint64>& value)
{
    return value ? Result<int>(int(*value)) : Result<int>(value.error());
}

} // namespace

Result<bool> ReviewStore::insert(Connection& connection, const ReviewLog& log, const UserId& owner)
{
    const auto changed = connection.exec(
        QStringLiteral("INSERT INTO review_logs (%1, owner) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                       " ON CONFLICT (id) DO NOTHING")
            .arg(logColumns),
        {log.id.toString(), log.card.toString(), log.pack.toString(), int(log.rating),
            micros(log.reviewedAt), qint64(log.elapsed.count()), log.device.toString(), log.seq,
            qint64(log.utcOffset.count()), owner.toString()});
    return changed ? Result<bool>(*changed > 0) : Result<bool>(changed.error());
}

Result<CardState> ReviewStore::fold(
    Connection& connection, const CardId& card, const FsrsScheduler& scheduler)
{
    auto logs = logsOf(connection, card);
    if (!logs) {
        return logs.error();
    }
    if (logs->empty()) {
        return CardState();
    }
    const PackId pack = logs->front().pack;
    const CardState state = scheduler.replay(std::move(logs).value());
    if (const Result<void> saved = saveCard(connection, card, pack, state); !saved) {
        return saved.error();
    }
    return state;
}

Result<int> ReviewStore::foldStale(Connection& connection, const SchedulingOf& schedulingOf)
{
    const auto stale = connection.query(
        QStringLiteral("SELECT card FROM review_logs GROUP BY card"
                       " HAVING count(*) <> ifnull((SELECT reps FROM cards WHERE cards.card = review_logs.card), 0)"));
    if (!stale) {
        return stale.error();
    }
    for (const SqlRow& row : *stale) {
        const CardId card(row.text(0));
        if (const auto folded = fold(connection, card, schedulingOf(card)); !folded) {
            return folded.error();
        }
    }
    return int(stale->size());
}

Result<std::vector<ReviewLog>> ReviewStore::logsOf(Connection& connection, const CardId& card)
{
    return logsFrom(connection.query(
        QStringLiteral("SELECT %1 FROM review_logs WHERE card = ?").arg(logColumns), {card.toString()}));
}

Result<std::vector<ReviewLog>> ReviewStore::unowned(Connection& connection)
{
    return logsFrom(connection.query(
        QStringLiteral("SELECT %1 FROM review_logs WHERE owner = '' ORDER BY reviewed_at, device, seq")
            .arg(logColumns)));
}

Result<void> ReviewStore::setOwner(Connection& connection, const ReviewId& log, const UserId& owner)
{
    const auto set = connection.exec(QStringLiteral("UPDATE review_logs SET owner = ? WHERE id = ?"),
        {owner.toString(), log.toString()});
    return set ? Result<void>() : Result<void>(set.error());
}

Result<QHash<CardId, CardState>> ReviewStore::cards(Connection& connection, const PackId& pack)
{
    const auto rows = connection.query(
        QStringLiteral("SELECT card, phase, step, stability, difficulty, due, last_review, reps, lapses,"
                       " scheduled_days FROM cards WHERE pack = ?"),
        {pack.toString()});
    if (!rows) {
        return rows.error();
    }
    QHash<CardId, CardState> cards;
    for (const SqlRow& row : *rows) {
        cards.insert(CardId(row.text(0)), stateFrom(row, 1));
    }
    return cards;
}

Result<qint64> ReviewStore::nextSeq(Connection& connection, const DeviceId& device)
{
    return connection.integer(
        QStringLiteral("SELECT ifnull(max(seq), 0) + 1 FROM review_logs WHERE device = ?"),
        {device.toString()});
}

Result<int> ReviewStore::reviewsSince(Connection& connection, WallTime from)
{
    return count(connection.integer(
        QStringLiteral("SELECT count(*) FROM review_logs WHERE reviewed_at >= ?"), {micros(from)}));
}

Result<int> ReviewStore::newCardsSince(Connection& connection, WallTime from)
{
    return count(connection.integer(
        QStringLiteral("SELECT count(DISTINCT card) FROM review_logs today WHERE reviewed_at >= ?"
                       " AND NOT EXISTS (SELECT 1 FROM review_logs earlier"
                       " WHERE earlier.card = today.card AND earlier.reviewed_at < ?)"),
        {micros(from), micros(from)}));
}

Result<std::vector<StudyMoment>> ReviewStore::studyDays(Connection& connection)
{
    const auto rows = connection.query(
        QStringLiteral("SELECT min(at), utc_offset FROM (SELECT reviewed_at AS at, utc_offset FROM review_logs"
                       " UNION ALL SELECT happened_at, utc_offset FROM study_events)"
                       " GROUP BY (at / 1000000 + utc_offset) / 86400, utc_offset"));
    if (!rows) {
        return rows.error();
    }
    std::vector<StudyMoment> moments;
    for (const SqlRow& row : *rows) {
        moments.push_back({wallTime(row.integer(0)), std::chrono::seconds(row.integer(1))});
    }
    return moments;
}

Result<PackId> ReviewStore::lastStudied(Connection& connection)
{
    const auto row = connection.first(
        QStringLiteral("SELECT pack FROM (SELECT * FROM (SELECT pack, reviewed_at AS at FROM review_logs ORDER BY at DESC LIMIT 1)"
                       " UNION ALL SELECT * FROM (SELECT pack, happened_at AS at FROM study_events ORDER BY at DESC LIMIT 1)"
                       " UNION ALL SELECT * FROM (SELECT pack, started_at AS at FROM practices ORDER BY at DESC LIMIT 1))"
                       " ORDER BY at DESC LIMIT 1"));
    if (!row) {
        return row.error();
    }
    return *row ? PackId((*row)->text(0)) : PackId();
}
