// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Async.h"
#include "base/Backoff.h"
#include "base/Clock.h"
#include "base/Id.h"
#include "base/Scheduler.h"
#include "net/HttpClient.h"
#include "supabase/Project.h"

#include <QJsonObject>
#include <QObject>

class SecretStore;

/// Who is signed in. `appRole` comes from app_metadata, which no user can edit.
struct SignedInUser
{
    UserId id;
    QString email;
    QString displayName;
    QString appRole; ///< "student" or "teacher"

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
/// clock does no harm. GUI thread; outlives what uses it.
class AuthSession final : public QObject
{
    Q_OBJECT

public:
    enum class State { SignedOut, Restoring, SignedIn, NeedsSignIn };
    Q_ENUM(State)

    /// Refresh when the token has less than this left.
    static constexpr std::chrono::seconds RefreshMargin {90};
    /// accessToken() never hands out a token with less than this left while it can get another.
    static constexpr std::chrono::seconds LeastValidity {60};

    AuthSession(Project project, HttpClient& http, SecretStore& secrets, Clock& clock,
        Scheduler& scheduler, RandomSource& random, QObject* parent = nullptr);
    ~AuthSession() override;

    State state() const { return m_state; }
    /// Empty id when nobody is signed in.
    const SignedInUser& user() const { return m_user; }
    const Project& project() const { return m_project; }

    /// Errors: Invalid with the server's code ("invalid_credentials", "email_not_confirmed"),
    /// RateLimited, Offline, Timeout, Server.
    Async<void> signInWithPassword(const QString& email, const QString& password);
    /// Also signs in when the academy confirms addresses by itself; otherwise resolves with
    /// Error Unauthorized, code "email_not_confirmed". `displayName` may be empty.
    Async<void> signUp(const QString& email, const QString& password, const QString& displayName);
    /// Continues the session kept by this computer, with or without network.
    Async<void> restore();
    /// Forgets the session here at once and tells the server if it can be reached.
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
        std::chrono::seconds lifetime {0};
        std::optional<MonotonicTime> expiresAt;
    };

    Async<void> startSession(const QUrl& url, const QJsonObject& body);
    void adopt(const QJsonObject& answer, MonotonicTime asked, const AsyncPromise<void>& done);
    void publish(const Session& session, const SignedInUser& user);
    void refresh();
    void refreshAnswered(const Result<HttpResponse>& answer, MonotonicTime asked);
    void retryRefresh(const Error& error);
    void refuse(const Error& error);
    void answerWaiting(const Result<QString>& token);
    void planRefresh();
    void forget(State next, const SignedInUser& user = {});
    void setState(State state);
    void noteServerTime(const HttpResponse& response);
    bool hasTokenFor(std::chrono::seconds validity) const;
    HttpRequest request(const QByteArray& method, const QUrl& url, const QJsonObject& body) const;
    QString storageKey() const;
    QByteArray stored(const QString& refreshToken, const SignedInUser& user) const;

    Project m_project;
    HttpClient& m_http;
    SecretStore& m_secrets;
    Clock& m_clock;
    Scheduler& m_scheduler;
    Backoff m_backoff;
    State m_state = State::SignedOut;
    SignedInUser m_user;
    Session m_session;
    std::chrono::milliseconds m_serverOffset {0};
    QList<AsyncPromise<QString>> m_waiting;
    ScheduledTask m_plannedRefresh;
    ScheduledTask m_retry;
    bool m_refreshing = false;
    quint64 m_generation = 0; ///< answers to an earlier session are dropped
};
