// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/WordCount.h"

#include <QTest>

class TestWordCount : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void counts_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("words");
        QTest::newRow("nothing") << QString() << 0;
        QTest::newRow("only punctuation") << QStringLiteral(" … — ?! ") << 0;
        QTest::newRow("plain words") << QStringLiteral("one two  three\nfour") << 4;
        QTest::newRow("apostrophes do not divide") << QStringLiteral("don't l\u2019home") << 2;
        QTest::newRow("hyphens do not divide") << QStringLiteral("a well-known fact") << 3;
        QTest::newRow("a dash with spaces divides") << QStringLiteral("yes - no") << 2;
        QTest::newRow("a dash between words divides") << QStringLiteral("yes\u2014no") << 2;
        QTest::newRow("the Catalan middle dot does not divide")
            << QStringLiteral("col\u00B7legi") << 1;
        QTest::newRow("numbers with separators") << QStringLiteral("3,500 or 2.5 at 10:30") << 5;
        QTest::newRow("a full stop without a space divides") << QStringLiteral("end.Start") << 2;
        QTest::newRow("combining accents stay in the word")
            << QStringLiteral("cafe\u0301 noir") << 2;
        QTest::newRow("letters beyond the basic plane")
            << QString::fromUcs4(U"\U00020000\U00020001 a") << 2;
        QTest::newRow("quotes around a word") << QStringLiteral("'so' \"called\"") << 2;
    }
    void counts()
    {
        QFETCH(QString, text);
        QFETCH(int, words);
        QCOMPARE(countWords(text), words);
    }
};

QTEST_GUILESS_MAIN(TestWordCount)
#include "tst_wordcount.moc"
