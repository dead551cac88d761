// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/OpChain.h"

#include <QCryptographicHash>

QByteArray chainOrigin()
{
    return QByteArray(64, '0');
}

QByteArray opHash(const ChainedOp& op)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    const auto line = [&hash](const QByteArray& field) {
        hash.addData(field);
        hash.addData(QByteArrayLiteral("\n"));
    };
    line(op.previousHash);
    line(op.id.toString().toUtf8());
    line(QByteArray::number(op.seq));
    line(op.item.toString().toUtf8());
    line(op.kind.toUtf8());
    hash.addData(op.body);
    return hash.result().toHex();
}

ChainedOp chained(ChainedOp op, const QByteArray& previousHash)
{
    op.previousHash = previousHash;
    op.hash = opHash(op);
    return op;
}

std::optional<qsizetype> firstBrokenLink(
    std::span<const ChainedOp> ops, const QByteArray& head, qint64 headSeq)
{
    const QByteArray* previous = &head;
    qint64 seq = headSeq;
    for (size_t i = 0; i < ops.size(); ++i) {
        const ChainedOp& op = ops[i];
        if (op.seq != seq + 1 || op.previousHash != *previous || op.hash != opHash(op)) {
            return qsizetype(i);
        }
        previous = &op.hash;
        seq = op.seq;
    }
    return std::nullopt;
}
