// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// The messages of PostgreSQL's built-in logical decoding plug-in `pgoutput`, protocol version 1,
/// values in text form (PostgreSQL manual, "Logical Replication Message Formats").
namespace academy::pgoutput {

using Oid = std::uint32_t;
/// Microseconds since 2000-01-01 00:00 UTC, PostgreSQL's own epoch.
using PgTime = std::int64_t;

struct Column
{
    bool identity = false; ///< part of the replica identity
    std::string name;
    Oid type = 0;
    bool operator==(const Column&) const = default;
};

struct Begin
{
    std::uint64_t finalLsn = 0;
    PgTime commitTime = 0;
    std::uint32_t transaction = 0;
};
struct Commit
{
    std::uint64_t commitLsn = 0;
    std::uint64_t endLsn = 0;
    PgTime commitTime = 0;
};
struct Origin
{
    std::string name;
};
struct Type
{
    Oid oid = 0;
    std::string schema;
    std::string name;
};
/// What a table looks like from here on; sent before its first change and again after any DDL.
struct Relation
{
    Oid oid = 0;
    std::string schema;
    std::string table;
    char identity = 'd'; ///< d default (primary key), n nothing, f full, i index
    std::vector<Column> columns;
};

/// One column of a row as the log holds it.
struct Cell
{
    enum class Kind {
        Null,
        Unchanged, ///< a TOASTed value the update did not touch: the log does not carry it
        Text
    };
    Kind kind = Kind::Null;
    std::string text;
    bool operator==(const Cell&) const = default;
};
using Row = std::vector<Cell>;

struct Insert
{
    Oid relation = 0;
    Row row;
};
struct Update
{
    Oid relation = 0;
    std::optional<Row> oldRow; ///< only identity columns are filled unless the identity is full
    Row row;
};
struct Delete
{
    Oid relation = 0;
    Row oldRow;
};
struct Truncate
{
    std::vector<Oid> relations;
};
/// A message this version does not know; skipped.
struct Unknown
{
    char kind = 0;
};

using Message = std::variant<Unknown, Begin, Commit, Origin, Type, Relation, Insert, Update, Delete,
    Truncate>;

/// One message from its bytes; nothing when the bytes are cut short or contradict themselves.
/// Pure and total: never reads outside `bytes`.
std::optional<Message> decode(std::string_view bytes);

} // namespace academy::pgoutput
