// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Random.h"

#include <QByteArray>

/// A proof key (RFC 7636, method S256): whoever asked for a code shows with the verifier that it
/// was them. A value.
struct Pkce
{
    QByteArray verifier; ///< 43 characters; a secret until it is used
    QByteArray challenge;

    static Pkce create(RandomSource& random);
    static QByteArray challengeOf(const QByteArray& verifier);
};
