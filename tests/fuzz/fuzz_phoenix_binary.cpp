// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz/FuzzTarget.h"
#include "wire/Phoenix.h"

#include <QJsonObject>

/// Whatever a binary frame says, its names are inside the frame, and its broadcasts have the shape
/// of those that come as text.
FUZZ_TARGET(phoenix_binary)
{
    for (const Side side : {Side::Client, Side::Server}) {
        const Result<PhoenixMessage> message = decodeBinary(viewOf(data, size), side);
        if (!message.ok()) {
            continue;
        }
        mustHold(message->topic.size() <= qsizetype(size));
        mustHold(!message->binaryPayload || message->binaryPayload->size() <= qsizetype(size));
        if (message->event == QLatin1String("broadcast") && message->payload.isObject()) {
            const QJsonObject envelope = message->payload.toObject();
            mustHold(envelope.value(QLatin1String("event")).isString());
            mustHold(message->binaryPayload || envelope.contains(QLatin1String("payload")));
        }
    }
    return 0;
}
