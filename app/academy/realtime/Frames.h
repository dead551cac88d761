// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wire/Phoenix.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace academy {

/// A frame ready for a socket, shared by everyone it goes to.
struct OutFrame
{
    std::string bytes;
    bool isBinary = false;
};
using OutFramePtr = std::shared_ptr<const OutFrame>;

/// What a client said, with the exact text of its payload.
struct ClientMessage
{
    /// A broadcast in the binary layout, which is handed on in that layout.
    struct UserBroadcast
    {
        std::string event;
        std::string payload;
        bool isJson = true;
        bool persist = false; ///< to be kept for replay
    };

    std::optional<std::string> joinRef;
    std::optional<std::string> ref;
    std::string topic;
    std::string event;
    std::string payload;
    std::optional<UserBroadcast> userBroadcast;
};

/// The server's end of the Phoenix codec, in the academy's string types. Pure.
namespace frames {

/// Nothing when the bytes are no message.
std::optional<ClientMessage> decode(PhoenixVersion version, bool isBinary, std::string_view bytes);

OutFramePtr message(PhoenixVersion version, const std::optional<std::string>& joinRef,
    const std::optional<std::string>& ref, std::string_view topic, std::string_view event,
    std::string_view payload);

/// A broadcast in the binary layout of vsn 2.0.0; nothing when a name is too long for it.
OutFramePtr userBroadcast(std::string_view topic, std::string_view event, std::string_view payload,
    bool isJson, std::string_view metadata);

/// The payload of the same broadcast as a text message; `metadata` may be empty.
std::string broadcastPayload(
    std::string_view event, std::string_view payload, std::string_view metadata);

} // namespace frames
} // namespace academy
