// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Async.h"
#include "store/Outbox.h"

#include <QHash>
#include <QList>

#include <optional>

/// What became of a batch. An operation that is not named stays queued and is sent again.
struct UploadOutcome
{
    QList<OpId> acknowledged;      ///< the academy has them (duplicates, late and fenced included)
    QHash<OpId, Error> rejected;   ///< transient errors are retried, permanent ones quarantined
    QList<OpId> waiting;           ///< good, but they cannot go yet: kept, and the rows behind go on
    std::optional<LaneReceipt> receipt;
};

/// Sends the operations of one kind of lane. Called on the GUI thread, one batch per lane at a time,
/// oldest first. An Error means that nothing is known about the whole batch. Must be idempotent by
/// operation id: after a lost reply or a crash the same rows come again.
class LaneUploader
{
public:
    virtual ~LaneUploader() = default;
    virtual Async<UploadOutcome> upload(QString lane, QList<OutboxRow> rows) = 0;
};
