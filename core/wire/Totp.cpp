// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/Totp.h"

#include "wire/Jwt.h"
#include "wire/PostgrestQuery.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <QtEndian>

namespace {

constexpr qint64 StepSeconds = 30;
constexpr quint32 Digits = 1'000'000;
constexpr char Alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

qint64 stepOf(WallTime time)
{
    return std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count() / StepSeconds;
}

QString codeOf(QByteArrayView secret, qint64 step)
{
    const quint64 counter = qToBigEndian(quint64(step));
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int length = 0;
    HMAC(EVP_sha1(), secret.isEmpty() ? "" : secret.data(), int(secret.size()),
        reinterpret_cast<const unsigned char*>(&counter), sizeof counter, digest, &length);
    const quint32 number
        = qFromBigEndian<quint32>(digest + (digest[length - 1] & 0x0f)) & 0x7fffffffU;
    return QStringLiteral("%1").arg(number % Digits, 6, 10, QLatin1Char('0'));
}

} // namespace

QByteArray base32Encode(QByteArrayView bytes)
{
    QByteArray text;
    quint32 buffer = 0;
    int bits = 0;
    for (const char byte : bytes) {
        buffer = (buffer << 8) | static_cast<unsigned char>(byte);
        for (bits += 8; bits >= 5; bits -= 5) {
            text.append(Alphabet[(buffer >> (bits - 5)) & 31U]);
        }
    }
    if (bits > 0) {
        text.append(Alphabet[(buffer << (5 - bits)) & 31U]);
    }
    return text;
}

Result<QByteArray> base32Decode(QByteArrayView text)
{
    QByteArray bytes;
    quint32 buffer = 0;
    int bits = 0;
    for (char letter : text) {
        if (letter == ' ' || letter == '=') {
            continue;
        }
        letter = letter >= 'a' && letter <= 'z' ? char(letter - 32) : letter;
        const qsizetype value = QByteArrayView(Alphabet).indexOf(letter);
        if (value < 0) {
            return Error{ErrorKind::Protocol, QStringLiteral("base32_invalid"), {}, {}};
        }
        buffer = (buffer << 5) | quint32(value);
        bits += 5;
        if (bits >= 8) {
            bits -= 8;
            bytes.append(char((buffer >> bits) & 255U));
        }
    }
    return bytes;
}

QString totpCode(QByteArrayView secret, WallTime time)
{
    return codeOf(secret, stepOf(time));
}

std::optional<qint64> totpStep(QByteArrayView secret, QByteArrayView code, WallTime time)
{
    std::optional<qint64> found;
    for (const qint64 step : {stepOf(time) - 1, stepOf(time), stepOf(time) + 1}) {
        if (constantTimeEqual(code, codeOf(secret, step).toLatin1())) {
            found = step;
        }
    }
    return found;
}

QString totpUri(const QString& issuer, const QString& account, QByteArrayView secret)
{
    const auto encoded
        = [](const QString& text) { return QString::fromLatin1(PostgrestQuery::encoded(text)); };
    return QStringLiteral(
        "otpauth://totp/%1:%2?algorithm=SHA1&digits=6&issuer=%1&period=30&secret=%3")
        .arg(encoded(issuer), encoded(account), QString::fromLatin1(base32Encode(secret)));
}
