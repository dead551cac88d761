// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/rest/SqlWriter.h"

#include "academy/rest/RestError.h"

#include <algorithm>
#include <map>

namespace academy {

namespace {

std::string quoted(const std::string& name)
{
    return quotedIdentifier(name);
}

std::string qualified(const std::string& table)
{
    return "\"public\"." + quoted(table);
}

std::string joined(const std::vector<std::string>& parts, const char* between)
{
    std::string text;
    for (const std::string& part : parts) {
        text += (text.empty() ? "" : between) + part;
    }
    return text;
}

std::string quotedList(const std::vector<std::string>& names)
{
    std::vector<std::string> list;
    for (const std::string& name : names) {
        list.push_back(quoted(name));
    }
    return joined(list, ", ");
}

std::string arrayLiteral(const std::vector<std::string>& values)
{
    std::string literal = "{";
    for (const std::string& value : values) {
        literal += literal.size() > 1 ? ",\"" : "\"";
        for (const char c : value) {
            literal += c == '"' || c == '\\' ? "\\" : "";
            literal += c;
        }
        literal += '"';
    }
    return literal + "}";
}

std::string starsToPercent(std::string pattern)
{
    std::ranges::replace(pattern, '*', '%');
    return pattern;
}

const std::map<std::string, std::string>& binaryOperators()
{
    static const std::map<std::string, std::string> operators{{"eq", "="}, {"neq", "<>"},
        {"gt", ">"}, {"gte", ">="}, {"lt", "<"}, {"lte", "<="}, {"like", "like"},
        {"ilike", "ilike"}, {"match", "~"}, {"imatch", "~*"}, {"isdistinct", "is distinct from"},
        {"cs", "@>"}, {"cd", "<@"}, {"ov", "&&"}, {"sl", "<<"}, {"sr", ">>"}, {"nxr", "&<"},
        {"nxl", "&>"}, {"adj", "-|-"}};
    return operators;
}

const std::map<std::string, std::string>& textSearchFunctions()
{
    static const std::map<std::string, std::string> functions{{"fts", "to_tsquery"},
        {"plfts", "plainto_tsquery"}, {"phfts", "phraseto_tsquery"},
        {"wfts", "websearch_to_tsquery"}};
    return functions;
}

/// A cast may name a type and nothing else: letters, digits, spaces, brackets, one length.
std::string checkedType(const std::string& type)
{
    const bool clean = !type.empty() && type.size() <= 63 && std::ranges::all_of(type, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
            || c == '_' || c == ' ' || c == '[' || c == ']';
    });
    if (!clean) {
        throw RestError::unparsable("\"" + type + "\" is not a type");
    }
    return type;
}

} // namespace

/// How an embedded relation is reached from its parent.
struct SqlWriter::Link
{
    const Schema::Table* target = nullptr;
    bool toOne = false;
    const Schema::Table* junction = nullptr;
    std::vector<std::pair<std::string, std::string>>
        columns; ///< parent's = target's (or junction's)
    std::vector<std::pair<std::string, std::string>> onward; ///< junction's = target's
};

struct SqlWriter::Parts
{
    std::vector<std::string> columns;
    std::string joins;
    std::vector<std::string> conditions;
};

SqlWriter::SqlWriter(const Schema& schema, Shape shape) : m_schema(schema), m_shape(shape) { }

std::string SqlWriter::freshAlias(const std::string& name)
{
    return name.substr(0, 40) + "_" + std::to_string(++m_aliases);
}

std::string SqlWriter::column(const Source& source, const QueryField& field) const
{
    std::string sql = quoted(source.alias) + "." + quoted(field.column);
    const Schema::Column* known
        = source.table == nullptr ? nullptr : source.table->column(field.column);
    if (source.table != nullptr && known == nullptr && field.column != "*") {
        throw RestError{400, "42703",
            "column " + source.table->name + "." + field.column + " does not exist", {}, {}, {},
            {}};
    }
    if (!field.path.empty() && (known == nullptr || !known->isJson)) {
        sql = "to_jsonb(" + sql + ")";
    }
    for (const QueryField::Step& step : field.path) {
        std::string key;
        if (step.isIndex) {
            key = step.key;
        } else {
            key = "'";
            for (const char c : step.key) {
                key += c == '\'' ? "''" : std::string(1, c);
            }
            key += "'";
            if (step.key.find('\\') != std::string::npos) {
                throw RestError::unparsable("a backslash cannot be part of a JSON path");
            }
        }
        sql += (step.asText ? "->>" : "->") + key;
    }
    return field.path.empty() ? sql : "(" + sql + ")";
}

