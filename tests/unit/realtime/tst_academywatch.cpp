// SPDX-License-Identifier: GPL-3.0-or-later
#include "realtime/AcademyWatch.h"
#include "support/FakeScheduler.h"

#include <QCoreApplication>
#include <QSignalSpy>
#include <QTest>

using namespace std::chrono_literals;

namespace {

/// An academy that answers, refuses, says 503 or says nothing.
class Line final : public HttpClient
{
public:
    enum class Way { Answers, Refuses, Gateway, Silent };

    Async<HttpResponse> send(const HttpRequest& request) override
    {
        asked.append(request.url.path());
        ++sent;
        switch (way) {
        case Way::Answers:
            return readyAsync<HttpResponse>(HttpResponse {200, {}, "{}"});
        case Way::Gateway:
            return readyAsync<HttpResponse>(HttpResponse {503, {}, {}});
        case Way::Refuses:
            return readyAsync<HttpResponse>(Error {ErrorKind::Offline, QStringLiteral("refused"), {}, {}});
        case Way::Silent:
            break;
        }
        silent = AsyncPromise<HttpResponse>();
        return silent.future();
    }
    quint64 sentCount() const override { return sent; }
    void renewConnections(quint64 given) override { renewed.append(given); }

    Way way = Way::Answers;
    QStringList asked;
    quint64 sent = 0;
    QList<quint64> renewed;
    AsyncPromise<HttpResponse> silent;
};

} // namespace

class TestAcademyWatch : public QObject
{
    Q_OBJECT

    FakeScheduler m_time;
    bool m_urgent = false;

    std::unique_ptr<AcademyWatch> watch(HttpClient& http, RandomSource& random)
    {
        return std::make_unique<AcademyWatch>(Project {QUrl(QStringLiteral("http://academy.example")), QStringLiteral("k")},
            http, m_time, m_time, random, [this] { return m_urgent; });
    }

    void pass(std::chrono::milliseconds by)
    {
        const auto step = by > 1min ? 200ms : 50ms;
        for (; by > 0ms; by -= step) {
            m_time.advance(step);
            for (int i = 0; i < 2; ++i) {
                QCoreApplication::processEvents();
            }
        }
    }

private Q_SLOTS:
    void init() { m_urgent = false; }

    void restsUntilSomebodySuspects()
    {
        Line line;
        SeededRandom random(1);
        const auto watch = this->watch(line, random);
        watch->askNow();
        pass(60s);
        QVERIFY(line.asked.isEmpty());
        QVERIFY(!watch->isAway());
    }

    void tellsWithinTwoSecondsAndALittle_data()
    {
        QTest::addColumn<quint64>("seed");
        for (quint64 seed = 1; seed <= 20; ++seed) {
            QTest::addRow("seed %llu", static_cast<unsigned long long>(seed)) << seed;
        }
    }
    void tellsWithinTwoSecondsAndALittle()
    {
        QFETCH(quint64, seed);
        Line line;
        line.way = seed % 2 == 0 ? Line::Way::Refuses : Line::Way::Gateway;
        SeededRandom random(seed);
        m_urgent = seed > 10;
        const auto watch = this->watch(line, random);
        QSignalSpy back(watch.get(), &AcademyWatch::back);
        watch->suspect();
        watch->suspect();
        pass(m_urgent ? 4min : 90s);
        QCOMPARE(back.size(), 0);
        QVERIFY(watch->isAway());
        QCOMPARE(line.asked.first(), QStringLiteral("/auth/v1/health"));
        const auto asked = line.asked.size();
        QVERIFY(asked <= (m_urgent ? 240 : 90) + 1);
        QVERIFY(asked >= (m_urgent ? 105 : 39));
        line.way = Line::Way::Answers;
        pass(2050ms);
        QCOMPARE(back.size(), 1);
        QVERIFY(!watch->isAway());
        pass(10min);
        QCOMPARE(back.size(), 1);
        QCOMPARE(line.asked.size(), asked + 1);
    }

    void patienceGrowsWhenNobodyWaits()
    {
        Line line;
        line.way = Line::Way::Refuses;
        SeededRandom random(3);
        const auto watch = this->watch(line, random);
        watch->suspect();
        pass(30min);
        const auto before = line.asked.size();
        pass(10min);
        QVERIFY(line.asked.size() - before <= 40);
        QVERIFY(line.asked.size() - before >= 19);
        // A sign of life ends the wait.
        QSignalSpy back(watch.get(), &AcademyWatch::back);
        line.way = Line::Way::Answers;
        watch->askNow();
        pass(300ms);
        QCOMPARE(back.size(), 1);
    }

    void deadConnectionsAreGivenUp()
    {
        Line line;
        line.way = Line::Way::Silent;
        SeededRandom random(4);
        const auto watch = this->watch(line, random);
        QSignalSpy back(watch.get(), &AcademyWatch::back);
        line.sent = 7; // requests of others that wait for an answer
        watch->suspect();
        pass(600ms);
        QCOMPARE(line.asked.size(), 1);
        line.silent.resolve(Error {ErrorKind::Timeout, QStringLiteral("http_timeout"), {}, {}});
        line.way = Line::Way::Answers;
        pass(2500ms);
        QCOMPARE(back.size(), 1);
        // New connections at once; those of before the silence only when there is an answer.
        QCOMPARE(line.renewed, QList<quint64>({0, 7}));
    }

    void whoFailsThoughTheAcademyAnswersIsEncouragedNowAndThen()
    {
        Line line;
        SeededRandom random(5);
        const auto watch = this->watch(line, random);
        QSignalSpy back(watch.get(), &AcademyWatch::back);
        for (int i = 0; i < 90; ++i) {
            watch->suspect();
            pass(1s);
        }
        QVERIFY(back.size() >= 2);
        QVERIFY(back.size() <= 4);
        QVERIFY(line.renewed.isEmpty());
    }

    void restForgetsAndTheLateAnswerIsNone()
    {
        Line line;
        line.way = Line::Way::Silent;
        SeededRandom random(6);
        auto watch = this->watch(line, random);
        QSignalSpy back(watch.get(), &AcademyWatch::back);
        watch->suspect();
        pass(600ms);
        watch->rest();
        line.silent.resolve(HttpResponse {200, {}, {}});
        pass(60s);
        QCOMPARE(back.size(), 0);
        QCOMPARE(line.asked.size(), 1);
        // An answer after the end reaches nobody.
        watch->suspect();
        pass(600ms);
        watch.reset();
        line.silent.resolve(HttpResponse {200, {}, {}});
        pass(1s);
    }
};

QTEST_GUILESS_MAIN(TestAcademyWatch)
#include "tst_academywatch.moc"
