// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/rest/CallWriter.h"
#include "academy/rest/ChangeWriter.h"
#include "academy/rest/Planner.h"
#include "academy/rest/ReadWriter.h"
#include "academy/rest/RequestPlanner.h"
#include "academy/rest/RequestQuery.h"
#include "academy/rest/RestError.h"
#include "base/Random.h"
#include "unit/academy/RestSample.h"

#include <QTest>

#include <array>
#include <set>

using namespace academy;

namespace {

/// Takes a statement apart as strictly as it can be taken and says what does not belong there.
class Inspector final
{
public:
    Inspector(const Schema& schema, std::set<std::string> ownNames) : m_names(std::move(ownNames))
    {
        for (const auto& [name, table] : schema.tables) {
            m_names.insert({name.schema, name.name});
            m_names.insert(table.computed.begin(), table.computed.end());
            for (const Schema::Column& column : table.columns) {
                m_names.insert(column.name);
            }
        }
        for (const auto& [name, function] : schema.functions) {
            m_names.insert(name.name);
            for (const Schema::Argument& argument : function.arguments) {
                m_names.insert(argument.name);
            }
        }
    }

    /// Empty when everything belongs.
    std::string complaint(const std::string& sql, std::size_t parameters) const
    {
        std::size_t at = 0;
        int depth = 0;
        while (at < sql.size()) {
            const char c = sql[at];
            if (c == ' ') {
                ++at;
            } else if (c == '"') {
                const std::string name = quoted(sql, at, '"');
                if (!m_names.contains(name) && !isOwnAlias(name)) {
                    return "the name " + name;
                }
            } else if (c == '\'') {
                const std::string literal = quoted(sql, at, '\'');
                if (!literals().contains(literal)) {
                    return "the literal " + literal;
                }
            } else if (c == '$') {
                const std::string digits
                    = run(sql, ++at, [](char d) { return d >= '0' && d <= '9'; });
                if (digits.empty() || std::stoul(digits) == 0 || std::stoul(digits) > parameters) {
                    return "the placeholder $" + digits;
                }
            } else if (c >= '0' && c <= '9') {
                run(sql, at, [](char d) { return d >= '0' && d <= '9'; });
            } else if ((c >= 'a' && c <= 'z') || c == '_') {
                const std::string word = run(sql, at, [](char d) {
                    return (d >= 'a' && d <= 'z') || (d >= '0' && d <= '9') || d == '_';
                });
                if (!words().contains(word)) {
                    return "the word " + word;
                }
            } else if (c == '(' || c == ')') {
                depth += c == '(' ? 1 : -1;
                if (depth < 0) {
                    return "a parenthesis too many";
                }
                ++at;
            } else {
                const std::string sign = run(sql, at, [](char d) {
                    return std::string_view("<>=!~@&|-+*/,.:?[];\\#%^`{}").find(d)
                        != std::string_view::npos;
                });
                if (!signs().contains(sign)) {
                    return "the sign " + (sign.empty() ? std::string(1, c) : sign);
                }
            }
        }
        return depth == 0 ? std::string() : "an open parenthesis";
    }

private:
    template <typename Fits>
    static std::string run(const std::string& text, std::size_t& at, Fits fits)
    {
        const std::size_t start = at;
        while (at < text.size() && fits(text[at])) {
            ++at;
        }
        return text.substr(start, at - start);
    }

    static std::string quoted(const std::string& text, std::size_t& at, char quote)
    {
        std::string content;
        for (++at; at < text.size(); ++at) {
            if (text[at] != quote) {
                content += text[at];
            } else if (at + 1 < text.size() && text[at + 1] == quote) {
                content += text[++at];
            } else {
                ++at;
                return content;
            }
        }
        return "(never closed)";
    }

    static bool isOwnAlias(const std::string& name)
    {
        return name.starts_with("academy_") || name == "pgrst_scalar" || name == "pg_catalog"
            || name == "text" || name == "int4" || name == "k" || name == "j" || name == "v"
            || (name.starts_with('t') && name.size() > 1
                && std::ranges::all_of(
                    name.substr(1), [](char c) { return c >= '0' && c <= '9'; }));
    }

