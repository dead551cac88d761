// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/ExamTiming.h"

#include "base/Random.h"

#include <QTest>

using namespace std::chrono_literals;
using std::chrono::microseconds;

namespace {

const WallTime serverStart{1'795'000'000s};

/// A computer whose clocks a test can bend.
struct Computer
{
    microseconds monotonic{5min};
    WallTime wall{1'795'000'123s};
    QByteArray boot = "boot-1";

    LocalMoment now() const { return {monotonic, wall, boot}; }
    void pass(microseconds time)
    {
        monotonic += time;
        wall += time;
    }
    void reboot(microseconds offFor)
    {
        wall += offFor;
        monotonic = 20s;
        boot += "x";
    }
};

microseconds left(ExamTiming& timing, const Computer& computer)
{
    return timing.read(computer.now())->remaining;
}

} // namespace

class TestExamTiming : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsNothingBeforeTheServerSpeaks()
    {
        ExamTiming timing;
        QVERIFY(!timing.isKnown());
        QVERIFY(!timing.read(Computer().now()));
    }

    void countsDownOnTheMonotonicClock()
    {
        Computer computer;
        ExamTiming timing;
        timing.observe(serverStart, serverStart + 60min, false, computer.now());
        QCOMPARE(left(timing, computer), microseconds(60min));
        computer.pass(10min);
        QCOMPARE(left(timing, computer), microseconds(50min));
        QVERIFY(!timing.read(computer.now())->uncertain);
        computer.pass(2h);
        QCOMPARE(left(timing, computer), microseconds(0));
    }

    void aChangedWallClockChangesNothing_data()
    {
        QTest::addColumn<qint64>("jumpSeconds");
        QTest::newRow("a day ahead") << qint64(86'400);
        QTest::newRow("a day back") << qint64(-86'400);
        QTest::newRow("summer time ends") << qint64(-3'600);
        QTest::newRow("summer time begins") << qint64(3'600);
    }
    void aChangedWallClockChangesNothing()
    {
        QFETCH(qint64, jumpSeconds);
        Computer computer;
        ExamTiming timing;
        timing.observe(serverStart, serverStart + 60min, false, computer.now());
        const LocalMoment before = computer.now();
        computer.pass(1min);
        computer.wall += std::chrono::seconds(jumpSeconds);
        QCOMPARE(left(timing, computer), microseconds(59min));
        QVERIFY(!timing.read(computer.now())->uncertain);
        QCOMPARE(
            clockJump(before, computer.now()), microseconds(std::chrono::seconds(jumpSeconds)));
        QCOMPARE(*timing.serverTime(computer.now()), serverStart + 1min);
    }

    void theRoundTripIsShared()
    {
        Computer computer;
        ExamTiming timing;
        timing.observe(serverStart, serverStart + 60min, false, computer.now(), 4s);
        QCOMPARE(left(timing, computer), microseconds(60min - 2s));
    }

    void aStatementThatAgreesDoesNotMakeSecondsJump()
    {
        Computer computer;
        ExamTiming timing;
        timing.observe(serverStart, serverStart + 60min, false, computer.now());
        computer.pass(10s);
        timing.observe(serverStart + 9800ms, serverStart + 60min, false, computer.now(), 100ms);
        QCOMPARE(left(timing, computer), microseconds(60min - 10s));
        computer.pass(10s);
        timing.observe(serverStart + 19s, serverStart + 60min, false, computer.now());
        QCOMPARE(left(timing, computer), microseconds(60min - 19s));
        timing.observe(serverStart + 19s, serverStart + 61min, false, computer.now());
        QCOMPARE(left(timing, computer), microseconds(61min - 19s));
    }

    void aKilledProgramReadsOn()
    {
        Computer computer;
        ExamTiming timing;
        timing.observe(serverStart, serverStart + 60min, false, computer.now());
        computer.pass(5min);
        ExamTiming restored(*timing.anchor());
        QCOMPARE(left(restored, computer), microseconds(55min));
        QVERIFY(!restored.read(computer.now())->uncertain);
    }

    void afterARebootTheWallClockServesAndIsCalledUncertain()
    {
        Computer computer;
        ExamTiming timing;
        timing.observe(serverStart, serverStart + 60min, false, computer.now());
        computer.pass(5min);
        QCOMPARE(left(timing, computer), microseconds(55min));
        computer.reboot(3min);
        ExamTiming restored(*timing.anchor());
        const auto reading = restored.read(computer.now());
        QVERIFY(reading->uncertain);
        QCOMPARE(reading->remaining, microseconds(52min));
    }

    void aRebootWithAClockSetBackGivesNothing()
    {
        Computer computer;
        ExamTiming timing;
        timing.observe(serverStart, serverStart + 60min, false, computer.now());
        computer.pass(40min);
        QCOMPARE(left(timing, computer), microseconds(20min));
        computer.reboot(-24h);
        ExamTiming restored(*timing.anchor());
        QCOMPARE(left(restored, computer), microseconds(20min));
        QVERIFY(restored.read(computer.now())->uncertain);
    }

    void theServerSettlesIt()
    {
        Computer computer;
        ExamTiming timing;
        timing.observe(serverStart, serverStart + 60min, false, computer.now());
        computer.reboot(-24h);
        QVERIFY(timing.read(computer.now())->uncertain);
        timing.observe(serverStart + 10min, serverStart + 90min, false, computer.now());
        QCOMPARE(left(timing, computer), microseconds(80min));
        QVERIFY(!timing.read(computer.now())->uncertain);
    }

    void aPauseStandsStill()
    {
        Computer computer;
        ExamTiming timing;
        timing.observe(serverStart, serverStart + 60min, false, computer.now());
        computer.pass(10min);
        timing.setPaused(true, computer.now());
        computer.pass(30min);
        QCOMPARE(left(timing, computer), microseconds(50min));
        timing.setPaused(false, computer.now());
        computer.pass(1min);
        QCOMPARE(left(timing, computer), microseconds(49min));
    }

    void aPauseStatedByTheServerStandsStillToo()
    {
        Computer computer;
        ExamTiming timing;
        timing.observe(serverStart, serverStart + 60min, true, computer.now());
        computer.pass(30min);
        QCOMPARE(left(timing, computer), microseconds(60min));
        timing.observe(serverStart + 30min, serverStart + 90min, true, computer.now());
        QCOMPARE(left(timing, computer), microseconds(60min));
    }

    void whatIsKeptWhileOfflineStaysCloseToWhatWasShown()
    {
        Computer computer;
        ExamTiming timing;
        timing.observe(serverStart, serverStart + 60min, false, computer.now());
        computer.pass(40min);
        timing.carryOn(computer.now());
        QCOMPARE(left(timing, computer), microseconds(20min));
        auto kept = *timing.anchor();
        kept.leastRemaining = microseconds::max();
        computer.reboot(-24h);
        ExamTiming restored(kept);
        QCOMPARE(left(restored, computer), microseconds(20min));
        restored.carryOn(computer.now());
        computer.pass(5min);
        QCOMPARE(left(restored, computer), microseconds(15min));
        QVERIFY(restored.read(computer.now())->uncertain);
    }

    /// Whatever happens to this computer, time left grows by the server's word alone.
    void nothingLocalEverGivesTime()
    {
        SeededRandom random(20'261'123);
        for (int run = 0; run < 200; ++run) {
            Computer computer;
            ExamTiming timing;
            timing.observe(serverStart, serverStart + 60min, false, computer.now());
            microseconds least = left(timing, computer);
            for (int event = 0; event < 40; ++event) {
                const auto amount = std::chrono::milliseconds(random.below(7'200'000)) - 1h;
                switch (random.below(6)) {
                case 0:
                    computer.pass(std::chrono::abs(amount) / 20);
                    break;
                case 1:
                    computer.wall += amount;
                    break;
                case 2:
                    computer.reboot(amount);
                    break;
                case 3:
                    timing = ExamTiming(*timing.anchor());
                    break;
                case 5:
                    timing.carryOn(computer.now());
                    break;
                case 4:
                    timing.setPaused(random.below(2) == 1, computer.now());
                    break;
                }
                const microseconds now = left(timing, computer);
                QVERIFY2(now <= least,
                    qPrintable(QStringLiteral("run %1 event %2").arg(run).arg(event)));
                least = now;
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestExamTiming)
#include "tst_examtiming.moc"
