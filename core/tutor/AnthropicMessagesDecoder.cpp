// SPDX-License-Identifier: GPL-3.0-or-later
#include "tutor/AnthropicMessagesDecoder.h"

#include "tutor/FrameReading.h"
#include "wire/Json.h"

namespace {

FinishReason reasonOf(const QString& raw)
{
    if (raw == QLatin1String("end_turn") || raw == QLatin1String("stop_sequence")) {
        return FinishReason::Stop;
    }
    if (raw == QLatin1String("max_tokens")) {
        return FinishReason::Length;
    }
    if (raw == QLatin1String("tool_use")) {
        return FinishReason::Tool;
    }
    if (raw == QLatin1String("refusal")) {
        return FinishReason::Refusal;
    }
    if (raw == QLatin1String("pause_turn")) {
        return FinishReason::Paused;
    }
    if (raw == QLatin1String("model_context_window_exceeded")) {
        return FinishReason::ContextFull;
    }
    return FinishReason::Other;
}

void keep(qint64& value, qint64 said)
{
    if (said >= 0) {
        value = said;
    }
}

} // namespace

/// What of an event matters, as exact texts.
struct AnthropicMessagesDecoder::Event
{
    QByteArrayView type;
    QByteArrayView message;
    QByteArrayView block;
    QByteArrayView delta;
    QByteArrayView usage;
    QByteArrayView error;
    qint64 index = 0;
};

bool AnthropicMessagesDecoder::readFrame(QByteArrayView name, QByteArrayView json)
{
    Event event;
    JsonCursor in(json);
    in.object([&](QByteArrayView member) {
        if (frame::named(member, "type")) {
            event.type = frame::held(in);
        } else if (frame::named(member, "index")) {
            event.index = frame::whole(in);
        } else if (frame::named(member, "delta")) {
            event.delta = frame::held(in);
        } else if (frame::named(member, "content_block")) {
            event.block = frame::held(in);
        } else if (frame::named(member, "message")) {
            event.message = frame::held(in);
        } else if (frame::named(member, "usage")) {
            event.usage = frame::held(in);
        } else if (frame::named(member, "error")) {
            event.error = frame::held(in);
        } else {
            in.skip();
        }
    });
    if (!in.finished()) {
        return false;
    }
    QByteArray named;
    if (event.type.isEmpty()) {
        named = '"' + name.toByteArray() + '"';
        event.type = named;
    }
    if (m_closed && !frame::is(event.type, "message_start")) {
        return true;
    }
    if (frame::is(event.type, "content_block_delta")) {
        tellDelta(event.index, event.delta);
    } else if (frame::is(event.type, "error") || !event.error.isEmpty()) {
        const Result<QJsonValue> body = parseJson(json);
        fail(body ? *body : QJsonValue());
    } else if (frame::is(event.type, "ping")) {
        tell(TutorPing {});
    } else if (frame::is(event.type, "message_start")) {
        openMessage(event);
    } else if (frame::is(event.type, "content_block_start")) {
        openBlock(event.index, event.block);
    } else if (frame::is(event.type, "content_block_stop")) {
        closeBlock(event.index);
    } else if (frame::is(event.type, "message_delta")) {
        tellMessageDelta(event);
    } else if (frame::is(event.type, "message_stop")) {
        m_closed = !m_stopReason.isEmpty();
    } else if (frame::is(event.type, "message")) {
        readWholeMessage(json);
    }
    return true;
}

void AnthropicMessagesDecoder::openMessage(const Event& event)
{
    QByteArrayView id;
    QByteArrayView model;
    QByteArrayView usage;
    JsonCursor in(event.message);
    frame::members(in, [&](QByteArrayView name) {
        if (frame::named(name, "id")) {
            id = frame::held(in);
        } else if (frame::named(name, "model")) {
            model = frame::held(in);
        } else if (frame::named(name, "usage")) {
            usage = frame::held(in);
        } else {
            in.skip();
        }
    });
    const QString message = frame::text(id);
    if (m_opened && message == m_message) {
        return;
    }
    if (std::exchange(m_opened, true) && !m_closed) {
        // Two answers mixed into one: what was said stays, what follows belongs to nobody.
        fail(QJsonObject {{QStringLiteral("error"),
            QJsonObject {{QStringLiteral("type"), QStringLiteral("server_error")},
                {QStringLiteral("message"), QStringLiteral("a second message began inside the first")}}}});
        return;
    }
    m_closed = false;
    m_stopReason.clear();
    m_tokens = {};
    m_message = message;
    start(id, model);
    readUsage(usage);
    tellUsage();
}

