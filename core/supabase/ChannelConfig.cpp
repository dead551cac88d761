// SPDX-License-Identifier: GPL-3.0-or-later
#include "supabase/ChannelConfig.h"

#include "wire/ChangeFilter.h"

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

PostgresBinding PostgresBinding::forOldServers() const
{
    PostgresBinding old = *this;
    old.select.clear();
    const Result<ChangeFilter> parsed = ChangeFilter::parse(filter);
    if (parsed.ok() && !parsed->isClassic()) {
        old.filter = parsed->classicPart().text();
    }
    return old;
}

bool PostgresBinding::isEchoedBy(const QJsonObject& echo) const
{
    const auto same = [&echo](const char* name, const QString& ours) {
        const QString theirs = echo.value(QLatin1String(name)).toString();
        return theirs.isEmpty() || theirs == ours || (ours.isEmpty() && theirs == QLatin1String("*"));
    };
    return same("event", event) && same("schema", schema) && same("table", table)
        && echo.value(QLatin1String("filter")).toString() == filter;
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
    if (!replay || (other.replay && other.replay->since < replay->since)) {
        replay = other.replay ? other.replay : replay;
    }
    replayAfterLoss = replayAfterLoss || other.replayAfterLoss;
    replicationReady = replicationReady || other.replicationReady;
    if (!waitForDatabase) {
        waitForDatabase = other.waitForDatabase;
    }
    return true;
}

QJsonObject ChannelConfig::toJson() const
{
    QJsonArray bindings;
    for (const PostgresBinding& binding : changes) {
        bindings.append(binding.toJson());
    }
    QJsonObject broadcast{
        {QStringLiteral("ack"), broadcastAck}, {QStringLiteral("self"), broadcastSelf}};
    if (replay && isPrivate) {
        broadcast.insert(QStringLiteral("replay"),
            QJsonObject{{QStringLiteral("since"), qint64(replay->since.time_since_epoch().count())},
                {QStringLiteral("limit"), replay->limit}});
    }
    if (replicationReady) {
        broadcast.insert(QStringLiteral("replication_ready"), true);
    }
    QJsonObject config{{QStringLiteral("private"), isPrivate},
        {QStringLiteral("broadcast"), broadcast},
        {QStringLiteral("presence"),
            QJsonObject{{QStringLiteral("key"), presenceKey.value_or(QString())},
                {QStringLiteral("enabled"), presenceKey.has_value()}}},
        {QStringLiteral("postgres_changes"), bindings}};
    if (waitForDatabase && !changes.isEmpty()) {
        config.insert(QStringLiteral("postgres_changes_options"),
            QJsonObject{{QStringLiteral("wait"), true},
                {QStringLiteral("timeout"), qint64(waitForDatabase->count())}});
    }
    return config;
}
