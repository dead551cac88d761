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
    if (error.code.startsWith(QLatin1String("browser_")) || error.code == QLatin1String("loopback_failed")) {
        return {};
    }
    if (error.kind == ErrorKind::Offline || error.kind == ErrorKind::Timeout || error.kind == ErrorKind::Protocol
        || error.kind == ErrorKind::NotFound) {
        return QStringLiteral("academy");
    }
    if (error.code == QLatin1String("invalid_credentials") || error.code == QLatin1String("invalid_grant")
        || error.code == QLatin1String("weak_password")) {
        return QStringLiteral("password");
    }
    if (error.code == QLatin1String("otp_expired") || error.code == QLatin1String("mfa_verification_failed")
        || error.code == QLatin1String("mfa_challenge_expired")) {
        return QStringLiteral("code");
    }
    if (error.code == QLatin1String("email_not_confirmed") || error.code == QLatin1String("user_already_exists")
        || error.code == QLatin1String("email_exists") || error.code == QLatin1String("otp_disabled")) {
        return QStringLiteral("email");
    }
    return {};
}

/// What a person sees in the browser when it is done. Nothing is loaded and nothing runs.
QByteArray browserPage(const QString& title, const QString& text)
{
    return QStringLiteral(
        "<!doctype html><meta charset=utf-8><title>%1</title><style>:root{color-scheme:light dark}"
        "body{font:18px/1.5 system-ui,sans-serif;max-width:28rem;margin:20vh auto;padding:0 1.5rem}"
        "h1{font-size:1.6rem}</style><h1>%1</h1><p>%2</p>")
        .arg(title.toHtmlEscaped(), text.toHtmlEscaped())
        .toUtf8();
}

const QString DemoPassword = QStringLiteral("neolingus-demo");

} // namespace

AccountController::AccountController(HttpClient& http, Settings& settings, Scheduler& scheduler, RandomSource& random,
    BrowserSignIn::Open open, QObject* parent)
    : QObject(parent), m_http(http), m_scheduler(scheduler), m_random(random), m_open(std::move(open)), m_trust(settings, scheduler)
{
}

void AccountController::setSession(AuthSession* session)
{
    if (m_session) {
        m_session->disconnect(this);
    }
    m_browser.reset();
    m_providers.clear();
    m_session = session;
    m_secondStep.setSession(session);
    setStep({});
    Q_EMIT providersChanged();
    if (m_session) {
        m_browser = std::make_unique<BrowserSignIn>(*m_session, m_scheduler, m_random, m_open);
        connect(m_session, &AuthSession::stateChanged, this, &AccountController::refresh);
        connect(m_session, &AuthSession::stateChanged, this, &AccountController::goOn, Qt::QueuedConnection);
    }
    refresh();
    Q_EMIT academyChanged();
    QMetaObject::invokeMethod(this, &AccountController::goOn, Qt::QueuedConnection);
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
            state.anonymous = user.anonymous;
            state.needsSecondStep = m_session->needsSecondStep();
        }
    }
    if (!(state == m_state)) {
        m_state = state;
        Q_EMIT stateChanged();
    }
    if (state.needsSecondStep) {
        setStep(QStringLiteral("second"));
    } else if (state.signedIn) {
        setStep({});
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
    const QUrl url = Project::urlFrom(academy);
    const QHostAddress address(url.host());
    const bool here = address.isLoopback() || url.host() == QLatin1String("localhost");
    const bool room = !address.isNull() || url.host().endsWith(QLatin1String(".local"));
    const bool known = m_session && m_session->project().url == url && !m_session->project().anonKey.isEmpty();
    return !url.host().isEmpty() && !here && !room && !known;
}

