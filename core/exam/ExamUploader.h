// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/ExamTiming.h"
#include "exam/AttemptWire.h"
#include "exam/ExamBackend.h"
#include "sync/LaneUploader.h"

#include <QObject>

/// Sends the operations of the `attempt:` lanes through push_ops. Works for every attempt of this
/// file, with or without an open session. A batch carries one lease; what was written under another
/// waits for the next batch. GUI thread.
class ExamUploader final : public QObject, public LaneUploader
{
    Q_OBJECT

public:
    static QString lanePrefix() { return QStringLiteral("attempt:"); }
    /// The attempt of a lane, or an empty id.
    static AttemptId attemptOf(const QString& lane);

    ExamUploader(ExamBackend& backend, Clock& clock, QObject* parent = nullptr);

    Async<UploadOutcome> upload(QString lane, QList<OutboxRow> rows) override;
    qint64 receipted() const { return m_receipted; }

Q_SIGNALS:
    /// The academy answered; the receipt is not yet committed here.
    void pushed(
        const AttemptId& attempt, const PushReply& reply, std::chrono::microseconds roundTrip);
    void failed(const AttemptId& attempt, const Error& error);

private:
    ExamBackend& m_backend;
    Clock& m_clock;
    qint64 m_receipted = 0;
};
