// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewmodels/RowModel.h"
#include "viewmodels/TalkOutcome.h"

#include <QtQmlIntegration>

/// One ring of the home page.
struct SkillRow
{
    Q_GADGET
    QML_VALUE_TYPE(skillRow)
    Q_PROPERTY(QString skill MEMBER skill)
    Q_PROPERTY(QString label MEMBER label)
    Q_PROPERTY(double value MEMBER value)
    Q_PROPERTY(double change MEMBER change)
    Q_PROPERTY(QString changeText MEMBER changeText)
    Q_PROPERTY(bool known MEMBER known)

public:
    QString skill;
    QString label;
    double value = 0;  ///< percent
    double change = 0; ///< points since last week
    bool known = false;
    QString changeText; ///< its size, in the reader's digits

    QString key() const { return skill; }
    bool operator==(const SkillRow&) const = default;
};

class SkillModel : public RowModel<SkillRow>
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by its page")

public:
    using RowModel::RowModel;
};

/// One day of the review forecast.
struct ForecastRow
{
    Q_GADGET
    QML_VALUE_TYPE(forecastRow)
    Q_PROPERTY(QString dayName MEMBER dayName)
    Q_PROPERTY(int due MEMBER due)
    Q_PROPERTY(bool today MEMBER today)

public:
    QString day; ///< ISO date
    QString dayName;
    int due = 0;
    bool today = false;

    QString key() const { return day; }
    bool operator==(const ForecastRow&) const = default;
};

class ForecastModel : public RowModel<ForecastRow>
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by its page")

public:
    using RowModel::RowModel;
};

/// A sitting as a student sees it on the home page.
struct SittingRow
{
    Q_GADGET
    QML_VALUE_TYPE(sittingRow)
    Q_PROPERTY(QString sitting MEMBER sitting)
    Q_PROPERTY(QString title MEMBER title)
    Q_PROPERTY(QString place MEMBER place)
    Q_PROPERTY(QString when MEMBER when)
    Q_PROPERTY(QString countdown MEMBER countdown)
    Q_PROPERTY(QString state MEMBER state)
    Q_PROPERTY(QString stateLabel MEMBER stateLabel)
    Q_PROPERTY(QString tone MEMBER tone)
    Q_PROPERTY(bool canEnter MEMBER canEnter)
    Q_PROPERTY(QString points MEMBER points)
    Q_PROPERTY(QString verdict MEMBER verdict)
    Q_PROPERTY(QString verdictTone MEMBER verdictTone)
    Q_PROPERTY(QStringList parts MEMBER parts)
    Q_PROPERTY(QStringList partPoints MEMBER partPoints)
    Q_PROPERTY(QString remark MEMBER remark)
    Q_PROPERTY(TalkOutcome words MEMBER words)

public:
    QString sitting;
    QString title;
    QString place;     ///< the class, and how long the paper takes
    QString when;
    QString countdown; ///< "starts in 2 h 5 min"
    QString state;
    QString stateLabel;
    QString tone;
    bool canEnter = false;
    QString points;         ///< of a released result: "14.5 of 20 points"; empty when there is none
    QString verdict;        ///< empty when the exam has no rule, or is not marked yet
    QString verdictTone;
    QStringList parts;      ///< the sections of the paper
    QStringList partPoints; ///< what each of them brought, in the same order
    QString remark;         ///< what is still open about the result
    TalkOutcome words;      ///< what the teacher wrote about each text; no lines when there is nothing

    QString key() const { return sitting; }
    bool operator==(const SittingRow&) const = default;
};

class SittingModel : public RowModel<SittingRow>
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by its page")

public:
    using RowModel::RowModel;
};
