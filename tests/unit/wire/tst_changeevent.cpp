// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/ChangeEvent.h"

#include "wire/Json.h"

#include <QTest>

namespace {

PhoenixMessage messageWith(const QByteArray& data)
{
    return decodeText(PhoenixVersion::V2,
        R"([null,null,"realtime:t","postgres_changes",{"ids":[7,8],"data":)" + data + "}]")
        .value();
}

const QByteArray Update
    = R"({"schema":"public","table":"course_progress","commit_timestamp":"2026-11-23T08:00:00.877Z",
    "type":"UPDATE","columns":[{"name":"version","type":"int8"},{"name":"note","type":"text"},{"name":"exact","type":"numeric"}],
    "record":{"version":9223372036854775807,"exact":1234567890123456789012345678901234567.89,"small":0.1,
              "beyond":18446744073709551616},
    "old_record":{"version":1},"errors":null,"future":1})";

} // namespace

class TestChangeEvent : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anUpdateKeepsEveryDigit()
    {
        const auto change = decodeChange(messageWith(Update));
        QVERIFY(change.ok());
        QCOMPARE(change->type, ChangeEvent::Type::Update);
        QCOMPARE(change->table, QStringLiteral("course_progress"));
        QCOMPARE(change->ids, (QList<qint64>{7, 8}));
        QCOMPARE(change->commitTimestamp, QStringLiteral("2026-11-23T08:00:00.877Z"));
        QCOMPARE(change->record.value(QStringLiteral("version")).toInteger(),
            std::numeric_limits<qint64>::max());
        QCOMPARE(change->record.numberText(QStringLiteral("version")),
            QStringLiteral("9223372036854775807"));
        QCOMPARE(change->record.numberText(QStringLiteral("exact")),
            QStringLiteral("1234567890123456789012345678901234567.89"));
        QCOMPARE(change->record.numberText(QStringLiteral("beyond")),
            QStringLiteral("18446744073709551616"));
        QCOMPARE(change->record.numberText(QStringLiteral("small")), QStringLiteral("0.1"));
        QCOMPARE(change->record.numberText(QStringLiteral("note")), QString());
        QCOMPARE(change->record.exactNumbers.size(), 2);
        QCOMPARE(change->oldRecord.value(QStringLiteral("version")).toInteger(), 1);
        QCOMPARE(change->missingColumns(), QStringList{QStringLiteral("note")});
        QVERIFY(change->errors.isEmpty());
    }

    void encodingGivesTheSameBack_data()
    {
        QTest::addColumn<QByteArray>("data");
        QTest::newRow("update") << Update;
        QTest::newRow("insert") << QByteArray(
            R"({"schema":"s","table":"t","type":"INSERT","commit_timestamp":"2026-11-23T08:00:00Z","columns":[],"record":{"a":[1,{"b":2}]},"errors":null})");
        QTest::newRow("delete") << QByteArray(
            R"({"schema":"s","table":"t","type":"DELETE","commit_timestamp":null,"columns":[],"old_record":{"id":1},"errors":["Error 413: Payload Too Large"]})");
    }
    void encodingGivesTheSameBack()
    {
        QFETCH(QByteArray, data);
        const ChangeEvent first = decodeChange(messageWith(data)).value();
        const PhoenixMessage encoded = encodeChange(QStringLiteral("realtime:t"), first);
        const auto wire
            = decodeText(PhoenixVersion::V2, encodeText(PhoenixVersion::V2, encoded, Side::Server));
        const ChangeEvent second = decodeChange(*wire).value();
        QCOMPARE(second.typeText, first.typeText);
        QCOMPARE(second.record.values, first.record.values);
        QCOMPARE(second.record.exactNumbers, first.record.exactNumbers);
        QCOMPARE(second.oldRecord.values, first.oldRecord.values);
        QCOMPARE(second.columns, first.columns);
        QCOMPARE(second.errors, first.errors);
        QCOMPARE(second.commitTimestamp, first.commitTimestamp);
        QCOMPARE(second.ids, first.ids);
    }

    void absentRowsStayOffTheWire()
    {
        ChangeEvent change;
        change.type = ChangeEvent::Type::Delete;
        change.typeText = QStringLiteral("DELETE");
        const QJsonObject data = encodeChange(QStringLiteral("t"), change)
                                     .payload.toObject()
                                     .value(QStringLiteral("data"))
                                     .toObject();
        QVERIFY(!data.contains(QStringLiteral("record")));
        QVERIFY(data.value(QStringLiteral("errors")).isNull());
    }

    void anUnknownTypeIsKept()
    {
        const auto change
            = decodeChange(messageWith(R"({"schema":"s","table":"t","type":"MERGE"})"));
        QVERIFY(change.ok());
        QCOMPARE(change->type, ChangeEvent::Type::Unknown);
        QCOMPARE(change->typeText, QStringLiteral("MERGE"));
    }

    void brokenOnesAreErrors_data()
    {
        QTest::addColumn<QByteArray>("data");
        QTest::newRow("no table") << QByteArray(R"({"schema":"s","type":"INSERT"})");
        QTest::newRow("not an object") << QByteArray("5");
        QTest::newRow("record is a list")
            << QByteArray(R"({"schema":"s","table":"t","type":"INSERT","record":[]})");
        QTest::newRow("columns without names")
            << QByteArray(R"({"schema":"s","table":"t","type":"INSERT","columns":[{}]})");
    }
    void brokenOnesAreErrors()
    {
        QFETCH(QByteArray, data);
        const auto change = decodeChange(messageWith(data));
        QVERIFY(!change.ok());
        QCOMPARE(change.error().code, QStringLiteral("change_malformed"));
    }
};

QTEST_GUILESS_MAIN(TestChangeEvent)
#include "tst_changeevent.moc"
