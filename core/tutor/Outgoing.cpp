// SPDX-License-Identifier: GPL-3.0-or-later
#include "tutor/Outgoing.h"

#include "store/Outbox.h"
#include "tutor/TutorRecords.h"
#include "wire/Json.h"

#include <QJsonArray>
#include <QUuid>

Outgoing Outgoing::named(const QString& name) const
{
    Outgoing other = *this;
    other.op = OpId(QUuid::createUuidV5(QUuid(op.toString()), name).toString(QUuid::WithoutBraces));
    return other;
}

Result<void> Outgoing::queue(
    Connection& connection, const ConversationId& conversation, const QList<StoredMessage>& messages) const
{
    if (owner.isEmpty()) {
        return {};
    }
    const auto stored = ConversationStore::find(connection, conversation);
    if (!stored || !*stored) {
        return stored ? Result<void>() : Result<void>(stored.error());
    }
    QJsonArray rows;
    for (const StoredMessage& message : messages) {
        rows.append(toRow(message));
    }
    return append(connection, conversation, QStringLiteral("conversation"), (*stored)->title,
        {{QStringLiteral("conversation"), toRow(**stored)}, {QStringLiteral("messages"), rows}});
}

Result<void> Outgoing::changeKept(
    Connection& connection, const MessageId& message, const std::function<void(QJsonObject&)>& change) const
{
    const auto found = ConversationStore::message(connection, message);
    if (!found || !*found || (*found)->state == QLatin1String("streaming")) {
        return found ? Result<void>() : Result<void>(found.error());
    }
    StoredMessage changed = **found;
    QJsonObject kept = changed.details.value(keptMember).toObject();
    change(kept);
    changed.details.insert(keptMember, kept);
    if (Result<void> written = ConversationStore::mirror(connection, changed); !written) {
        return written;
    }
    return named(message.toString()).queue(connection, changed.conversation, {changed});
}

Result<void> Outgoing::queueGone(Connection& connection, const ConversationId& conversation) const
{
    return owner.isEmpty() ? Result<void>()
                           : append(connection, conversation, QStringLiteral("conversation_gone"), {}, {});
}

Result<void> Outgoing::append(Connection& connection, const ConversationId& conversation, const QString& type,
    const QString& label, const QJsonObject& payload) const
{
    NewOp next;
    next.opId = op;
    next.owner = owner;
    next.device = device;
    next.lane = conversationLane(conversation);
    next.opType = type;
    next.payload = toJson(QJsonValue(payload));
    next.label = label;
    next.createdSteady = steady;
    next.createdWall = wall;
    const auto row = Outbox::append(connection, next);
    return row ? Result<void>() : Result<void>(row.error());
}
