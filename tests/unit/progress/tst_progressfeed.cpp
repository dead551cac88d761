// SPDX-License-Identifier: GPL-3.0-or-later
#include "progress/RealtimeProgressManager.h"
#include "supabase/RestClient.h"
#include "unit/supabase/RealtimeWorld.h"

#include <QSignalSpy>

using namespace std::chrono_literals;

class TestProgressFeed : public QObject
{
    Q_OBJECT

    struct World : RealtimeWorld
    {
        RestClient rest {project, http, auth, time};
        RealtimeProgressManager progress {*client, rest, nullptr, time, time, random, {}};

        FakeHttpClient::Expectation& expectReading()
        {
            return http.expect("GET", "/rest/v1/course_progress?user_id=eq.u1&limit=500&order=course_id.asc");
        }
        static QJsonArray row(int version)
        {
            return {QJsonObject {{QStringLiteral("user_id"), QStringLiteral("u1")},
                {QStringLiteral("course_id"), QStringLiteral("c1")}, {QStringLiteral("overall"), 40},
                {QStringLiteral("version"), version}}};
        }
        static void settle()
        {
            for (int i = 0; i < 20; ++i) {
                QCoreApplication::processEvents();
            }
        }
    };

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }

    void aReadingThatFailsIsTriedUntilItWorks()
    {
        World w;
        w.signIn();
        w.expectReading().reply(200, World::row(1));
        const auto subscription = w.progress.subscribeToUserProgress(UserId(QStringLiteral("u1")));
        QSignalSpy failed(subscription.get(), &ProgressSubscription::failed);
        World::settle();
        QVERIFY(!w.progress.isBehind());

        // What a change or a gap asks for fails again and again.
        w.expectReading().reply(503, QJsonObject());
        w.progress.refresh();
        World::settle();
        QVERIFY(w.progress.isBehind());
        w.expectReading().fail(Error {ErrorKind::Timeout, QStringLiteral("timeout"), {}, {}});
        w.time.advance(1s);
        World::settle();
        QVERIFY(w.http.isSatisfied());
        w.expectReading().reply(504, QJsonObject());
        w.time.advance(2s);
        World::settle();
        QCOMPARE(failed.size(), 3);
        QVERIFY(w.progress.isBehind());
        QCOMPARE(subscription->latest().first().version, 1);

        w.expectReading().reply(200, World::row(2));
        w.time.advance(4s);
        World::settle();
        QVERIFY(w.http.isSatisfied());
        QVERIFY(!w.progress.isBehind());
        QCOMPARE(subscription->latest().first().version, 2);
        const int asked = w.http.requestCount();
        w.time.advance(10min);
        World::settle();
        QCOMPARE(w.http.requestCount(), asked);
    }

    void askedWhileReadingItReadsOnceMore()
    {
        World w;
        w.signIn();
        w.expectReading().hold();
        const auto subscription = w.progress.subscribeToUserProgress(UserId(QStringLiteral("u1")));
        World::settle();
        w.progress.refresh();
        w.progress.refresh();
        World::settle();
        QCOMPARE(w.http.heldCount(), 1);
        w.expectReading().reply(200, World::row(2));
        w.http.answerHeld(200, World::row(1));
        World::settle();
        QVERIFY(w.http.isSatisfied());
        QCOMPARE(subscription->latest().first().version, 2);
    }

    /// A whole course may have more rows than a server gives at once.
    void allPagesAreRead()
    {
        World w;
        w.signIn();
        const auto page = [](int from, int count) {
            QJsonArray rows;
            for (int i = from; i < from + count; ++i) {
                rows.append(QJsonObject {{QStringLiteral("user_id"), QStringLiteral("u%1").arg(i, 4, 10, QLatin1Char('0'))},
                    {QStringLiteral("course_id"), QStringLiteral("c1")}, {QStringLiteral("overall"), 40}, {QStringLiteral("version"), 1}});
            }
            return rows;
        };
        const QByteArray all = "/rest/v1/course_progress?course_id=eq.c1";
        const QByteArray paged = "&limit=500&order=user_id.asc";
        w.http.expect("GET", all + paged).reply(200, page(0, 500));
        w.http.expect("GET", all + "&user_id=gt.u0499" + paged).reply(200, page(500, 500));
        w.http.expect("GET", all + "&user_id=gt.u0999" + paged).reply(200, page(1000, 3));
        const auto subscription = w.progress.subscribeToCourseProgress(CourseId(QStringLiteral("c1")));
        World::settle();
        QVERIFY(w.http.isSatisfied());
        QVERIFY(!w.progress.isBehind());
        QCOMPARE(subscription->latest().size(), 1003);
    }

    void nobodyIsAskedOnceTheSubscriptionIsGone()
    {
        World w;
        w.signIn();
        w.expectReading().reply(503, QJsonObject());
        auto subscription = w.progress.subscribeToUserProgress(UserId(QStringLiteral("u1")));
        World::settle();
        QVERIFY(w.progress.isBehind());
        subscription.reset();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        QVERIFY(!w.progress.isBehind());
        w.time.advance(1min);
        World::settle();
    }
};

QTEST_GUILESS_MAIN(TestProgressFeed)
#include "tst_progressfeed.moc"
