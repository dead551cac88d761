// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace academy {

/// The academy's secret and the API keys made with it. Immutable after start, shared by all
/// services. Source: supabase-protocol.md C10.
struct Keys
{
    std::string jwtSecret;
    std::string anonKey; ///< a JWT with role anon
    std::string serviceRoleKey; ///< a JWT with role service_role
    std::string publishableKey; ///< sb_publishable_…, stands for anonKey
    std::string secretKey; ///< sb_secret_…, stands for serviceRoleKey

    /// The JWT an API key stands for: a JWT is returned as it is, our sb_ keys as the key they
    /// stand for, and an unknown sb_ key as nothing.
    std::optional<std::string> tokenFor(std::string_view apiKey) const;
};

} // namespace academy
