// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/Broadcast.h"

#include "wire/JsonCursor.h"
#include "wire/TextMemory.h"

namespace {

/// Member by member: Qt's parser is slow with long texts.
QJsonObject payloadFrom(JsonCursor& in, TextMemory* memory)
{
    QJsonObject payload;
    if (in.peek() != '{') {
        in.skip();
        return payload;
    }
    in.object([&](QByteArrayView name) {
        const QString key = sharedText(memory, name);
        payload.insert(key, in.value());
    });
    return payload;
}

} // namespace

Result<Broadcast> decodeBroadcast(const PhoenixMessage& message, TextMemory* memory)
{
    JsonCursor in(message.payloadText);
    Broadcast broadcast;
    in.object([&](QByteArrayView name) {
        if (name == "event") {
            broadcast.event = in.peek() == '"' ? in.string(memory) : in.value().toString();
        } else if (name == "payload") {
            broadcast.payload = payloadFrom(in, memory);
        } else if (name == "meta") {
            const QJsonObject meta = in.value().toObject();
            broadcast.meta = {meta.value(QLatin1String("id")).toString(),
                meta.value(QLatin1String("replayed")).toBool()};
        } else {
            in.skip();
        }
    });
    if (!in.finished()) {
        return Error{ErrorKind::Protocol, QStringLiteral("broadcast_malformed"), {}, {}};
    }
    return broadcast;
}
