// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/rest/Query.h"

#include "academy/rest/RestError.h"
#include "academy/rest/SqlWriter.h"

#include <QTest>

using namespace academy;

namespace {

Schema sampleSchema()
{
    Schema schema;
    schema.tables["rooms"] = {"rooms",
        {{"id", "integer", {}, false, false}, {"name", "text", {}, false, false},
            {"facts", "jsonb", {}, true, false}},
        {"id"}, false};
    schema.tables["guests"] = {"guests",
        {{"id", "integer", {}, false, false}, {"room_id", "integer", {}, false, false}}, {"id"},
        false};
    schema.foreignKeys.push_back(
        {"guests_room_id_fkey", "guests", {"room_id"}, "rooms", {"id"}, false});
    schema.foreignKeys.push_back({"guests_second_fkey", "guests", {"id"}, "rooms", {"id"}, false});
    return schema;
}

QByteArray sqlOf(const Query::Pairs& pairs)
{
    const Schema schema = sampleSchema();
    const Query query = Query::parse(pairs);
    const SqlStatement statement = SqlWriter(schema, {.result = ResultShape::Array})
                                       .select(schema.tables.at("rooms"), query);
    return QByteArray::fromStdString(statement.sql);
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
        row("eq", "id", "eq.secret", R"("rooms"."id" = $1)");
        row("not", "id", "not.eq.secret", R"(not ("rooms"."id" = $1))");
        row("twice not", "id", "not.not.eq.secret", R"(where "rooms"."id" = $1)");
        row("in", "id", "in.(secret,\"secret\")", R"("rooms"."id" = any($1))");
        row("all", "name", "neq(all).{secret}", R"("rooms"."name" <> all($1))");
        row("a path", "facts->a->>b", "eq.secret", R"(("rooms"."facts"->'a'->>'b') = $1)");
        row("an index", "facts->0", "eq.secret", R"(("rooms"."facts"->0) = $1)");
        row("a quote in a path", "facts->>it's", "eq.secret",
            R"(("rooms"."facts"->>'it''s') = $1)");
        row("a path into text", "name->>a", "eq.secret",
            R"((to_jsonb("rooms"."name")->>'a') = $1)");
        row("full text", "name", "fts(spanish).secret",
            R"(to_tsvector($1::regconfig, "rooms"."name"::text) @@ to_tsquery($1::regconfig, $2))");
        row("or", "or", "(id.eq.secret,and(name.like.secret*,id.is.null))",
            R"(("rooms"."id" = $1 or ("rooms"."name" like $2 and "rooms"."id" is null)))");
        row("not and", "not.and", "(id.eq.secret,id.gt.secret)",
            R"(not ("rooms"."id" = $1 and "rooms"."id" > $2))");
        row("a brace with a comma inside or", "or", "(name.eq.{secret,secret},id.eq.secret)",
            R"(("rooms"."name" = $1 or "rooms"."id" = $2))");
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
        row("a list without end", "id", "in.(1,2", "PGRST100");
        row("text after a list", "id", "in.(1)2", "PGRST100");
        row("a quote without end", "id", "in.(\"1)", "PGRST100");
        row("is with a value", "id", "is.5", "PGRST100");
        row("or without parentheses", "or", "id.eq.1", "PGRST100");
        row("or with a tail", "or", "(id.eq.1)x", "PGRST100");
        row("an empty selection item", "select", "id,,name", "PGRST100");
        row("an open selection", "select", "id,guests(", "PGRST100");
        row("a closing parenthesis too many", "select", "id)", "PGRST100");
        row("an unknown direction", "order", "id.up", "PGRST100");
        row("words for a limit", "limit", "ten", "PGRST100");
        row("an ambiguous relation", "select", "guests(id)", "PGRST201");
        row("an unknown relation", "select", "doors(id)", "PGRST200");
        row("a cast that is more than a type", "select", "id::int);", "PGRST100");
        row("an unknown column", "colour", "eq.1", "42703");
    }
    void nonsenseIsRefused()
    {
        QFETCH(QByteArray, key);
        QFETCH(QByteArray, value);
        QFETCH(QByteArray, code);
        QByteArray thrown = "nothing";
        try {
            sqlOf({{key.toStdString(), value.toStdString()}});
        } catch (const RestError& error) {
            thrown = QByteArray::fromStdString(error.code);
        }
        QCOMPARE(thrown, code);
    }

    void aHintChoosesTheRelation()
    {
        const QByteArray written
            = sqlOf({{"select", "id,visitors:guests!guests_room_id_fkey(id)"}});
        QVERIFY2(written.contains(R"("rooms"."id" = "guests_1"."room_id")"), written.constData());
        QVERIFY2(written.contains(R"(as "visitors")"), written.constData());
    }

    void argumentsAreToldFromFilters()
    {
        QVERIFY(Query::looksLikeFilter("eq.1"));
        QVERIFY(Query::looksLikeFilter("not.in.(1)"));
        QVERIFY(!Query::looksLikeFilter("1.5"));
        QVERIFY(!Query::looksLikeFilter("someone@example.org"));
        QVERIFY(!Query::looksLikeFilter(""));
    }
};

QTEST_GUILESS_MAIN(TestRestQuery)
#include "tst_restquery.moc"
