// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/ResultWords.h"

#include "tutor/teaching/Rubric.h"
#include "viewmodels/PapersController.h"

#include <cmath>

namespace {

QString number(const QJsonValue& value, const QLocale& locale)
{
    const double hundredths = std::round(value.toDouble() * 100) / 100;
    return locale.toString(hundredths, 'f', QLocale::FloatingPointShortest);
}

} // namespace

TalkOutcome ResultWords::marks(const QJsonArray& marks, const QLocale& locale, const QString& language)
{
    TalkOutcome told;
    for (const QJsonValue& entry : marks) {
        const QJsonObject mark = entry.toObject();
        OutcomeLine head;
        head.icon = QStringLiteral("pen-line");
        head.title = PapersController::promptOf(mark, language);
        head.label = tr("%1 of %2 points")
                         .arg(number(mark.value(QLatin1String("points")), locale), number(mark.value(QLatin1String("max")), locale));
        head.text = mark.value(QLatin1String("words")).toString().trimmed();
        told.points.append(head);
        const QJsonObject criteria = mark.value(QLatin1String("criteria")).toObject();
        const TutorTask task = mark.value(QLatin1String("type")) == QLatin1String("record") ? TutorTask::Speaking : TutorTask::Writing;
        for (const RubricCriterion& criterion : rubricFor(task)) {
            const QJsonObject said = criteria.value(criterion.id).toObject();
            if (said.value(QLatin1String("band")).isDouble()) {
                OutcomeLine line;
                line.title = criterion.name.in(language);
                line.label = tr("%1 of %2").arg(number(said.value(QLatin1String("band")), locale)).arg(PapersController::HighestBand);
                line.text = said.value(QLatin1String("words")).toString().trimmed();
                told.points.append(line);
            }
        }
    }
    return told;
}

void ResultWords::tell(SittingRow& row, const QJsonObject& result, const QLocale& locale, const QString& language)
{
    const QJsonValue most = result.value(QLatin1String("max_score"));
    if (!most.isDouble()) {
        return;
    }
    row.points = tr("%1 of %2 points").arg(number(result.value(QLatin1String("score")), locale), number(most, locale));
    row.words = marks(result.value(QLatin1String("marks")).toArray(), locale, language);
    const QJsonArray sections = result.value(QLatin1String("per_section")).toArray();
    for (const QJsonValue& entry : sections) {
        const QJsonObject section = entry.toObject();
        row.parts.append(section.value(QLatin1String("title")).toString());
        row.partPoints.append(section.value(QLatin1String("needs_marking")).toBool()
                ? tr("being marked")
                : tr("%1 of %2").arg(number(section.value(QLatin1String("score")), locale), number(section.value(QLatin1String("max")), locale)));
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
