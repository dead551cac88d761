// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/StudyPlan.h"

#include <QTest>

#include <numeric>

using namespace std::chrono_literals;
using std::chrono::days;

namespace {

/// Midnight UTC of a day, 2026-11-23 being day 0.
WallTime day(int number)
{
    return WallTime(std::chrono::seconds(1'795'392'000)) + days(number);
}

std::vector<StudyMoment> studiedOn(const QList<int>& numbers)
{
    std::vector<StudyMoment> moments;
    for (const int number : numbers) {
        moments.push_back({day(number) + 12h, 0s});
    }
    return moments;
}

QList<int> range(int from, int to)
{
    QList<int> numbers(to - from + 1);
    std::iota(numbers.begin(), numbers.end(), from);
    return numbers;
}

} // namespace

class TestStudyPlan : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }

    void theDayIsTheLearners_data()
    {
        QTest::addColumn<int>("hour");
        QTest::addColumn<int>("offsetHours");
        QTest::addColumn<QDate>("expected");
        QTest::newRow("noon in London") << 12 << 0 << QDate(2026, 11, 23);
        QTest::newRow("half past midnight in Madrid") << -1 << 1 << QDate(2026, 11, 23);
        QTest::newRow("evening in Lima, already tomorrow in UTC") << 25 << -5 << QDate(2026, 11, 23);
        QTest::newRow("morning in Auckland, still yesterday in UTC") << -4 << 13 << QDate(2026, 11, 23);
    }
    void theDayIsTheLearners()
    {
        QFETCH(int, hour);
        QFETCH(int, offsetHours);
        QFETCH(QDate, expected);
        QCOMPARE(studyDay({day(0) + std::chrono::hours(hour), std::chrono::hours(offsetHours)}), expected);
    }

    void streaks_data()
    {
        QTest::addColumn<QList<int>>("studied");
        QTest::addColumn<int>("current");
        QTest::addColumn<int>("longest");
        QTest::addColumn<int>("freezes");
        QTest::addColumn<bool>("today");
        QTest::newRow("never") << QList<int> {} << 0 << 0 << 0 << false;
        QTest::newRow("today only") << QList<int> {0} << 1 << 1 << 0 << true;
        QTest::newRow("today has not ended yet") << QList<int> {-2, -1} << 2 << 2 << 0 << false;
        QTest::newRow("a missed day ends a young run") << QList<int> {-4, -3, -1, 0} << 2 << 2 << 0 << true;
        QTest::newRow("yesterday missed, nothing today") << QList<int> {-4, -3, -2} << 0 << 3 << 0 << false;
        QTest::newRow("twice on one day counts once") << QList<int> {0, 0, -1} << 2 << 2 << 0 << true;
        QTest::newRow("seven days earn a freeze") << range(-6, 0) << 7 << 7 << 1 << true;
        QTest::newRow("the freeze bridges one missed day")
            << range(-9, -3) + QList<int> {-1, 0} << 9 << 9 << 0 << true;
        QTest::newRow("one freeze does not bridge two days")
            << range(-9, -3) + QList<int> {0} << 1 << 7 << 0 << true;
        QTest::newRow("never more than two freezes") << range(-29, 0) << 30 << 30 << 2 << true;
        QTest::newRow("tomorrow, after a journey west") << QList<int> {-1, 0, 1} << 3 << 3 << 0 << true;
    }
    void streaks()
    {
        QFETCH(QList<int>, studied);
        QFETCH(int, current);
        QFETCH(int, longest);
        QFETCH(int, freezes);
        QFETCH(bool, today);
        const Streak streak = streakOf(studiedOn(studied), {day(0) + 15h, 0s});
        QCOMPARE(streak.days, current);
        QCOMPARE(streak.longest, longest);
        QCOMPARE(streak.freezesLeft, freezes);
        QCOMPARE(streak.studiedToday, today);
    }

    void lateNightsCountForTheLearnersDay()
    {
        // 23:30 in Madrid on three days is 22:30 UTC; a fourth review at 00:10 in Madrid is 23:10 UTC.
        const std::vector<StudyMoment> moments {{day(-3) + 22h + 30min, 1h}, {day(-2) + 22h + 30min, 1h},
            {day(-1) + 23h + 10min, 1h}};
        const Streak streak = streakOf(moments, {day(0) + 8h, 1h});
        QCOMPARE(streak.days, 1);
        QVERIFY(streak.studiedToday);
        QCOMPARE(streak.longest, 2);
    }

    void theOrderOfTheLogDoesNotMatter()
    {
        auto moments = studiedOn({0, -3, -1, -2});
        const Streak sorted = streakOf(studiedOn({-3, -2, -1, 0}), {day(0) + 15h, 0s});
        QCOMPARE(streakOf(moments, {day(0) + 15h, 0s}), sorted);
    }

    void theForecastCountsByDay()
    {
        const std::vector<WallTime> due {day(-5), day(0) + 23h, day(1) + 1h, day(1) + 2h, day(3), day(40)};
        const auto forecast = dueForecast(due, {day(0) + 9h, 0s}, 4);
        const std::vector<ForecastDay> expected {{QDate(2026, 11, 23), 2}, {QDate(2026, 11, 24), 2},
            {QDate(2026, 11, 25), 0}, {QDate(2026, 11, 26), 1}};
        QCOMPARE(forecast, expected);
    }

    void theForecastFollowsTheZone()
    {
        const auto forecast = dueForecast({day(0) + 23h}, {day(0) + 9h, 2h}, 2);
        QCOMPARE(forecast[0].due, 0);
        QCOMPARE(forecast[1].due, 1);
        QVERIFY(dueForecast({day(0)}, {day(0), 0s}, 0).empty());
    }

    void newCardsForAnExamDate()
    {
        const QDate today(2026, 11, 23);
        QCOMPARE(newCardsPerDay(0, today, today.addDays(30)), 0);
        QCOMPARE(newCardsPerDay(100, today, today.addDays(27)), 5);
        QCOMPARE(newCardsPerDay(101, today, today.addDays(27)), 6);
        QCOMPARE(newCardsPerDay(40, today, today.addDays(3)), 40);
        QCOMPARE(newCardsPerDay(40, today, today.addDays(-3)), 40);
    }
};

QTEST_GUILESS_MAIN(TestStudyPlan)
#include "tst_studyplan.moc"