std::string SqlWriter::filter(const Source& source, const QueryFilter& filter)
{
    std::string left = column(source, filter.field);
    std::string sql;
    const auto search = textSearchFunctions().find(filter.op);
    if (filter.op == "is") {
        const std::string value = filter.operand == "not_null" ? "not null" : filter.operand;
        sql = left + " is " + value;
    } else if (filter.op == "in") {
        sql = left + " = any(" + m_params.add(arrayLiteral(filter.operands)) + ")";
    } else if (search != textSearchFunctions().end()) {
        const Schema::Column* known
            = source.table == nullptr ? nullptr : source.table->column(filter.field.column);
        const std::string language
            = filter.language.empty() ? "" : m_params.add(filter.language) + "::regconfig, ";
        if (known != nullptr && !known->isTextSearch) {
            left = "to_tsvector(" + language + left + "::text)";
        }
        sql = left + " @@ " + search->second + "(" + language + m_params.add(filter.operand) + ")";
    } else {
        const bool isPattern = filter.op == "like" || filter.op == "ilike";
        const std::string value = isPattern ? starsToPercent(filter.operand) : filter.operand;
        std::string right = m_params.add(value);
        if (filter.quantifier != QueryFilter::Quantifier::None) {
            right = (filter.quantifier == QueryFilter::Quantifier::Any ? "any(" : "all(") + right
                + ")";
        }
        sql = left + " " + binaryOperators().at(filter.op) + " " + right;
    }
    return filter.negated ? "not (" + sql + ")" : sql;
}

std::string SqlWriter::logic(const Source& source, const QueryLogic& tree)
{
    std::vector<std::string> parts;
    for (const auto& part : tree.parts) {
        const auto* single = std::get_if<QueryFilter>(&part);
        parts.push_back(single != nullptr ? filter(source, *single)
                                          : logic(source, std::get<QueryLogic>(part)));
    }
    const std::string sql = "(" + joined(parts, tree.isAnd ? " and " : " or ") + ")";
    return tree.negated ? "not " + sql : sql;
}

std::string SqlWriter::conditions(const Source& source, const QueryNode& node)
{
    std::vector<std::string> parts;
    for (const auto& condition : node.conditions) {
        const auto* single = std::get_if<QueryFilter>(&condition);
        parts.push_back(single != nullptr ? filter(source, *single)
                                          : logic(source, std::get<QueryLogic>(condition)));
    }
    return joined(parts, " and ");
}

std::string SqlWriter::order(const Source& source, const QueryNode& node) const
{
    std::vector<std::string> terms;
    for (const QueryOrder& term : node.order) {
        std::string sql = column(source, term.field) + (term.descending ? " desc" : " asc");
        if (term.nullsFirst) {
            sql += *term.nullsFirst ? " nulls first" : " nulls last";
        }
        terms.push_back(std::move(sql));
    }
    return joined(terms, ", ");
}

SqlWriter::Parts SqlWriter::items(const Source& source, const QueryNode& node, bool isRoot)
{
    Parts parts;
    if (node.items.empty() && isRoot) {
        parts.columns.push_back(quoted(source.alias) + ".*");
    }
    for (const QueryItem& item : node.items) {
        if (item.embed) {
            embed(source, item, parts);
            continue;
        }
        if (item.field.column == "*") {
            parts.columns.push_back(quoted(source.alias) + ".*");
            continue;
        }
        std::string sql = column(source, item.field);
        if (!item.cast.empty()) {
            sql = "(" + sql + ")::" + checkedType(item.cast);
        }
        std::string name = item.alias;
        if (name.empty()) {
            name = item.field.column;
            for (const QueryField::Step& step : item.field.path) {
                name = step.isIndex ? name : step.key;
            }
        }
        parts.columns.push_back(sql + " as " + quoted(name));
    }
    return parts;
}

