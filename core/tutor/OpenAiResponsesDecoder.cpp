// SPDX-License-Identifier: GPL-3.0-or-later
#include "tutor/OpenAiResponsesDecoder.h"

#include "tutor/FrameReading.h"
#include "wire/Json.h"

namespace {

/// Parts of reasoning are counted apart from parts of the answer.
constexpr qint64 reasoningParts = 1'000'000;

struct Response
{
    QByteArrayView id;
    QByteArrayView model;
    QByteArrayView status;
    QByteArrayView reason;
    QByteArrayView error;
    QByteArrayView output;
    TutorUsage usage;
};

qint64 detail(JsonCursor& in, QByteArrayView wanted, TutorUsage& usage)
{
    qint64 count = -1;
    frame::members(in, [&](QByteArrayView name) {
        if (name == wanted) {
            count = frame::whole(in);
        } else if (frame::named(name, "cache_write_tokens")) {
            usage.cacheWritten = frame::whole(in);
        } else {
            in.skip();
        }
    });
    return count;
}

Response readResponse(JsonCursor& in)
{
    Response response;
    frame::members(in, [&](QByteArrayView name) {
        if (frame::named(name, "id")) {
            response.id = frame::held(in);
        } else if (frame::named(name, "model")) {
            response.model = frame::held(in);
        } else if (frame::named(name, "status")) {
            response.status = frame::held(in);
        } else if (frame::named(name, "error")) {
            response.error = frame::held(in);
        } else if (frame::named(name, "output")) {
            response.output = frame::held(in);
        } else if (frame::named(name, "incomplete_details")) {
            frame::members(in, [&](QByteArrayView member) {
                if (frame::named(member, "reason")) {
                    response.reason = frame::held(in);
                } else {
                    in.skip();
                }
            });
        } else if (frame::named(name, "usage")) {
            frame::members(in, [&](QByteArrayView member) {
                if (frame::named(member, "input_tokens")) {
                    response.usage.input = frame::whole(in);
                } else if (frame::named(member, "output_tokens")) {
                    response.usage.output = frame::whole(in);
                } else if (frame::named(member, "input_tokens_details")) {
                    response.usage.cachedInput = detail(in, "cached_tokens", response.usage);
                } else if (frame::named(member, "output_tokens_details")) {
                    response.usage.reasoning = detail(in, "reasoning_tokens", response.usage);
                } else {
                    in.skip();
                }
            });
        } else {
            in.skip();
        }
    });
    return response;
}

FinishReason incompleteReason(QByteArrayView reason)
{
    if (frame::is(reason, "max_output_tokens")) {
        return FinishReason::Length;
    }
    return frame::is(reason, "content_filter") ? FinishReason::Filtered : FinishReason::Other;
}

} // namespace

/// What of an event matters, as exact texts.
struct OpenAiResponsesDecoder::Event
{
    QByteArrayView type;
    QByteArrayView delta;
    QByteArrayView text;
    QByteArrayView refusal;
    QByteArrayView arguments;
    QByteArrayView item;
    QByteArrayView response;
    QByteArrayView error;
    QByteArrayView annotation;
    QByteArrayView object;
    qint64 output = 0;
    qint64 part = 0;
    qint64 summary = 0;
};

