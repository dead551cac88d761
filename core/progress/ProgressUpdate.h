// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Id.h"
#include "base/Result.h"

#include <QHash>
#include <QJsonObject>
#include <QMetaType>
#include <QStringList>

/// One student's progress in one course, as the server derived it. A value; `version` grows with
/// every change of the row, so the higher version of the same row is always the truth.
struct ProgressUpdate
{
    Q_GADGET
    Q_PROPERTY(double overall MEMBER overall)
    Q_PROPERTY(double delta MEMBER delta)
    Q_PROPERTY(QString source MEMBER source)
    Q_PROPERTY(QStringList milestones MEMBER milestones)

public:
    UserId user;
    CourseId course;
    double overall = 0;            ///< percent, 0 to 100
    QHash<QString, double> skills; ///< percent by skill: reading, listening, writing, speaking, language
    QStringList milestones;        ///< names of milestones reached, oldest first
    double delta = 0;              ///< change of `overall` against the version before, in points
    QString source;                ///< what moved it: review, practice, exam …
    QString session;               ///< the sitting or study session that moved it; may be empty
    qint64 version = 0;
    QString updatedAt;             ///< the server's own text

    bool operator==(const ProgressUpdate&) const = default;

    /// Reads a row of `course_progress`. ErrorKind::Protocol when a required column is missing.
    static Result<ProgressUpdate> fromRow(const QJsonObject& row);
    /// The row as `fromRow` reads it, for the local copy.
    QJsonObject toRow() const;
};

Q_DECLARE_METATYPE(ProgressUpdate)
