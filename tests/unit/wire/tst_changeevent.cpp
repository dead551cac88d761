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
        QCOMPARE(change->oldRecord.value(QStringLiteral("version")).toInteger(), 1);
        QCOMPARE(change->missingColumns(), QStringList{QStringLiteral("note")});
        QVERIFY(change->errors.isEmpty());
    }

    void anInsertHasItsValues()
    {
        const auto change = decodeChange(messageWith(
            R"({"schema":"s","table":"t","type":"INSERT","commit_timestamp":"2026-11-23T08:00:00Z","columns":[],"record":{"a":[1,{"b":2}],"c":"é\n","\u0064":true},"errors":null})"));
        QVERIFY(change.ok());
        QCOMPARE(change->record.values(),
            (QJsonObject{{QStringLiteral("a"), QJsonArray{1, QJsonObject{{QStringLiteral("b"), 2}}}},
                {QStringLiteral("c"), QStringLiteral("é\n")}, {QStringLiteral("d"), true}}));
        QCOMPARE(change->record.value(QStringLiteral("d")), QJsonValue(true));
        QVERIFY(!change->record.contains(QStringLiteral("e")));
        QVERIFY(change->record.value(QStringLiteral("e")).isUndefined());
        QVERIFY(change->oldRecord.isEmpty());
    }

    void aDeleteHasWhatTheServerTold()
    {
        const auto change = decodeChange(messageWith(
            R"({"schema":"s","table":"t","type":"DELETE","commit_timestamp":null,"columns":[],"old_record":{"id":1},"errors":["Error 413: Payload Too Large"]})"));
        QVERIFY(change.ok());
        QVERIFY(change->record.isEmpty() && change->commitTimestamp.isEmpty());
        QCOMPARE(change->oldRecord.value(QStringLiteral("id")), QJsonValue(1));
        QCOMPARE(change->errors, QStringList{QStringLiteral("Error 413: Payload Too Large")});
        QVERIFY(change->missingColumns().isEmpty());
    }

    void aRowOutlivesItsMessage()
    {
        ChangeEvent::Row row;
        {
            const auto change = decodeChange(messageWith(Update));
            row = change->record;
        }
        QCOMPARE(row.value(QStringLiteral("small")), QJsonValue(0.1));
    }

    void aNumberBeyondADoubleKeepsItsDigits()
    {
        const QByteArray digits = "1" + QByteArray(400, '0');
        const auto change = decodeChange(messageWith(
            R"({"schema":"s","table":"t","type":"INSERT","record":{"big":)" + digits + "}}"));
        QVERIFY(change.ok());
        QVERIFY(change->record.value(QStringLiteral("big")).isNull());
        QCOMPARE(change->record.numberText(QStringLiteral("big")), QString::fromLatin1(digits));
    }

    void theLastOfTwoMembersCounts()
    {
        const auto change = decodeChange(messageWith(
            R"({"schema":"s","table":"a","table":"t","type":"INSERT","record":{"n":123456789012345678901,"n":1}})"));
        QVERIFY(change.ok());
        QCOMPARE(change->table, QStringLiteral("t"));
        QCOMPARE(change->record.numberText(QStringLiteral("n")), QStringLiteral("1"));
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
        QTest::newRow("a table that is no text") << QByteArray(R"({"schema":"s","table":5,"type":"INSERT"})");
        QTest::newRow("columns are no list")
            << QByteArray(R"({"schema":"s","table":"t","type":"INSERT","columns":{}})");
        QTest::newRow("a record cut short")
            << QByteArray(R"({"schema":"s","table":"t","type":"INSERT","record":{"a":tru}})");
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
