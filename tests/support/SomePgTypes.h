// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "academy/realtime/PgTypes.h"

/// A few of PostgreSQL's types, and of an application's: an enum and domains.
namespace somepgtypes {

constexpr academy::pgoutput::Oid mood = 50'000;
constexpr academy::pgoutput::Oid positive = 50'001;
constexpr academy::pgoutput::Oid strictlyPositive = 50'002; ///< a domain over positive
constexpr academy::pgoutput::Oid word = 90'000; ///< a domain over text

inline academy::PgTypes all()
{
    academy::PgTypes types;
    types.add(16, {"bool", 0, 0});
    types.add(17, {"bytea", 0, 0});
    types.add(20, {"int8", 0, 0});
    types.add(25, {"text", 0, 0});
    types.add(701, {"float8", 0, 0});
    types.add(1007, {"_int4", 23, 0});
    types.add(1009, {"_text", 25, 0});
    types.add(1184, {"timestamptz", 0, 0});
    types.add(1185, {"_timestamptz", 1184, 0});
    types.add(3802, {"jsonb", 0, 0});
    types.add(3807, {"_jsonb", 3802, 0});
    types.add(mood, {"mood", 0, 0});
    types.add(positive, {"positive", 0, 23});
    types.add(strictlyPositive, {"strictly_positive", 0, positive});
    types.add(word, {"word", 0, 25});
    return types;
}

} // namespace somepgtypes