    static const std::set<std::string>& words()
    {
        static const std::set<std::string> known{"select", "from", "where", "and", "or", "not",
            "is", "null", "true", "false", "unknown", "distinct", "as", "with", "left", "inner",
            "cross", "join", "lateral", "on", "group", "order", "by", "asc", "desc", "nulls",
            "first", "last", "limit", "offset", "any", "all", "like", "ilike", "cast", "insert",
            "into", "update", "set", "delete", "returning", "conflict", "do", "nothing", "excluded",
            "case", "when", "then", "else", "end", "variadic", "row", "count", "sum", "avg", "max",
            "min", "coalesce", "nullif", "json_agg", "row_to_json", "json_typeof",
            "json_build_array", "json_array_elements", "jsonb_array_elements", "json_to_recordset",
            "json_to_record", "jsonb_build_object", "json_object_keys", "json_strip_nulls",
            "to_jsonb", "to_tsvector", "to_tsquery", "plainto_tsquery", "phraseto_tsquery",
            "websearch_to_tsquery", "string_agg", "substring", "length", "chr", "current_setting",
            "set_config", "integer", "text", "int", "bigint", "json", "jsonb", "regconfig",
            "explain", "format"};
        return known;
    }

    static const std::set<std::string>& literals()
    {
        static const std::set<std::string> known{"", "[]", "{}", "null", "array", ",", "0", "-1",
            "response.headers", "response.status", "pgrst.inserted"};
        return known;
    }

    static const std::set<std::string>& signs()
    {
        static const std::set<std::string> known{"=", "<>", "<", "<=", ">", ">=", "~", "~*", "@>",
            "<@", "&&", "<<", ">>", "&<", "&>", "-|-", "@@", "->", "->>", "::", ":=", ",", ".", "*",
            ".*", "||", "?", "+", "-", "[]", ".*,", ",-"};
        return known;
    }

    std::set<std::string> m_names;
};

/// Every name a request gives to what it gets: the only text of its own that may come out, quoted.
void collectNames(const QueryNode& node, std::set<std::string>& names)
{
    for (const QueryItem& item : node.items) {
        names.insert(item.alias);
        for (const QueryField::Step& step : item.field.path) {
            names.insert(step.key);
        }
        names.insert({"sum", "avg", "count", "max", "min"});
        if (item.embed) {
            names.insert(item.embed->relation);
            collectNames(item.embed->node, names);
        }
    }
}

/// Requests that are nearly right, and what spoils them.
class Attacker final
{
public:
    explicit Attacker(quint64 seed) : m_random(seed) { }

    Query::Pairs parameters()
    {
        static const std::array templates{std::pair{"select", "id,name,facts->a->>b::text"},
            std::pair{"select", "*,guests!guests_room_id_fkey(*,skills(name)),keys(code)"},
            std::pair{"select", "n:name,...keys!inner(code),title"},
            std::pair{"select", "id.sum(),name,count()"},
            std::pair{"select", "guests!room_id(...skills(name),id.max()::text)"},
            std::pair{"id", "eq.5"}, std::pair{"id", "not.in.(1,\"2\",3)"},
            std::pair{"name", "like(any).{a*,b}"}, std::pair{"name", "wfts(english).cat"},
            std::pair{"facts->a->>1", "is.not_null"}, std::pair{"keys", "is.null"},
            std::pair{"or", "(id.eq.1,and(name.is.null,not.id.lt.3),name.in.(a,b))"},
            std::pair{"not.and", "(id.gte.1,facts->>x.eq.\"a,b\")"},
            std::pair{"order", "name.desc.nullslast,facts->>z,keys(code).asc"},
            std::pair{"guests.name", "eq.x"}, std::pair{"keys.order", "code"},
            std::pair{"limit", "10"}, std::pair{"offset", "3"}, std::pair{"columns", "id,name"},
            std::pair{"on_conflict", "id"}};
        Query::Pairs pairs;
        const quint64 count = 1 + m_random.below(4);
        for (quint64 i = 0; i < count; ++i) {
            const auto& [name, value] = templates[m_random.below(templates.size())];
            pairs.emplace_back(spoiled(name, 12), spoiled(value, 3));
        }
        return pairs;
    }

