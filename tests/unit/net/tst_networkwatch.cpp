// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/NetworkWatch.h"
#include "support/FakeScheduler.h"

#include <QTest>

using namespace std::chrono_literals;

namespace {

/// The boot clock of a laptop: it runs on while the timers stand still.
class BootClock final : public Clock
{
public:
    explicit BootClock(const FakeScheduler& time) : m_time(time) { }
    WallTime wall() const override { return m_time.wall() + asleep; }
    MonotonicTime monotonic() const override { return m_time.monotonic() + asleep; }

    std::chrono::microseconds asleep{0};

private:
    const FakeScheduler& m_time;
};

} // namespace

class TestNetworkWatch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sleepIsNoticedAtTheNextTick()
    {
        FakeScheduler time;
        BootClock clock(time);
        NetworkWatch watch(clock, time);
        QList<std::chrono::milliseconds> slept;
        connect(&watch, &NetworkWatch::woke, this,
            [&](std::chrono::milliseconds by) { slept.append(by); });
        time.advance(60s);
        QVERIFY(slept.isEmpty());
        clock.asleep += 30min;
        time.advance(2s);
        QCOMPARE(slept, QList<std::chrono::milliseconds>{30min});
        time.advance(60s);
        QCOMPARE(slept.size(), 1);
    }

    void aBusyMomentIsNotSleep()
    {
        FakeScheduler time;
        BootClock clock(time);
        NetworkWatch watch(clock, time);
        bool woke = false;
        connect(&watch, &NetworkWatch::woke, this, [&] { woke = true; });
        clock.asleep += 3s;
        time.advance(2s);
        QVERIFY(!woke);
    }

    void aChangedWallClockIsNotSleep()
    {
        FakeScheduler time;
        NetworkWatch watch(time, time);
        bool woke = false;
        connect(&watch, &NetworkWatch::woke, this, [&] { woke = true; });
        time.jumpWall(24h);
        time.advance(10s);
        QVERIFY(!woke);
    }
};

QTEST_GUILESS_MAIN(TestNetworkWatch)
#include "tst_networkwatch.moc"
