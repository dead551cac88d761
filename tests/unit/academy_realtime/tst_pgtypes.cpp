// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/realtime/PgTypes.h"
#include "support/SomePgTypes.h"

#include <QTest>

class TestPgTypes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void json_data()
    {
        QTest::addColumn<uint>("oid");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("json");
        const auto add = [](const char* name, uint oid, const char* text, const char* json) {
            QTest::newRow(name) << oid << QString::fromUtf8(text) << QString::fromUtf8(json);
        };
        add("true", 16, "t", "true");
        add("false", 16, "f", "false");
        add("a 64-bit number keeps every digit", 20, "9223372036854775807", "9223372036854775807");
        add("a negative number", 21, "-32768", "-32768");
        add("a numeric of 39 digits", 1700, "123456789012345678901234567890.123456789",
            "123456789012345678901234567890.123456789");
        add("numeric NaN has no JSON form", 1700, "NaN", "null");
        add("float infinity has no JSON form", 701, "-Infinity", "null");
        add("a float is written out", 701, "1.5e+21", "1500000000000000000000");
        add("a small float is written out", 701, "1.25e-05", "0.0000125");
        add("an exponent inside the digits", 701, "1.2345e+2", "123.45");
        add("a negative exponent float", 700, "-1e-07", "-0.0000001");
        add("text with quotes and lines", 25, "a\n\"q\" \\ \t é 😀",
            "\"a\\n\\\"q\\\" \\\\ \\t é 😀\"");
        add("a control character", 25, "\x01", "\"\\u0001\"");
        add("json is nested", 114, "{\"a\":2}", "{\"a\":2}");
        add("jsonb is nested", 3802, "{\"b\": [1, {\"c\": null}]}", "{\"b\": [1, {\"c\": null}]}");
        add("bytea is bare hex", 17, "\\xdeadbeef", "\"deadbeef\"");
        add("timestamptz", 1184, "2026-01-01 22:04:05.678901+00",
            "\"2026-01-01T22:04:05.678901+00:00\"");
        add("timestamptz with minutes", 1184, "2026-01-01 22:04:05+05:30",
            "\"2026-01-01T22:04:05+05:30\"");
        add("timestamptz west", 1184, "2026-01-01 22:04:05-08", "\"2026-01-01T22:04:05-08:00\"");
        add("timestamptz infinity", 1184, "-infinity", "\"-infinity\"");
        add("timestamptz before Christ", 1184, "0044-03-15 00:00:00+00 BC",
            "\"0044-03-15T00:00:00+00:00 BC\"");
        add("timestamp", 1114, "2026-01-02 03:04:05.678901", "\"2026-01-02T03:04:05.678901\"");
        add("date", 1082, "2026-02-28", "\"2026-02-28\"");
        add("uuid", 2950, "11111111-1111-4111-8111-111111111111",
            "\"11111111-1111-4111-8111-111111111111\"");
        add("an enum", somepgtypes::mood, "happy", "\"happy\"");
        add("oid is text, as in to_jsonb", 26, "12", "\"12\"");
        add("an array of numbers", 1007, "{1,2,NULL}", "[1,2,null]");
        add("an empty array", 1007, "{}", "[]");
        add("an array of arrays", 1007, "{{1,2},{3,4}}", "[[1,2],[3,4]]");
        add("an array with bounds", 1007, "[0:1]={7,8}", "[7,8]");
        add("an array of texts", 1009, "{a,\"b,c\",NULL,\"NULL\",\"q\\\"q\",\"\"}",
            "[\"a\",\"b,c\",null,\"NULL\",\"q\\\"q\",\"\"]");
        add("an array of jsonb", 3807, "{\"{\\\"x\\\": 1}\"}", "[{\"x\": 1}]");
        add("an array of times", 1185, "{\"2026-01-01 00:00:00+00\"}",
            "[\"2026-01-01T00:00:00+00:00\"]");
        add("a broken array stays text", 1007, "{1,", "\"{1,\"");
        add("a domain over a domain", somepgtypes::strictlyPositive, "5", "5");
        add("a type created a moment ago", 99'999, "(1,2)", "\"(1,2)\"");
    }
    void json()
    {
        QFETCH(uint, oid);
        QFETCH(QString, text);
        QFETCH(QString, json);
        std::string out = "before ";
        somepgtypes::all().appendJson(out, text.toStdString(), oid);
        QCOMPARE(QString::fromStdString(out), QStringLiteral("before ") + json);
    }
    void names()
    {
        QVERIFY(somepgtypes::all().name(1007) == "_int4");
        QVERIFY(somepgtypes::all().name(99'999) == "unknown");
    }
    void commitTimestamp_data()
    {
        QTest::addColumn<qint64>("micros");
        QTest::addColumn<QString>("iso");
        QTest::newRow("the epoch") << qint64(0) << QStringLiteral("2000-01-01T00:00:00.000Z");
        QTest::newRow("milliseconds are cut, not rounded")
            << qint64(848'734'071'692'999) << QStringLiteral("2026-11-23T07:27:51.692Z");
        QTest::newRow("before the epoch")
            << qint64(-1) << QStringLiteral("1999-12-31T23:59:59.999Z");
    }
    void commitTimestamp()
    {
        QFETCH(qint64, micros);
        QFETCH(QString, iso);
        QCOMPARE(QString::fromStdString(academy::isoMilliseconds(micros)), iso);
    }
};

QTEST_GUILESS_MAIN(TestPgTypes)
#include "tst_pgtypes.moc"
