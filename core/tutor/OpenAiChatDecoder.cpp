// SPDX-License-Identifier: GPL-3.0-or-later
#include "tutor/OpenAiChatDecoder.h"

#include "tutor/FrameReading.h"
#include "tutor/ProviderError.h"
#include "wire/Json.h"

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

TutorUsage readUsage(JsonCursor& in)
{
    TutorUsage usage;
    qint64 total = -1;
    frame::members(in, [&](QByteArrayView name) {
        if (frame::named(name, "prompt_tokens")) {
            usage.input = frame::whole(in);
        } else if (frame::named(name, "completion_tokens")) {
            usage.output = frame::whole(in);
        } else if (frame::named(name, "total_tokens")) {
            total = frame::whole(in);
        } else if (frame::named(name, "prompt_tokens_details")) {
            frame::members(in, [&](QByteArrayView detail) {
                if (frame::named(detail, "cached_tokens")) {
                    usage.cachedInput = frame::whole(in);
                } else if (frame::named(detail, "cache_write_tokens")) {
                    usage.cacheWritten = frame::whole(in);
                } else {
                    in.skip();
                }
            });
        } else if (frame::named(name, "completion_tokens_details")) {
            frame::members(in, [&](QByteArrayView detail) {
                if (frame::named(detail, "reasoning_tokens")) {
                    usage.reasoning = frame::whole(in);
                } else {
                    in.skip();
                }
            });
        } else {
            in.skip();
        }
    });
    // xAI counts reasoning beside the completion; its total tells.
    if (usage.input >= 0 && usage.output >= 0 && usage.reasoning > 0
        && total == usage.input + usage.output + usage.reasoning) {
        usage.output += usage.reasoning;
    }
    return usage;
}

} // namespace

/// What of a chunk matters, as exact texts: nothing is told before the whole chunk is known to be
/// well-formed, and the order of members is the server's.
struct OpenAiChatDecoder::Chunk
{
    QByteArrayView id;
    QByteArrayView model;
    QByteArrayView error;
    QByteArrayView content;
    QByteArrayView reasoning;
    QByteArrayView reasoningContent;
    QByteArrayView refusal;
    QByteArrayView toolCalls;
    QByteArrayView finishReason;
    TutorUsage usage;
    bool isChunk = false;
};

bool OpenAiChatDecoder::readFrame(QByteArrayView, QByteArrayView json)
{
    Chunk chunk;
    JsonCursor in(json);
    bool isLastLine = false;
    in.object([&](QByteArrayView name) {
        if (frame::named(name, "choices")) {
            chunk.isChunk = true;
            frame::elements(in, [&] { readChoice(in, chunk); });
        } else if (frame::named(name, "id")) {
            chunk.id = frame::held(in);
        } else if (frame::named(name, "model")) {
            chunk.model = frame::held(in);
        } else if (frame::named(name, "usage")) {
            chunk.isChunk = true;
            chunk.usage = in.peek() == '{' ? readUsage(in) : (in.skip(), chunk.usage);
        } else if (frame::named(name, "x_groq")) {
            frame::members(in, [&](QByteArrayView member) {
                if (frame::named(member, "usage")) {
                    chunk.usage = readUsage(in);
                } else {
                    in.skip();
                }
            });
        } else if (frame::named(name, "error")) {
            chunk.error = frame::held(in);
        } else if (frame::named(name, "message") && in.peek() == '{') {
            chunk.isChunk = true;
            readMessage(in, chunk);
        } else if (frame::named(name, "done")) {
            isLastLine = in.skip() == "true";
        } else if (frame::named(name, "done_reason")) {
            chunk.finishReason = frame::held(in);
        } else if (frame::named(name, "prompt_eval_count")) {
            chunk.usage.input = frame::whole(in);
        } else if (frame::named(name, "eval_count")) {
            chunk.usage.output = frame::whole(in);
        } else {
            in.skip();
        }
    });
    if (!in.finished()) {
        return false;
    }
    if (!chunk.error.isEmpty() || (!chunk.isChunk && chunk.id.isEmpty())) {
        const Result<QJsonValue> body = parseJson(json);
        if (body && isProviderError(body->toObject())) {
            fail(*body);
            return true;
        }
    }
    start(chunk.id, chunk.model);
    const QString named = frame::text(chunk.reasoningContent);
    think(named.isEmpty() ? frame::text(chunk.reasoning) : named);
    tellContent(chunk.content);
    if (const QString refusal = frame::text(chunk.refusal); !refusal.isEmpty()) {
        m_refused = true;
        refuse(refusal);
    }
    tellToolCalls(chunk.toolCalls);
    if (chunk.usage != TutorUsage {}) {
        tell(chunk.usage);
    }
    if (chunk.finishReason.size() > 2) {
        m_finishReason = frame::text(chunk.finishReason);
    } else if (isLastLine) {
        m_finishReason = QStringLiteral("stop");
    }
    return true;
}

