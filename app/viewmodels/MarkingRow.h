// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewmodels/RowModel.h"

#include <QObject>
#include <QtQmlIntegration>

/// One criterion while a teacher corrects it. A value.
struct MarkingRow
{
    Q_GADGET
    QML_VALUE_TYPE(markingRow)
    Q_PROPERTY(QString criterion MEMBER criterion)
    Q_PROPERTY(QString name MEMBER name)
    Q_PROPERTY(QString reached MEMBER reached)
    Q_PROPERTY(QString quotes MEMBER quotes)
    Q_PROPERTY(QString strength MEMBER strength)
    Q_PROPERTY(QString next MEMBER next)
    Q_PROPERTY(QString problem MEMBER problem)

public:
    QString criterion;
    QString name;
    QString reached; ///< not_yet, partly, mostly, fully; empty: nothing is said of it
    QString quotes; ///< the student's words, one quote a line
    QString strength;
    QString next;
    QString problem; ///< why it cannot be kept like this; empty when it can

    QString key() const { return criterion; }
    bool operator==(const MarkingRow&) const = default;
};

class MarkingModel : public RowModel<MarkingRow>
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by its page")

public:
    using RowModel::RowModel;
};