void AnthropicMessagesDecoder::openBlock(qint64 index, QByteArrayView json)
{
    QByteArrayView type;
    QByteArrayView text;
    QByteArrayView thinking;
    QByteArrayView signature;
    QByteArrayView id;
    QByteArrayView name;
    QByteArrayView input;
    QByteArrayView citations;
    JsonCursor in(json);
    frame::members(in, [&](QByteArrayView member) {
        if (frame::named(member, "type")) {
            type = frame::held(in);
        } else if (frame::named(member, "text")) {
            text = frame::held(in);
        } else if (frame::named(member, "thinking")) {
            thinking = frame::held(in);
        } else if (frame::named(member, "signature")) {
            signature = frame::held(in);
        } else if (frame::named(member, "id")) {
            id = frame::held(in);
        } else if (frame::named(member, "name")) {
            name = frame::held(in);
        } else if (frame::named(member, "input")) {
            input = frame::held(in);
        } else if (frame::named(member, "citations")) {
            citations = frame::held(in);
        } else {
            in.skip();
        }
    });
    Block block;
    if (frame::is(type, "text")) {
        block.kind = BlockKind::Text;
        say(frame::text(text));
        if (!citations.isEmpty()) {
            JsonCursor list(citations);
            frame::elements(list, [&] { tellCitation(list.skip()); });
        }
    } else if (frame::is(type, "thinking")) {
        block.kind = BlockKind::Thinking;
        block.thinking = frame::text(thinking);
        block.signature = frame::text(signature);
        think(block.thinking);
    } else if (frame::is(type, "redacted_thinking")) {
        tell(ReasoningOpaque {json.toByteArray()});
    } else if (frame::is(type, "tool_use")) {
        block.kind = BlockKind::ToolUse;
        block.call = m_calls++;
        block.input = QString::fromUtf8(input);
        tell(ToolCallDelta {block.call, frame::text(id), frame::text(name), {}});
    }
    m_blocks[index] = std::move(block);
}

void AnthropicMessagesDecoder::tellDelta(qint64 index, QByteArrayView json)
{
    QByteArrayView type;
    QByteArrayView value;
    QByteArrayView citation;
    JsonCursor in(json);
    frame::members(in, [&](QByteArrayView name) {
        if (frame::named(name, "type")) {
            type = frame::held(in);
        } else if (frame::named(name, "text") || frame::named(name, "thinking") || frame::named(name, "signature") || frame::named(name, "partial_json")) {
            value = frame::held(in);
        } else if (frame::named(name, "citation")) {
            citation = frame::held(in);
        } else {
            in.skip();
        }
    });
    if (frame::is(type, "text_delta")) {
        say(frame::text(value));
        return;
    }
    if (frame::is(type, "citations_delta")) {
        tellCitation(citation);
        return;
    }
    Block& block = m_blocks[index];
    if (frame::is(type, "thinking_delta")) {
        const QString text = frame::text(value);
        block.thinking += text;
        think(text);
    } else if (frame::is(type, "signature_delta")) {
        block.signature += frame::text(value);
    } else if (frame::is(type, "input_json_delta") && block.kind == BlockKind::ToolUse) {
        const QString piece = frame::text(value);
        if (!piece.isEmpty()) {
            block.input.clear();
            tell(ToolCallDelta {block.call, {}, {}, piece});
        }
    }
}

void AnthropicMessagesDecoder::closeBlock(qint64 index)
{
    const auto found = m_blocks.find(index);
    if (found == m_blocks.end()) {
        return;
    }
    Block& block = found->second;
    if (block.kind == BlockKind::ToolUse && !block.input.isEmpty() && block.input != QLatin1String("{}")) {
        tell(ToolCallDelta {block.call, {}, {}, block.input});
    } else if (block.kind == BlockKind::Thinking) {
        tell(ReasoningOpaque {toJson(QJsonObject {{QStringLiteral("type"), QStringLiteral("thinking")},
            {QStringLiteral("thinking"), block.thinking}, {QStringLiteral("signature"), block.signature}})});
    }
    m_blocks.erase(found);
}

