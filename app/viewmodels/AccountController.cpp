// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/AccountController.h"

#include "supabase/AuthSession.h"
#include "viewmodels/ErrorText.h"

#include <QHostAddress>
#include <QUrl>

using namespace std::chrono_literals;

namespace {

QString initialsOf(const QString& name)
{
    QString initials;
    const QStringList words = name.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    for (const QString& word : words) {
        if (word.at(0).isLetter() && initials.size() < 2) {
            initials.append(word.at(0).toUpper());
        }
    }
    return initials;
}

QString fieldOf(const Error& error)
{
    if (error.kind == ErrorKind::Offline || error.kind == ErrorKind::Timeout || error.kind == ErrorKind::Protocol
        || error.kind == ErrorKind::NotFound) {
        return QStringLiteral("academy");
    }
    if (error.code == QLatin1String("invalid_credentials") || error.code == QLatin1String("invalid_grant")
        || error.code == QLatin1String("weak_password")) {
        return QStringLiteral("password");
    }
    if (error.code == QLatin1String("email_not_confirmed") || error.code == QLatin1String("user_already_exists")) {
        return QStringLiteral("email");
    }
    return {};
}

const QString DemoPassword = QStringLiteral("neolingus-demo");

} // namespace

AccountController::AccountController(HttpClient& http, Scheduler& scheduler, QObject* parent)
    : QObject(parent), m_http(http), m_scheduler(scheduler)
{
}

void AccountController::setSession(AuthSession* session)
{
    if (m_session) {
        m_session->disconnect(this);
    }
    m_session = session;
    if (m_session) {
        connect(m_session, &AuthSession::stateChanged, this, &AccountController::refresh);
    }
    refresh();
    Q_EMIT academyChanged();
}

void AccountController::setSecretsPersist(bool persist)
{
    m_persist = persist;
    refresh();
}

void AccountController::setGuest(bool guest)
{
    m_guest = guest;
    refresh();
}

void AccountController::setDemoUrl(const QString& url)
{
    m_demoUrl = url;
    Q_EMIT demoChanged();
}

QString AccountController::academyUrl() const
{
    return m_session ? m_session->project().url.toString() : QString();
}

void AccountController::refresh()
{
    AccountState state;
    state.secretsPersist = m_persist;
    state.guest = m_guest;
    state.academy = academyUrl();
    if (m_session) {
        const SignedInUser& user = m_session->user();
        state.needsSignIn = m_session->state() == AuthSession::State::NeedsSignIn;
        state.signedIn = m_session->state() == AuthSession::State::SignedIn || state.needsSignIn;
        if (state.signedIn) {
            state.guest = false;
            state.teacher = user.appRole == QLatin1String("teacher");
            state.name = user.displayName.isEmpty() ? user.email.section(QLatin1Char('@'), 0, 0) : user.displayName;
            state.email = user.email;
            state.initials = initialsOf(state.name);
        }
    }
    if (!(state == m_state)) {
        m_state = state;
        Q_EMIT stateChanged();
    }
}

void AccountController::signIn(const QString& academy, const QString& key, const QString& email, const QString& password)
{
    enter({academy, key, email, password, {}, false});
}

void AccountController::signUp(
    const QString& academy, const QString& key, const QString& name, const QString& email, const QString& password)
{
    enter({academy, key, email, password, name, true});
}

void AccountController::signInToDemo(bool asTeacher)
{
    enter({m_demoUrl, {},
        asTeacher ? QStringLiteral("teacher@neolingus.demo") : QStringLiteral("student01@neolingus.demo"), DemoPassword, {}, false});
}

bool AccountController::needsKey(const QString& academy) const
{
    const QUrl url = QUrl::fromUserInput(academy.trimmed());
    const QHostAddress address(url.host());
    const bool here = address.isLoopback() || url.host() == QLatin1String("localhost");
    const bool room = !address.isNull();
    const bool known = m_session && m_session->project().url == url && !m_session->project().anonKey.isEmpty();
    return !url.host().isEmpty() && !here && !room && !known;
}

void AccountController::enter(const Entry& entry)
{
    if (m_busy) {
        return;
    }
    clearError();
    const QUrl url = QUrl::fromUserInput(entry.academy.trimmed());
    if (!url.isValid() || url.host().isEmpty()) {
        fail(tr("This is not an address. It looks like https://academy.example."), QStringLiteral("academy"));
        return;
    }
    if (needsKey(entry.academy) && entry.key.trimmed().isEmpty()) {
        fail(tr("Enter the academy's public key; it stands beside its address."), QStringLiteral("key"));
        return;
    }
    if (!entry.email.contains(QLatin1Char('@'))) {
        fail(tr("Enter your e-mail address."), QStringLiteral("email"));
        return;
    }
    if (entry.password.isEmpty()) {
        fail(tr("Enter your password."), QStringLiteral("password"));
        return;
    }
    Q_EMIT academyWanted(url.toString(QUrl::StripTrailingSlash), entry.key.trimmed());
    if (!m_session) {
        return;
    }
    setBusy(true);
    const Async<void> answer = entry.create
        ? m_session->signUp(entry.email.trimmed(), entry.password, entry.name.trimmed())
        : m_session->signInWithPassword(entry.email.trimmed(), entry.password);
    whenDone(answer, this, [this](const Result<void>& result) {
        setBusy(false);
        if (!result.ok()) {
            const Error& error = result.error();
            const QString field = fieldOf(error);
            fail(field == QLatin1String("academy") && error.isTransient()
                    ? tr("The academy cannot be reached. Check the address and your network, then try again.")
                    : errorSentence(error),
                field, errorDetails(error));
        }
    });
}

void AccountController::studyWithoutAccount()
{
    Q_EMIT guestWanted();
}

void AccountController::signOut()
{
    if (m_session && m_state.signedIn) {
        whenDone(m_session->signOut(), this, [](const Result<void>&) { });
    }
    Q_EMIT signedOut();
}

void AccountController::lookForDemo()
{
    if (m_demo == QLatin1String("unknown")) {
        setDemo(QStringLiteral("looking"));
    }
    HttpRequest request;
    request.method = QByteArrayLiteral("GET");
    request.url = QUrl(m_demoUrl + QStringLiteral("/auth/v1/health"));
    request.timeout = 2s;
    whenDone(m_http.send(request), this, [this](const Result<HttpResponse>& answer) {
        setDemo(answer.ok() && answer->status < 500 ? QStringLiteral("ready") : QStringLiteral("away"));
    });
}

void AccountController::watchDemo(bool watching)
{
    m_demoWatch.cancel();
    if (watching) {
        lookForDemo();
        m_demoWatch = m_scheduler.every(3s, [this] { lookForDemo(); });
    }
}

void AccountController::clearError()
{
    if (!m_error.isEmpty()) {
        fail({}, {});
    }
}

void AccountController::setBusy(bool busy)
{
    if (busy != m_busy) {
        m_busy = busy;
        Q_EMIT busyChanged();
    }
}

void AccountController::fail(const QString& sentence, const QString& field, const QString& details)
{
    m_error = sentence;
    m_errorField = field;
    m_errorDetails = details;
    Q_EMIT errorChanged();
}

void AccountController::setDemo(const QString& demo)
{
    if (demo != m_demo) {
        m_demo = demo;
        Q_EMIT demoChanged();
    }
}
