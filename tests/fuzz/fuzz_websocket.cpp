// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz/FuzzTarget.h"
#include "wire/WebSocketFrames.h"
#include "wire/WebSocketHandshake.h"

#include <QUtf8StringView>

#include <cstring>

namespace {

constexpr qsizetype Largest = 1000;

struct Story
{
    QByteArray told; ///< every event: kind, code, size, bytes
    int failure = 0;

    bool operator==(const Story&) const = default;
};

/// The bytes in reads of at most `step`.
Story storyOf(QByteArrayView bytes, qsizetype step)
{
    WebSocketDecoder in(Largest);
    Story story;
    bool ended = false;
    while (!bytes.isEmpty()) {
        const std::span<char> room = in.room();
        const qsizetype some = std::min({step, bytes.size(), qsizetype(room.size())});
        mustHold(some > 0);
        std::memcpy(room.data(), bytes.data(), size_t(some));
        in.took(some);
        bytes = bytes.sliced(some);
        while (const auto event = in.next()) {
            mustHold(!ended && event->bytes.size() <= Largest);
            const bool isText = event->kind == WebSocketKind::Text || event->kind == WebSocketKind::Close;
            mustHold(!isText || QUtf8StringView(event->bytes).isValidUtf8());
            ended = event->kind == WebSocketKind::Close;
            story.told.append(char(event->kind)).append(QByteArray::number(event->code)).append(' ');
            story.told.append(QByteArray::number(event->bytes.size())).append(' ').append(event->bytes);
        }
    }
    story.failure = in.failure();
    return story;
}

} // namespace

/// How the network cuts what a server sends changes nothing. The same bytes as an answer: a head is
/// whole or it is not, whatever follows it.
FUZZ_TARGET(websocket)
{
    const QByteArrayView bytes = viewOf(data, size);
    const Story whole = storyOf(bytes, qMax<qsizetype>(1, bytes.size()));
    mustHold(whole == storyOf(bytes, 1));
    mustHold(whole == storyOf(bytes, 3));

    const QByteArray key = "dGhlIHNhbXBsZSBub25jZQ==";
    const auto answer = readWebSocketAnswer(bytes, key);
    if (answer.ok() && answer->has_value()) {
        mustHold((*answer)->size <= bytes.size() && (*answer)->status >= 100 && (*answer)->status <= 999);
        mustHold(readWebSocketAnswer(bytes.first((*answer)->size), key).ok());
    }
    return 0;
}
