// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonArray>
#include <QJsonObject>
#include <QList>
#include <QString>
#include <QStringList>

#include <chrono>
#include <optional>

/// Which row changes a channel wants. Source: supabase-protocol A4, A8. Make `filter` with
/// ChangeFilter where values come from people.
struct PostgresBinding
{
    QString event = QStringLiteral("*"); ///< "*", "INSERT", "UPDATE" or "DELETE"
    QString schema = QStringLiteral("public");
    QString table;
    QString filter;     ///< "user_id=eq.…"; empty: all rows
    QStringList select; ///< columns; empty: all

    bool operator==(const PostgresBinding&) const = default;
    QJsonObject toJson() const;
    /// As a server before mid-2026 understands it: one plain condition, all columns.
    PostgresBinding forOldServers() const;
    /// True when the server's echo in the join reply is this binding, whatever it added or left out.
    bool isEchoedBy(const QJsonObject& echo) const;
};

/// Which stored broadcasts to send again at the first join. Private channels only.
struct BroadcastReplay
{
    std::chrono::sys_time<std::chrono::milliseconds> since {};
    int limit = 25; ///< the server gives at most 25

    bool operator==(const BroadcastReplay&) const = default;
};

/// What a channel is joined with.
struct ChannelConfig
{
    bool isPrivate = false;
    QList<PostgresBinding> changes;
    bool broadcastSelf = false;
    bool broadcastAck = false;
    /// Set to take part in presence under this key.
    std::optional<QString> presenceKey;
    /// Stored broadcasts at the first join.
    std::optional<BroadcastReplay> replay;
    /// After a loss, ask for the stored broadcasts of the time away; each is delivered once.
    bool replayAfterLoss = false;
    /// Ask to be told when broadcasts from the database can arrive; another gap() follows then.
    bool replicationReady = false;
    /// Let the server hold the join reply until the database sends changes. Servers that do not
    /// know this ignore it. One that refuses the join for a binding is asked again without, and
    /// says then which binding it is.
    std::optional<std::chrono::milliseconds> waitForDatabase;

    bool operator==(const ChannelConfig&) const = default;

    /// Takes in what another holder of the same topic wants. False when the two cannot share a join
    /// (one private, one public, or two presence keys); nothing is changed then.
    bool merge(const ChannelConfig& other);
    QJsonObject toJson() const;
};
