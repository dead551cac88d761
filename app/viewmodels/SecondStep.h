// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "supabase/MfaClient.h"

#include <QObject>
#include <QPointer>
#include <QStringList>
#include <QUrl>
#include <QtQmlIntegration>

#include <memory>

class AuthSession;

/// Two-step verification under the account's settings: which authenticator apps there are, and
/// setting one up with a QR code. GUI thread.
///
///     idle → begin() → the code is shown → confirm() → idle, one more
class SecondStep : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by the account")
    Q_PROPERTY(bool known READ isKnown NOTIFY changed)
    Q_PROPERTY(bool on READ isOn NOTIFY changed)
    Q_PROPERTY(bool settingUp READ isSettingUp NOTIFY changed)
    Q_PROPERTY(bool busy READ isBusy NOTIFY changed)
    Q_PROPERTY(QUrl picture READ picture NOTIFY changed)
    Q_PROPERTY(QString secret READ secret NOTIFY changed)
    Q_PROPERTY(QString error READ error NOTIFY changed)

public:
    explicit SecondStep(QObject* parent = nullptr);

    /// Null while there is none.
    void setSession(AuthSession* session);

    bool isKnown() const { return m_known; }
    bool isOn() const;
    bool isSettingUp() const { return !m_enrolment.factorId.isEmpty(); }
    bool isBusy() const { return m_busy; }
    /// The QR code as a data: address; empty while nothing is set up.
    QUrl picture() const { return m_picture; }
    /// The same for typing, in groups of four.
    QString secret() const;
    QString error() const { return m_error; }

    Q_INVOKABLE void refresh();
    Q_INVOKABLE void begin();
    Q_INVOKABLE void confirm(const QString& code);
    Q_INVOKABLE void stop();
    Q_INVOKABLE void turnOff();

    /// The step itself, at sign-in.
    Async<void> takeStep(const QString& code);

Q_SIGNALS:
    void changed();

private:
    void say(const QString& error);
    void setBusy(bool busy);
    void end();

    QPointer<AuthSession> m_session;
    std::unique_ptr<MfaClient> m_client;
    QList<MfaFactor> m_factors;
    MfaEnrolment m_enrolment;
    QUrl m_picture;
    QString m_error;
    bool m_known = false;
    bool m_busy = false;
};
