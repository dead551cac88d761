// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/JsonText.h"

#include <QTest>

namespace {

/// JSON with single quotes, which read better in C++.
QByteArray quoted(QByteArray text)
{
    return text.replace('\'', '"');
}

} // namespace

class TestJsonText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void elementsKeepTheirExactText()
    {
        const QByteArray text = quoted(" [null, 1.50 ,'a,]\\'b' , {'k':[1,{'x':'}'}]}, [ ] ] ");
        const auto elements = jsonElements(text);
        QVERIFY(elements);
        QList<QByteArray> texts;
        for (const QByteArrayView element : *elements) {
            texts.append(element.toByteArray());
        }
        QCOMPARE(texts,
            (QList<QByteArray>{
                "null", "1.50", quoted("'a,]\\'b'"), quoted("{'k':[1,{'x':'}'}]}"), "[ ]"}));
    }

    void membersComeInOrderWithDecodedNames()
    {
        const QByteArray text = quoted("{'b' : 1e400 ,'a\\u0062':'x'}");
        const auto members = jsonMembers(text);
        QVERIFY(members);
        QCOMPARE(members->size(), 2);
        QCOMPARE(members->at(0).name, QStringLiteral("b"));
        QCOMPARE(members->at(0).value.toByteArray(), QByteArray("1e400"));
        QCOMPARE(members->at(1).name, QStringLiteral("ab"));
    }

    void emptyOnesAreEmpty()
    {
        QVERIFY(jsonElements("[]")->isEmpty());
        QVERIFY(jsonMembers(" { } ")->isEmpty());
    }

    void brokenTextIsNothing_data()
    {
        QTest::addColumn<QByteArray>("text");
        for (const char* text : {"", "[", "]", "[1", "[1,", "[1,]", "[,1]", "[\"a]", "[\"a\\",
                 "[{]", "[1]2", "[}]", "{\"a\":[1}", "{", "{\"a\"", "{\"a\":", "{\"a\":1", "{a:1}",
                 "{\"a\":1,}", "{1:2}", "{\"a\" 1}", "{}x", "null"}) {
            QTest::newRow(text) << QByteArray(text);
        }
    }
    void brokenTextIsNothing()
    {
        QFETCH(QByteArray, text);
        if (text != "[{]" && text != "{\"a\":[1}") {
            QVERIFY(!jsonElements(text));
        }
        QVERIFY(!jsonMembers(text));
    }

    void strictIsToTheLetter_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<bool>("isStrict");
        const auto row = [](const char* text, bool isStrict) { QTest::newRow(text) << QByteArray(text) << isStrict; };
        row(" {\"a\" : [1, -2.5e+3, true, null, \"\\u00e9\\n\\\\\"]} ", true);
        row("\"[[[[\"", true);
        row("[[[]]]", true);
        row("[[[[]]]]", false);
        row("{\"a\":{\"b\":{\"c\":{}}}}", false);
        row("\"\\x\"", false);
        row("\"\\u12g4\"", false);
        row("\"line\nbreak\"", false);
        row("{\"tab\t\":1}", false);
        row("\"\xff\"", false);
        row("01", false);
        row("{} {}", false);
        row("", false);
    }
    void strictIsToTheLetter()
    {
        QFETCH(QByteArray, text);
        QFETCH(bool, isStrict);
        QCOMPARE(isStrictJson(text, 3), isStrict);
    }

    void anyCutOfAMessageIsHandled()
    {
        const QByteArray text = quoted("{'a':[1,'x\\'y',{'b':null}],'c':-1.5e3}");
        for (qsizetype length = 0; length < text.size(); ++length) {
            QVERIFY(!jsonMembers(QByteArrayView(text).first(length)));
        }
        QVERIFY(jsonMembers(text));
    }
};

QTEST_GUILESS_MAIN(TestJsonText)
#include "tst_jsontext.moc"
