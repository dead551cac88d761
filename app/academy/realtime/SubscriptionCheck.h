// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "academy/postgres/Pg.h"
#include "academy/realtime/Change.h"
#include "academy/realtime/JoinConfig.h"

#include <string>
#include <variant>
#include <vector>

namespace academy {

/// Turns the bindings of a channel into subscriptions, or says why not: the table must be
/// published, filter columns must exist and be readable, values must fit their types. One bad
/// binding refuses all of them. Values come back in PostgreSQL's canonical form; trying those of
/// all bindings takes two seconds at most. Runs on a pool thread. Source: supabase-protocol.md A6,
/// A8; the wording of realtime-recordings.md.
std::variant<std::vector<Subscription>, std::string> checkBindings(
    PgConnection& connection, const std::vector<Binding>& bindings, const IdentityPtr& identity);

/// What the client hears of a binding that has ended because it takes the database too long.
std::string timedOut(const Binding& binding);

} // namespace academy