void AccountController::useAcademy(const QString& academy, const QString& key, std::function<void()> go)
{
    const QUrl url = Project::urlFrom(academy);
    if (!url.isValid() || url.host().isEmpty()) {
        fail(tr("This is not an address. It looks like https://academy.example."), QStringLiteral("academy"));
        return;
    }
    if (needsKey(academy) && key.trimmed().isEmpty()) {
        fail(tr("Enter the academy's public key; it stands beside its address."), QStringLiteral("key"));
        return;
    }
    setBusy(true);
    whenDone(m_trust.admit(url, key.trimmed()), this, [this, url, go = std::move(go)](const Result<AcademyPass>& pass) {
        if (!pass.ok()) {
            answered(pass.error());
            return;
        }
        m_waiting = go;
        Q_EMIT academyWanted(url.toString(QUrl::StripTrailingSlash), pass->key);
        goOn();
    });
}

void AccountController::goOn()
{
    // In its first seconds the program waits for the keychain, and then for the session it kept.
    if (m_waiting && m_session && m_session->state() != AuthSession::State::Restoring) {
        setBusy(false);
        std::exchange(m_waiting, nullptr)();
    }
}

void AccountController::compareAgain(const QString& academy)
{
    m_trust.forget(Project::urlFrom(academy));
    clearError();
}

bool AccountController::checkEmail(const QString& email)
{
    if (!email.contains(QLatin1Char('@'))) {
        fail(tr("Enter your e-mail address."), QStringLiteral("email"));
        return false;
    }
    return true;
}

void AccountController::answered(const Result<void>& result)
{
    setBusy(false);
    if (result.ok() || result.error().kind == ErrorKind::Cancelled) {
        return;
    }
    const Error& error = result.error();
    const QString field = fieldOf(error);
    m_isOtherCertificate = error.code == QLatin1String("certificate_mismatch");
    fail(field == QLatin1String("academy") && error.isTransient()
            ? tr("The academy cannot be reached. Check the address and your network, then try again.")
            : errorSentence(error),
        field, errorDetails(error));
}

void AccountController::enter(const Entry& entry)
{
    if (m_busy) {
        return;
    }
    clearError();
    const bool upgrades = entry.create && m_state.anonymous && m_session
        && Project::urlFrom(entry.academy) == m_session->project().url;
    if (!checkEmail(entry.email)) {
        return;
    }
    if (entry.password.isEmpty()) {
        fail(tr("Enter your password."), QStringLiteral("password"));
        return;
    }
    if (upgrades) {
        authenticate(entry, true);
    } else {
        useAcademy(entry.academy, entry.key, [this, entry] { authenticate(entry, false); });
    }
}

void AccountController::authenticate(const Entry& entry, bool upgrades)
{
    setBusy(true);
    const QString email = entry.email.trimmed();
    const Async<void> answer = upgrades ? m_session->completeAccount(email, entry.password, entry.name.trimmed())
        : entry.create                  ? m_session->signUp(email, entry.password, entry.name.trimmed())
                                        : m_session->signInWithPassword(email, entry.password);
    whenDone(answer, this, [this](const Result<void>& result) { answered(result); });
}

void AccountController::tryWithoutAccount(const QString& academy, const QString& key)
{
    if (m_busy) {
        return;
    }
    clearError();
    useAcademy(academy, key, [this] {
        setBusy(true);
        whenDone(m_session->signInAnonymously(), this, [this](const Result<void>& result) { answered(result); });
    });
}

void AccountController::sendCode(const QString& academy, const QString& key, const QString& email, bool create)
{
    if (m_busy) {
        return;
    }
    clearError();
    if (!checkEmail(email)) {
        return;
    }
    useAcademy(academy, key, [this, email, create] {
        m_codeAddress = email.trimmed();
        m_codeCreates = create;
        sendCodeAgain();
    });
}

void AccountController::sendCodeAgain()
{
    if (!m_session || m_busy || m_codeAddress.isEmpty()) {
        return;
    }
    clearError();
    setBusy(true);
    whenDone(m_session->sendCode(m_codeAddress, m_codeCreates), this, [this](const Result<void>& result) {
        constexpr std::chrono::seconds UsualWait = 60s;
        const bool soon = !result.ok() && result.error().kind == ErrorKind::RateLimited && result.error().retryAfter;
        if (result.ok() || soon) {
            countDown(soon ? std::chrono::ceil<std::chrono::seconds>(*result.error().retryAfter) : UsualWait);
            lookForProviders();
            setStep(QStringLiteral("code"));
        }
        answered(soon ? Result<void>() : result);
    });
}