SqlWriter::Link SqlWriter::link(const Source& source, const QueryEmbed& embed) const
{
    const std::string parent = source.table == nullptr ? std::string() : source.table->name;
    struct Candidate
    {
        Link link;
        std::string cardinality;
        std::string relationship;
    };
    std::vector<Candidate> candidates;
    const auto pairs
        = [](const std::vector<std::string>& left, const std::vector<std::string>& right) {
              std::vector<std::pair<std::string, std::string>> result;
              for (std::size_t i = 0; i < std::min(left.size(), right.size()); ++i) {
                  result.emplace_back(left[i], right[i]);
              }
              return result;
          };
    const auto table = [this](const std::string& name) {
        const auto found = m_schema.tables.find(name);
        return found == m_schema.tables.end() ? nullptr : &found->second;
    };
    const auto names = [&](const Schema::ForeignKey& key, const std::string& word) {
        return key.name == word || (key.columns.size() == 1 && key.columns.front() == word);
    };
    const auto hinted = [&](const Schema::ForeignKey& key) {
        return embed.hint.empty() || names(key, embed.hint);
    };
    for (const Schema::ForeignKey& key : m_schema.foreignKeys) {
        const bool byName = embed.relation == key.target || names(key, embed.relation);
        if (key.table == parent && byName && (hinted(key) || embed.hint == key.target)) {
            candidates.push_back(
                {{table(key.target), true, nullptr, pairs(key.columns, key.targetColumns), {}},
                    "many-to-one", key.name});
        }
        if (key.target == parent && (embed.relation == key.table || embed.relation == key.name)
            && hinted(key)) {
            candidates.push_back({{table(key.table), key.isUnique, nullptr,
                                      pairs(key.targetColumns, key.columns), {}},
                key.isUnique ? "one-to-one" : "one-to-many", key.name});
        }
    }
    for (const Schema::ForeignKey& near : m_schema.foreignKeys) {
        if (near.target != parent || (!embed.hint.empty() && embed.hint != near.table)) {
            continue;
        }
        const Schema::Table* junction = table(near.table);
        for (const Schema::ForeignKey& far : m_schema.foreignKeys) {
            const auto isKeyed = [&](const std::string& name) {
                return std::ranges::find(junction->primaryKey, name) != junction->primaryKey.end();
            };
            if (junction != nullptr && far.table == near.table && &far != &near
                && far.target == embed.relation && std::ranges::all_of(near.columns, isKeyed)
                && std::ranges::all_of(far.columns, isKeyed)) {
                candidates.push_back(
                    {{table(far.target), false, junction, pairs(near.targetColumns, near.columns),
                         pairs(far.columns, far.targetColumns)},
                        "many-to-many", near.table});
            }
        }
    }
    if (candidates.empty()) {
        throw RestError{400, "PGRST200",
            "Could not find a relationship between '" + parent + "' and '" + embed.relation
                + "' in the schema cache",
            "Searched for a foreign key relationship between '" + parent + "' and '"
                + embed.relation + "' in the schema 'public', but no matches were found.",
            {}, {}, {}};
    }
    if (candidates.size() > 1) {
        std::string details = "[";
        std::string hint;
        for (const Candidate& candidate : candidates) {
            details += details.size() > 1 ? "," : "";
            details += "{\"cardinality\":" + jsonQuoted(candidate.cardinality)
                + ",\"embedding\":" + jsonQuoted(parent + " with " + embed.relation)
                + ",\"relationship\":" + jsonQuoted(candidate.relationship) + "}";
            hint += (hint.empty() ? "" : ", ")
                + ("'" + embed.relation + "!" + candidate.relationship + "'");
        }
        throw RestError{300, "PGRST201",
            "Could not embed because more than one relationship was found for '" + parent
                + "' and '" + embed.relation + "'",
            {},
            "Try changing '" + embed.relation + "' to one of the following: " + hint
                + ". Find the desired relationship in the 'details' key.",
            {}, details + "]"};
    }
    return candidates.front().link;
}

