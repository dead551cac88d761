// SPDX-License-Identifier: GPL-3.0-or-later
#include "probe/TutorDecode.h"

#include "probe/Probe.h"
#include "tutor/WholeReply.h"
#include "wire/Json.h"

#include <QFile>

#include <iostream>

namespace {

constexpr const char* HelpText = R"(Usage: neolingus-probe tutor decode --wire WIRE FILE [OPTION VALUE]...

Reads the recorded body of a provider's answer as the desktop program does. Prints each event as one
line of JSON and at last the whole reply: text, reasoning, refusal, finish, usage, tool calls, error.

  --wire WIRE    openai-chat, openai-responses, anthropic, gemini or openai-compatible
  --cut N        feed N bytes at a time, as a network may
  --status N     the answer's HTTP status; 200 when not given
  --help

Exit codes: 0 the file was read, whatever the reply says; 2 the arguments are wrong; 6 the file cannot
be read.
)";

template <class... Handlers>
struct Overload : Handlers...
{
    using Handlers::operator()...;
};
template <class... Handlers>
Overload(Handlers...) -> Overload<Handlers...>;

Error usage(const QString& sentence)
{
    return {ErrorKind::Invalid, QStringLiteral("usage"), sentence, {}};
}

QJsonValue orNull(const QString& text)
{
    return text.isEmpty() ? QJsonValue() : QJsonValue(text);
}

QJsonValue countOrNull(qint64 count)
{
    return count < 0 ? QJsonValue() : QJsonValue(count);
}

QJsonObject usageObject(const TutorUsage& usage)
{
    return {{QStringLiteral("input"), countOrNull(usage.input)}, {QStringLiteral("output"), countOrNull(usage.output)},
        {QStringLiteral("cached_input"), countOrNull(usage.cachedInput)},
        {QStringLiteral("cache_written"), countOrNull(usage.cacheWritten)},
        {QStringLiteral("reasoning"), countOrNull(usage.reasoning)}};
}

QJsonObject citationObject(const TutorCitation& citation)
{
    return {{QStringLiteral("title"), citation.title}, {QStringLiteral("url"), orNull(citation.url)}};
}

QJsonObject finishObject(FinishReason reason, const TutorFinished& finished)
{
    QJsonObject object {{QStringLiteral("reason"), finishReasonName(reason)}, {QStringLiteral("raw"), orNull(finished.raw)}};
    if (!finished.detail.isEmpty()) {
        object.insert(QStringLiteral("detail"), finished.detail);
    }
    return object;
}

QJsonObject errorObject(const TutorFailure& failure)
{
    const auto& wait = failure.error.retryAfter;
    return {{QStringLiteral("code"), failure.error.code}, {QStringLiteral("kind"), errorKindName(failure.error.kind)},
        {QStringLiteral("http_status"), failure.httpStatus}, {QStringLiteral("provider_code"), orNull(failure.providerCode)},
        {QStringLiteral("parameter"), orNull(failure.parameter)}, {QStringLiteral("message"), failure.error.detail},
        {QStringLiteral("retryable"), failure.retryable},
        {QStringLiteral("retry_after_ms"), wait ? QJsonValue(qint64(wait->count())) : QJsonValue()}};
}

QJsonObject named(const char* event, QJsonObject members)
{
    members.insert(QStringLiteral("event"), QLatin1String(event));
    return members;
}

QJsonObject eventObject(const TutorEvent& event)
{
    const auto text = [](const QString& words) { return QJsonObject {{QStringLiteral("text"), words}}; };
    return std::visit(Overload {
                          [](const TutorStarted& started) {
                              return named("started",
                                  {{QStringLiteral("id"), orNull(started.id)}, {QStringLiteral("model"), orNull(started.model)}});
                          },
                          [&](const TextDelta& delta) { return named("text", text(delta.text)); },
                          [&](const ReasoningDelta& delta) { return named("reasoning", text(delta.text)); },
                          [](const ReasoningOpaque& item) {
                              return named("opaque", {{QStringLiteral("data"), QString::fromUtf8(item.data)}});
                          },
                          [&](const RefusalDelta& delta) { return named("refusal", text(delta.text)); },
                          [](const ToolCallDelta& delta) {
                              return named("tool_call",
                                  {{QStringLiteral("index"), delta.index}, {QStringLiteral("id"), orNull(delta.id)},
                                      {QStringLiteral("name"), orNull(delta.name)},
                                      {QStringLiteral("arguments"), delta.arguments}});
                          },
                          [](const TutorCitation& citation) { return named("citation", citationObject(citation)); },
                          [](const TutorUsage& tokens) { return named("usage", usageObject(tokens)); },
                          [](const TutorPing&) { return named("ping", {}); },
                          [](const TutorFinished& end) { return named("finished", finishObject(end.reason, end)); },
                          [](const TutorFailure& end) { return named("error", errorObject(end)); },
                          [](const TutorInterrupted&) { return named("interrupted", {}); },
                      },
        event);
}