bool OpenAiResponsesDecoder::readFrame(QByteArrayView name, QByteArrayView json)
{
    Event event;
    JsonCursor in(json);
    in.object([&](QByteArrayView member) {
        if (frame::named(member, "type")) {
            event.type = frame::held(in);
        } else if (frame::named(member, "delta")) {
            event.delta = frame::held(in);
        } else if (frame::named(member, "output_index")) {
            event.output = frame::whole(in);
        } else if (frame::named(member, "content_index")) {
            event.part = frame::whole(in);
        } else if (frame::named(member, "summary_index")) {
            event.summary = frame::whole(in);
        } else if (frame::named(member, "item")) {
            event.item = frame::held(in);
        } else if (frame::named(member, "response")) {
            event.response = frame::held(in);
        } else if (frame::named(member, "text")) {
            event.text = frame::held(in);
        } else if (frame::named(member, "refusal")) {
            event.refusal = frame::held(in);
        } else if (frame::named(member, "arguments")) {
            event.arguments = frame::held(in);
        } else if (frame::named(member, "error")) {
            event.error = frame::held(in);
        } else if (frame::named(member, "annotation")) {
            event.annotation = frame::held(in);
        } else if (frame::named(member, "object")) {
            event.object = frame::held(in);
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
    if (m_end && !frame::is(event.type, "response.created")) {
        return true;
    }
    if (frame::is(event.type, "response.output_text.delta")) {
        // Nearly every event is one of these.
        m_spoken.insert({event.output, event.part});
        say(frame::text(event.delta));
    } else if (frame::is(event.type, "error") || (!event.error.isEmpty() && event.object.isEmpty())) {
        failWith(event.error.isEmpty() ? json : event.error);
    } else if (frame::is(event.object, "response")) {
        close(event, json);
    } else if (event.type.endsWith(".delta\"")) {
        tellDelta(event);
    } else if (!event.response.isEmpty()) {
        close(event, event.response);
    } else if (!event.item.isEmpty()) {
        tellItem(event.output, event.item, frame::is(event.type, "response.output_item.done"));
    } else if (!event.annotation.isEmpty()) {
        tellCitation(event.annotation);
    } else {
        tellWhole(event);
    }
    return true;
}

void OpenAiResponsesDecoder::tellDelta(const Event& event)
{
    if (frame::is(event.type, "response.reasoning_summary_text.delta")) {
        m_spoken.insert({event.output, reasoningParts + event.summary});
        think(frame::text(event.delta));
    } else if (frame::is(event.type, "response.reasoning_text.delta")) {
        m_spoken.insert({event.output, reasoningParts + event.part});
        think(frame::text(event.delta));
    } else if (frame::is(event.type, "response.refusal.delta")) {
        m_spoken.insert({event.output, event.part});
        m_refused = true;
        refuse(frame::text(event.delta));
    } else if (frame::is(event.type, "response.function_call_arguments.delta")) {
        m_argued.insert(event.output);
        tellCall(event.output, {}, {}, frame::text(event.delta));
    }
}

/// The whole of a part, for servers that send no deltas of it.
void OpenAiResponsesDecoder::tellWhole(const Event& event)
{
    if (frame::is(event.type, "response.output_text.done") && m_spoken.insert({event.output, event.part}).second) {
        say(frame::text(event.text));
    } else if (frame::is(event.type, "response.refusal.done") && m_spoken.insert({event.output, event.part}).second) {
        m_refused = true;
        refuse(frame::text(event.refusal));
    } else if (frame::is(event.type, "response.reasoning_summary_text.done")
        && m_spoken.insert({event.output, reasoningParts + event.summary}).second) {
        think(frame::text(event.text));
    } else if (frame::is(event.type, "response.reasoning_text.done")
        && m_spoken.insert({event.output, reasoningParts + event.part}).second) {
        think(frame::text(event.text));
    } else if (frame::is(event.type, "response.function_call_arguments.done") && m_argued.insert(event.output).second) {
        tellCall(event.output, {}, {}, frame::text(event.arguments));
    }
}

void OpenAiResponsesDecoder::tellCall(qint64 item, QString id, QString name, QString arguments)
{
    m_calls = true;
    const int index = m_callPlaces.emplace(item, int(m_callPlaces.size())).first->second;
    tell(ToolCallDelta {index, std::move(id), std::move(name), std::move(arguments)});
}

void OpenAiResponsesDecoder::tellItem(qint64 index, QByteArrayView item, bool isDone)
{
    QByteArrayView type;
    QByteArrayView callId;
    QByteArrayView name;
    QByteArrayView arguments;
    QByteArrayView content;
    QByteArrayView encrypted;
    JsonCursor in(item);
    in.object([&](QByteArrayView member) {
        if (frame::named(member, "type")) {
            type = frame::held(in);
        } else if (frame::named(member, "call_id")) {
            callId = frame::held(in);
        } else if (frame::named(member, "name")) {
            name = frame::held(in);
        } else if (frame::named(member, "arguments")) {
            arguments = frame::held(in);
        } else if (frame::named(member, "content")) {
            content = frame::held(in);
        } else if (frame::named(member, "encrypted_content")) {
            encrypted = frame::held(in);
        } else {
            in.skip();
        }
    });
    if (frame::is(type, "function_call")) {
        if (m_announced.insert(index).second) {
            tellCall(index, frame::text(callId), frame::text(name), {});
        }
        if (isDone && m_argued.insert(index).second) {
            tellCall(index, {}, {}, frame::text(arguments));
        }
    } else if (frame::is(type, "message") && isDone) {
        tellParts(index, content);
    } else if (frame::is(type, "reasoning") && isDone && encrypted.size() > 2) {
        tell(ReasoningOpaque {item.toByteArray()});
    }
}

void OpenAiResponsesDecoder::tellParts(qint64 index, QByteArrayView content)
{
    JsonCursor in(content);
    qint64 part = 0;
    frame::elements(in, [&] {
        QByteArrayView text;
        QByteArrayView refusal;
        frame::members(in, [&](QByteArrayView member) {
            if (frame::named(member, "text")) {
                text = frame::held(in);
            } else if (frame::named(member, "refusal")) {
                refusal = frame::held(in);
            } else {
                in.skip();
            }
        });
        if (m_spoken.insert({index, part++}).second) {
            m_refused = m_refused || refusal.size() > 2;
            say(frame::text(text));
            refuse(frame::text(refusal));
        }
    });
}

void OpenAiResponsesDecoder::tellCitation(QByteArrayView annotation)
{
    TutorCitation citation;
    JsonCursor in(annotation);
    frame::members(in, [&](QByteArrayView name) {
        if (frame::named(name, "url")) {
            citation.url = frame::text(in.skip());
        } else if (frame::named(name, "title") || frame::named(name, "filename")) {
            citation.title = frame::text(in.skip());
        } else {
            in.skip();
        }
    });
    tell(std::move(citation));
}

void OpenAiResponsesDecoder::close(const Event& event, QByteArrayView text)
{
    JsonCursor in(text);
    const Response response = readResponse(in);
    start(response.id, response.model);
    if (frame::is(event.type, "response.created")) {
        // A body may hold several responses; what belongs where is counted anew in each.
        m_end.reset();
        m_spoken.clear();
        m_announced.clear();
        m_argued.clear();
        m_calls = false;
    }
    const bool isFailed = frame::is(event.type, "response.failed") || frame::is(response.status, "failed");
    if (isFailed || response.error.size() > 2) {
        failWith(response.error);
        return;
    }
    const bool isIncomplete
        = frame::is(event.type, "response.incomplete") || frame::is(response.status, "incomplete");
    if (!isIncomplete && !frame::is(event.type, "response.completed") && !frame::is(response.status, "completed")) {
        return;
    }
    if (!response.output.isEmpty()) {
        JsonCursor items(response.output);
        qint64 index = 0;
        const bool isNew = m_spoken.empty() && !m_calls;
        frame::elements(items, [&] {
            const QByteArrayView item = items.skip();
            if (isNew) {
                tellItem(index++, item, true);
            }
        });
    }
    if (response.usage != TutorUsage {}) {
        tell(response.usage);
    }
    const FinishReason whole = m_refused ? FinishReason::Refusal
        : m_calls                        ? FinishReason::Tool
                                         : FinishReason::Stop;
    m_end = isIncomplete
        ? TutorFinished {incompleteReason(response.reason), QStringLiteral("incomplete:") + frame::text(response.reason)}
        : TutorFinished {whole, QStringLiteral("completed")};
}

void OpenAiResponsesDecoder::failWith(QByteArrayView error)
{
    const Result<QJsonValue> body = parseJson(error);
    fail(QJsonObject {{QStringLiteral("error"), body ? *body : QJsonValue()}});
}

void OpenAiResponsesDecoder::readEnd(bool)
{
    if (m_end) {
        finish(*m_end);
    }
}
