// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonValue>
#include <QLocale>
#include <QString>

/// The statistics of the program in words: the names UnifiedRealtimeManager gives its figures, and
/// their values with units. A name that has no words yet is shown as it is, without its underscores.
namespace FigureWords {

/// `group` as comprehensiveStats() names it.
QString group(const QString& group);
/// The words for one figure, for example "messages_in".
QString label(const QString& name);
/// The value with the unit its name tells: milliseconds, bytes, seconds, or a state.
QString value(const QString& name, const QJsonValue& value, const QLocale& locale);

} // namespace FigureWords
