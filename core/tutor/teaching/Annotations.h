// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tutor/TutorSettings.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QList>

/// What kind of mistake it is.
enum class MistakeType { Grammar, Vocabulary, Spelling, WordOrder, Register, Gender, Tense, Agreement };

QString mistakeTypeName(MistakeType type);

/// A mark in the learner's own words: always a span that is really there. `start` and `length` count
/// UTF-16 units, as QString and QML do.
struct Annotation
{
    int start = 0;
    int length = 0;
    QString original; ///< exactly the span
    QString suggestion; ///< never equal to it
    MistakeType type = MistakeType::Grammar;
    int severity = 2; ///< 1 a trifle, 2 a mistake, 3 hard to understand
    QString rule; ///< the tutor's short name of the rule; may be empty
    QString explanation; ///< plain, at most twenty words
    double confidence = 1;

    bool operator==(const Annotation&) const = default;
};

struct VerifiedAnnotations
{
    QList<Annotation> kept; ///< by place, none overlapping
    int dropped = 0; ///< what was said of words that are not there, or made no sense
};

/// Reads what a tutor says of `learnerText`. Total. A span is kept when its words are there, else
/// they are looked for once, else it is dropped. What a tutor is not sure of is dropped too, because
/// a false correction does more harm than a missed one. The mode limits how many remain: one in
/// fluency, all in accuracy, none in an exam. Source: ai-providers F4, F5.
VerifiedAnnotations verifyAnnotations(
    const QJsonArray& said, const QString& learnerText, CorrectionMode mode);

QJsonArray toJson(const QList<Annotation>& annotations);
/// Reads what toJson() wrote for the same text; spans that do not fit it are left out.
QList<Annotation> annotationsFrom(const QJsonArray& json, const QString& learnerText);

/// A piece of the learner's message for the screen; joined they are the message, unchanged.
struct MarkedPiece
{
    QString text;
    int annotation = -1; ///< index, or -1 for words without a mark
};
QList<MarkedPiece> markedPieces(const QString& learnerText, const QList<Annotation>& annotations);