void SqlWriter::embed(const Source& source, const QueryItem& item, Parts& parts)
{
    const QueryEmbed& embed = *item.embed;
    const Link reached = link(source, embed);
    const Source inner{freshAlias(reached.target->name), reached.target};
    const std::string name = freshAlias("embed");
    const std::string key = item.alias.empty() ? embed.relation : item.alias;
    if (embed.spread && !reached.toOne) {
        throw RestError{400, "PGRST127", "Feature not implemented",
            "Spreading '" + embed.relation + "' needs a relationship to one row.", {}, {}, {}};
    }

    std::vector<std::string> match;
    std::string relation = qualified(reached.target->name) + " as " + quoted(inner.alias);
    if (reached.junction != nullptr) {
        const std::string middle = freshAlias(reached.junction->name);
        relation += ", " + qualified(reached.junction->name) + " as " + quoted(middle);
        for (const auto& [near, far] : reached.columns) {
            match.push_back(quoted(source.alias) + "." + quoted(near) + " = " + quoted(middle) + "."
                + quoted(far));
        }
        for (const auto& [near, far] : reached.onward) {
            match.push_back(quoted(middle) + "." + quoted(near) + " = " + quoted(inner.alias) + "."
                + quoted(far));
        }
    } else {
        for (const auto& [near, far] : reached.columns) {
            match.push_back(quoted(source.alias) + "." + quoted(near) + " = " + quoted(inner.alias)
                + "." + quoted(far));
        }
    }
    std::string unlimited;
    const std::string rows = page(relation, inner, embed.node, joined(match, " and "), unlimited);
    const bool isEmpty = embed.node.items.empty();
    if (embed.spread) {
        parts.joins += " left join lateral (select *, true as academy_found from (" + rows
            + ") as r) as " + quoted(name) + " on true";
        for (const QueryItem& child : embed.node.items) {
            const std::string childName = child.alias.empty() ? child.field.column : child.alias;
            if (childName == "*") {
                for (const Schema::Column& known : reached.target->columns) {
                    parts.columns.push_back(quoted(name) + "." + quoted(known.name));
                }
            } else {
                parts.columns.push_back(quoted(name) + "." + quoted(childName));
            }
        }
        if (embed.inner) {
            parts.conditions.push_back(quoted(name) + ".academy_found");
        }
        return;
    }
    const std::string body = reached.toOne ? "(json_agg(r))->0" : "coalesce(json_agg(r), '[]')";
    parts.joins += " left join lateral (select " + body + " as j, count(*) as n from (" + rows
        + ") as r) as " + quoted(name) + " on true";
    if (!isEmpty) {
        parts.columns.push_back(quoted(name) + ".j as " + quoted(key));
    }
    if (embed.inner) {
        parts.conditions.push_back(quoted(name) + ".n > 0");
    }
}

std::string SqlWriter::page(const std::string& relation, const Source& source,
    const QueryNode& node, const std::string& extraCondition, std::string& counted)
{
    Parts parts = items(source, node, node.items.empty() && extraCondition.empty());
    if (const std::string own = conditions(source, node); !own.empty()) {
        parts.conditions.push_back(own);
    }
    if (!extraCondition.empty()) {
        parts.conditions.push_back(extraCondition);
    }
    std::string sql = "select " + joined(parts.columns, ", ") + " from " + relation + parts.joins;
    if (!parts.conditions.empty()) {
        sql += " where " + joined(parts.conditions, " and ");
    }
    counted = sql;
    if (const std::string terms = order(source, node); !terms.empty()) {
        sql += " order by " + terms;
    }
    if (node.limit) {
        sql += " limit " + std::to_string(*node.limit);
    }
    if (node.offset) {
        sql += " offset " + std::to_string(*node.offset);
    }
    return sql;
}

std::string SqlWriter::bodyExpression() const
{
    std::string sql;
    switch (m_shape.result) {
    case ResultShape::Array:
        sql = "coalesce(json_agg(r), '[]')";
        break;
    case ResultShape::ScalarArray:
        sql = "coalesce(json_agg(r.academy_value), '[]')";
        break;
    case ResultShape::Scalar:
        sql = "coalesce((json_agg(r.academy_value))->0, 'null')";
        break;
    case ResultShape::Object:
        sql = "coalesce((json_agg(r))->0, 'null')";
        break;
    case ResultShape::None:
        return "''";
    }
    return m_shape.stripNulls ? "json_strip_nulls(" + sql + ")" : sql;
}

