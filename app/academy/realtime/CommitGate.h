// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "academy/postgres/Pg.h"

#include <atomic>
#include <cstdint>
#include <string>
#include <string_view>

namespace academy {

/// Holds a transaction back until others can see it. The log shows a commit as soon as it is on
/// disk, a moment before new snapshots include it: who was told of a row in that moment would look
/// for it in vain, and so would the check of row-level security. Used by the log's thread, with a
/// connection of its own.
class CommitGate
{
public:
    bool open(const std::string& conninfo) { return m_connection.open(conninfo); }

    /// Returns when the transaction is visible to everybody; false when the connection was lost or
    /// `stopping` became true.
    bool await(std::uint32_t transaction, const std::atomic<bool>& stopping);

    /// Whether a snapshot in PostgreSQL's text form, "xmin:xmax:xip,…", includes a transaction
    /// given by the lower half of its number.
    static bool includes(std::string_view snapshot, std::uint32_t transaction);

private:
    PgConnection m_connection;
    std::string m_snapshot;
};

} // namespace academy
