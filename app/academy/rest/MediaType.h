// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace academy {

/// What a request accepts, of what the service can answer. Source: supabase-protocol.md B4.
struct MediaType
{
    enum class Kind { Json, Object, Array, Csv, OpenApi };

    Kind kind = Kind::Json;
    bool stripsNulls = false;

    /// The first acceptable one by quality and order. Throws RestError PGRST107.
    static MediaType of(std::string_view accept, bool isRoot);

    std::string contentType() const;
};

} // namespace academy
