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

const auto conversationColumns = QStringLiteral("id, owner, title, learner, head, created_at, updated_at, synced");
const auto messageColumns
    = QStringLiteral("m.id, m.conversation, m.parent, m.role, m.state, m.text, m.details, m.created_at");

StoredConversation conversationFrom(const SqlRow& row)
{
    return {ConversationId(row.text(0)), UserId(row.text(1)), row.text(2), jsonFrom(row.bytes(3)),
        MessageId(row.text(4)), wallTime(row.integer(5)), wallTime(row.integer(6)), row.boolean(7)};
}

StoredMessage messageFrom(const SqlRow& row)
{
    return {MessageId(row.text(0)), ConversationId(row.text(1)), MessageId(row.text(2)),
        row.text(3) == QLatin1String("tutor"), row.text(4), row.text(5), jsonFrom(row.bytes(6)),
        wallTime(row.integer(7))};
}

Result<QList<StoredMessage>> messagesFrom(const Result<QList<SqlRow>>& rows)
{
    if (!rows) {
        return rows.error();
    }
    QList<StoredMessage> messages;
    for (const SqlRow& row : *rows) {
        messages.append(messageFrom(row));
    }
    return messages;
}

QList<QVariant> bindsOf(const StoredMessage& message)
{
    return {message.id.toString(), message.conversation.toString(), message.parent.toString(),
        message.fromTutor ? QStringLiteral("tutor") : QStringLiteral("learner"), message.state, message.text,
        compact(message.details), micros(message.createdAt)};
}

/// What a person typed as an FTS5 expression: every word by its beginning. Nothing they type is
/// syntax.
QString ftsQuery(const QString& words)
{
    QStringList terms;
    QString word;
    for (const QChar c : words + QLatin1Char(' ')) {
        if (c.isLetterOrNumber() || c.isMark() || c.isSurrogate()) {
            word += c;
        } else if (!word.isEmpty()) {
            terms.append(QLatin1Char('"') + word + QStringLiteral("\"*"));
            word.clear();
        }
    }
    return terms.join(QLatin1Char(' '));
}

} // namespace

Result<void> ConversationStore::create(Connection& connection, const StoredConversation& conversation)
{
    return done(connection.exec(
        QStringLiteral("INSERT INTO conversations (%1) VALUES (?, ?, ?, ?, ?, ?, ?, ?)").arg(conversationColumns),
        {conversation.id.toString(), conversation.owner.toString(), conversation.title,
            compact(conversation.learner), conversation.head.toString(), micros(conversation.createdAt),
            micros(conversation.updatedAt), int(conversation.synced)}));
}

Result<void> ConversationStore::mirror(Connection& connection, const StoredConversation& conversation)
{
    return done(connection.exec(
        QStringLiteral("INSERT INTO conversations (%1) VALUES (?, ?, ?, ?, ?, ?, ?, 1) ON CONFLICT (id) DO UPDATE"
                       " SET title = excluded.title, learner = excluded.learner, head = excluded.head,"
                       " updated_at = max(updated_at, excluded.updated_at), synced = 1")
            .arg(conversationColumns),
        {conversation.id.toString(), conversation.owner.toString(), conversation.title,
            compact(conversation.learner), conversation.head.toString(), micros(conversation.createdAt),
            micros(conversation.updatedAt)}));
}

Result<void> ConversationStore::describe(
    Connection& connection, const ConversationId& conversation, const QString& title, const QJsonObject& learner)
{
    return done(connection.exec(QStringLiteral("UPDATE conversations SET title = ?, learner = ? WHERE id = ?"),
        {title, compact(learner), conversation.toString()}));
}

Result<void> ConversationStore::remove(Connection& connection, const ConversationId& conversation)
{
    for (const char* sql : {"DELETE FROM conversations WHERE id = ?", "DELETE FROM tutor_drafts WHERE conversation = ?"}) {
        if (const auto gone = connection.exec(QLatin1String(sql), {conversation.toString()}); !gone) {
            return gone.error();
        }
    }
    return {};
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
        bindsOf(message));
    if (!inserted) {
        return inserted.error();
    }
    return done(connection.exec(QStringLiteral("UPDATE conversations SET head = ?, updated_at = ? WHERE id = ?"),
        {message.id.toString(), micros(message.createdAt), message.conversation.toString()}));
}

