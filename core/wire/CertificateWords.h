// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

/// The fingerprint of a certificate as people compare it: six words, each made of a beginning and
/// an end from two lists of 64, so 12 bits a word and 72 bits in all, the first of the
/// certificate's SHA-256. Making another certificate with the same words takes 2^72 attempts. The
/// lists are part of the format and never change. Pure functions; use on any thread.

/// SHA-256 of a certificate in DER, as QSslCertificate::digest() gives it too.
QByteArray certificateFingerprint(QByteArrayView der);

/// "amberbridge-..." of a SHA-256; empty when it is not 32 bytes long.
QString certificateWords(QByteArrayView sha256);

/// The 72 bits the words stand for, 9 bytes; capitals, spaces and commas between the words are
/// forgiven. ErrorKind::Invalid, code "certificate_words", for anything else.
Result<QByteArray> certificateWordBits(const QString& words);

/// Whether a certificate with this SHA-256 is the one the words were read from.
bool certificateMatches(const QString& words, QByteArrayView sha256);
