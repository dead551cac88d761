// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/ExamItem.h"
#include "tutor/teaching/Cefr.h"

#include <optional>

/// Something a scene is there to practise. The learner sees it only in the report.
struct ScenePoint
{
    QString id;
    LocalizedText text;
    Cefr from = Cefr::A1; ///< asked of learners from this level on
    QStringList signs; ///< expressions that show it, as regular expressions; may be empty
};

/// A scene to be played: who the tutor is, what the learner wants, how one speaks there.
struct Scenario
{
    QString id;
    LocalizedText title;
    LocalizedText goal; ///< told to the learner
    QString role; ///< told to the tutor, in English
    QString setting;
    QString manner; ///< informal, neutral or formal
    Cefr from = Cefr::A1;
    Cefr to = Cefr::C2;
    QList<ScenePoint> points;

    /// The hidden checklist at a level.
    QList<ScenePoint> pointsAt(Cefr level) const;
};

/// The scenes that ship with the program.
QList<Scenario> shippedScenarios();
std::optional<Scenario> scenarioNamed(const QString& id);

/// What a tutor is told to play. Empty for an unknown scene.
QString sceneInstruction(const QString& scenario, Cefr level);

/// How the scene went. Every point that counts as met has the learner's own words as evidence.
struct SceneReport
{
    struct Point
    {
        QString id;
        LocalizedText text;
        bool met = false;
        QString evidence;
        bool operator==(const Point&) const = default;
    };

    QString scenario;
    QList<Point> points;
    QString tip; ///< the tutor's; may be empty

    int met() const;
    bool operator==(const SceneReport&) const = default;
};

/// `said` is the tutor's {"met":[{"id","quote"}],"tip"}; quotes that are not in the learner's texts
/// count for nothing. What a point's signs show counts without a tutor. Total.
SceneReport sceneReport(
    const Scenario& scenario, Cefr level, const QStringList& learnerTexts, const QJsonObject& said);
