// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "academy/realtime/Frames.h"

#include <cstdint>

namespace academy {

/// The way back to one client. Every function may be called from any thread and never waits: frames
/// queue up within a bound, beyond which the client is dropped.
class Outlet
{
public:
    virtual ~Outlet() = default;
    /// Puts a frame in the row of those that flush() sends off.
    virtual void send(OutFramePtr frame) = 0;
    virtual void flush() = 0;
    /// Sends what is queued, then a close frame.
    virtual void close(std::uint16_t code) = 0;
};

} // namespace academy
