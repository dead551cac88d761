// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QtQmlIntegration>

/// A mark in the learner's own words, as it is drawn and explained. A value.
struct CorrectionRow
{
    Q_GADGET
    QML_VALUE_TYPE(correctionRow)
    Q_PROPERTY(int start MEMBER start)
    Q_PROPERTY(int length MEMBER length)
    Q_PROPERTY(QString original MEMBER original)
    Q_PROPERTY(QString suggestion MEMBER suggestion)
    Q_PROPERTY(QString group MEMBER group)
    Q_PROPERTY(QString kind MEMBER kind)
    Q_PROPERTY(QString rule MEMBER rule)
    Q_PROPERTY(QString explanation MEMBER explanation)
    Q_PROPERTY(QString spoken MEMBER spoken)
    Q_PROPERTY(bool inCards MEMBER inCards)

public:
    int start = 0; ///< in UTF-16 units of the message, like `length`
    int length = 0;
    QString original;
    QString suggestion;
    QString group; ///< grammar, words, spelling or order: how it is underlined
    QString kind; ///< the same more closely, in words
    QString rule;
    QString explanation;
    QString spoken; ///< all of it in one sentence
    bool inCards = false; ///< comes back among the reviews

    bool operator==(const CorrectionRow&) const = default;
};
