// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>

#include <chrono>
#include <deque>

/// The last measured durations of one kind, bounded, with their percentiles (nearest rank).
class LatencySample
{
public:
    static constexpr size_t Largest = 512;

    void add(std::chrono::microseconds value);
    void clear() { m_values.clear(); }
    size_t count() const { return m_values.size(); }
    /// `percent` in (0, 100]; zero when nothing was measured.
    std::chrono::microseconds percentile(double percent) const;
    /// {count, p50_ms, p95_ms, p99_ms}
    QJsonObject toJson() const;

private:
    std::deque<std::chrono::microseconds> m_values;
};
