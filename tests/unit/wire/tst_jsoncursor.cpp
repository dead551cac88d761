// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/JsonCursor.h"
#include "wire/TextMemory.h"

#include "wire/Json.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

namespace {

/// JSON with single quotes, which read better in C++.
QByteArray quoted(QByteArray text)
{
    return text.replace('\'', '"');
}

} // namespace

class TestJsonCursor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatComesAgainIsShared()
    {
        TextMemory memory;
        const auto read = [&memory](const QByteArray& text) {
            JsonCursor in(text);
            const QString string = in.string(&memory);
            return in.finished() ? string : QStringLiteral("no string");
        };
        const QString first = read("\"realtime:bench\"");
        QCOMPARE(first, QStringLiteral("realtime:bench"));
        QVERIFY(read("\"realtime:bench\"").isSharedWith(first));
        QVERIFY(sharedText(&memory, "realtime:bench").isSharedWith(first));
        QVERIFY(!sharedText(nullptr, "realtime:bench").isSharedWith(first));
        QCOMPARE(read("\"\""), QString());
        QVERIFY(!read("\"\"").isNull());
        QCOMPARE(read("\"a\\u0062\""), QStringLiteral("ab"));
        for (int times = 0; times < 2; ++times) {
            QCOMPARE(read("\"\xff\""), QStringLiteral("no string"));
            for (int i = 0; i < 2'000; ++i) { // more than it holds
                const QByteArray name = "é" + QByteArray::number(i * 7) + QByteArray(i % 90, 'x');
                QCOMPARE(read('"' + name + '"'), QString::fromUtf8(name));
            }
        }
    }

    void longStringsEndWhereTheyEnd()
    {
        for (const qsizetype size : {60, 63, 64, 65, 71, 72, 73, 1'080, 1'087, 1'088, 1'089, 2'112, 5'000}) {
            for (const QByteArray& escape : {QByteArray(), QByteArray("\\\""), QByteArray("\\\\")}) {
                const QByteArray inside = QByteArray(size, 'a') + escape + QByteArray(size, 'b') + escape;
                const QByteArray text = '[' + ('"' + inside + "\",\"\"]");
                JsonCursor in(text);
                QStringList found;
                in.array([&] { found.append(in.string()); });
                QVERIFY(in.finished());
                const QString meant = QString::fromLatin1(escape.right(1));
                QCOMPARE(found, (QStringList{QString(size, QLatin1Char('a')) + meant + QString(size, QLatin1Char('b')) + meant, QString()}));
                JsonCursor unfinished(QByteArrayView(text).chopped(4));
                unfinished.string();
                QVERIFY(!unfinished.finished());
            }
        }
    }

    void itReadsWhatIsAskedForAndSkipsTheRest()
    {
        const QByteArray text
            = quoted(" {'a':'x','skipped':[1,{'b':'}]'}, null ],'list':[1,2],'none':null,'n':-1.50e2} ");
        JsonCursor in(text);
        QString a;
        QByteArray skipped;
        QList<qint64> list;
        bool none = false;
        QJsonValue number;
        in.object([&](QByteArrayView name) {
            if (name == "a") {
                a = in.string();
            } else if (name == "list") {
                in.array([&] { list.append(in.value().toInteger()); });
            } else if (name == "none") {
                none = in.null();
            } else if (name == "n") {
                QVERIFY(in.isNumber());
                number = in.value();
            } else {
                skipped = in.skip().toByteArray();
            }
        });
        QVERIFY(in.finished());
        QCOMPARE(a, QStringLiteral("x"));
        QCOMPARE(skipped, quoted("[1,{'b':'}]'}, null ]"));
        QCOMPARE(list, (QList<qint64>{1, 2}));
        QVERIFY(none);
        QCOMPARE(number, QJsonValue(-150));
    }

    void itAgreesWithQtAboutWhatIsJson_data()
    {
        QTest::addColumn<QByteArray>("text");
        for (const char* text : {"[]", "{}", "[null,true,false]", "[0,-0,1,-1,10,1.5,-1.5e3,1E+2,2e-2]",
                 "[9223372036854775807,-9223372036854775808,9223372036854775808]",
                 "[999999999999999999,-999999999999999999,1000000000000000000]",
                 "['','a','\\u00e9\\u20AC','\\ud83d\\ude00','\\n\\t\\\\\\/\\b\\f\\r','é€😀']",
                 "{'a':{'b':[{'c':[]}]},'a2':1}", "{'twice':1,'twice':[2]}", "{'\\u0061':1,'b\\'':2}", "['\\oi']",
                 " [ 1 , 2 ] ", "[01]", "[-]", "[+1]", "[1e]", "[nul]", "[truee]", "[1 2]",
                 "[1,]", "[,1]", "{'a'}", "{'a':}", "{'a':1,}", "{1:2}", "['a]", "['\\u12g4']", "['\\u12']",
                 "[1]]", "[", "{", "['\\'", "[[]", "nul", "[tru"}) {
            QTest::newRow(text) << quoted(text);
        }
        QTest::newRow("not UTF-8") << QByteArray("[\"\xff\"]");
        QTest::newRow("a name that is not UTF-8") << QByteArray("{\"\xc3\":1}");
        QTest::newRow("not UTF-8 after an escape") << QByteArray("[\"\\n\xc3\"]");
        QTest::newRow("309 digits") << '[' + QByteArray("16").append(307, '9') + ']';
    }
    void itAgreesWithQtAboutWhatIsJson()
    {
        QFETCH(QByteArray, text);
        QJsonParseError problem;
        const QJsonDocument qt = QJsonDocument::fromJson(text, &problem);
        JsonCursor checking(text);
        checking.checked();
        QCOMPARE(checking.finished(), problem.error == QJsonParseError::NoError);
        JsonCursor reading(text);
        QJsonArray elements;
        reading.array([&] { elements.append(reading.value()); });
        QCOMPARE(reading.finished(), qt.isArray());
        if (problem.error == QJsonParseError::NoError) {
            JsonCursor skipping(text);
            QCOMPARE(skipping.skip().toByteArray(), text.trimmed());
            QVERIFY(skipping.finished());
        }
        if (qt.isArray()) {
            QCOMPARE(elements, qt.array());
        }
    }

    void numbersHaveDigitsAroundTheirPoint()
    {
        for (const char* text : {"1.", ".5", "-.5", "1.e3"}) {
            QVERIFY2(!parseJson(text).ok(), text); // Qt takes them
        }
    }

    void nestingHasAnEnd_data()
    {
        QTest::addColumn<int>("depth");
        QTest::addColumn<bool>("ok");
        QTest::newRow("deep") << JsonCursor::DeepestNesting << true;
        QTest::newRow("too deep") << JsonCursor::DeepestNesting + 1 << false;
    }
    void nestingHasAnEnd()
    {
        QFETCH(int, depth);
        QFETCH(bool, ok);
        const QByteArray arrays = QByteArray(depth, '[') + QByteArray(depth, ']');
        const QByteArray objects = QByteArray("{\"a\":").repeated(depth - 1) + "{}" + QByteArray(depth - 1, '}');
        for (const QByteArray& text : {arrays, objects}) {
            JsonCursor in(text);
            in.checked();
            QCOMPARE(in.finished(), ok);
            QCOMPARE(parseJson(text).ok(), ok);
        }
    }

    void siblingsAreNotDeep()
    {
        const QByteArray text = '[' + QByteArray("[],{},").repeated(2 * JsonCursor::DeepestNesting) + "0]";
        JsonCursor in(text);
        in.checked();
        QVERIFY(in.finished());
    }

    void halfACharacterIsReplaced()
    {
        const QString replaced = QStringLiteral("a\uFFFDb");
        QCOMPARE(parseJson(R"("a\ud83db")")->toString(), replaced);
        QCOMPARE(parseJson(R"("a\ude00b")")->toString(), replaced);
        QCOMPARE(parseJson(R"("\ud83d\ude00\ud83d")")->toString(), QStringLiteral("😀\uFFFD"));
    }

    void aNumberBeyondADoubleIsNoValue()
    {
        const QByteArray text = "1" + QByteArray(400, '0');
        JsonCursor in(text);
        QCOMPARE(in.checked().toByteArray(), text);
        QVERIFY(in.finished());
        QVERIFY(!parseJson(text).ok());
        QVERIFY(!parseJson("1e-400").ok());
    }

    void afterAFailureNothingIsRead()
    {
        JsonCursor in(R"({"a":1,"b":2})");
        QStringList names;
        in.object([&](QByteArrayView name) {
            names.append(QString::fromUtf8(name));
            QCOMPARE(in.string(), QString());
        });
        QCOMPARE(names, QStringList{QStringLiteral("a")});
        QVERIFY(in.failed() && !in.finished());
        QCOMPARE(in.offset(), 5);
        QVERIFY(in.skip().isNull());
        QCOMPARE(in.peek(), '\0');
    }

    /// Strings are looked through eight bytes at a time: quotes and escapes at every place of a word.
    void aStringEndsWhereverItsQuoteStands()
    {
        for (qsizetype before = 0; before < 20; ++before) {
            for (qsizetype after = 0; after < 20; ++after) {
                const QByteArray plain = '"' + QByteArray(before + after, '!') + '"';
                const QByteArray escaped = '"' + QByteArray(before, '[') + "\\\"" + QByteArray(after, ']') + '"';
                const QByteArray list = '[' + plain + ',' + escaped + ']';
                QByteArrayList values;
                JsonCursor skipping(list);
                skipping.array([&] { values.append(skipping.skip().toByteArray()); });
                QCOMPARE(values, (QByteArrayList {plain, escaped}));
                JsonCursor reading(escaped);
                QCOMPARE(reading.string(), QString(before, u'[') + u'"' + QString(after, u']'));
                JsonCursor open(QByteArrayView(escaped).chopped(1));
                QVERIFY(open.skip().isNull() && open.failed());
                JsonCursor cut(QByteArrayView(escaped).first(before + 2));
                QVERIFY(cut.skip().isNull() && cut.failed());
            }
        }
    }

    void anyCutOfATextIsHandled()
    {
        const QByteArray text = quoted("{'a':[1.5e3,'x\\'\\u00e9é',{'b':null}],'c':true}");
        for (qsizetype length = 0; length < text.size(); ++length) {
            const QByteArray cut = text.first(length); // at the end of its memory, for sanitizers
            JsonCursor in(cut);
            in.checked();
            QVERIFY(!in.finished());
            JsonCursor skipping(cut);
            skipping.skip();
            QVERIFY(!skipping.finished());
        }
    }
};

QTEST_GUILESS_MAIN(TestJsonCursor)
#include "tst_jsoncursor.moc"
