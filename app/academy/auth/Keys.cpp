// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/auth/Keys.h"

#include "wire/Json.h"

namespace academy {

namespace {

QByteArrayView bytes(std::string_view text)
{
    return {text.data(), static_cast<qsizetype>(text.size())};
}

bool isSame(std::string_view given, const std::string& known)
{
    return !known.empty() && constantTimeEqual(bytes(given), bytes(known));
}

} // namespace

std::optional<std::string> Keys::tokenFor(std::string_view apiKey) const
{
    if (!apiKey.starts_with("sb_")) {
        return std::string(apiKey);
    }
    if (isSame(apiKey, publishableKey)) {
        return anonKey;
    }
    if (isSame(apiKey, secretKey)) {
        return serviceRoleKey;
    }
    return std::nullopt;
}

Result<JwtClaims> Keys::verify(std::string_view token, WallTime now) const
{
    const auto header = readJwtHeader(bytes(token));
    // Each algorithm has its own key: a public key is never taken for the shared secret.
    if (signingKey && header && header->algorithm == QLatin1String("ES256")) {
        return publicKeys.verify(bytes(token), now);
    }
    return verifyJwt(bytes(token), bytes(jwtSecret), now);
}

std::string Keys::sign(const QJsonObject& claims) const
{
    return (signingKey ? signingKey->sign(claims) : signJwt(claims, bytes(jwtSecret)))
        .toStdString();
}

std::string Keys::jwks() const
{
    QJsonArray keys;
    if (signingKey) {
        keys.append(signingKey->publicJwk());
    }
    return toJson(QJsonObject{{QStringLiteral("keys"), keys}}).toStdString();
}

} // namespace academy
