// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/realtime/Change.h"

#include "academy/realtime/RawJson.h"

#include <QTest>

using namespace academy;
using pgoutput::Cell;

namespace {

Cell text(const char* value)
{
    return {Cell::Kind::Text, value};
}
const Cell null;
const Cell unchanged{Cell::Kind::Unchanged, {}};

std::shared_ptr<const pgoutput::Relation> todos(char identity = 'd')
{
    const bool full = identity == 'f';
    return std::make_shared<const pgoutput::Relation>(pgoutput::Relation{1, "public", "todos",
        identity, {{true, "id", 20}, {full, "title", 25}, {full, "secret", 25}}});
}

PgTypes types()
{
    PgTypes known;
    known.add(20, {"int8", 0, 0});
    known.add(25, {"text", 0, 0});
    return known;
}

struct Reader
{
    TableFacts facts{true, true, {{"id", "bigint"}}};
    PgTypes known = types();
    std::set<std::string> readable{"id", "title"};
    std::set<std::string> select;
    std::size_t limit = 1024;

    ChangeView view() const
    {
        return {facts, known, readable, select.empty() ? nullptr : &select, limit};
    }
};

std::string member(const std::string& data, std::string_view name)
{
    const auto object = RawJson::object(data);
    const auto slice = object ? object->find(name) : std::nullopt;
    return slice ? std::string(*slice) : std::string("absent");
}

} // namespace

