// SPDX-License-Identifier: GPL-3.0-or-later
#include "tutor/DailyBudget.h"

#include "base/Random.h"

#include <QTest>

using namespace std::chrono_literals;

namespace {

const WallTime noon {std::chrono::sys_days(std::chrono::year(2026) / 11 / 23) + 12h};

} // namespace

class TestDailyBudget : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void withoutALimitEverythingGoes()
    {
        const DailyBudget budget;
        QVERIFY(!budget.refusal(noon, {1'000'000'000, 1'000'000'000}).has_value());
    }

    void tokensAndMoneyAreBothLimits()
    {
        DailyBudget budget;
        budget.setBudget({1'000, 500});
        budget.load(DailyBudget::dayOf(noon), {900, 400});
        QVERIFY(!budget.refusal(noon, {100, 100}).has_value());
        QCOMPARE(budget.refusal(noon, {101, 0})->code, QStringLiteral("budget_tokens"));
        const auto money = budget.refusal(noon, {0, 101});
        QCOMPARE(money->code, QStringLiteral("budget_money"));
        QCOMPARE(*money->retryAfter, 12h);
        QVERIFY(!budget.refusal(noon + 12h, {101, 101}).has_value());
    }

    void anEstimateIsCorrectedByTheTruth()
    {
        DailyBudget budget;
        const qint64 day = DailyBudget::dayOf(noon);
        budget.load(day, {});
        budget.reserve(day, QStringLiteral("a"), {500, 50});
        budget.reserve(day, QStringLiteral("b"), {300, 30});
        QCOMPARE(budget.usedOn(day).tokens, 800);
        budget.settle(QStringLiteral("a"), {120, 7});
        budget.settle(QStringLiteral("b"), {});
        budget.settle(QStringLiteral("b"), {999, 999});
        QCOMPARE(budget.usedOn(day).tokens, 120);
        QCOMPARE(budget.usedOn(day).micros, 7);
    }

    void aRequestBelongsToTheDayItBegan()
    {
        DailyBudget budget;
        const qint64 day = DailyBudget::dayOf(noon);
        budget.load(day, {10, 0});
        budget.reserve(day, QStringLiteral("late"), {5, 0});
        budget.reserve(day + 1, QStringLiteral("early"), {7, 0});
        QCOMPARE(budget.usedOn(day).tokens, 15);
        QCOMPARE(budget.usedOn(day + 1).tokens, 7);
        budget.settle(QStringLiteral("early"), {6, 0});
        budget.settle(QStringLiteral("late"), {5, 0});
        QCOMPARE(budget.usedOn(day + 1).tokens, 6);
    }

    /// Whatever is asked in parallel, the truth never passes the limit while estimates are high enough.
    void parallelRequestsNeverPassIt()
    {
        for (quint64 seed = 1; seed <= 50; ++seed) {
            SeededRandom random(seed);
            DailyBudget budget;
            const qint64 limit = qint64(1'000 + random.below(5'000));
            budget.setBudget({limit, 0});
            const qint64 day = DailyBudget::dayOf(noon);
            budget.load(day, {});
            std::vector<std::pair<QString, qint64>> running;
            qint64 used = 0;
            for (int i = 0; i < 400; ++i) {
                if (running.empty() || random.below(2) == 0) {
                    const qint64 estimate = qint64(1 + random.below(400));
                    if (!budget.refusal(noon, {estimate, 0})) {
                        running.emplace_back(QString::number(i), estimate);
                        budget.reserve(day, running.back().first, {estimate, 0});
                    }
                } else {
                    const std::size_t which = std::size_t(random.below(running.size()));
                    const qint64 truth = qint64(random.below(quint64(running[which].second) + 1));
                    used += truth;
                    budget.settle(running[which].first, {truth, 0});
                    running.erase(running.begin() + std::ptrdiff_t(which));
                }
                QVERIFY2(used <= limit, qPrintable(QStringLiteral("seed %1").arg(seed)));
                QVERIFY(budget.usedOn(day).tokens <= limit);
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestDailyBudget)
#include "tst_dailybudget.moc"
