// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/realtime/Frames.h"

#include "academy/http/Message.h"
#include "academy/realtime/RawJson.h"

namespace academy::frames {
namespace {

QString qt(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QByteArray qtBytes(std::string_view text)
{
    return {text.data(), static_cast<qsizetype>(text.size())};
}

std::optional<QString> qt(const std::optional<std::string>& text)
{
    return text ? std::optional(qt(std::string_view(*text))) : std::nullopt;
}

std::optional<std::string> standard(const std::optional<QString>& text)
{
    return text ? std::optional(text->toStdString()) : std::nullopt;
}

/// `persist` in the metadata: true, or an object with a time to live.
bool wantsPersistence(const RawJson::Object& envelope)
{
    const auto metadata = envelope.object("meta");
    const auto persist = metadata ? metadata->find("persist") : std::nullopt;
    return persist && *persist != "false" && !RawJson::isNull(*persist);
}

OutFramePtr frame(const QByteArray& bytes, bool isBinary)
{
    return std::make_shared<const OutFrame>(OutFrame{bytes.toStdString(), isBinary});
}

} // namespace

std::optional<ClientMessage> decode(PhoenixVersion version, bool isBinary, std::string_view bytes)
{
    const QByteArrayView view(bytes.data(), static_cast<qsizetype>(bytes.size()));
    if (isBinary && version == PhoenixVersion::V1) {
        return std::nullopt;
    }
    const auto decoded = isBinary ? decodeBinary(view, Side::Client) : decodeText(version, view);
    if (!decoded) {
        return std::nullopt;
    }
    ClientMessage message;
    message.joinRef = standard(decoded->joinRef);
    message.ref = standard(decoded->ref);
    message.topic = decoded->topic.toStdString();
    message.event = decoded->event.toStdString();
    message.payload = decoded->payloadText.toStdString();
    // It is handed on to others as it is.
    if (!isBinary && !RawJson::isValid(message.payload)) {
        return std::nullopt;
    }
    if (isBinary && message.event == "broadcast") {
        const auto envelope = RawJson::object(message.payload);
        if (!envelope) {
            return std::nullopt;
        }
        auto& broadcast = message.userBroadcast.emplace(ClientMessage::UserBroadcast());
        broadcast.event = envelope->string("event").value_or(std::string());
        broadcast.isJson = !decoded->binaryPayload;
        broadcast.persist = wantsPersistence(*envelope);
        broadcast.payload = broadcast.isJson ? std::string(envelope->find("payload").value_or("{}"))
                                             : decoded->binaryPayload->toStdString();
    }
    return message;
}

OutFramePtr message(PhoenixVersion version, const std::optional<std::string>& joinRef,
    const std::optional<std::string>& ref, std::string_view topic, std::string_view event,
    std::string_view payload)
{
    PhoenixMessage message;
    message.joinRef = qt(joinRef);
    message.ref = qt(ref);
    message.topic = qt(topic);
    message.event = qt(event);
    message.payloadText = qtBytes(payload);
    return frame(encodeText(version, message, Side::Server), false);
}

OutFramePtr userBroadcast(std::string_view topic, std::string_view event, std::string_view payload,
    bool isJson, std::string_view metadata)
{
    ::UserBroadcast broadcast;
    broadcast.topic = qt(topic);
    broadcast.event = qt(event);
    broadcast.payload = qtBytes(payload);
    broadcast.isJson = isJson;
    broadcast.metadata = qtBytes(metadata);
    const auto encoded = encodeUserBroadcast(broadcast, Side::Server);
    return encoded ? frame(*encoded, true) : nullptr;
}

std::string broadcastPayload(
    std::string_view event, std::string_view payload, std::string_view metadata)
{
    std::string out = "{\"event\":" + jsonQuoted(event);
    if (!metadata.empty()) {
        out += ",\"meta\":";
        out += metadata;
    }
    out += ",\"payload\":";
    out += payload;
    return out + ",\"type\":\"broadcast\"}";
}

} // namespace academy::frames
