// SPDX-License-Identifier: GPL-3.0-or-later
#include "tutor/teaching/Annotations.h"

#include "tutor/teaching/Aside.h"
#include "tutor/teaching/ErrorMemory.h"

#include <QJsonDocument>
#include <QTest>

namespace {

QJsonObject said(const QString& original, const QString& suggestion, int start = 0)
{
    return {{QStringLiteral("start"), start}, {QStringLiteral("end"), start + int(original.size())},
        {QStringLiteral("original"), original}, {QStringLiteral("suggestion"), suggestion},
        {QStringLiteral("type"), QStringLiteral("grammar")}, {QStringLiteral("severity"), 2},
        {QStringLiteral("rule_id"), QStringLiteral("rule")}, {QStringLiteral("explanation"), QStringLiteral("Because.")},
        {QStringLiteral("confidence"), 0.9}};
}

QJsonObject with(QJsonObject object, const QString& key, const QJsonValue& value)
{
    object.insert(key, value);
    return object;
}

QString fenceOf(const QString& name)
{
    return QStringLiteral("``") + QLatin1Char('`') + name;
}

} // namespace

class TestAnnotations : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void spansAreThoseOfTheText_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("original");
        QTest::addColumn<int>("claimed");
        QTest::addColumn<int>("start");
        const auto row = [](const char* name, const QString& text, const char* original, int claimed, int start) {
            QTest::newRow(name) << text << QString::fromUtf8(original) << claimed << start;
        };
        const QString text = QStringLiteral("He go to school and he go home.");
        row("where it was said to be", text, "go", 3, 3);
        row("counted wrongly: the nearest place", text, "go", 25, 23);
        row("far off", text, "go", 4000, 23);
        row("before the beginning", text, "go", -7, 3);
        row("not inside another word", QStringLiteral("The cargo go here"), "go", 7, 10);
        row("words that are not there", text, "goes", 3, -1);
        row("other case is other words", text, "GO", 3, -1);
        row("empty", text, "", 0, -1);
        row("only spaces", text, " ", 2, -1);
        row("behind an emoji", QStringLiteral("😀😀 I am agree"), "am agree", 5, 7);
        row("with accents", QStringLiteral("Está mañana fui"), "Está mañana", 0, 0);
        row("the whole message", QStringLiteral("go"), "go", 0, 0);
    }
    void spansAreThoseOfTheText()
    {
        QFETCH(QString, text);
        QFETCH(QString, original);
        QFETCH(int, claimed);
        QFETCH(int, start);
        const auto result
            = verifyAnnotations({said(original, QStringLiteral("x"), claimed)}, text, CorrectionMode::Accuracy);
        if (start < 0) {
            QVERIFY(result.kept.isEmpty());
            QCOMPARE(result.dropped, 1);
            return;
        }
        QCOMPARE(result.kept.size(), 1);
        QCOMPARE(result.kept.first().start, start);
        QCOMPARE(text.mid(result.kept.first().start, result.kept.first().length), original);
    }

    void nonsenseIsDropped_data()
    {
        QTest::addColumn<QJsonValue>("entry");
        const QJsonObject good = said(QStringLiteral("go"), QStringLiteral("goes"), 3);
        const auto row = [](const char* name, const QJsonValue& entry) { QTest::newRow(name) << entry; };
        row("no object", QStringLiteral("go"));
        row("null", QJsonValue());
        row("a list", QJsonArray {1, 2});
        row("no original", with(good, QStringLiteral("original"), QJsonValue()));
        row("original is a number", with(good, QStringLiteral("original"), 3));
        row("the same again", with(good, QStringLiteral("suggestion"), QStringLiteral("go")));
        row("no suggestion", with(good, QStringLiteral("suggestion"), QJsonValue()));
        row("unknown type", with(good, QStringLiteral("type"), QStringLiteral("style")));
        row("severity out of range", with(good, QStringLiteral("severity"), 9));
        row("not sure", with(good, QStringLiteral("confidence"), 0.3));
        row("too sure", with(good, QStringLiteral("confidence"), 7));
    }
    void nonsenseIsDropped()
    {
        QFETCH(QJsonValue, entry);
        const auto result = verifyAnnotations({entry}, QStringLiteral("He go home."), CorrectionMode::Accuracy);
        QVERIFY(result.kept.isEmpty());
        QCOMPARE(result.dropped, 1);
    }

    void modesLimitHowManyRemain()
    {
        const QString text = QStringLiteral("He go home and she have a dog and they was sad.");
        const QJsonArray all {said(QStringLiteral("go"), QStringLiteral("goes"), 3),
            with(said(QStringLiteral("have"), QStringLiteral("has"), 19), QStringLiteral("severity"), 3),
            said(QStringLiteral("was"), QStringLiteral("were"), 39)};
        QCOMPARE(verifyAnnotations(all, text, CorrectionMode::Accuracy).kept.size(), 3);
        const auto fluency = verifyAnnotations(all, text, CorrectionMode::Fluency);
        QCOMPARE(fluency.kept.size(), 1);
        QCOMPARE(fluency.kept.first().original, QStringLiteral("have"));
        QCOMPARE(fluency.dropped, 0);
        QVERIFY(verifyAnnotations(all, text, CorrectionMode::Exam).kept.isEmpty());
    }

    void marksNeverOverlap()
    {
        const QString text = QStringLiteral("I have see it.");
        const auto result = verifyAnnotations({said(QStringLiteral("have see"), QStringLiteral("saw"), 2),
                                                  said(QStringLiteral("see it"), QStringLiteral("seen it"), 7)},
            text, CorrectionMode::Accuracy);
        QCOMPARE(result.kept.size(), 1);
        QCOMPARE(result.dropped, 1);
    }

    void explanationsStayShortAndPlain()
    {
        const QJsonObject entry = with(said(QStringLiteral("go"), QStringLiteral("goes"), 3), QStringLiteral("explanation"),
            QStringLiteral("**Third** person [link](http://x.example) ") + QStringLiteral("word ").repeated(60));
        const auto result = verifyAnnotations({entry}, QStringLiteral("He go home."), CorrectionMode::Accuracy);
        const QString why = result.kept.first().explanation;
        QCOMPARE(why.split(QLatin1Char(' ')).size(), 20);
        QVERIFY(!why.contains(QLatin1Char('*')) && !why.contains(QStringLiteral("http")));
    }

    void piecesAreTheMessageUnchanged()
    {
        const QString text = QStringLiteral("He go home.\nShe have a 🐶, no?");
        const auto marks = verifyAnnotations({said(QStringLiteral("go"), QStringLiteral("goes"), 3),
                                                 said(QStringLiteral("have"), QStringLiteral("has"), 16)},
            text, CorrectionMode::Accuracy)
                               .kept;
        QString joined;
        QStringList marked;
        for (const MarkedPiece& piece : markedPieces(text, marks)) {
            joined += piece.text;
            if (piece.annotation >= 0) {
                marked.append(marks[piece.annotation].suggestion + QLatin1Char('/') + piece.text);
            }
        }
        QCOMPARE(joined, text);
        QCOMPARE(marked, (QStringList {QStringLiteral("goes/go"), QStringLiteral("has/have")}));
        QCOMPARE(markedPieces(text, {}).size(), 1);
        QCOMPARE(annotationsFrom(toJson(marks), text), marks);
        QVERIFY(annotationsFrom(toJson(marks), QStringLiteral("Other words")).isEmpty());
    }

    void notesAreNeverShown_data()
    {
        QTest::addColumn<QString>("reply");
        QTest::addColumn<QString>("shown");
        QTest::addColumn<bool>("hasNotes");
        const QString block = QStringLiteral("{\"corrections\":[]}\n");
        const QString close = fenceOf({});
        const auto row = [](const char* name, const QString& reply, const QString& shown, bool hasNotes) {
            QTest::newRow(name) << reply << shown << hasNotes;
        };
        const QString open = fenceOf(QStringLiteral("tutor-notes\n"));
        row("none", QStringLiteral("Hello.\nHow are you?"), QStringLiteral("Hello.\nHow are you?"), false);
        row("at the end", QStringLiteral("Hello!\n\n") + open + block + close, QStringLiteral("Hello!"), true);
        row("with a last newline", QStringLiteral("Hello!\n") + open + block + close + QLatin1Char('\n'), QStringLiteral("Hello!"), true);
        row("called json", QStringLiteral("Hello!\n") + fenceOf(QStringLiteral("json\n")) + block + close, QStringLiteral("Hello!"), true);
        row("cut off inside", QStringLiteral("Hello!\n") + open + QStringLiteral("{\"corrections\":[{\"orig"), QStringLiteral("Hello!"), false);
        row("cut off in the fence", QStringLiteral("Hello!\n``"), QStringLiteral("Hello!\n``"), false);
        row("words behind it", open + block + close + QStringLiteral("\nBye."), QStringLiteral("Bye."), true);
        row("another fence is text", QStringLiteral("A\n") + fenceOf(QStringLiteral("cpp\nB\n")), QStringLiteral("A\n") + fenceOf(QStringLiteral("cpp\nB")), false);
        row("in the middle of a line it is text", QStringLiteral("Say ") + fenceOf(QStringLiteral("tutor-notes now")), QStringLiteral("Say ") + fenceOf(QStringLiteral("tutor-notes now")), false);
        row("paragraphs stay", QStringLiteral("A\n\nB\n\n- c\n"), QStringLiteral("A\n\nB\n\n- c"), false);
    }
    void notesAreNeverShown()
    {
        QFETCH(QString, reply);
        QFETCH(QString, shown);
        QFETCH(bool, hasNotes);
        for (qsizetype cut = 0; cut <= reply.size(); ++cut) {
            AsideFilter filter;
            QString text = filter.feed(reply.left(cut));
            QVERIFY(shown.startsWith(text.trimmed()));
            text += filter.feed(reply.mid(cut));
            text += filter.end();
            QVERIFY2(text.trimmed() == shown.trimmed(), qPrintable(text));
            QCOMPARE(!notesFrom(filter.aside()).isEmpty(), hasNotes);
        }
        AsideFilter drop;
        QString text;
        for (const QChar c : reply) {
            text += drop.feed(c);
        }
        QCOMPARE((text + drop.end()).trimmed(), shown.trimmed());
        QCOMPARE(splitReply(reply).shown.trimmed(), shown.trimmed());
    }

    void notesAreReadTotally()
    {
        QVERIFY(notesFrom({}).isEmpty());
        QVERIFY(notesFrom(QStringLiteral("[1,2]")).isEmpty());
        QVERIFY(notesFrom(QStringLiteral("{broken")).isEmpty());
        QVERIFY(notesFrom(QStringLiteral("}{")).isEmpty());
        QVERIFY(notesFrom(QStringLiteral("Here it is: {\"recap\":{}} done")).contains(QStringLiteral("recap")));
        const QString garbage = QString(QChar(0xd800)) + QStringLiteral("{\"corrections\":\"\\ud800\"}");
        QVERIFY(notesFrom(garbage).value(QStringLiteral("corrections")).toArray().isEmpty());
    }

    void mistakesRememberTheirSentence()
    {
        const QString text = QStringLiteral("Hello there! He go home early. Bye.");
        auto marks = verifyAnnotations({said(QStringLiteral("go"), QStringLiteral("goes"), 16)}, text, CorrectionMode::Accuracy).kept;
        const auto errors = errorsFrom(marks, text, QStringLiteral("en"));
        QCOMPARE(errors.size(), 1);
        QCOMPARE(errors.first().sentence, QStringLiteral("He go home early."));
        QCOMPARE(errors.first().sentence.mid(errors.first().start, 2), QStringLiteral("go"));
        // The same rule in other words is the same card; another language is another.
        marks.first().original = QStringLiteral("home");
        QCOMPARE(errorsFrom(marks, text, QStringLiteral("en")).first().id, errors.first().id);
        QVERIFY(errorsFrom(marks, text, QStringLiteral("es")).first().id != errors.first().id);
        marks.first().type = MistakeType::Spelling;
        QVERIFY(errorsFrom(marks, text, QStringLiteral("en")).first().id != errors.first().id);
        QVERIFY(dueLine(errors.first()).contains(QStringLiteral("go → goes")));
        const LearnerError word = savedWord(QStringLiteral(" ferry "), QStringLiteral("el ferri"), QStringLiteral("We took the ferry."), QStringLiteral("en"));
        QVERIFY(word.isWord());
        QCOMPARE(word.sentence.mid(word.start, 5), QStringLiteral("ferry"));
    }
};

QTEST_GUILESS_MAIN(TestAnnotations)
#include "tst_annotations.moc"
