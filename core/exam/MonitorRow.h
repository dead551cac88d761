// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "base/Id.h"
#include "base/Result.h"
#include "domain/MonitorState.h"

#include <QHash>
#include <QJsonObject>
#include <QList>
#include <QMetaType>
#include <QObject>

#include <optional>

/// One student of a sitting as the academy last stated it, plus what is derived from its age.
/// Keyed by student: a student without an attempt has a row as well. Value.
struct MonitorRow
{
    Q_GADGET

public:
    UserId student;
    AttemptId attempt; ///< empty while not started
    QString name;
    QString group;
    QString state; ///< the academy's own word, at the moment it was said
    MonitorStatus status = MonitorStatus::NotStarted; ///< derived anew as the facts grow older
    std::optional<WallTime> lastSeen;
    std::optional<int> roundTripMs;
    int answered = 0;
    int flagged = 0;
    int total = 0;
    QString items; ///< a character per item: "." unseen, "s" seen, "a" answered, "f" flagged
    ItemId currentItem;
    qint64 kept = 0; ///< operations committed on the student's computer
    qint64 received = 0; ///< of them, those the academy holds
    qint64 unsynced = 0;
    std::optional<WallTime> effectiveEnd;
    bool paused = false;
    std::optional<WallTime> pausedAsOf; ///< while paused: when the academy stated `effectiveEnd`
    bool locked = false;
    std::optional<WallTime> submittedAt;
    std::optional<bool> onTime;
    int incidents = 0;
    QString lastIncident;
    std::optional<WallTime> lastIncidentAt;
    bool leaseConflict = false;
    bool focused = true;
    bool present = false; ///< in the room's presence, for small sittings
    bool typing = false;
    qint64 version = 0;

    bool incidentOpen = false; ///< something happened within the last minute

    /// Derives `status` and `incidentOpen` as they are at `now`, a moment on the server's clock;
    /// true when one of them changed.
    bool judge(WallTime now);
    /// Exam time left at `now`, a moment on the server's clock; nothing before the start. A paused
    /// student's time stands still, however old the row is.
    std::optional<std::chrono::microseconds> timeLeft(WallTime now) const;
    /// Incidents first, then by what needs a teacher, then by name.
    MonitorOrderKey order() const;
    bool operator==(const MonitorRow&) const = default;

    /// Reads a row of monitor_snapshot, monitor_changes or a delta.
    static Result<MonitorRow> fromJson(const QJsonObject& json);
};

/// The head of the monitor. Value.
struct MonitorSnapshot
{
    Q_GADGET
    Q_PROPERTY(QString title MEMBER title)
    Q_PROPERTY(QString state MEMBER state)
    Q_PROPERTY(bool stale MEMBER stale)

public:
    SittingId sitting;
    QString title;
    QString state; ///< scheduled, open, closed, released
    std::optional<WallTime> opensAt;
    std::optional<WallTime> closesAt;
    qint64 version = -1;
    std::optional<WallTime> asOf; ///< the server's time of the newest facts
    std::optional<std::chrono::seconds> age; ///< how old those facts are, by the monotonic clock
    bool stale = true; ///< older than the monitor promises: say so on screen
    bool live = false; ///< the delta channel is live
    int students = 0;
    QHash<int, int> counts; ///< MonitorStatus → rows
    std::optional<Error> problem;

    int count(MonitorStatus status) const { return counts.value(int(status)); }
    bool operator==(const MonitorSnapshot&) const = default;
};

Q_DECLARE_METATYPE(MonitorRow)
Q_DECLARE_METATYPE(MonitorSnapshot)
