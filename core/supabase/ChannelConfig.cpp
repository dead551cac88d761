// SPDX-License-Identifier: GPL-3.0-or-later
#include "supabase/ChannelConfig.h"

QJsonObject PostgresBinding::toJson() const
{
    QJsonObject json{{QStringLiteral("event"), event}, {QStringLiteral("schema"), schema}};
    if (!table.isEmpty()) {
        json.insert(QStringLiteral("table"), table);
    }
    if (!filter.isEmpty()) {
        json.insert(QStringLiteral("filter"), filter);
    }
    if (!select.isEmpty()) {
        json.insert(QStringLiteral("select"), QJsonArray::fromStringList(select));
    }
    return json;
}

bool ChannelConfig::merge(const ChannelConfig& other)
{
    const bool keysDiffer = presenceKey && other.presenceKey && *presenceKey != *other.presenceKey;
    if (isPrivate != other.isPrivate || keysDiffer) {
        return false;
    }
    for (const PostgresBinding& binding : other.changes) {
        if (!changes.contains(binding)) {
            changes.append(binding);
        }
    }
    broadcastSelf = broadcastSelf || other.broadcastSelf;
    broadcastAck = broadcastAck || other.broadcastAck;
    if (!presenceKey) {
        presenceKey = other.presenceKey;
    }
    return true;
}

QJsonObject ChannelConfig::toJson() const
{
    QJsonArray bindings;
    for (const PostgresBinding& binding : changes) {
        bindings.append(binding.toJson());
    }
    return {{QStringLiteral("private"), isPrivate},
        {QStringLiteral("broadcast"),
            QJsonObject{
                {QStringLiteral("ack"), broadcastAck}, {QStringLiteral("self"), broadcastSelf}}},
        {QStringLiteral("presence"),
            QJsonObject{{QStringLiteral("key"), presenceKey.value_or(QString())},
                {QStringLiteral("enabled"), presenceKey.has_value()}}},
        {QStringLiteral("postgres_changes"), bindings}};
}
