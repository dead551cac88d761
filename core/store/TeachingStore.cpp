// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/TeachingStore.h"

#include "store/Connection.h"
#include "store/FullText.h"

#include <QJsonDocument>

namespace {

const QString noteColumns = QStringLiteral("n.id, n.conversation, n.title, n.body, n.created_at");

Result<QList<LessonNote>> notesFrom(const Result<QList<SqlRow>>& rows)
{
    if (!rows) {
        return rows.error();
    }
    QList<LessonNote> notes;
    for (const SqlRow& row : *rows) {
        notes.append({LessonNoteId(row.text(0)), ConversationId(row.text(1)), row.text(2), row.text(3),
            WallTime(std::chrono::microseconds(row.integer(4)))});
    }
    return notes;
}

} // namespace

Result<void> TeachingStore::keep(Connection& connection, const MessageId& reply, const QJsonObject& taught)
{
    const auto kept = connection.exec(
        QStringLiteral("INSERT INTO teaching (reply, conversation, body) SELECT id, conversation, ? FROM messages"
                       " WHERE id = ? ON CONFLICT (reply) DO UPDATE SET body = excluded.body"),
        {QJsonDocument(taught).toJson(QJsonDocument::Compact), reply.toString()});
    if (!kept) {
        return kept.error();
    }
    if (*kept == 0) {
        return Error {ErrorKind::NotFound, QStringLiteral("unknown_message"), reply.toString(), {}};
    }
    return {};
}

Result<QHash<MessageId, QJsonObject>> TeachingStore::of(Connection& connection, const ConversationId& conversation)
{
    const auto rows = connection.query(
        QStringLiteral("SELECT reply, body FROM teaching WHERE conversation = ?"), {conversation.toString()});
    if (!rows) {
        return rows.error();
    }
    QHash<MessageId, QJsonObject> taught;
    for (const SqlRow& row : *rows) {
        taught.insert(MessageId(row.text(0)), QJsonDocument::fromJson(row.bytes(1)).object());
    }
    return taught;
}

Result<void> TeachingStore::keepNote(Connection& connection, const LessonNote& note)
{
    const auto kept = connection.exec(
        QStringLiteral("INSERT INTO lesson_notes (id, conversation, title, body, created_at) VALUES (?, ?, ?, ?, ?)"
                       " ON CONFLICT (id) DO UPDATE SET title = excluded.title, body = excluded.body,"
                       " created_at = excluded.created_at"),
        {note.id.toString(), note.conversation.toString(), note.title, note.body,
            qint64(note.createdAt.time_since_epoch().count())});
    return kept ? Result<void>() : Result<void>(kept.error());
}

Result<QList<LessonNote>> TeachingStore::notes(Connection& connection, int limit)
{
    return notesFrom(connection.query(
        QStringLiteral("SELECT %1 FROM lesson_notes n ORDER BY n.created_at DESC, n.id LIMIT ?").arg(noteColumns), {limit}));
}

Result<QList<LessonNote>> TeachingStore::searchNotes(Connection& connection, const QStringList& words, int limit)
{
    const QString query = anyOfThese(words);
    if (query.isEmpty()) {
        return QList<LessonNote>();
    }
    return notesFrom(connection.query(
        QStringLiteral("SELECT %1 FROM lesson_search s JOIN lesson_notes n ON n.number = s.rowid"
                       " WHERE lesson_search MATCH ? ORDER BY bm25(lesson_search), n.number DESC LIMIT ?")
            .arg(noteColumns),
        {query, limit}));
}

Result<void> TeachingStore::removeNote(Connection& connection, const LessonNoteId& note)
{
    const auto gone
        = connection.exec(QStringLiteral("DELETE FROM lesson_notes WHERE id = ?"), {note.toString()});
    return gone ? Result<void>() : Result<void>(gone.error());
}
