// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"

#include <QDateTime>
#include <QLocale>

/// Moments and lengths in words, as the pages show them: day before month in every language, the
/// year only when it is not this one. Free functions over their arguments.
namespace TimeText {

/// A moment of the clock in this computer's time zone.
QDateTime local(WallTime time);
/// A moment as the academy writes it (ISO 8601 with an offset); invalid when it is none.
QDateTime local(const QString& serverTime);

/// "42:17", or "1:05:07" from an hour on; never below zero.
QString clock(std::chrono::seconds left);
/// "19:00"
QString time(const QDateTime& at, const QLocale& locale);
/// "Today", "Tomorrow", "Yesterday", "Mon 30 Nov" or "30 Nov 2027"
QString day(const QDateTime& at, const QDateTime& now, const QLocale& locale);
/// "Today, 19:00"
QString moment(const QDateTime& at, const QDateTime& now, const QLocale& locale);
/// "23 November 2026, 19:00", for what must still be clear in a year.
QString record(const QDateTime& at, const QLocale& locale);
/// "Monday, 23 November 2026", as the head of a page.
QString today(const QDateTime& now, const QLocale& locale);

} // namespace TimeText
