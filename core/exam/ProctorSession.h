// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Async.h"
#include "exam/ExamBackend.h"
#include "exam/ExamCommand.h"
#include "exam/MonitorRow.h"

#include <QObject>

#include <memory>

class Clock;
class RandomSource;
class Scheduler;

/// One teacher watching one sitting. Takes a snapshot, then at most one delta a second from the
/// private monitor channel; a gap, or ten seconds of silence, means a new look at the database.
/// The head always says how old the facts are, by the server's clock carried on monotonically.
/// Actions are durable commands of the academy. GUI thread.
class ProctorSession : public QObject
{
    Q_OBJECT
    Q_PROPERTY(MonitorSnapshot snapshot READ snapshot NOTIFY snapshotChanged)

public:
    ProctorSession(SittingId sitting, ExamBackend& backend, Clock& clock, Scheduler& scheduler,
        RandomSource& random, QObject* parent = nullptr);
    ~ProctorSession() override;

    const SittingId& sitting() const;
    const MonitorSnapshot& snapshot() const;
    /// Every row, in no particular order.
    QList<MonitorRow> rows() const;
    std::optional<MonitorRow> row(const UserId& student) const;
    /// Presence of the sitting's room: key → metas.
    QJsonObject presence() const;

    /// Begins to watch; signals follow.
    void start();
    /// Looks again now.
    void refresh();
    /// The network is back: looks, and commands that wait for their next try try now.
    void networkUp();

    Async<void> openSitting();
    Async<void> closeSitting();
    Async<void> releaseResults();

    /// What the command would do to whom, without doing it.
    Async<CommandOutcome> previewCommand(const ExamCommand& command);
    /// Issues it. A lost answer is asked for again under the same operation id, so a command never
    /// happens twice.
    Async<CommandOutcome> issueCommand(const ExamCommand& command);
    Async<void> undo(qint64 command);

Q_SIGNALS:
    void snapshotChanged();
    /// All rows are new: read rows().
    void reset();
    /// These rows are new or differ; students do not vanish except by reset().
    void rowsChanged(const QList<MonitorRow>& rows);

private:
    class Private;
    std::unique_ptr<Private> d;
};
