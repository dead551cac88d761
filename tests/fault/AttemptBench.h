// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/StoreTest.h"

#include "store/AttemptStore.h"

#include <QCryptographicHash>

inline QByteArray chainHash(const QByteArray& prevHash, const OpId& opId, qint64 seq,
    const ItemId& item, const QString& kind, const QByteArray& body)
{
    return QCryptographicHash::hash(prevHash + '\n' + opId.toString().toUtf8() + '\n'
            + QByteArray::number(seq) + '\n' + item.toString().toUtf8() + '\n' + kind.toUtf8() + '\n'
            + body,
        QCryptographicHash::Sha256)
        .toHex();
}

inline AttemptStart attemptStart()
{
    AttemptStart start;
    start.id = AttemptId(QStringLiteral("attempt"));
    start.sitting = SittingId(QStringLiteral("sitting"));
    start.owner = UserId(QStringLiteral("ana"));
    start.device = DeviceId(QStringLiteral("laptop"));
    start.lease = 1;
    start.state = QStringLiteral("active");
    start.paper = "{}";
    return start;
}

inline NewAttemptOp attemptOp(qint64 number, const QByteArray& body)
{
    NewAttemptOp op;
    op.opId = OpId(QStringLiteral("00000000-0000-4000-8000-%1").arg(number, 12, 10, QLatin1Char('0')));
    op.item = ItemId(QStringLiteral("q%1").arg(number % 12));
    op.kind = QStringLiteral("answer");
    op.body = body;
    op.label = QStringLiteral("Answer %1").arg(number);
    return op;
}

/// Empty when the operations form one unbroken chain from the first, the fold shows the newest answer
/// of each item and every operation waits in the outbox; otherwise what is wrong.
inline QString whatIsWrong(Database& database, AttemptStore& store)
{
    const AttemptId id = attemptStart().id;
    const auto ops = answerOf(store.ops(id));
    const auto answers = answerOf(store.answers(id));
    const auto attempt = answerOf(store.find(id));
    const auto queued = integerOf(database, QStringLiteral("SELECT count(*) FROM outbox JOIN attempt_ops USING (op_id)"));
    if (!ops || !answers || !attempt || !queued) {
        return QStringLiteral("unreadable");
    }
    QByteArray head(64, '0');
    qint64 seq = 0;
    QHash<ItemId, QByteArray> newest;
    for (const CommittedOp& op : *ops) {
        if (op.seq != ++seq || op.prevHash != head
            || op.hash != chainHash(head, op.opId, op.seq, op.item, op.kind, op.body)) {
            return QStringLiteral("chain broken at %1").arg(seq);
        }
        head = op.hash;
        newest.insert(op.item, op.body);
    }
    if (*attempt && ((*attempt)->lastSeq != seq || (*attempt)->chainHead != head)) {
        return QStringLiteral("attempt says %1 instead of %2").arg((*attempt)->lastSeq).arg(seq);
    }
    if (*queued != seq) {
        return QStringLiteral("%1 of %2 queued").arg(*queued).arg(seq);
    }
    if (newest.size() != answers->size()) {
        return QStringLiteral("%1 answers instead of %2").arg(answers->size()).arg(newest.size());
    }
    for (const StoredAnswer& answer : *answers) {
        if (answer.payload != newest.value(answer.item)) {
            return QStringLiteral("answer of ") + answer.item.toString();
        }
    }
    return {};
}
