// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Id.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <optional>
#include <span>

/// The fields of an answer operation that its hash covers. `body` is the exact JSON text of the
/// payload: it is hashed, stored and sent as it is, never written anew.
struct ChainedOp
{
    OpId id;
    qint64 seq = 0; ///< 1, 2, 3 … within the attempt
    ItemId item;
    QString kind;
    QByteArray body;
    QByteArray previousHash; ///< lower-case hex
    QByteArray hash; ///< lower-case hex
    bool operator==(const ChainedOp&) const = default;
};

/// What the first operation of an attempt names as its predecessor: 64 zeros.
QByteArray chainOrigin();

/// SHA-256 in lower-case hex over UTF-8 "previous\nid\nseq\nitem\nkind\nbody".
QByteArray opHash(const ChainedOp& op);

/// The operation with its predecessor and its own hash filled in.
ChainedOp chained(ChainedOp op, const QByteArray& previousHash);

/// The index of the first operation that does not follow from the one before it (sequence, link or
/// own hash), or nothing when the chain from `head` is whole.
std::optional<qsizetype> firstBrokenLink(
    std::span<const ChainedOp> ops, const QByteArray& head, qint64 headSeq);
