// SPDX-License-Identifier: GPL-3.0-or-later
#include "tutor/OpenAiChatDecoder.h"

#include "tutor/ProviderError.h"
#include "wire/Json.h"

#include <QJsonArray>

namespace {

FinishReason reasonOf(const QString& raw, bool refused)
{
    if (refused) {
        return FinishReason::Refusal;
    }
    if (raw == QLatin1String("stop")) {
        return FinishReason::Stop;
    }
    if (raw == QLatin1String("length") || raw == QLatin1String("model_length")) {
        return FinishReason::Length;
    }
    if (raw == QLatin1String("tool_calls") || raw == QLatin1String("function_call")) {
        return FinishReason::Tool;
    }
    if (raw == QLatin1String("content_filter")) {
        return FinishReason::Filtered;
    }
    if (raw == QLatin1String("error")) {
        return FinishReason::Error;
    }
    return FinishReason::Other;
}

qint64 count(const QJsonObject& json, const char* name)
{
    return json.value(QLatin1String(name)).toInteger(-1);
}

TutorFailure notAStream()
{
    TutorFailure failure;
    failure.error = Error {ErrorKind::Protocol, QStringLiteral("not_sse"), {}, {}};
    return failure;
}

} // namespace

std::vector<TutorEvent> OpenAiChatDecoder::feed(QByteArrayView bytes)
{
    if (m_over) {
        return {};
    }
    if (m_body == Body::Unknown) {
        m_buffer.append(bytes);
        const QByteArray start = m_buffer.trimmed();
        if (start.isEmpty() || QByteArrayView("\xEF\xBB\xBF").startsWith(start)) {
            return {};
        }
        const char first = start.startsWith("\xEF\xBB\xBF") ? start.mid(3).trimmed().front() : start.front();
        m_body = first == '{' ? Body::Json : first == '<' || first == '[' ? Body::Foreign : Body::Stream;
        if (m_body == Body::Stream) {
            const QByteArray held = std::exchange(m_buffer, {});
            return feed(held);
        }
        bytes = {};
    }
    if (m_body == Body::Stream) {
        const Result<QList<SseEvent>> events = m_parser.feed(bytes);
        if (!events) {
            TutorFailure failure = notAStream();
            failure.error.code = QStringLiteral("too_large");
            emitOnce(failure);
        } else {
            for (const SseEvent& event : *events) {
                readFrame(event.data);
            }
        }
    } else if (m_buffer.size() + bytes.size() > SseParser::LargestEvent) {
        TutorFailure failure = notAStream();
        failure.error.code = QStringLiteral("too_large");
        emitOnce(failure);
    } else {
        m_buffer.append(bytes);
    }
    return std::exchange(m_out, {});
}

std::vector<TutorEvent> OpenAiChatDecoder::end()
{
    if (m_over) {
        return {};
    }
    if (m_body == Body::Stream) {
        // Some servers leave out the blank line after the last event.
        if (const auto events = m_parser.feed(QByteArrayView("\n\n"))) {
            for (const SseEvent& event : *events) {
                readFrame(event.data);
            }
        }
        say(m_think.end());
        if (!m_finishReason.isEmpty()) {
            finish();
        } else if (m_brokenFrames > 0 && !m_sawFrame) {
            emitOnce(notAStream());
        } else {
            emitOnce(TutorInterrupted {});
        }
    } else if (m_body == Body::Json) {
        readWhole();
    } else if (m_body == Body::Foreign) {
        emitOnce(notAStream());
    } else {
        emitOnce(TutorInterrupted {});
    }
    return std::exchange(m_out, {});
}

void OpenAiChatDecoder::emitOnce(TutorEvent last)
{
    if (!std::exchange(m_over, true)) {
        m_out.push_back(std::move(last));
    }
}

void OpenAiChatDecoder::fail(const QJsonValue& body)
{
    emitOnce(providerError(0, m_headers, body));
}

void OpenAiChatDecoder::finish()
{
    emitOnce(TutorFinished {reasonOf(m_finishReason, m_refused), m_finishReason});
}

void OpenAiChatDecoder::readFrame(const QByteArray& data)
{
    if (m_over) {
        return;
    }
    if (data.trimmed() == "[DONE]") {
        say(m_think.end());
        finish();
        return;
    }
    const Result<QJsonValue> json = parseJson(data);
    if (!json || !json->isObject()) {
        ++m_brokenFrames;
        return;
    }
    m_sawFrame = true;
    readChunk(json->toObject());
}

void OpenAiChatDecoder::readWhole()
{
    const Result<QJsonValue> json = parseJson(m_buffer);
    if (!json || !json->isObject()) {
        emitOnce(TutorInterrupted {});
        return;
    }
    readChunk(json->toObject());
    say(m_think.end());
    if (m_finishReason.isEmpty()) {
        emitOnce(notAStream());
    } else {
        finish();
    }
}

