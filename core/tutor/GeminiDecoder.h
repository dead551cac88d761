// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tutor/FrameDecoder.h"

class JsonCursor;

/// Reads a Google streamGenerateContent answer: server-sent events, or the JSON array that comes
/// without alt=sse. The reply is complete with a finish reason or a blocked prompt; usage may follow.
/// Source: ai-providers A4.
class GeminiDecoder final : public FrameDecoder
{
public:
    bool isComplete() const override { return !m_finishReason.isEmpty() || !m_blockReason.isEmpty(); }

private:
    struct Chunk;

    bool readFrame(QByteArrayView event, QByteArrayView json) override;
    void readEnd(bool isDone) override;

    void readCandidate(JsonCursor& in, Chunk& chunk);
    void tellParts(QByteArrayView parts);
    void tellPart(JsonCursor& in);
    void tellGrounding(QByteArrayView grounding);

    QString m_finishReason;
    QString m_finishDetail;
    QString m_blockReason;
    QByteArray m_continuation;
    int m_calls = 0;
};
