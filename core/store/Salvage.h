// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"

#include <QString>

class Connection;

/// What could be saved from a damaged file.
struct Salvaged
{
    int rows = 0;
    int outboxRows = 0;
    int lostOutboxRows = 0; ///< seen in the numbering of the outbox but unreadable
};

/// Copies every row that can still be read from the SQLite file at `damagedPath` into the open,
/// migrated file behind `target`, in one transaction. Reads each table from both ends, so that one
/// bad page costs only its own rows. The damaged file is opened read-only and stays as it is.
Result<Salvaged> salvage(const QString& damagedPath, Connection& target);
