// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/rest/Query.h"

#include "academy/rest/RestError.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace academy {

namespace {

constexpr std::array operators{"eq", "neq", "gt", "gte", "lt", "lte", "like", "ilike", "match",
    "imatch", "in", "is", "isdistinct", "cs", "cd", "ov", "sl", "sr", "nxr", "nxl", "adj", "fts",
    "plfts", "phfts", "wfts"};
constexpr int deepestNesting = 32;

/// Reads the little languages of the query string from left to right.
class Reader final
{
public:
    explicit Reader(std::string_view text) : m_text(text) { }

    bool atEnd() const { return m_at >= m_text.size(); }
    char peek() const { return atEnd() ? '\0' : m_text[m_at]; }
    bool sees(std::string_view word) const { return m_text.substr(m_at).starts_with(word); }
    bool take(std::string_view word)
    {
        if (!sees(word)) {
            return false;
        }
        m_at += word.size();
        return true;
    }
    void expect(char c)
    {
        if (peek() != c) {
            fail(std::string("expected \"") + c + "\"");
        }
        ++m_at;
    }
    [[noreturn]] void fail(const std::string& what) const
    {
        throw RestError::unparsable(what + " at position " + std::to_string(m_at + 1) + " of \""
            + std::string(m_text) + "\"");
    }

    std::string until(std::string_view stops)
    {
        const std::size_t end = std::min(m_text.find_first_of(stops, m_at), m_text.size());
        std::string word(m_text.substr(m_at, end - m_at));
        m_at = end;
        return word;
    }
    std::string rest() { return until({}); }

    /// "…" with \" and \\ inside.
    std::string quoted()
    {
        expect('"');
        std::string word;
        while (peek() != '"') {
            if (atEnd()) {
                fail("a quotation mark is missing");
            }
            if (peek() == '\\' && m_at + 1 < m_text.size()) {
                ++m_at;
            }
            word += m_text[m_at++];
        }
        ++m_at;
        return word;
    }

    /// A name: quoted, or everything up to a character that has a meaning. A hyphen belongs to a
    /// name unless it starts an arrow.
    std::string name(std::string_view stops)
    {
        if (peek() == '"') {
            return quoted();
        }
        std::string word;
        while (!atEnd() && stops.find(peek()) == std::string_view::npos && !sees("->")) {
            word += m_text[m_at++];
        }
        if (word.empty()) {
            fail("a name is missing");
        }
        return word;
    }

    QueryField field(std::string_view stops)
    {
        QueryField result;
        result.column = name(stops);
        while (sees("->")) {
            QueryField::Step step;
            step.asText = take("->>");
            if (!step.asText) {
                take("->");
            }
            step.key = name(stops);
            const std::size_t sign = step.key.starts_with('-') ? 1 : 0;
            step.isIndex = step.key.size() > sign
                && std::all_of(step.key.begin() + static_cast<std::ptrdiff_t>(sign), step.key.end(),
                    [](char c) { return c >= '0' && c <= '9'; });
            result.path.push_back(std::move(step));
        }
        return result;
    }

    /// `{…}` of an array or JSON literal, quotes respected.
    std::string braced()
    {
        const std::size_t start = m_at;
        int depth = 0;
        bool inQuotes = false;
        for (; !atEnd(); ++m_at) {
            const char c = peek();
            if (c == '\\') {
                ++m_at;
            } else if (c == '"') {
                inQuotes = !inQuotes;
            } else if (!inQuotes && c == '{') {
                ++depth;
            } else if (!inQuotes && c == '}' && --depth == 0) {
                ++m_at;
                return std::string(m_text.substr(start, m_at - start));
            }
        }
        fail("a brace is missing");
    }

