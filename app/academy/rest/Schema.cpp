// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/rest/Schema.h"

#include <algorithm>

namespace academy {

namespace {

/// SQL's own names for types, which the catalogue lists under others.
const std::map<std::string, std::string, std::less<>>& standardTypes()
{
    static const std::map<std::string, std::string, std::less<>> types{{"int", "integer"},
        {"integer", "integer"}, {"bigint", "bigint"}, {"smallint", "smallint"}, {"real", "real"},
        {"float", "double precision"}, {"double precision", "double precision"},
        {"decimal", "numeric"}, {"dec", "numeric"}, {"boolean", "boolean"}, {"char", "character"},
        {"character", "character"}, {"character varying", "character varying"},
        {"bit varying", "bit varying"}, {"timestamp with time zone", "timestamp with time zone"},
        {"timestamp without time zone", "timestamp without time zone"},
        {"time with time zone", "time with time zone"},
        {"time without time zone", "time without time zone"}};
    return types;
}

} // namespace

const Schema::Column* Schema::Table::column(const std::string& wanted) const
{
    const auto found = std::ranges::find(columns, wanted, &Column::name);
    return found == columns.end() ? nullptr : &*found;
}

bool Schema::Relationship::isToOne() const
{
    return kind == Kind::ManyToOne || kind == Kind::OneToOne
        || (kind == Kind::Computed && computedIsToOne);
}

bool Schema::Function::takes(const std::set<std::string>& names) const
{
    if (hasOneUnnamedArgument()) {
        return false;
    }
    std::size_t matched = 0;
    for (const Argument& argument : arguments) {
        const bool given = names.contains(argument.name);
        if (!given && !argument.hasDefault) {
            return false;
        }
        matched += given ? 1 : 0;
    }
    return matched == names.size();
}

bool Schema::Function::hasOneUnnamedArgument() const
{
    return arguments.size() == 1 && arguments.front().name.empty();
}

const Schema::Table* Schema::table(const Name& name) const
{
    const auto found = tables.find(name);
    return found == tables.end() ? nullptr : &found->second;
}

bool Schema::exposes(const std::string& schema) const
{
    return std::ranges::find(settings.schemas, schema) != settings.schemas.end();
}

std::optional<std::string> Schema::type(const std::string& wanted) const
{
    const bool isArray = wanted.ends_with("[]");
    std::string name = isArray ? wanted.substr(0, wanted.size() - 2) : wanted;
    std::string lower = name;
    std::ranges::transform(lower, lower.begin(),
        [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    const std::string suffix = isArray ? "[]" : "";
    if (const auto standard = standardTypes().find(lower); standard != standardTypes().end()) {
        return standard->second + suffix;
    }
    const auto exact = types.find(name);
    const auto found = exact == types.end() ? types.find(lower) : exact;
    return found == types.end() ? std::nullopt : std::optional(found->second + suffix);
}

} // namespace academy
