// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/rest/ReadPlan.h"

#include <algorithm>

namespace academy {

bool ReadPlan::isGrouped() const
{
    const auto aggregates = [](const auto& part) { return part.aggregate != Aggregate::None; };
    return std::ranges::any_of(items, aggregates)
        || std::ranges::any_of(embeds, [&](const auto& embed) {
               return embed->spread && std::ranges::any_of(spreadColumns(*embed), aggregates);
           });
}

bool PlannedEmbed::isShown() const
{
    return !plan.items.empty()
        || std::ranges::any_of(plan.embeds, [](const auto& below) { return below->isShown(); });
}

std::vector<SpreadColumn> spreadColumns(const PlannedEmbed& embed)
{
    std::vector<SpreadColumn> columns;
    for (const PlannedItem& item : embed.plan.items) {
        if (!item.name.empty()) {
            const bool leaves = embed.isToOne();
            columns.push_back({item.name, leaves ? item.aggregate : Aggregate::None,
                leaves ? item.aggregateCast : std::nullopt});
        }
    }
    for (const auto& below : embed.plan.embeds) {
        if (!below->spread) {
            if (below->isShown()) {
                columns.push_back({below->name, Aggregate::None, std::nullopt});
            }
            continue;
        }
        for (SpreadColumn& column : spreadColumns(*below)) {
            if (!embed.isToOne()) {
                column.aggregate = Aggregate::None;
                column.aggregateCast.reset();
            }
            columns.push_back(std::move(column));
        }
    }
    return columns;
}

std::set<std::string> outputNames(const ReadPlan& plan)
{
    std::set<std::string> names;
    for (const PlannedItem& item : plan.items) {
        if (!item.name.empty()) {
            names.insert(item.name);
        } else if (plan.columns != nullptr) {
            for (const Schema::Column& column : *plan.columns) {
                names.insert(column.name);
            }
        }
    }
    for (const auto& embed : plan.embeds) {
        if (!embed->spread) {
            names.insert(embed->name);
            continue;
        }
        for (const SpreadColumn& column : spreadColumns(*embed)) {
            names.insert(column.name);
        }
    }
    return names;
}

} // namespace academy
