// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/TimeText.h"

#include <QCoreApplication>

#include <algorithm>

namespace {

QString say(const char* text)
{
    return QCoreApplication::translate("TimeText", text);
}

} // namespace

QDateTime TimeText::local(WallTime time)
{
    return QDateTime::fromMSecsSinceEpoch(
        std::chrono::floor<std::chrono::milliseconds>(time.time_since_epoch()).count());
}

QDateTime TimeText::local(const QString& serverTime)
{
    return QDateTime::fromString(serverTime, Qt::ISODateWithMs).toLocalTime();
}

QString TimeText::clock(std::chrono::seconds left)
{
    const auto whole = std::max<std::chrono::seconds::rep>(0, left.count());
    const QString seconds = QStringLiteral("%1").arg(whole % 60, 2, 10, QLatin1Char('0'));
    return whole < 3600 ? QStringLiteral("%1:%2").arg(whole / 60).arg(seconds)
                        : QStringLiteral("%1:%2:%3").arg(whole / 3600).arg(whole / 60 % 60, 2, 10, QLatin1Char('0')).arg(seconds);
}

QString TimeText::time(const QDateTime& at, const QLocale& locale)
{
    return locale.toString(at.time(), QLocale::ShortFormat);
}

QString TimeText::day(const QDateTime& at, const QDateTime& now, const QLocale& locale)
{
    switch (now.date().daysTo(at.date())) {
    case -1:
        return say(QT_TRANSLATE_NOOP("TimeText", "Yesterday"));
    case 0:
        return say(QT_TRANSLATE_NOOP("TimeText", "Today"));
    case 1:
        return say(QT_TRANSLATE_NOOP("TimeText", "Tomorrow"));
    default:
        break;
    }
    //: A day of this year, then a day of another year. Qt's letters: ddd and MMM are short names.
    return locale.toString(at.date(), at.date().year() == now.date().year() ? say(QT_TRANSLATE_NOOP("TimeText", "ddd d MMM"))
                                                                            : say(QT_TRANSLATE_NOOP("TimeText", "d MMM yyyy")));
}

QString TimeText::moment(const QDateTime& at, const QDateTime& now, const QLocale& locale)
{
    return say(QT_TRANSLATE_NOOP("TimeText", "%1, %2")).arg(day(at, now, locale), time(at, locale));
}

QString TimeText::record(const QDateTime& at, const QLocale& locale)
{
    return say(QT_TRANSLATE_NOOP("TimeText", "%1, %2"))
        .arg(locale.toString(at.date(), say(QT_TRANSLATE_NOOP("TimeText", "d MMMM yyyy"))), time(at, locale));
}

QString TimeText::today(const QDateTime& now, const QLocale& locale)
{
    QString text = locale.toString(now.date(), QLocale::LongFormat);
    text.replace(0, 1, locale.toUpper(text.left(1)));
    return text;
}