SqlStatement SqlWriter::read(const std::string& prelude, const std::string& relation,
    const Source& source, const QueryNode& node)
{
    QueryNode capped = node;
    capped.limit = std::min(node.limit.value_or(m_shape.maxRows), m_shape.maxRows);
    std::string counted;
    const std::string rows = page(relation, source, capped, {}, counted);
    const std::string total
        = m_shape.countsRows ? "(select count(*) from (" + counted + ") as c)" : "null";
    std::string sql = "with " + prelude + (prelude.empty() ? "" : ", ") + "academy_rows as (" + rows
        + ") select " + total + ", count(*), " + bodyExpression()
        + "::text, nullif(current_setting('response.headers', true), ''), "
          "nullif(current_setting('response.status', true), '') from (select * from academy_rows) "
          "as r";
    return {std::move(sql), std::move(m_params)};
}

SqlStatement SqlWriter::select(const Schema::Table& table, const Query& query)
{
    const Source source{table.name, &table};
    return read({}, qualified(table.name) + " as " + quoted(source.alias), source, query.root);
}

std::string SqlWriter::payload(const Schema::Table& table, const std::vector<std::string>& keys,
    const std::string& body, bool missingIsDefault)
{
    std::vector<std::string> typed;
    std::vector<std::string> defaults;
    for (const std::string& key : keys) {
        const Schema::Column* known = table.column(key);
        if (known == nullptr) {
            throw RestError::unknownColumn(key, table.name);
        }
        typed.push_back(quoted(key) + " " + known->type);
        if (!known->defaultValue.empty()) {
            std::string name = "'";
            for (const char c : key) {
                name += c == '\'' ? "''" : std::string(1, c);
            }
            name += "'";
            defaults.push_back("case when e.v ? " + name + " then '{}' else jsonb_build_object("
                + name + ", " + known->defaultValue + ") end");
        }
    }
    const std::string value = m_params.add(body);
    std::string rows = "(case when json_typeof(" + value + "::json) = 'array' then " + value
        + "::json else json_build_array(" + value + "::json) end)";
    if (missingIsDefault && !defaults.empty()) {
        rows = "(select coalesce(json_agg(e.v || " + joined(defaults, " || ")
            + "), '[]') from jsonb_array_elements(" + rows + "::jsonb) as e(v))";
    }
    return "(select * from json_to_recordset(" + rows + ") as _(" + joined(typed, ", ") + "))";
}

SqlStatement SqlWriter::changed(const std::string& change, const Schema::Table& table,
    const Query& query, const Preferences& wanted)
{
    const bool returns = wanted.returning == Preferences::Return::Representation;
    const std::string prelude = "academy_changed as (" + change + " returning "
        + (returns ? quoted(table.name) + ".*" : "1") + ")";
    if (!returns) {
        std::string sql = "with " + prelude
            + " select count(*), count(*), ''::text, nullif(current_setting('response.headers', "
              "true), ''), "
              "nullif(current_setting('response.status', true), '') from academy_changed";
        return {std::move(sql), std::move(m_params)};
    }
    QueryNode node;
    node.items = query.root.items;
    node.order = query.root.order;
    const Source source{table.name, &table};
    std::string counted;
    const std::string rows
        = page("academy_changed as " + quoted(source.alias), source, node, {}, counted);
    std::string sql = "with " + prelude + ", academy_rows as (" + rows
        + ") select count(*), count(*), " + bodyExpression()
        + "::text, nullif(current_setting('response.headers', true), ''), "
          "nullif(current_setting('response.status', true), '') from (select * from academy_rows) "
          "as r";
    return {std::move(sql), std::move(m_params)};
}

SqlStatement SqlWriter::insert(const Schema::Table& table, const Query& query,
    const Preferences& wanted, const std::vector<std::string>& keys, const std::string& body)
{
    std::string sql = "insert into " + qualified(table.name) + " as " + quoted(table.name);
    if (keys.empty()) {
        sql += " default values";
    } else {
        const std::string rows = payload(table, keys, body, wanted.missingIsDefault);
        sql += " (" + quotedList(keys) + ") select " + quotedList(keys) + " from " + rows + " as b";
    }
    if (wanted.resolution != Preferences::Resolution::None) {
        const auto& target = query.onConflict.empty() ? table.primaryKey : query.onConflict;
        for (const std::string& name : target) {
            if (table.column(name) == nullptr) {
                throw RestError::unknownColumn(name, table.name);
            }
        }
        std::vector<std::string> assignments;
        for (const std::string& key : keys) {
            assignments.push_back(quoted(key) + " = excluded." + quoted(key));
        }
        if (!target.empty()) {
            sql += " on conflict (" + quotedList(target) + ")";
            sql += wanted.resolution == Preferences::Resolution::MergeDuplicates
                    && !assignments.empty()
                ? " do update set " + joined(assignments, ", ")
                : " do nothing";
        }
    }
    return changed(sql, table, query, wanted);
}

