// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/http/Message.h"
#include "academy/realtime/RawJson.h"

#include <QTest>

using academy::jsonQuoted;
using academy::RawJson;

class TestRawJson : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void validity_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("valid");
        const auto add = [](const char* text, bool valid) {
            QTest::newRow(text) << QString::fromUtf8(text) << valid;
        };
        add("{}", true);
        add("[]", true);
        add(" {\"a\" : [1, -2.5e+3, true, null, \"x\"]} ", true);
        add("0", true);
        add("\"\"", true);
        add("-0.1", true);
        add("", false);
        add("{", false);
        add("{a:1}", false);
        add("[1,]", false);
        add("[1 2]", false);
        add("{\"a\":}", false);
        add("{\"a\":1,}", false);
        add("01", false);
        add("1.", false);
        add("+1", false);
        add("NaN", false);
        add("\"\\x\"", false);
        add("\"line\nbreak\"", false);
        add("{} {}", false);
        add("tru", false);
        add("'a'", false);
    }
    void validity()
    {
        QFETCH(QString, text);
        QFETCH(bool, valid);
        QCOMPARE(RawJson::isValid(text.toStdString()), valid);
    }
    void deepNestingIsRefusedInsteadOfOverflowing()
    {
        QVERIFY(!RawJson::isValid(std::string(1'000'000, '[')));
    }
    void membersKeepTheirText()
    {
        const auto object = RawJson::object(
            R"({"n": 9223372036854775807123, "s":"a\nb", "o":{"x":[1]}, "n2":1})");
        QVERIFY(object);
        QCOMPARE(object->members.size(), std::size_t(4));
        QVERIFY(object->find("n") == "9223372036854775807123");
        QVERIFY(object->string("s") == "a\nb");
        QVERIFY(object->object("o")->find("x") == "[1]");
        QVERIFY(!object->find("absent"));
        QVERIFY(!object->string("o"));
    }
    void theLastOfEqualNamesCounts()
    {
        QVERIFY(RawJson::object(R"({"a":1,"a":2})")->find("a") == "2");
    }
    void elementsKeepTheirText()
    {
        const auto array = RawJson::array(R"( [null, "a,b", {"x":1} ,2] )");
        QVERIFY(array);
        QCOMPARE(array->size(), std::size_t(4));
        QVERIFY((*array)[1] == "\"a,b\"");
        QVERIFY((*array)[2] == "{\"x\":1}");
        QVERIFY(!RawJson::array("{}"));
        QVERIFY(!RawJson::object("[]"));
    }
    void stringsRoundTrip_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("plain") << QStringLiteral("abc");
        QTest::newRow("quotes and backslashes") << QStringLiteral("a\"b\\c/");
        QTest::newRow("control characters") << QStringLiteral("\n\r\t\b\f\x01");
        QTest::newRow("unicode") << QString::fromUtf8("é😀");
    }
    void stringsRoundTrip()
    {
        QFETCH(QString, text);
        const std::string quoted = jsonQuoted(text.toStdString());
        QVERIFY(RawJson::isValid(quoted));
        QVERIFY(RawJson::unquoted(quoted) == text.toStdString());
    }
    void escapesAreDecoded()
    {
        QVERIFY(RawJson::unquoted(R"("\ud83d\ude00\u00e9")") == std::string("😀é"));
        QVERIFY(RawJson::unquoted(R"("\ud83d x")") == std::string("\xef\xbf\xbd x"));
        QVERIFY(!RawJson::unquoted("5"));
    }
};

QTEST_GUILESS_MAIN(TestRawJson)
#include "tst_rawjson.moc"
