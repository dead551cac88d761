// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "base/Id.h"
#include "base/Result.h"
#include "exam/ExamSnapshot.h"

#include <QJsonObject>
#include <QJsonValue>
#include <QList>

#include <chrono>

/// What every answer of the academy about an attempt states. Pure value.
struct ServerWord
{
    WallTime serverTime;
    WallTime effectiveEnd;
    QString state; ///< active, paused, locked, ended, submitted, collected or voided
    bool paused = false;
    qint64 ackedSeq = 0;
};

struct StartReply
{
    AttemptId attempt;
    qint64 lease = 0;
    ServerWord word;
    QString startedAt;
    qint64 baseSeconds = 0;
    QByteArray chainHead;
    QJsonObject paper;
    QJsonObject answers;
    QList<ItemId> flagged;
    qint64 commandCursor = 0;
    std::optional<ExamReceipt> receipt;
};

/// A command as the student's side receives it.
struct IssuedCommand
{
    qint64 id = 0;
    QString kind;
    QJsonObject payload;
    WallTime issuedAt;
};

struct BeatReply
{
    ServerWord word;
    QList<IssuedCommand> commands;
    std::chrono::milliseconds nextBeat{10'000};
};

struct PushReply
{
    struct OpResult
    {
        OpId op;
        QString status; ///< accepted, duplicate, late, fenced or rejected
        QString code;
    };
    ServerWord word;
    qint64 lease = 0; ///< the one that holds now
    QByteArray chainHead;
    QString serverTimeText;
    QList<OpResult> results;
};

struct SubmitReply
{
    QString state;
    std::optional<ExamReceipt> receipt;
    QString submittedAtText;
    QList<qint64> missing;
};

/// Decoders of start_attempt, beat, push_ops and submit. Total: a missing field is
/// ErrorKind::Protocol, unknown fields are ignored.
Result<StartReply> parseStartReply(const QJsonValue& json);
Result<BeatReply> parseBeatReply(const QJsonValue& json);
Result<PushReply> parsePushReply(const QJsonValue& json);
Result<SubmitReply> parseSubmitReply(const QJsonValue& json);
