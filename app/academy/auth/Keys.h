// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wire/Jwks.h"

#include <optional>
#include <string>
#include <string_view>

namespace academy {

/// The academy's secrets and the API keys made with them. Immutable after start, shared by all
/// services. Source: supabase-protocol.md C3, C10.
struct Keys
{
    std::string jwtSecret;
    std::string anonKey; ///< a JWT with role anon
    std::string serviceRoleKey; ///< a JWT with role service_role
    std::string publishableKey; ///< sb_publishable_…, stands for anonKey
    std::string secretKey; ///< sb_secret_…, stands for serviceRoleKey
    std::optional<SigningKey> signingKey{}; ///< signs users' tokens with ES256 where there is one
    JwkSet publicKeys{}; ///< of signingKey

    /// The JWT an API key stands for: a JWT is returned as it is, our sb_ keys as the key they
    /// stand for, and an unknown sb_ key as nothing.
    std::optional<std::string> tokenFor(std::string_view apiKey) const;

    /// The claims of a token that this academy signed, by either kind of key. Errors: verifyJwt's.
    Result<JwtClaims> verify(std::string_view token, WallTime now) const;
    /// A user's token.
    std::string sign(const QJsonObject& claims) const;
    /// The public keys as the world may read them, a JSON text.
    std::string jwks() const;
};

} // namespace academy
