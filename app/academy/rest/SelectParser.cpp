// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/rest/SelectParser.h"

#include "academy/rest/QueryReader.h"
#include "academy/rest/RestError.h"

#include <array>

namespace academy {

namespace {

std::vector<QueryItem> readItems(QueryReader& in, int depth);

void readAlias(QueryReader& in, QueryItem& item)
{
    QueryReader ahead = in;
    ahead.skipSpace();
    if (ahead.peek() == '*') {
        return;
    }
    const std::string alias = ahead.name();
    if (ahead.peek() == ':' && !ahead.sees("::")) {
        ahead.take(":");
        item.alias = alias;
        in = ahead;
    }
}

/// A type behind "::". Which types there are the catalogue says.
std::string readCast(QueryReader& in)
{
    if (!in.take("::")) {
        return {};
    }
    std::string type = in.name();
    if (in.take("[]")) {
        type += "[]";
    }
    return type;
}

bool readAggregate(QueryReader& in, QueryItem& item)
{
    constexpr std::array<std::pair<const char*, Aggregate>, 5> known{
        {{"sum()", Aggregate::Sum}, {"avg()", Aggregate::Avg}, {"count()", Aggregate::Count},
            {"max()", Aggregate::Max}, {"min()", Aggregate::Min}}};
    for (const auto& [word, aggregate] : known) {
        if (in.take(word)) {
            item.aggregate = aggregate;
            item.aggregateCast = readCast(in);
            return true;
        }
    }
    return false;
}

/// "!hint", "!inner" and "!left", at most one of each, behind a relation's name.
bool readEmbedParameters(QueryReader& in, QueryEmbed& embed)
{
    bool any = false;
    while (in.take("!")) {
        const std::string word = in.name();
        if (word == "inner") {
            embed.inner = true;
        } else if (word != "left") {
            embed.hint = word;
        }
        any = true;
    }
    return any;
}

QueryItem readItem(QueryReader& in, int depth)
{
    QueryItem item;
    in.skipSpace();
    const bool spread = in.take("...");
    if (!spread) {
        readAlias(in, item);
    }
    in.skipSpace();
    if (in.take("*")) {
        if (spread) {
            in.fail("a relation");
        }
        item.field.column = "*";
        return item;
    }
    if (!spread && in.sees("count()")) {
        readAggregate(in, item);
        item.field.column = "*";
        return item;
    }
    item.field = in.field();
    QueryEmbed embed;
    const bool isRelation = readEmbedParameters(in, embed);
    if (in.peek() == '(' && item.field.path.empty()) {
        in.expect('(');
        embed.relation = item.field.column;
        embed.spread = spread;
        in.skipSpace();
        if (in.peek() != ')') {
            embed.node.items = readItems(in, depth + 1);
        }
        in.expect(')');
        item.embed = std::make_shared<QueryEmbed>(std::move(embed));
        return item;
    }
    if (spread || isRelation) {
        in.fail("\"(\"");
    }
    item.cast = readCast(in);
    if (in.take(".") && !readAggregate(in, item)) {
        in.fail("\"sum()\", \"avg()\", \"count()\", \"max()\" or \"min()\"");
    }
    return item;
}

std::vector<QueryItem> readItems(QueryReader& in, int depth)
{
    if (depth > deepestNesting) {
        in.fail("a selection that is nested less deeply");
    }
    std::vector<QueryItem> items;
    do {
        items.push_back(readItem(in, depth));
        in.skipSpace();
    } while (in.take(","));
    return items;
}

} // namespace

std::vector<QueryItem> parseSelect(const std::string& value)
{
    QueryReader in(value, "select parameter (" + value + ")");
    auto items = readItems(in, 0);
    in.expectEnd();
    return items;
}

std::vector<QueryOrder> parseOrder(const std::string& value)
{
    QueryReader in(value, "order (" + value + ")");
    std::vector<QueryOrder> order;
    do {
        QueryOrder term;
        term.field = in.field();
        if (in.peek() == '(' && term.field.path.empty()) {
            in.expect('(');
            term.relation = term.field.column;
            term.field = in.field();
            in.expect(')');
        }
        bool hasDirection = false;
        while (in.take(".")) {
            if (!term.nullsFirst && in.take("nullsfirst")) {
                term.nullsFirst = true;
            } else if (!term.nullsFirst && in.take("nullslast")) {
                term.nullsFirst = false;
            } else if (!hasDirection && !term.nullsFirst && (in.sees("asc") || in.sees("desc"))) {
                term.descending = in.take("desc");
                in.take("asc");
                hasDirection = true;
            } else {
                in.fail("\"asc\", \"desc\", \"nullsfirst\" or \"nullslast\"");
            }
        }
        order.push_back(std::move(term));
        in.skipSpace();
    } while (in.take(","));
    in.expectEnd();
    return order;
}

std::vector<std::string> parseNames(const std::string& value, const std::string& parameter)
{
    QueryReader in(value, parameter + " parameter (" + value + ")");
    std::vector<std::string> names;
    do {
        names.push_back(in.name());
    } while (in.take(","));
    in.expectEnd();
    return names;
}

} // namespace academy
