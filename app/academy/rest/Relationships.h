// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "academy/rest/Schema.h"

#include <string>
#include <vector>

namespace academy {

/// A foreign key as the catalogue has it: rows of `table` point at rows of `target`.
struct ForeignKey
{
    std::string constraint;
    Schema::Name table;
    std::vector<std::string> columns;
    Schema::Name target;
    std::vector<std::string> targetColumns;
    bool isUnique = false; ///< at most one row points at a target
};

/// A column of a view that shows a column of a table, or of another view.
struct ViewColumn
{
    Schema::Name view;
    std::string column;
    Schema::Name source;
    std::string sourceColumn;
};

/// Derives how tables and views of `schema` hang together, and keys of views, and adds them to it:
/// foreign keys in both directions, the same through views, and junctions. Pure.
void addRelationships(
    Schema& schema, const std::vector<ForeignKey>& keys, const std::vector<ViewColumn>& views);

/// The one relationship from `origin` that an embedding names. Throws RestError PGRST200 when there
/// is none and PGRST201 when there are several. Source: supabase-protocol.md B3.
const Schema::Relationship& findRelationship(const Schema& schema, const Schema::Name& origin,
    const std::string& target, const std::string& hint);

} // namespace academy
