// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringView>

/// How many words an examiner would count: runs of letters and digits, where apostrophes, hyphens,
/// the Catalan middle dot and separators inside numbers do not divide ("l'home", "well-known",
/// "col·legi", "3,500" are one word each).
int countWords(QStringView text);