SqlStatement SqlWriter::update(const Schema::Table& table, const Query& query,
    const Preferences& wanted, const std::vector<std::string>& keys, const std::string& body)
{
    const Source source{table.name, &table};
    const std::string row = payload(table, keys, body, false);
    std::vector<std::string> assignments;
    for (const std::string& key : keys) {
        assignments.push_back(quoted(key) + " = \"academy_body\"." + quoted(key));
    }
    const std::string sql = "update " + qualified(table.name) + " as " + quoted(table.name)
        + " set " + joined(assignments, ", ") + " from (select * from " + row
        + " as b limit 1) as \"academy_body\" where " + conditions(source, query.root);
    return changed(sql, table, query, wanted);
}

SqlStatement SqlWriter::remove(
    const Schema::Table& table, const Query& query, const Preferences& wanted)
{
    const Source source{table.name, &table};
    const std::string sql = "delete from " + qualified(table.name) + " as " + quoted(table.name)
        + " where " + conditions(source, query.root);
    return changed(sql, table, query, wanted);
}

SqlStatement SqlWriter::called(
    const Schema::Function& function, const Query& query, const std::string& source)
{
    // `source` calls the function; its rows are read once, then filtered like those of a table.
    const std::string alias = "academy_call";
    const auto table = m_schema.tables.find(function.table);
    const Source rows{alias, table == m_schema.tables.end() ? nullptr : &table->second};
    QueryNode node = query.root;
    if (function.returns != Schema::Function::Returns::Composite) {
        node.items.clear();
    }
    return read(
        "academy_called as (" + source + ")", "academy_called as " + quoted(alias), rows, node);
}

SqlStatement SqlWriter::call(const Schema::Function& function, const Query& query,
    const std::set<std::string>& names, const std::string& body)
{
    std::vector<std::string> typed;
    std::vector<std::string> passed;
    for (const Schema::Argument& argument : function.arguments) {
        if (names.contains(argument.name)) {
            typed.push_back(quoted(argument.name) + " " + argument.type);
            passed.push_back(std::string(argument.isVariadic ? "variadic " : "")
                + quoted(argument.name) + " := \"academy_arguments\"." + quoted(argument.name));
        }
    }
    const bool composite = function.returns == Schema::Function::Returns::Composite;
    const std::string call = qualified(function.name) + "(" + joined(passed, ", ") + ")";
    if (typed.empty()) {
        return called(function, query,
            composite ? "select * from " + call : "select " + call + " as academy_value");
    }
    const std::string arguments = "(select * from json_to_record(" + m_params.add(body)
        + "::json) as _(" + joined(typed, ", ") + ")) as \"academy_arguments\"";
    return called(function, query,
        composite ? "select f.* from " + arguments + ", lateral " + call + " as f"
                  : "select " + call + " as academy_value from " + arguments);
}

SqlStatement SqlWriter::call(const Schema::Function& function, const Query& query,
    const std::vector<std::pair<std::string, std::string>>& arguments)
{
    std::vector<std::string> passed;
    for (const Schema::Argument& argument : function.arguments) {
        std::vector<std::string> values;
        for (const auto& [name, value] : arguments) {
            if (name == argument.name) {
                values.push_back(value);
            }
        }
        if (values.empty()) {
            continue;
        }
        const std::string value
            = argument.isVariadic && values.size() > 1 ? arrayLiteral(values) : values.back();
        passed.push_back(std::string(argument.isVariadic ? "variadic " : "") + quoted(argument.name)
            + " := " + m_params.add(value) + "::" + argument.type);
    }
    const bool composite = function.returns == Schema::Function::Returns::Composite;
    const std::string call = qualified(function.name) + "(" + joined(passed, ", ") + ")";
    return called(function, query,
        composite ? "select * from " + call : "select " + call + " as academy_value");
}

} // namespace academy
