// SPDX-License-Identifier: GPL-3.0-or-later
#include "exam/AttemptWire.h"

#include "wire/Json.h"

#include <QJsonArray>

namespace {

ServerWord readWord(JsonReader& in)
{
    ServerWord word;
    word.serverTime = in.timestamp("server_time");
    word.effectiveEnd = in.timestamp("effective_end");
    word.state = in.string("state");
    word.paused = in.optionalBoolean("paused").value_or(word.state == QLatin1String("paused"));
    word.ackedSeq = in.integer("acked_seq");
    return word;
}

/// A receipt, where one has been issued.
std::optional<ExamReceipt> readReceipt(JsonReader& in)
{
    const auto code = in.optionalString("receipt");
    if (!code || code->isEmpty()) {
        return std::nullopt;
    }
    return ExamReceipt{
        *code, in.timestamp("submitted_at"), in.optionalBoolean("on_time").value_or(true)};
}

} // namespace

Result<StartReply> parseStartReply(const QJsonValue& json)
{
    JsonReader in(json, "start_attempt");
    StartReply reply;
    reply.attempt = AttemptId(in.string("attempt_id"));
    reply.lease = in.integer("lease");
    reply.word = readWord(in);
    reply.startedAt = in.string("started_at");
    reply.baseSeconds = in.integer("base_seconds");
    reply.chainHead = in.string("chain_head").toLatin1();
    reply.paper = in.object("paper");
    reply.answers = in.object("answers");
    const QJsonArray flagged = in.optionalArray("flagged").value_or(QJsonArray());
    for (const QJsonValue& item : flagged) {
        reply.flagged.append(ItemId(item.toString()));
    }
    reply.commandCursor = in.optionalInteger("cmd_cursor").value_or(0);
    reply.receipt = readReceipt(in);
    return in.finish(std::move(reply));
}

Result<BeatReply> parseBeatReply(const QJsonValue& json)
{
    JsonReader in(json, "beat");
    BeatReply reply;
    reply.word = readWord(in);
    if (const auto next = in.optionalInteger("next_beat_ms"); next && *next > 0) {
        reply.nextBeat = std::chrono::milliseconds(*next);
    }
    const QJsonArray commands = in.array("commands");
    for (const QJsonValue& value : commands) {
        JsonReader command(value, "command");
        IssuedCommand issued;
        issued.id = command.integer("id");
        issued.kind = command.string("kind");
        issued.payload = command.optionalObject("payload").value_or(QJsonObject());
        issued.issuedAt = command.timestamp("issued_at");
        if (!command.ok()) {
            return *command.error();
        }
        reply.commands.append(issued);
    }
    return in.finish(std::move(reply));
}

Result<PushReply> parsePushReply(const QJsonValue& json)
{
    JsonReader in(json, "push_ops");
    PushReply reply;
    reply.word = readWord(in);
    reply.lease = in.optionalInteger("lease").value_or(0);
    reply.chainHead = in.string("chain_head").toLatin1();
    reply.serverTimeText = in.string("server_time");
    const QJsonArray results = in.array("results");
    for (const QJsonValue& value : results) {
        JsonReader result(value, "op result");
        PushReply::OpResult op;
        op.op = OpId(result.optionalString("op_id").value_or(QString()));
        op.status = result.string("status");
        op.code = result.optionalString("code").value_or(QString());
        if (!result.ok()) {
            return *result.error();
        }
        reply.results.append(op);
    }
    return in.finish(std::move(reply));
}

Result<SubmitReply> parseSubmitReply(const QJsonValue& json)
{
    JsonReader in(json, "submit");
    SubmitReply reply;
    reply.state = in.string("state");
    reply.receipt = readReceipt(in);
    reply.submittedAtText = in.optionalString("submitted_at").value_or(QString());
    const QJsonArray missing = in.optionalArray("missing").value_or(QJsonArray());
    for (const QJsonValue& seq : missing) {
        reply.missing.append(seq.toInteger());
    }
    return in.finish(std::move(reply));
}
