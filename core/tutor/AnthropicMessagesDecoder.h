// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tutor/FrameDecoder.h"

#include <map>

class JsonCursor;

/// Reads an Anthropic Messages answer: content blocks by index between message_start and
/// message_stop, or one whole message object. Thinking blocks come back as ReasoningOpaque for
/// replay. Unknown events, blocks and deltas are passed over. Source: ai-providers A3.
class AnthropicMessagesDecoder final : public FrameDecoder
{
public:
    bool isComplete() const override { return m_closed; }

private:
    struct Event;
    enum class BlockKind { Other, Text, Thinking, ToolUse };
    struct Block
    {
        BlockKind kind = BlockKind::Other;
        int call = 0;
        QString thinking;
        QString signature;
        QString input; ///< of a tool, given at the start; counts when no pieces come
    };
    /// As last said; absent members leave the earlier word standing.
    struct Tokens
    {
        qint64 fresh = -1;
        qint64 written = -1;
        qint64 cached = -1;
        qint64 output = -1;
        qint64 thinking = -1;
    };

    bool readFrame(QByteArrayView event, QByteArrayView json) override;
    void readEnd(bool isDone) override;

    void openMessage(const Event& event);
    void openBlock(qint64 index, QByteArrayView block);
    void tellDelta(qint64 index, QByteArrayView delta);
    void closeBlock(qint64 index);
    void tellMessageDelta(const Event& event);
    void readStop(QByteArrayView delta);
    void readUsage(QByteArrayView usage);
    void readWholeMessage(QByteArrayView json);
    void tellUsage();
    void tellCitation(QByteArrayView citation);

    std::map<qint64, Block> m_blocks;
    QString m_message; ///< its id
    Tokens m_tokens;
    QString m_stopReason;
    QString m_stopDetail;
    int m_calls = 0;
    bool m_opened = false;
    bool m_closed = false; ///< complete; another message may follow in the same body
};
