// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewmodels/RowModel.h"
#include "viewmodels/TalkOutcome.h"

#include <QObject>
#include <QtQmlIntegration>

/// A text with its feedback as a list shows it. A value.
struct WritingRow
{
    Q_GADGET
    QML_VALUE_TYPE(writingRow)
    Q_PROPERTY(QString writing MEMBER writing)
    Q_PROPERTY(QString title MEMBER title)
    Q_PROPERTY(QString who MEMBER who)
    Q_PROPERTY(QString when MEMBER when)
    Q_PROPERTY(QString brief MEMBER brief)
    Q_PROPERTY(QString body MEMBER body)
    Q_PROPERTY(QString state MEMBER state)
    Q_PROPERTY(QString tone MEMBER tone)
    Q_PROPERTY(QString icon MEMBER icon)
    Q_PROPERTY(QString comment MEMBER comment)
    Q_PROPERTY(bool corrected MEMBER corrected)
    Q_PROPERTY(TalkOutcome tutor MEMBER tutor)
    Q_PROPERTY(TalkOutcome teacher MEMBER teacher)

public:
    QString writing;
    QString title; ///< its first words, or what it was to be
    QString who; ///< for teachers
    QString when;
    QString brief;
    QString body;
    QString state; ///< on its way, with the teacher, corrected; in words
    QString tone;
    QString icon;
    QString comment; ///< the teacher's
    bool corrected = false;
    TalkOutcome tutor;
    TalkOutcome teacher; ///< no lines until a teacher corrected

    QString key() const { return writing; }
    bool operator==(const WritingRow&) const = default;
};

class WritingModel : public RowModel<WritingRow>
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by its page")

public:
    using RowModel::RowModel;
};
