// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "base/Scheduler.h"
#include "net/HttpClient.h"
#include "viewmodels/ConnectionStatus.h"

#include <QObject>
#include <QPointer>
#include <QtQmlIntegration>

class AuthSession;

/// Who is here, for the account menu, the welcome page and the sign-in page. A value.
struct AccountState
{
    Q_GADGET
    QML_VALUE_TYPE(accountState)
    Q_PROPERTY(bool signedIn MEMBER signedIn)
    Q_PROPERTY(bool guest MEMBER guest)
    Q_PROPERTY(bool teacher MEMBER teacher)
    Q_PROPERTY(bool needsSignIn MEMBER needsSignIn)
    Q_PROPERTY(QString name MEMBER name)
    Q_PROPERTY(QString email MEMBER email)
    Q_PROPERTY(QString initials MEMBER initials)
    Q_PROPERTY(QString academy MEMBER academy)
    Q_PROPERTY(bool secretsPersist MEMBER secretsPersist)

public:
    bool signedIn = false;
    bool guest = false;
    bool teacher = false;
    bool needsSignIn = false;
    QString name;
    QString email;
    QString initials;
    QString academy;             ///< its address
    bool secretsPersist = true;  ///< false: the computer has no keychain, the session ends with the program

    bool operator==(const AccountState&) const = default;
};

/// Signing in and out, and whether a demo academy answers. Holds no password longer than the
/// request. GUI thread.
class AccountController : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by the application")
    Q_PROPERTY(AccountState state READ state NOTIFY stateChanged)
    Q_PROPERTY(bool busy READ isBusy NOTIFY busyChanged)
    Q_PROPERTY(QString error READ error NOTIFY errorChanged)
    Q_PROPERTY(QString errorDetails READ errorDetailsText NOTIFY errorChanged)
    Q_PROPERTY(QString errorField READ errorField NOTIFY errorChanged)
    Q_PROPERTY(QString demo READ demo NOTIFY demoChanged)
    Q_PROPERTY(QString demoUrl READ demoUrl NOTIFY demoChanged)
    Q_PROPERTY(QString academyUrl READ academyUrl NOTIFY academyChanged)

public:
    AccountController(HttpClient& http, Scheduler& scheduler, QObject* parent = nullptr);

    /// The session of the academy in use; null while there is none.
    void setSession(AuthSession* session);
    void setSecretsPersist(bool persist);
    void setGuest(bool guest);
    /// Where "try the demo academy" looks.
    void setDemoUrl(const QString& url);

    const AccountState& state() const { return m_state; }
    bool isBusy() const { return m_busy; }
    QString error() const { return m_error; }
    QString errorDetailsText() const { return m_errorDetails; }
    /// The field the error belongs to: "email", "password", "academy", or empty.
    QString errorField() const { return m_errorField; }
    /// "unknown", "looking", "ready" or "away".
    QString demo() const { return m_demo; }
    QString demoUrl() const { return m_demoUrl; }
    QString academyUrl() const;

    /// `key` is the academy's public key; empty for the embedded academy and for one used before.
    Q_INVOKABLE void signIn(const QString& academy, const QString& key, const QString& email, const QString& password);
    Q_INVOKABLE void signUp(const QString& academy, const QString& key, const QString& name, const QString& email,
        const QString& password);
    /// True when this academy can only be reached with a key that is not known here yet.
    Q_INVOKABLE bool needsKey(const QString& academy) const;
    Q_INVOKABLE void signInToDemo(bool asTeacher);
    Q_INVOKABLE void studyWithoutAccount();
    Q_INVOKABLE void signOut();
    Q_INVOKABLE void lookForDemo();
    /// Keeps looking every few seconds while the page that shows it is open.
    Q_INVOKABLE void watchDemo(bool watching);
    Q_INVOKABLE void clearError();

Q_SIGNALS:
    void stateChanged();
    void busyChanged();
    void errorChanged();
    void demoChanged();
    void academyChanged();
    /// Use this academy from now on; setSession() follows before control returns.
    void academyWanted(const QString& url, const QString& key);
    void guestWanted();
    void signedOut();

private:
    struct Entry
    {
        QString academy;
        QString key;
        QString email;
        QString password;
        QString name;
        bool create = false;
    };

    void enter(const Entry& entry);
    void refresh();
    void setBusy(bool busy);
    void fail(const QString& sentence, const QString& field, const QString& details = {});
    void setDemo(const QString& demo);

    HttpClient& m_http;
    Scheduler& m_scheduler;
    QPointer<AuthSession> m_session;
    AccountState m_state;
    QString m_error;
    QString m_errorDetails;
    QString m_errorField;
    QString m_demo = QStringLiteral("unknown");
    QString m_demoUrl = QStringLiteral("http://127.0.0.1:54321");
    ScheduledTask m_demoWatch;
    bool m_busy = false;
    bool m_guest = false;
    bool m_persist = true;
};
