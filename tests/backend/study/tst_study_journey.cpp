// SPDX-License-Identifier: GPL-3.0-or-later
#include "../client/Person.h"
#include "store/Database.h"
#include "store/ReviewStore.h"
#include "study/GuestWork.h"
#include "study/PracticeSession.h"
#include "study/ReviewSession.h"
#include "study/StudyLibrary.h"
#include "study/StudySync.h"
#include "sync/SyncEngine.h"

#include <QTemporaryDir>
#include <QTest>

/// Study before an account, sign in, and the academy knows: real files, real HTTP, a real database.
class TestStudyJourney : public QObject
{
    Q_OBJECT

    AcademyFixture m_academy;
    QTemporaryDir m_folder;
    const PackId m_pack {QStringLiteral("5c1d7a52-6f0b-4b6e-9a3e-2d9f64c7b8a1")};
    const UnitId m_unit {QStringLiteral("work-1")};

private Q_SLOTS:
    void initTestCase() { QVERIFY2(m_academy.start(), qPrintable(m_academy.problem())); }

    void aGuestsWorkReachesTheAcademyOnce()
    {
        Person ana(m_academy);
        Database guest(m_folder.filePath(QStringLiteral("guest.sqlite")));
        Learner learner {UserId(), DeviceId(QStringLiteral("laptop")), QTimeZone("Europe/Madrid"), 20};
        StudyLibrary library(guest, ana.clock, ana.random, learner);
        const auto open = library.open();
        AWAIT_OK(open);
        study(library);

        SIGN_IN(ana, Demo::student(7));
        const UserId owner = ana.session.user().id;
        const qsizetype reviewsBefore = rowsOf(ana, "review_logs");
        const qsizetype eventsBefore = rowsOf(ana, "study_events");
        const qint64 versionBefore = progressVersion(ana);
        Database own(m_folder.filePath(QStringLiteral("own.sqlite")));
        const auto adopted = adoptGuestWork(guest, own, owner, this);
        AWAIT_OK(adopted);
        QCOMPARE(*adopted.result(), 4);

        StudySync sync(ana.rest);
        SyncEngine engine(own, ana.session, ana.clock, ana.scheduler, ana.random);
        engine.registerUploader(QStringLiteral("review:"), &sync.reviews());
        engine.registerUploader(QStringLiteral("study:"), &sync.events());
        engine.poke();
        QTRY_COMPARE_WITH_TIMEOUT(queued(own), 0, 30'000);
        QCOMPARE(engine.status().quarantined, 0);

        QCOMPARE(rowsOf(ana, "review_logs"), reviewsBefore + 3);
        QCOMPARE(rowsOf(ana, "study_events"), eventsBefore + 1);
        QVERIFY(progressVersion(ana) > versionBefore);

        // The reply was lost and everything is sent again: nothing counts twice.
        const auto requeued = own.run<void>([owner](Connection& connection) -> Result<void> {
            const auto logs = connection.exec(QStringLiteral("UPDATE review_logs SET owner = ''"));
            return logs ? Result<void>() : Result<void>(logs.error());
        });
        AWAIT_OK(requeued);
        Database third(m_folder.filePath(QStringLiteral("third.sqlite")));
        const auto again = adoptGuestWork(own, third, owner, this);
        AWAIT_OK(again);
        SyncEngine second(third, ana.session, ana.clock, ana.scheduler, ana.random);
        second.registerUploader(QStringLiteral("review:"), &sync.reviews());
        second.poke();
        QTRY_COMPARE_WITH_TIMEOUT(queued(third), 0, 30'000);
        QCOMPARE(rowsOf(ana, "review_logs"), reviewsBefore + 3);
    }

private:
    /// Three reviews and one exercise.
    void study(StudyLibrary& library)
    {
        QObject owner;
        ReviewSession* reviews = library.review(m_pack, m_unit, &owner);
        reviews->start();
        for (int i = 0; i < 3; ++i) {
            [&] { QTRY_COMPARE(reviews->snapshot().phase, ReviewPhase::Asking); }();
            reviews->reveal();
            reviews->rate(Rating::Good);
            [&] { QTRY_COMPARE(reviews->snapshot().done, i + 1); }();
        }
        PracticeSession* practice = library.practice(m_pack, m_unit, &owner);
        practice->start();
        [&] { QTRY_COMPARE(practice->snapshot().phase, PracticePhase::Answering); }();
        practice->answer({{QStringLiteral("choice"), QStringLiteral("b")}});
        [&] { QTRY_COMPARE(practice->snapshot().phase, PracticePhase::Judged); }();
    }

    static qint64 queued(Database& database)
    {
        const auto count = database.read<qint64>([](Connection& connection) {
            return connection.integer(QStringLiteral("SELECT count(*) FROM outbox"));
        });
        [&] { QTRY_VERIFY(count.isFinished()); }();
        return count.result().valueOr(-1);
    }

    static qint64 progressVersion(Person& person)
    {
        const auto rows = person.rest.select(PostgrestQuery(QStringLiteral("course_progress"))
                                                 .eq(QStringLiteral("user_id"), person.session.user().id.toString()));
        [&] { QTRY_VERIFY(rows.isFinished()); }();
        return rows.result().ok() ? rows.result()->first().toObject().value(QStringLiteral("version")).toInteger() : -1;
    }

    static qsizetype rowsOf(Person& person, const char* table)
    {
        const auto rows = person.rest.select(PostgrestQuery(QString::fromLatin1(table)).select(QStringLiteral("id")));
        [&] { QTRY_VERIFY(rows.isFinished()); }();
        return rows.result().ok() ? rows.result()->size() : -1;
    }
};

QTEST_GUILESS_MAIN(TestStudyJourney)
#include "tst_study_journey.moc"