    /// One text in `rarity` stays as it is.
    std::string spoiled(std::string text, quint64 rarity)
    {
        if (m_random.below(rarity) != 0 && rarity > 3) {
            return text;
        }
        static const std::array<std::string, 44> tokens{"'", "\"", "\"\"", ";", "--", "/*", "*/",
            "$$", "$1", "\\", "\\\"", "(", ")", ",", ".", ":", "::", "->", "->>", "!", "...", "*",
            " union select usename from pg_user ", "pg_sleep(9)", "'; drop table rooms; --",
            "\"; drop table rooms; --", "\") from rooms; --", "x'||(select 1)||'", "::text",
            "::int4", "::\"text from rooms\"",
            "name:", "\"a\"\"b\":", "\"t0\":", "\"evil \\\" name\":", "count()", "!inner", "{", "}",
            "not.", "and(", "\x80", "\xC3\xA9", std::string(1, '\0')};
        const quint64 edits = m_random.below(3);
        for (quint64 i = 0; i < edits; ++i) {
            const std::size_t place = m_random.below(text.size() + 1);
            switch (m_random.below(5)) {
            case 0:
                text.erase(place, m_random.below(4));
                break;
            case 1:
                text.insert(place, 1, static_cast<char>(m_random.below(256)));
                break;
            case 2:
                text.insert(place, text.substr(m_random.below(text.size() + 1), 6));
                break;
            default:
                text.insert(place, tokens[m_random.below(tokens.size())]);
                break;
            }
        }
        return text;
    }

    /// A whole request, any part of which may be spoiled: path, headers, query string and body.
    Request request()
    {
        struct Kind
        {
            const char* method;
            const char* path;
            const char* type;
            const char* body;
        };
        static const std::array kinds{Kind{"GET", "/rooms", "", ""},
            Kind{"POST", "/rooms", "application/json", R"({"id":1,"name":"a"})"},
            Kind{"POST", "/rooms", "application/json", R"([{"id":1,"facts":{"a":[1]}},{"id":2}])"},
            Kind{"POST", "/rooms", "text/csv", "id,name\n1,a\n2,\"b\"\n"},
            Kind{"POST", "/rooms", "application/x-www-form-urlencoded", "id=1&name=a"},
            Kind{"PATCH", "/rooms?id=eq.1", "application/json", R"({"name":"a"})"},
            Kind{"PUT", "/rooms?id=eq.1", "application/json", R"({"id":1,"name":"a"})"},
            Kind{"DELETE", "/rooms?id=eq.1", "", ""},
            Kind{"POST", "/rpc/rooms_over", "application/json", R"({"least":1,"names":["a","b"]})"},
            Kind{"POST", "/rpc/rooms_over", "application/x-www-form-urlencoded",
                "least=1&names=a&names=b"},
            Kind{"GET", "/rpc/rooms_over?least=1&names=a&names={b,c}", "", ""}};
        static const std::array<std::string, 6> preferences{"return=representation, count=exact",
            "resolution=merge-duplicates,missing=default", "timezone=Europe/Madrid",
            "count=estimated, max-affected=3", "handling=strict, tx=rollback",
            "resolution=ignore-duplicates"};
        const Kind& kind = kinds[m_random.below(kinds.size())];
        Request request;
        const std::string path(kind.path);
        const std::size_t question = std::min(path.find('?'), path.size());
        request.raw.method_string(kind.method);
        request.path = spoiled(path.substr(0, question), 4);
        request.query = spoiled(path.substr(std::min(path.size(), question + 1)), 4);
        if (m_random.below(3) == 0) {
            for (const auto& [name, value] : parameters()) {
                request.query += (request.query.empty() ? "" : "&") + name + "=" + value;
            }
        }
        const auto header = [&](const char* name, const std::string& value) {
            std::string text = spoiled(value, 4);
            // The parser of HTTP lets no control character into a header.
            std::erase_if(text, [](char c) { return static_cast<unsigned char>(c) < ' '; });
            request.raw.set(name, text);
        };
        header("Prefer", preferences[m_random.below(preferences.size())]);
        if (m_random.below(4) == 0) {
            header("Accept-Profile", "public");
            header("Content-Profile", "public");
        }
        request.raw.set("Content-Type", kind.type);
        request.raw.body() = spoiled(kind.body, 4);
        return request;
    }

