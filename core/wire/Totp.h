// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "base/Result.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

/// Time-based one-time passwords as authenticator apps make them: RFC 6238 with HMAC-SHA-1, six
/// digits and steps of 30 seconds. Pure; any thread.

/// RFC 4648 without padding, upper case.
QByteArray base32Encode(QByteArrayView bytes);
/// Ignores case, blanks and padding; code "base32_invalid" for anything else outside the alphabet.
Result<QByteArray> base32Decode(QByteArrayView text);

/// The six digits of the step that `time` falls into.
QString totpCode(QByteArrayView secret, WallTime time);

/// The number of the step whose code this is, among the step of `time` and its two neighbours; the
/// caller refuses a step it has accepted before. Nothing when the code is wrong.
std::optional<qint64> totpStep(QByteArrayView secret, QByteArrayView code, WallTime time);

/// The text of the QR code that an authenticator app scans.
QString totpUri(const QString& issuer, const QString& account, QByteArrayView secret);
