// SPDX-License-Identifier: GPL-3.0-or-later
#include "exam/ExamUploader.h"

#include "wire/Json.h"

#include <QJsonArray>

namespace {

UploadOutcome outcomeOf(const PushReply& reply)
{
    UploadOutcome outcome;
    for (const PushReply::OpResult& result : reply.results) {
        if (result.op.isEmpty()) {
            continue;
        }
        if (result.status == QLatin1String("rejected")) {
            const QString code
                = result.code.isEmpty() ? QStringLiteral("ACADEMY_REJECTED") : result.code;
            outcome.rejected.insert(result.op, Error{ErrorKind::Invalid, code, {}, {}});
        } else {
            outcome.acknowledged.append(result.op);
        }
    }
    outcome.receipt = LaneReceipt{reply.word.ackedSeq, reply.chainHead, reply.serverTimeText, {}};
    return outcome;
}

} // namespace

AttemptId ExamUploader::attemptOf(const QString& lane)
{
    return lane.startsWith(lanePrefix()) ? AttemptId(lane.mid(lanePrefix().size())) : AttemptId();
}

ExamUploader::ExamUploader(ExamBackend& backend, Clock& clock, QObject* parent)
    : QObject(parent), m_backend(backend), m_clock(clock)
{
}

Async<UploadOutcome> ExamUploader::upload(QString lane, QList<OutboxRow> rows)
{
    const AttemptId attempt = attemptOf(lane);
    UploadOutcome unreadable;
    QJsonArray ops;
    qint64 lease = 0;
    for (const OutboxRow& row : rows) {
        const Result<QJsonValue> op = parseJson(row.payload);
        const qint64 rowLease = op ? op->toObject().value(QLatin1String("lease")).toInteger() : 0;
        if (rowLease < 1) {
            unreadable.rejected.insert(row.opId,
                Error{ErrorKind::Invalid, QStringLiteral("op_unreadable"), row.label, {}});
            continue;
        }
        if (lease != 0 && rowLease != lease) {
            break;
        }
        lease = rowLease;
        ops.append(*op);
    }
    if (ops.isEmpty()) {
        return readyAsync<UploadOutcome>(std::move(unreadable));
    }

    AsyncPromise<UploadOutcome> promise;
    const MonotonicTime asked = m_clock.monotonic();
    whenDone(m_backend.call(QStringLiteral("push_ops"),
                 {{QStringLiteral("p_attempt"), attempt.toString()},
                     {QStringLiteral("p_lease"), lease}, {QStringLiteral("p_ops"), ops}}),
        this, [this, attempt, asked, promise, unreadable](const Result<QJsonValue>& answer) {
            const Result<PushReply> reply
                = answer ? parsePushReply(*answer) : Result<PushReply>(answer.error());
            if (!reply) {
                Q_EMIT failed(attempt, reply.error());
                promise.resolve(reply.error());
                return;
            }
            UploadOutcome outcome = outcomeOf(*reply);
            outcome.rejected.insert(unreadable.rejected);
            m_receipted += outcome.acknowledged.size();
            Q_EMIT pushed(attempt, *reply, m_clock.monotonic() - asked);
            promise.resolve(std::move(outcome));
        });
    return promise.future();
}