    std::vector<std::string> list()
    {
        std::vector<std::string> values;
        expect('(');
        if (take(")")) {
            return values;
        }
        do {
            values.push_back(peek() == '"' ? quoted() : until(",)"));
        } while (take(","));
        expect(')');
        return values;
    }

private:
    std::string_view m_text;
    std::size_t m_at = 0;
};

bool isOperator(const std::string& word)
{
    return std::ranges::find(operators, word) != operators.end();
}

/// `not.` and the operator with its argument, up to the dot before the operand.
void readOperator(Reader& in, QueryFilter& filter)
{
    while (in.take("not.")) {
        filter.negated = !filter.negated;
    }
    filter.op = in.until(".(");
    if (!isOperator(filter.op)) {
        in.fail("unknown operator \"" + filter.op + "\"");
    }
    if (in.take("(")) {
        const std::string argument = in.until(")");
        in.expect(')');
        if (argument == "any") {
            filter.quantifier = QueryFilter::Quantifier::Any;
        } else if (argument == "all") {
            filter.quantifier = QueryFilter::Quantifier::All;
        } else if (filter.op.ends_with("fts")) {
            filter.language = argument;
        } else {
            in.fail("\"" + argument + "\" does not go with the operator " + filter.op);
        }
    }
    in.expect('.');
}

void checkIs(const Reader& in, const QueryFilter& filter)
{
    constexpr std::array values{"null", "not_null", "true", "false", "unknown"};
    if (filter.op == "is" && std::ranges::find(values, filter.operand) == values.end()) {
        in.fail("\"is\" takes null, not_null, true, false or unknown");
    }
}

QueryFilter readFilter(QueryField field, const std::string& value)
{
    Reader in(value);
    QueryFilter filter;
    filter.field = std::move(field);
    readOperator(in, filter);
    if (filter.op == "in") {
        filter.operands = in.list();
        if (!in.atEnd()) {
            in.fail("unexpected text after the list");
        }
    } else {
        filter.operand = in.rest();
    }
    checkIs(in, filter);
    return filter;
}

QueryLogic readLogic(Reader& in, bool isAnd, bool negated, int depth);

std::variant<QueryFilter, QueryLogic> readLogicPart(Reader& in, int depth)
{
    bool negated = false;
    Reader ahead = in;
    while (ahead.take("not.")) {
        negated = !negated;
    }
    for (const std::string_view word : {"and", "or"}) {
        Reader probe = ahead;
        if (probe.take(word) && probe.peek() == '(') {
            in = probe;
            return readLogic(in, word == "and", negated, depth + 1);
        }
    }
    QueryFilter filter;
    filter.negated = negated;
    in = ahead;
    filter.field = in.field(".,()");
    in.expect('.');
    readOperator(in, filter);
    if (filter.op == "in") {
        filter.operands = in.list();
    } else if (in.peek() == '{') {
        filter.operand = in.braced();
    } else if (in.peek() == '"') {
        filter.operand = in.quoted();
    } else {
        filter.operand = in.until(",)");
    }
    checkIs(in, filter);
    return filter;
}

QueryLogic readLogic(Reader& in, bool isAnd, bool negated, int depth)
{
    if (depth > deepestNesting) {
        in.fail("the conditions are nested too deeply");
    }
    QueryLogic logic{negated, isAnd, {}};
    in.expect('(');
    do {
        logic.parts.push_back(readLogicPart(in, depth));
    } while (in.take(","));
    in.expect(')');
    return logic;
}

std::vector<QueryItem> readItems(Reader& in, int depth);

QueryItem readItem(Reader& in, int depth)
{
    QueryItem item;
    const bool spread = in.take("...");
    constexpr std::string_view stops = ",():!.";
    Reader ahead = in;
    if (ahead.peek() != '*') {
        const std::string alias = ahead.name(stops);
        if (ahead.peek() == ':' && !ahead.sees("::")) {
            ahead.take(":");
            item.alias = alias;
            in = ahead;
        }
    }
    if (in.take("*")) {
        item.field.column = "*";
        return item;
    }
    item.field = in.field(stops);
    std::string hint;
    bool inner = false;
    while (in.take("!")) {
        const std::string word = in.name(stops);
        if (word == "inner") {
            inner = true;
        } else if (word != "left") {
            hint = word;
        }
    }
    if (in.peek() == '(') {
        if (item.field.column == "count" && in.sees("()")) {
            throw RestError{
                400, "PGRST123", "Use of aggregate functions is not allowed", {}, {}, {}, {}};
        }
        in.expect('(');
        auto embed = std::make_shared<QueryEmbed>();
        embed->relation = item.field.column;
        embed->hint = hint;
        embed->inner = inner;
        embed->spread = spread;
        if (in.peek() != ')') {
            embed->node.items = readItems(in, depth + 1);
        }
        in.expect(')');
        item.embed = std::move(embed);
        return item;
    }
    if (spread || !hint.empty() || inner) {
        in.fail("a relation needs parentheses");
    }
    if (in.take(".")) {
        throw RestError{
            400, "PGRST123", "Use of aggregate functions is not allowed", {}, {}, {}, {}};
    }
    if (in.take("::")) {
        item.cast = in.name(stops);
    }
    return item;
}

std::vector<QueryItem> readItems(Reader& in, int depth)
{
    if (depth > deepestNesting) {
        in.fail("the selection is nested too deeply");
    }
    std::vector<QueryItem> items;
    do {
        items.push_back(readItem(in, depth));
    } while (in.take(","));
    return items;
}

std::vector<QueryOrder> readOrder(const std::string& text)
{
    Reader in(text);
    std::vector<QueryOrder> order;
    do {
        QueryOrder term;
        term.field = in.field(",.()");
        while (in.take(".")) {
            const std::string word = in.until(".,");
            if (word == "desc") {
                term.descending = true;
            } else if (word == "nullsfirst" || word == "nullslast") {
                term.nullsFirst = word == "nullsfirst";
            } else if (word != "asc") {
                in.fail("an order is asc, desc, nullsfirst or nullslast");
            }
        }
        order.push_back(std::move(term));
    } while (in.take(","));
    if (!in.atEnd()) {
        in.fail("unexpected text");
    }
    return order;
}

std::vector<std::string> readNames(const std::string& text)
{
    Reader in(text);
    std::vector<std::string> names;
    do {
        names.push_back(in.name(","));
    } while (in.take(","));
    return names;
}

std::int64_t readCount(const std::string& text, const char* what)
{
    std::int64_t number = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failed != std::errc() || end != text.data() + text.size()) {
        throw RestError::unparsable(std::string(what) + " is not a number: \"" + text + "\"");
    }
    if (number < 0) {
        throw RestError{416, "PGRST103", "Requested range not satisfiable",
            std::string(what) + " must not be negative.", {}, {}, {}};
    }
    return number;
}

