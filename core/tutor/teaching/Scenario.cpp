// SPDX-License-Identifier: GPL-3.0-or-later
#include "tutor/teaching/Scenario.h"

#include "tutor/teaching/Safety.h"
#include "tutor/teaching/Sentences.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

#include <algorithm>

namespace {

LocalizedText localized(const QJsonValue& value)
{
    LocalizedText text;
    const QJsonObject json = value.toObject();
    for (auto it = json.begin(); it != json.end(); ++it) {
        text.byLanguage.insert(it.key(), it.value().toString());
    }
    return text;
}

QStringList texts(const QJsonValue& value)
{
    QStringList list;
    for (const QJsonValue& entry : value.toArray()) {
        list.append(entry.toString());
    }
    return list;
}

Scenario scenarioFrom(const QJsonObject& json)
{
    const auto field = [&json](const char* name) { return json.value(QLatin1String(name)); };
    Scenario scenario {field("id").toString(), localized(field("title")), localized(field("goal")),
        field("role").toString(), field("setting").toString(), field("manner").toString(),
        cefrFrom(field("from").toString()), cefrFrom(field("to").toString()), {}};
    for (const QJsonValue& value : field("points").toArray()) {
        const QJsonObject point = value.toObject();
        scenario.points.append({point.value(QLatin1String("id")).toString(), localized(point.value(QLatin1String("text"))),
            cefrFrom(point.value(QLatin1String("from")).toString()), texts(point.value(QLatin1String("signs")))});
    }
    return scenario;
}

/// The sentence of the learner in which one of the signs stands.
QString shownBy(const QStringList& signs, const QStringList& learnerTexts)
{
    for (const QString& sign : signs) {
        const QRegularExpression expression(sign,
            QRegularExpression::CaseInsensitiveOption | QRegularExpression::UseUnicodePropertiesOption);
        for (const QString& text : learnerTexts) {
            for (const QString& sentence : sentencesOf(text)) {
                QString straight = sentence;
                straight.replace(QChar(u'’'), QLatin1Char('\''));
                if (expression.match(straight).hasMatch()) {
                    return sentence;
                }
            }
        }
    }
    return {};
}

} // namespace

QList<ScenePoint> Scenario::pointsAt(Cefr level) const
{
    QList<ScenePoint> asked;
    std::ranges::copy_if(points, std::back_inserter(asked),
        [level](const ScenePoint& point) { return point.from <= std::max(level, Cefr::A1); });
    return asked;
}

int SceneReport::met() const
{
    return int(std::ranges::count(points, true, &Point::met));
}

QList<Scenario> shippedScenarios()
{
    QList<Scenario> scenarios;
    QFile file(QStringLiteral(":/tutor/scenarios.json"));
    if (file.open(QIODevice::ReadOnly)) {
        for (const QJsonValue& value : QJsonDocument::fromJson(file.readAll()).array()) {
            scenarios.append(scenarioFrom(value.toObject()));
        }
    }
    return scenarios;
}

std::optional<Scenario> scenarioNamed(const QString& id)
{
    const QList<Scenario> all = shippedScenarios();
    const auto found = std::ranges::find(all, id, &Scenario::id);
    return found == all.end() ? std::nullopt : std::optional(*found);
}

QString sceneInstruction(const QString& id, Cefr level)
{
    const auto scenario = scenarioNamed(id);
    if (!scenario) {
        return {};
    }
    QStringList points;
    for (const ScenePoint& point : scenario->pointsAt(level)) {
        points.append(QStringLiteral("- %1: %2").arg(point.id, point.text.in(QStringLiteral("en"))));
    }
    return QStringLiteral(
        "Scene: you play %1. %2 The learner's goal: %3 Way of speaking: %4. Stay in your role and let the learner "
        "do the work: react, ask, make small difficulties that fit the level. Leave the role at once, and say so, when "
        "the learner asks for help, does not understand twice, or seems upset. Hidden checklist, never to be mentioned "
        "during the scene; give occasions for each point:\n%5")
        .arg(scenario->role, scenario->setting, scenario->goal.in(QStringLiteral("en")), scenario->manner,
            points.join(QLatin1Char('\n')));
}

SceneReport sceneReport(
    const Scenario& scenario, Cefr level, const QStringList& learnerTexts, const QJsonObject& said)
{
    QHash<QString, QString> quotes;
    for (const QJsonValue& value : said.value(QLatin1String("met")).toArray()) {
        const QJsonObject met = value.toObject();
        const QString quote = met.value(QLatin1String("quote")).toString();
        if (std::ranges::any_of(learnerTexts, [&quote](const QString& text) { return isQuotedFrom(quote, text); })) {
            quotes.insert(met.value(QLatin1String("id")).toString(), quote.simplified());
        }
    }
    SceneReport report;
    report.scenario = scenario.id;
    for (const ScenePoint& point : scenario.pointsAt(level)) {
        QString evidence = quotes.value(point.id);
        if (evidence.isEmpty()) {
            evidence = shownBy(point.signs, learnerTexts);
        }
        report.points.append({point.id, point.text, !evidence.isEmpty(), evidence});
    }
    const QString tip = asDataLine(said.value(QLatin1String("tip")).toString(), 300);
    if (!promisesAMark(tip)) {
        report.tip = tip;
    }
    return report;
}
