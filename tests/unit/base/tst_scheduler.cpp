// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Scheduler.h"
#include "support/FakeScheduler.h"

#include <QTest>

using namespace std::chrono_literals;

class TestScheduler : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void realTimersRunAndRepeat()
    {
        QtScheduler scheduler;
        int once = 0;
        int often = 0;
        const auto a = scheduler.after(1ms, [&] { ++once; });
        const auto b = scheduler.every(1ms, [&] { ++often; });
        QTRY_VERIFY(often >= 3);
        QCOMPARE(once, 1);
    }

    void aCancelledTaskNeverRuns()
    {
        FakeScheduler time;
        bool ran = false;
        auto task = time.after(10ms, [&] { ran = true; });
        task.cancel();
        time.advance(20ms);
        QVERIFY(!ran);
    }

    void aTaskMayReplaceItself()
    {
        QtScheduler scheduler;
        int runs = 0;
        ScheduledTask task;
        std::function<void()> again = [&] {
            if (++runs < 3) {
                task = scheduler.after(1ms, again);
            }
        };
        task = scheduler.after(1ms, again);
        QTRY_COMPARE(runs, 3);
    }

    void fakeTimeRunsInOrderAtTheRightTime()
    {
        FakeScheduler time;
        const auto start = time.monotonic();
        QList<qint64> at;
        const auto late = time.after(30ms, [&] { at.append((time.monotonic() - start).count()); });
        const auto early = time.after(10ms, [&] { at.append((time.monotonic() - start).count()); });
        time.advance(40ms);
        QCOMPARE(at, (QList<qint64> {10000, 30000}));
        QCOMPARE(time.monotonic() - start, MonotonicTime(40ms));
    }

    void aWallJumpDoesNotMoveTheMonotonicClock()
    {
        FakeScheduler time;
        const auto mono = time.monotonic();
        const auto wall = time.wall();
        time.jumpWall(24h);
        QCOMPARE(time.monotonic(), mono);
        QVERIFY(time.wall() - wall == 24h);
    }
};

QTEST_GUILESS_MAIN(TestScheduler)
#include "tst_scheduler.moc"
