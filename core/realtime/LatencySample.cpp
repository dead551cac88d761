// SPDX-License-Identifier: GPL-3.0-or-later
#include "realtime/LatencySample.h"

#include <algorithm>
#include <cmath>
#include <vector>

void LatencySample::add(std::chrono::microseconds value)
{
    m_values.push_back(value);
    if (m_values.size() > Largest) {
        m_values.pop_front();
    }
}

std::chrono::microseconds LatencySample::percentile(double percent) const
{
    if (m_values.empty()) {
        return std::chrono::microseconds::zero();
    }
    std::vector<std::chrono::microseconds> sorted(m_values.begin(), m_values.end());
    std::sort(sorted.begin(), sorted.end());
    const auto rank = size_t(std::ceil(percent / 100.0 * double(sorted.size())));
    return sorted[std::clamp<size_t>(rank, 1, sorted.size()) - 1];
}

QJsonObject LatencySample::toJson() const
{
    const auto milliseconds = [this](double percent) {
        return double(percentile(percent).count()) / 1000.0;
    };
    return {
        {QStringLiteral("count"), qint64(count())},
        {QStringLiteral("p50_ms"), milliseconds(50)},
        {QStringLiteral("p95_ms"), milliseconds(95)},
        {QStringLiteral("p99_ms"), milliseconds(99)},
    };
}
