// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz/FuzzTarget.h"
#include "wire/Jwks.h"

/// A set and a token, one line each: keys that somebody else made up verify nothing made up.
FUZZ_TARGET(jwks)
{
    const QByteArray bytes = viewOf(data, size).toByteArray();
    const qsizetype end = qMax<qsizetype>(bytes.indexOf('\n'), 0);
    const Result<JwkSet> keys = JwkSet::parse(QByteArrayView(bytes).first(end));
    if (!keys.ok()) {
        mustHold(keys.error().code == QLatin1String("jwks_malformed"));
        return 0;
    }
    mustHold(keys->size() <= JwkSet::MostKeys);
    mustHold(!keys->verify(QByteArrayView(bytes).sliced(qMin(end + 1, bytes.size())), {}).ok());
    return 0;
}
