// SPDX-License-Identifier: GPL-3.0-or-later
#include "StudyBench.h"

#include "store/ReviewStore.h"
#include "wire/Json.h"

#include <QSignalSpy>

using namespace std::chrono_literals;

class TestReviewSession : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }

    void aGuestReviewsWithNoNetwork()
    {
        StudyBench bench;
        QVERIFY(bench.open());
        QObject owner;
        ReviewSession* session = start(bench, &owner);
        const ReviewSnapshot first = session->snapshot();
        QCOMPARE(first.newLeft, 12);
        QCOMPARE(first.done, 0);
        QCOMPARE(first.card->phase, CardPhase::New);
        QCOMPARE(first.card->front.in(QStringLiteral("en")), QStringLiteral("apply for"));
        QVERIFY(!first.card->back.in(QStringLiteral("es")).isEmpty());
        QVERIFY(!first.card->example.isEmpty());
        QCOMPARE(first.card->nextIn[0], 60s);
        QCOMPARE(first.card->nextIn[1], 330s);
        QCOMPARE(first.card->nextIn[2], 600s);
        QVERIFY(first.card->nextIn[3] >= 24h * 5);

        session->rate(Rating::Good);
        QCOMPARE(session->snapshot().done, 0); // not revealed yet
        bench.time.advance(4s);
        rate(session, Rating::Good);
        QCOMPARE(session->snapshot().done, 1);
        QCOMPARE(session->snapshot().newLeft, 11);
        QCOMPARE(session->snapshot().learningLeft, 1);
        QVERIFY(session->snapshot().card->card != first.card->card);
    }

    void everyReviewIsKeptWithItsOutboxRow()
    {
        StudyBench bench;
        QVERIFY(bench.open());
        QSignalSpy kept(bench.library.get(), &StudyLibrary::workKept);
        QObject owner;
        ReviewSession* session = start(bench, &owner);
        bench.time.advance(2500ms);
        rate(session, Rating::Hard);
        QCOMPARE(kept.count(), 1);
        QCOMPARE(bench.ask<qint64>(QStringLiteral("SELECT count(*) FROM review_logs")), 1);
        QCOMPARE(bench.ask<QString>(QStringLiteral("SELECT lane FROM outbox")), QStringLiteral("review:guest"));
        QCOMPARE(bench.ask<QString>(QStringLiteral("SELECT owner FROM outbox")), QString());
        QCOMPARE(bench.ask<QString>(QStringLiteral("SELECT op_id FROM outbox")),
            bench.ask<QString>(QStringLiteral("SELECT id FROM review_logs")));
        const QJsonObject payload
            = parseJson(bench.ask<QString>(QStringLiteral("SELECT CAST(payload AS TEXT) FROM outbox")).toUtf8())
                  .value()
                  .toObject();
        QCOMPARE(payload[QStringLiteral("rating")].toInt(), 2);
        QCOMPARE(payload[QStringLiteral("elapsed_ms")].toInt(), 2500);
        QCOMPARE(payload[QStringLiteral("device")].toString(), QStringLiteral("laptop"));
        QCOMPARE(payload[QStringLiteral("seq")].toInt(), 1);
        QCOMPARE(payload[QStringLiteral("pack_id")].toString(), bench.pack.toString());
        QVERIFY(parseTimestamp(payload[QStringLiteral("reviewed_at")].toString()).ok());
        QTRY_COMPARE(bench.library->overview().reviewedToday, 1);
        QVERIFY(bench.library->overview().streak.studiedToday);
    }

    void aKilledProgramGoesOnWithTheRest()
    {
        StudyBench bench;
        QVERIFY(bench.open());
        CardId seen;
        {
            QObject owner;
            ReviewSession* session = start(bench, &owner);
            seen = session->snapshot().card->card;
            rate(session, Rating::Easy);
            session->reveal();
        }
        bench.restart();
        QVERIFY(bench.open());
        QObject owner;
        ReviewSession* session = start(bench, &owner);
        QCOMPARE(session->snapshot().newLeft, 11);
        QVERIFY(session->snapshot().card->card != seen);
    }

    void learningCardsComeBackAndTheSessionEnds()
    {
        StudyBench bench;
        bench.learner.newCardsPerDay = 2;
        bench.restart();
        QVERIFY(bench.open());
        QObject owner;
        ReviewSession* session = start(bench, &owner);
        int ratings = 0;
        while (session->snapshot().phase != ReviewPhase::Finished && ratings < 20) {
            bench.time.advance(1s);
            rate(session, Rating::Good);
            ++ratings;
        }
        QCOMPARE(ratings, 4); // two cards, two steps each, the second shown ahead of its time
        QCOMPARE(session->snapshot().newLeft, 0);
        QVERIFY(session->snapshot().nextDue.has_value());
        QTRY_COMPARE(bench.library->overview().newAvailable, 0);

        bench.time.advance(24h * 4);
        QVERIFY(awaited(bench.library->refresh()).ok());
        QCOMPARE(bench.library->overview().dueNow, 2);
        QCOMPARE(bench.library->overview().newAvailable, 2);
        session->resume();
        QCOMPARE(session->snapshot().phase, ReviewPhase::Asking);
        QCOMPARE(session->snapshot().card->phase, CardPhase::Review);
    }

    void aForgottenCardIsRelearnt()
    {
        StudyBench bench;
        bench.learner.newCardsPerDay = 1;
        bench.restart();
        QVERIFY(bench.open());
        QObject owner;
        ReviewSession* session = start(bench, &owner);
        rate(session, Rating::Easy);
        QCOMPARE(session->snapshot().phase, ReviewPhase::Finished);
        bench.time.advance(24h * 20);
        session->start();
        QTRY_COMPARE(session->snapshot().phase, ReviewPhase::Asking);
        QCOMPARE(session->snapshot().dueLeft, 1);
        rate(session, Rating::Again);
        QCOMPARE(bench.ask<qint64>(QStringLiteral("SELECT lapses FROM cards")), 1);
        QCOMPARE(bench.ask<qint64>(QStringLiteral("SELECT phase FROM cards")), int(CardPhase::Relearning));
    }

    void aFullDiskLosesNothing()
    {
        StudyBench bench;
        QVERIFY(bench.open());
        bool full = false;
        bench.restart([&full](QStringView sql) -> std::optional<Error> {
            if (full && sql.startsWith(QLatin1String("INSERT INTO outbox"))) {
                return Error {ErrorKind::Storage, QStringLiteral("store_full"), {}, {}};
            }
            return std::nullopt;
        });
        QVERIFY(bench.open());
        QObject owner;
        ReviewSession* session = start(bench, &owner);
        const CardId card = session->snapshot().card->card;
        full = true;
        session->reveal();
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("review not kept")));
        session->rate(Rating::Good);
        QTRY_VERIFY(session->snapshot().error.has_value());
        QCOMPARE(session->snapshot().error->code, QStringLiteral("store_full"));
        QCOMPARE(session->snapshot().phase, ReviewPhase::Revealed);
        QCOMPARE(session->snapshot().card->card, card);
        QCOMPARE(bench.ask<qint64>(QStringLiteral("SELECT count(*) FROM review_logs")), 0);
        full = false;
        rate(session, Rating::Good, false);
        QCOMPARE(session->snapshot().done, 1);
        QCOMPARE(bench.ask<qint64>(QStringLiteral("SELECT count(*) FROM review_logs")), 1);
    }

    void mergedLogsAreFoldedWhenTheLibraryOpens()
    {
        StudyBench bench;
        QVERIFY(bench.open());
        QObject owner;
        ReviewSession* session = start(bench, &owner);
        const CardId card = session->snapshot().card->card;
        rate(session, Rating::Good);

        ReviewLog other;
        other.id = ReviewId(QStringLiteral("11111111-2222-4333-8444-555555555555"));
        other.card = card;
        other.pack = bench.pack;
        other.rating = Rating::Again;
        other.reviewedAt = bench.time.wall() - 3h;
        other.device = DeviceId(QStringLiteral("phone"));
        other.seq = 9;
        for (int i = 0; i < 2; ++i) {
            QVERIFY(awaited(bench.database->run<bool>([other](Connection& connection) {
                return ReviewStore::insert(connection, other, UserId());
            })).ok());
        }
        QCOMPARE(bench.ask<qint64>(QStringLiteral("SELECT count(*) FROM review_logs")), 2);
        QVERIFY(bench.open());
        QCOMPARE(bench.ask<qint64>(QStringLiteral("SELECT reps FROM cards")), 2);

        const auto logs = awaited(bench.database->read<std::vector<ReviewLog>>(
            [card](Connection& connection) { return ReviewStore::logsOf(connection, card); }));
        const auto cards = awaited(bench.database->read<QHash<CardId, CardState>>(
            [&bench](Connection& connection) { return ReviewStore::cards(connection, bench.pack); }));
        QCOMPARE(cards->value(card), FsrsScheduler(bench.library->pack(bench.pack)->schedulingOf(
            bench.library->pack(bench.pack)->itemOf(card))).replay(*logs));
    }

    void logsCannotBeChanged()
    {
        StudyBench bench;
        QVERIFY(bench.open());
        QObject owner;
        rate(start(bench, &owner), Rating::Good);
        const auto changed = awaited(bench.database->run<int>([](Connection& connection) {
            return connection.exec(QStringLiteral("UPDATE review_logs SET rating = 4"));
        }));
        QVERIFY(!changed.ok());
        QCOMPARE(bench.ask<qint64>(QStringLiteral("SELECT rating FROM review_logs")), 3);
    }

private:
    static ReviewSession* start(StudyBench& bench, QObject* owner)
    {
        ReviewSession* session = bench.library->review(bench.pack, bench.unit, owner);
        session->start();
        [&] { QTRY_COMPARE(session->snapshot().phase, ReviewPhase::Asking); }();
        return session;
    }

    static void rate(ReviewSession* session, Rating rating, bool reveal = true)
    {
        if (reveal) {
            session->reveal();
        }
        const int before = session->snapshot().done;
        session->rate(rating);
        [&] { QTRY_COMPARE(session->snapshot().done, before + 1); }();
    }
};

QTEST_GUILESS_MAIN(TestReviewSession)
#include "tst_reviewsession.moc"
