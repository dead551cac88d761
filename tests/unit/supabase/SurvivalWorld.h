// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "RealtimeWorld.h"

/// A table on the server, a channel that watches it and a model that follows: changes as they come,
/// and everything anew at each gap(). Whatever happens in between, at the end the model must be the
/// table.
struct SurvivalWorld : RealtimeWorld
{
    using State = RealtimeChannel::State;

    static PostgresBinding binding(const char* table = "notes", const char* filter = "")
    {
        return {QStringLiteral("*"), QStringLiteral("public"), QLatin1String(table), QLatin1String(filter), {}};
    }
    static ChannelConfig watching(bool isPrivate = false)
    {
        ChannelConfig config;
        config.isPrivate = isPrivate;
        config.changes = {binding()};
        return config;
    }
    static QByteArray databaseOk()
    {
        return R"({"extension":"postgres_changes","status":"ok","message":"Subscribed to PostgreSQL","channel":"t"})";
    }
    static QByteArray databaseError(const char* message)
    {
        return R"({"extension":"postgres_changes","status":"error","message":")" + QByteArray(message) + R"(","channel":"t"})";
    }
    static QByteArray systemError(const char* message)
    {
        return R"({"extension":"system","status":"error","message":")" + QByteArray(message) + R"(","channel":"t"})";
    }

    void watch(const ChannelConfig& config = watching())
    {
        channel = client->channel(QStringLiteral("t"), config);
        QObject::connect(channel.get(), &RealtimeChannel::gap, channel.get(), [this](WallTime, WallTime) {
            ++catchUps;
            model = table;
        });
        QObject::connect(channel.get(), &RealtimeChannel::changeReceived, channel.get(), [this](const ChangeEvent& change) {
            const int id = change.record.value(QStringLiteral("id")).toInt();
            model.insert(id, change.record.value(QStringLiteral("v")).toInt());
        });
    }
    /// The server's side of becoming live.
    void acceptAll(const PhoenixMessage& request)
    {
        acceptJoin(request, R"([{"id":7,"event":"*","schema":"public","table":"notes"}])");
        say(request.joinRef, "t", "system", databaseOk());
        join = request;
    }
    void begin(const ChannelConfig& config = watching())
    {
        open();
        watch(config);
        acceptAll(awaitJoin());
    }
    /// The server commits a row; whoever is subscribed and reachable hears of it.
    void commit(int id, int value, bool delivered = true)
    {
        table.insert(id, value);
        if (delivered) {
            deliver(id, value);
        }
    }
    void deliver(int id, int value)
    {
        say({}, "t", "postgres_changes",
            QStringLiteral(R"({"ids":[7],"data":{"schema":"public","table":"notes","type":"UPDATE",)"
                           R"("commit_timestamp":"2026-11-23T08:00:00Z","columns":[],"record":{"id":%1,"v":%2},)"
                           R"("old_record":{},"errors":null}})").arg(id).arg(value).toUtf8());
    }
    void close(const PhoenixMessage& of)
    {
        PhoenixMessage message;
        message.joinRef = of.ref;
        message.ref = of.ref;
        message.topic = of.topic;
        message.event = QStringLiteral("phx_close");
        say(message);
    }
    bool isWhole() const { return channel->isLive() && model == table; }

    std::shared_ptr<RealtimeChannel> channel;
    QMap<int, int> table;
    QMap<int, int> model;
    int catchUps = 0;
};
