// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "academy/realtime/PgOutput.h"

#include <string>
#include <string_view>
#include <unordered_map>

namespace academy {

/// One data type of the database as far as its JSON form needs it.
struct PgType
{
    std::string name; ///< pg_type.typname, as reported in `columns`
    pgoutput::Oid element = 0; ///< the element's type when this is an array
    pgoutput::Oid base = 0; ///< the type a domain is made of
};

/// The data types of one database and how their text form becomes JSON, the way PostgreSQL's own
/// to_jsonb does it: numbers without quotes and with every digit, json nested, arrays as arrays,
/// ISO times, bytea as bare hex; NaN and the infinities of numbers become null. Immutable while
/// shared. Source: supabase-protocol.md A7, realtime-recordings.md "postgres_changes".
class PgTypes
{
public:
    void add(pgoutput::Oid oid, PgType type) { m_types[oid] = std::move(type); }
    bool knows(pgoutput::Oid oid) const { return m_types.contains(oid); }
    /// The type's name; "unknown" for a type that was created after the list was read.
    std::string_view name(pgoutput::Oid oid) const;
    /// The type a chain of domains ends in.
    pgoutput::Oid baseOf(pgoutput::Oid oid) const;

    /// Appends the JSON form of a value given in PostgreSQL's text form.
    void appendJson(std::string& out, std::string_view text, pgoutput::Oid oid) const;

private:
    std::unordered_map<pgoutput::Oid, PgType> m_types;
};

/// A moment of the log as "2026-11-23T07:27:51.692Z".
std::string isoMilliseconds(pgoutput::PgTime time);

} // namespace academy
