// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "academy/realtime/Frames.h"

#include <cstdint>

namespace academy {

/// The way back to one client. Both functions may be called from any thread and never wait: frames
/// queue up within a bound, beyond which the client is dropped.
class Outlet
{
public:
    virtual ~Outlet() = default;
    virtual void send(OutFramePtr frame) = 0;
    /// Sends what is queued, then a close frame.
    virtual void close(std::uint16_t code) = 0;
};

} // namespace academy
