// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"

#include <QByteArray>
#include <QHash>
#include <QJsonObject>
#include <QString>

/// Checks the Ed25519 signature of a manifest. It covers the manifest's bytes exactly as they are,
/// with the text of `signature.sig` (base64) taken out; re-writing JSON would change them.
/// Answers the key id, or "" when the manifest is not signed. Errors: pack_signature,
/// pack_unknown_key. `keys`: key id → raw 32-byte public key.
Result<QString> verifyPackSignature(
    const QByteArray& manifest, const QJsonObject& parsed, const QHash<QString, QByteArray>& keys);
