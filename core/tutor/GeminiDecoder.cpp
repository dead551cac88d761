// SPDX-License-Identifier: GPL-3.0-or-later
#include "tutor/GeminiDecoder.h"

#include "tutor/FrameReading.h"
#include "wire/Json.h"

namespace {

FinishReason reasonOf(const QString& raw, bool hasCalls)
{
    if (raw == QLatin1String("STOP")) {
        return hasCalls ? FinishReason::Tool : FinishReason::Stop;
    }
    if (raw == QLatin1String("MAX_TOKENS")) {
        return FinishReason::Length;
    }
    if (raw == QLatin1String("CONTINUATION")) {
        return FinishReason::Continuation;
    }
    for (const char* filtered : {"SAFETY", "RECITATION", "LANGUAGE", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII",
             "IMAGE_SAFETY", "IMAGE_PROHIBITED_CONTENT", "IMAGE_RECITATION"}) {
        if (raw == QLatin1String(filtered)) {
            return FinishReason::Filtered;
        }
    }
    return raw.startsWith(QLatin1String("MALFORMED_")) ? FinishReason::Error : FinishReason::Other;
}

TutorUsage readUsage(JsonCursor& in)
{
    TutorUsage usage;
    qint64 tools = -1;
    frame::members(in, [&](QByteArrayView name) {
        if (frame::named(name, "promptTokenCount")) {
            usage.input = frame::whole(in);
        } else if (frame::named(name, "candidatesTokenCount")) {
            usage.output = frame::whole(in);
        } else if (frame::named(name, "thoughtsTokenCount")) {
            usage.reasoning = frame::whole(in);
        } else if (frame::named(name, "cachedContentTokenCount")) {
            usage.cachedInput = frame::whole(in);
        } else if (frame::named(name, "toolUsePromptTokenCount")) {
            tools = frame::whole(in);
        } else {
            in.skip();
        }
    });
    if (usage.reasoning > 0) {
        usage.output = std::max<qint64>(usage.output, 0) + usage.reasoning;
    }
    if (tools > 0) {
        usage.input = std::max<qint64>(usage.input, 0) + tools;
    }
    return usage;
}

} // namespace

/// What of a chunk matters, as exact texts.
struct GeminiDecoder::Chunk
{
    QByteArrayView id;
    QByteArrayView model;
    QByteArrayView error;
    QByteArrayView parts;
    QByteArrayView finishReason;
    QByteArrayView finishMessage;
    QByteArrayView continuation;
    QByteArrayView grounding;
    QByteArrayView blockReason;
    QByteArrayView blockMessage;
    TutorUsage usage;
};

bool GeminiDecoder::readFrame(QByteArrayView, QByteArrayView json)
{
    Chunk chunk;
    JsonCursor in(json);
    in.object([&](QByteArrayView name) {
        if (frame::named(name, "candidates")) {
            frame::elements(in, [&] { readCandidate(in, chunk); });
        } else if (frame::named(name, "usageMetadata")) {
            chunk.usage = readUsage(in);
        } else if (frame::named(name, "modelVersion")) {
            chunk.model = frame::held(in);
        } else if (frame::named(name, "responseId")) {
            chunk.id = frame::held(in);
        } else if (frame::named(name, "error")) {
            chunk.error = frame::held(in);
        } else if (frame::named(name, "promptFeedback")) {
            frame::members(in, [&](QByteArrayView member) {
                if (frame::named(member, "blockReason")) {
                    chunk.blockReason = frame::held(in);
                } else if (frame::named(member, "blockReasonMessage")) {
                    chunk.blockMessage = frame::held(in);
                } else {
                    in.skip();
                }
            });
        } else {
            in.skip();
        }
    });
    if (!in.finished()) {
        return false;
    }
    if (!chunk.error.isEmpty()) {
        const Result<QJsonValue> body = parseJson(json);
        fail(body ? *body : QJsonValue());
        return true;
    }
    start(chunk.id, chunk.model);
    tellParts(chunk.parts);
    tellGrounding(chunk.grounding);
    if (chunk.usage != TutorUsage {}) {
        tell(chunk.usage);
    }
    if (const QString reason = frame::text(chunk.finishReason); !reason.isEmpty()) {
        m_finishReason = reason;
        m_finishDetail = frame::text(chunk.finishMessage);
        m_continuation = frame::text(chunk.continuation).toUtf8();
    }
    if (const QString reason = frame::text(chunk.blockReason); !reason.isEmpty()) {
        m_blockReason = reason;
        m_finishDetail = frame::text(chunk.blockMessage);
    }
    return true;
}

