// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "academy/postgres/Pg.h"

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace academy {

/// A picture of the exposed schema `public`, read from the catalogue: what may be named in a
/// request and how tables hang together. Immutable; shared by all requests until the next one.
struct Schema
{
    struct Column
    {
        std::string name;
        std::string type;
        std::string defaultValue; ///< SQL expression, empty when there is none
        bool isJson = false;
        bool isTextSearch = false;
    };
    struct Table
    {
        std::string name;
        std::vector<Column> columns;
        std::vector<std::string> primaryKey;
        bool isView = false;

        const Column* column(const std::string& wanted) const;
    };
    /// Rows of `table` point at rows of `target`.
    struct ForeignKey
    {
        std::string name;
        std::string table;
        std::vector<std::string> columns;
        std::string target;
        std::vector<std::string> targetColumns;
        bool isUnique = false; ///< at most one row points at a target: a to-one in both directions
    };
    struct Argument
    {
        std::string name;
        std::string type;
        bool hasDefault = false;
        bool isVariadic = false;
    };
    struct Function
    {
        enum class Returns { Void, Scalar, Composite };

        std::string name;
        std::vector<Argument> arguments;
        Returns returns = Returns::Scalar;
        bool isSet = false;
        bool isVolatile = true;
        std::string table; ///< the table whose rows it returns, if it does

        bool takes(const std::set<std::string>& names) const;
    };

    std::map<std::string, Table> tables;
    std::vector<ForeignKey> foreignKeys;
    std::multimap<std::string, Function> functions;
    /// Settings a role has in the catalogue, such as statement_timeout.
    std::map<std::string, std::vector<std::pair<std::string, std::string>>> roleSettings;

    /// Reads everything; nothing when the database does not answer.
    static std::shared_ptr<const Schema> read(PgConnection& connection);
};

} // namespace academy
