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

    void tokensAreCountedToo()
    {
        RequestLimiter limiter;
        limiter.setPerMinute(100);
        limiter.setTokensPerMinute(1'000);
        const auto first = limiter.record(1h, 600);
        QCOMPARE(limiter.waitAt(1h + 1s, 400), 0ms);
        QCOMPARE(limiter.waitAt(1h + 1s, 401), 59s);
        limiter.correct(first, 100);
        QCOMPARE(limiter.tokensAt(1h + 1s), 100);
        QCOMPARE(limiter.waitAt(1h + 1s, 900), 0ms);
        limiter.correct(first, 5'000); // more than was thought
        QCOMPARE(limiter.waitAt(1h + 1s, 1), 59s);
        limiter.correct(99, 1);
        QCOMPARE(limiter.waitAt(1h + 60s, 9'999), 0ms); // larger than a minute: when the minute is empty
    }

    void aServersWordHoldsUntilItCountsAnew()
    {
        RequestLimiter limiter;
        limiter.setPerMinute(100);
        RateLimits said;
        said.requests = {60, 2, 20s};
        limiter.learn(1h, said);
        limiter.record(1h);
        QCOMPARE(limiter.waitAt(1h + 1s), 0ms);
        limiter.record(1h + 1s);
        QCOMPARE(limiter.waitAt(1h + 1s), 19s);
        QCOMPARE(limiter.waitAt(1h + 20s), 0ms);
        said = {};
        said.tokens = {30'000, 500, 10s};
        limiter.learn(2h, said);
        QCOMPARE(limiter.waitAt(2h, 500), 0ms);
        QCOMPARE(limiter.waitAt(2h, 501), 10s);
        said.tokens = {30'000, 0, std::nullopt}; // without a time it says nothing
        limiter.learn(3h, said);
        QCOMPARE(limiter.waitAt(3h, 501), 0ms);
    }

    /// Random loads: whatever is asked when, no sixty seconds hold more requests or tokens than
    /// allowed, and nobody waits for ever.
    void noMinuteEverHoldsMoreTokens()
    {
        for (quint64 seed = 1; seed <= 50; ++seed) {
            SeededRandom random(seed);
            RequestLimiter limiter;
            const int perMinute = 1 + int(random.below(20));
            const qint64 tokensPerMinute = qint64(500 + random.below(5'000));
            limiter.setPerMinute(perMinute);
            limiter.setTokensPerMinute(tokensPerMinute);
            struct Sent
            {
                MonotonicTime at;
                qint64 tokens;
                RequestLimiter::Ticket ticket;
            };
            std::vector<Sent> sent;
            MonotonicTime now = 1h;
            for (int i = 0; i < 150; ++i) {
                now += std::chrono::milliseconds(random.below(4'000));
                const qint64 estimate = qint64(1 + random.below(quint64(tokensPerMinute)));
                int rounds = 0;
                while (limiter.waitAt(now, estimate) > 0ms) {
                    now += limiter.waitAt(now, estimate);
                    QVERIFY(++rounds < 100);
                }
                sent.push_back({now, estimate, limiter.record(now, estimate)});
                if (random.below(2) == 0) {
                    Sent& ended = sent[std::size_t(random.below(sent.size()))];
                    ended.tokens = qint64(random.below(quint64(ended.tokens) + 1));
                    limiter.correct(ended.ticket, ended.tokens);
                }
                int requests = 0;
                qint64 tokens = 0;
                for (const Sent& one : sent) {
                    requests += now - one.at < 60s ? 1 : 0;
                    tokens += now - one.at < 60s ? one.tokens : 0;
                }
                QVERIFY2(requests <= perMinute && tokens <= tokensPerMinute, qPrintable(QStringLiteral("seed %1").arg(seed)));
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestRequestLimiter)
#include "tst_requestlimiter.moc"
