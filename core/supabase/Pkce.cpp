// SPDX-License-Identifier: GPL-3.0-or-later
#include "supabase/Pkce.h"

#include "wire/Jwt.h"

#include <QCryptographicHash>

QByteArray Pkce::challengeOf(const QByteArray& verifier)
{
    return base64UrlEncode(QCryptographicHash::hash(verifier, QCryptographicHash::Sha256));
}

Pkce Pkce::create(RandomSource& random)
{
    QByteArray bytes;
    while (bytes.size() < 32) {
        bytes.append(char(random.below(256)));
    }
    const QByteArray verifier = base64UrlEncode(bytes);
    return {verifier, challengeOf(verifier)};
}
