// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/ConversationStore.h"

#include "store/Connection.h"

#include <QJsonDocument>

namespace {

QByteArray compact(const QJsonObject& json)
{
    return QJsonDocument(json).toJson(QJsonDocument::Compact);
}

QJsonObject jsonFrom(const QByteArray& bytes)
{
    return QJsonDocument::fromJson(bytes).object();
}

qint64 micros(WallTime time)
{
    return time.time_since_epoch().count();
}

WallTime wallTime(qint64 value)
{
    return WallTime(std::chrono::microseconds(value));
}

Result<void> done(const Result<int>& changed)
{
    return changed ? Result<void>() : Result<void>(changed.error());
}

const auto conversationColumns = QStringLiteral("id, owner, title, learner, head, created_at, updated_at");

StoredConversation conversationFrom(const SqlRow& row)
{
    return {ConversationId(row.text(0)), UserId(row.text(1)), row.text(2), jsonFrom(row.bytes(3)),
        MessageId(row.text(4)), wallTime(row.integer(5)), wallTime(row.integer(6))};
}

StoredMessage messageFrom(const SqlRow& row)
{
    return {MessageId(row.text(0)), ConversationId(row.text(1)), MessageId(row.text(2)),
        row.text(3) == QLatin1String("tutor"), row.text(4), row.text(5), jsonFrom(row.bytes(6)),
        wallTime(row.integer(7))};
}

} // namespace

Result<void> ConversationStore::create(Connection& connection, const StoredConversation& conversation)
{
    return done(connection.exec(
        QStringLiteral("INSERT INTO conversations (%1) VALUES (?, ?, ?, ?, ?, ?, ?)").arg(conversationColumns),
        {conversation.id.toString(), conversation.owner.toString(), conversation.title,
            compact(conversation.learner), conversation.head.toString(), micros(conversation.createdAt),
            micros(conversation.updatedAt)}));
}

Result<std::optional<StoredConversation>> ConversationStore::find(
    Connection& connection, const ConversationId& conversation)
{
    const auto row = connection.first(
        QStringLiteral("SELECT %1 FROM conversations WHERE id = ?").arg(conversationColumns),
        {conversation.toString()});
    if (!row) {
        return row.error();
    }
    return *row ? std::optional(conversationFrom(**row)) : std::nullopt;
}

Result<QList<StoredConversation>> ConversationStore::list(Connection& connection, int limit)
{
    const auto rows = connection.query(
        QStringLiteral("SELECT %1 FROM conversations ORDER BY updated_at DESC, id LIMIT ?").arg(conversationColumns),
        {limit});
    if (!rows) {
        return rows.error();
    }
    QList<StoredConversation> conversations;
    for (const SqlRow& row : *rows) {
        conversations.append(conversationFrom(row));
    }
    return conversations;
}

Result<void> ConversationStore::append(Connection& connection, const StoredMessage& message)
{
    const auto inserted = connection.exec(
        QStringLiteral("INSERT INTO messages (id, conversation, parent, role, state, text, details, created_at)"
                       " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"),
        {message.id.toString(), message.conversation.toString(), message.parent.toString(),
            message.fromTutor ? QStringLiteral("tutor") : QStringLiteral("learner"), message.state,
            message.text, compact(message.details), micros(message.createdAt)});
    if (!inserted) {
        return inserted.error();
    }
    return done(connection.exec(QStringLiteral("UPDATE conversations SET head = ?, updated_at = ? WHERE id = ?"),
        {message.id.toString(), micros(message.createdAt), message.conversation.toString()}));
}

Result<void> ConversationStore::update(Connection& connection, const StoredMessage& message)
{
    return done(connection.exec(QStringLiteral("UPDATE messages SET state = ?, text = ?, details = ?"
                                               " WHERE id = ? AND state = 'streaming'"),
        {message.state, message.text, compact(message.details), message.id.toString()}));
}

Result<QList<StoredMessage>> ConversationStore::branch(
    Connection& connection, const ConversationId& conversation)
{
    const auto rows = connection.query(
        QStringLiteral("WITH RECURSIVE path (id, depth) AS (SELECT head, 0 FROM conversations WHERE id = ?"
                       " UNION ALL SELECT m.parent, path.depth + 1 FROM messages m JOIN path ON m.id = path.id"
                       " WHERE m.parent <> '')"
                       " SELECT m.id, m.conversation, m.parent, m.role, m.state, m.text, m.details, m.created_at"
                       " FROM path JOIN messages m ON m.id = path.id ORDER BY path.depth DESC"),
        {conversation.toString()});
    if (!rows) {
        return rows.error();
    }
    QList<StoredMessage> messages;
    for (const SqlRow& row : *rows) {
        messages.append(messageFrom(row));
    }
    return messages;
}

Result<int> ConversationStore::interruptStreaming(Connection& connection)
{
    return connection.exec(
        QStringLiteral("UPDATE messages SET state = 'interrupted' WHERE state = 'streaming'"));
}
