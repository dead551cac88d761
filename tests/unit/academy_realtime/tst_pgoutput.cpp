// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/realtime/PgOutput.h"
#include "unit/academy_realtime/LogBytes.h"

#include <QTest>

using namespace academy::pgoutput;

namespace {

constexpr std::uint32_t table = 16384;

template <typename T> T as(const std::string& bytes)
{
    const auto message = decode(bytes);
    const T* const held = message ? std::get_if<T>(&*message) : nullptr;
    return held != nullptr ? *held : T();
}

Cell text(const char* value)
{
    return {Cell::Kind::Text, value};
}

} // namespace

class TestPgOutput : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void begin()
    {
        const auto message = as<Begin>(LogBytes('B')
                                           .number(0x16B3748, 8)
                                           .number(817'000'000'123'456, 8)
                                           .number(741, 4)
                                           .bytes());
        QCOMPARE(message.finalLsn, std::uint64_t(0x16B3748));
        QCOMPARE(message.commitTime, PgTime(817'000'000'123'456));
        QCOMPARE(message.transaction, std::uint32_t(741));
    }
    void commit()
    {
        const auto message = as<Commit>(
            LogBytes('C').number(0, 1).number(10, 8).number(20, 8).number(30, 8).bytes());
        QCOMPARE(message.commitLsn, std::uint64_t(10));
        QCOMPARE(message.endLsn, std::uint64_t(20));
        QCOMPARE(message.commitTime, PgTime(30));
    }
    void relationWithKeyAndIdentity()
    {
        const auto relation = as<Relation>(LogBytes('R')
                                               .number(table, 4)
                                               .name("public")
                                               .name("Camel Table")
                                               .letter('d')
                                               .number(2, 2)
                                               .column(true, "id", 20)
                                               .column(false, "weird, col", 25)
                                               .bytes());
        QCOMPARE(relation.oid, table);
        QCOMPARE(relation.schema, std::string("public"));
        QCOMPARE(relation.table, std::string("Camel Table"));
        QCOMPARE(relation.identity, 'd');
        const std::vector<Column> columns{{true, "id", 20}, {false, "weird, col", 25}};
        QVERIFY(relation.columns == columns);
    }
    void systemSchemaHasAnEmptyNameOnTheWire()
    {
        QCOMPARE(as<Relation>(LogBytes('R')
                                  .number(1, 4)
                                  .name("")
                                  .name("pg_class")
                                  .letter('n')
                                  .number(0, 2)
                                  .bytes())
                     .schema,
            std::string("pg_catalog"));
    }
    void insertWithNullAndEmptyText()
    {
        const auto insert = as<Insert>(
            LogBytes('I').number(table, 4).letter('N').row({"46", std::nullopt, ""}).bytes());
        QCOMPARE(insert.relation, table);
        const Row row{text("46"), {Cell::Kind::Null, {}}, text("")};
        QVERIFY(insert.row == row);
    }
    void updateWithoutOldRow()
    {
        const auto update
            = as<Update>(LogBytes('U').number(table, 4).letter('N').row({"1", "\1"}).bytes());
        QVERIFY(!update.oldRow);
        const Row row{text("1"), {Cell::Kind::Unchanged, {}}};
        QVERIFY(update.row == row);
    }
    void updateWithOldKey()
    {
        const auto update = as<Update>(LogBytes('U')
                                           .number(table, 4)
                                           .letter('K')
                                           .row({"1", std::nullopt})
                                           .letter('N')
                                           .row({"5", "x"})
                                           .bytes());
        QVERIFY(update.oldRow);
        QVERIFY(update.oldRow->at(0) == text("1"));
        QVERIFY(update.row.at(0) == text("5"));
    }
    void updateWithWholeOldRow()
    {
        const auto update = as<Update>(LogBytes('U')
                                           .number(table, 4)
                                           .letter('O')
                                           .row({"1", "old"})
                                           .letter('N')
                                           .row({"1", "new"})
                                           .bytes());
        QVERIFY(update.oldRow);
        QVERIFY(update.oldRow->at(1) == text("old"));
    }
    void deletion_data()
    {
        QTest::addColumn<char>("mark");
        QTest::newRow("by key") << 'K';
        QTest::newRow("whole old row") << 'O';
    }
    void deletion()
    {
        QFETCH(char, mark);
        const auto gone
            = as<Delete>(LogBytes('D').number(table, 4).letter(mark).row({"7"}).bytes());
        QCOMPARE(gone.relation, table);
        QVERIFY(gone.oldRow == Row{text("7")});
    }
    void truncate()
    {
        const auto emptied = as<Truncate>(
            LogBytes('T').number(2, 4).number(0, 1).number(11, 4).number(12, 4).bytes());
        QVERIFY(emptied.relations == (std::vector<Oid>{11, 12}));
    }
    void typeAndOrigin()
    {
        const auto type = as<Type>(LogBytes('Y').number(9, 4).name("public").name("mood").bytes());
        QCOMPARE(type.oid, Oid(9));
        QCOMPARE(type.name, std::string("mood"));
        QCOMPARE(as<Origin>(LogBytes('O').number(0, 8).name("elsewhere").bytes()).name,
            std::string("elsewhere"));
    }
    void anUnknownKindIsKeptAsUnknown()
    {
        QCOMPARE(as<Unknown>(LogBytes('M').number(1, 4).bytes()).kind, 'M');
    }
    void everyCutIsRefused_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        const auto add = [](const char* name, const LogBytes& bytes) {
            QTest::newRow(name) << QByteArray::fromStdString(bytes.bytes());
        };
        add("begin", LogBytes('B').number(1, 8).number(2, 8).number(3, 4));
        add("relation",
            LogBytes('R').number(1, 4).name("s").name("t").letter('d').number(1, 2).column(
                true, "id", 20));
        add("insert", LogBytes('I').number(1, 4).letter('N').row({"a", std::nullopt, "ccc"}));
        add("update", LogBytes('U').number(1, 4).letter('O').row({"a"}).letter('N').row({"b"}));
        add("delete", LogBytes('D').number(1, 4).letter('K').row({"a"}));
    }
    void everyCutIsRefused()
    {
        QFETCH(QByteArray, bytes);
        QVERIFY(decode(bytes.toStdString()));
        for (qsizetype length = 0; length < bytes.size(); ++length) {
            QVERIFY2(
                !decode(bytes.left(length).toStdString()), qPrintable(QString::number(length)));
        }
    }
    void contradictionsAreRefused()
    {
        QVERIFY(!decode(LogBytes('U').number(1, 4).letter('Z').row({"a"}).bytes()));
        QVERIFY(!decode(LogBytes('D').number(1, 4).letter('N').row({"a"}).bytes()));
        QVERIFY(!decode(LogBytes('I')
                            .number(1, 4)
                            .letter('N')
                            .number(1, 2)
                            .letter('t')
                            .number(0xffffffffU, 4)
                            .bytes()));
    }
};

QTEST_GUILESS_MAIN(TestPgOutput)
#include "tst_pgoutput.moc"
