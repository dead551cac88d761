// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/rest/Query.h"

#include "academy/rest/FilterParser.h"
#include "academy/rest/QueryReader.h"
#include "academy/rest/RestError.h"
#include "academy/rest/SelectParser.h"

#include <algorithm>
#include <charconv>

namespace academy {

namespace {

/// A count; a text that is none means that nothing was asked for.
std::optional<std::int64_t> readCount(const std::string& text)
{
    std::int64_t number = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failed != std::errc() || end != text.data() + text.size()) {
        return std::nullopt;
    }
    if (number < 0) {
        throw RestError::invalidRange("Limit should be greater than or equal to zero.");
    }
    return number;
}

/// The embedded node a dotted path leads to; the first parts name embeds by alias or relation.
QueryNode& nodeAt(QueryNode& root, const std::vector<std::string>& path)
{
    QueryNode* node = &root;
    for (const std::string& name : path) {
        const auto named = [&](bool byAlias) {
            return std::ranges::find_if(node->items, [&](const QueryItem& item) {
                return item.embed && (byAlias ? item.alias : item.embed->relation) == name;
            });
        };
        auto found = named(true);
        if (found == node->items.end()) {
            found = named(false);
        }
        if (found == node->items.end()) {
            throw RestError::notEmbedded(name);
        }
        node = &found->embed->node;
    }
    return *node;
}

/// "a.b.c" with the JSON path behind the last name.
struct Key
{
    std::vector<std::string> path;
    QueryField field;
};

Key parseKey(const std::string& text)
{
    QueryReader in(text, "tree path (" + text + ")");
    Key key;
    for (;;) {
        key.field = in.field();
        if (!key.field.path.empty() || !in.take(".")) {
            break;
        }
        key.path.push_back(key.field.column);
    }
    in.expectEnd();
    return key;
}

std::vector<std::string> withoutRepeats(std::vector<std::string> names)
{
    std::ranges::sort(names);
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names;
}

class Assembly final
{
public:
    Assembly(Query& query, Query::Purpose purpose)
        : m_query(query), m_readsFunction(purpose == Query::Purpose::FunctionRead)
    {
    }

    void add(const std::string& name, const std::string& value)
    {
        if (name == "columns") {
            m_query.columns = withoutRepeats(parseNames(value, name));
        } else if (name == "on_conflict") {
            m_query.onConflict = parseNames(value, name);
        } else if (!addReserved(name, value)) {
            addFilter(name, value);
        }
    }

private:
    /// order, limit, offset, and, or: at the root or behind an embed's path.
    bool addReserved(const std::string& name, const std::string& value)
    {
        const std::size_t dot = name.rfind('.');
        const std::string last = dot == std::string::npos ? name : name.substr(dot + 1);
        const bool isLogic = last == "and" || last == "or";
        if (!isLogic && last != "order" && last != "limit" && last != "offset") {
            return false;
        }
        Key key = parseKey(name);
        const bool negated = isLogic && !key.path.empty() && key.path.back() == "not";
        if (negated) {
            key.path.pop_back();
        }
        QueryNode& node = nodeAt(m_query.root, key.path);
        if (isLogic) {
            addCondition(node, parseLogic(value, last == "and", negated));
        } else if (last == "order") {
            node.order = parseOrder(value);
        } else if (last == "limit") {
            node.limit = readCount(value);
        } else {
            node.offset = readCount(value);
        }
        return true;
    }

    void addFilter(const std::string& name, const std::string& value)
    {
        if (m_readsFunction && !isFilter(value)) {
            m_query.arguments.emplace_back(name, value);
            return;
        }
        Key key = parseKey(name);
        QueryNode& node = nodeAt(m_query.root, key.path);
        addCondition(node, parseFilter(std::move(key.field), value));
    }

    void addCondition(QueryNode& node, QueryCondition condition)
    {
        node.conditions.push_back(std::move(condition));
        m_query.hasFilters = m_query.hasFilters || &node == &m_query.root;
    }

    Query& m_query;
    const bool m_readsFunction;
};

} // namespace

Query Query::parse(const Pairs& parameters, Purpose purpose)
{
    Query query;
    const auto selection = std::ranges::find(parameters, "select", &Pairs::value_type::first);
    if (selection != parameters.end() && !selection->second.empty()) {
        query.root.items = parseSelect(selection->second);
    }
    Assembly assembly(query, purpose);
    for (const auto& [name, value] : parameters) {
        // The gateway's key may come as a parameter; it is not for us.
        if (name != "select" && name != "apikey") {
            assembly.add(name, value);
        }
    }
    return query;
}

} // namespace academy
