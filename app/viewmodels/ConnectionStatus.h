// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewmodels/ConnectionQuality.h"

#include <QCoreApplication>
#include <QMetaType>
#include <QString>
#include <QtQmlIntegration>

/// What the connection chip says. A value; made by the functions below from facts.
struct ConnectionStatus
{
    Q_GADGET
    QML_VALUE_TYPE(connectionStatus)
    Q_PROPERTY(QString kind MEMBER kind)
    Q_PROPERTY(QString label MEMBER label)
    Q_PROPERTY(QString detail MEMBER detail)
    Q_PROPERTY(QString icon MEMBER icon)
    Q_PROPERTY(QString tone MEMBER tone)
    Q_PROPERTY(QString quality MEMBER quality)
    Q_PROPERTY(QString qualityText MEMBER qualityText)
    Q_PROPERTY(QString qualityTone MEMBER qualityTone)
    Q_DECLARE_TR_FUNCTIONS(ConnectionStatus)

public:
    QString kind = QStringLiteral("local"); ///< local, connecting, live, catchingUp, offline, needsSignIn or otherCertificate
    QString label;
    QString detail;
    QString icon;
    QString tone = QStringLiteral("neutral");
    QString quality;     ///< how good the connection is, in a word; empty when nobody measured it
    QString qualityText; ///< the same as a sentence
    QString qualityTone = QStringLiteral("neutral");

    bool operator==(const ConnectionStatus&) const = default;

    /// Says besides how good the connection is.
    void grade(ConnectionQuality::Grade grade);

    /// Nobody is signed in: everything stays on this computer.
    static ConnectionStatus local();
    static ConnectionStatus connecting();
    static ConnectionStatus live();
    /// `waiting` changes of this computer are on their way.
    static ConnectionStatus catchingUp(int waiting);
    /// `kept` changes wait for the network.
    static ConnectionStatus offline(int kept);
    static ConnectionStatus needsSignIn(int kept);
    /// The academy's certificate is not the one that was trusted: nothing is sent until its words were
    /// compared again.
    static ConnectionStatus otherCertificate();
};
