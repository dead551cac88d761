// SPDX-License-Identifier: GPL-3.0-or-later
#include "realtime/LatencySample.h"

#include <QTest>

using namespace std::chrono_literals;

class TestLatencySample : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void percentilesAreNearestRank_data()
    {
        QTest::addColumn<double>("percent");
        QTest::addColumn<int>("expected");
        QTest::newRow("median") << 50.0 << 50;
        QTest::newRow("p95") << 95.0 << 95;
        QTest::newRow("p99") << 99.0 << 99;
        QTest::newRow("the largest") << 100.0 << 100;
        QTest::newRow("the smallest") << 0.5 << 1;
    }
    void percentilesAreNearestRank()
    {
        QFETCH(double, percent);
        LatencySample sample;
        for (int value = 100; value >= 1; --value) {
            sample.add(std::chrono::milliseconds(value));
        }
        QTEST(int(sample.percentile(percent) / 1ms), "expected");
    }

    void nothingMeasuredIsZero()
    {
        QCOMPARE(LatencySample().percentile(99), 0us);
        QCOMPARE(LatencySample().toJson().value(QLatin1String("count")).toInt(), 0);
    }

    void onlyTheLastAreKept()
    {
        LatencySample sample;
        sample.add(1h);
        for (size_t i = 0; i < LatencySample::Largest; ++i) {
            sample.add(1ms);
        }
        QCOMPARE(sample.count(), LatencySample::Largest);
        QCOMPARE(sample.percentile(100), std::chrono::microseconds(1ms));
    }
};

QTEST_GUILESS_MAIN(TestLatencySample)
#include "tst_latencysample.moc"
