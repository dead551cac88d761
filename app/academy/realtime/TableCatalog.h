// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "academy/postgres/Pg.h"
#include "academy/realtime/PgTypes.h"

#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace academy {

/// What the log does not say about a table.
struct TableFacts
{
    struct KeyColumn
    {
        std::string name;
        std::string sqlType;
    };

    bool exists = true; ///< still
    bool rowSecurity = false;
    std::vector<KeyColumn> primaryKey;
};

/// Cached facts of the system catalogue: types, tables, column privileges. Thread-safe; each call
/// asks the database with the caller's connection when the answer is not known yet. A null pointer
/// means that the database could not answer.
class TableCatalog
{
public:
    std::shared_ptr<const PgTypes> types(
        PgConnection& connection, const std::vector<pgoutput::Column>& columns);
    std::shared_ptr<const TableFacts> facts(PgConnection& connection, pgoutput::Oid table);
    /// The columns the role may select.
    std::shared_ptr<const std::set<std::string>> readable(
        PgConnection& connection, pgoutput::Oid table, const std::string& role);

    /// The table changed its shape or its privileges.
    void forget(pgoutput::Oid table);
    /// Another connection to the log: nothing known before may be relied on.
    void forgetAll();

private:
    std::mutex m_mutex;
    std::uint64_t m_generation = 0;
    std::shared_ptr<const PgTypes> m_types;
    std::map<pgoutput::Oid, std::shared_ptr<const TableFacts>> m_facts;
    std::map<std::pair<pgoutput::Oid, std::string>, std::shared_ptr<const std::set<std::string>>>
        m_readable;
};

} // namespace academy
