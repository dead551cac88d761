// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/realtime/TableCatalog.h"

#include <algorithm>

namespace academy {
namespace {

constexpr char allTypes[]
    = "select oid::int8, typname, case when typcategory = 'A' then typelem else 0 end::int8,"
      " case when typtype = 'd' then typbasetype else 0 end::int8 from pg_catalog.pg_type";

constexpr char tableFacts[]
    = "select c.relrowsecurity, a.attname, pg_catalog.format_type(a.atttypid, -1)"
      " from pg_catalog.pg_class c"
      " left join pg_catalog.pg_index i on i.indrelid = c.oid and i.indisprimary"
      " left join lateral unnest(i.indkey::int2[]) with ordinality k(attnum, place) on true"
      " left join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum = k.attnum"
      " where c.oid = $1::int8::oid order by k.place";

constexpr char readableColumns[]
    = "select attname from pg_catalog.pg_attribute"
      " where attrelid = $1::int8::oid and attnum > 0 and not attisdropped"
      " and pg_catalog.has_column_privilege($2::name, attrelid, attnum, 'SELECT')";

pgoutput::Oid oidAt(const PgResult& result, int row, int column)
{
    return static_cast<pgoutput::Oid>(result.number(row, column));
}

} // namespace

std::shared_ptr<const PgTypes> TableCatalog::types(
    PgConnection& connection, const std::vector<pgoutput::Column>& columns)
{
    std::uint64_t generation = 0;
    {
        const std::lock_guard lock(m_mutex);
        generation = m_generation;
        if (m_types && std::all_of(columns.begin(), columns.end(), [this](const auto& column) {
                return m_types->knows(column.type);
            })) {
            return m_types;
        }
    }
    const PgResult result = connection.run(allTypes);
    if (!result.ok()) {
        return nullptr;
    }
    auto types = std::make_shared<PgTypes>();
    for (int row = 0; row < result.rows(); ++row) {
        types->add(oidAt(result, row, 0),
            {std::string(result.text(row, 1)), oidAt(result, row, 2), oidAt(result, row, 3)});
    }
    const std::lock_guard lock(m_mutex);
    if (generation == m_generation) {
        m_types = types;
    }
    return types;
}

std::shared_ptr<const TableFacts> TableCatalog::facts(PgConnection& connection, pgoutput::Oid table)
{
    std::uint64_t generation = 0;
    {
        const std::lock_guard lock(m_mutex);
        if (const auto known = m_facts.find(table); known != m_facts.end()) {
            return known->second;
        }
        generation = m_generation;
    }
    const std::string number = std::to_string(table);
    const PgResult result = connection.run(tableFacts, {number});
    if (!result.ok()) {
        return nullptr;
    }
    auto facts = std::make_shared<TableFacts>();
    if (result.rows() == 0) {
        facts->exists = false;
        return facts;
    }
    facts->rowSecurity = result.truth(0, 0);
    for (int row = 0; row < result.rows(); ++row) {
        if (!result.isNull(row, 1)) {
            facts->primaryKey.push_back(
                {std::string(result.text(row, 1)), std::string(result.text(row, 2))});
        }
    }
    const std::lock_guard lock(m_mutex);
    if (generation == m_generation) {
        m_facts[table] = facts;
    }
    return facts;
}

std::shared_ptr<const std::set<std::string>> TableCatalog::readable(
    PgConnection& connection, pgoutput::Oid table, const std::string& role)
{
    const auto key = std::make_pair(table, role);
    std::uint64_t generation = 0;
    {
        const std::lock_guard lock(m_mutex);
        if (const auto known = m_readable.find(key); known != m_readable.end()) {
            return known->second;
        }
        generation = m_generation;
    }
    const std::string number = std::to_string(table);
    const PgResult result = connection.run(readableColumns, {number, role});
    if (!result.ok()) {
        return nullptr;
    }
    auto columns = std::make_shared<std::set<std::string>>();
    for (int row = 0; row < result.rows(); ++row) {
        columns->emplace(result.text(row, 0));
    }
    const std::lock_guard lock(m_mutex);
    if (generation == m_generation) {
        m_readable[key] = columns;
    }
    return columns;
}

void TableCatalog::forget(pgoutput::Oid table)
{
    const std::lock_guard lock(m_mutex);
    ++m_generation;
    m_facts.erase(table);
    std::erase_if(m_readable, [table](const auto& entry) { return entry.first.first == table; });
}

void TableCatalog::forgetAll()
{
    const std::lock_guard lock(m_mutex);
    ++m_generation;
    m_types.reset();
    m_facts.clear();
    m_readable.clear();
}

} // namespace academy
