// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/StudyPlan.h"

#include <QSet>

#include <algorithm>

QDate studyDay(const StudyMoment& moment)
{
    static const QDate epoch(1970, 1, 1);
    const auto local = moment.at + moment.utcOffset;
    return epoch.addDays(std::chrono::floor<std::chrono::days>(local).time_since_epoch().count());
}

Streak streakOf(const std::vector<StudyMoment>& moments, const StudyMoment& now)
{
    constexpr int freezeEvery = 7;
    constexpr int mostFreezes = 2;

    const QDate today = studyDay(now);
    QSet<QDate> studied;
    QDate first = today;
    QDate last = today; // a journey west can put a review into what is tomorrow here
    for (const StudyMoment& moment : moments) {
        const QDate day = studyDay(moment);
        studied.insert(day);
        first = std::min(first, day);
        last = std::max(last, day);
    }

    Streak streak;
    streak.studiedToday = studied.contains(today);
    for (QDate day = first; day <= last; day = day.addDays(1)) {
        if (studied.contains(day)) {
            ++streak.days;
            if (streak.days % freezeEvery == 0) {
                streak.freezesLeft = std::min(mostFreezes, streak.freezesLeft + 1);
            }
            streak.longest = std::max(streak.longest, streak.days);
        } else if (day < today && streak.days > 0) {
            if (streak.freezesLeft > 0) {
                --streak.freezesLeft;
            } else {
                streak.days = 0;
            }
        }
    }
    return streak;
}

std::vector<ForecastDay> dueForecast(const std::vector<WallTime>& due, const StudyMoment& now, int days)
{
    const QDate today = studyDay(now);
    std::vector<ForecastDay> forecast;
    forecast.reserve(std::size_t(std::max(0, days)));
    for (int i = 0; i < days; ++i) {
        forecast.push_back({today.addDays(i), 0});
    }
    for (const WallTime at : due) {
        const qint64 day = std::max<qint64>(0, today.daysTo(studyDay({at, now.utcOffset})));
        if (day < days) {
            ++forecast[std::size_t(day)].due;
        }
    }
    return forecast;
}

int newCardsPerDay(int unseen, QDate today, QDate examDay, int settleDays)
{
    if (unseen <= 0) {
        return 0;
    }
    const qint64 room = std::max<qint64>(1, today.daysTo(examDay) - settleDays);
    return int((unseen + room - 1) / room);
}
