// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"

#include <QDate>

#include <vector>

/// A moment of study and the learner's distance from UTC at that moment.
struct StudyMoment
{
    WallTime at;
    std::chrono::seconds utcOffset {0};
};

/// Days in a row with study. A missed day is bridged by a freeze; freezes are earned, one for
/// every seven days studied, and at most two are kept, so nobody has to buy or plan them.
struct Streak
{
    int days = 0; ///< days studied in the current run; bridged days do not count
    int longest = 0;
    int freezesLeft = 0;
    bool studiedToday = false;

    bool operator==(const Streak&) const = default;
};

/// How many cards fall due on a day of the learner's calendar.
struct ForecastDay
{
    QDate day;
    int due = 0;

    bool operator==(const ForecastDay&) const = default;
};

/// The learner's calendar day of a moment.
QDate studyDay(const StudyMoment& moment);

/// Today counts once it was studied; a day that has not ended yet never breaks the run.
Streak streakOf(const std::vector<StudyMoment>& moments, const StudyMoment& now);

/// Due cards for `days` days starting today; overdue cards count for today.
std::vector<ForecastDay> dueForecast(const std::vector<WallTime>& due, const StudyMoment& now, int days);

/// New cards to learn per day so that `unseen` cards are known `settleDays` before the exam.
int newCardsPerDay(int unseen, QDate today, QDate examDay, int settleDays = 7);
