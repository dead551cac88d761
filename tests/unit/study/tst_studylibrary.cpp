// SPDX-License-Identifier: GPL-3.0-or-later
#include "StudyBench.h"

#include "support/ZipFile.h"

#include <QSignalSpy>

namespace {

QByteArray shippedManifest()
{
    QFile file(QString::fromLocal8Bit(qgetenv("NEOLINGUS_SOURCE_DIR"))
        + QStringLiteral("/resources/packs/english-b1-b2-work-and-travel/pack.json"));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QByteArray archiveOfVersion(const char* version)
{
    QByteArray manifest = shippedManifest();
    manifest.replace("\"version\": \"1.0.0\"", QByteArray("\"version\": \"") + version + '"');
    return zipOf({{QStringLiteral("pack.json"), manifest}});
}

} // namespace

class TestStudyLibrary : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }

    void theFirstStartHasSomethingToStudy()
    {
        StudyBench bench;
        QSignalSpy changed(bench.library.get(), &StudyLibrary::changed);
        QVERIFY(!bench.library->isOpen());
        QVERIFY(bench.open());
        QVERIFY(bench.library->isOpen());
        QVERIFY(changed.count() >= 1);
        QCOMPARE(bench.library->packs().size(), 1);
        const PackSummary pack = bench.library->packs().first();
        QCOMPARE(pack.id, bench.pack);
        QCOMPARE(pack.cards, 48);
        QCOMPARE(pack.exams, 1);
        const auto units = bench.library->units(bench.pack);
        QCOMPARE(units.size(), 4);
        QCOMPARE(units[0].unit, bench.unit);
        QCOMPARE(units[0].cards, 12);
        QCOMPARE(units[0].newCards, 12);
        QCOMPARE(units[0].due, 0);
        QVERIFY(units[0].notes >= 1);
        QVERIFY(units[0].exercises >= 5);
        const StudyOverview overview = bench.library->overview();
        QCOMPARE(overview.newAvailable, 20);
        QCOMPARE(overview.dueNow, 0);
        QCOMPARE(overview.streak, Streak());
        QCOMPARE(overview.forecast.size(), std::size_t(14));
    }

    void aSecondStartInstallsNothingAgain()
    {
        StudyBench bench;
        QVERIFY(bench.open());
        const auto installed = bench.ask<qint64>(QStringLiteral("SELECT installed_at FROM packs"));
        bench.restart();
        bench.time.advance(std::chrono::hours(5));
        QVERIFY(bench.open());
        QCOMPARE(bench.library->packs().size(), 1);
        QCOMPARE(bench.ask<qint64>(QStringLiteral("SELECT installed_at FROM packs")), installed);
        QCOMPARE(bench.ask<qint64>(QStringLiteral("SELECT count(*) FROM pack_search")),
            bench.ask<qint64>(QStringLiteral("SELECT count(*) FROM pack_texts")));
    }

    void aNewerVersionReplacesAnOlderOne()
    {
        StudyBench bench;
        QVERIFY(bench.open());
        const auto older = awaited(bench.library->install(archiveOfVersion("0.9.0")));
        QCOMPARE(older.error().code, QStringLiteral("pack_older"));
        QCOMPARE(awaited(bench.library->install(archiveOfVersion("1.0.0"))).error().kind, ErrorKind::Conflict);
        const auto newer = awaited(bench.library->install(archiveOfVersion("1.10.0")));
        QVERIFY(newer.ok());
        QCOMPARE(bench.library->packs().size(), 1);
        QCOMPARE(bench.library->packs().first().version, QStringLiteral("1.10.0"));
        bench.restart();
        QVERIFY(bench.open());
        QCOMPARE(bench.library->packs().first().version, QStringLiteral("1.10.0"));
    }

    void aMalformedPackIsExplainedAndChangesNothing()
    {
        StudyBench bench;
        QVERIFY(bench.open());
        const auto broken = awaited(bench.library->install(QByteArray("not a pack")));
        QCOMPARE(broken.error().code, QStringLiteral("pack_not_zip"));
        QCOMPARE(bench.library->packs().size(), 1);
        QVERIFY(bench.library->pack(bench.pack) != nullptr);
    }

    void unknownPacksHaveNoSessions()
    {
        StudyBench bench;
        QVERIFY(bench.open());
        const PackId nowhere(QStringLiteral("nowhere"));
        QVERIFY(bench.library->review(nowhere, {}, this) == nullptr);
        QVERIFY(bench.library->practice(nowhere, {}, this) == nullptr);
        QVERIFY(bench.library->mockExam(bench.pack, MockExamId(QStringLiteral("nothing")), this) == nullptr);
        QVERIFY(bench.library->units(nowhere).isEmpty());
    }

    void theLearnersDayBeginsAtTheLearnersMidnight()
    {
        const Learner learner {UserId(), DeviceId(), QTimeZone("Europe/Madrid"), 20};
        // 2026-11-23 23:30 UTC is half past midnight of the 24th in Madrid.
        const WallTime late(std::chrono::seconds(1'795'477'800 - 1'800));
        const WallTime start = learner.dayStart(late + std::chrono::hours(1));
        QVERIFY(start <= late + std::chrono::hours(1));
        QCOMPARE(studyDay(learner.moment(start)), studyDay(learner.moment(late + std::chrono::hours(1))));
        QVERIFY(studyDay(learner.moment(start - std::chrono::seconds(1))) != studyDay(learner.moment(start)));
    }
};

QTEST_GUILESS_MAIN(TestStudyLibrary)
#include "tst_studylibrary.moc"
