// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "base/Id.h"
#include "base/Result.h"
#include "store/ConversationStore.h"

#include <QJsonObject>

#include <functional>

/// What one transaction needs to queue for the academy; copied into it and used on the database's
/// thread. A guest (no owner) queues nothing.
struct Outgoing
{
    /// Where a message's details hold what the learner kept with it.
    static constexpr QLatin1String keptMember {"kept"};

    UserId owner;
    DeviceId device;
    OpId op;
    MonotonicTime steady;
    WallTime wall;

    /// For one of several operations of a transaction: an id of its own for each `name`, the same when
    /// the transaction runs again.
    Outgoing named(const QString& name) const;
    /// The conversation as it stands, with these messages.
    Result<void> queue(
        Connection& connection, const ConversationId& conversation, const QList<StoredMessage>& messages) const;
    /// Changes what the learner keeps with a message (TutorMessage::kept), where it is still there, and
    /// queues it.
    Result<void> changeKept(
        Connection& connection, const MessageId& message, const std::function<void(QJsonObject&)>& change) const;
    Result<void> queueGone(Connection& connection, const ConversationId& conversation) const;

private:
    Result<void> append(Connection& connection, const ConversationId& conversation, const QString& type,
        const QString& label, const QJsonObject& payload) const;
};
