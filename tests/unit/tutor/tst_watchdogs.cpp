// SPDX-License-Identifier: GPL-3.0-or-later
#include "tutor/Watchdogs.h"

#include "support/FakeScheduler.h"

#include <QTest>

using namespace std::chrono_literals;
using Watch = Watchdogs::Watch;

class TestWatchdogs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyWatchBitesAtItsTime_data()
    {
        QTest::addColumn<int>("watch");
        QTest::addColumn<int>("seconds");
        QTest::addColumn<QString>("code");
        QTest::newRow("connect") << int(Watch::Connect) << 10 << QStringLiteral("connect_timeout");
        QTest::newRow("headers") << int(Watch::Headers) << 30 << QStringLiteral("headers_timeout");
        QTest::newRow("first content") << int(Watch::First) << 60 << QStringLiteral("first_content_timeout");
        QTest::newRow("between content") << int(Watch::Gap) << 45 << QStringLiteral("gap_timeout");
        QTest::newRow("any byte") << int(Watch::Bytes) << 90 << QStringLiteral("silence_timeout");
        QTest::newRow("all of it") << int(Watch::Total) << 600 << QStringLiteral("total_timeout");
    }
    void everyWatchBitesAtItsTime()
    {
        QFETCH(int, watch);
        QFETCH(int, seconds);
        QFETCH(QString, code);
        FakeScheduler time;
        QList<Watch> bitten;
        Watchdogs dogs(time, time, [&](Watch which) { bitten.append(which); });
        dogs.start(Watch(watch));
        time.advance(std::chrono::seconds(seconds) - 1ms);
        QVERIFY(bitten.isEmpty());
        time.advance(1ms);
        QCOMPARE(bitten, QList<Watch> {Watch(watch)});
        time.advance(1h);
        QCOMPARE(bitten.size(), 1);
        QCOMPARE(QString::fromLatin1(Watchdogs::code(Watch(watch))), code);
    }

    void everyByteMovesTheEndAndCostsNoTimer()
    {
        FakeScheduler time;
        int bitten = 0;
        Watchdogs dogs(time, time, [&](Watch) { ++bitten; });
        for (int i = 0; i < 1'000; ++i) {
            dogs.start(Watch::Gap);
            QCOMPARE(time.pendingTasks(), 1);
            time.advance(1s);
        }
        QCOMPARE(bitten, 0);
        time.advance(44s);
        QCOMPARE(bitten, 1);
    }

    void aLimitOfNothingIsNone()
    {
        FakeScheduler time;
        int bitten = 0;
        Watchdogs dogs(time, time, [&](Watch) { ++bitten; });
        dogs.setTimeouts(TutorTimeouts::forLocal());
        dogs.start(Watch::Headers);
        time.advance(24h);
        QCOMPARE(bitten, 0);
    }

    void whatIsStoppedDoesNotBite()
    {
        FakeScheduler time;
        int bitten = 0;
        Watchdogs dogs(time, time, [&](Watch) { ++bitten; });
        dogs.start(Watch::First);
        dogs.start(Watch::Bytes);
        dogs.stop(Watch::First);
        time.advance(80s);
        QCOMPARE(bitten, 0);
        dogs.stopAll();
        time.advance(1h);
        QCOMPARE(bitten, 0);
        QCOMPARE(time.pendingTasks(), 0);
    }

    void theyMayDieOfTheirOwnBite()
    {
        FakeScheduler time;
        std::unique_ptr<Watchdogs> dogs;
        dogs = std::make_unique<Watchdogs>(time, time, [&](Watch) { dogs.reset(); });
        dogs->start(Watch::Connect);
        dogs->start(Watch::Total);
        time.advance(1h);
        QVERIFY(!dogs);
    }
};

QTEST_GUILESS_MAIN(TestWatchdogs)
#include "tst_watchdogs.moc"