/// The embedded node a dotted path leads to; the first parts name embeds by alias or relation.
QueryNode& nodeAt(QueryNode& root, const std::vector<std::string>& path)
{
    QueryNode* node = &root;
    for (const std::string& name : path) {
        const auto found = std::ranges::find_if(node->items, [&](const QueryItem& item) {
            return item.embed && (item.alias == name || item.embed->relation == name);
        });
        if (found == node->items.end()) {
            throw RestError{400, "PGRST108",
                "'" + name + "' is not an embedded resource in this request", {},
                "Verify that '" + name + "' is included in the 'select' query parameter.", {}, {}};
        }
        node = &found->embed->node;
    }
    return *node;
}

/// Splits "a.b.c" at dots outside quotes.
std::vector<std::string> dottedParts(const std::string& key)
{
    std::vector<std::string> parts(1);
    bool inQuotes = false;
    for (const char c : key) {
        if (c == '"') {
            inQuotes = !inQuotes;
        }
        if (c == '.' && !inQuotes) {
            parts.emplace_back();
        } else {
            parts.back() += c;
        }
    }
    return parts;
}

} // namespace

bool Query::looksLikeFilter(const std::string& value)
{
    std::string_view rest = value;
    while (rest.starts_with("not.")) {
        rest.remove_prefix(4);
    }
    const std::size_t end = rest.find_first_of(".(");
    return end != std::string_view::npos && isOperator(std::string(rest.substr(0, end)));
}

Query Query::parse(const Pairs& parameters)
{
    Query query;
    for (const auto& [key, value] : parameters) {
        if (key == "select" && !value.empty()) {
            // White space between the parts of a selection means nothing.
            std::string text;
            bool inQuotes = false;
            for (const char c : value) {
                inQuotes = c == '"' ? !inQuotes : inQuotes;
                if (inQuotes || (c != ' ' && c != '\n' && c != '\t' && c != '\r')) {
                    text += c;
                }
            }
            Reader in(text);
            query.root.items = readItems(in, 0);
            if (!in.atEnd()) {
                in.fail("unexpected text");
            }
        }
    }
    for (const auto& [key, value] : parameters) {
        if (key == "select" || key == "apikey") {
            continue;
        }
        if (key == "columns") {
            query.columns = readNames(value);
            continue;
        }
        if (key == "on_conflict") {
            query.onConflict = readNames(value);
            continue;
        }
        std::vector<std::string> path = dottedParts(key);
        std::string last = path.back();
        path.pop_back();
        bool negated = false;
        if (!path.empty() && path.back() == "not" && (last == "and" || last == "or")) {
            negated = true;
            path.pop_back();
        }
        QueryNode& node = nodeAt(query.root, path);
        if (last == "order") {
            node.order = readOrder(value);
        } else if (last == "limit") {
            node.limit = readCount(value, "limit");
        } else if (last == "offset") {
            node.offset = readCount(value, "offset");
        } else if (last == "and" || last == "or") {
            Reader in(value);
            node.conditions.emplace_back(readLogic(in, last == "and", negated, 0));
            if (!in.atEnd()) {
                in.fail("unexpected text");
            }
            query.hasFilters = query.hasFilters || &node == &query.root;
        } else {
            Reader in(last);
            QueryField field = in.field({});
            node.conditions.emplace_back(readFilter(std::move(field), value));
            query.hasFilters = query.hasFilters || &node == &query.root;
        }
    }
    return query;
}

} // namespace academy
