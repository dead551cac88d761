// SPDX-License-Identifier: GPL-3.0-or-later
#include "tutor/teaching/LevelCheck.h"

#include "tutor/teaching/ReplyBudget.h"
#include "tutor/teaching/Sentences.h"

#include <QTest>

class TestLevelCheck : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void budgetsGrowWithTheLevel()
    {
        QCOMPARE(replyBudget(Cefr::A1).words, 60);
        QCOMPARE(replyBudget(Cefr::A2).words, 60);
        QCOMPARE(replyBudget(Cefr::B1).words, 120);
        QCOMPARE(replyBudget(Cefr::B2).words, 120);
        QCOMPARE(replyBudget(Cefr::C1).words, 200);
        int before = 0;
        for (const Cefr level : {Cefr::PreA1, Cefr::A1, Cefr::A2, Cefr::B1, Cefr::B2, Cefr::C1}) {
            const ReplyBudget budget = replyBudget(level);
            QVERIFY(budget.sentenceWords > before);
            QVERIFY(budget.tokens > budget.words * 3);
            before = budget.sentenceWords;
        }
        QCOMPARE(cefrFrom(QStringLiteral("b2+")), Cefr::B2);
        QCOMPARE(cefrFrom(QStringLiteral("preA1")), Cefr::PreA1);
        QCOMPARE(cefrFrom(QStringLiteral("advanced")), Cefr::B1);
    }

    void sentencesAreFound_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("sentences");
        const auto row = [](const char* text, int count) { QTest::newRow(text) << QString::fromUtf8(text) << count; };
        row("One. Two! Three?", 3);
        row("It costs 3.50 euros.", 1);
        row("Mr. Brown is here.", 1);
        row("Words, e.g. this one, count.", 1);
        row("“Stop!” she said. He stopped.", 3);
        row("- one item\n- two items\n\n1. three", 3);
        row("**Bold.** *Slanted.*", 2);
        row("No end", 1);
        row("?!… ()", 0);
        row("", 0);
        row("¿Qué hora es? ¡Las tres!", 2);
    }
    void sentencesAreFound()
    {
        QFETCH(QString, text);
        QFETCH(int, sentences);
        QCOMPARE(sentencesOf(text).size(), sentences);
    }

    void wordsFindTheirBand_data()
    {
        QTest::addColumn<QString>("word");
        QTest::addColumn<int>("band");
        const auto row = [](const char* word, int band) { QTest::newRow(word) << QString::fromUtf8(word) << band; };
        row("house", int(Cefr::A1));
        row("Houses", int(Cefr::A1));
        row("families", int(Cefr::A1));
        row("running", int(Cefr::A1));
        row("stopped", int(Cefr::A1));
        row("making", int(Cefr::A1));
        row("bigger", int(Cefr::A1));
        row("don't", int(Cefr::A1));
        row("wouldn’t", int(Cefr::A1));
        row("teacher's", int(Cefr::A1));
        row("journey", int(Cefr::A2));
        row("happened", int(Cefr::A2));
        row("achieve", int(Cefr::B1));
        row("well-known", int(Cefr::A1));
        row("inevitable", int(Cefr::B2));
        row("sesquipedalian", -1);
        row("perro", -1);
    }
    void wordsFindTheirBand()
    {
        QFETCH(QString, word);
        QFETCH(int, band);
        const LevelWords words(QStringLiteral("en-GB"));
        const auto found = words.bandOf(word);
        QCOMPARE(found ? int(*found) : -1, band);
    }

    void textsOfALevelFitIt_data()
    {
        QTest::addColumn<QString>("level");
        QTest::addColumn<QString>("text");
        const auto row = [](const char* name, const char* level, const char* text) {
            QTest::newRow(name) << QString::fromLatin1(level) << QString::fromUtf8(text);
        };
        row("a1 daily life", "A1", "I get up at seven o'clock. I have breakfast with my family. Then I go to school by bus. What time do you get up?");
        row("a1 a room", "A1", "This is my bedroom. There is a bed, a desk and a big window. My books are on the table. What is in your room?");
        row("a2 a trip", "A2", "Last summer we went to the beach. The weather was fantastic and we swam every day. In the evening we had dinner outside. Where did you go?");
        row("a2 explained in spanish", "A2", "Usamos el pasado simple para acciones terminadas. Por ejemplo: *I visited my aunt yesterday.* Ahora escribe una frase sobre tu fin de semana.");
        row("b1 a problem", "B1", "If your flight is cancelled, the airline must offer you another one or give you your money back. You should keep your receipts, because you may need them when you complain. Has this ever happened to you?");
        row("b1 a rule", "B1", "We use the present perfect when an action began in the past and is still true today. The past simple is for finished times. Which one do we need with *yesterday*?");
        row("b2 an opinion", "B2", "Although remote work saves time, many companies argue that creative ideas emerge more easily when colleagues meet in person. To what extent do you think this assumption is justified?");
        row("c1 anything", "C1", "The committee's equivocation notwithstanding, its recommendations were implemented with conspicuous alacrity. What does that juxtaposition imply?");
        row("names do not count", "A1", "My friend Wolfgang lives in Reykjavik. He works in the Hallgrimskirkja. Do you know it?");
    }
    void textsOfALevelFitIt()
    {
        QFETCH(QString, level);
        QFETCH(QString, text);
        const LevelReport report = checkLevel(text, cefrFrom(level), LevelWords(QStringLiteral("en")));
        QVERIFY2(report.fits(), qPrintable(report.outside.join(QLatin1Char(' ')) + QStringLiteral(" ") + QString::number(report.outsideShare)));
    }

    void harderTextsDoNot()
    {
        const LevelWords words(QStringLiteral("en"));
        const QString b2 = QStringLiteral("Although remote work saves time, many companies argue that creative ideas emerge more easily when "
                                          "colleagues meet in person. To what extent is this assumption justified?");
        QVERIFY(checkLevel(b2, Cefr::A2, words).hardWords);
        QVERIFY(checkLevel(b2, Cefr::A2, words).longSentences);
        QVERIFY(!checkLevel(b2, Cefr::A2, words, b2).hardWords); // the learner's own words are familiar
        const QString rambling = QStringLiteral("I like it. ").repeated(40);
        QVERIFY(checkLevel(rambling, Cefr::A1, words).tooLong);
        QVERIFY(!checkLevel(rambling, Cefr::B2, words).tooLong);
        // Without words of our own only lengths are weighed.
        const LevelWords none(QStringLiteral("fi"));
        QVERIFY(none.isEmpty());
        QVERIFY(checkLevel(QStringLiteral("Yksi kaksi kolme neljä."), Cefr::A1, none).fits());
    }

    void twoMissesOfferSimplerWords()
    {
        LevelReport fits;
        LevelReport misses;
        misses.hardWords = true;
        QVERIFY(!shouldOfferSimpler({}));
        QVERIFY(!shouldOfferSimpler({misses}));
        QVERIFY(!shouldOfferSimpler({misses, fits}));
        QVERIFY(!shouldOfferSimpler({misses, fits, misses}));
        QVERIFY(shouldOfferSimpler({fits, misses, misses}));
    }
};

QTEST_GUILESS_MAIN(TestLevelCheck)
#include "tst_levelcheck.moc"
