// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/FsrsFuzz.h"

#include "base/Random.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace {

double spread(double interval)
{
    struct Band
    {
        double from;
        double to;
        double share;
    };
    static constexpr std::array<Band, 3> bands {{{2.5, 7, 0.15}, {7, 20, 0.1}, {20, 1e9, 0.05}}};
    if (interval < bands.front().from) {
        return 0;
    }
    double delta = 1;
    for (const Band& band : bands) {
        delta += band.share * std::max(0.0, std::min(interval, band.to) - band.from);
    }
    return delta;
}

} // namespace

int fuzzedInterval(double interval, int minimum, int maximum, double factor)
{
    minimum = std::min(minimum, maximum);
    interval = std::clamp(interval, double(minimum), double(maximum));
    const double delta = spread(interval);
    int lower = std::clamp(int(std::lround(interval - delta)), minimum, maximum);
    int upper = std::clamp(int(std::lround(interval + delta)), minimum, maximum);
    if (upper == lower && upper > 2 && upper < maximum) {
        upper = lower + 1;
    }
    return int(std::floor(lower + factor * (1 + upper - lower)));
}

double fuzzFactor(const CardId& card, int reps)
{
    quint64 hash = 14695981039346656037ULL;
    const QByteArray id = card.toString().toUtf8();
    for (const char byte : id) {
        hash = (hash ^ static_cast<unsigned char>(byte)) * 1099511628211ULL;
    }
    SeededRandom random(hash + quint64(reps));
    return double(random.next() >> 11) / 9007199254740992.0;
}
