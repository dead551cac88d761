// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/Fsrs.h"
#include "domain/FsrsFuzz.h"

#include <QTest>

#include <cmath>
#include <vector>

namespace {

constexpr double tolerance = 1e-4;

struct Step
{
    int rating;
    double days;
    double stability;
    double difficulty;
};

const std::vector<double> frozenWeights {0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001,
    1.8722, 0.1666, 0.796, 1.4835, 0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0, 0, 0, 0.1542};

const std::vector<double> fsrs5Weights {0.6845422, 1.6790825, 4.7349424, 10.042885, 7.4410233,
    0.64219797, 1.071918, 0.0025195254, 1.432437, 0.1544, 0.8692766, 2.0696752, 0.0953, 0.2975,
    2.4691248, 0.19542035, 3.201072, 0.18046261, 0.121442534};

Fsrs modelOf(const std::vector<double>& weights)
{
    return Fsrs(weights.empty() ? FsrsWeights() : FsrsWeights::fromValues(weights).value());
}

#define COMPARE_NEAR(actual, expected, within)                                                           \
    QVERIFY2(std::abs((actual) - (expected)) <= (within),                                                \
        qPrintable(QStringLiteral("%1 instead of %2").arg(actual, 0, 'f', 8).arg(expected, 0, 'f', 8)))

} // namespace

