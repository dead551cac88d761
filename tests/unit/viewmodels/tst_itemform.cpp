// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/ItemForm.h"

#include <QAbstractItemModelTester>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSignalSpy>
#include <QTest>

class TestItemForm : public QObject
{
    Q_OBJECT

    static ExamItem item(const char* json)
    {
        const Result<ExamItem> parsed = parseItem(QJsonDocument::fromJson(json).object());
        return parsed.ok() ? *parsed : ExamItem {};
    }
    static QJsonObject object(const char* json) { return QJsonDocument::fromJson(json).object(); }
    static QStringList marks(OptionModel& model)
    {
        QStringList list;
        for (const OptionRow& row : model.rows()) {
            list.append(row.option + QLatin1Char(':') + row.mark);
        }
        return list;
    }

    static constexpr const char* Choice = R"({"id":"q1","type":"choice","prompt":"?","points":1,
        "options":[{"id":"a","text":"one"},{"id":"b","text":"two"},{"id":"c","text":"three"}]})";
    static constexpr const char* Multi = R"({"id":"q2","type":"multi","prompt":"?","points":1,
        "options":[{"id":"a","text":"one"},{"id":"b","text":"two"},{"id":"c","text":"three"}]})";
    static constexpr const char* Cloze = R"({"id":"q3","type":"cloze","prompt":"?","points":2,
        "text":"I {{g1}} here.\nYou {{g2}}.","gaps":[{"id":"g1","stem":"live"},{"id":"g2","options":["do","make"]}]})";
    static constexpr const char* Match = R"({"id":"q4","type":"match","prompt":"?","points":2,
        "left":[{"id":"l1","text":"uno"},{"id":"l2","text":"dos"}],"right":[{"id":"r1","text":"one"},{"id":"r2","text":"two"}]})";
    static constexpr const char* Order = R"({"id":"q5","type":"order","prompt":"?","points":2,
        "options":[{"id":"a","text":"first"},{"id":"b","text":"then"},{"id":"c","text":"last"}]})";
    static constexpr const char* Essay = R"({"id":"q6","type":"essay","prompt":"?","points":10,"minWords":3,"maxWords":5})";

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }

    void choosingAnswers()
    {
        ItemForm form;
        QAbstractItemModelTester tester(form.options(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        form.setItem(item(Choice), QStringLiteral("en"), {});
        QSignalSpy edits(&form, &ItemForm::edited);
        QVERIFY(!form.isAnswered());
        form.chooseLetter(1);
        QCOMPARE(edits.size(), 1);
        QCOMPARE(edits.constFirst().constFirst().toJsonObject(), object(R"({"choice":"b"})"));
        QCOMPARE(edits.constFirst().at(1).toBool(), false);
        QVERIFY(form.isAnswered());
        form.choose(QStringLiteral("b"));
        QCOMPARE(edits.size(), 1);
    }

    void severalOptionsKeepTheOrderOfThePaper()
    {
        ItemForm form;
        form.setItem(item(Multi), QStringLiteral("en"), {});
        form.toggle(QStringLiteral("c"));
        form.toggle(QStringLiteral("a"));
        QCOMPARE(form.answer(), object(R"({"choices":["a","c"]})"));
        form.toggle(QStringLiteral("c"));
        QCOMPARE(form.answer(), object(R"({"choices":["a"]})"));
    }

    void gapsStandInTheirText()
    {
        ItemForm form;
        QAbstractItemModelTester tester(form.segments(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        form.setItem(item(Cloze), QStringLiteral("en"), {});
        QStringList kinds;
        for (const SegmentRow& row : form.segments()->rows()) {
            kinds.append(row.kind == QLatin1String("word") ? row.text : row.kind);
        }
        QCOMPARE(kinds.join(QLatin1Char(' ')), QStringLiteral("I gap here. break You gap"));
        QCOMPARE(form.segments()->rows().at(5).after, QStringLiteral("."));
        QSignalSpy edits(&form, &ItemForm::edited);
        form.fillGap(QStringLiteral("g1"), QStringLiteral("lived"));
        form.fillGapWithChoice(QStringLiteral("g2"), 1);
        form.fillGapWithChoice(QStringLiteral("g2"), 7);
        QCOMPARE(form.answer(), object(R"({"gaps":{"g1":"lived","g2":"make"}})"));
        QCOMPARE(edits.size(), 2);
        QCOMPARE(edits.at(0).at(1).toBool(), true);
        QCOMPARE(edits.at(1).at(1).toBool(), false);
        form.judge(false, {QStringLiteral("g2")}, object(R"({"gaps":{"g1":"lived","g2":"do"}})"));
        QCOMPARE(form.segments()->rows().at(1).mark, QStringLiteral("right"));
        QCOMPARE(form.segments()->rows().at(5).mark, QStringLiteral("wrong"));
        QCOMPARE(form.segments()->rows().at(5).solution, QStringLiteral("do"));
    }

    void whatTouchesAGapStaysWithIt()
    {
        ExamItem cloze = item(Cloze);
        cloze.text = QStringLiteral("Say ({{g1}}), {{g2}}{{g1}}s { x");
        ItemForm form;
        form.setItem(cloze, QStringLiteral("en"), {});
        QStringList parts;
        for (const SegmentRow& row : form.segments()->rows()) {
            parts.append(row.text + row.before + row.gap + row.after);
        }
        QCOMPARE(parts, (QStringList {QStringLiteral("Say"), QStringLiteral("(g1),"), QStringLiteral("g2"),
                            QStringLiteral("g1s"), QStringLiteral("{"), QStringLiteral("x")}));
    }

    void pairsAreMadeAndUnmade()
    {
        ItemForm form;
        form.setItem(item(Match), QStringLiteral("en"), {});
        form.pair(QStringLiteral("l1"), QStringLiteral("r1"));
        QCOMPARE(form.pairs()->rows().at(0).rightText, QStringLiteral("one"));
        QVERIFY(form.targets()->find(QStringLiteral("r1"))->chosen);
        form.pair(QStringLiteral("l1"), {});
        QVERIFY(!form.targets()->find(QStringLiteral("r1"))->chosen);
        QVERIFY(!form.isAnswered());
    }

    void anOrderStartsShuffledAndIsTheSameEveryTime()
    {
        ItemForm form;
        form.setItem(item(Order), QStringLiteral("en"), {});
        QStringList shown;
        for (const OptionRow& row : form.options()->rows()) {
            shown.append(row.option);
        }
        QVERIFY(shown != (QStringList {QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")}));
        ItemForm again;
        again.setItem(item(Order), QStringLiteral("en"), {});
        QCOMPARE(again.options()->rows(), form.options()->rows());
        QVERIFY(!form.isAnswered());
        form.move(0, 2);
        shown.move(0, 2);
        QCOMPARE(form.answer().value(QLatin1String("order")).toArray(), QJsonArray::fromStringList(shown));
    }

    void judgingMarksEveryOption()
    {
        ItemForm form;
        form.setItem(item(Choice), QStringLiteral("en"), object(R"({"choice":"a"})"));
        form.judge(false, {QStringLiteral("a")}, object(R"({"choice":"c"})"));
        QCOMPARE(marks(*form.options()), (QStringList {QStringLiteral("a:wrong"), QStringLiteral("b:"), QStringLiteral("c:missed")}));
        form.choose(QStringLiteral("b"));
        QCOMPARE(form.answer(), object(R"({"choice":"a"})"));
    }

    void wordsAreCountedAgainstTheLimits()
    {
        ItemForm form;
        form.setItem(item(Essay), QStringLiteral("en"), {});
        form.write(QStringLiteral("Only two"));
        QCOMPARE(form.words(), 2);
        QVERIFY(form.wordsLabel().contains(QLatin1Char('3')));
        form.write(QStringLiteral("Now there are four"));
        QVERIFY(!form.wordsLabel().contains(QStringLiteral("·")));
        form.write(QStringLiteral("Now there are more than five"));
        QVERIFY(form.wordsLabel().contains(QLatin1Char('5')));
    }

    void aLockedFormKeepsItsAnswer()
    {
        ItemForm form;
        form.setItem(item(Essay), QStringLiteral("en"), object(R"({"text":"Kept"})"));
        form.setLocked(true);
        QSignalSpy edits(&form, &ItemForm::edited);
        form.write(QStringLiteral("Changed"));
        QCOMPARE(edits.size(), 0);
        QCOMPARE(form.text(), QStringLiteral("Kept"));
    }

    void anotherItemStartsClean()
    {
        ItemForm form;
        form.setItem(item(Choice), QStringLiteral("en"), object(R"({"choice":"a"})"));
        form.judge(true, {}, {});
        form.setItem(item(Multi), QStringLiteral("en"), {});
        QVERIFY(!form.isJudged());
        QCOMPARE(marks(*form.options()), (QStringList {QStringLiteral("a:"), QStringLiteral("b:"), QStringLiteral("c:")}));
    }
};

QTEST_GUILESS_MAIN(TestItemForm)
#include "tst_itemform.moc"
