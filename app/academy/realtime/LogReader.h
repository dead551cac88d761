// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "academy/realtime/Change.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>

namespace academy {

/// A row of realtime.messages: a broadcast made inside the database.
struct DatabaseBroadcast
{
    std::string id;
    std::string topic; ///< without the "realtime:" prefix
    std::string event;
    std::string payload; ///< JSON text, or raw bytes when `isJson` is false
    bool isJson = true;
    bool isPrivate = false;
    pgoutput::PgTime committed = 0;
};

/// Follows one connection's log messages and makes changes and broadcasts of them. Used by one
/// thread; knows the tables seen since reset().
class LogReader
{
public:
    struct Events
    {
        std::function<void(ChangePtr change)> change;
        std::function<void(DatabaseBroadcast broadcast)> broadcast;
        /// A table is described anew: what was cached about it may be wrong.
        std::function<void(pgoutput::Oid table)> described;
    };

    explicit LogReader(Events events);

    void reset();
    void take(pgoutput::Message message);

private:
    std::shared_ptr<const pgoutput::Relation> relation(pgoutput::Oid oid, std::size_t cells) const;
    void changed(Change change);
    void broadcast(const Change& change) const;

    Events m_events;
    pgoutput::PgTime m_commitTime = 0;
    std::unordered_map<pgoutput::Oid, std::shared_ptr<const pgoutput::Relation>> m_relations;
};

} // namespace academy
