// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/MonitorModel.h"

#include "viewmodels/TimeText.h"

#include <QCoreApplication>

#include <algorithm>

using namespace std::chrono_literals;

namespace {

QString say(const char* text, int n = -1)
{
    return QCoreApplication::translate("Monitor", text, nullptr, n);
}

QString ageText(std::chrono::seconds age)
{
    if (age < 5s) {
        return say(QT_TRANSLATE_NOOP("Monitor", "now"));
    }
    // Coarse on purpose: a number that changes every second in every row is noise.
    if (age < 60s) {
        return say(QT_TRANSLATE_NOOP("Monitor", "%1 s")).arg(age.count() / 5 * 5);
    }
    return say(QT_TRANSLATE_NOOP("Monitor", "%1 min")).arg(std::chrono::floor<std::chrono::minutes>(age).count());
}

QString incidentText(const QString& kind)
{
    if (kind == QLatin1String("focus_loss")) {
        return say(QT_TRANSLATE_NOOP("Monitor", "Left the exam window"));
    }
    if (kind == QLatin1String("paste")) {
        return say(QT_TRANSLATE_NOOP("Monitor", "Pasted text"));
    }
    if (kind == QLatin1String("clock_jump")) {
        return say(QT_TRANSLATE_NOOP("Monitor", "The computer's clock was changed"));
    }
    if (kind == QLatin1String("second_screen")) {
        return say(QT_TRANSLATE_NOOP("Monitor", "A second screen was connected"));
    }
    if (kind == QLatin1String("chain_broken")) {
        return say(QT_TRANSLATE_NOOP("Monitor", "The answers do not form an unbroken chain"));
    }
    return kind;
}

} // namespace

MonitorStatusWords monitorStatusWords(MonitorStatus status)
{
    switch (status) {
    case MonitorStatus::Voided:
        return {say(QT_TRANSLATE_NOOP("Monitor", "Voided")), QStringLiteral("circle-slash"), QStringLiteral("neutral")};
    case MonitorStatus::Submitted:
        return {say(QT_TRANSLATE_NOOP("Monitor", "Handed in")), QStringLiteral("circle-check"), QStringLiteral("positive")};
    case MonitorStatus::CollectedLate:
        return {say(QT_TRANSLATE_NOOP("Monitor", "Collected late")), QStringLiteral("clock-alert"), QStringLiteral("warning")};
    case MonitorStatus::Conflict:
        return {say(QT_TRANSLATE_NOOP("Monitor", "Second device")), QStringLiteral("monitor-smartphone"), QStringLiteral("danger")};
    case MonitorStatus::Locked:
        return {say(QT_TRANSLATE_NOOP("Monitor", "Locked")), QStringLiteral("lock"), QStringLiteral("warning")};
    case MonitorStatus::Paused:
        return {say(QT_TRANSLATE_NOOP("Monitor", "Paused")), QStringLiteral("circle-pause"), QStringLiteral("info")};
    case MonitorStatus::Offline:
        return {say(QT_TRANSLATE_NOOP("Monitor", "Offline")), QStringLiteral("wifi-off"), QStringLiteral("danger")};
    case MonitorStatus::Degraded:
        return {say(QT_TRANSLATE_NOOP("Monitor", "Weak connection")), QStringLiteral("wifi-low"), QStringLiteral("warning")};
    case MonitorStatus::Attention:
        return {say(QT_TRANSLATE_NOOP("Monitor", "Needs a look")), QStringLiteral("eye"), QStringLiteral("warning")};
    case MonitorStatus::Active:
        return {say(QT_TRANSLATE_NOOP("Monitor", "Writing")), QStringLiteral("pencil"), QStringLiteral("positive")};
    case MonitorStatus::Waiting:
        return {say(QT_TRANSLATE_NOOP("Monitor", "Waiting")), QStringLiteral("hourglass"), QStringLiteral("neutral")};
    case MonitorStatus::NotStarted:
        return {say(QT_TRANSLATE_NOOP("Monitor", "Not started")), QStringLiteral("circle-dashed"), QStringLiteral("neutral")};
    }
    Q_UNREACHABLE();
}

MonitorLine monitorLine(const MonitorRow& row, std::optional<WallTime> now, bool selected)
{
    const MonitorStatusWords words = monitorStatusWords(row.status);
    MonitorLine line;
    line.student = row.student.toString();
    line.attempt = row.attempt.toString();
    line.name = row.name;
    line.group = row.group;
    line.status = monitorStatusName(row.status);
    line.statusLabel = words.label;
    line.statusIcon = words.icon;
    line.statusTone = words.tone;
    line.items = row.items;
    const bool started = !row.attempt.isEmpty();
    line.answered = started ? QStringLiteral("%1/%2").arg(row.answered).arg(row.total) : QString();
    // What the student's computer holds and has not sent is only known as of its last sign of life.
    const qint64 kept = std::max(row.kept, row.received + row.unsynced);
    line.allSafe = started && kept <= row.received;
    line.safe = started ? QStringLiteral("%1/%2").arg(row.received).arg(kept) : QString();
    if (row.roundTripMs) {
        line.connection = say(QT_TRANSLATE_NOOP("Monitor", "%1 ms")).arg(*row.roundTripMs);
    }
    if (now && row.lastSeen) {
        line.lastSeen = ageText(std::chrono::floor<std::chrono::seconds>(std::max(*now - *row.lastSeen, 0us)));
    }
    const bool running = started && !row.submittedAt && row.status != MonitorStatus::CollectedLate
        && row.status != MonitorStatus::Voided;
    if (const auto left = running && now ? row.timeLeft(*now) : std::nullopt) {
        line.timeLeft = TimeText::clock(std::chrono::ceil<std::chrono::seconds>(*left));
    }
    if (row.incidents > 0) {
        line.incidents = QString::number(row.incidents);
        line.lastIncident = incidentText(row.lastIncident);
    }
    line.typing = row.typing;
    line.paused = row.paused;
    line.selected = selected;
    return line;
}
