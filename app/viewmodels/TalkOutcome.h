// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QObject>
#include <QStringList>
#include <QtQmlIntegration>

/// One point of a report: a point of a scene's checklist, a criterion of a rubric. A value.
struct OutcomeLine
{
    Q_GADGET
    QML_VALUE_TYPE(outcomeLine)
    Q_PROPERTY(QString icon MEMBER icon)
    Q_PROPERTY(QString tone MEMBER tone)
    Q_PROPERTY(QString title MEMBER title)
    Q_PROPERTY(QString label MEMBER label)
    Q_PROPERTY(int quoteCount READ quoteCount)
    Q_PROPERTY(QString text MEMBER text)
    Q_PROPERTY(QString next MEMBER next)
    Q_PROPERTY(QString spoken READ spoken)

public:
    QString icon;
    QString tone; ///< empty: neither good nor bad
    QString title;
    QString label; ///< how far it was reached, in words
    QStringList quotes; ///< the learner's own words that show it
    QString text; ///< what is good about it
    QString next; ///< the step to take

    int quoteCount() const { return int(quotes.size()); }
    Q_INVOKABLE QString quote(int index) const { return quotes.value(index); }
    QString spoken() const;
    bool operator==(const OutcomeLine&) const = default;
};

/// What a talk, a scene or a text came to, as a card below the reply. A value.
struct TalkOutcome
{
    Q_GADGET
    QML_VALUE_TYPE(talkOutcome)
    Q_PROPERTY(QString kind MEMBER kind)
    Q_PROPERTY(QString icon MEMBER icon)
    Q_PROPERTY(QString title MEMBER title)
    Q_PROPERTY(QString label MEMBER label)
    Q_PROPERTY(QString notice MEMBER notice)
    Q_PROPERTY(QString markdown MEMBER markdown)
    Q_PROPERTY(QString tip MEMBER tip)
    Q_PROPERTY(int lines READ lineCount)

public:
    QString kind; ///< recap, scene or feedback
    QString icon;
    QString title;
    QString label; ///< a small fact beside the title
    QString notice; ///< what has to be said before it is read
    QString markdown; ///< a recap
    QString tip;
    QList<OutcomeLine> points;

    int lineCount() const { return int(points.size()); }
    Q_INVOKABLE OutcomeLine line(int index) const { return points.value(index); }
    bool operator==(const TalkOutcome&) const = default;
};