    quint64 below(quint64 bound) { return m_random.below(bound); }

private:
    SeededRandom m_random;
};

/// One request as the service would write it.
SqlStatement written(const Schema& schema, const Query& query, quint64 kind)
{
    const Schema::Table& table = *schema.table({"public", "rooms"});
    Preferences wanted;
    wanted.returning = Preferences::Return::Representation;
    wanted.resolution = Preferences::Resolution::MergeDuplicates;
    wanted.missingIsDefault = true;
    Planner planner(schema);
    const std::vector<std::string> columns = query.columns.value_or(std::vector<std::string>{"id"});
    if (kind == 0) {
        const ReadPlan plan = planner.changed(table, query.root);
        return ChangeWriter(table, plan, wanted, ResultShape::Array, true)
            .insert({"[]", columns}, query.onConflict);
    }
    if (kind == 1) {
        const ReadPlan plan = planner.changed(table, query.root);
        const auto conditions = planner.changeConditions(table, "t0", query.root);
        return ChangeWriter(table, plan, wanted, ResultShape::Object, false)
            .update({"{}", columns}, conditions);
    }
    if (kind == 2) {
        const Schema::Function& function
            = schema.functions.find(Schema::Name{"public", "rooms_over"})->second;
        const ReadPlan plan = planner.rows(function, query.root);
        CallArguments arguments;
        arguments.kind = CallArguments::Kind::Texts;
        arguments.texts = {{"least", "'; --"}, {"names", "\"{"}, {"names", "\\"}};
        return CallWriter(function, plan, ResultShape::Csv, false).call(arguments, Count::Exact);
    }
    SqlStatement statement;
    const ReadPlan plan = planner.read(table, query.root);
    ReadWriter writer(statement.params, true);
    StatementParts parts;
    const SqlText relation = SqlText::name("public", "rooms");
    parts.rows = writer.rows(plan, relation);
    parts.total
        = "(select count(*) from (" + writer.counted(plan, relation) + ") as \"academy_c\")";
    statement.sql = wholeStatement(parts).text();
    return statement;
}

} // namespace

/// A request as the service plans it, from its method to its body. The names it gives to what it
/// gets are noted in `names`.
std::optional<SqlStatement> planned(
    const Schema& schema, const Request& request, std::set<std::string>& names)
{
    const RestTarget target = RestTarget::of(request, schema);
    Preferences wanted = Preferences::of(request);
    RestAnswer answer{.request = request,
        .wanted = wanted,
        .action = target.action,
        .type = MediaType::of(request.header("accept"), false),
        .name = target.name.name,
        .profile = {}};
    RestTransaction::Options options;
    auto statement = RequestPlanner(request, target, schema, wanted, answer, options).plan();
    const bool reads = target.action == RestAction::Call && target.readOnly;
    collectNames(
        queryOf(request, reads ? Query::Purpose::FunctionRead : Query::Purpose::Table).root, names);
    return statement;
}

