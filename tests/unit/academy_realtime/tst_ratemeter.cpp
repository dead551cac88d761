// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/realtime/RateMeter.h"

#include <QTest>

using namespace academy;
using namespace std::chrono_literals;

/// Averages over a minute: bursts pass, lasting rates do not, and everything is forgotten.
class TestRateMeter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aBurstOfAMinutesWorthPasses()
    {
        RateMeter meter;
        meter.add(100s, 600);
        QVERIFY(!meter.exceeds(100s, 10));
        meter.add(100s);
        QVERIFY(meter.exceeds(100s, 10));
        QVERIFY(meter.exceeds(154s, 10));
        QVERIFY(!meter.exceeds(160s, 10));
    }
    void aLastingRateIsNoticed()
    {
        RateMeter meter;
        for (auto now = 1000s; now < 1200s; now += 1s) {
            meter.add(now, 12);
        }
        QVERIFY(meter.exceeds(1200s, 10));
        QVERIFY(!meter.exceeds(1200s, 12));
    }
    void longSilenceForgetsEverything()
    {
        RateMeter meter;
        meter.add(0s, 1'000'000);
        QVERIFY(meter.exceeds(1s, 100));
        QVERIFY(!meter.exceeds(10'000s, 100));
        meter.add(10'000s, 5);
        QVERIFY(!meter.exceeds(10'001s, 1));
    }
    void zeroLimitsNothing()
    {
        RateMeter meter;
        meter.add(0s, 1'000'000);
        QVERIFY(!meter.exceeds(0s, 0));
    }
};

QTEST_APPLESS_MAIN(TestRateMeter)
#include "tst_ratemeter.moc"