Result<void> ConversationStore::mirror(Connection& connection, const StoredMessage& message)
{
    return done(connection.exec(
        QStringLiteral("INSERT INTO messages (id, conversation, parent, role, state, text, details, created_at)"
                       " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET state = excluded.state,"
                       " text = excluded.text, details = excluded.details WHERE state <> 'streaming'"),
        bindsOf(message)));
}

Result<std::optional<StoredMessage>> ConversationStore::message(Connection& connection, const MessageId& message)
{
    const auto row = connection.first(
        QStringLiteral("SELECT %1 FROM messages m WHERE m.id = ?").arg(messageColumns), {message.toString()});
    if (!row) {
        return row.error();
    }
    return *row ? std::optional(messageFrom(**row)) : std::nullopt;
}

Result<void> ConversationStore::setHead(
    Connection& connection, const ConversationId& conversation, const MessageId& head)
{
    return done(connection.exec(QStringLiteral("UPDATE conversations SET head = ? WHERE id = ?"),
        {head.toString(), conversation.toString()}));
}

Result<MessageId> ConversationStore::newestBelow(Connection& connection, const MessageId& message)
{
    // The conversation is named so that the index by parent serves.
    const auto row = connection.first(
        QStringLiteral("WITH RECURSIVE below (id, conversation, created_at, depth) AS ("
                       "SELECT id, conversation, created_at, 0 FROM messages WHERE id = ?"
                       " UNION ALL SELECT m.id, m.conversation, m.created_at, below.depth + 1 FROM messages m"
                       " JOIN below ON m.conversation = below.conversation AND m.parent = below.id)"
                       " SELECT id FROM below ORDER BY created_at DESC, depth DESC, id DESC LIMIT 1"),
        {message.toString()});
    if (!row) {
        return row.error();
    }
    return *row ? MessageId((*row)->text(0)) : MessageId();
}

Result<void> ConversationStore::reopen(Connection& connection, const MessageId& message)
{
    return done(connection.exec(
        QStringLiteral("UPDATE messages SET state = 'streaming' WHERE id = ?"), {message.toString()}));
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
    const auto found = find(connection, conversation);
    if (!found) {
        return found.error();
    }
    return *found ? path(connection, (*found)->head) : Result<QList<StoredMessage>>(QList<StoredMessage>());
}

Result<QList<StoredMessage>> ConversationStore::path(Connection& connection, const MessageId& end)
{
    return messagesFrom(connection.query(
        QStringLiteral("WITH RECURSIVE path (id, depth) AS (SELECT ?, 0"
                       " UNION ALL SELECT m.parent, path.depth + 1 FROM messages m JOIN path ON m.id = path.id"
                       " WHERE m.parent <> '')"
                       " SELECT %1 FROM path JOIN messages m ON m.id = path.id ORDER BY path.depth DESC")
            .arg(messageColumns),
        {end.toString()}));
}

Result<QHash<MessageId, QList<MessageId>>> ConversationStore::children(
    Connection& connection, const ConversationId& conversation)
{
    const auto rows = connection.query(
        QStringLiteral("SELECT parent, id FROM messages WHERE conversation = ? ORDER BY created_at, id"),
        {conversation.toString()});
    if (!rows) {
        return rows.error();
    }
    QHash<MessageId, QList<MessageId>> children;
    for (const SqlRow& row : *rows) {
        children[MessageId(row.text(0))].append(MessageId(row.text(1)));
    }
    return children;
}

