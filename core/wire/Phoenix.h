// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QJsonValue>
#include <QString>

#include <optional>

class TextMemory;

/// Messages of Supabase Realtime, the Phoenix channel protocol, for both ends of the socket.
/// Source: reference supabase-protocol A2–A3. Pure functions; use on any thread.

/// vsn 1.0.0: JSON objects, text only. vsn 2.0.0: JSON arrays and binary frames.
enum class PhoenixVersion { V1, V2 };

/// Who sent the frame; some layouts differ by direction.
enum class Side { Client, Server };

struct PhoenixMessage
{
    std::optional<QString> joinRef; ///< never on the wire from a V1 server
    std::optional<QString> ref;
    QString topic; ///< with the "realtime:" prefix
    QString event;
    /// Null in decoded postgres_changes and broadcast messages, the most frequent and largest
    /// of all: decodeChange() and decodeBroadcast() read their text.
    QJsonValue payload;
    /// Decoding: the payload's exact text. Encoding: written verbatim instead of `payload` unless
    /// empty, so that numbers keep all their digits.
    QByteArray payloadText;
    /// Raw bytes of a binary user broadcast or push; `payloadText` then holds the rest of the
    /// envelope.
    std::optional<QByteArray> binaryPayload;
};

/// The first byte of a binary frame.
enum class PhoenixKind : quint8 {
    Push = 0,
    Reply = 1,
    Broadcast = 2,
    UserBroadcastPush = 3, ///< client to server
    UserBroadcast = 4 ///< server to client
};

/// ErrorKind::Protocol, code "phoenix_malformed", for anything that is not a message.
/// Names are shared through `memory` when there is one.
Result<PhoenixMessage> decodeText(
    PhoenixVersion version, QByteArrayView text, TextMemory* memory = nullptr);

/// User broadcasts (kinds 3 and 4) come out as a text broadcast would: event "broadcast", payload
/// {type, event, payload, meta?}; raw bytes are in `binaryPayload` instead of payload.payload.
Result<PhoenixMessage> decodeBinary(QByteArrayView frame, Side sender);

QByteArray encodeText(PhoenixVersion version, const PhoenixMessage& message, Side sender);

/// A broadcast chosen by a user of the channel, as carried by kinds 3 and 4.
struct UserBroadcast
{
    QString topic;
    QString event;
    QByteArray payload; ///< JSON text or raw bytes
    bool isJson = true;
    QByteArray metadata; ///< JSON object text or empty
    std::optional<QString> joinRef, ref; ///< kind 3 only
};

/// Kind 3 when sent by a client, kind 4 when sent by a server. Every name is at most 255 bytes of
/// UTF-8: ErrorKind::Invalid, code "phoenix_too_long", otherwise.
Result<QByteArray> encodeUserBroadcast(const UserBroadcast& broadcast, Side sender);

/// The reply to `request`: {"status": …, "response": …}. A server's helper.
PhoenixMessage replyTo(const PhoenixMessage& request, bool ok, const QJsonValue& response);
