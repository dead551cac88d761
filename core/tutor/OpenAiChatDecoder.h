// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tutor/FrameDecoder.h"
#include "tutor/ThinkTags.h"

class JsonCursor;

/// Reads a Chat Completions answer: a stream of chunks, or one whole JSON answer from a server that
/// ignores `stream`. Understands the dialects of compatible servers (reasoning fields, content as
/// typed parts, errors in any shape, a missing [DONE], null members, Groq's usage, Ollama's own
/// lines of JSON). A broken frame is skipped. Source: ai-providers A1 and A5.
class OpenAiChatDecoder final : public FrameDecoder
{
public:
    bool isComplete() const override { return !m_finishReason.isEmpty(); }

private:
    struct Chunk;

    bool readFrame(QByteArrayView event, QByteArrayView json) override;
    void readEnd(bool isDone) override;
    void settle() override { say(m_think.end()); }

    static void readChoice(JsonCursor& in, Chunk& chunk);
    static void readMessage(JsonCursor& in, Chunk& chunk);
    void tellContent(QByteArrayView content);
    void tellToolCalls(QByteArrayView calls);
    void say(const ThinkTags::Split& split);

    ThinkTags m_think;
    QString m_finishReason;
    bool m_refused = false;
};