void OpenAiChatDecoder::readChunk(const QJsonObject& chunk)
{
    if (isProviderError(chunk)) {
        fail(chunk);
        return;
    }
    if (!m_started && (chunk.contains(QLatin1String("id")) || chunk.contains(QLatin1String("model")))) {
        m_started = true;
        m_out.push_back(TutorStarted {chunk.value(QLatin1String("id")).toString(),
            chunk.value(QLatin1String("model")).toString()});
    }
    const QJsonArray choices = chunk.value(QLatin1String("choices")).toArray();
    for (const QJsonValue& choice : choices) {
        const QJsonObject object = choice.toObject();
        if (object.value(QLatin1String("index")).toInt(0) == 0) {
            readChoice(object);
        }
    }
    readUsage(chunk);
}

void OpenAiChatDecoder::readChoice(const QJsonObject& choice)
{
    const QJsonValue delta = choice.value(QLatin1String("delta"));
    const QJsonObject message
        = delta.isObject() ? delta.toObject() : choice.value(QLatin1String("message")).toObject();
    const QString named = message.value(QLatin1String("reasoning_content")).toString();
    const QString reasoning = named.isEmpty() ? message.value(QLatin1String("reasoning")).toString() : named;
    if (!reasoning.isEmpty()) {
        m_out.push_back(ReasoningDelta {reasoning});
    }
    readContent(message.value(QLatin1String("content")));
    const QString refusal = message.value(QLatin1String("refusal")).toString();
    if (!refusal.isEmpty()) {
        m_refused = true;
        m_out.push_back(RefusalDelta {refusal});
    }
    readToolCalls(message.value(QLatin1String("tool_calls")));
    const QString reason = choice.value(QLatin1String("finish_reason")).toString();
    if (!reason.isEmpty()) {
        m_finishReason = reason;
    }
}

void OpenAiChatDecoder::readContent(const QJsonValue& content)
{
    if (content.isString()) {
        say(m_think.feed(content.toString()));
        return;
    }
    const QJsonArray parts = content.toArray();
    for (const QJsonValue& part : parts) {
        const QJsonObject object = part.toObject();
        const QString type = object.value(QLatin1String("type")).toString();
        if (type == QLatin1String("text")) {
            say({{}, object.value(QLatin1String("text")).toString()});
        } else if (type == QLatin1String("thinking")) {
            const QJsonValue thinking = object.value(QLatin1String("thinking"));
            QString text = thinking.toString();
            const QJsonArray pieces = thinking.toArray();
            for (const QJsonValue& piece : pieces) {
                text += piece.toObject().value(QLatin1String("text")).toString();
            }
            say({text, {}});
        }
    }
}

void OpenAiChatDecoder::readToolCalls(const QJsonValue& calls)
{
    const QJsonArray list = calls.toArray();
    for (qsizetype i = 0; i < list.size(); ++i) {
        const QJsonObject call = list[i].toObject();
        const QJsonObject function = call.value(QLatin1String("function")).toObject();
        m_out.push_back(ToolCallDelta {call.value(QLatin1String("index")).toInt(int(i)),
            call.value(QLatin1String("id")).toString(), function.value(QLatin1String("name")).toString(),
            function.value(QLatin1String("arguments")).toString()});
    }
}

void OpenAiChatDecoder::readUsage(const QJsonObject& chunk)
{
    QJsonObject usage = chunk.value(QLatin1String("usage")).toObject();
    if (usage.isEmpty()) {
        usage = chunk.value(QLatin1String("x_groq")).toObject().value(QLatin1String("usage")).toObject();
    }
    if (usage.isEmpty()) {
        return;
    }
    m_out.push_back(TutorUsage {count(usage, "prompt_tokens"), count(usage, "completion_tokens"),
        count(usage.value(QLatin1String("prompt_tokens_details")).toObject(), "cached_tokens"),
        count(usage.value(QLatin1String("completion_tokens_details")).toObject(), "reasoning_tokens")});
}

void OpenAiChatDecoder::say(const ThinkTags::Split& split)
{
    if (!split.reasoning.isEmpty()) {
        m_out.push_back(ReasoningDelta {split.reasoning});
    }
    if (!split.text.isEmpty()) {
        m_out.push_back(TextDelta {split.text});
    }
}

std::vector<TutorEvent> ErrorBodyDecoder::feed(QByteArrayView bytes)
{
    m_body.append(bytes.first(std::min(bytes.size(), largestBody - m_body.size())));
    return {};
}

std::vector<TutorEvent> ErrorBodyDecoder::end()
{
    if (std::exchange(m_over, true)) {
        return {};
    }
    const Result<QJsonValue> json = parseJson(m_body);
    return {providerError(m_status, m_headers, json ? *json : QJsonValue())};
}
