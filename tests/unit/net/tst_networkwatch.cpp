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

    /// From one network to another without a moment between them: sockets of before may be dead.
    void anotherNetworkIsNewsToo()
    {
        FakeScheduler time;
        NetworkWatch watch(time, time);
        QStringList news;
        connect(&watch, &NetworkWatch::networkUp, this, [&] { news.append(QStringLiteral("up")); });
        connect(&watch, &NetworkWatch::networkDown, this, [&] { news.append(QStringLiteral("down")); });
        const QString wireless = QStringLiteral("192.0.2.7");
        const QString cable = QStringLiteral("198.51.100.7");
        watch.setAddresses({wireless});
        watch.setAddresses({wireless, cable});
        watch.setAddresses({cable});
        watch.setAddresses({cable});
        QCOMPARE(news, QStringList(3, QStringLiteral("up")));
        watch.setAddresses({});
        watch.setAddresses({});
        QVERIFY(!watch.isReachable());
        watch.setAddresses({cable});
        QVERIFY(watch.isReachable());
        QCOMPARE(news.mid(3), (QStringList {QStringLiteral("down"), QStringLiteral("up")}));
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