Result<QList<StoredMessage>> ConversationStore::interruptStreaming(Connection& connection)
{
    auto streaming = messagesFrom(
        connection.query(QStringLiteral("SELECT %1 FROM messages m WHERE m.state = 'streaming'").arg(messageColumns)));
    if (!streaming) {
        return streaming;
    }
    for (StoredMessage& message : streaming.value()) {
        message.state = QStringLiteral("interrupted");
    }
    const auto changed = connection.exec(
        QStringLiteral("UPDATE messages SET state = 'interrupted' WHERE state = 'streaming'"));
    return changed ? streaming : Result<QList<StoredMessage>>(changed.error());
}

Result<QList<StoredHit>> ConversationStore::search(Connection& connection, const QString& words, int limit)
{
    const QString query = ftsQuery(words);
    if (query.isEmpty()) {
        return QList<StoredHit>();
    }
    const auto rows = connection.query(
        QStringLiteral("SELECT %1, c.title, snippet(message_search, 0, char(2), char(3), '…', 24)"
                       " FROM message_search JOIN message_numbers n ON n.number = message_search.rowid"
                       " JOIN messages m ON m.id = n.message JOIN conversations c ON c.id = m.conversation"
                       " WHERE message_search MATCH ? ORDER BY rank, m.created_at DESC LIMIT ?")
            .arg(messageColumns),
        {query, limit});
    if (!rows) {
        return rows.error();
    }
    QList<StoredHit> hits;
    for (const SqlRow& row : *rows) {
        hits.append({messageFrom(row), row.text(8), row.text(9)});
    }
    return hits;
}

Result<void> ConversationStore::saveDraft(
    Connection& connection, const ConversationId& conversation, const QString& text, WallTime at)
{
    if (text.isEmpty()) {
        return done(connection.exec(
            QStringLiteral("DELETE FROM tutor_drafts WHERE conversation = ?"), {conversation.toString()}));
    }
    return done(connection.exec(
        QStringLiteral("INSERT INTO tutor_drafts (conversation, text, saved_at) VALUES (?, ?, ?)"
                       " ON CONFLICT (conversation) DO UPDATE SET text = excluded.text, saved_at = excluded.saved_at"),
        {conversation.toString(), text, micros(at)}));
}

Result<QString> ConversationStore::draft(Connection& connection, const ConversationId& conversation)
{
    const auto row = connection.first(
        QStringLiteral("SELECT text FROM tutor_drafts WHERE conversation = ?"), {conversation.toString()});
    if (!row) {
        return row.error();
    }
    return *row ? (*row)->text(0) : QString();
}

Result<void> ConversationStore::saveUsage(Connection& connection, const StoredUsage& usage)
{
    return done(connection.exec(
        QStringLiteral("INSERT INTO tutor_usage (request, day, provider, model, input, output, micros, counts)"
                       " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (request) DO UPDATE SET input = excluded.input,"
                       " output = excluded.output, micros = excluded.micros, model = excluded.model"),
        {usage.request, usage.day, usage.provider, usage.model, usage.input, usage.output, usage.micros,
            int(usage.counts)}));
}

Result<void> ConversationStore::forgetUsage(Connection& connection, const QString& request)
{
    return done(connection.exec(QStringLiteral("DELETE FROM tutor_usage WHERE request = ?"), {request}));
}

Result<QList<StoredUsageSum>> ConversationStore::usageSince(Connection& connection, qint64 firstDay)
{
    const auto rows = connection.query(
        QStringLiteral("SELECT day, provider, model, count(*), sum(input), sum(output), sum(micros), counts"
                       " FROM tutor_usage WHERE day >= ? GROUP BY day, provider, model, counts"
                       " ORDER BY day DESC, provider, model"),
        {firstDay});
    if (!rows) {
        return rows.error();
    }
    QList<StoredUsageSum> sums;
    for (const SqlRow& row : *rows) {
        sums.append({row.integer(0), row.text(1), row.text(2), int(row.integer(3)), row.integer(4), row.integer(5),
            row.integer(6), row.boolean(7)});
    }
    return sums;
}

Result<void> ConversationStore::saveQuirks(
    Connection& connection, const QString& provider, const QString& model, const QJsonObject& quirks)
{
    return done(connection.exec(QStringLiteral("INSERT INTO tutor_quirks (provider, model, body) VALUES (?, ?, ?)"
                                               " ON CONFLICT (provider, model) DO UPDATE SET body = excluded.body"),
        {provider, model, compact(quirks)}));
}

