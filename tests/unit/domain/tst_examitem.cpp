// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/ExamItem.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

namespace {

QJsonObject object(const char* json)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(json, &error);
    Q_ASSERT_X(error.error == QJsonParseError::NoError, json, qPrintable(error.errorString()));
    return document.object();
}

ExamItem item(const char* json)
{
    const auto parsed = parseItem(object(json));
    if (!parsed) {
        qFatal("%s", qPrintable(parsed.error().detail));
    }
    return *parsed;
}

const char* choice = R"({"id":"q1","type":"choice","prompt":{"en":"Pick"},"points":1,
    "options":[{"id":"a","text":"A"},{"id":"b","text":"B"}]})";
const char* multi = R"({"id":"q2","type":"multi","prompt":"Pick","points":2,"shuffle":true,
    "options":[{"id":"a","text":"A"},{"id":"b","text":"B"},{"id":"c","text":"C"}]})";
const char* truefalse = R"({"id":"q3","type":"truefalse","prompt":"So?","points":1})";
const char* cloze
    = R"({"id":"q4","type":"cloze","prompt":"Fill","points":3,"text":"A {{g1}} b {{g2}}",
    "gaps":[{"id":"g1"},{"id":"g2","stem":"HAPPY","options":["x","y"]}],"wordBank":["one","two"]})";
const char* match = R"({"id":"q5","type":"match","prompt":"Match","points":2,
    "left":[{"id":"l1","text":"1"},{"id":"l2","text":"2"}],
    "right":[{"id":"r1","text":"one"},{"id":"r2","text":"two"},{"id":"r3","text":"three"}]})";
const char* order = R"({"id":"q6","type":"order","prompt":"Order","points":2,
    "options":[{"id":"a","text":"first"},{"id":"b","text":"second"}]})";
const char* gapped
    = R"({"id":"q7","type":"gapped-text","prompt":"Put back","points":2,"text":"{{p1}} … {{p2}}",
    "left":["p1","p2"],"right":[{"id":"A","text":"A paragraph"},{"id":"B","text":"Another"}]})";
const char* shortText = R"({"id":"q8","type":"short","prompt":"Say","points":1})";
const char* transform
    = R"({"id":"q9","type":"transform","prompt":"Rewrite","points":2,"keyWord":"UNLESS","minWords":2,"maxWords":5})";
const char* essay
    = R"({"id":"q10","type":"essay","prompt":"Write","points":20,"minWords":140,"maxWords":190})";
const char* dictation = R"({"id":"q11","type":"dictation","prompt":"Listen","points":1,
    "stimulus":{"id":"s","asset":"00","maxPlays":2,"gapBetweenPlaysMs":5000}})";
const char* record
    = R"({"id":"q12","type":"record","prompt":"Speak","points":5,"prepSeconds":60,"maxSeconds":180})";
const char* info = R"({"id":"q13","type":"info","prompt":"Now turn over"})";

} // namespace

