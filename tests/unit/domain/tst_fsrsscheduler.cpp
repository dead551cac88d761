// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/FsrsScheduler.h"

#include "base/Random.h"

#include <QTest>

#include <algorithm>

using namespace std::chrono_literals;
using std::chrono::days;

namespace {

const CardId card(QStringLiteral("pack/word"));
const WallTime start {std::chrono::seconds(1'795'000'000)};

FsrsScheduler plainScheduler()
{
    FsrsOptions options;
    options.fuzz = false;
    return FsrsScheduler(options);
}

/// Reviews of one card by several devices; some moments coincide.
std::vector<ReviewLog> randomLogs(RandomSource& random, int count)
{
    std::vector<ReviewLog> logs;
    WallTime at = start;
    for (int i = 0; i < count; ++i) {
        at += std::chrono::seconds(random.below(4) == 0 ? 0 : qint64(random.below(20 * 86'400)));
        ReviewLog log;
        log.id = ReviewId(random.uuid());
        log.card = card;
        log.rating = static_cast<Rating>(1 + int(random.below(4)));
        log.reviewedAt = at;
        log.device = DeviceId(QStringLiteral("device-%1").arg(random.below(3)));
        log.seq = i;
        logs.push_back(log);
    }
    return logs;
}

void shuffle(std::vector<ReviewLog>& logs, RandomSource& random)
{
    for (std::size_t i = logs.size(); i > 1; --i) {
        std::swap(logs[i - 1], logs[std::size_t(random.below(i))]);
    }
}

} // namespace

class TestFsrsScheduler : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }

    void publishedIntervals()
    {
        const FsrsScheduler scheduler = plainScheduler();
        const QList<int> ratings {3, 3, 3, 3, 3, 3, 1, 1, 3, 3, 3, 3, 3};
        const QList<int> expected {0, 2, 11, 46, 163, 498, 0, 0, 2, 4, 7, 12, 21};
        CardState state;
        WallTime at = start;
        QList<int> scheduled;
        for (const int rating : ratings) {
            state = scheduler.review(state, card, static_cast<Rating>(rating), at);
            scheduled.append(state.scheduledDays);
            at = state.due;
        }
        QCOMPARE(scheduled, expected);
        QCOMPARE(state.reps, 13);
        QCOMPARE(state.lapses, 1);
    }

    void aNewCardWalksTheLearningSteps_data()
    {
        QTest::addColumn<QList<int>>("ratings");
        QTest::addColumn<int>("phase");
        QTest::addColumn<qint64>("wait");
        const auto learning = int(CardPhase::Learning);
        const auto review = int(CardPhase::Review);
        QTest::newRow("Again starts over") << QList<int> {1} << learning << qint64(60);
        QTest::newRow("Hard waits between the two steps") << QList<int> {2} << learning << qint64(330);
        QTest::newRow("Good goes to the second step") << QList<int> {3} << learning << qint64(600);
        QTest::newRow("Easy graduates") << QList<int> {4} << review << qint64(8 * 86'400);
        QTest::newRow("Hard on the second step repeats it") << QList<int> {3, 2} << learning << qint64(600);
        QTest::newRow("Again on the second step") << QList<int> {3, 1} << learning << qint64(60);
        QTest::newRow("two Goods graduate") << QList<int> {3, 3} << review << qint64(2 * 86'400);
    }
    void aNewCardWalksTheLearningSteps()
    {
        QFETCH(QList<int>, ratings);
        QFETCH(int, phase);
        QFETCH(qint64, wait);
        const FsrsScheduler scheduler = plainScheduler();
        CardState state;
        WallTime at = start;
        for (const int rating : ratings) {
            at = state.phase == CardPhase::New ? start : state.due;
            state = scheduler.review(state, card, static_cast<Rating>(rating), at);
        }
        QCOMPARE(int(state.phase), phase);
        QCOMPARE(std::chrono::duration_cast<std::chrono::seconds>(state.due - at).count(), wait);
    }

    void aSingleStepMakesHardHalfAsLongAgain()
    {
        FsrsOptions options;
        options.fuzz = false;
        options.learningSteps = {10min};
        const CardState state = FsrsScheduler(options).review({}, card, Rating::Hard, start);
        QCOMPARE(state.phase, CardPhase::Learning);
        QCOMPARE(state.due - start, WallTime::duration(15min));
    }

    void withoutStepsEveryRatingSchedulesDays()
    {
        FsrsOptions options;
        options.fuzz = false;
        options.learningSteps.clear();
        options.relearningSteps.clear();
        const FsrsScheduler scheduler(options);
        for (const auto rating : {Rating::Again, Rating::Hard, Rating::Good, Rating::Easy}) {
            const CardState fresh = scheduler.review({}, card, rating, start);
            QCOMPARE(fresh.phase, CardPhase::Review);
            QVERIFY(fresh.scheduledDays >= 1);
        }
        CardState known = scheduler.review({}, card, Rating::Easy, start);
        known = scheduler.review(known, card, Rating::Again, known.due);
        QCOMPARE(known.phase, CardPhase::Review);
        QCOMPARE(known.lapses, 1);
    }

    void theMaximumIntervalHolds()
    {
        FsrsOptions options;
        options.maximumInterval = 30;
        const FsrsScheduler scheduler(options);
        CardState state;
        WallTime at = start;
        for (int i = 0; i < 12; ++i) {
            state = scheduler.review(state, card, Rating::Easy, at);
            QVERIFY(state.scheduledDays <= 30);
            at = state.due;
        }
        QVERIFY(state.scheduledDays > 20);
    }

    void fuzzNeverShortensAnIntervalThatGrew()
    {
        const FsrsScheduler scheduler;
        for (int i = 0; i < 300; ++i) {
            const CardId id(QStringLiteral("card-%1").arg(i));
            CardState state = scheduler.review({}, id, Rating::Easy, start);
            for (int n = 0; n < 5; ++n) {
                const CardState next = scheduler.review(state, id, Rating::Good, state.due);
                QVERIFY(next.scheduledDays > state.scheduledDays);
                state = next;
            }
        }
    }

    void thePreviewIsWhatHappens()
    {
        const FsrsScheduler scheduler;
        RandomSource&& random = SeededRandom(7);
        CardState state;
        WallTime at = start;
        for (int i = 0; i < 40; ++i) {
            const auto preview = scheduler.preview(state, card, at);
            const auto rating = static_cast<Rating>(1 + int(random.below(4)));
            state = scheduler.review(state, card, rating, at);
            QCOMPARE(state, preview[std::size_t(rating) - 1]);
            at = state.due + std::chrono::seconds(random.below(100'000));
        }
    }

    void shuffledLogsOfSeveralDevicesGiveOneState()
    {
        const FsrsScheduler scheduler;
        for (quint64 seed = 1; seed <= 200; ++seed) {
            SeededRandom random(seed);
            std::vector<ReviewLog> logs = randomLogs(random, 1 + int(random.below(40)));
            const CardState expected = scheduler.replay(logs);
            for (int round = 0; round < 5; ++round) {
                shuffle(logs, random);
                QVERIFY2(scheduler.replay(logs) == expected, qPrintable(QStringLiteral("seed %1").arg(seed)));
            }
        }
    }

    void aUnionWithRepeatedLogsChangesNothing()
    {
        const FsrsScheduler scheduler;
        for (quint64 seed = 1; seed <= 100; ++seed) {
            SeededRandom random(seed);
            const std::vector<ReviewLog> logs = randomLogs(random, 30);
            std::vector<ReviewLog> one(logs.begin(), logs.begin() + 20);
            std::vector<ReviewLog> other(logs.begin() + 10, logs.end());
            std::vector<ReviewLog> merged = other;
            merged.insert(merged.end(), one.begin(), one.end());
            shuffle(merged, random);
            QVERIFY2(scheduler.replay(merged) == scheduler.replay(logs),
                qPrintable(QStringLiteral("seed %1").arg(seed)));
        }
    }

    void foldingStepByStepIsFoldingAtOnce()
    {
        const FsrsScheduler scheduler;
        SeededRandom random(99);
        std::vector<ReviewLog> logs = randomLogs(random, 60);
        for (std::size_t i = 0; i < logs.size(); ++i) {
            logs[i].reviewedAt = start + std::chrono::hours(7 * qint64(i));
        }
        CardState state;
        for (const ReviewLog& log : logs) {
            state = scheduler.review(state, log.card, log.rating, log.reviewedAt);
        }
        QCOMPARE(scheduler.replay(logs), state);
    }

    void noLogsMeanANewCard() { QCOMPARE(FsrsScheduler().replay({}), CardState()); }

    void aClockThatWentBackCountsAsTheSameDay()
    {
        const FsrsScheduler scheduler = plainScheduler();
        const CardState known = scheduler.review({}, card, Rating::Easy, start);
        const CardState earlier = scheduler.review(known, card, Rating::Good, start - days(3));
        const CardState sameTime = scheduler.review(known, card, Rating::Good, start);
        QCOMPARE(earlier.memory, sameTime.memory);
    }
};

QTEST_GUILESS_MAIN(TestFsrsScheduler)
#include "tst_fsrsscheduler.moc"
