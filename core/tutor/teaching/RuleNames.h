// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tutor/teaching/Annotations.h"

/// What people call a rule that a tutor names "irregular-past", in English, Spanish or Valencian (English
/// for other languages). A rule that is not known is said in its own words in English, and is empty
/// elsewhere.
QString ruleName(const QString& rule, const QString& language);

/// The rule's name, else that of the kind of mistake; never empty.
QString mistakeName(const QString& rule, MistakeType type, const QString& language);
/// As above with the kind by its name, as it is kept with a mistake. Empty when neither is known.
QString mistakeName(const QString& rule, const QString& type, const QString& language);
