// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Random.h"

#include <QRandomGenerator>
#include <QUuid>

#include <array>

quint64 RandomSource::below(quint64 bound)
{
    if (bound == 0) {
        return 0;
    }
    // Values under the threshold would make the low remainders more likely than the others.
    const quint64 threshold = (0 - bound) % bound;
    quint64 value = next();
    while (value < threshold) {
        value = next();
    }
    return value % bound;
}

QString RandomSource::uuid()
{
    const quint64 high = next();
    const quint64 low = next();
    std::array<uchar, 8> tail {};
    tail[0] = uchar(0x80 | ((low >> 56) & 0x3f));
    for (size_t i = 1; i < tail.size(); ++i) {
        tail[i] = uchar(low >> (8 * (7 - i)));
    }
    const QUuid id(uint(high >> 32), ushort(high >> 16), ushort(0x4000 | (high & 0x0fff)), tail[0],
        tail[1], tail[2], tail[3], tail[4], tail[5], tail[6], tail[7]);
    return id.toString(QUuid::WithoutBraces);
}

quint64 SystemRandom::next()
{
    return QRandomGenerator::system()->generate64();
}

quint64 SeededRandom::next()
{
    m_state += 0x9e3779b97f4a7c15ULL;
    quint64 z = m_state;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
}
