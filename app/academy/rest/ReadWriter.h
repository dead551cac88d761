// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "academy/rest/ExpressionWriter.h"
#include "academy/rest/ReadPlan.h"
#include "academy/rest/SqlText.h"

namespace academy {

/// Writes the queries that read a plan's rows and count them. Every embedded relation becomes a
/// lateral subquery whose one column "academy_json" is its JSON, or whose columns are spread.
class ReadWriter final
{
public:
    /// `rootIsTable` is false when the root's rows come from a statement or function of the same
    /// request instead of the table itself.
    ReadWriter(PgParams& params, bool rootIsTable)
        : m_expressions(params), m_rootIsTable(rootIsTable)
    {
    }

    /// The rows of the root, read from `relation`.
    SqlText rows(const ReadPlan& plan, const SqlText& relation);
    /// The same rows without order and page, and without what does not change their number.
    SqlText counted(const ReadPlan& plan, const SqlText& relation);

private:
    SqlText rows(const ReadPlan& plan, const SqlText& relation, const SqlText& match,
        const PlannedEmbed* parent);
    SqlText columns(const ReadPlan& plan, const PlannedEmbed* parent, std::vector<SqlText>& groups);
    void embedColumns(const PlannedEmbed& embed, bool isGrouped, bool hoists,
        std::vector<SqlText>& columns, std::vector<SqlText>& groups) const;
    SqlText joins(const ReadPlan& plan, bool onlyNeeded);
    SqlText lateral(const ReadPlan& plan, const PlannedEmbed& embed);
    SqlText relation(const ReadPlan& plan, const PlannedEmbed& embed) const;
    SqlText match(const ReadPlan& plan, const PlannedEmbed& embed) const;
    SqlText wholeRow(const ReadPlan& plan) const;
    SqlText orderBy(const ReadPlan& plan);

    ExpressionWriter m_expressions;
    const bool m_rootIsTable;
};

} // namespace academy
