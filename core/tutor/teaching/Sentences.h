// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

/// A tutor's words without the signs of the Markdown subset it writes in.
QString withoutMarkup(const QString& text);

/// The sentences of a text; an item of a list is one. Abbreviations and decimals do not divide.
QStringList sentencesOf(const QString& text);

/// Runs of letters and digits; apostrophes, hyphens and the middle dot inside a word belong to it.
QStringList wordsOf(const QString& text);

/// Lower case, straight quotes, single spaces: for comparing what was quoted with what was written.
QString folded(const QString& text);

/// True when `quote` stands in `text`, whatever the case, the kind of quotes and the spaces.
bool isQuotedFrom(const QString& quote, const QString& text);