class TestExamItem : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsEveryType()
    {
        QCOMPARE(item(choice).options.size(), 2);
        QCOMPARE(item(choice).prompt.in(QStringLiteral("es")), QStringLiteral("Pick"));
        QCOMPARE(item(multi).points, Rational(2));
        QVERIFY(item(multi).shuffle);
        QCOMPARE(item(truefalse).type, ItemType::TrueFalse);
        QCOMPARE(item(cloze).gaps[1].stem, QStringLiteral("HAPPY"));
        QCOMPARE(
            item(cloze).gaps[1].options, QStringList({QStringLiteral("x"), QStringLiteral("y")}));
        QCOMPARE(item(cloze).wordBank.size(), 2);
        QCOMPARE(item(match).right.size(), 3);
        QCOMPARE(item(order).options.size(), 2);
        QCOMPARE(item(gapped).left[0].id, QStringLiteral("p1"));
        QCOMPARE(item(transform).keyWord, QStringLiteral("UNLESS"));
        QCOMPARE(item(essay).maxWords, std::optional(190));
        QCOMPARE(item(dictation).stimulus->maxPlays, std::optional(2));
        QCOMPARE(item(dictation).stimulus->gapBetweenPlays, std::chrono::milliseconds(5000));
        QCOMPARE(item(record).maxLength, std::optional(std::chrono::seconds(180)));
        QVERIFY(!item(info).isAnswerable());
        QVERIFY(item(shortText).isClosed());
        QVERIFY(!item(essay).isClosed());
        QVERIFY(!item(record).isClosed());
    }

    void typeNamesComeBack()
    {
        for (const ItemType type : {ItemType::Choice, ItemType::Multi, ItemType::TrueFalse,
                 ItemType::Cloze, ItemType::Match, ItemType::Order, ItemType::GappedText,
                 ItemType::Short, ItemType::Transform, ItemType::Essay, ItemType::Dictation,
                 ItemType::Record, ItemType::Info}) {
            QCOMPARE(itemTypeFromName(itemTypeName(type)), type);
        }
        QCOMPARE(itemTypeFromName(QStringLiteral("hologram")), ItemType::Unknown);
    }

    void aNewerTypeIsKeptAsUnknown()
    {
        const ExamItem unknown = item(R"({"id":"q","type":"hologram","beam":[1,2]})");
        QCOMPARE(unknown.type, ItemType::Unknown);
        QVERIFY(!unknown.isAnswerable());
        QVERIFY(unknown.raw.contains(QStringLiteral("beam")));
    }

    void refuses_data()
    {
        QTest::addColumn<QByteArray>("json");
        const auto row
            = [](const char* title, const char* json) { QTest::newRow(title) << QByteArray(json); };
        row("no id", R"({"type":"truefalse","prompt":"x","points":1})");
        row("an empty id", R"({"id":"","type":"truefalse","prompt":"x","points":1})");
        row("a number as id", R"({"id":5,"type":"truefalse","prompt":"x","points":1})");
        row("no type", R"({"id":"q","prompt":"x","points":1})");
        row("no prompt", R"({"id":"q","type":"truefalse","points":1})");
        row("no points", R"({"id":"q","type":"truefalse","prompt":"x"})");
        row("negative points", R"({"id":"q","type":"truefalse","prompt":"x","points":-1})");
        row("a choice without options", R"({"id":"q","type":"choice","prompt":"x","points":1})");
        row("one option",
            R"({"id":"q","type":"choice","prompt":"x","points":1,"options":[{"id":"a","text":"A"}]})");
        row("two options with one id",
            R"({"id":"q","type":"choice","prompt":"x","points":1,"options":[{"id":"a","text":"A"},{"id":"a","text":"B"}]})");
        row("an option without text",
            R"({"id":"q","type":"choice","prompt":"x","points":1,"options":[{"id":"a"},{"id":"b","text":"B"}]})");
        row("a cloze without gaps",
            R"({"id":"q","type":"cloze","prompt":"x","points":1,"text":"a","gaps":[]})");
        row("a cloze without text",
            R"({"id":"q","type":"cloze","prompt":"x","points":1,"gaps":[{"id":"g"}]})");
        row("a match without a right side",
            R"({"id":"q","type":"match","prompt":"x","points":1,"left":["a"]})");
        row("an essay without limits", R"({"id":"q","type":"essay","prompt":"x","points":1})");
        row("an essay with limits the wrong way round",
            R"({"id":"q","type":"essay","prompt":"x","points":1,"minWords":9,"maxWords":3})");
        row("a recording without a limit", R"({"id":"q","type":"record","prompt":"x","points":1})");
    }
    void refuses()
    {
        QFETCH(QByteArray, json);
        const auto parsed = parseItem(object(json.constData()));
        QVERIFY(!parsed.ok());
        QCOMPARE(parsed.error().kind, ErrorKind::Protocol);
        QCOMPARE(parsed.error().code, QStringLiteral("item_malformed"));
    }

    void readsAPaper()
    {
        QJsonObject json = object(
            R"({"exam_id":"e","title":{"en":"Mock"},"stimuli":[{"id":"st","text":"A long text"}],
            "sections":[{"id":"s1","title":"Reading","skill":"reading","minutes":40,"navigation":"forward-only","items":[]},
                        {"id":"s2","title":"Writing","items":[]}]})");
        QJsonArray sections = json[QStringLiteral("sections")].toArray();
        QJsonObject first = sections[0].toObject();
        QJsonObject withStimulus = object(truefalse);
        withStimulus[QStringLiteral("stimulus")] = QStringLiteral("st");
        first[QStringLiteral("items")] = QJsonArray{object(info), object(choice), withStimulus};
        QJsonObject second = sections[1].toObject();
        second[QStringLiteral("items")] = QJsonArray{object(essay)};
        json[QStringLiteral("sections")] = QJsonArray{first, second};

        const auto paper = parsePaper(json);
        QVERIFY(paper.ok());
        QCOMPARE(paper->title, QStringLiteral("Mock"));
        QCOMPARE(paper->items().size(), 4);
        QCOMPARE(paper->answerableCount(), 3);
        QVERIFY(paper->sections[0].forwardOnly);
        QCOMPARE(paper->sections[0].length, std::optional(std::chrono::minutes(40)));
        QCOMPARE(paper->find(ItemId(QStringLiteral("q3")))->stimulus->text,
            QStringLiteral("A long text"));
        QVERIFY(!paper->find(ItemId(QStringLiteral("nobody"))));

        second[QStringLiteral("items")] = QJsonArray{object(choice)};
        json[QStringLiteral("sections")] = QJsonArray{first, second};
        const auto twice = parsePaper(json);
        QVERIFY(!twice.ok());
        QCOMPARE(twice.error().code, QStringLiteral("paper_malformed"));
    }

    void readsAnswers_data()
    {
        QTest::addColumn<QByteArray>("itemJson");
        QTest::addColumn<QByteArray>("payload");
        QTest::addColumn<bool>("valid");
        QTest::addColumn<bool>("answered");
        const auto row = [](const char* title, const char* json, const char* payload, bool valid,
                             bool answered) {
            QTest::newRow(title) << QByteArray(json) << QByteArray(payload) << valid << answered;
        };
        row("a choice", choice, R"({"choice":"a"})", true, true);
        row("an unknown choice", choice, R"({"choice":"z"})", false, false);
        row("another type's answer", choice, R"({"text":"a"})", false, false);
        row("an answer taken back", choice, R"({})", true, false);
        row("several", multi, R"({"choices":["a","c"]})", true, true);
        row("none of several", multi, R"({"choices":[]})", true, false);
        row("one twice", multi, R"({"choices":["a","a"]})", false, false);
        row("false is an answer", truefalse, R"({"value":false})", true, true);
        row("a text is no truth", truefalse, R"({"value":"no"})", false, false);
        row("gaps", cloze, R"({"gaps":{"g1":"word"}})", true, true);
        row("blank gaps", cloze, R"({"gaps":{"g1":" "}})", true, false);
        row("an unknown gap", cloze, R"({"gaps":{"g9":"word"}})", false, false);
        row("pairs", match, R"({"pairs":{"l1":"r3"}})", true, true);
        row("a pair with nobody", match, R"({"pairs":{"l1":"r9"}})", false, false);
        row("a pair taken apart", match, R"({"pairs":{"l1":""}})", true, false);
        row("an order", order, R"({"order":["b","a"]})", true, true);
        row("paragraphs", gapped, R"({"pairs":{"p1":"B"}})", true, true);
        row("a text", essay, R"({"text":"Dear Sir"})", true, true);
        row("only spaces", essay, R"({"text":"  \n"})", true, false);
        row("nothing to answer", info, R"({"text":"x"})", false, false);
    }
    void readsAnswers()
    {
        QFETCH(QByteArray, itemJson);
        QFETCH(QByteArray, payload);
        QFETCH(bool, valid);
        QFETCH(bool, answered);
        const ExamItem decoded = item(itemJson.constData());
        const auto answer = parseAnswer(decoded, object(payload.constData()));
        QCOMPARE(answer.ok(), valid);
        if (valid) {
            QCOMPARE(isAnswered(decoded, *answer), answered);
            QCOMPARE(*answer, object(payload.constData()));
        }
    }

    void anEndlessTextIsRefused()
    {
        const QJsonObject payload{
            {QStringLiteral("text"), QString(64 * 1024 + 1, QLatin1Char('x'))}};
        QVERIFY(!parseAnswer(item(essay), payload).ok());
    }

    void unknownFieldsOfAnAnswerAreDropped()
    {
        const auto answer = parseAnswer(item(choice), object(R"({"choice":"a","caret":3})"));
        QCOMPARE(*answer, object(R"({"choice":"a"})"));
    }

    void languagesFallBack()
    {
        const LocalizedText text{{{QStringLiteral("en"), QStringLiteral("E")},
            {QStringLiteral("es"), QStringLiteral("S")}}};
        QCOMPARE(text.in(QStringLiteral("es-ES")), QStringLiteral("S"));
        QCOMPARE(text.in(QStringLiteral("de")), QStringLiteral("E"));
        QCOMPARE(text.in(QStringLiteral("ca-valencia")), QStringLiteral("S"));
        QCOMPARE(LocalizedText{}.in(QStringLiteral("ca")), QString());
    }
};

QTEST_GUILESS_MAIN(TestExamItem)
#include "tst_examitem.moc"
