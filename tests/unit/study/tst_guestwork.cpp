// SPDX-License-Identifier: GPL-3.0-or-later
#include "StudyBench.h"

#include "study/GuestWork.h"

class TestGuestWork : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }

    void aGuestsWorkMovesToTheAccount()
    {
        StudyBench guest;
        study(guest);
        StudyBench account;
        const UserId owner(QStringLiteral("33333333-0000-4000-8000-000000000001"));
        account.learner.owner = owner;
        account.restart();

        const auto adopted = awaited(adoptGuestWork(*guest.database, *account.database, owner, this));
        QCOMPARE(adopted.value(), 3);
        QVERIFY(account.open());
        QCOMPARE(account.library->overview().reviewedToday, 2);
        QCOMPARE(account.ask<qint64>(QStringLiteral("SELECT count(*) FROM cards")), 2);
        QCOMPARE(account.ask<qint64>(QStringLiteral("SELECT count(*) FROM outbox WHERE owner = '%1' AND lane = 'review:%1'").arg(owner.toString())), 2);
        QCOMPARE(account.ask<qint64>(QStringLiteral("SELECT count(*) FROM outbox WHERE owner = '%1' AND lane = 'study:%1'").arg(owner.toString())), 1);
        QCOMPARE(account.ask<qint64>(QStringLiteral("SELECT count(*) FROM review_logs WHERE owner = '%1'").arg(owner.toString())), 2);
        QCOMPARE(guest.ask<qint64>(QStringLiteral("SELECT count(*) FROM outbox")), 0);
        QCOMPARE(guest.ask<qint64>(QStringLiteral("SELECT count(*) FROM review_logs WHERE owner = ''")), 0);
        QCOMPARE(guest.ask<qint64>(QStringLiteral("SELECT count(*) FROM review_logs")), 2);
    }

    void adoptingAgainAddsNothing()
    {
        StudyBench guest;
        study(guest);
        StudyBench account;
        const UserId owner(QStringLiteral("owner"));
        QCOMPARE(awaited(adoptGuestWork(*guest.database, *account.database, owner, this)).value(), 3);
        QCOMPARE(awaited(adoptGuestWork(*guest.database, *account.database, owner, this)).value(), 0);
        QCOMPARE(account.ask<qint64>(QStringLiteral("SELECT count(*) FROM outbox")), 3);
    }

    void aCrashBetweenTheTwoFilesIsRepaired()
    {
        StudyBench guest;
        study(guest);
        StudyBench account;
        const UserId owner(QStringLiteral("owner"));
        guest.restart([](QStringView sql) -> std::optional<Error> {
            if (sql.startsWith(QLatin1String("UPDATE review_logs SET owner"))) {
                return Error {ErrorKind::Storage, QStringLiteral("store_failed"), {}, {}};
            }
            return std::nullopt;
        });
        QVERIFY(!awaited(adoptGuestWork(*guest.database, *account.database, owner, this)).ok());
        QCOMPARE(account.ask<qint64>(QStringLiteral("SELECT count(*) FROM review_logs")), 2);
        QCOMPARE(guest.ask<qint64>(QStringLiteral("SELECT count(*) FROM outbox")), 3);

        guest.restart();
        QCOMPARE(awaited(adoptGuestWork(*guest.database, *account.database, owner, this)).value(), 0);
        QCOMPARE(account.ask<qint64>(QStringLiteral("SELECT count(*) FROM outbox")), 3);
        QCOMPARE(guest.ask<qint64>(QStringLiteral("SELECT count(*) FROM outbox")), 0);
    }

    void nothingStudiedNothingAdopted()
    {
        StudyBench guest;
        StudyBench account;
        QCOMPARE(awaited(adoptGuestWork(*guest.database, *account.database, UserId(QStringLiteral("x")), this)).value(), 0);
    }

private:
    /// Two reviews and one exercise.
    static void study(StudyBench& bench)
    {
        [&] { QVERIFY(bench.open()); }();
        QObject owner;
        ReviewSession* reviews = bench.library->review(bench.pack, bench.unit, &owner);
        reviews->start();
        for (int i = 0; i < 2; ++i) {
            [&] { QTRY_COMPARE(reviews->snapshot().phase, ReviewPhase::Asking); }();
            reviews->reveal();
            reviews->rate(Rating::Good);
            [&] { QTRY_COMPARE(reviews->snapshot().done, i + 1); }();
        }
        PracticeSession* practice = bench.library->practice(bench.pack, bench.unit, &owner);
        practice->start();
        [&] { QTRY_COMPARE(practice->snapshot().phase, PracticePhase::Answering); }();
        practice->showSolution();
        [&] { QTRY_COMPARE(practice->snapshot().phase, PracticePhase::Judged); }();
    }
};

QTEST_GUILESS_MAIN(TestGuestWork)
#include "tst_guestwork.moc"
