// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "progress/ProgressOptions.h"

#include <QHash>
#include <QString>
#include <QStringList>

#include <optional>

/// Decides when a changed row is shown: after a moment of quiet, at the latest a fixed time after
/// its first unseen change, or at once when many rows wait. Pure; every row has its own times, so a
/// busy row never holds back a quiet one, and nothing that was noted is ever forgotten.
class DeliveryPlan
{
public:
    explicit DeliveryPlan(ProgressOptions options) : m_options(options) { }

    void setOptions(const ProgressOptions& options) { m_options = options; }
    void note(const QString& row, MonotonicTime now);
    /// The rows to show now, oldest change first; they no longer wait afterwards.
    QStringList take(MonotonicTime now);
    /// When take() should be called next; nothing when no row waits.
    std::optional<MonotonicTime> nextDue() const;
    int waiting() const { return int(m_rows.size()); }

private:
    struct Wait
    {
        MonotonicTime first;
        MonotonicTime last;
    };
    MonotonicTime due(const Wait& wait) const;
    bool isFull() const { return m_options.enableBatching && m_rows.size() >= m_options.batchSize; }

    ProgressOptions m_options;
    QHash<QString, Wait> m_rows;
};
