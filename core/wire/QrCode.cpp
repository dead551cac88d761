// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/QrCode.h"

#include <array>
#include <cstdlib>
#include <limits>

namespace {

constexpr int LastVersion = 20;

/// Level M, by version from 1: check bytes per block, and blocks (table 9 of the standard).
constexpr std::array CheckBytes{
    10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26};
constexpr std::array Blocks{1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16};

int sizeOf(int version)
{
    return version * 4 + 17;
}

std::vector<int> alignmentPlaces(int version)
{
    if (version == 1) {
        return {};
    }
    const int count = version / 7 + 2;
    const int step = (version * 4 + count * 2 + 1) / (count * 2 - 2) * 2;
    std::vector<int> places{6};
    for (int i = 0; i < count - 1; ++i) {
        places.insert(places.begin() + 1, sizeOf(version) - 7 - i * step);
    }
    return places;
}

/// Bytes that fit a version, check bytes included.
int capacity(int version)
{
    int modules = (16 * version + 128) * version + 64;
    if (version >= 2) {
        const int alignments = version / 7 + 2;
        modules -= (25 * alignments - 10) * alignments - 55;
        modules -= version >= 7 ? 36 : 0;
    }
    return modules / 8;
}

int dataBytes(int version)
{
    const auto i = size_t(version - 1);
    return capacity(version) - CheckBytes[i] * Blocks[i];
}

int lengthBits(int version)
{
    return version < 10 ? 8 : 16;
}

/// The product in GF(2^8) modulo x^8 + x^4 + x^3 + x^2 + 1.
quint8 product(quint8 a, quint8 b)
{
    unsigned result = 0;
    for (int bit = 7; bit >= 0; --bit) {
        result = (result << 1) ^ ((result >> 7) * 0x11dU);
        result ^= ((b >> bit) & 1U) * a;
    }
    return quint8(result);
}

/// The Reed-Solomon check bytes of a block.
QByteArray checkBytes(QByteArrayView data, int count)
{
    std::vector<quint8> divisor(size_t(count), 0);
    divisor.back() = 1;
    quint8 root = 1;
    for (int i = 0; i < count; ++i) {
        for (size_t j = 0; j < divisor.size(); ++j) {
            divisor[j] = product(divisor[j], root);
            divisor[j] ^= j + 1 < divisor.size() ? divisor[j + 1] : quint8(0);
        }
        root = product(root, 2);
    }
    QByteArray rest(count, '\0');
    for (const char byte : data) {
        const auto factor = quint8(quint8(byte) ^ quint8(rest[0]));
        rest = rest.mid(1) + '\0';
        for (int i = 0; i < count; ++i) {
            rest[i] = char(quint8(rest[i]) ^ product(divisor[size_t(i)], factor));
        }
    }
    return rest;
}

QByteArray encodedText(QByteArrayView text, int version)
{
    std::vector<bool> bits;
    const auto append = [&bits](unsigned value, int count) {
        for (int i = count - 1; i >= 0; --i) {
            bits.push_back(((value >> i) & 1U) != 0);
        }
    };
    append(4, 4); // bytes
    append(unsigned(text.size()), lengthBits(version));
    for (const char byte : text) {
        append(quint8(byte), 8);
    }
    const size_t room = size_t(dataBytes(version)) * 8;
    append(0, int(std::min<size_t>(4, room - bits.size())));
    append(0, int((8 - bits.size() % 8) % 8));
    for (unsigned filler = 0xec; bits.size() < room; filler ^= 0xecU ^ 0x11U) {
        append(filler, 8);
    }
    QByteArray bytes(qsizetype(room / 8), '\0');
    for (size_t i = 0; i < bits.size(); ++i) {
        const auto at = qsizetype(i / 8);
        bytes[at] = char(quint8(bytes[at]) | (unsigned(bits[i]) << (7 - i % 8)));
    }
    return bytes;
}

/// Blocks with their check bytes, interleaved. The last blocks are a byte longer than the first.
QByteArray interleaved(const QByteArray& data, int version)
{
    const int blocks = Blocks[size_t(version - 1)];
    const int check = CheckBytes[size_t(version - 1)];
    const int shortLength = int(data.size()) / blocks;
    const int shortBlocks = blocks - int(data.size()) % blocks;
    std::vector<QByteArray> parts;
    std::vector<QByteArray> checks;
    for (int i = 0, at = 0; i < blocks; ++i) {
        const int length = shortLength + (i < shortBlocks ? 0 : 1);
        parts.push_back(data.mid(at, length));
        checks.push_back(checkBytes(parts.back(), check));
        at += length;
    }
    QByteArray all;
    for (int i = 0; i <= shortLength; ++i) {
        for (const QByteArray& part : parts) {
            if (i < part.size()) {
                all.append(part[i]);
            }
        }
    }
    for (int i = 0; i < check; ++i) {
        for (const QByteArray& part : checks) {
            all.append(part[i]);
        }
    }
    return all;
}

bool masked(int mask, int x, int y)
{
    switch (mask) {
    case 0:
        return (x + y) % 2 == 0;
    case 1:
        return y % 2 == 0;
    case 2:
        return x % 3 == 0;
    case 3:
        return (x + y) % 3 == 0;
    case 4:
        return (x / 3 + y / 2) % 2 == 0;
    case 5:
        return x * y % 2 + x * y % 3 == 0;
    case 6:
        return (x * y % 2 + x * y % 3) % 2 == 0;
    default:
        return ((x + y) % 2 + x * y % 3) % 2 == 0;
    }
}

} // namespace

