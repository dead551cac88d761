// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "supabase/ChannelConfig.h"
#include "supabase/Project.h"

#include <QJsonObject>
#include <QList>
#include <QStringList>

#include <chrono>

/// What `neolingus-probe watch` was asked to do. Passwords are no arguments: everybody on a computer
/// can read the arguments of every program.
struct ProbeArguments
{
    struct Topic
    {
        QString name;
        bool isPrivate = false;
    };
    struct Broadcast
    {
        QString topic;
        QString event;
        QJsonObject payload;
    };
    struct Call
    {
        QString function;
        QJsonObject arguments;
    };

    Project project;
    QString email;
    bool kept = false; ///< go on with the session that the desktop program keeps on this computer
    PhoenixVersion version = PhoenixVersion::V2;
    QList<PostgresBinding> tables;
    QList<Topic> topics;
    QList<Broadcast> broadcasts;
    std::optional<QJsonObject> presence;
    QString presenceKey = QStringLiteral("probe");
    QStringList reads;
    QList<Call> calls;
    std::chrono::milliseconds duration {10'000};
    bool once = false; ///< end when everything is settled
    bool help = false;

    /// ErrorKind::Invalid, code "usage", with a sentence for people.
    static Result<ProbeArguments> parse(const QStringList& words, const QString& keyFromEnvironment);
    static QString helpText();
};
