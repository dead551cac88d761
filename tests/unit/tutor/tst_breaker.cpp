// SPDX-License-Identifier: GPL-3.0-or-later
#include "tutor/Breaker.h"

#include <QTest>

using namespace std::chrono_literals;
using State = Breaker::State;

namespace {

constexpr MonotonicTime t0 = 1h;

Breaker opened()
{
    Breaker breaker;
    for (int i = 0; i < Breaker::Failures; ++i) {
        breaker.failedAt(t0);
    }
    return breaker;
}

enum class Event { Sent, Succeeded, Failed, Abandoned };

void tell(Breaker& breaker, Event event, MonotonicTime at)
{
    switch (event) {
    case Event::Sent:
        breaker.sentAt(at);
        break;
    case Event::Succeeded:
        breaker.succeeded();
        break;
    case Event::Failed:
        breaker.failedAt(at);
        break;
    case Event::Abandoned:
        breaker.abandoned();
        break;
    }
}

} // namespace

class TestBreaker : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyStateAnswersEveryEvent_data()
    {
        QTest::addColumn<int>("from");
        QTest::addColumn<int>("event");
        QTest::addColumn<int>("to");
        QTest::addColumn<bool>("allows");
        const auto row = [](const char* name, State from, Event event, State to, bool allows) {
            QTest::newRow(name) << int(from) << int(event) << int(to) << allows;
        };
        row("closed, sent", State::Closed, Event::Sent, State::Closed, true);
        row("closed, worked", State::Closed, Event::Succeeded, State::Closed, true);
        row("closed, one failure", State::Closed, Event::Failed, State::Closed, true);
        row("closed, abandoned", State::Closed, Event::Abandoned, State::Closed, true);
        row("open, sent before it opened", State::Open, Event::Sent, State::Open, false);
        row("open, an earlier request worked", State::Open, Event::Succeeded, State::Closed, true);
        row("open, an earlier request failed", State::Open, Event::Failed, State::Open, false);
        row("open, abandoned", State::Open, Event::Abandoned, State::Open, false);
        row("half open, the probe goes out", State::HalfOpen, Event::Sent, State::HalfOpen, false);
        row("half open, worked", State::HalfOpen, Event::Succeeded, State::Closed, true);
        row("half open, an earlier request failed", State::HalfOpen, Event::Failed, State::HalfOpen, true);
        row("half open, abandoned", State::HalfOpen, Event::Abandoned, State::HalfOpen, true);
    }
    void everyStateAnswersEveryEvent()
    {
        QFETCH(int, from);
        QFETCH(int, event);
        QFETCH(int, to);
        QFETCH(bool, allows);
        Breaker breaker = State(from) == State::Closed ? Breaker() : opened();
        const MonotonicTime now = State(from) == State::HalfOpen ? t0 + Breaker::Rest : t0 + 1s;
        QCOMPARE(int(breaker.stateAt(now)), from);
        tell(breaker, Event(event), now);
        QCOMPARE(int(breaker.stateAt(now)), to);
        QCOMPARE(breaker.allowsAt(now), allows);
    }

    void threeFailuresInAMinuteOpenIt()
    {
        Breaker breaker;
        breaker.failedAt(t0);
        breaker.failedAt(t0 + 30s);
        QVERIFY(breaker.allowsAt(t0 + 59s));
        breaker.failedAt(t0 + 60s); // the first is too old
        QVERIFY(breaker.allowsAt(t0 + 60s));
        breaker.failedAt(t0 + 61s);
        QVERIFY(!breaker.allowsAt(t0 + 61s));
        QCOMPARE(*breaker.waitAt(t0 + 71s), 20s);
    }

    void aSuccessForgetsFailures()
    {
        Breaker breaker;
        breaker.failedAt(t0);
        breaker.failedAt(t0);
        breaker.succeeded();
        breaker.failedAt(t0 + 1s);
        QVERIFY(breaker.allowsAt(t0 + 1s));
    }

    void oneProbeDecides()
    {
        Breaker breaker = opened();
        const MonotonicTime later = t0 + Breaker::Rest;
        QVERIFY(breaker.allowsAt(later));
        breaker.sentAt(later);
        QVERIFY(!breaker.allowsAt(later));
        QVERIFY(!breaker.waitAt(later).has_value());
        breaker.failedAt(later + 1s);
        QCOMPARE(int(breaker.stateAt(later + 2s)), int(State::Open));
        QCOMPARE(*breaker.waitAt(later + 1s), std::chrono::milliseconds(Breaker::Rest));
        const MonotonicTime again = later + 1s + Breaker::Rest;
        breaker.sentAt(again);
        breaker.abandoned();
        QVERIFY(breaker.allowsAt(again));
        breaker.sentAt(again);
        breaker.succeeded();
        QCOMPARE(int(breaker.stateAt(again)), int(State::Closed));
    }

    void everyModelHasItsOwn()
    {
        Breakers breakers;
        for (int i = 0; i < Breaker::Failures; ++i) {
            breakers.of(QStringLiteral("p"), QStringLiteral("a")).failedAt(t0);
        }
        QVERIFY(!breakers.of(QStringLiteral("p"), QStringLiteral("a")).allowsAt(t0));
        QVERIFY(breakers.of(QStringLiteral("p"), QStringLiteral("b")).allowsAt(t0));
        QVERIFY(breakers.of(QStringLiteral("q"), QStringLiteral("a")).allowsAt(t0));
    }
};

QTEST_GUILESS_MAIN(TestBreaker)
#include "tst_breaker.moc"
