// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Async.h"
#include "base/Backoff.h"
#include "base/Clock.h"
#include "base/Id.h"
#include "base/Scheduler.h"
#include "net/HttpClient.h"
#include "supabase/AuthMachine.h"
#include "supabase/JwksCache.h"
#include "supabase/Project.h"
#include "supabase/SessionLock.h"

#include <QJsonObject>
#include <QObject>
#include <QStringList>

#include <functional>

class SecretStore;

/// Who is signed in. `appRole` comes from app_metadata, which no user can edit.
struct SignedInUser
{
    UserId id;
    QString email;
    QString displayName;
    QString appRole; ///< "student" or "teacher"
    bool anonymous = false; ///< an account without address or password yet
    bool secondStep = false; ///< has set up two-step verification

    bool operator==(const SignedInUser&) const = default;
};

/// One person's session with one academy: sign-in, token refresh (one at a time, whoever asks), and
/// survival of restarts, also without network.
///
///     SignedOut → SignedIn → NeedsSignIn
///     Restoring → SignedIn | SignedOut
///
/// SignedIn means that this computer holds a session, not that the network is there. NeedsSignIn
/// means the server refused the session for good: everything local stays, only talking to the
/// server waits for the person. A new refresh token is in the secret store before anybody hears of
/// it. Expiry is measured on the monotonic clock against the token's own lifetime, so a wrong wall
/// clock does no harm.
///
/// Several processes may share one session: they take turns with the refresh token (useLock()), and
/// each reads the store before it presents a token, before it believes a refusal and before it keeps
/// a new token. When another process signed out, this one follows. What it does when is AuthMachine's
/// to say. GUI thread; outlives what uses it.
class AuthSession final : public QObject
{
    Q_OBJECT

public:
    enum class State { SignedOut, Restoring, SignedIn, NeedsSignIn };
    Q_ENUM(State)

    /// Refresh when the token has less than this left.
    static constexpr std::chrono::seconds RefreshMargin{90};
    /// accessToken() never hands out a token with less than this left while it can get another.
    static constexpr std::chrono::seconds LeastValidity{60};

    AuthSession(Project project, HttpClient& http, SecretStore& secrets, Clock& clock,
        Scheduler& scheduler, RandomSource& random, QObject* parent = nullptr);
    ~AuthSession() override;

    /// Takes turns with other processes that use the same secrets. The lock outlives the session.
    void useLock(SessionLock& lock) { m_lock = &lock; }

    State state() const { return State(int(m_machine.phase)); }
    /// Empty id when nobody is signed in.
    const SignedInUser& user() const { return m_user; }
    const Project& project() const { return m_project; }

    /// Errors: Invalid with the server's code ("invalid_credentials", "email_not_confirmed"),
    /// RateLimited, Offline, Timeout, Server.
    Async<void> signInWithPassword(const QString& email, const QString& password);
    /// Also signs in when the academy confirms addresses by itself; otherwise resolves with
    /// Error Unauthorized, code "email_not_confirmed". `displayName` may be empty.
    Async<void> signUp(const QString& email, const QString& password, const QString& displayName);
    /// A session without any credentials. The same account becomes a full one by
    /// completeAccount(), with its id and everything that belongs to it.
    Async<void> signInAnonymously();
    /// Gives the anonymous account of this session an address and a password. Errors: Invalid
    /// "email_exists", "weak_password"; Forbidden, RateLimited, Offline.
    Async<void> completeAccount(
        const QString& email, const QString& password, const QString& displayName);

    /// Sends a code of six digits. Errors: Invalid "otp_disabled" when there is no such account and
    /// none is to be made; RateLimited "over_email_send_rate_limit" with retryAfter where the
    /// server says how long.
    Async<void> sendCode(const QString& email, bool createAccount);
    /// Signs in with a code. Error Forbidden "otp_expired" when it is wrong or too old.
    Async<void> signInWithCode(const QString& email, const QString& code);
    /// Sends a code that signInWithRecoveryCode() takes; also when nobody has that address.
    Async<void> sendRecoveryCode(const QString& email);
    Async<void> signInWithRecoveryCode(const QString& email, const QString& code);
    Async<void> setPassword(const QString& password);

    /// The second half of a sign-in through the browser, see BrowserSignIn.
    Async<void> signInWithAuthCode(const QString& code, const QString& verifier);
    /// The providers this academy offers in the browser, such as "google".
    Async<QStringList> browserProviders();

