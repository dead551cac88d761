// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/Json.h"

#include <QTest>

namespace {

QJsonObject objectOf(const char* text)
{
    return parseJson(text).value().toObject();
}

} // namespace

class TestJson : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void scalarsAreValuesToo_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QJsonValue>("value");
        QTest::newRow("number") << QByteArray("42") << QJsonValue(42);
        QTest::newRow("string") << QByteArray("\"a b\"") << QJsonValue(QStringLiteral("a b"));
        QTest::newRow("true") << QByteArray(" true ") << QJsonValue(true);
        QTest::newRow("null") << QByteArray("null") << QJsonValue();
        QTest::newRow("array") << QByteArray("[1]") << QJsonValue(QJsonArray{1});
        QTest::newRow("empty object") << QByteArray("{}") << QJsonValue(QJsonObject());
    }
    void scalarsAreValuesToo()
    {
        QFETCH(QByteArray, text);
        QFETCH(QJsonValue, value);
        QCOMPARE(*parseJson(text), value);
        QCOMPARE(toJson(value), text.trimmed());
    }

    void brokenTextIsAnError_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("two values") << QByteArray("1,2");
        QTest::newRow("cut") << QByteArray("{\"a\":");
        QTest::newRow("closes what it did not open") << QByteArray("1],[2");
        QTest::newRow("NaN") << QByteArray("NaN");
        QTest::newRow("not UTF-8") << QByteArray("\"\xff\xfe\"");
        QTest::newRow("deeper than any message")
            << QByteArray(100'000, '[') + QByteArray(100'000, ']');
    }
    void brokenTextIsAnError()
    {
        QFETCH(QByteArray, text);
        const auto value = parseJson(text);
        QVERIFY(!value.ok());
        QCOMPARE(value.error().kind, ErrorKind::Protocol);
        QCOMPARE(value.error().code, QStringLiteral("json_invalid"));
    }

    void sixtyFourBitIntegersSurvive()
    {
        const qint64 largest = std::numeric_limits<qint64>::max();
        QCOMPARE(parseJson("9223372036854775807")->toInteger(), largest);
        QCOMPARE(toJson(QJsonValue(largest)), QByteArray("9223372036854775807"));
    }

    void timestamps_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("utc");
        const auto row = [](const char* name, const char* text, const char* utc) {
            QTest::newRow(name) << QString::fromLatin1(text) << QString::fromLatin1(utc);
        };
        row("UTC", "2026-11-23T08:00:00Z", "2026-11-23T08:00:00.000000Z");
        row("microseconds", "2026-11-23T08:00:00.123456+00:00", "2026-11-23T08:00:00.123456Z");
        row("milliseconds", "2026-11-23T08:00:00.120Z", "2026-11-23T08:00:00.120000Z");
        row("finer is cut", "2026-11-23T08:00:00.1234569Z", "2026-11-23T08:00:00.123456Z");
        row("PostgreSQL text", "2026-11-23 08:00:00.5+00", "2026-11-23T08:00:00.500000Z");
        row("ahead of UTC", "2026-11-23T08:00:00+05:30", "2026-11-23T02:30:00.000000Z");
        row("behind UTC over midnight", "2026-12-31T23:30:00-01:00", "2027-01-01T00:30:00.000000Z");
        row("before 1970", "1969-12-31T23:59:59.5Z", "1969-12-31T23:59:59.500000Z");
        row("leap day", "2028-02-29T00:00:00Z", "2028-02-29T00:00:00.000000Z");
        row("no offset", "2026-11-23T08:00:00", "");
        row("no such day", "2027-02-29T00:00:00Z", "");
        row("no such hour", "2026-11-23T24:00:00Z", "");
        row("infinity", "infinity", "");
        row("rubbish after", "2026-11-23T08:00:00Z!", "");
        row("empty", "", "");
        row("date only", "2026-11-23", "");
        row("point without digits", "2026-11-23T08:00:00.Z", "");
    }
    void timestamps()
    {
        QFETCH(QString, text);
        QFETCH(QString, utc);
        const auto time = parseTimestamp(text);
        QCOMPARE(time.ok(), !utc.isEmpty());
        if (time.ok()) {
            QCOMPARE(toIsoString(*time), utc);
        }
    }

    void aReaderReadsWhatIsThere()
    {
        JsonReader in(objectOf(R"({"s":"x","i":9223372036854775807,"n":1.5,"b":true,"o":{"k":1},
            "a":[1,2],"t":"2026-11-23T08:00:00Z","nothing":null})"));
        QCOMPARE(in.string("s"), QStringLiteral("x"));
        QCOMPARE(in.integer("i"), std::numeric_limits<qint64>::max());
        QCOMPARE(in.number("n"), 1.5);
        QVERIFY(in.boolean("b"));
        QCOMPARE(in.object("o").size(), 1);
        QCOMPARE(in.array("a").size(), 2);
        QCOMPARE(toIsoString(in.timestamp("t")), QStringLiteral("2026-11-23T08:00:00.000000Z"));
        QVERIFY(!in.optionalString("absent"));
        QVERIFY(!in.optionalTimestamp("nothing"));
        QVERIFY(in.ok());
        QCOMPARE(in.finish(7).value(), 7);
    }

    void aReaderNamesTheFirstFailure_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("missing") << QByteArray("{}");
        QTest::newRow("null") << QByteArray(R"({"i":null})");
        QTest::newRow("text") << QByteArray(R"({"i":"1"})");
        QTest::newRow("fraction") << QByteArray(R"({"i":1.5})");
        QTest::newRow("too large") << QByteArray(R"({"i":9223372036854775808})");
        QTest::newRow("not an object") << QByteArray("[]");
    }
    void aReaderNamesTheFirstFailure()
    {
        QFETCH(QByteArray, text);
        JsonReader in(*parseJson(text), "thing");
        in.integer("i");
        in.string("later");
        const auto result = in.finish(1);
        QVERIFY(!result.ok());
        QCOMPARE(result.error().code, QStringLiteral("json_shape"));
        QVERIFY(result.error().detail.startsWith(QStringLiteral("thing: ")));
        QVERIFY(!result.error().detail.contains(QStringLiteral("later")));
    }

    void anOptionalOfTheWrongTypeIsAFailure()
    {
        JsonReader in(objectOf(R"({"b":1})"));
        in.optionalBoolean("b");
        QVERIFY(!in.ok());
    }
};

QTEST_GUILESS_MAIN(TestJson)
#include "tst_json.moc"