QrCode::QrCode(int version)
    : m_size(sizeOf(version)), m_dark(size_t(m_size) * size_t(m_size)),
      m_fixed(size_t(m_size) * size_t(m_size))
{
}

Result<QrCode> QrCode::of(QByteArrayView text)
{
    int version = 1;
    while (version <= LastVersion
        && 4 + lengthBits(version) + text.size() * 8 > dataBytes(version) * 8) {
        ++version;
    }
    if (version > LastVersion) {
        return Error{ErrorKind::Invalid, QStringLiteral("qr_too_long"), {}, {}};
    }
    QrCode plain(version);
    plain.drawFixedParts(version);
    plain.drawData(interleaved(encodedText(text, version), version));
    QrCode best = plain;
    int least = std::numeric_limits<int>::max();
    for (int mask = 0; mask < 8; ++mask) {
        QrCode tried = plain;
        tried.applyMask(mask);
        tried.drawFormat(mask);
        if (const int points = tried.penalty(); points < least) {
            least = points;
            best = tried;
        }
    }
    return best;
}

void QrCode::set(int x, int y, bool dark)
{
    m_dark[index(x, y)] = dark;
    m_fixed[index(x, y)] = true;
}

/// The finder whose centre this is, with its light border.
void QrCode::drawFinder(int x, int y)
{
    for (int dy = -4; dy <= 4; ++dy) {
        for (int dx = -4; dx <= 4; ++dx) {
            const int ring = std::max(std::abs(dx), std::abs(dy));
            if (x + dx >= 0 && x + dx < m_size && y + dy >= 0 && y + dy < m_size) {
                set(x + dx, y + dy, ring != 2 && ring != 4);
            }
        }
    }
}

void QrCode::drawAlignment(int x, int y)
{
    for (int dy = -2; dy <= 2; ++dy) {
        for (int dx = -2; dx <= 2; ++dx) {
            set(x + dx, y + dy, std::max(std::abs(dx), std::abs(dy)) != 1);
        }
    }
}

void QrCode::drawFixedParts(int version)
{
    for (int i = 0; i < m_size; ++i) {
        set(6, i, i % 2 == 0);
        set(i, 6, i % 2 == 0);
    }
    drawFinder(3, 3);
    drawFinder(m_size - 4, 3);
    drawFinder(3, m_size - 4);
    const std::vector<int> places = alignmentPlaces(version);
    const int last = places.empty() ? 0 : places.back();
    for (const int x : places) {
        for (const int y : places) {
            const bool finder
                = (x == 6 && y == 6) || (x == 6 && y == last) || (x == last && y == 6);
            if (!finder) {
                drawAlignment(x, y);
            }
        }
    }
    drawFormat(0);
    if (version >= 7) {
        unsigned rest = unsigned(version);
        for (int i = 0; i < 12; ++i) {
            rest = (rest << 1) ^ ((rest >> 11) * 0x1f25U);
        }
        const unsigned bits = unsigned(version) << 12 | rest;
        for (int i = 0; i < 18; ++i) {
            const bool dark = ((bits >> i) & 1U) != 0;
            set(m_size - 11 + i % 3, i / 3, dark);
            set(i / 3, m_size - 11 + i % 3, dark);
        }
    }
}

