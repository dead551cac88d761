// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wire/Phoenix.h"

#include <QJsonObject>

/// What travels beside a broadcast: the id of a stored one, and whether it was sent before we joined.
struct BroadcastMeta
{
    QString id;
    bool replayed = false;
};

/// A broadcast as its receivers get it. Source: supabase-protocol A11. A value type.
struct Broadcast
{
    QString event;
    QJsonObject payload; ///< empty when it is no object, and when it is raw bytes
    BroadcastMeta meta;
};

/// Raw bytes are in the message's `binaryPayload`. ErrorKind::Protocol, code "broadcast_malformed".
/// Names are shared through `memory` when there is one.
Result<Broadcast> decodeBroadcast(const PhoenixMessage& message, TextMemory* memory = nullptr);
