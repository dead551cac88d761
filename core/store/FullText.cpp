// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/FullText.h"

QString anyOfThese(const QStringList& words)
{
    QStringList terms;
    for (QString word : words) {
        word.remove(QLatin1Char('"'));
        if (!word.trimmed().isEmpty()) {
            terms.append(QLatin1Char('"') + word + QLatin1Char('"'));
        }
    }
    return terms.join(QStringLiteral(" OR "));
}