void QrCode::drawFormat(int mask)
{
    const auto data = unsigned(mask); // level M is 00
    unsigned rest = data;
    for (int i = 0; i < 10; ++i) {
        rest = (rest << 1) ^ ((rest >> 9) * 0x537U);
    }
    const unsigned bits = (data << 10 | rest) ^ 0x5412U;
    const auto bit = [bits](int i) { return ((bits >> i) & 1U) != 0; };
    for (int i = 0; i <= 5; ++i) {
        set(8, i, bit(i));
    }
    set(8, 7, bit(6));
    set(8, 8, bit(7));
    set(7, 8, bit(8));
    for (int i = 9; i < 15; ++i) {
        set(14 - i, 8, bit(i));
    }
    for (int i = 0; i < 8; ++i) {
        set(m_size - 1 - i, 8, bit(i));
    }
    for (int i = 8; i < 15; ++i) {
        set(8, m_size - 15 + i, bit(i));
    }
    set(8, m_size - 8, true);
}

/// Two columns at a time from the right, upwards and downwards in turn, around what is fixed.
void QrCode::drawData(const QByteArray& codewords)
{
    qsizetype bit = 0;
    for (int right = m_size - 1; right >= 1; right -= 2) {
        if (right == 6) {
            right = 5;
        }
        for (int step = 0; step < m_size; ++step) {
            for (const int x : {right, right - 1}) {
                const bool upwards = ((right + 1) & 2) == 0;
                const int y = upwards ? m_size - 1 - step : step;
                if (!m_fixed[index(x, y)] && bit < codewords.size() * 8) {
                    m_dark[index(x, y)] = ((quint8(codewords[bit / 8]) >> (7 - bit % 8)) & 1U) != 0;
                    ++bit;
                }
            }
        }
    }
}

void QrCode::applyMask(int mask)
{
    for (int y = 0; y < m_size; ++y) {
        for (int x = 0; x < m_size; ++x) {
            if (!m_fixed[index(x, y)] && masked(mask, x, y)) {
                m_dark[index(x, y)] = !m_dark[index(x, y)];
            }
        }
    }
}

/// Long runs and what looks like a finder, along rows or columns.
int QrCode::linePenalty(bool rows) const
{
    constexpr std::array Finder{true, false, true, true, true, false, true};
    const auto at
        = [this, rows](int line, int i) { return rows ? isDark(i, line) : isDark(line, i); };
    int points = 0;
    for (int line = 0; line < m_size; ++line) {
        int run = 0;
        for (int i = 0; i < m_size; ++i) {
            run = i > 0 && at(line, i) == at(line, i - 1) ? run + 1 : 1;
            points += run == 5 ? 3 : run > 5 ? 1 : 0;
        }
        for (int i = 0; i + 7 <= m_size; ++i) {
            bool finder = true;
            for (int j = 0; j < 7; ++j) {
                finder = finder && at(line, i + j) == Finder[size_t(j)];
            }
            const auto light = [&](int from, int to) {
                for (int j = from; j < to; ++j) {
                    if (j >= 0 && j < m_size && at(line, j)) {
                        return false;
                    }
                }
                return true;
            };
            points += finder && light(i - 4, i) ? 40 : 0;
            points += finder && light(i + 7, i + 11) ? 40 : 0;
        }
    }
    return points;
}

int QrCode::penalty() const
{
    int points = linePenalty(true) + linePenalty(false);
    int dark = 0;
    for (int y = 0; y < m_size; ++y) {
        for (int x = 0; x < m_size; ++x) {
            const bool here = isDark(x, y);
            dark += here ? 1 : 0;
            const bool block = x > 0 && y > 0 && isDark(x - 1, y) == here
                && isDark(x, y - 1) == here && isDark(x - 1, y - 1) == here;
            points += block ? 3 : 0;
        }
    }
    const int total = m_size * m_size;
    return points + std::abs(dark * 20 - total * 10) / total * 10;
}

QByteArray QrCode::svg() const
{
    constexpr int Quiet = 4;
    const QByteArray side = QByteArray::number(m_size + 2 * Quiet);
    QByteArray path;
    for (int y = 0; y < m_size; ++y) {
        for (int x = 0; x < m_size; ++x) {
            if (isDark(x, y)) {
                path += 'M' + QByteArray::number(x + Quiet) + ' ' + QByteArray::number(y + Quiet)
                    + "h1v1h-1z";
            }
        }
    }
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + side + ' ' + side
        + "\" shape-rendering=\"crispEdges\"><rect width=\"" + side + "\" height=\"" + side
        + "\" fill=\"#fff\"/><path fill=\"#000\" d=\"" + path + "\"/></svg>";
}
