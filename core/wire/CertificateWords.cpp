// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/CertificateWords.h"

#include <QCryptographicHash>
#include <QStringList>

#include <algorithm>
#include <array>
#include <string_view>

namespace {

using List = std::array<std::string_view, 64>;

/// No beginning starts another one, so that a word has one reading.
constexpr List beginnings{"amber", "apple", "autumn", "birch", "blue", "bright", "calm", "cedar",
    "clear", "clover", "copper", "coral", "cotton", "crystal", "dawn", "deep", "early", "ember",
    "ever", "fern", "forest", "frost", "garden", "gentle", "ginger", "golden", "grand", "green",
    "harbor", "hazel", "honey", "indigo", "iron", "island", "ivory", "jade", "lemon", "linen",
    "maple", "marble", "meadow", "mellow", "mint", "moon", "morning", "north", "olive", "orange",
    "pearl", "pepper", "pine", "quiet", "rain", "river", "rose", "silver", "snow", "south", "star",
    "stone", "summer", "velvet", "willow", "winter"};
constexpr List ends{"anchor", "arch", "barn", "basket", "beach", "bell", "boat", "book", "bridge",
    "brook", "candle", "castle", "cave", "chair", "cliff", "cloud", "coast", "coin", "crane",
    "desk", "door", "dove", "drum", "falcon", "feather", "field", "flute", "fox", "gate", "glade",
    "heron", "hill", "horse", "house", "kite", "lake", "lamp", "lantern", "lark", "leaf", "map",
    "mill", "mountain", "otter", "owl", "path", "pebble", "pond", "rabbit", "road", "sail", "shell",
    "shore", "spoon", "spring", "tower", "trail", "tree", "turtle", "valley", "violin", "wave",
    "window", "wing"};

constexpr int wordCount = 6;
constexpr int bitsOfPart = 6;
constexpr qsizetype usedBytes = 9;

QString text(std::string_view part)
{
    return QString::fromLatin1(part.data(), qsizetype(part.size()));
}

std::size_t bitsAt(QByteArrayView bytes, int bit)
{
    std::size_t value = 0;
    for (int i = bit; i < bit + bitsOfPart; ++i) {
        const auto byte = static_cast<unsigned char>(bytes[i / 8]);
        value = (value << 1U) | ((byte >> static_cast<unsigned>(7 - i % 8)) & 1U);
    }
    return value;
}

int indexOf(const List& list, const QString& part)
{
    const auto found = std::find_if(list.begin(), list.end(),
        [&part](std::string_view candidate) { return part == text(candidate); });
    return found == list.end() ? -1 : int(found - list.begin());
}

/// The twelve bits of one word, -1 when it is none.
int bitsOfWord(const QString& word)
{
    for (std::size_t i = 0; i < beginnings.size(); ++i) {
        const QString beginning = text(beginnings[i]);
        if (word.startsWith(beginning)) {
            const int end = indexOf(ends, word.mid(beginning.size()));
            if (end >= 0) {
                return int(i) << bitsOfPart | end;
            }
        }
    }
    return -1;
}

} // namespace

QByteArray certificateFingerprint(QByteArrayView der)
{
    return QCryptographicHash::hash(der.toByteArray(), QCryptographicHash::Sha256);
}

QString certificateWords(QByteArrayView sha256)
{
    if (sha256.size() != QCryptographicHash::hashLength(QCryptographicHash::Sha256)) {
        return {};
    }
    QStringList words;
    for (int word = 0; word < wordCount; ++word) {
        const int bit = word * 2 * bitsOfPart;
        words.append(
            text(beginnings[bitsAt(sha256, bit)]) + text(ends[bitsAt(sha256, bit + bitsOfPart)]));
    }
    return words.join(QLatin1Char('-'));
}

Result<QByteArray> certificateWordBits(const QString& words)
{
    QString plain = words.toLower();
    for (QChar& c : plain) {
        c = c.isLetter() ? c : QLatin1Char(' ');
    }
    const QStringList list = plain.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    QByteArray bytes(usedBytes, '\0');
    int bit = 0;
    for (const QString& word : list) {
        const int bits = bitsOfWord(word);
        if (bits < 0 || list.size() != wordCount) {
            break;
        }
        for (int i = 2 * bitsOfPart - 1; i >= 0; --i, ++bit) {
            const int isSet = (bits >> i) & 1;
            bytes[bit / 8] = static_cast<char>(bytes[bit / 8] | (isSet << (7 - bit % 8)));
        }
    }
    if (bit != wordCount * 2 * bitsOfPart) {
        return Error{ErrorKind::Invalid, QStringLiteral("certificate_words"), {}, std::nullopt};
    }
    return bytes;
}

bool certificateMatches(const QString& words, QByteArrayView sha256)
{
    const auto bits = certificateWordBits(words);
    return bits.ok() && sha256.size() > usedBytes && *bits == sha256.first(usedBytes).toByteArray();
}
