// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "base/Scheduler.h"
#include "net/HttpClient.h"
#include "supabase/BrowserSignIn.h"
#include "viewmodels/AcademyTrust.h"
#include "viewmodels/ConnectionStatus.h"
#include "viewmodels/SecondStep.h"

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
    Q_PROPERTY(bool anonymous MEMBER anonymous)
    Q_PROPERTY(bool needsSecondStep MEMBER needsSecondStep)
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
    bool anonymous = false;        ///< an account without address and password yet
    bool needsSecondStep = false;  ///< signed in, but the code of the authenticator app is missing
    QString name;
    QString email;
    QString initials;
    QString academy;             ///< its address
    bool secretsPersist = true;  ///< false: the computer has no keychain, the session ends with the program

    bool operator==(const AccountState&) const = default;
};

/// Signing in and out, by password, by a code in an e-mail, through the browser and with a second
/// step, and whether a demo academy answers. Holds no password longer than the request. GUI thread.
///
///     "" → "code" (sent, to be typed) → signed in
///     "" → "browser" (waiting for it) → signed in
///     signed in, second step missing: "second"
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
    Q_PROPERTY(QString step READ step NOTIFY stepChanged)
    Q_PROPERTY(QString codeAddress READ codeAddress NOTIFY stepChanged)
    Q_PROPERTY(QString browserAddress READ browserAddress NOTIFY stepChanged)
    Q_PROPERTY(int codeWait READ codeWait NOTIFY codeWaitChanged)
    Q_PROPERTY(QStringList providers READ providers NOTIFY providersChanged)
    Q_PROPERTY(QString mailboxUrl READ mailboxUrl NOTIFY providersChanged)
    Q_PROPERTY(SecondStep* secondStep READ secondStep CONSTANT)
    Q_PROPERTY(AcademyTrust* trust READ trust CONSTANT)
    Q_PROPERTY(bool otherCertificate READ isOtherCertificate NOTIFY errorChanged)
    Q_PROPERTY(QString demo READ demo NOTIFY demoChanged)
    Q_PROPERTY(QString demoUrl READ demoUrl NOTIFY demoChanged)
    Q_PROPERTY(QString academyUrl READ academyUrl NOTIFY academyChanged)

public:
    /// `open` shows an address in the person's browser.
    AccountController(HttpClient& http, Settings& settings, Scheduler& scheduler, RandomSource& random,
        BrowserSignIn::Open open, QObject* parent = nullptr);

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
    /// What the sign-in page asks for now; see above.
    QString step() const { return m_step; }
    QString codeAddress() const { return m_codeAddress; }
    /// For a person whose browser did not open by itself.
    QString browserAddress() const;
    /// Seconds until another code may be sent.
    int codeWait() const { return m_codeWait; }
    /// The providers that the academy offers in the browser.
    QStringList providers() const { return m_providers; }
    /// Where a demo academy shows the mail it does not send; empty elsewhere.
    QString mailboxUrl() const;
    SecondStep* secondStep() { return &m_secondStep; }
    AcademyTrust* trust() { return &m_trust; }
    /// The error is that an academy shows another certificate than the one that was trusted.
    bool isOtherCertificate() const { return m_isOtherCertificate; }
    /// "unknown", "looking", "ready" or "away".
    QString demo() const { return m_demo; }
    QString demoUrl() const { return m_demoUrl; }
    QString academyUrl() const;

    /// `key` is the academy's public key; empty for the embedded academy and for one used before.
    Q_INVOKABLE void signIn(const QString& academy, const QString& key, const QString& email, const QString& password);
    Q_INVOKABLE void signUp(const QString& academy, const QString& key, const QString& name, const QString& email,
        const QString& password);
    /// An account without a name; signing up later keeps it and its work.
    Q_INVOKABLE void tryWithoutAccount(const QString& academy, const QString& key);
    /// Sends a code of six digits; with `create` also to somebody who has no account yet.
    Q_INVOKABLE void sendCode(const QString& academy, const QString& key, const QString& email, bool create);
    Q_INVOKABLE void sendCodeAgain();
    /// The code of the e-mail or, at the second step, of the authenticator app.
    Q_INVOKABLE void enterCode(const QString& code);
    Q_INVOKABLE void signInInBrowser(const QString& academy, const QString& key, const QString& provider);
    /// The name people know a provider by.
    Q_INVOKABLE QString providerName(const QString& provider) const;
    /// Forgets the certificate that was trusted, so that the next sign-in compares the words again.
    Q_INVOKABLE void compareAgain(const QString& academy);
    /// Back to the beginning of signing in.
    Q_INVOKABLE void leaveStep();
    /// Asks the academy in use which providers it offers.
    Q_INVOKABLE void lookForProviders();
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
    void stepChanged();
    void codeWaitChanged();
    void providersChanged();
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
    /// Says what is wrong with the address of the academy or its certificate; when nothing is and it
    /// is in use, `go` starts what was wanted there. Busy meanwhile.
    void useAcademy(const QString& academy, const QString& key, std::function<void()> go);
    /// Starts what waits for a session that can be used.
    void goOn();
    void authenticate(const Entry& entry, bool upgrades);
    void startBrowser(const QString& provider);
    bool checkEmail(const QString& email);
    void answered(const Result<void>& result);
    void setStep(const QString& step);
    void countDown(std::chrono::seconds wait);
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
    RandomSource& m_random;
    BrowserSignIn::Open m_open;
    std::unique_ptr<BrowserSignIn> m_browser;
    SecondStep m_secondStep;
    AcademyTrust m_trust;
    bool m_isOtherCertificate = false;
    std::function<void()> m_waiting;
    QString m_step;
    QString m_codeAddress;
    bool m_codeCreates = false;
    int m_codeWait = 0;
    ScheduledTask m_codeTimer;
    QStringList m_providers;
    bool m_busy = false;
    bool m_guest = false;
    bool m_persist = true;
};
