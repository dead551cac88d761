// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/Scoring.h"

#include <QJsonDocument>
#include <QTest>

namespace {

QJsonObject object(const QByteArray& json)
{
    const QJsonDocument document = QJsonDocument::fromJson(json);
    Q_ASSERT(document.isObject());
    return document.object();
}

const QByteArray choice = R"({"id":"q","type":"choice","prompt":"p","points":2,
    "options":[{"id":"a","text":"A","credit":1},{"id":"b","text":"B","credit":0.5},{"id":"c","text":"C"}]})";
const QByteArray multi = R"({"id":"q","type":"multi","prompt":"p","points":3,
    "options":[{"id":"a","text":"A"},{"id":"b","text":"B"},{"id":"c","text":"C"},{"id":"d","text":"D"}],
    "key":{"choices":["a","b","c"]}})";
const QByteArray truefalse
    = R"({"id":"q","type":"truefalse","prompt":"p","points":1,"answer":false})";
const QByteArray cloze
    = R"({"id":"q","type":"cloze","prompt":"p","points":3,"text":"{{g1}}{{g2}}{{g3}}","gaps":[
    {"id":"g1","accept":[{"text":"is"},{"text":"\u0027s"}]},{"id":"g2","accept":[{"text":"caf\u00e9","match":"fold-accents"}]},
    {"id":"g3","accept":[{"text":"colou?r","match":"regex"},{"text":"hue","credit":0.5}]}]})";
const QByteArray match
    = R"({"id":"q","type":"match","prompt":"p","points":2,"left":["1","2","3","4"],"right":["a","b","c","d","e"],
    "pairs":{"1":"a","2":"b","3":"c","4":"d"}})";
const QByteArray order = R"({"id":"q","type":"order","prompt":"p","points":3,
    "options":[{"id":"a","text":"A"},{"id":"b","text":"B"},{"id":"c","text":"C"},{"id":"d","text":"D"}],"order":["a","b","c","d"]})";
const QByteArray transform = R"({"id":"q","type":"transform","prompt":"p","points":2,
    "accept":[{"text":"unless it doesn\u0027t rain"},{"text":"unless it rains","credit":0.5},{"text":"UNLESS","match":"exact","credit":0.25}]})";
const QByteArray essay
    = R"({"id":"q","type":"essay","prompt":"p","points":20,"minWords":1,"maxWords":2})";

} // namespace

class TestScoring : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void scores_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<QString>("earned");
        const auto row = [](const char* title, const QByteArray& json, const char* answer,
                             const char* earned) {
            QTest::newRow(title) << json << QByteArray(answer) << QString::fromLatin1(earned);
        };
        row("the right choice", choice, R"({"choice":"a"})", "2");
        row("a choice worth half", choice, R"({"choice":"b"})", "1");
        row("a wrong choice", choice, R"({"choice":"c"})", "0");
        row("no choice", choice, "{}", "0");
        row("all that are right", multi, R"({"choices":["c","a","b"]})", "3");
        row("two of three", multi, R"({"choices":["a","b"]})", "2");
        row("a wrong one takes its part back", multi, R"({"choices":["a","b","d"]})", "1");
        row("never below nothing", multi, R"({"choices":["d"]})", "0");
        row("false when false is right", truefalse, R"({"value":false})", "1");
        row("true when false is right", truefalse, R"({"value":true})", "0");
        row("unanswered is not false", truefalse, "{}", "0");
        row("all gaps, case and accents aside", cloze,
            R"({"gaps":{"g1":" IS ","g2":"cafe","g3":"Color"}})", "3");
        row("a typographic apostrophe", cloze, "{\"gaps\":{\"g1\":\"\xE2\x80\x99s\"}}", "1");
        row("part credit in one gap", cloze, R"({"gaps":{"g3":"hue"}})", "1/2");
        row("a pattern matches the whole answer only", cloze, R"({"gaps":{"g3":"colours"}})", "0");
        row("pairs in parts", match, R"({"pairs":{"1":"a","2":"b","3":"e"}})", "1");
        row("the whole order", order, R"({"order":["a","b","c","d"]})", "3");
        row("neighbours kept", order, R"({"order":["b","c","d","a"]})", "2");
        row("reversed", order, R"({"order":["d","c","b","a"]})", "0");
        row("the best accepted text counts", transform,
            R"({"text":"Unless it  doesn\u0027t rain"})", "2");
        row("half for the second", transform, R"({"text":"unless it rains"})", "1");
        row("exact minds the case", transform, R"({"text":"unless"})", "0");
        row("exact as written", transform, R"({"text":"UNLESS"})", "1/2");
        row("an empty text", transform, R"({"text":""})", "0");
    }
    void scores()
    {
        QFETCH(QByteArray, json);
        QFETCH(QByteArray, answer);
        QFETCH(QString, earned);
        const auto item = parseItem(object(json));
        QVERIFY(item.ok());
        const auto key = parseItemKey(*item, object(json));
        QVERIFY(key.ok());
        const auto score = scoreItem(*item, *key, object(answer));
        QVERIFY(score.has_value());
        QCOMPARE(score->earned.toString(), earned);
        QCOMPARE(score->maximum, item->points);
    }

    void peopleMarkEssays()
    {
        const auto item = parseItem(object(essay));
        QVERIFY(!parseItemKey(*item, object(essay)).ok());
        QVERIFY(!scoreItem(*item, {}, object(R"({"text":"Dear"})")));
    }

    void aMissingKeyIsSaid_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::newRow("truefalse")
            << QByteArray(R"({"id":"q","type":"truefalse","prompt":"p","points":1})");
        QTest::newRow("short without accept")
            << QByteArray(R"({"id":"q","type":"short","prompt":"p","points":1})");
        QTest::newRow("an unknown way to match") << QByteArray(
            R"({"id":"q","type":"short","prompt":"p","points":1,"accept":[{"text":"a","match":"psychic"}]})");
        QTest::newRow("cloze with one gap unkeyed") << QByteArray(
            R"({"id":"q","type":"cloze","prompt":"p","points":1,"text":"","gaps":[{"id":"a","accept":[{"text":"x"}]},{"id":"b"}]})");
    }
    void aMissingKeyIsSaid()
    {
        QFETCH(QByteArray, json);
        const auto item = parseItem(object(json));
        QVERIFY(item.ok());
        const auto key = parseItemKey(*item, object(json));
        QVERIFY(!key.ok());
        QCOMPARE(key.error().code, QStringLiteral("key_missing"));
    }
};

QTEST_GUILESS_MAIN(TestScoring)
#include "tst_scoring.moc"
