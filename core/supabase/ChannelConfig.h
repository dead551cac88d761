// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonArray>
#include <QJsonObject>
#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

/// Which row changes a channel wants. Source: supabase-protocol A4, A8.
struct PostgresBinding
{
    QString event = QStringLiteral("*"); ///< "*", "INSERT", "UPDATE" or "DELETE"
    QString schema = QStringLiteral("public");
    QString table;
    QString filter;     ///< "user_id=eq.…"; empty: all rows
    QStringList select; ///< columns; empty: all

    bool operator==(const PostgresBinding&) const = default;
    QJsonObject toJson() const;
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

    bool operator==(const ChannelConfig&) const = default;

    /// Takes in what another holder of the same topic wants. False when the two cannot share a join
    /// (one private, one public, or two presence keys); nothing is changed then.
    bool merge(const ChannelConfig& other);
    QJsonObject toJson() const;
};