void OpenAiChatDecoder::readChoice(JsonCursor& in, Chunk& chunk)
{
    Chunk read;
    qint64 index = 0;
    frame::members(in, [&](QByteArrayView name) {
        if (frame::named(name, "delta") || frame::named(name, "message")) {
            readMessage(in, read);
        } else if (frame::named(name, "finish_reason")) {
            read.finishReason = frame::held(in);
        } else if (frame::named(name, "index")) {
            index = std::max<qint64>(frame::whole(in), 0);
        } else {
            in.skip();
        }
    });
    if (index == 0) {
        chunk.content = read.content;
        chunk.reasoning = read.reasoning;
        chunk.reasoningContent = read.reasoningContent;
        chunk.refusal = read.refusal;
        chunk.toolCalls = read.toolCalls;
        chunk.finishReason = read.finishReason;
    }
}

void OpenAiChatDecoder::readMessage(JsonCursor& in, Chunk& chunk)
{
    frame::members(in, [&](QByteArrayView name) {
        if (frame::named(name, "content")) {
            chunk.content = frame::held(in);
        } else if (frame::named(name, "reasoning_content")) {
            chunk.reasoningContent = frame::held(in);
        } else if (frame::named(name, "reasoning") || frame::named(name, "thinking")) {
            chunk.reasoning = frame::held(in);
        } else if (frame::named(name, "refusal")) {
            chunk.refusal = frame::held(in);
        } else if (frame::named(name, "tool_calls")) {
            chunk.toolCalls = frame::held(in);
        } else {
            in.skip();
        }
    });
}

void OpenAiChatDecoder::tellContent(QByteArrayView content)
{
    if (!content.startsWith('[')) {
        if (content.size() > 2) {
            say(m_think.feed(frame::text(content)));
        }
        return;
    }
    const Result<QJsonValue> parts = parseJson(content);
    const QJsonArray list = parts ? parts->toArray() : QJsonArray();
    for (const QJsonValue& part : list) {
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

void OpenAiChatDecoder::tellToolCalls(QByteArrayView calls)
{
    if (calls.isEmpty()) {
        return;
    }
    JsonCursor in(calls);
    int place = 0;
    frame::elements(in, [&] {
        ToolCallDelta call;
        call.index = place++;
        frame::members(in, [&](QByteArrayView name) {
            if (frame::named(name, "index")) {
                const qint64 index = frame::whole(in);
                call.index = index >= 0 && index < 1'000 ? int(index) : call.index;
            } else if (frame::named(name, "id")) {
                call.id = frame::text(in.skip());
            } else if (frame::named(name, "function")) {
                frame::members(in, [&](QByteArrayView member) {
                    if (frame::named(member, "name")) {
                        call.name = frame::text(in.skip());
                    } else if (frame::named(member, "arguments")) {
                        const QByteArrayView arguments = frame::held(in);
                        call.arguments = arguments.startsWith('{') ? QString::fromUtf8(arguments) : frame::text(arguments);
                    } else {
                        in.skip();
                    }
                });
            } else {
                in.skip();
            }
        });
        tell(std::move(call));
    });
}

void OpenAiChatDecoder::say(const ThinkTags::Split& split)
{
    think(split.reasoning);
    FrameDecoder::say(split.text);
}

void OpenAiChatDecoder::readEnd(bool isDone)
{
    if (isDone || isComplete()) {
        finish(TutorFinished {reasonOf(m_finishReason, m_refused), m_finishReason});
    }
}
