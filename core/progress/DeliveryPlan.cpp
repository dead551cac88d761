// SPDX-License-Identifier: GPL-3.0-or-later
#include "progress/DeliveryPlan.h"

#include <algorithm>

void DeliveryPlan::note(const QString& row, MonotonicTime now)
{
    const auto it = m_rows.find(row);
    if (it == m_rows.end()) {
        m_rows.insert(row, {now, now});
    } else {
        it->last = now;
    }
}

QStringList DeliveryPlan::take(MonotonicTime now)
{
    QList<std::pair<MonotonicTime, QString>> ready;
    for (auto it = m_rows.cbegin(); it != m_rows.cend(); ++it) {
        if (isFull() || due(*it) <= now) {
            ready.append({it->first, it.key()});
        }
    }
    std::sort(ready.begin(), ready.end());
    QStringList rows;
    for (const auto& [first, row] : ready) {
        rows.append(row);
        m_rows.remove(row);
    }
    return rows;
}

std::optional<MonotonicTime> DeliveryPlan::nextDue() const
{
    std::optional<MonotonicTime> next;
    for (const Wait& wait : m_rows) {
        const MonotonicTime at = isFull() ? wait.first : due(wait);
        next = next ? std::min(*next, at) : at;
    }
    return next;
}

MonotonicTime DeliveryPlan::due(const Wait& wait) const
{
    return std::min<MonotonicTime>(wait.last + m_options.debounce, wait.first + m_options.throttle);
}
