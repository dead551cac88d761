// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/rest/Relationships.h"

#include "academy/rest/RestError.h"
#include "academy/rest/Suggestion.h"

#include <algorithm>

namespace academy {

namespace {

using Relationship = Schema::Relationship;
using Kind = Relationship::Kind;
using Name = Schema::Name;
/// column of a table -> the columns of one view that show it
using Shown = std::map<std::string, std::string>;

constexpr int deepestViews = 16;

/// For every table, the views above it with what they show of it, through views of views.
std::map<Name, std::map<Name, Shown>> viewsOf(const std::vector<ViewColumn>& columns)
{
    std::map<Name, std::map<Name, Shown>> views;
    std::map<std::pair<Name, std::string>, std::pair<Name, std::string>> below;
    for (const ViewColumn& column : columns) {
        below.try_emplace(
            {column.view, column.column}, std::pair(column.source, column.sourceColumn));
    }
    for (const auto& [shown, direct] : below) {
        auto source = direct;
        for (int depth = 0; depth < deepestViews; ++depth) {
            views[source.first][shown.first].try_emplace(source.second, shown.second);
            const auto deeper = below.find(source);
            if (deeper == below.end()) {
                break;
            }
            source = deeper->second;
        }
    }
    return views;
}

/// The names under which one view shows these columns; empty unless it shows them all.
std::vector<std::string> shownNames(const Shown& shown, const std::vector<std::string>& columns)
{
    std::vector<std::string> names;
    for (const std::string& column : columns) {
        const auto found = shown.find(column);
        if (found == shown.end()) {
            return {};
        }
        names.push_back(found->second);
    }
    return names;
}

/// A foreign key as seen from the table or from a view above it, to the target or a view above it.
std::vector<ForeignKey> throughViews(
    const std::vector<ForeignKey>& keys, const std::map<Name, std::map<Name, Shown>>& views)
{
    std::vector<ForeignKey> all;
    const auto faces = [&](const Name& table, const std::vector<std::string>& columns) {
        std::vector<std::pair<Name, std::vector<std::string>>> result{{table, columns}};
        if (const auto above = views.find(table); above != views.end()) {
            for (const auto& [view, shown] : above->second) {
                if (auto names = shownNames(shown, columns); !names.empty()) {
                    result.emplace_back(view, std::move(names));
                }
            }
        }
        return result;
    };
    for (const ForeignKey& key : keys) {
        for (const auto& [table, columns] : faces(key.table, key.columns)) {
            for (const auto& [target, targetColumns] : faces(key.target, key.targetColumns)) {
                all.push_back(
                    {key.constraint, table, columns, target, targetColumns, key.isUnique});
            }
        }
    }
    return all;
}

void addKeysOfViews(Schema& schema, const std::map<Name, std::map<Name, Shown>>& views)
{
    for (const auto& [table, above] : views) {
        const Schema::Table* source = schema.table(table);
        if (source == nullptr || source->isView) {
            continue;
        }
        for (const auto& [view, shown] : above) {
            const auto place = schema.tables.find(view);
            auto names = shownNames(shown, source->primaryKey);
            if (place != schema.tables.end() && place->second.primaryKey.empty()) {
                place->second.primaryKey = std::move(names);
            }
        }
    }
}

Relationship::Pairs pairs(
    const std::vector<std::string>& left, const std::vector<std::string>& right)
{
    Relationship::Pairs result;
    for (std::size_t i = 0; i < std::min(left.size(), right.size()); ++i) {
        result.emplace_back(left[i], right[i]);
    }
    return result;
}

bool contains(const std::vector<std::string>& all, const std::vector<std::string>& some)
{
    return std::ranges::all_of(
        some, [&](const std::string& one) { return std::ranges::find(all, one) != all.end(); });
}

void addJunctions(Schema& schema, const std::vector<ForeignKey>& keys)
{
    for (const ForeignKey& near : keys) {
        const Schema::Table* junction = schema.table(near.table);
        if (junction == nullptr || !contains(junction->primaryKey, near.columns)) {
            continue;
        }
        for (const ForeignKey& far : keys) {
            if (far.table != near.table || far.constraint == near.constraint
                || !contains(junction->primaryKey, far.columns)) {
                continue;
            }
            Relationship link;
            link.kind = Kind::ManyToMany;
            link.from = near.target;
            link.to = far.target;
            link.constraint = near.constraint;
            link.columns = pairs(near.targetColumns, near.columns);
            link.junction = near.table;
            link.farConstraint = far.constraint;
            link.farColumns = pairs(far.targetColumns, far.columns);
            schema.relationships.emplace(link.from, link);
        }
    }
}

bool isOneColumn(const Relationship& link, const std::string& name, bool far)
{
    return link.kind != Kind::ManyToMany && link.columns.size() == 1
        && (far ? link.columns.front().second : link.columns.front().first) == name;
}

bool isConstraint(const Relationship& link, const std::string& name)
{
    return link.kind != Kind::ManyToMany && link.constraint == name;
}

/// Which relationships an embedding may mean. A table that points at itself is embedded by its name
/// for the rows below and by the column's name for the row above.
bool isMeant(const Relationship& link, const std::string& target, const std::string& hint)
{
    const bool byName = target == link.to.name;
    if (link.isSelf()) {
        if (hint.empty()) {
            return (byName && link.kind == Kind::OneToMany)
                || (isOneColumn(link, target, false) && link.kind == Kind::ManyToOne);
        }
        return byName && link.kind == Kind::OneToMany && isOneColumn(link, hint, true);
    }
    if (hint.empty()) {
        return byName
            || (!link.toView && (isConstraint(link, target) || isOneColumn(link, target, false)));
    }
    return byName
        && (isConstraint(link, hint) || isOneColumn(link, hint, false)
            || isOneColumn(link, hint, true)
            || (link.kind == Kind::ManyToMany && link.junction.name == hint));
}

std::string columnList(const Relationship::Pairs& columns, bool far)
{
    std::string text = "(";
    for (const auto& [near, other] : columns) {
        text += (text.size() > 1 ? ", " : "") + (far ? other : near);
    }
    return text + ")";
}

/// One candidate as the details of PGRST201 show it.
std::string described(const Relationship& link)
{
    const char* cardinality = link.kind == Kind::ManyToMany ? "many-to-many"
        : link.kind == Kind::ManyToOne                      ? "many-to-one"
        : link.kind == Kind::OneToOne                       ? "one-to-one"
                                                            : "one-to-many";
    const std::string how = link.kind == Kind::ManyToMany
        ? link.junction.name + " using " + link.constraint + columnList(link.columns, true)
            + " and " + link.farConstraint + columnList(link.farColumns, true)
        : link.constraint + " using " + link.from.name + columnList(link.columns, false) + " and "
            + link.to.name + columnList(link.columns, true);
    return "{\"cardinality\":" + jsonQuoted(cardinality)
        + ",\"embedding\":" + jsonQuoted(link.from.name + " with " + link.to.name)
        + ",\"relationship\":" + jsonQuoted(how) + "}";
}

RestError ambiguous(const std::string& origin, const std::string& target,
    const std::vector<const Relationship*>& found)
{
    std::string details = "[";
    std::string hint;
    for (const Relationship* link : found) {
        details += (details.size() > 1 ? "," : "") + described(*link);
        hint += (hint.empty() ? "'" : ", '") + link->to.name + "!"
            + (link->kind == Kind::ManyToMany ? link->junction.name : link->constraint) + "'";
    }
    return {300, "PGRST201",
        "Could not embed because more than one relationship was found for '" + origin + "' and '"
            + target + "'",
        {},
        "Try changing '" + target + "' to one of the following: " + hint
            + ". Find the desired relationship in the 'details' key.",
        {}, details + "]"};
}

RestError unrelated(
    const Schema& schema, const Name& origin, const std::string& target, const std::string& hint)
{
    constexpr double least = 0.33;
    const auto [first, last] = schema.relationships.equal_range(origin);
    std::vector<std::string> names;
    std::string perhaps;
    if (first != last) {
        for (auto link = first; link != last; ++link) {
            names.push_back(link->second.to.name);
        }
        const std::string near = nearest(target, names, least);
        if (!near.empty() && near != target) {
            perhaps = "Perhaps you meant '" + near + "' instead of '" + target + "'.";
        }
    } else {
        for (const auto& [from, link] : schema.relationships) {
            if (from.schema == origin.schema) {
                names.push_back(from.name);
            }
        }
        const std::string near = nearest(origin.name, names, least);
        if (!near.empty()) {
            perhaps = "Perhaps you meant '" + near + "' instead of '" + origin.name + "'.";
        }
    }
    return {400, "PGRST200",
        "Could not find a relationship between '" + origin.name + "' and '" + target
            + "' in the schema cache",
        "Searched for a foreign key relationship between '" + origin.name + "' and '" + target
            + (hint.empty() ? std::string("'") : "' using the hint '" + hint + "'")
            + " in the schema '" + origin.schema + "', but no matches were found.",
        perhaps, {}, {}};
}

} // namespace

void addRelationships(
    Schema& schema, const std::vector<ForeignKey>& keys, const std::vector<ViewColumn>& columns)
{
    const auto views = viewsOf(columns);
    addKeysOfViews(schema, views);
    std::vector<ForeignKey> all = throughViews(keys, views);
    std::erase_if(all, [&](const ForeignKey& key) {
        return schema.table(key.table) == nullptr || schema.table(key.target) == nullptr;
    });
    for (const ForeignKey& key : all) {
        Relationship up;
        up.kind = key.isUnique ? Kind::OneToOne : Kind::ManyToOne;
        up.from = key.table;
        up.to = key.target;
        up.constraint = key.constraint;
        up.columns = pairs(key.columns, key.targetColumns);
        up.toView = schema.table(key.target)->isView;
        schema.relationships.emplace(up.from, up);
        Relationship down;
        down.kind = key.isUnique ? Kind::OneToOne : Kind::OneToMany;
        down.from = key.target;
        down.to = key.table;
        down.constraint = key.constraint;
        down.columns = pairs(key.targetColumns, key.columns);
        down.toView = schema.table(key.table)->isView;
        schema.relationships.emplace(down.from, down);
    }
    addJunctions(schema, all);
}

const Relationship& findRelationship(
    const Schema& schema, const Name& origin, const std::string& target, const std::string& hint)
{
    std::vector<const Relationship*> found;
    const auto [first, last] = schema.relationships.equal_range(origin);
    for (auto entry = first; entry != last; ++entry) {
        const Relationship& link = entry->second;
        if (link.kind == Kind::Computed && link.function.name == target) {
            // A function of that name stands for what the keys would give.
            return link;
        }
        if (link.kind != Kind::Computed && link.to.schema == origin.schema
            && isMeant(link, target, hint)) {
            found.push_back(&link);
        }
    }
    if (found.empty()) {
        throw unrelated(schema, origin, target, hint);
    }
    if (found.size() > 1) {
        throw ambiguous(origin.name, target, found);
    }
    return *found.front();
}

} // namespace academy
