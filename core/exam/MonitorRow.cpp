// SPDX-License-Identifier: GPL-3.0-or-later
#include "exam/MonitorRow.h"

#include "wire/Json.h"

namespace {

std::optional<std::chrono::milliseconds> since(const std::optional<WallTime>& then, WallTime now)
{
    if (!then) {
        return std::nullopt;
    }
    return std::chrono::duration_cast<std::chrono::milliseconds>(
        std::max<std::chrono::microseconds>(now - *then, std::chrono::microseconds::zero()));
}

} // namespace

Result<MonitorRow> MonitorRow::fromJson(const QJsonObject& json)
{
    JsonReader in(json, "monitor row");
    MonitorRow row;
    row.student = UserId(in.string("student_id"));
    row.attempt = AttemptId(in.optionalString("attempt_id").value_or(QString()));
    row.name = in.string("name");
    row.group = in.optionalString("group").value_or(QString());
    row.state = in.string("state");
    row.lastSeen = in.optionalTimestamp("last_seen");
    if (const auto roundTrip = in.optionalInteger("rtt_ms")) {
        row.roundTripMs = int(*roundTrip);
    }
    row.answered = int(in.integer("answered"));
    row.flagged = int(in.integer("flagged"));
    row.total = int(in.integer("total"));
    row.items = in.string("items");
    row.currentItem = ItemId(in.optionalString("item_id").value_or(QString()));
    row.kept = in.integer("last_seq");
    row.received = in.integer("acked_seq");
    row.unsynced = in.integer("unsynced");
    row.effectiveEnd = in.optionalTimestamp("effective_end");
    row.paused = in.boolean("paused");
    row.locked = in.optionalBoolean("locked").value_or(row.state == QLatin1String("locked"));
    row.submittedAt = in.optionalTimestamp("submitted_at");
    row.onTime = in.optionalBoolean("on_time");
    row.incidents = int(in.integer("incidents"));
    row.lastIncident = in.optionalString("last_incident").value_or(QString());
    row.lastIncidentAt = in.optionalTimestamp("last_incident_at");
    row.leaseConflict = in.boolean("lease_conflict");
    row.focused = in.boolean("focus");
    row.version = in.integer("version");
    return in.finish(std::move(row));
}

bool MonitorRow::judge(WallTime now)
{
    MonitorFacts facts;
    const bool ended = state == QLatin1String("voided") || state == QLatin1String("submitted")
        || state == QLatin1String("collected_late") || state == QLatin1String("not_started");
    facts.attemptState = ended || attempt.isEmpty() ? state : QStringLiteral("active");
    facts.sinceSeen = since(lastSeen, now);
    facts.sinceIncident = since(lastIncidentAt, now);
    if (unsynced > 0 && state == QLatin1String("degraded")) {
        // The academy knows since when answers are on their way; its word stands until it differs.
        facts.sinceUnsynced = MonitorThresholds{}.unsyncedFor + std::chrono::seconds(1);
    }
    facts.leaseConflict = leaseConflict;
    facts.paused = paused;
    facts.locked = locked;
    facts.focused = focused;
    facts.late = onTime.has_value() && !*onTime;

    const MonitorStatus was = std::exchange(status, deriveMonitorStatus(facts));
    const bool open
        = facts.sinceIncident && *facts.sinceIncident <= MonitorThresholds{}.incidentFor;
    return (std::exchange(incidentOpen, open) != open) || was != status;
}

std::optional<std::chrono::microseconds> MonitorRow::timeLeft(WallTime now) const
{
    if (!effectiveEnd) {
        return std::nullopt;
    }
    return *effectiveEnd - (paused ? pausedAsOf.value_or(now) : now);
}

MonitorOrderKey MonitorRow::order() const
{
    MonitorFacts facts;
    if (incidentOpen) {
        facts.sinceIncident = std::chrono::milliseconds::zero();
    }
    return incidentFirst(status, facts, name);
}
