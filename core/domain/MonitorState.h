// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <chrono>
#include <compare>
#include <optional>

/// What a teacher is told about one student, derived from facts; the first that applies wins.
/// Source: exam protocol, the order of its monitor states.
enum class MonitorStatus {
    Voided,
    Submitted, ///< handed in, receipt issued
    CollectedLate, ///< closed after its end, without a hand-in in time
    Conflict, ///< a second device asks for the attempt
    Locked,
    Paused,
    Offline, ///< not heard of for longer than the red threshold
    Degraded, ///< not heard of for longer than the amber threshold, or answers wait too long
    Attention, ///< a recent incident or the window has lost the focus
    Active,
    Waiting, ///< admitted, not yet writing
    NotStarted
};

QString monitorStatusName(MonitorStatus status);

/// Ages at which silence is shown. Valid only at one and a half and three and a half beats.
struct MonitorThresholds
{
    std::chrono::seconds amber{15};
    std::chrono::seconds red{35};
    std::chrono::seconds unsyncedFor{30};
    std::chrono::seconds incidentFor{60};

    bool areValidFor(std::chrono::seconds beat) const;
    bool operator==(const MonitorThresholds&) const = default;
};

/// The facts of one student's row, with ages measured on the server's clock.
struct MonitorFacts
{
    QString attemptState; ///< as the database holds it; empty: no attempt yet
    std::optional<std::chrono::milliseconds> sinceSeen;
    std::optional<std::chrono::milliseconds> sinceUnsynced; ///< how long answers have been waiting
    std::optional<std::chrono::milliseconds> sinceIncident;
    bool leaseConflict = false;
    bool paused = false;
    bool locked = false;
    bool focused = true;
    bool late = false;
};

MonitorStatus deriveMonitorStatus(
    const MonitorFacts& facts, const MonitorThresholds& thresholds = {});

/// Where a row belongs when incidents come first: what needs a teacher now, then who writes, then
/// who is done; inside a group by name.
struct MonitorOrderKey
{
    int urgency = 0; ///< lower is shown first
    QString name;

    std::weak_ordering operator<=>(const MonitorOrderKey& other) const;
    bool operator==(const MonitorOrderKey& other) const { return (*this <=> other) == 0; }
};

MonitorOrderKey incidentFirst(MonitorStatus status, const MonitorFacts& facts, const QString& name);
