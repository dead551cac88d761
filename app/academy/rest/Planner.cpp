// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/rest/Planner.h"

#include "academy/rest/Relationships.h"
#include "academy/rest/RestError.h"

#include <algorithm>

namespace academy {

namespace {

const char* aggregateName(Aggregate aggregate)
{
    switch (aggregate) {
    case Aggregate::Sum:
        return "sum";
    case Aggregate::Avg:
        return "avg";
    case Aggregate::Max:
        return "max";
    case Aggregate::Min:
        return "min";
    case Aggregate::Count:
    case Aggregate::None:
        break;
    }
    return "count";
}

/// The last key of a JSON path, or the column when there are only positions behind it.
std::string defaultName(const QueryField& field)
{
    for (auto step = field.path.rbegin(); step != field.path.rend(); ++step) {
        if (!step->isIndex) {
            return step->key;
        }
    }
    return field.column;
}

/// The embed a condition or an order means.
std::optional<std::size_t> embedNamed(const ReadPlan& plan, const std::string& name)
{
    for (std::size_t i = 0; i < plan.embeds.size(); ++i) {
        if (plan.embeds[i]->name == name) {
            return i;
        }
    }
    return std::nullopt;
}

bool hasAggregate(const QueryNode& node)
{
    return std::ranges::any_of(
        node.items, [](const QueryItem& item) { return item.aggregate != Aggregate::None; });
}

/// True when rows of the node are taken apart by name: in a group, or by spreading them.
bool takesRowsApart(const QueryNode& node)
{
    return hasAggregate(node) || std::ranges::any_of(node.items, [](const QueryItem& item) {
        return item.embed && item.embed->spread && takesRowsApart(item.embed->node);
    });
}

} // namespace

std::string Planner::freshAlias()
{
    return "t" + std::to_string(m_aliases++);
}

SqlText Planner::type(const std::string& name) const
{
    const auto known = m_schema.type(name);
    if (!known) {
        throw RestError{400, "42704", "type \"" + name + "\" does not exist", {}, {}, {}, {}};
    }
    return SqlText::fromCatalogue(*known);
}

ReadPlan Planner::read(const Schema::Table& table, const QueryNode& node)
{
    ReadPlan plan;
    plan.table = &table;
    plan.columns = &table.columns;
    fill(plan, node, table.name, true);
    return plan;
}

ReadPlan Planner::rows(const Schema::Function& function, const QueryNode& node)
{
    if (const Schema::Table* table = m_schema.table(function.table)) {
        return read(*table, node);
    }
    ReadPlan plan;
    plan.columns = function.columns.empty() ? nullptr : &function.columns;
    QueryNode wanted = node;
    if (function.returns != Schema::Function::Returns::Composite) {
        wanted.items.clear();
    }
    fill(plan, wanted, function.name, true);
    return plan;
}

ReadPlan Planner::changed(const Schema::Table& table, const QueryNode& node)
{
    QueryNode withoutConditions = node;
    withoutConditions.conditions.clear();
    ReadPlan plan = read(table, withoutConditions);
    // The cap on rows is for reading; of what was written, all is shown.
    plan.limit = node.limit;
    return plan;
}

std::vector<PlannedCondition> Planner::changeConditions(
    const Schema::Table& table, const std::string& alias, const QueryNode& node)
{
    ReadPlan target;
    target.table = &table;
    target.columns = &table.columns;
    target.alias = alias;
    for (const QueryCondition& wanted : node.conditions) {
        target.conditions.push_back(condition(target, wanted));
    }
    return std::move(target.conditions);
}

void Planner::fill(ReadPlan& plan, const QueryNode& node, const Schema::Name& origin, bool isRoot)
{
    if (plan.alias.empty()) {
        plan.alias = freshAlias();
    }
    const bool takenApart = takesRowsApart(node);
    for (const QueryItem& item : node.items) {
        if (item.embed) {
            addEmbed(plan, item, origin);
        } else {
            addItem(plan, item, takenApart);
        }
    }
    if (node.items.empty() && isRoot) {
        plan.items.push_back({{"*", {}, false, false}, {}, {}, Aggregate::None, {}});
    }
    for (const QueryCondition& wanted : node.conditions) {
        plan.conditions.push_back(condition(plan, wanted));
    }
    for (const QueryOrder& term : node.order) {
        plan.order.push_back(order(plan, term));
    }
    plan.limit
        = std::min(node.limit.value_or(m_schema.settings.maxRows), m_schema.settings.maxRows);
    plan.offset = node.offset.value_or(0);
    if (!m_schema.settings.allowsAggregates && plan.isGrouped()) {
        throw RestError::aggregatesNotAllowed();
    }
}

void Planner::addItem(ReadPlan& plan, const QueryItem& item, bool takenApart)
{
    if (item.aggregate != Aggregate::None && !m_schema.settings.allowsAggregates) {
        throw RestError::aggregatesNotAllowed();
    }
    const bool wholeRow = item.field.column == "*";
    if (wholeRow && item.aggregate == Aggregate::None) {
        if (!takenApart || plan.columns == nullptr) {
            plan.items.push_back({{"*", {}, false, false}, {}, {}, Aggregate::None, {}});
            return;
        }
        for (const Schema::Column& column : *plan.columns) {
            plan.items.push_back(
                {field(plan, {column.name, {}}), column.name, {}, Aggregate::None, {}});
        }
        return;
    }
    PlannedItem planned;
    planned.field = wholeRow ? PlannedField{"*", {}, false, false} : field(plan, item.field);
    planned.aggregate = item.aggregate;
    planned.name = !item.alias.empty()      ? item.alias
        : item.aggregate != Aggregate::None ? std::string(aggregateName(item.aggregate))
                                            : defaultName(item.field);
    if (!item.cast.empty()) {
        planned.cast = type(item.cast);
    }
    if (!item.aggregateCast.empty()) {
        planned.aggregateCast = type(item.aggregateCast);
    }
    plan.items.push_back(std::move(planned));
}

void Planner::addEmbed(ReadPlan& plan, const QueryItem& item, const Schema::Name& origin)
{
    const QueryEmbed& wanted = *item.embed;
    auto embed = std::make_unique<PlannedEmbed>();
    embed->link = &findRelationship(m_schema, origin, wanted.relation, wanted.hint);
    embed->inner = wanted.inner;
    embed->spread = wanted.spread;
    embed->name = item.alias.empty() ? wanted.relation : item.alias;
    embed->alias = freshAlias();
    embed->junctionAlias = freshAlias();
    const Schema::Table* target = m_schema.table(embed->link->to);
    embed->plan.table = target;
    embed->plan.columns = &target->columns;
    QueryNode node = wanted.node;
    if (wanted.spread) {
        // What is spread comes out by name, so that "all columns" has to be their names.
        std::vector<QueryItem> named;
        for (QueryItem& inside : node.items) {
            if (inside.embed || inside.field.column != "*" || inside.aggregate != Aggregate::None) {
                named.push_back(std::move(inside));
                continue;
            }
            for (const Schema::Column& column : target->columns) {
                QueryItem one;
                one.field.column = column.name;
                named.push_back(std::move(one));
            }
        }
        node.items = std::move(named);
    }
    fill(embed->plan, node, target->name, false);
    if (embed->isToOne() && !node.limit) {
        embed->plan.limit.reset();
    }
    plan.embeds.push_back(std::move(embed));
}

PlannedField Planner::field(const ReadPlan& plan, const QueryField& wanted) const
{
    PlannedField result{wanted.column, wanted.path, false, false};
    if (plan.columns == nullptr) {
        return result;
    }
    const auto column = std::ranges::find(*plan.columns, wanted.column, &Schema::Column::name);
    if (column != plan.columns->end()) {
        result.isJson = column->isJson;
        result.isTextSearch = column->isTextSearch;
    } else if (plan.table == nullptr || !plan.table->computed.contains(wanted.column)) {
        throw RestError::noSuchColumn(
            plan.table == nullptr ? std::string() : plan.table->name.name, wanted.column);
    }
    return result;
}

PlannedCondition Planner::filter(ReadPlan& plan, const QueryFilter& wanted) const
{
    if (wanted.field.path.empty()) {
        if (const auto embed = embedNamed(plan, wanted.field.column)) {
            if (wanted.op != "is" || (wanted.operand != "null" && wanted.operand != "not_null")) {
                throw RestError{400, "PGRST120",
                    "Bad operator on the '" + wanted.field.column + "' embedded resource",
                    "Only is null or not is null filters are allowed on embedded resources", {}, {},
                    {}};
            }
            return PlannedPresence{*embed, (wanted.operand == "null") == wanted.negated};
        }
    }
    return PlannedFilter{field(plan, wanted.field), wanted};
}

PlannedCondition Planner::condition(ReadPlan& plan, const QueryCondition& wanted) const
{
    if (const auto* single = std::get_if<QueryFilter>(&wanted)) {
        return filter(plan, *single);
    }
    const auto& tree = std::get<QueryLogic>(wanted);
    PlannedLogic logic{tree.negated, tree.isAnd, {}};
    for (const QueryCondition& part : tree.parts) {
        logic.parts.push_back(condition(plan, part));
    }
    return logic;
}

PlannedOrder Planner::order(ReadPlan& plan, const QueryOrder& term) const
{
    PlannedOrder planned{std::nullopt, {}, term.descending, term.nullsFirst};
    if (term.relation.empty()) {
        planned.field = field(plan, term.field);
        return planned;
    }
    planned.embed = embedNamed(plan, term.relation);
    if (!planned.embed) {
        throw RestError::notEmbedded(term.relation);
    }
    PlannedEmbed& embed = *plan.embeds[*planned.embed];
    if (!embed.isToOne()) {
        const std::string origin
            = plan.table == nullptr ? embed.link->from.name : plan.table->name.name;
        throw RestError{400, "PGRST118",
            "A related order on '" + term.relation + "' is not possible",
            "'" + origin + "' and '" + term.relation
                + "' do not form a many-to-one or one-to-one relationship",
            {}, {}, {}};
    }
    if (!outputNames(embed.plan).contains(term.field.column)) {
        throw RestError::noSuchColumn(term.relation, term.field.column);
    }
    const auto column
        = std::ranges::find(*embed.plan.columns, term.field.column, &Schema::Column::name);
    planned.field = {term.field.column, term.field.path,
        column != embed.plan.columns->end() && column->isJson, false};
    embed.orderedBy.insert(term.field.column);
    return planned;
}

} // namespace academy
