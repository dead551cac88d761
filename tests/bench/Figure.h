// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonDocument>
#include <QJsonObject>
#include <QString>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <vector>

/// Prints one figure as a JSON line: ours, the peer measured in the same run, and their ratio.
inline void printFigure(const QString& name, double value, const QString& unit, const QString& peer, double peerValue)
{
    const QJsonObject figure {
        {QStringLiteral("name"), name},
        {QStringLiteral("value"), value},
        {QStringLiteral("unit"), unit},
        {QStringLiteral("peer"), peer},
        {QStringLiteral("peer_value"), peerValue},
        {QStringLiteral("ratio"), peerValue > 0 ? value / peerValue : 0.0},
    };
    std::printf("%s\n", QJsonDocument(figure).toJson(QJsonDocument::Compact).constData());
    std::fflush(stdout);
}

/// Nearest-rank percentile in milliseconds.
inline double percentileMs(std::vector<std::chrono::nanoseconds> samples, double percent)
{
    if (samples.empty()) {
        return 0;
    }
    std::sort(samples.begin(), samples.end());
    const auto rank = size_t(std::ceil(percent / 100.0 * double(samples.size())));
    return double(samples[std::clamp<size_t>(rank, 1, samples.size()) - 1].count()) / 1e6;
}
