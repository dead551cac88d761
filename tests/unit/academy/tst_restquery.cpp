// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/rest/CsvBody.h"
#include "academy/rest/JsonOutline.h"
#include "academy/rest/Planner.h"
#include "academy/rest/Query.h"
#include "academy/rest/ReadWriter.h"
#include "academy/rest/RestError.h"
#include "unit/academy/RestSample.h"

#include <QTest>

using namespace academy;

namespace {

QByteArray sqlOf(const Query::Pairs& pairs, bool aggregates = false)
{
    Schema schema = sampleSchema();
    schema.settings.allowsAggregates = aggregates;
    PgParams params;
    const ReadPlan plan
        = Planner(schema).read(*schema.table({"public", "rooms"}), Query::parse(pairs).root);
    const SqlText rows = ReadWriter(params, true).rows(plan, SqlText::name("public", "rooms"));
    return QByteArray::fromStdString(rows.text());
}

RestError thrownBy(const Query::Pairs& pairs)
{
    try {
        sqlOf(pairs);
    } catch (const RestError& error) {
        return error;
    }
    return {200, "nothing", {}, {}, {}, {}, {}};
}

} // namespace

/// The query language of the REST service: what it understands, and that values never reach the
/// SQL.
class TestRestQuery : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void filtersBecomePlaceholders_data()
    {
        QTest::addColumn<QByteArray>("key");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QByteArray>("sql");
        const auto row = [](const char* name, const char* key, const char* value, const char* sql) {
            QTest::newRow(name) << QByteArray(key) << QByteArray(value) << QByteArray(sql);
        };
        row("eq", "id", "eq.secret", R"(where "t0"."id" = $1)");
        row("not", "id", "not.eq.secret", R"(not ("t0"."id" = $1))");
        row("twice not", "id", "not.not.eq.secret", R"(where "t0"."id" = $1)");
        row("in", "id", "in.(secret,\"secret\")", R"("t0"."id" = any($1))");
        row("all", "name", "like(all).{secret}", R"("t0"."name" like all($1))");
        row("isdistinct", "name", "isdistinct.secret", R"("t0"."name" is distinct from $1)");
        row("is, in any case", "name", "is.NULL", R"("t0"."name" is null)");
        row("adjacent", "name", "adj.secret", R"("t0"."name" -|- $1)");
        row("a path", "facts->a->>b", "eq.secret", R"(("t0"."facts"->$1::text->>$2::text) = $3)");
        row("an index", "facts->0", "eq.secret", R"(("t0"."facts"->$1::int) = $2)");
        row("a quote in a path", "facts->>it's", "eq.secret", R"(("t0"."facts"->>$1::text) = $2)");
        row("a path into text", "name->>a", "eq.secret",
            R"((to_jsonb("t0"."name")->>$1::text) = $2)");
        row("full text", "name", "fts(spanish).secret",
            R"(to_tsvector($1::regconfig, "t0"."name") @@ to_tsquery($1::regconfig, $2))");
        row("or", "or", "(id.eq.secret,and(name.like.secret*,id.is.null))",
            R"(("t0"."id" = $1 or ("t0"."name" like $2 and "t0"."id" is null)))");
        row("not and", "not.and", "(id.eq.secret,id.gt.secret)",
            R"(not ("t0"."id" = $1 and "t0"."id" > $2))");
        row("a brace with a comma inside or", "or", "(name.eq.{secret,secret},id.eq.secret)",
            R"(("t0"."name" = $1 or "t0"."id" = $2))");
        row("a quoted name", "\"id\"", "eq.secret", R"(where "t0"."id" = $1)");
    }
    void filtersBecomePlaceholders()
    {
        QFETCH(QByteArray, key);
        QFETCH(QByteArray, value);
        QFETCH(QByteArray, sql);
        const QByteArray written = sqlOf({{key.toStdString(), value.toStdString()}});
        QVERIFY2(written.contains(sql), written.constData());
        QVERIFY2(!written.contains("secret"), written.constData());
    }

    void nonsenseIsRefused_data()
    {
        QTest::addColumn<QByteArray>("key");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QByteArray>("code");
        const auto row
            = [](const char* name, const char* key, const char* value, const char* code) {
                  QTest::newRow(name) << QByteArray(key) << QByteArray(value) << QByteArray(code);
              };
        row("no operator", "id", "5", "PGRST100");
        row("an unknown operator", "id", "equals.5", "PGRST100");
        row("a quantifier that does not go with the operator", "id", "neq(any).{1}", "PGRST100");
        row("a list without end", "id", "in.(1,2", "PGRST100");
        row("text after a list", "id", "in.(1)2", "PGRST100");
        row("is with a value", "id", "is.5", "PGRST100");
        row("or without parentheses", "or", "id.eq.1", "PGRST100");
        row("or with a tail", "or", "(id.eq.1)x", "PGRST100");
        row("an empty selection item", "select", "id,,name", "PGRST100");
        row("an open selection", "select", "id,guests(", "PGRST100");
        row("a closing parenthesis too many", "select", "id)", "PGRST100");
        row("a statement in a selection", "select", "id;drop", "PGRST100");
        row("an unknown direction", "order", "id.up", "PGRST100");
        row("a direction twice", "order", "id.asc.desc", "PGRST100");
        row("a negative limit", "limit", "-1", "PGRST103");
        row("an unknown relation", "select", "doors(id)", "PGRST200");
        row("an ambiguous relation", "select", "guests(id)", "PGRST201");
        row("an aggregate", "select", "id.sum()", "PGRST123");
        row("count()", "select", "count()", "PGRST123");
        row("a cast that is no type", "select", "id::nothing", "42704");
        row("a cast that goes on", "select", "id::int);", "PGRST100");
        row("a cast that goes on in words", "select",
            "name::\"text from rooms union select usename\"", "42704");
        row("a cast that goes on without quotes", "select", "name::text from rooms", "42704");
        row("an unknown column", "colour", "eq.1", "42703");
        row("a condition on a relation that is not there", "guests.id", "eq.1", "PGRST108");
        row("an order by a relation that is not there", "order", "guests(id)", "PGRST108");
    }
    void nonsenseIsRefused()
    {
        QFETCH(QByteArray, key);
        QFETCH(QByteArray, value);
        QFETCH(QByteArray, code);
        const RestError error = thrownBy({{key.toStdString(), value.toStdString()}});
        QCOMPARE(QByteArray::fromStdString(error.code), code);
    }

    void ambiguityNamesTheWaysOut()
    {
        const RestError error = thrownBy({{"select", "guests(id)"}});
        QCOMPARE(error.status, 300U);
        QCOMPARE(QByteArray::fromStdString(error.hint),
            "Try changing 'guests' to one of the following: 'guests!guests_room_id_fkey', "
            "'guests!guests_second_fkey'. Find the desired relationship in the 'details' key.");
        const std::string first
            = "{\"cardinality\":\"one-to-many\",\"embedding\":\"rooms with guests\","
              "\"relationship\":\"guests_room_id_fkey using rooms(id) and guests(room_id)\"}";
        QVERIFY2(error.rawDetails.find(first) != std::string::npos, error.rawDetails.c_str());
    }

    void aHintChoosesTheRelation()
    {
        for (const char* hint : {"guests_room_id_fkey", "room_id"}) {
            const QByteArray written
                = sqlOf({{"select", std::string("id,visitors:guests!") + hint + "(id)"}});
            QVERIFY2(written.contains(R"("t0"."id" = "t3"."room_id")"), written.constData());
            QVERIFY2(written.contains(R"(as "visitors")"), written.constData());
        }
    }

    void aggregatesGroupByTheRest()
    {
        const QByteArray written = sqlOf({{"select", "name,id.sum(),n:count()::text"}}, true);
        QVERIFY2(written.contains(R"(select "t0"."name" as "name", sum("t0"."id") as "sum", )"
                                  R"(cast(count(*) as "pg_catalog"."text") as "n")"),
            written.constData());
        QVERIFY2(written.contains(R"(group by "t0"."name")"), written.constData());
    }

    void argumentsAreToldFromFilters()
    {
        const Query query = Query::parse({{"a", "1.5"}, {"b", "someone@example.org"}, {"c", ""},
                                             {"d", "in.there"}, {"id", "eq.1"}},
            Query::Purpose::FunctionRead);
        QCOMPARE(query.arguments.size(), std::size_t(4));
        QCOMPARE(query.root.conditions.size(), std::size_t(1));
    }

    void jsonIsOutlined_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("rows"); // -1: refused
        QTest::addColumn<QByteArray>("keys");
        const auto row = [](const char* name, const QByteArray& text, int rows, const char* keys) {
            QTest::newRow(name) << text << rows << QByteArray(keys);
        };
        row("an object", R"( {"b":1,"a":[{"x":1}],"b":2} )", 1, "a,b");
        row("rows", R"([{"a":1},{"a":null}])", 2, "a");
        row("nothing", "[]", 0, "");
        row("an empty object", "{}", 1, "");
        row("numbers of any size", R"({"a":123456789012345678901234567890.5e-400})", 1, "a");
        row("escapes in names", R"({"\u00e9\ud83d\ude00\n":1})", 1, "é😀\n");
        row("half a surrogate pair", R"({"\ud800":1})", 1, "\xEF\xBF\xBD");
        row("a scalar", "5", 0, "");
        row("a word", "tru", -1, "");
        row("a tail", "{} {}", -1, "");
        row("a comma too many", R"({"a":1,})", -1, "");
        row("a leading zero", R"({"a":01})", -1, "");
        row("a control character", "{\"a\":\"\n\"}", -1, "");
        row("an open string", "{\"a\":\"b", -1, "");
        row("a wrong escape", R"({"a":"\x"})", -1, "");
        row("bytes that are not UTF-8", "{\"a\xff\":1}", -1, "");
        row("a null character", QByteArray("{\"a\":1}\0", 8), -1, "");
        row("a thousand brackets", QByteArray(1000, '['), -1, "");
        row("too deep", "[" + QByteArray(600, '[') + QByteArray(600, ']') + "]", -1, "");
    }
    void jsonIsOutlined()
    {
        QFETCH(QByteArray, text);
        QFETCH(int, rows);
        QFETCH(QByteArray, keys);
        const auto outline = JsonOutline::of(
            std::string_view(text.constData(), static_cast<std::size_t>(text.size())));
        QCOMPARE(outline ? static_cast<int>(outline->rows) : -1, rows);
        QByteArray named;
        for (const std::string& key : outline.value_or(JsonOutline()).keys) {
            named += (named.isEmpty() ? "" : ",") + QByteArray::fromStdString(key);
        }
        QCOMPARE(named, keys);
    }

    void csvBecomesJson()
    {
        const auto csv = CsvBody::of("a,\"b,c\"\r\n1,\"say \"\"hi\"\"\"\nNULL,\"two\nlines\"\n");
        QVERIFY(csv.has_value());
        QCOMPARE(QByteArray::fromStdString(csv->json),
            "[{\"a\":\"1\",\"b,c\":\"say \\\"hi\\\"\"},{\"a\":null,\"b,c\":\"two\\nlines\"}]");
        QVERIFY(!CsvBody::of("a,b\n1\n"));
        QVERIFY(!CsvBody::of("a\n\"open\n"));
        QVERIFY(!CsvBody::of(""));
    }
};

QTEST_GUILESS_MAIN(TestRestQuery)
#include "tst_restquery.moc"
