// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace academy {

/// A picture of the exposed schemas, read from the catalogue: what may be named in a request and
/// how tables hang together. Immutable once built; shared by all requests until the next one.
struct Schema
{
    struct Name
    {
        std::string schema;
        std::string name;
        auto operator<=>(const Name&) const = default;
    };
    struct Column
    {
        std::string name;
        std::string type; ///< as SQL writes it
        std::string defaultValue; ///< SQL expression, empty when there is none
        bool isJson = false;
        bool isTextSearch = false;
        bool isRequired = false; ///< not null, and nothing fills it by itself
    };
    struct Table
    {
        Name name;
        std::vector<Column> columns;
        std::vector<std::string> primaryKey;
        bool isView = false;
        bool canInsert = true;
        bool canUpdate = true;
        bool canDelete = true;
        /// Functions of one row of this table that can be selected like columns.
        std::set<std::string> computed;

        const Column* column(const std::string& wanted) const;
    };
    /// How rows of one table find rows of another.
    struct Relationship
    {
        enum class Kind { ManyToOne, OneToMany, OneToOne, ManyToMany, Computed };
        using Pairs = std::vector<std::pair<std::string, std::string>>;

        Kind kind = Kind::ManyToOne;
        Name from;
        Name to;
        std::string constraint; ///< of the foreign key; the first one of a junction
        Pairs columns; ///< from's = to's, or from's = the junction's
        Name junction; ///< ManyToMany
        std::string farConstraint; ///< ManyToMany
        Pairs farColumns; ///< ManyToMany: to's = the junction's
        Name function; ///< Computed
        bool computedIsToOne = false;
        bool toView = false;

        bool isToOne() const;
        bool isSelf() const { return from == to; }
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

        Name name;
        std::vector<Argument> arguments;
        Returns returns = Returns::Scalar;
        bool isSet = false;
        bool isVolatile = true;
        Name table; ///< the table whose rows it returns, if it does
        std::vector<Column> columns; ///< of the rows it returns otherwise, when they are known
        /// Settings of its own that hold for its whole transaction.
        std::vector<std::pair<std::string, std::string>> settings;

        /// True when the names are among its arguments and every required one is there.
        bool takes(const std::set<std::string>& names) const;
        bool hasOneUnnamedArgument() const;
    };
    /// `alter role authenticator set pgrst.… = …`, as PostgREST's in-database configuration.
    struct Settings
    {
        std::vector<std::string> schemas{"public"};
        std::vector<std::string> extraSearchPath{"public", "extensions"};
        std::int64_t maxRows = 1000;
        bool allowsAggregates = false;
        bool rollsBack = false; ///< db-tx-end
        bool allowsTxOverride = false;
        bool hidesRoot = false; ///< openapi-mode disabled
        std::optional<Name> preRequest;
    };

    Settings settings;
    std::map<Name, Table> tables;
    std::multimap<Name, Function> functions;
    std::multimap<Name, Relationship> relationships; ///< by `from`
    /// What a cast may name, and how SQL writes it.
    std::map<std::string, std::string> types;
    /// Settings a role has in the catalogue, such as statement_timeout.
    std::map<std::string, std::vector<std::pair<std::string, std::string>>> roleSettings;

    const Table* table(const Name& name) const;
    bool exposes(const std::string& schema) const;
    /// How SQL writes a type that a request names; nullopt for what is no type.
    std::optional<std::string> type(const std::string& wanted) const;
};

} // namespace academy