/// Nothing of a request becomes SQL: whatever the query string is, the statement consists of names
/// of the catalogue and names the request gives to its results, both quoted, of our own words, and
/// of placeholders.
class TestRestInjection : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theInspectorSeesWhatDoesNotBelong_data()
    {
        QTest::addColumn<QByteArray>("sql");
        QTest::newRow("a second statement") << QByteArray("select 1; select 1");
        QTest::newRow("a comment") << QByteArray("select 1 -- x");
        QTest::newRow("an unknown name") << QByteArray("select \"passwords\"");
        QTest::newRow("a bare name") << QByteArray("select usename");
        QTest::newRow("a function") << QByteArray("select pg_sleep(1)");
        QTest::newRow("a literal") << QByteArray("select 'x'");
        QTest::newRow("a placeholder without a value") << QByteArray("select $3");
        QTest::newRow("an open name") << QByteArray("select \"rooms");
        QTest::newRow("a parenthesis") << QByteArray("select (1))");
        QTest::newRow("a dollar quote") << QByteArray("select $$x$$");
        QTest::newRow("a null character") << QByteArray("select \0", 8);
    }
    void theInspectorSeesWhatDoesNotBelong()
    {
        QFETCH(QByteArray, sql);
        QVERIFY(!Inspector(sampleSchema(), {}).complaint(sql.toStdString(), 2).empty());
    }

    void nothingOfARequestBecomesSql()
    {
        constexpr int cases = 12000;
        constexpr quint64 seed = 20261123;
        Schema schema = sampleSchema();
        schema.settings.allowsAggregates = true;
        Attacker attacker(seed);
        int understood = 0;
        int refused = 0;
        for (int i = 0; i < cases; ++i) {
            const Query::Pairs pairs = attacker.parameters();
            std::string request;
            for (const auto& [name, value] : pairs) {
                request += name + "=" + value + "&";
            }
            try {
                const Query query = Query::parse(pairs);
                const SqlStatement statement = written(schema, query, attacker.below(5));
                std::set<std::string> names;
                collectNames(query.root, names);
                const std::string complaint
                    = Inspector(schema, std::move(names))
                          .complaint(statement.sql, statement.params.size());
                QVERIFY2(complaint.empty(),
                    ("case " + std::to_string(i) + ": " + complaint + "\nin " + statement.sql
                        + "\nof " + request)
                        .c_str());
                ++understood;
            } catch (const RestError& error) {
                QVERIFY2(error.status >= 300 && error.status < 500, error.code.c_str());
                ++refused;
            }
        }
        qInfo("seed %llu: %d requests, %d written, %d refused",
            static_cast<unsigned long long>(seed), cases, understood, refused);
        QVERIFY(understood > cases / 10);
        QVERIFY(refused > cases / 10);
    }

    void noDoorOfARequestLeadsIntoSql()
    {
        constexpr int cases = 12000;
        constexpr quint64 seed = 20261124;
        const Schema schema = sampleSchema();
        Attacker attacker(seed);
        std::map<RestAction, int> understood;
        int refused = 0;
        for (int i = 0; i < cases; ++i) {
            const Request request = attacker.request();
            try {
                std::set<std::string> names;
                const auto statement = planned(schema, request, names);
                if (!statement) {
                    continue;
                }
                const Inspector inspector(schema, std::move(names));
                for (const auto& [sql, parameters] :
                    {std::pair{statement->sql, statement->params.size()},
                        std::pair{statement->estimate, statement->estimateParams.size()}}) {
                    const std::string complaint = inspector.complaint(sql, parameters);
                    QVERIFY2(complaint.empty(),
                        ("case " + std::to_string(i) + ": " + complaint + "\nin " + sql).c_str());
                }
                ++understood[RestTarget::of(request, schema).action];
            } catch (const RestError& error) {
                QVERIFY2(error.status >= 300 && error.status < 500, error.code.c_str());
                ++refused;
            }
        }
        qInfo("seed %llu: %d requests, %d refused", static_cast<unsigned long long>(seed), cases,
            refused);
        QVERIFY(refused > cases / 10);
        for (const RestAction action : {RestAction::Read, RestAction::Insert, RestAction::Update,
                 RestAction::Delete, RestAction::Put, RestAction::Call}) {
            QVERIFY2(understood[action] > cases / 100,
                qPrintable(QString::number(static_cast<int>(action))));
        }
    }
};

QTEST_GUILESS_MAIN(TestRestInjection)
#include "tst_restinjection.moc"
