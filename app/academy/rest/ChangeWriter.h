// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "academy/rest/ExpressionWriter.h"
#include "academy/rest/Preferences.h"
#include "academy/rest/Query.h"
#include "academy/rest/ReadPlan.h"
#include "academy/rest/Schema.h"
#include "academy/rest/Statement.h"

#include <string>
#include <vector>

namespace academy {

/// The rows a request brings: JSON text that PostgreSQL takes apart, and the columns it names.
struct ChangePayload
{
    std::string json;
    std::vector<std::string> columns;
};

/// Writes inserts, upserts, updates and deletes with the answer they return. One object per
/// request. Throws RestError for columns that are not there.
class ChangeWriter final
{
public:
    /// `plan` reads what was changed; it and the table must outlive the writer.
    ChangeWriter(const Schema::Table& table, const ReadPlan& plan, const Preferences& wanted,
        ResultShape shape, bool stripsNulls);

    SqlStatement insert(const ChangePayload& payload, const std::vector<std::string>& onConflict);
    /// Writes the one row the conditions name, new or not: PUT.
    SqlStatement put(const ChangePayload& payload, const std::vector<PlannedCondition>& conditions);
    SqlStatement update(
        const ChangePayload& payload, const std::vector<PlannedCondition>& conditions);
    SqlStatement remove(const std::vector<PlannedCondition>& conditions);

private:
    SqlText insertion(const ChangePayload& payload);
    SqlText merging(const ChangePayload& payload, const std::vector<std::string>& target) const;
    SqlText rows(const ChangePayload& payload);
    SqlText returning() const;
    SqlText tableName() const;
    SqlStatement answered(const SqlText& change);

    const Schema::Table& m_table;
    const ReadPlan& m_plan;
    const Preferences& m_wanted;
    const ResultShape m_shape;
    const bool m_stripsNulls;
    PgParams m_params;
    ExpressionWriter m_expressions;
};

} // namespace academy
