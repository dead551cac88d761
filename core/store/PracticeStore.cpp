// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/PracticeStore.h"

#include "store/Connection.h"

#include <QJsonDocument>

namespace {

const auto eventColumns = QStringLiteral(
    "id, pack, item, kind, skill, correct, happened_at, utc_offset, payload, device");

QByteArray compact(const QJsonObject& json)
{
    return QJsonDocument(json).toJson(QJsonDocument::Compact);
}

QJsonObject jsonFrom(const QByteArray& bytes)
{
    return QJsonDocument::fromJson(bytes).object();
}

Result<void> done(const Result<int>& changed)
{
    return changed ? Result<void>() : Result<void>(changed.error());
}

QVariant optionalFlag(std::optional<bool> flag)
{
    return flag ? QVariant(int(*flag)) : QVariant();
}

} // namespace

Result<std::optional<StoredPractice>> PracticeStore::unfinished(
    Connection& connection, const PackId& pack, const QString& unit, const QString& exam)
{
    const auto row = connection.first(
        QStringLiteral("SELECT id, position, spent_ms, started_at FROM practices WHERE pack = ? AND unit = ?"
                       " AND exam = ? AND finished_at IS NULL ORDER BY started_at DESC LIMIT 1"),
        {pack.toString(), unit, exam});
    if (!row) {
        return row.error();
    }
    if (!*row) {
        return std::optional<StoredPractice>();
    }
    StoredPractice practice;
    practice.id = PracticeId((*row)->text(0));
    practice.pack = pack;
    practice.unit = unit;
    practice.exam = exam;
    practice.position = int((*row)->integer(1));
    practice.spent = std::chrono::milliseconds((*row)->integer(2));
    practice.startedAt = WallTime(std::chrono::microseconds((*row)->integer(3)));
    const auto answers = connection.query(
        QStringLiteral("SELECT item, answer, judged FROM practice_answers WHERE practice = ?"),
        {practice.id.toString()});
    if (!answers) {
        return answers.error();
    }
    for (const SqlRow& answer : *answers) {
        practice.answers.insert(ItemId(answer.text(0)), {jsonFrom(answer.bytes(1)), answer.boolean(2)});
    }
    return std::optional(practice);
}

Result<void> PracticeStore::begin(Connection& connection, const StoredPractice& practice)
{
    return done(connection.exec(
        QStringLiteral("INSERT INTO practices (id, pack, unit, exam, position, spent_ms, started_at)"
                       " VALUES (?, ?, ?, ?, ?, ?, ?)"),
        {practice.id.toString(), practice.pack.toString(), practice.unit, practice.exam, practice.position,
            qint64(practice.spent.count()), qint64(practice.startedAt.time_since_epoch().count())}));
}

Result<void> PracticeStore::saveAnswer(Connection& connection, const PracticeId& practice,
    const ItemId& item, const StoredPractice::Answer& answer)
{
    return done(connection.exec(
        QStringLiteral("INSERT INTO practice_answers (practice, item, answer, judged) VALUES (?, ?, ?, ?)"
                       " ON CONFLICT (practice, item) DO UPDATE SET answer = excluded.answer,"
                       " judged = excluded.judged"),
        {practice.toString(), item.toString(), compact(answer.answer), int(answer.judged)}));
}

Result<void> PracticeStore::removeAnswer(
    Connection& connection, const PracticeId& practice, const ItemId& item)
{
    return done(connection.exec(QStringLiteral("DELETE FROM practice_answers WHERE practice = ? AND item = ?"),
        {practice.toString(), item.toString()}));
}

Result<void> PracticeStore::savePlace(Connection& connection, const PracticeId& practice, int position,
    std::chrono::milliseconds spent)
{
    return done(connection.exec(QStringLiteral("UPDATE practices SET position = ?, spent_ms = ? WHERE id = ?"),
        {position, qint64(spent.count()), practice.toString()}));
}

Result<void> PracticeStore::finish(Connection& connection, const PracticeId& practice, WallTime at)
{
    return done(connection.exec(QStringLiteral("UPDATE practices SET finished_at = ? WHERE id = ?"),
        {qint64(at.time_since_epoch().count()), practice.toString()}));
}

Result<bool> PracticeStore::insertEvent(
    Connection& connection, const StudyEvent& event, const UserId& owner)
{
    const auto changed = connection.exec(
        QStringLiteral("INSERT INTO study_events (%1, owner) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                       " ON CONFLICT (id) DO NOTHING")
            .arg(eventColumns),
        {event.id.toString(), event.pack.toString(), event.item.toString(), event.kind, event.skill,
            optionalFlag(event.correct), qint64(event.happenedAt.time_since_epoch().count()),
            qint64(event.utcOffset.count()), compact(event.payload), event.device.toString(),
            owner.toString()});
    return changed ? Result<bool>(*changed > 0) : Result<bool>(changed.error());
}

Result<QList<StudyEvent>> PracticeStore::unowned(Connection& connection)
{
    const auto rows = connection.query(
        QStringLiteral("SELECT %1 FROM study_events WHERE owner = '' ORDER BY happened_at, id").arg(eventColumns));
    if (!rows) {
        return rows.error();
    }
    QList<StudyEvent> events;
    for (const SqlRow& row : *rows) {
        StudyEvent event;
        event.id = StudyEventId(row.text(0));
        event.pack = PackId(row.text(1));
        event.item = ItemId(row.text(2));
        event.kind = row.text(3);
        event.skill = row.text(4);
        if (!row.isNull(5)) {
            event.correct = row.boolean(5);
        }
        event.happenedAt = WallTime(std::chrono::microseconds(row.integer(6)));
        event.utcOffset = std::chrono::seconds(row.integer(7));
        event.payload = jsonFrom(row.bytes(8));
        event.device = DeviceId(row.text(9));
        events.append(event);
    }
    return events;
}

Result<void> PracticeStore::setOwner(
    Connection& connection, const StudyEventId& event, const UserId& owner)
{
    return done(connection.exec(QStringLiteral("UPDATE study_events SET owner = ? WHERE id = ?"),
        {owner.toString(), event.toString()}));
}

Result<QSet<ItemId>> PracticeStore::solved(Connection& connection, const PackId& pack)
{
    const auto rows = connection.query(
        QStringLiteral("SELECT DISTINCT item FROM study_events WHERE pack = ? AND correct = 1"),
        {pack.toString()});
    if (!rows) {
        return rows.error();
    }
    QSet<ItemId> items;
    for (const SqlRow& row : *rows) {
        items.insert(ItemId(row.text(0)));
    }
    return items;
}
