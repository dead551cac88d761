// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "academy/rest/Query.h"
#include "academy/rest/ReadPlan.h"
#include "academy/rest/Schema.h"

#include <string>
#include <vector>

namespace academy {

/// Resolves what a request asks for against the schema: columns, types, relationships, conditions
/// on embeds. One object per request. Throws RestError for what does not exist or does not go
/// together. The schema must outlive the plan.
class Planner final
{
public:
    explicit Planner(const Schema& schema) : m_schema(schema) { }

    /// Reading a table or view.
    ReadPlan read(const Schema::Table& table, const QueryNode& node);
    /// The rows a function returns.
    ReadPlan rows(const Schema::Function& function, const QueryNode& node);
    /// The rows a change returns; the conditions of its root choose what is changed and are left to
    /// changeConditions().
    ReadPlan changed(const Schema::Table& table, const QueryNode& node);
    std::vector<PlannedCondition> changeConditions(
        const Schema::Table& table, const std::string& alias, const QueryNode& node);

private:
    void fill(ReadPlan& plan, const QueryNode& node, const Schema::Name& origin, bool isRoot);
    void addItem(ReadPlan& plan, const QueryItem& item, bool takenApart);
    void addEmbed(ReadPlan& plan, const QueryItem& item, const Schema::Name& origin);
    PlannedField field(const ReadPlan& plan, const QueryField& field) const;
    PlannedCondition condition(ReadPlan& plan, const QueryCondition& condition) const;
    PlannedCondition filter(ReadPlan& plan, const QueryFilter& filter) const;
    PlannedOrder order(ReadPlan& plan, const QueryOrder& term) const;
    SqlText type(const std::string& name) const;
    std::string freshAlias();

    const Schema& m_schema;
    int m_aliases = 0;
};

} // namespace academy
