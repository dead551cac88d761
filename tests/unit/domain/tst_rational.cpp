// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/Rational.h"

#include <QTest>

class TestRational : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reads_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected");
        QTest::newRow("a whole number") << "12"
                                        << "12";
        QTest::newRow("a decimal") << "3.25"
                                   << "13/4";
        QTest::newRow("a negative decimal") << "-0.5"
                                            << "-1/2";
        QTest::newRow("a fraction is reduced") << "6/8"
                                               << "3/4";
        QTest::newRow("spaces around") << " 7 "
                                       << "7";
        QTest::newRow("division by zero is no number") << "1/0"
                                                       << "";
        QTest::newRow("letters are no number") << "1e3"
                                               << "";
        QTest::newRow("nothing is no number") << ""
                                              << "";
        QTest::newRow("too many digits are refused") << "1234567890123456"
                                                     << "";
    }
    void reads()
    {
        QFETCH(QString, text);
        QFETCH(QString, expected);
        const auto value = Rational::parse(text);
        QCOMPARE(value ? value->toString() : QString(), expected);
    }

    void computesExactly()
    {
        const Rational third(1, 3);
        QCOMPARE(third + third + third, Rational(1));
        QCOMPARE(Rational::fromDouble(0.1) + Rational::fromDouble(0.2), Rational(3, 10));
        QCOMPARE(Rational(65) - Rational(1, 1'000'000), Rational(64'999'999, 1'000'000));
        QCOMPARE(Rational(2, -4), Rational(-1, 2));
        QCOMPARE(Rational(7, 2) / Rational(7, 4), Rational(2));
        QVERIFY(Rational(64'999'999, 1'000'000) < Rational(65));
        QVERIFY(Rational(-1, 2) < Rational(-1, 3));
    }

    void doesNotOverflowBetween()
    {
        const Rational large(3'000'000'000LL, 7);
        QCOMPARE(large * Rational(7, 3'000'000'000LL), Rational(1));
    }
};

QTEST_GUILESS_MAIN(TestRational)
#include "tst_rational.moc"
