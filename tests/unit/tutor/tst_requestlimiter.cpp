// SPDX-License-Identifier: GPL-3.0-or-later
#include "tutor/RequestLimiter.h"

#include "base/Random.h"

#include <QTest>

#include <vector>

using namespace std::chrono_literals;

class TestRequestLimiter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theFirstMayGoAtOnce()
    {
        RequestLimiter limiter;
        limiter.setPerMinute(2);
        QCOMPARE(limiter.waitAt(1h), 0ms);
        limiter.record(1h);
        limiter.record(1h + 10s);
        QCOMPARE(limiter.usedAt(1h + 10s), 2);
        QCOMPARE(limiter.waitAt(1h + 10s), 50s);
        QCOMPARE(limiter.waitAt(1h + 60s), 0ms);
        QCOMPARE(limiter.usedAt(1h + 60s), 1);
    }

    void aTighterLimitHoldsAtOnce()
    {
        RequestLimiter limiter;
        limiter.setPerMinute(10);
        for (int i = 0; i < 4; ++i) {
            limiter.record(1h + std::chrono::seconds(i));
        }
        limiter.setPerMinute(2);
        QCOMPARE(limiter.waitAt(1h + 4s), 58s); // until the third of the four leaves the window
    }

    void noMinuteEverHoldsMore()
    {
        for (quint64 seed = 1; seed <= 50; ++seed) {
            SeededRandom random(seed);
            RequestLimiter limiter;
            const int perMinute = 1 + int(random.below(8));
            limiter.setPerMinute(perMinute);
            std::vector<MonotonicTime> sent;
            MonotonicTime now = 1h;
            for (int i = 0; i < 200; ++i) {
                now += std::chrono::milliseconds(random.below(8'000));
                now += limiter.waitAt(now);
                QCOMPARE(limiter.waitAt(now), 0ms);
                limiter.record(now);
                sent.push_back(now);
                const auto inWindow = std::ranges::count_if(sent, [now](MonotonicTime at) { return now - at < 60s; });
                QVERIFY2(inWindow <= perMinute, qPrintable(QStringLiteral("seed %1").arg(seed)));
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestRequestLimiter)
#include "tst_requestlimiter.moc"
