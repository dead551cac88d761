// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/Jwt.h"

#include "wire/Json.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <cmath>

namespace {

constexpr std::chrono::seconds Tolerance(30);

Error refused(const char* code)
{
    return {ErrorKind::Unauthorized, QLatin1String(code), {}, {}};
}

/// NumericDate, which may carry a fraction. Outside: absent. Inside: absent or not a usable number.
std::optional<std::optional<std::chrono::sys_seconds>> timeClaim(
    const QJsonObject& claims, QLatin1String name)
{
    const QJsonValue value = claims.value(name);
    if (value.isUndefined() || value.isNull()) {
        return std::optional<std::chrono::sys_seconds>();
    }
    constexpr double FarAway = 1e12;
    if (!value.isDouble() || std::abs(value.toDouble()) > FarAway) {
        return std::nullopt;
    }
    return std::chrono::sys_seconds(std::chrono::seconds(qint64(std::floor(value.toDouble()))));
}

Result<QJsonObject> objectFrom(QByteArrayView part)
{
    const Result<QByteArray> bytes = base64UrlDecode(part);
    const Result<QJsonValue> value = bytes.ok() ? parseJson(*bytes) : bytes.error();
    if (!value.ok() || !value->isObject()) {
        return refused("jwt_malformed");
    }
    return value->toObject();
}

Result<JwtClaims> claimsFrom(QByteArrayView part)
{
    const Result<QJsonObject> all = objectFrom(part);
    if (!all.ok()) {
        return all.error();
    }
    const auto expires = timeClaim(*all, QLatin1String("exp"));
    const auto issued = timeClaim(*all, QLatin1String("iat"));
    if (!expires || !issued) {
        return refused("jwt_malformed");
    }
    return JwtClaims{*all, all->value(QLatin1String("sub")).toString(),
        all->value(QLatin1String("role")).toString(), *expires, *issued};
}

QList<QByteArrayView> partsOf(QByteArrayView token)
{
    QList<QByteArrayView> parts;
    for (qsizetype dot = token.indexOf('.'); dot >= 0; dot = token.indexOf('.')) {
        parts.append(token.first(dot));
        token = token.sliced(dot + 1);
    }
    parts.append(token);
    return parts;
}

} // namespace

QByteArray base64UrlEncode(QByteArrayView bytes)
{
    return bytes.toByteArray().toBase64(
        QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

Result<QByteArray> base64UrlDecode(QByteArrayView text)
{
    const auto decoded = QByteArray::fromBase64Encoding(text.toByteArray(),
        QByteArray::Base64UrlEncoding | QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded) {
        return Error{ErrorKind::Protocol, QStringLiteral("base64_invalid"), {}, {}};
    }
    return *decoded;
}

QByteArray hmacSha256(QByteArrayView key, QByteArrayView message)
{
    QByteArray digest(EVP_MAX_MD_SIZE, '\0');
    unsigned int length = 0;
    HMAC(EVP_sha256(), key.isEmpty() ? "" : key.data(), int(key.size()),
        reinterpret_cast<const unsigned char*>(message.data()), size_t(message.size()),
        reinterpret_cast<unsigned char*>(digest.data()), &length);
    digest.truncate(length);
    return digest;
}

bool constantTimeEqual(QByteArrayView a, QByteArrayView b)
{
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), size_t(a.size())) == 0;
}

QByteArray signJwt(const QJsonObject& claims, QByteArrayView secret)
{
    const QByteArray body
        = base64UrlEncode(R"({"alg":"HS256","typ":"JWT"})") + '.' + base64UrlEncode(toJson(claims));
    return body + '.' + base64UrlEncode(hmacSha256(secret, body));
}

Result<JwtHeader> readJwtHeader(QByteArrayView token)
{
    const QList<QByteArrayView> parts = partsOf(token);
    const Result<QJsonObject> header
        = parts.size() == 3 ? objectFrom(parts[0]) : refused("jwt_malformed");
    if (!header.ok()) {
        return header.error();
    }
    return JwtHeader{header->value(QLatin1String("alg")).toString(),
        header->value(QLatin1String("kid")).toString()};
}

Result<JwtClaims> verifyJwt(QByteArrayView token, const JwtSignatureCheck& check, WallTime now)
{
    const Result<JwtHeader> header = readJwtHeader(token);
    if (!header.ok()) {
        return header.error();
    }
    const QList<QByteArrayView> parts = partsOf(token);
    const Result<QByteArray> signature = base64UrlDecode(parts[2]);
    const QByteArrayView signedPart = token.first(parts[0].size() + 1 + parts[1].size());
    if (auto error = check(*header, signedPart, signature.valueOr({}))) {
        return *error;
    }
    Result<JwtClaims> claims = claimsFrom(parts[1]);
    if (!claims.ok()) {
        return claims;
    }
    const auto notBefore = timeClaim(claims->all, QLatin1String("nbf"));
    if (!notBefore) {
        return refused("jwt_malformed");
    }
    if (claims->expiresAt && now >= *claims->expiresAt) {
        return refused("jwt_expired");
    }
    if (*notBefore && now + Tolerance < **notBefore) {
        return refused("jwt_not_yet_valid");
    }
    return claims;
}

Result<JwtClaims> verifyJwt(QByteArrayView token, QByteArrayView secret, WallTime now)
{
    const auto check = [secret](const JwtHeader& header, QByteArrayView signedPart,
                           QByteArrayView signature) -> std::optional<Error> {
        if (header.algorithm != QLatin1String("HS256")) {
            return refused("jwt_algorithm");
        }
        const bool right = constantTimeEqual(signature, hmacSha256(secret, signedPart));
        return right ? std::nullopt : std::optional(refused("jwt_signature"));
    };
    return verifyJwt(token, JwtSignatureCheck(check), now);
}

Result<JwtClaims> readJwt(QByteArrayView token)
{
    const QList<QByteArrayView> parts = partsOf(token);
    if (parts.size() != 3) {
        return refused("jwt_malformed");
    }
    return claimsFrom(parts[1]);
}