class TestChange : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void insertHasARecordOfReadableColumnsOnly()
    {
        const Change change{Change::Kind::Insert, todos(),
            pgoutput::Row{text("46"), null, text("hidden")}, std::nullopt, 0};
        const std::string data = changeData(change, Reader().view());
        QVERIFY(RawJson::isValid(data));
        QCOMPARE(member(data, "record"), std::string(R"({"id":46,"title":null})"));
        QCOMPARE(member(data, "columns"),
            std::string(R"([{"name":"id","type":"int8"},{"name":"title","type":"text"}])"));
        QCOMPARE(member(data, "errors"), std::string("null"));
        QCOMPARE(member(data, "type"), std::string("\"INSERT\""));
        QCOMPARE(member(data, "schema"), std::string("\"public\""));
        QCOMPARE(member(data, "table"), std::string("\"todos\""));
        QCOMPARE(member(data, "commit_timestamp"), std::string("\"2000-01-01T00:00:00.000Z\""));
        QCOMPARE(member(data, "old_record"), std::string("absent"));
    }
    void updateOldRecordIsTheKeyEvenWhenTheLogOmitsIt()
    {
        const Change change{Change::Kind::Update, todos(),
            pgoutput::Row{text("46"), text("new"), null}, std::nullopt, 0};
        QCOMPARE(
            member(changeData(change, Reader().view()), "old_record"), std::string(R"({"id":46})"));
    }
    void updateOfTheKeyShowsTheOldKey()
    {
        const Change change{Change::Kind::Update, todos(),
            pgoutput::Row{text("5"), text("x"), null}, pgoutput::Row{text("1"), null, null}, 0};
        const std::string data = changeData(change, Reader().view());
        QCOMPARE(member(data, "old_record"), std::string(R"({"id":1})"));
        QCOMPARE(member(data, "record"), std::string(R"({"id":5,"title":"x"})"));
    }
    void anUntouchedLongValueIsAbsentButListed()
    {
        const Change change{Change::Kind::Update, todos(),
            pgoutput::Row{text("1"), unchanged, null}, std::nullopt, 0};
        const std::string data = changeData(change, Reader().view());
        QCOMPARE(member(data, "record"), std::string(R"({"id":1})"));
        QVERIFY(member(data, "columns").find("title") != std::string::npos);
    }
    void withFullIdentityAnUntouchedLongValueComesFromTheOldRow()
    {
        const Change change{Change::Kind::Update, todos('f'),
            pgoutput::Row{text("1"), unchanged, null}, pgoutput::Row{text("1"), text("long"), null},
            0};
        const std::string data = changeData(change, Reader().view());
        QCOMPARE(member(data, "record"), std::string(R"({"id":1,"title":"long"})"));
        QCOMPARE(member(data, "old_record"), std::string(R"({"id":1,"title":"long"})"));
    }
    void deleteUnderRowSecurityShowsTheKeyOnly()
    {
        const Change change{Change::Kind::Delete, todos('f'), std::nullopt,
            pgoutput::Row{text("9"), text("private"), null}, 0};
        const std::string data = changeData(change, Reader().view());
        QCOMPARE(member(data, "old_record"), std::string(R"({"id":9})"));
        QCOMPARE(member(data, "record"), std::string("absent"));
    }
    void deleteWithoutRowSecurityShowsTheWholeOldRow()
    {
        const Change change{Change::Kind::Delete, todos('f'), std::nullopt,
            pgoutput::Row{text("9"), text("open"), null}, 0};
        Reader reader;
        reader.facts.rowSecurity = false;
        QCOMPARE(member(changeData(change, reader.view()), "old_record"),
            std::string(R"({"id":9,"title":"open"})"));
    }
    void selectKeepsTheKey()
    {
        const Change change{Change::Kind::Insert, todos(),
            pgoutput::Row{text("1"), text("t"), text("s")}, std::nullopt, 0};
        Reader reader;
        reader.select = {"secret"};
        QCOMPARE(member(changeData(change, reader.view()), "record"), std::string(R"({"id":1})"));
        reader.readable.insert("secret");
        QCOMPARE(member(changeData(change, reader.view()), "record"),
            std::string(R"({"id":1,"secret":"s"})"));
    }
    void aHugeRecordLosesItsLongValues()
    {
        Reader reader;
        reader.limit = 100;
        const std::string big(200, 'x');
        const Change change{Change::Kind::Insert, todos(),
            pgoutput::Row{text("1"), {Cell::Kind::Text, big}, null}, std::nullopt, 0};
        const std::string data = changeData(change, reader.view());
        QCOMPARE(member(data, "record"), std::string(R"({"id":1})"));
        QCOMPARE(member(data, "errors"), std::string(R"(["Error 413: Payload Too Large"])"));
    }
    void aRefusalSaysOnlyThatSomethingHappened()
    {
        const Change change{
            Change::Kind::Insert, todos(), pgoutput::Row{text("1"), null, null}, std::nullopt, 0};
        const std::string data = changeRefusal(change, "Error 400: Bad Request, no primary key");
        QVERIFY(RawJson::isValid(data));
        QCOMPARE(member(data, "record"), std::string("{}"));
        QCOMPARE(member(data, "columns"), std::string("[]"));
        QCOMPARE(member(data, "commit_timestamp"), std::string("null"));
        QCOMPARE(
            member(data, "errors"), std::string(R"(["Error 400: Bad Request, no primary key"])"));
    }
    void subscriptionsWantTheirEventTableAndFilter()
    {
        const Change change{Change::Kind::Insert, todos(),
            pgoutput::Row{text("46"), text("t"), null}, std::nullopt, 0};
        Subscription subscription;
        subscription.event = "*";
        subscription.schema = "public";
        subscription.table = "*";
        QCOMPARE(subscription.wants(change), Verdict::Yes);
        subscription.event = "UPDATE";
        QCOMPARE(subscription.wants(change), Verdict::No);
        subscription.event = "INSERT";
        subscription.table = "notes";
        QCOMPARE(subscription.wants(change), Verdict::No);
        subscription.table = "todos";
        subscription.conditions = {{"id", false, Condition::Operator::Eq, {"46"}, 20, "bigint"}};
        QCOMPARE(subscription.wants(change), Verdict::Yes);
        subscription.conditions.push_back(
            {"title", false, Condition::Operator::Like, {"t%"}, 25, "text"});
        QCOMPARE(subscription.wants(change), Verdict::AskDatabase);
        subscription.conditions.push_back(
            {"gone", false, Condition::Operator::Eq, {"1"}, 25, "text"});
        QCOMPARE(subscription.wants(change), Verdict::No);
    }
};

QTEST_GUILESS_MAIN(TestChange)
#include "tst_change.moc"