void AccountController::enterCode(const QString& code)
{
    QString digits = code;
    digits.remove(QLatin1Char(' '));
    if (!m_session || m_busy) {
        return;
    }
    clearError();
    if (digits.size() != 6) {
        fail(tr("Enter the six digits."), QStringLiteral("code"));
        return;
    }
    setBusy(true);
    const Async<void> answer = m_step == QLatin1String("second")
        ? m_secondStep.takeStep(digits)
        : m_session->signInWithCode(m_codeAddress, digits);
    whenDone(answer, this, [this](const Result<void>& result) { answered(result); });
}

void AccountController::signInInBrowser(const QString& academy, const QString& key, const QString& provider)
{
    if (m_busy) {
        return;
    }
    clearError();
    useAcademy(academy, key, [this, provider] { startBrowser(provider); });
}

void AccountController::startBrowser(const QString& provider)
{
    if (!m_browser) {
        return;
    }
    const BrowserSignIn::Pages pages {
        browserPage(tr("You are signed in"), tr("You can close this page and go back to Neolingus.")),
        browserPage(tr("That did not work"), tr("Go back to Neolingus; it says what happened."))};
    const Async<void> answer = m_browser->start(provider, pages);
    setStep(m_browser->isWaiting() ? QStringLiteral("browser") : QString());
    whenDone(answer, this, [this](const Result<void>& result) {
        if (m_step == QLatin1String("browser") && !(m_browser && m_browser->isWaiting())) {
            setStep({});
        }
        answered(result);
    });
}

QString AccountController::browserAddress() const
{
    return m_browser ? m_browser->address().toString(QUrl::FullyEncoded) : QString();
}

QString AccountController::providerName(const QString& provider) const
{
    static const QHash<QString, QString> names {{QStringLiteral("google"), QStringLiteral("Google")},
        {QStringLiteral("azure"), QStringLiteral("Microsoft")}, {QStringLiteral("apple"), QStringLiteral("Apple")},
        {QStringLiteral("github"), QStringLiteral("GitHub")}, {QStringLiteral("gitlab"), QStringLiteral("GitLab")},
        {QStringLiteral("facebook"), QStringLiteral("Facebook")}, {QStringLiteral("linkedin_oidc"), QStringLiteral("LinkedIn")}};
    if (provider == QLatin1String("demo")) {
        return tr("the browser");
    }
    return names.value(provider, provider.left(1).toUpper() + provider.mid(1));
}

QString AccountController::mailboxUrl() const
{
    return m_providers.contains(QStringLiteral("demo")) ? academyUrl() + QStringLiteral("/mail") : QString();
}

void AccountController::leaveStep()
{
    clearError();
    if (m_browser) {
        m_browser->cancel();
    }
    if (m_step == QLatin1String("second") && m_session) {
        whenDone(m_session->signOut(), this, [](const Result<void>&) { });
    }
    setStep({});
}

void AccountController::lookForProviders()
{
    if (!m_session) {
        return;
    }
    whenDone(m_session->browserProviders(), m_session, [this, asked = QPointer(m_session)](const Result<QStringList>& providers) {
        if (asked == m_session && providers.ok() && *providers != m_providers) {
            m_providers = *providers;
            Q_EMIT providersChanged();
        }
    });
}

void AccountController::setStep(const QString& step)
{
    if (step != m_step || step == QLatin1String("browser")) {
        m_step = step;
        Q_EMIT stepChanged();
    }
}

void AccountController::countDown(std::chrono::seconds wait)
{
    m_codeWait = int(wait.count());
    Q_EMIT codeWaitChanged();
    m_codeTimer = m_scheduler.every(1s, [this] {
        m_codeWait = std::max(0, m_codeWait - 1);
        if (m_codeWait == 0) {
            m_codeTimer.cancel();
        }
        Q_EMIT codeWaitChanged();
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
    m_isOtherCertificate = m_isOtherCertificate && !sentence.isEmpty();
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
