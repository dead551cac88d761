// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "academy/postgres/Pg.h"
#include "academy/rest/Schema.h"

#include <memory>

namespace academy {

/// Reads the catalogue of one database into a Schema: tables, keys, views and what their columns
/// stand for, functions, types, and the settings of the roles. Blocking; one object per reading.
class SchemaReader final
{
public:
    explicit SchemaReader(PgConnection& connection) : m_connection(connection) { }

    /// Nothing when the database does not answer.
    std::shared_ptr<const Schema> read();

private:
    bool readSettings();
    bool readColumns();
    bool readTypes();
    bool readFunctions();
    bool readRelationships();
    PgResult ask(const char* sql, const PgParams& params);
    std::string schemaList() const;

    PgConnection& m_connection;
    std::shared_ptr<Schema> m_schema;
    /// Tables and composite types of every schema that functions return rows of.
    std::map<Schema::Name, std::vector<Schema::Column>> m_rowTypes;
};

} // namespace academy
