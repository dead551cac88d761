// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/MonitorState.h"

#include <array>
#include <utility>

namespace {

constexpr std::array names{
    std::pair{MonitorStatus::Voided, "voided"},
    std::pair{MonitorStatus::Submitted, "submitted"},
    std::pair{MonitorStatus::CollectedLate, "collected_late"},
    std::pair{MonitorStatus::Conflict, "conflict"},
    std::pair{MonitorStatus::Locked, "locked"},
    std::pair{MonitorStatus::Paused, "paused"},
    std::pair{MonitorStatus::Offline, "offline"},
    std::pair{MonitorStatus::Degraded, "degraded"},
    std::pair{MonitorStatus::Attention, "attention"},
    std::pair{MonitorStatus::Active, "active"},
    std::pair{MonitorStatus::Waiting, "waiting"},
    std::pair{MonitorStatus::NotStarted, "not_started"},
};

int urgencyOf(MonitorStatus status)
{
    switch (status) {
    case MonitorStatus::Conflict:
        return 1;
    case MonitorStatus::Offline:
        return 2;
    case MonitorStatus::Attention:
        return 3;
    case MonitorStatus::Degraded:
        return 4;
    case MonitorStatus::Locked:
        return 5;
    case MonitorStatus::CollectedLate:
        return 6;
    case MonitorStatus::Paused:
        return 7;
    case MonitorStatus::Active:
        return 8;
    case MonitorStatus::Waiting:
        return 9;
    case MonitorStatus::NotStarted:
        return 10;
    case MonitorStatus::Submitted:
        return 11;
    case MonitorStatus::Voided:
        return 12;
    }
    return 12;
}

} // namespace

QString monitorStatusName(MonitorStatus status)
{
    return QLatin1String(names.at(size_t(status)).second);
}

bool MonitorThresholds::areValidFor(std::chrono::seconds beat) const
{
    return amber * 2 >= beat * 3 && red * 2 >= beat * 7 && amber < red;
}

MonitorStatus deriveMonitorStatus(const MonitorFacts& facts, const MonitorThresholds& thresholds)
{
    const QString& state = facts.attemptState;
    if (state.isEmpty() || state == QLatin1String("not_started")) {
        return MonitorStatus::NotStarted;
    }
    if (state == QLatin1String("voided")) {
        return MonitorStatus::Voided;
    }
    if (state == QLatin1String("submitted")) {
        return facts.late ? MonitorStatus::CollectedLate : MonitorStatus::Submitted;
    }
    if (state == QLatin1String("collected_late") || state == QLatin1String("expired")) {
        return MonitorStatus::CollectedLate;
    }
    if (facts.leaseConflict) {
        return MonitorStatus::Conflict;
    }
    if (facts.locked || state == QLatin1String("locked")) {
        return MonitorStatus::Locked;
    }
    if (facts.paused || state == QLatin1String("paused")) {
        return MonitorStatus::Paused;
    }
    if (state == QLatin1String("waiting") || state == QLatin1String("authorised")) {
        return MonitorStatus::Waiting;
    }
    if (!facts.sinceSeen || *facts.sinceSeen > thresholds.red) {
        return MonitorStatus::Offline;
    }
    const bool answersWait = facts.sinceUnsynced && *facts.sinceUnsynced > thresholds.unsyncedFor;
    if (*facts.sinceSeen > thresholds.amber || answersWait) {
        return MonitorStatus::Degraded;
    }
    const bool recentIncident
        = facts.sinceIncident && *facts.sinceIncident <= thresholds.incidentFor;
    return !facts.focused || recentIncident ? MonitorStatus::Attention : MonitorStatus::Active;
}

std::weak_ordering MonitorOrderKey::operator<=>(const MonitorOrderKey& other) const
{
    if (urgency != other.urgency) {
        return urgency <=> other.urgency;
    }
    return QString::localeAwareCompare(name, other.name) <=> 0;
}

MonitorOrderKey incidentFirst(MonitorStatus status, const MonitorFacts& facts, const QString& name)
{
    // A fresh incident lifts a row above its state: somebody locked or paused may need help as
    // well.
    const bool writing = status != MonitorStatus::Submitted && status != MonitorStatus::Voided
        && status != MonitorStatus::NotStarted && status != MonitorStatus::CollectedLate;
    const bool incident
        = facts.sinceIncident && *facts.sinceIncident <= MonitorThresholds{}.incidentFor;
    return {writing && incident ? 0 : urgencyOf(status), name};
}
