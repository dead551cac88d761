// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"

#include <QByteArray>

class Connection;

/// The academy's catalogue of models as it was last read. Every function works inside the caller's
/// transaction, on the database's thread.
class TutorCatalogueStore
{
public:
    /// Replaces it; an empty one forgets it.
    static Result<void> keep(Connection& connection, const QByteArray& json);
    /// Empty when there is none.
    static Result<QByteArray> kept(Connection& connection);
};