Result<QHash<QPair<QString, QString>, QJsonObject>> ConversationStore::quirks(Connection& connection)
{
    const auto rows = connection.query(QStringLiteral("SELECT provider, model, body FROM tutor_quirks"));
    if (!rows) {
        return rows.error();
    }
    QHash<QPair<QString, QString>, QJsonObject> quirks;
    for (const SqlRow& row : *rows) {
        quirks.insert({row.text(0), row.text(1)}, jsonFrom(row.bytes(2)));
    }
    return quirks;
}

Result<QString> ConversationStore::pulledUntil(Connection& connection, const UserId& owner)
{
    const auto row
        = connection.first(QStringLiteral("SELECT until FROM tutor_pulls WHERE owner = ?"), {owner.toString()});
    if (!row) {
        return row.error();
    }
    return *row ? (*row)->text(0) : QString();
}

Result<void> ConversationStore::setPulledUntil(Connection& connection, const UserId& owner, const QString& until)
{
    return done(connection.exec(QStringLiteral("INSERT INTO tutor_pulls (owner, until) VALUES (?, ?)"
                                               " ON CONFLICT (owner) DO UPDATE SET until = excluded.until"),
        {owner.toString(), until}));
}

Result<QList<ConversationId>> ConversationStore::mirrored(Connection& connection, const UserId& owner)
{
    const auto rows = connection.query(
        QStringLiteral("SELECT id FROM conversations WHERE owner = ? AND synced = 1"), {owner.toString()});
    if (!rows) {
        return rows.error();
    }
    QList<ConversationId> ids;
    for (const SqlRow& row : *rows) {
        ids.append(ConversationId(row.text(0)));
    }
    return ids;
}

Result<void> ConversationStore::markMirrored(Connection& connection, const ConversationId& conversation)
{
    return done(connection.exec(
        QStringLiteral("UPDATE conversations SET synced = 1 WHERE id = ?"), {conversation.toString()}));
}

Result<void> ConversationStore::mendHead(Connection& connection, const ConversationId& conversation)
{
    return done(connection.exec(
        QStringLiteral("UPDATE conversations SET head = ifnull((SELECT m.id FROM messages m"
                       " WHERE m.conversation = conversations.id ORDER BY m.created_at DESC, m.id DESC LIMIT 1), '')"
                       " WHERE id = ? AND head NOT IN (SELECT m.id FROM messages m WHERE m.conversation = conversations.id)"),
        {conversation.toString()}));
}

Result<void> ConversationStore::claim(Connection& connection, const UserId& owner)
{
    return done(connection.exec(QStringLiteral("UPDATE conversations SET owner = ? WHERE owner = ''"), {owner.toString()}));
}

Result<QList<StoredConversation>> ConversationStore::ownedBy(Connection& connection, const UserId& owner)
{
    const auto rows = connection.query(
        QStringLiteral("SELECT %1 FROM conversations WHERE owner = ? ORDER BY created_at, id").arg(conversationColumns),
        {owner.toString()});
    if (!rows) {
        return rows.error();
    }
    QList<StoredConversation> conversations;
    for (const SqlRow& row : *rows) {
        conversations.append(conversationFrom(row));
    }
    return conversations;
}

Result<QList<StoredMessage>> ConversationStore::tree(Connection& connection, const ConversationId& conversation)
{
    return messagesFrom(connection.query(
        QStringLiteral("WITH RECURSIVE below (id, conversation, depth) AS ("
                       "SELECT id, conversation, 0 FROM messages WHERE conversation = ? AND parent = ''"
                       " UNION ALL SELECT m.id, m.conversation, below.depth + 1 FROM messages m"
                       " JOIN below ON m.conversation = below.conversation AND m.parent = below.id)"
                       " SELECT %1 FROM below JOIN messages m ON m.id = below.id ORDER BY below.depth, m.created_at, m.id")
            .arg(messageColumns),
        {conversation.toString()}));
}
