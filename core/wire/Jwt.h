// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "base/Result.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QJsonObject>

#include <functional>

/// JSON Web Tokens with HMAC-SHA-256 (RFC 7515, 7519) and base64url without padding. Pure; any thread.

struct JwtClaims
{
    QJsonObject all;
    QString subject;
    QString role;
    std::optional<std::chrono::sys_seconds> expiresAt;
    std::optional<std::chrono::sys_seconds> issuedAt;
};

QByteArray base64UrlEncode(QByteArrayView bytes);
/// Refuses characters outside the alphabet; padding is allowed. Code "base64_invalid".
Result<QByteArray> base64UrlDecode(QByteArrayView text);

/// A signed HS256 token. `claims` are written as given.
QByteArray signJwt(const QJsonObject& claims, QByteArrayView secret);

/// The claims of a token whose signature is right, whose algorithm is HS256 and nothing else, and
/// which is not expired at `now` (nor not yet valid, 30 s tolerance on nbf). ErrorKind::Unauthorized
/// with code "jwt_malformed", "jwt_algorithm", "jwt_signature", "jwt_expired" or "jwt_not_yet_valid".
Result<JwtClaims> verifyJwt(QByteArrayView token, QByteArrayView secret, WallTime now);

/// The parts of a token that decide how its signature is checked.
struct JwtHeader
{
    QString algorithm;
    QString keyId;
};
/// Nothing when the signature is right, else the refusal.
using JwtSignatureCheck = std::function<std::optional<Error>(
    const JwtHeader& header, QByteArrayView signedPart, QByteArrayView signature)>;

/// As above with any kind of signature; the check decides which algorithms count.
Result<JwtClaims> verifyJwt(QByteArrayView token, const JwtSignatureCheck& check, WallTime now);

/// What a token says about its signature, unverified. Code "jwt_malformed".
Result<JwtHeader> readJwtHeader(QByteArrayView token);

/// The claims without looking at the signature: for a client that schedules its refresh. Never a
/// ground to allow anything. Code "jwt_malformed".
Result<JwtClaims> readJwt(QByteArrayView token);

/// Compares secrets in a time that depends on their length only.
bool constantTimeEqual(QByteArrayView a, QByteArrayView b);
QByteArray hmacSha256(QByteArrayView key, QByteArrayView message);
