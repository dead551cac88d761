// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "academy/postgres/Pg.h"
#include "academy/rest/ReadPlan.h"
#include "academy/rest/SqlText.h"

#include <string>
#include <vector>

namespace academy {

/// Writes columns, JSON places, conditions and casts. Values are bound to `params`, which must
/// outlive it.
class ExpressionWriter final
{
public:
    explicit ExpressionWriter(PgParams& params) : m_params(params) { }

    /// `source` is the quoted alias of the rows.
    SqlText field(const SqlText& source, const PlannedField& field);
    SqlText filter(const SqlText& source, const PlannedFilter& filter);
    /// All of them joined by "and"; empty when there are none.
    SqlText conditions(const ReadPlan& plan);
    SqlText conditions(const ReadPlan& plan, const std::vector<PlannedCondition>& conditions);
    SqlText direction(const PlannedOrder& term) const;

    static SqlText cast(const SqlText& value, const std::optional<SqlText>& type);
    static SqlText aggregated(const SqlText& value, Aggregate aggregate);
    static SqlText presence(const PlannedEmbed& embed, bool present);

private:
    SqlText condition(const ReadPlan& plan, const PlannedCondition& condition);
    SqlText textSearch(const SqlText& left, const PlannedFilter& filter);

    PgParams& m_params;
};

/// An array literal of PostgreSQL with every value in quotes.
std::string arrayLiteral(const std::vector<std::string>& values);

} // namespace academy