QJsonObject replyObject(const WholeReply& reply)
{
    QJsonArray calls;
    for (const WholeReply::ToolCall& call : reply.toolCalls) {
        calls.append(QJsonObject {{QStringLiteral("id"), orNull(call.id)}, {QStringLiteral("name"), orNull(call.name)},
            {QStringLiteral("input"), call.arguments}});
    }
    QJsonArray citations;
    for (const TutorCitation& citation : reply.citations) {
        citations.append(citationObject(citation));
    }
    return named("reply",
        {{QStringLiteral("id"), orNull(reply.id)}, {QStringLiteral("model"), orNull(reply.model)},
            {QStringLiteral("text"), reply.text}, {QStringLiteral("reasoning"), reply.reasoning},
            {QStringLiteral("refusal"), reply.refusal},
            {QStringLiteral("finish"), finishObject(reply.finishReason(), reply.finished.value_or(TutorFinished {}))},
            {QStringLiteral("usage"), reply.usage == TutorUsage {} ? QJsonValue() : QJsonValue(usageObject(reply.usage))},
            {QStringLiteral("tool_calls"), calls}, {QStringLiteral("citations"), citations},
            {QStringLiteral("error"), reply.failure ? QJsonValue(errorObject(*reply.failure)) : QJsonValue()}});
}

} // namespace

Result<TutorDecode::Arguments> TutorDecode::parse(const QStringList& words)
{
    Arguments arguments;
    std::optional<TutorWire> wire;
    if (words.contains(QStringLiteral("--help")) || words.contains(QStringLiteral("-h"))) {
        arguments.help = true;
        return arguments;
    }
    if (words.value(0) != QLatin1String("decode")) {
        return usage(QStringLiteral("\"tutor\" knows only \"decode\"."));
    }
    for (qsizetype i = 1; i < words.size(); ++i) {
        const QString& word = words.at(i);
        if (!word.startsWith(QLatin1String("--"))) {
            if (!arguments.file.isEmpty()) {
                return usage(QStringLiteral("One file at a time."));
            }
            arguments.file = word;
            continue;
        }
        const QString value = words.value(++i);
        bool isNumber = false;
        const int number = value.toInt(&isNumber);
        if (word == QLatin1String("--wire")) {
            wire = tutorWireFromName(value);
            if (!wire) {
                return usage(QStringLiteral("\"%1\" is not a wire.").arg(value));
            }
            arguments.wire = *wire;
        } else if (word == QLatin1String("--cut") && isNumber && number > 0) {
            arguments.cut = number;
        } else if (word == QLatin1String("--status") && isNumber && number >= 100 && number < 600) {
            arguments.status = number;
        } else {
            return usage(QStringLiteral("\"%1 %2\" is not an option.").arg(word, value));
        }
    }
    if (!wire || arguments.file.isEmpty()) {
        return usage(QStringLiteral("--wire and a file are needed."));
    }
    return arguments;
}

void TutorDecode::decode(
    const Arguments& arguments, const QByteArray& body, const std::function<void(const QByteArray&)>& write)
{
    const auto decoder = tutorProvider(arguments.wire).decoder(arguments.status, {});
    WholeReply reply;
    const auto take = [&](const std::vector<TutorEvent>& events) {
        for (const TutorEvent& event : events) {
            reply.add(event);
            write(toJson(eventObject(event)) + '\n');
        }
    };
    const qsizetype step = arguments.cut > 0 ? arguments.cut : std::max<qsizetype>(body.size(), 1);
    for (QByteArrayView rest = body; !rest.isEmpty(); rest = rest.sliced(std::min(step, rest.size()))) {
        take(decoder->feed(rest.first(std::min(step, rest.size()))));
    }
    take(decoder->end());
    write(toJson(replyObject(reply)) + '\n');
}

int TutorDecode::run(const QStringList& words, const std::function<void(const QByteArray&)>& write)
{
    const Result<Arguments> arguments = parse(words);
    if (!arguments.ok()) {
        std::cerr << "neolingus-probe: " << arguments.error().detail.toStdString()
                  << " Try neolingus-probe tutor --help." << std::endl;
        return Probe::Usage;
    }
    if (arguments->help) {
        std::cout << HelpText;
        return Probe::Worked;
    }
    QFile file(arguments->file);
    if (!file.open(QIODevice::ReadOnly)) {
        std::cerr << "neolingus-probe: " << arguments->file.toStdString() << ": " << file.errorString().toStdString()
                  << std::endl;
        return Probe::CallFailed;
    }
    decode(*arguments, file.readAll(), write);
    return Probe::Worked;
}