void GeminiDecoder::readCandidate(JsonCursor& in, Chunk& chunk)
{
    Chunk read;
    qint64 index = 0;
    frame::members(in, [&](QByteArrayView name) {
        if (frame::named(name, "content")) {
            frame::members(in, [&](QByteArrayView member) {
                if (frame::named(member, "parts")) {
                    read.parts = frame::held(in);
                } else {
                    in.skip();
                }
            });
        } else if (frame::named(name, "finishReason")) {
            read.finishReason = frame::held(in);
        } else if (frame::named(name, "finishMessage")) {
            read.finishMessage = frame::held(in);
        } else if (frame::named(name, "continuationToken")) {
            read.continuation = frame::held(in);
        } else if (frame::named(name, "groundingMetadata")) {
            read.grounding = frame::held(in);
        } else if (frame::named(name, "index")) {
            index = std::max<qint64>(frame::whole(in), 0);
        } else {
            in.skip();
        }
    });
    if (index == 0) {
        chunk.parts = read.parts;
        chunk.finishReason = read.finishReason;
        chunk.finishMessage = read.finishMessage;
        chunk.continuation = read.continuation;
        chunk.grounding = read.grounding;
    }
}

void GeminiDecoder::tellParts(QByteArrayView parts)
{
    if (!parts.isEmpty()) {
        JsonCursor in(parts);
        frame::elements(in, [&] { tellPart(in); });
    }
}

void GeminiDecoder::tellPart(JsonCursor& in)
{
    QByteArrayView text;
    QByteArrayView call;
    QByteArrayView signature;
    bool isThought = false;
    frame::members(in, [&](QByteArrayView name) {
        if (frame::named(name, "text")) {
            text = frame::held(in);
        } else if (frame::named(name, "thought")) {
            isThought = in.skip() == "true";
        } else if (frame::named(name, "thoughtSignature")) {
            signature = frame::held(in);
        } else if (frame::named(name, "functionCall")) {
            call = frame::held(in);
        } else {
            in.skip();
        }
    });
    if (isThought) {
        think(frame::text(text));
    } else {
        say(frame::text(text));
    }
    // An empty call only ends one that came in pieces.
    if (!call.isEmpty() && call != "{}") {
        ToolCallDelta delta;
        delta.index = m_calls++;
        delta.arguments = QStringLiteral("{}");
        JsonCursor members(call);
        frame::members(members, [&](QByteArrayView name) {
            if (frame::named(name, "id")) {
                delta.id = frame::text(frame::held(members));
            } else if (frame::named(name, "name")) {
                delta.name = frame::text(frame::held(members));
            } else if (frame::named(name, "args") && members.peek() == '{') {
                delta.arguments = QString::fromUtf8(members.skip());
            } else {
                members.skip();
            }
        });
        tell(std::move(delta));
    }
    if (signature.size() > 2) {
        tell(ReasoningOpaque {"{\"thoughtSignature\":" + signature.toByteArray() + '}'});
    }
}

void GeminiDecoder::tellGrounding(QByteArrayView grounding)
{
    if (grounding.isEmpty()) {
        return;
    }
    JsonCursor in(grounding);
    frame::members(in, [&](QByteArrayView name) {
        if (!frame::named(name, "groundingChunks")) {
            in.skip();
            return;
        }
        frame::elements(in, [&] {
            TutorCitation citation;
            frame::members(in, [&](QByteArrayView) {
                frame::members(in, [&](QByteArrayView member) {
                    if (frame::named(member, "uri")) {
                        citation.url = frame::text(frame::held(in));
                    } else if (frame::named(member, "title")) {
                        citation.title = frame::text(frame::held(in));
                    } else {
                        in.skip();
                    }
                });
            });
            tell(std::move(citation));
        });
    });
}

void GeminiDecoder::readEnd(bool)
{
    if (!m_finishReason.isEmpty()) {
        finish(TutorFinished {reasonOf(m_finishReason, m_calls > 0), m_finishReason, m_finishDetail, m_continuation});
    } else if (!m_blockReason.isEmpty()) {
        finish(TutorFinished {FinishReason::Filtered, QStringLiteral("BLOCKED:") + m_blockReason, m_finishDetail});
    }
}
