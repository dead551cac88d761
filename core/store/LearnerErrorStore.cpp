// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/LearnerErrorStore.h"

#include "store/Connection.h"

namespace {

const QString columns = QStringLiteral(
    "e.id, e.language, e.original, e.suggestion, e.type, e.rule, e.explanation, e.sentence, e.place, e.severity,"
    " (SELECT count(*) FROM learner_error_places p WHERE p.error = e.id), e.first_at, e.last_at");

qint64 micros(WallTime time)
{
    return time.time_since_epoch().count();
}

Result<QList<LearnerError>> errorsFrom(const Result<QList<SqlRow>>& rows)
{
    if (!rows) {
        return rows.error();
    }
    QList<LearnerError> errors;
    for (const SqlRow& row : *rows) {
        LearnerError error;
        error.id = ItemId(row.text(0));
        error.language = row.text(1);
        error.original = row.text(2);
        error.suggestion = row.text(3);
        error.type = row.text(4);
        error.rule = row.text(5);
        error.explanation = row.text(6);
        error.sentence = row.text(7);
        error.start = int(row.integer(8));
        error.severity = int(row.integer(9));
        error.seen = int(row.integer(10));
        error.firstAt = WallTime(std::chrono::microseconds(row.integer(11)));
        error.lastAt = WallTime(std::chrono::microseconds(row.integer(12)));
        errors.append(error);
    }
    return errors;
}

} // namespace

PackId LearnerErrorStore::pack()
{
    return PackId(QStringLiteral("own-mistakes"));
}

Result<bool> LearnerErrorStore::keep(
    Connection& connection, const LearnerError& error, const MessageId& message, WallTime now)
{
    const auto known = connection.integer(
        QStringLiteral("SELECT count(*) FROM learner_error_places WHERE error = ? AND message = ?"),
        {error.id.toString(), message.toString()});
    if (!known || *known > 0) {
        return known ? Result<bool>(false) : Result<bool>(known.error());
    }
    const auto kept = connection.exec(
        QStringLiteral(
            "INSERT INTO learner_errors (id, language, original, suggestion, type, rule, explanation, sentence, place,"
            " severity, first_at, last_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET"
            " original = excluded.original, suggestion = excluded.suggestion, explanation = excluded.explanation,"
            " sentence = excluded.sentence, place = excluded.place,"
            " severity = max(severity, excluded.severity), last_at = excluded.last_at"),
        {error.id.toString(), error.language, error.original, error.suggestion, error.type, error.rule, error.explanation,
            error.sentence, error.start, error.severity, micros(now), micros(now)});
    if (!kept) {
        return kept.error();
    }
    const auto placed = connection.exec(
        QStringLiteral("INSERT INTO learner_error_places (error, message) VALUES (?, ?)"),
        {error.id.toString(), message.toString()});
    return placed ? Result<bool>(true) : Result<bool>(placed.error());
}

Result<QList<LearnerError>> LearnerErrorStore::all(Connection& connection)
{
    return errorsFrom(connection.query(
        QStringLiteral("SELECT %1 FROM learner_errors e ORDER BY e.last_at DESC, e.id").arg(columns)));
}

Result<QList<LearnerError>> LearnerErrorStore::due(
    Connection& connection, const QString& language, WallTime now, int limit)
{
    return errorsFrom(connection.query(
        QStringLiteral("SELECT %1 FROM learner_errors e LEFT JOIN cards c ON c.card = ? || '/' || e.id"
                       " WHERE e.language = ? AND e.type <> 'word' AND (c.card IS NULL OR c.due <= ?)"
                       " ORDER BY c.card IS NULL, c.due, e.severity DESC, 11 DESC, e.last_at DESC, e.id LIMIT ?")
            .arg(columns),
        {pack().toString(), language, micros(now), limit}));
}

Result<QList<MessageId>> LearnerErrorStore::places(Connection& connection, const ItemId& error)
{
    const auto rows = connection.query(
        QStringLiteral("SELECT message FROM learner_error_places WHERE error = ?"), {error.toString()});
    if (!rows) {
        return rows.error();
    }
    QList<MessageId> messages;
    for (const SqlRow& row : *rows) {
        messages.append(MessageId(row.text(0)));
    }
    return messages;
}

Result<bool> LearnerErrorStore::removePlace(Connection& connection, const ItemId& error, const MessageId& message)
{
    const auto gone = connection.exec(QStringLiteral("DELETE FROM learner_error_places WHERE error = ? AND message = ?"),
        {error.toString(), message.toString()});
    if (!gone || *gone == 0) {
        return gone ? Result<bool>(false) : Result<bool>(gone.error());
    }
    const auto left = connection.exec(
        QStringLiteral("DELETE FROM learner_errors WHERE id = ? AND id NOT IN (SELECT error FROM learner_error_places)"),
        {error.toString()});
    return left ? Result<bool>(true) : Result<bool>(left.error());
}

Result<void> LearnerErrorStore::forget(Connection& connection, const ItemId& error)
{
    const auto gone
        = connection.exec(QStringLiteral("DELETE FROM learner_errors WHERE id = ?"), {error.toString()});
    return gone ? Result<void>() : Result<void>(gone.error());
}
