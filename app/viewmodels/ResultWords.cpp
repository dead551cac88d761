// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/ResultWords.h"

#include <QJsonArray>

#include <cmath>

void ResultWords::tell(SittingRow& row, const QJsonObject& result, const QLocale& locale)
{
    const QJsonValue most = result.value(QLatin1String("max_score"));
    if (!most.isDouble()) {
        return;
    }
    const auto number = [&locale](const QJsonValue& value) {
        const double hundredths = std::round(value.toDouble() * 100) / 100;
        return locale.toString(hundredths, 'f', QLocale::FloatingPointShortest);
    };
    row.points = tr("%1 of %2 points").arg(number(result.value(QLatin1String("score"))), number(most));
    const QJsonArray sections = result.value(QLatin1String("per_section")).toArray();
    for (const QJsonValue& entry : sections) {
        const QJsonObject section = entry.toObject();
        row.parts.append(section.value(QLatin1String("title")).toString());
        row.partPoints.append(section.value(QLatin1String("needs_marking")).toBool()
                ? tr("being marked")
                : tr("%1 of %2").arg(number(section.value(QLatin1String("score"))), number(section.value(QLatin1String("max")))));
    }
    if (result.value(QLatin1String("needs_marking")).toBool()) {
        row.remark = tr("Your teacher is still marking a part.");
        return;
    }
    const QJsonValue passed = result.value(QLatin1String("passed"));
    if (passed.isBool()) {
        row.verdict = passed.toBool() ? tr("Passed") : tr("Not passed");
        row.verdictTone = passed.toBool() ? QStringLiteral("positive") : QStringLiteral("warning");
    }
}