class TestFsrs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }

    void sequences_data()
    {
        QTest::addColumn<QList<double>>("weights");
        QTest::addColumn<QList<QList<double>>>("steps");

        const QList<double> published;
        QTest::newRow("default weights, same-day review counts")
            << published
            << QList<QList<double>> {{1, 0, 0.212, 6.4133}, {3, 0, 0.246689, 6.402115},
                   {3, 1, 2.021477, 6.390941}, {3, 3, 7.863699, 6.379779}, {3, 8, 21.917713, 6.368627},
                   {3, 21, 53.626903, 6.357487}};
        QTest::newRow("short-term weights at zero leave same-day reviews without effect")
            << QList<double>(frozenWeights.begin(), frozenWeights.end())
            << QList<QList<double>> {{1, 0, 0.212, 6.4133}, {3, 0, 0.212, 6.402115},
                   {3, 1, 1.890872, 6.390941}, {3, 3, 7.658757, 6.379779}, {3, 8, 21.66693, 6.368627},
                   {3, 21, 53.335064, 6.357487}};
        QTest::newRow("nineteen weights of FSRS-5 are migrated")
            << QList<double>(fsrs5Weights.begin(), fsrs5Weights.end())
            << QList<QList<double>> {{1, 0, 0.684542, 7.441023}, {3, 1, 2.052893, 7.426244},
                   {3, 3, 5.531874, 7.411501}, {3, 8, 13.537664, 7.396796}, {3, 21, 31.722978, 7.382127}};
        QTest::newRow("nineteen weights, Again at last")
            << QList<double>(fsrs5Weights.begin(), fsrs5Weights.end())
            << QList<QList<double>> {{1, 0, 0.684542, 7.441023}, {3, 1, 2.052893, 7.426244},
                   {3, 3, 5.531874, 7.411501}, {3, 8, 13.537664, 7.396796}, {1, 21, 2.9691455, 8.000659}};
        QTest::newRow("nineteen weights, Hard at last")
            << QList<double>(fsrs5Weights.begin(), fsrs5Weights.end())
            << QList<QList<double>> {{1, 0, 0.684542, 7.441023}, {3, 1, 2.052893, 7.426244},
                   {3, 3, 5.531874, 7.411501}, {3, 8, 13.537664, 7.396796}, {2, 21, 17.091452, 7.6913934}};
        QTest::newRow("nineteen weights, Easy at last")
            << QList<double>(fsrs5Weights.begin(), fsrs5Weights.end())
            << QList<QList<double>> {{1, 0, 0.684542, 7.441023}, {3, 1, 2.052893, 7.426244},
                   {3, 3, 5.531874, 7.411501}, {3, 8, 13.537664, 7.396796}, {4, 21, 71.7502, 7.0728626}};
    }
    void sequences()
    {
        QFETCH(QList<double>, weights);
        QFETCH(QList<QList<double>>, steps);
        const Fsrs model = modelOf(std::vector<double>(weights.begin(), weights.end()));
        MemoryState memory;
        bool isFirst = true;
        for (const QList<double>& step : steps) {
            const auto rating = static_cast<Rating>(int(step[0]));
            memory = isFirst ? model.first(rating) : model.next(memory, rating, step[1]);
            isFirst = false;
            COMPARE_NEAR(memory.stability, step[2], tolerance);
            COMPARE_NEAR(memory.difficulty, step[3], tolerance);
        }
    }

    void theFirstReview()
    {
        const Fsrs model;
        const std::array<Step, 4> expected {{{1, 0, 0.212, 6.4133}, {2, 0, 1.2931, 5.11217071},
            {3, 0, 2.3065, 2.11810397}, {4, 0, 8.2956, 1.0}}};
        for (const Step& row : expected) {
            const MemoryState memory = model.first(static_cast<Rating>(row.rating));
            COMPARE_NEAR(memory.stability, row.stability, tolerance);
            COMPARE_NEAR(memory.difficulty, row.difficulty, tolerance);
        }
    }

    void everyRatingAtSeveralDistances()
    {
        const Fsrs model;
        const std::array<Step, 16> expected {{{1, 0, 1.596818, 8.341762}, {1, 1, 0.845726, 8.341762},
            {1, 5, 0.953502, 8.341762}, {1, 30, 1.235697, 8.341762}, {2, 0, 5.0, 6.665995},
            {2, 1, 6.966099, 6.665995}, {2, 5, 12.434214, 6.665995}, {2, 30, 25.39274, 6.665995},
            {3, 0, 5.0, 4.990228}, {3, 1, 8.269204, 4.990228}, {3, 5, 17.361513, 4.990228},
            {3, 30, 38.908779, 4.990228}, {4, 0, 8.12961, 3.314461}, {4, 1, 11.122892, 3.314461},
            {4, 5, 28.151877, 3.314461}, {4, 30, 68.507753, 3.314461}}};
        for (const Step& row : expected) {
            const MemoryState memory
                = model.next({5, 5}, static_cast<Rating>(row.rating), row.days);
            COMPARE_NEAR(memory.stability, row.stability, tolerance);
            COMPARE_NEAR(memory.difficulty, row.difficulty, tolerance);
        }
    }

    void intervalsForARetention()
    {
        const Fsrs model;
        // The first published figure comes from single precision; doubles give 3 116 769.
        const std::array<int, 10> expected {3'116'769, 34'793, 2'508, 387, 90, 27, 9, 3, 1, 1};
        for (std::size_t i = 0; i < expected.size(); ++i) {
            const double retention = double(i + 1) / 10;
            QCOMPARE(int(std::max(1.0, std::round(model.interval(1, retention)))), expected[i]);
        }
    }

    void theChanceOfRecall()
    {
        auto weights = frozenWeights;
        weights[20] = 0.2;
        const Fsrs model = modelOf(weights);
        const std::array<double, 4> expected {1.0, 0.9, 0.84028935, 0.7985001};
        for (std::size_t day = 0; day < expected.size(); ++day) {
            COMPARE_NEAR(model.retrievability(double(day), 1), expected[day], 1e-6);
        }
    }

    void cardsOfTheOlderScheduler()
    {
        const Fsrs model;
        const MemoryState usual = model.fromSm2(2.5, 10, 0.9);
        COMPARE_NEAR(usual.stability, 10.0, tolerance);
        COMPARE_NEAR(usual.difficulty, 6.9140563, tolerance);
        const MemoryState hard = model.fromSm2(1.3, 20, 0.9);
        COMPARE_NEAR(hard.stability, 20.0, tolerance);
        COMPARE_NEAR(hard.difficulty, 10.0, tolerance);
    }

    void weightsOfFsrs45AreMigrated()
    {
        const std::vector<double> old(fsrs5Weights.begin(), fsrs5Weights.begin() + 17);
        const FsrsWeights weights = FsrsWeights::fromValues(old).value();
        COMPARE_NEAR(weights[4], 7.4410233 + 2 * 0.64219797, 1e-9);
        COMPARE_NEAR(weights[5], std::log(3 * 0.64219797 + 1) / 3, 1e-9);
        COMPARE_NEAR(weights[6], 1.071918 + 0.5, 1e-9);
        QCOMPARE(weights[17], 0.0);
        QCOMPARE(weights[18], 0.0);
        QCOMPARE(weights[19], 0.0);
        QCOMPARE(weights[20], 0.5);
    }

    void weightsOutOfBoundsAreClamped()
    {
        const std::vector<double> wild(21, 1000.0);
        const FsrsWeights weights = FsrsWeights::fromValues(wild).value();
        QCOMPARE(weights[0], 100.0);
        QCOMPARE(weights[4], 10.0);
        QCOMPARE(weights[17], 2.0);
        QCOMPARE(weights[20], 0.8);
        const FsrsWeights severalSteps = FsrsWeights::fromValues(wild, 3).value();
        QVERIFY(severalSteps[17] < 2.0);
        QVERIFY(severalSteps[17] >= 0.1);
    }

    void badWeightsAreRefused_data()
    {
        QTest::addColumn<QList<double>>("weights");
        QTest::newRow("none") << QList<double> {};
        QTest::newRow("twenty") << QList<double>(20, 1.0);
        QTest::newRow("not a number") << QList<double>(21, std::nan(""));
        QTest::newRow("infinite") << QList<double>(19, HUGE_VAL);
        QTest::newRow("a logarithm of a negative number") << QList<double>(17, -1.0);
    }
    void badWeightsAreRefused()
    {
        QFETCH(QList<double>, weights);
        const auto result = FsrsWeights::fromValues(std::span(weights.constData(), std::size_t(weights.size())));
        QVERIFY(!result.ok());
        QCOMPARE(result.error().code, QStringLiteral("fsrs_weights"));
    }

    void stabilityAndDifficultyStayInRange()
    {
        const Fsrs model;
        MemoryState memory = model.first(Rating::Easy);
        for (int i = 0; i < 200; ++i) {
            memory = model.next(memory, Rating::Easy, 36'500);
        }
        QCOMPARE(memory.stability, 36'500.0);
        QCOMPARE(memory.difficulty, 1.0);
        for (int i = 0; i < 400; ++i) {
            memory = model.next(memory, Rating::Again, i % 2);
        }
        QVERIFY(memory.stability >= 0.001);
        QVERIFY(memory.difficulty <= 10.0 && memory.difficulty > 9.0);
    }

    void fuzz_data()
    {
        QTest::addColumn<double>("interval");
        QTest::addColumn<int>("minimum");
        QTest::addColumn<int>("maximum");
        QTest::addColumn<int>("low");
        QTest::addColumn<int>("middle");
        QTest::addColumn<int>("high");
        const auto row = [](double interval, int minimum, int maximum, int low, int middle, int high) {
            QTest::addRow("%.2f days within %d and %d", interval, minimum, maximum)
                << interval << minimum << maximum << low << middle << high;
        };
        row(1.0, 1, 1000, 1, 1, 1);
        row(2.49, 1, 1000, 2, 2, 2);
        row(2.5, 1, 1000, 2, 3, 4);
        row(7.0, 1, 1000, 5, 7, 9);
        row(17.0, 1, 1000, 14, 17, 20);
        row(37.0, 1, 1000, 33, 37, 41);
        row(2.0, 2, 1000, 2, 2, 2);
        row(2.0, 3, 1000, 3, 4, 4);
        row(2.0, 3, 3, 3, 3, 3);
        row(6.9, 3, 1000, 5, 7, 9);
        row(7.1, 3, 1000, 5, 7, 9);
        row(19.9, 3, 1000, 17, 20, 23);
        row(20.0, 3, 1000, 17, 20, 23);
        row(20.1, 3, 1000, 17, 20, 23);
        row(100.0, 101, 1000, 101, 105, 108);
        row(100.0, 1, 99, 92, 96, 99);
        row(100.0, 97, 103, 97, 100, 103);
    }
    void fuzz()
    {
        QFETCH(double, interval);
        QFETCH(int, minimum);
        QFETCH(int, maximum);
        QFETCH(int, low);
        QFETCH(int, middle);
        QFETCH(int, high);
        QCOMPARE(fuzzedInterval(interval, minimum, maximum, 0.0), low);
        QCOMPARE(fuzzedInterval(interval, minimum, maximum, 0.5), middle);
        QCOMPARE(fuzzedInterval(interval, minimum, maximum, 0.99), high);
    }

    void theFuzzFactorDependsOnCardAndReviewOnly()
    {
        const CardId one(QStringLiteral("pack/word-1"));
        const CardId two(QStringLiteral("pack/word-2"));
        QCOMPARE(fuzzFactor(one, 3), fuzzFactor(one, 3));
        QVERIFY(fuzzFactor(one, 3) != fuzzFactor(one, 4));
        QVERIFY(fuzzFactor(one, 3) != fuzzFactor(two, 3));
        double sum = 0;
        for (int i = 0; i < 2000; ++i) {
            const double factor = fuzzFactor(one, i);
            QVERIFY(factor >= 0 && factor < 1);
            sum += factor;
        }
        COMPARE_NEAR(sum / 2000, 0.5, 0.03);
    }
};

QTEST_GUILESS_MAIN(TestFsrs)
#include "tst_fsrs.moc"
