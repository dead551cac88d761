// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QtQmlIntegration>

/// One message as it is drawn. A value.
struct MessageRow
{
    Q_GADGET
    QML_VALUE_TYPE(messageRow)
    Q_PROPERTY(QString message MEMBER message)
    Q_PROPERTY(bool mine MEMBER mine)
    Q_PROPERTY(QString text MEMBER text)
    Q_PROPERTY(QString state MEMBER state)
    Q_PROPERTY(QString stateText MEMBER stateText)
    Q_PROPERTY(QString tone MEMBER tone)
    Q_PROPERTY(QString footer MEMBER footer)
    Q_PROPERTY(QString error MEMBER error)
    Q_PROPERTY(QString sources MEMBER sources)
    Q_PROPERTY(bool canRetry MEMBER canRetry)
    Q_PROPERTY(bool streaming MEMBER streaming)

public:
    QString message;
    bool mine = false;
    QString text;
    QString state;     ///< queued, connecting, thinking, writing, done, stopped, interrupted or failed
    QString stateText; ///< the same in words, while there is something to say
    QString tone;
    QString footer;    ///< model and time, quietly
    QString error;
    QString sources;   ///< what a notes answer rests on
    bool canRetry = false;
    bool streaming = false;

    bool operator==(const MessageRow&) const = default;
};
