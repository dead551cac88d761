// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Backoff.h"

#include <QTest>

using namespace std::chrono_literals;

class TestBackoff : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyDelayIsUnderItsCeiling()
    {
        SeededRandom random(42);
        Backoff backoff(random, 500ms, 30s);
        for (const auto ceiling : {500ms, 1000ms, 2000ms, 4000ms, 8000ms, 16000ms, 30000ms, 30000ms}) {
            const auto delay = backoff.next();
            QVERIFY(delay >= 0ms);
            QVERIFY2(delay <= ceiling, qPrintable(QString::number(delay.count())));
        }
        QCOMPARE(backoff.attempt(), 8);
    }

    void jitterSpreadsOverTheWholeInterval()
    {
        SeededRandom random(7);
        int low = 0;
        int high = 0;
        for (int i = 0; i < 1000; ++i) {
            Backoff backoff(random, 1000ms, 30s);
            (backoff.next() < 500ms ? low : high) += 1;
        }
        QVERIFY2(low > 400 && high > 400, qPrintable(QString::number(low)));
    }

    void aThousandAttemptsStayUnderTheCap()
    {
        SeededRandom random(3);
        Backoff backoff(random, 500ms, 30s);
        for (int i = 0; i < 1000; ++i) {
            QVERIFY(backoff.next() <= 30s);
        }
    }

    void resetStartsAgain()
    {
        SeededRandom random(1);
        Backoff backoff(random, 500ms, 30s);
        for (int i = 0; i < 6; ++i) {
            (void)backoff.next();
        }
        backoff.reset();
        QVERIFY(backoff.next() <= 500ms);
    }
};

QTEST_GUILESS_MAIN(TestBackoff)
#include "tst_backoff.moc"
