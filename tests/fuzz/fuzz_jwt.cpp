// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz/FuzzTarget.h"
#include "wire/Jwt.h"

/// Nothing made up is ever verified, and what cannot be read is not verified either.
FUZZ_TARGET(jwt)
{
    const QByteArrayView text = viewOf(data, size);
    const Result<JwtClaims> verified = verifyJwt(text, "a secret nobody can guess from inputs", {});
    mustHold(!verified.ok());
    (void)readJwtHeader(text);
    (void)readJwt(text);
    const Result<QByteArray> bytes = base64UrlDecode(text);
    if (bytes.ok()) {
        mustHold(base64UrlDecode(base64UrlEncode(*bytes)).valueOr("?") == *bytes);
    }
    return 0;
}
