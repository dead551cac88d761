// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/auth/Keys.h"

namespace academy {

std::optional<std::string> Keys::tokenFor(std::string_view apiKey) const
{
    if (!apiKey.starts_with("sb_")) {
        return std::string(apiKey);
    }
    if (!publishableKey.empty() && apiKey == publishableKey) {
        return anonKey;
    }
    if (!secretKey.empty() && apiKey == secretKey) {
        return serviceRoleKey;
    }
    return std::nullopt;
}

} // namespace academy
