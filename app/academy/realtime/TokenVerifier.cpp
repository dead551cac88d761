// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/realtime/TokenVerifier.h"

#include "wire/Jwt.h"

#include <algorithm>

namespace academy {
namespace {

QByteArrayView bytes(std::string_view text)
{
    return {text.data(), static_cast<qsizetype>(text.size())};
}

/// Tokens arrive with line ends or in percent-encoding from some clients.
std::string withoutSpace(std::string_view token)
{
    std::string out(token);
    std::erase_if(out, [](char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; });
    return out;
}

std::string agoText(std::chrono::seconds ago)
{
    return "Token has expired " + std::to_string(std::max<std::int64_t>(0, ago.count()))
        + " seconds ago";
}

TokenRefusal missingFields()
{
    return {"InvalidJWTToken", "Fields `role` and `exp` are required in JWT"};
}

} // namespace

TokenVerifier::TokenVerifier(const Keys& keys, const Clock& clock)
    : m_keys(keys), m_clock(clock) { }

std::chrono::sys_seconds TokenVerifier::now() const
{
    return std::chrono::floor<std::chrono::seconds>(m_clock.wall());
}

std::string TokenVerifier::expiryText(const Identity& identity) const
{
    return agoText(now() - identity.expiresAt);
}

std::variant<IdentityPtr, TokenRefusal> TokenVerifier::verify(std::string_view text) const
{
    const std::string token = withoutSpace(text);
    const auto verified = m_keys.verify(token, m_clock.wall());
    if (!verified) {
        const QString code = verified.error().code;
        const auto read = readJwt(bytes(token));
        if (code == QLatin1String("jwt_expired") && read && read->expiresAt) {
            return TokenRefusal{"InvalidJWTToken", agoText(now() - *read->expiresAt)};
        }
        if (code == QLatin1String("jwt_malformed") || !read) {
            return TokenRefusal{"MalformedJWT", "The token provided is not a valid JWT"};
        }
        return TokenRefusal{"JwtSignatureError", "Failed to validate JWT signature"};
    }
    if (verified->role.isEmpty() || !verified->expiresAt) {
        return missingFields();
    }
    const std::size_t first = token.find('.');
    const std::size_t second = token.find('.', first + 1);
    const auto claims
        = base64UrlDecode(bytes(std::string_view(token).substr(first + 1, second - first - 1)));
    if (!claims) {
        return TokenRefusal{"MalformedJWT", "The token provided is not a valid JWT"};
    }
    auto identity = std::make_shared<Identity>();
    identity->token = token;
    identity->role = verified->role.toStdString();
    identity->subject = verified->subject.toStdString();
    identity->claims = claims->toStdString();
    identity->expiresAt = *verified->expiresAt;
    return identity;
}

std::variant<IdentityPtr, TokenRefusal> TokenVerifier::verifyApiKey(std::string_view key) const
{
    const auto token = m_keys.tokenFor(key);
    if (!token) {
        return TokenRefusal{"MalformedJWT", "The token provided is not a valid JWT"};
    }
    return verify(*token);
}

} // namespace academy