void AnthropicMessagesDecoder::tellMessageDelta(const Event& event)
{
    readStop(event.delta);
    if (!event.usage.isEmpty()) {
        readUsage(event.usage);
        tellUsage();
    }
}

void AnthropicMessagesDecoder::readStop(QByteArrayView json)
{
    QByteArrayView reason;
    JsonCursor in(json);
    frame::members(in, [&](QByteArrayView name) {
        if (frame::named(name, "stop_reason")) {
            reason = frame::held(in);
        } else if (frame::named(name, "stop_details")) {
            QString category;
            QString explanation;
            frame::members(in, [&](QByteArrayView detail) {
                if (frame::named(detail, "category")) {
                    category = frame::text(in.skip());
                } else if (frame::named(detail, "explanation")) {
                    explanation = frame::text(in.skip());
                } else {
                    in.skip();
                }
            });
            m_stopDetail = category.isEmpty() || explanation.isEmpty() ? category + explanation
                                                                       : category + QStringLiteral(": ") + explanation;
        } else {
            in.skip();
        }
    });
    if (!reason.isEmpty()) {
        m_stopReason = frame::text(reason);
    }
}

void AnthropicMessagesDecoder::readUsage(QByteArrayView json)
{
    JsonCursor in(json);
    frame::members(in, [&](QByteArrayView name) {
        if (frame::named(name, "input_tokens")) {
            keep(m_tokens.fresh, frame::whole(in));
        } else if (frame::named(name, "cache_creation_input_tokens")) {
            keep(m_tokens.written, frame::whole(in));
        } else if (frame::named(name, "cache_read_input_tokens")) {
            keep(m_tokens.cached, frame::whole(in));
        } else if (frame::named(name, "output_tokens")) {
            keep(m_tokens.output, frame::whole(in));
        } else if (frame::named(name, "output_tokens_details")) {
            frame::members(in, [&](QByteArrayView detail) {
                if (frame::named(detail, "thinking_tokens")) {
                    keep(m_tokens.thinking, frame::whole(in));
                } else {
                    in.skip();
                }
            });
        } else {
            in.skip();
        }
    });
}

void AnthropicMessagesDecoder::tellUsage()
{
    TutorUsage usage;
    usage.output = m_tokens.output;
    usage.cachedInput = m_tokens.cached;
    usage.cacheWritten = m_tokens.written;
    usage.reasoning = m_tokens.thinking;
    if (m_tokens.fresh >= 0) {
        usage.input = m_tokens.fresh + std::max<qint64>(m_tokens.written, 0) + std::max<qint64>(m_tokens.cached, 0);
    }
    if (usage != TutorUsage {}) {
        tell(usage);
    }
}

void AnthropicMessagesDecoder::tellCitation(QByteArrayView json)
{
    TutorCitation citation;
    JsonCursor in(json);
    frame::members(in, [&](QByteArrayView name) {
        if (frame::named(name, "url")) {
            citation.url = frame::text(frame::held(in));
        } else if (frame::named(name, "title") || frame::named(name, "document_title")) {
            citation.title = frame::text(frame::held(in));
        } else {
            in.skip();
        }
    });
    tell(std::move(citation));
}

void AnthropicMessagesDecoder::readWholeMessage(QByteArrayView json)
{
    QByteArrayView id;
    QByteArrayView model;
    QByteArrayView content;
    JsonCursor in(json);
    in.object([&](QByteArrayView name) {
        if (frame::named(name, "id")) {
            id = frame::held(in);
        } else if (frame::named(name, "model")) {
            model = frame::held(in);
        } else if (frame::named(name, "content")) {
            content = frame::held(in);
        } else if (frame::named(name, "usage")) {
            readUsage(in.skip());
        } else {
            in.skip();
        }
    });
    start(id, model);
    JsonCursor blocks(content);
    qint64 index = 0;
    frame::elements(blocks, [&] {
        openBlock(index, blocks.skip());
        closeBlock(index++);
    });
    readStop(json);
    tellUsage();
    m_closed = !m_stopReason.isEmpty();
}

void AnthropicMessagesDecoder::readEnd(bool)
{
    if (isComplete()) {
        finish(TutorFinished {reasonOf(m_stopReason), m_stopReason, m_stopDetail});
    }
}