    /// True when this person has a second step and this session has not taken it.
    bool needsSecondStep() const { return m_user.secondStep && m_level == QLatin1String("aal1"); }
    /// A call below /auth/v1 in the person's name; the answer's object.
    Async<QJsonObject> askAsUser(
        const QByteArray& method, const QString& path, const QJsonObject& body);
    /// Such a call whose answer is a new session in place of this one.
    Async<void> liftSession(const QString& path, const QJsonObject& body);
    /// Gets a token with new claims soon; accessToken() waits for it.
    void renew();
    /// What the access token says, proven: by the project's public keys, or where it signs with a
    /// shared secret by asking the server.
    Async<JwtClaims> claims();

    /// Gives a token that is good for a while, such as one of another identity provider that the
    /// project trusts. Error Unauthorized: nobody is signed in there any more.
    using TokenCallback = std::function<Async<QString>()>;
    /// From now on, until signOut(), the application gives the tokens: it is asked when one is needed
    /// and again before that one expires (its exp claim; an hour without one), and nothing is kept in
    /// the store. Resolves when the first has come; until then accessToken() waits.
    Async<void> useTokens(TokenCallback tokens);

    /// Continues the session kept by this computer, with or without network.
    Async<void> restore();
    /// Forgets the session here at once, also what a renewal under way in another process keeps of
    /// it, and tells the server if it can be reached.
    Async<void> signOut();

    /// A token that is good for at least LeastValidity. Errors: Unauthorized ("signed_out",
    /// "needs_sign_in"), or why the server could not be asked.
    Async<QString> accessToken();
    /// The server refused this token: get a new one although ours looked valid.
    Async<QString> refreshAfterRefusal(const QString& refusedToken);

    /// How far the server's wall clock is ahead of ours, from its Date header (1 s resolution).
    std::chrono::milliseconds serverClockOffset() const { return m_serverOffset; }

Q_SIGNALS:
    void stateChanged();
    void accessTokenChanged(const QString& token);

private:
    struct Session
    {
        QString accessToken;
        QString refreshToken;
        std::chrono::seconds lifetime{0};
        std::optional<MonotonicTime> expiresAt;
    };

    /// What a server or the application gave, until it is in use.
    struct Grant
    {
        Session session;
        SignedInUser user;
        AsyncPromise<void> done;
    };

    Async<void> startSession(const QUrl& url, const QJsonObject& body, const QString& bearer = {});
    void removeAfterRenewals(const UserId& owner);
    Async<void> post(const QString& path, const QJsonObject& body);
    Async<void> changeUser(const QJsonObject& change);
    /// Reports `event` with the session in the answer, or says why it is none, to `done` too; `done`
    /// hears when it is in use.
    std::optional<Error> adopt(const HttpResponse& response, MonotonicTime asked,
        const AuthMachine::Event& event, const AsyncPromise<void>& done);
    void handle(const AuthMachine::Event& event);
    void perform(const AuthMachine::Effect& effect);
    void keep();
    void use(bool told);
    void takeTurn();
    void askApplication();
    void applicationAnswered(const Result<QString>& token);
    void readStore();
    AuthMachine::Stored look(const Result<QByteArray>& secret);
    void present();
    void refreshAnswered(const Result<HttpResponse>& answer, MonotonicTime asked);
    void startRetry(const Error& error);
    Error noSession() const;
    Error notYet() const;
    Result<QString> tokenOr(const Error& error) const;
    void answerWaiting(const Result<QString>& token);
    void planRefresh();
    void forget(bool keepUser);
    void noteServerTime(const HttpResponse& response);
    bool hasTokenFor(std::chrono::seconds validity) const;
    HttpRequest request(const QByteArray& method, const QUrl& url, const QJsonObject& body) const;
    QString storageKey() const;
    QByteArray stored(
        const QString& refreshToken, const SignedInUser& user, const QString& level) const;
    WallTime serverTime() const { return m_clock.wall() + m_serverOffset; }

    Project m_project;
    HttpClient& m_http;
    SecretStore& m_secrets;
    Clock& m_clock;
    Scheduler& m_scheduler;
    Backoff m_backoff;
    AuthMachine::State m_machine;
    SignedInUser m_user;
    Session m_session;
    Grant m_grant;
    QString m_newer; ///< the refresh token that the store was last found to hold
    QString m_level; ///< "aal1" or "aal2"
    JwksCache m_keys;
    SessionLock* m_lock = nullptr;
    SessionLock::Guard m_turn; ///< while the refresh token is presented
    std::chrono::milliseconds m_serverOffset{0};
    AsyncPromise<QString> m_asker; ///< who asks for a token just now
    QList<AsyncPromise<QString>> m_waiting;
    ScheduledTask m_plannedRefresh;
    ScheduledTask m_retry;
    Error m_retryReason;
    MonotonicTime m_retryAt{0};
    TokenCallback m_tokens; ///< of the application; usually none
    quint64 m_generation = 0; ///< answers to an earlier session are dropped
};
