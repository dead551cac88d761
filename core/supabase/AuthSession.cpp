// SPDX-License-Identifier: GPL-3.0-or-later
#include "supabase/AuthSession.h"

#include "base/Log.h"
#include "store/SecretStore.h"
#include "supabase/ServerError.h"
#include "wire/Json.h"
#include "wire/Jwt.h"

#include <QDateTime>
#include <QRegularExpression>

#include <algorithm>

using namespace std::chrono_literals;

namespace {

constexpr std::chrono::milliseconds RetryBase = 500ms;
constexpr std::chrono::milliseconds RetryCap = 30s;

Error unauthorized(const char* code)
{
    return {ErrorKind::Unauthorized, QLatin1String(code), {}, {}};
}

/// The server's word for what is wrong: `code` when it is text, else `error_code` or `error`.
QString codeIn(const QJsonObject& body)
{
    for (const char* name : {"code", "error_code", "error"}) {
        const QJsonValue value = body.value(QLatin1String(name));
        if (value.isString() && !value.toString().isEmpty()) {
            return value.toString();
        }
    }
    return {};
}

QString messageIn(const QJsonObject& body)
{
    for (const char* name : {"msg", "message", "error_description"}) {
        const QJsonValue value = body.value(QLatin1String(name));
        if (value.isString()) {
            return value.toString();
        }
    }
    return {};
}

/// "…only request this after 42 seconds." is the only place where the server says how long.
std::optional<std::chrono::milliseconds> pauseIn(const QString& message)
{
    static const QRegularExpression pattern(QStringLiteral("after (\\d{1,5}) seconds"));
    const QRegularExpressionMatch match = pattern.match(message);
    return match.hasMatch()
        ? std::optional<std::chrono::milliseconds>(std::chrono::seconds(match.captured(1).toInt()))
        : std::nullopt;
}

Error authError(const HttpResponse& response)
{
    const QJsonObject body = parseJson(response.body).valueOr({}).toObject();
    Error error = serverError(response, codeIn(body), messageIn(body));
    if (error.kind == ErrorKind::RateLimited && !error.retryAfter) {
        error.retryAfter = pauseIn(messageIn(body));
    }
    return error;
}

/// True when the server's own words say that this session is over. A proxy's or captive portal's
/// answer is not that, nor any word we do not know.
bool endsSession(const HttpResponse& response)
{
    static const QStringList words{QStringLiteral("refresh_token_not_found"),
        QStringLiteral("refresh_token_already_used"), QStringLiteral("session_not_found"),
        QStringLiteral("session_expired"), QStringLiteral("user_banned"),
        QStringLiteral("user_not_found"), QStringLiteral("invalid_grant"),
        QStringLiteral("bad_jwt")};
    const bool refusal = response.status == 400 || response.status == 401 || response.status == 403
        || response.status == 404 || response.status == 422;
    return refusal && words.contains(codeIn(parseJson(response.body).valueOr({}).toObject()));
}

SignedInUser userFrom(const QJsonObject& user)
{
    const QJsonObject own = user.value(QLatin1String("user_metadata")).toObject();
    QString name;
    for (const char* key : {"display_name", "full_name", "name"}) {
        name = name.isEmpty() ? own.value(QLatin1String(key)).toString() : name;
    }
    const QString email = user.value(QLatin1String("email")).toString();
    const QJsonArray factors = user.value(QLatin1String("factors")).toArray();
    const bool secondStep
        = std::any_of(factors.begin(), factors.end(), [](const QJsonValue& factor) {
              return factor.toObject().value(QLatin1String("status")) == QLatin1String("verified");
          });
    return {UserId(user.value(QLatin1String("id")).toString()), email,
        name.isEmpty() ? email : name,
        user.value(QLatin1String("app_metadata"))
            .toObject()
            .value(QLatin1String("role"))
            .toString(),
        user.value(QLatin1String("is_anonymous")).toBool(), secondStep};
}

QString levelOf(const QString& accessToken)
{
    const Result<JwtClaims> claims = readJwt(accessToken.toLatin1());
    const QString level
        = claims.ok() ? claims->all.value(QLatin1String("aal")).toString() : QString();
    return level.isEmpty() ? QStringLiteral("aal1") : level;
}

/// How long the token lives by the server's own account, whatever the clocks say.
std::chrono::seconds lifetimeOf(const QJsonObject& answer, const QString& accessToken)
{
    const QJsonValue told = answer.value(QLatin1String("expires_in"));
    if (told.isDouble() && told.toDouble() > 0) {
        return std::chrono::seconds(told.toInteger());
    }
    const Result<JwtClaims> claims = readJwt(accessToken.toLatin1());
    constexpr std::chrono::seconds Usual = 1h;
    return claims.ok() && claims->expiresAt && claims->issuedAt
        ? *claims->expiresAt - *claims->issuedAt
        : Usual;
}

} // namespace

AuthSession::AuthSession(Project project, HttpClient& http, SecretStore& secrets, Clock& clock,
    Scheduler& scheduler, RandomSource& random, QObject* parent)
    : QObject(parent), m_project(std::move(project)), m_http(http), m_secrets(secrets),
      m_clock(clock), m_scheduler(scheduler), m_backoff(random, RetryBase, RetryCap),
      m_keys(m_project, http, clock)
{
}

AuthSession::~AuthSession() = default;

QString AuthSession::storageKey() const
{
    return QStringLiteral("session:") + m_project.storageName();
}

QByteArray AuthSession::stored(
    const QString& refreshToken, const SignedInUser& user, const QString& level) const
{
    return toJson(QJsonObject{{QStringLiteral("refresh_token"), refreshToken},
        {QStringLiteral("id"), user.id.toString()}, {QStringLiteral("email"), user.email},
        {QStringLiteral("name"), user.displayName}, {QStringLiteral("role"), user.appRole},
        {QStringLiteral("anonymous"), user.anonymous},
        {QStringLiteral("second_step"), user.secondStep}, {QStringLiteral("level"), level}});
}

HttpRequest AuthSession::request(
    const QByteArray& method, const QUrl& url, const QJsonObject& body) const
{
    return {method, url,
        {{"apikey", m_project.anonKey.toLatin1()}, {"Content-Type", "application/json"},
            {"X-Supabase-Api-Version", "2024-01-01"}, {"X-Client-Info", clientName()}},
        toJson(body), 15s};
}

Async<void> AuthSession::signInWithPassword(const QString& email, const QString& password)
{
    return startSession(m_project.authUrl(QStringLiteral("token?grant_type=password")),
        {{QStringLiteral("email"), email}, {QStringLiteral("password"), password}});
}

Async<void> AuthSession::signUp(
    const QString& email, const QString& password, const QString& displayName)
{
    return startSession(m_project.authUrl(QStringLiteral("signup")),
        {{QStringLiteral("email"), email}, {QStringLiteral("password"), password},
            {QStringLiteral("data"), QJsonObject{{QStringLiteral("display_name"), displayName}}}});
}

Async<void> AuthSession::signInAnonymously()
{
    return startSession(
        m_project.authUrl(QStringLiteral("signup")), {{QStringLiteral("data"), QJsonObject()}});
}

Async<void> AuthSession::completeAccount(
    const QString& email, const QString& password, const QString& displayName)
{
    QJsonObject change{{QStringLiteral("email"), email}, {QStringLiteral("password"), password}};
    if (!displayName.isEmpty()) {
        change.insert(
            QStringLiteral("data"), QJsonObject{{QStringLiteral("display_name"), displayName}});
    }
    return changeUser(change);
}

Async<void> AuthSession::setPassword(const QString& password)
{
    return changeUser({{QStringLiteral("password"), password}});
}

Async<void> AuthSession::changeUser(const QJsonObject& change)
{
    const AsyncPromise<void> done;
    const quint64 generation = m_generation;
    whenDone(askAsUser("PUT", QStringLiteral("user"), change), this,
        [this, done, generation](const Result<QJsonObject>& answer) {
            if (!answer.ok()) {
                done.resolve(answer.error());
                return;
            }
            const SignedInUser user = userFrom(*answer);
            if (generation == m_generation && user.id == m_user.id) {
                m_user = user;
                // The claims of the token in use are those of before.
                renew();
                Q_EMIT stateChanged();
            }
            done.resolve({});
        });
    return done.future();
}

Async<void> AuthSession::post(const QString& path, const QJsonObject& body)
{
    const AsyncPromise<void> done;
    whenDone(m_http.send(request("POST", m_project.authUrl(path), body)), this,
        [this, done](const Result<HttpResponse>& answer) {
            if (answer.ok()) {
                noteServerTime(*answer);
            }
            const bool sent = answer.ok() && answer->isSuccess();
            done.resolve(sent ? Result<void>() : answer.ok() ? authError(*answer) : answer.error());
        });
    return done.future();
}

Async<void> AuthSession::sendCode(const QString& email, bool createAccount)
{
    return post(QStringLiteral("otp"),
        {{QStringLiteral("email"), email}, {QStringLiteral("create_user"), createAccount}});
}

Async<void> AuthSession::sendRecoveryCode(const QString& email)
{
    return post(QStringLiteral("recover"), {{QStringLiteral("email"), email}});
}

Async<void> AuthSession::signInWithCode(const QString& email, const QString& code)
{
    return startSession(m_project.authUrl(QStringLiteral("verify")),
        {{QStringLiteral("type"), QStringLiteral("email")}, {QStringLiteral("email"), email},
            {QStringLiteral("token"), code}});
}

Async<void> AuthSession::signInWithRecoveryCode(const QString& email, const QString& code)
{
    return startSession(m_project.authUrl(QStringLiteral("verify")),
        {{QStringLiteral("type"), QStringLiteral("recovery")}, {QStringLiteral("email"), email},
            {QStringLiteral("token"), code}});
}

Async<void> AuthSession::signInWithAuthCode(const QString& code, const QString& verifier)
{
    return startSession(m_project.authUrl(QStringLiteral("token?grant_type=pkce")),
        {{QStringLiteral("auth_code"), code}, {QStringLiteral("code_verifier"), verifier}});
}

Async<QStringList> AuthSession::browserProviders()
{
    const AsyncPromise<QStringList> promise;
    HttpRequest out = request("GET", m_project.authUrl(QStringLiteral("settings")), {});
    out.body.clear();
    whenDone(m_http.send(out), this, [promise](const Result<HttpResponse>& answer) {
        if (!answer.ok() || !answer->isSuccess()) {
            promise.resolve(answer.ok() ? authError(*answer) : answer.error());
            return;
        }
        // These three are on without any page in a browser.
        static const QStringList others{
            QStringLiteral("email"), QStringLiteral("phone"), QStringLiteral("anonymous_users")};
        const QJsonObject settings = parseJson(answer->body).valueOr({}).toObject();
        const QJsonObject external = settings.value(QLatin1String("external")).toObject();
        QStringList providers;
        for (auto entry = external.begin(); entry != external.end(); ++entry) {
            if (entry.value().toBool() && !others.contains(entry.key())) {
                providers.append(entry.key());
            }
        }
        promise.resolve(providers);
    });
    return promise.future();
}

Async<QJsonObject> AuthSession::askAsUser(
    const QByteArray& method, const QString& path, const QJsonObject& body)
{
    const AsyncPromise<QJsonObject> promise;
    whenDone(
        accessToken(), this, [this, promise, method, path, body](const Result<QString>& token) {
            if (!token.ok()) {
                promise.resolve(token.error());
                return;
            }
            HttpRequest out = request(method, m_project.authUrl(path), body);
            out.headers.emplaceBack("Authorization", "Bearer " + token->toLatin1());
            if (method == "GET") {
                out.body.clear();
            }
            whenDone(m_http.send(out), this, [this, promise](const Result<HttpResponse>& answer) {
                if (!answer.ok()) {
                    promise.resolve(answer.error());
                    return;
                }
                noteServerTime(*answer);
                promise.resolve(answer->isSuccess()
                        ? Result<QJsonObject>(parseJson(answer->body).valueOr({}).toObject())
                        : authError(*answer));
            });
        });
    return promise.future();
}

Async<void> AuthSession::liftSession(const QString& path, const QJsonObject& body)
{
    const AsyncPromise<void> done;
    whenDone(accessToken(), this, [this, done, path, body](const Result<QString>& token) {
        if (!token.ok()) {
            done.resolve(token.error());
            return;
        }
        whenDone(startSession(m_project.authUrl(path), body, *token), this,
            [done](const Result<void>& lifted) { done.resolve(lifted); });
    });
    return done.future();
}

void AuthSession::renew()
{
    if (m_state == State::SignedIn) {
        m_session.expiresAt.reset();
        refresh();
    }
}

Async<JwtClaims> AuthSession::claims()
{
    const AsyncPromise<JwtClaims> promise;
    whenDone(accessToken(), this, [this, promise](const Result<QString>& token) {
        const Result<JwtHeader> header
            = token.ok() ? readJwtHeader(token->toLatin1()) : Result<JwtHeader>(token.error());
        if (!header.ok()) {
            promise.resolve(header.error());
        } else if (!header->algorithm.startsWith(QLatin1String("HS"))) {
            whenDone(m_keys.verify(token->toLatin1(), serverTime()), this,
                [promise](const Result<JwtClaims>& claims) { promise.resolve(claims); });
        } else {
            // Only the server knows the shared secret.
            whenDone(askAsUser("GET", QStringLiteral("user"), {}), this,
                [promise, token](const Result<QJsonObject>& user) {
                    promise.resolve(user.ok() ? readJwt(token->toLatin1()) : user.error());
                });
        }
    });
    return promise.future();
}

Async<void> AuthSession::startSession(
    const QUrl& url, const QJsonObject& body, const QString& bearer)
{
    const AsyncPromise<void> done;
    const MonotonicTime asked = m_clock.monotonic();
    const quint64 generation = m_generation;
    HttpRequest out = request("POST", url, body);
    if (!bearer.isEmpty()) {
        out.headers.emplaceBack("Authorization", "Bearer " + bearer.toLatin1());
    }
    whenDone(m_http.send(out), this,
        [this, done, asked, generation](const Result<HttpResponse>& answer) {
            if (generation != m_generation) {
                done.resolve(Error{ErrorKind::Cancelled, QStringLiteral("superseded"), {}, {}});
            } else if (!answer.ok()) {
                done.resolve(answer.error());
            } else if (!answer->isSuccess()) {
                noteServerTime(*answer);
                done.resolve(authError(*answer));
            } else {
                noteServerTime(*answer);
                adopt(parseJson(answer->body).valueOr({}).toObject(), asked, done);
            }
        });
    return done.future();
}

void AuthSession::adopt(
    const QJsonObject& answer, MonotonicTime asked, const AsyncPromise<void>& done)
{
    JsonReader in(answer, "session");
    const bool awaitsConfirmation = !in.has("access_token") && in.has("email");
    Session session{in.string("access_token"), in.string("refresh_token"), {}, {}};
    const SignedInUser user = userFrom(in.object("user"));
    if (!in.ok() || session.accessToken.isEmpty() || user.id.isEmpty()) {
        done.resolve(awaitsConfirmation
                ? unauthorized("email_not_confirmed")
                : Error{ErrorKind::Protocol, QStringLiteral("auth_malformed"), {}, {}});
        return;
    }
    session.lifetime = lifetimeOf(answer, session.accessToken);
    session.expiresAt = asked + session.lifetime;
    // First kept, then used: a crash in between must not lose the rotated token. From here on
    // answers to the session before count no more.
    const quint64 generation = ++m_generation;
    const QByteArray kept = stored(session.refreshToken, user, levelOf(session.accessToken));
    whenDone(m_secrets.write(storageKey(), kept), this,
        [this, session, user, done, generation](const Result<void>& written) {
            m_kept = written.ok();
            if (!written.ok()) {
                qCWarning(lcAuth) << "the session cannot be kept for the next start"
                                  << written.error().code;
            }
            if (generation != m_generation) {
                done.resolve(Error{ErrorKind::Cancelled, QStringLiteral("superseded"), {}, {}});
                return;
            }
            publish(session, user);
            done.resolve({});
        });
}

void AuthSession::publish(const Session& session, const SignedInUser& user)
{
    m_refreshing = false;
    m_turn.reset();
    m_retry.cancel();
    m_backoff.reset();
    m_session = session;
    const QString level = levelOf(session.accessToken);
    const bool changed = !(m_user == user) || m_level != level;
    m_user = user;
    m_level = level;
    planRefresh();
    if (m_state == State::SignedIn && changed) {
        Q_EMIT stateChanged();
    }
    setState(State::SignedIn);
    answerWaiting(session.accessToken);
    Q_EMIT accessTokenChanged(session.accessToken);
}

Async<void> AuthSession::restore()
{
    const AsyncPromise<void> done;
    const quint64 generation = ++m_generation;
    setState(State::Restoring);
    whenDone(m_secrets.read(storageKey()), this,
        [this, done, generation](const Result<QByteArray>& secret) {
            if (generation != m_generation) {
                done.resolve(Error{ErrorKind::Cancelled, QStringLiteral("superseded"), {}, {}});
                return;
            }
            const QJsonValue kept = parseJson(secret.valueOr("null")).valueOr({});
            JsonReader in(kept, "kept session");
            const QString refreshToken = in.string("refresh_token");
            const SignedInUser user{UserId(in.string("id")), in.string("email"), in.string("name"),
                in.string("role"), in.optionalBoolean("anonymous").value_or(false),
                in.optionalBoolean("second_step").value_or(false)};
            const QString level = in.optionalString("level").value_or(QString());
            if (!in.ok() || refreshToken.isEmpty()) {
                forget(State::SignedOut);
                const bool lost = !secret.ok() && secret.error().kind != ErrorKind::NotFound;
                done.resolve(lost ? Result<void>(secret.error()) : Result<void>());
                return;
            }
            m_session = Session{{}, refreshToken, {}, {}};
            m_user = user;
            m_level = level;
            m_kept = true;
            setState(State::SignedIn);
            refresh();
            done.resolve({});
        });
    return done.future();
}

Async<void> AuthSession::signOut()
{
    const Session session = m_session;
    const bool isOurs = !std::exchange(m_tokens, nullptr);
    ++m_generation;
    forget(State::SignedOut);
    if (isOurs && !session.accessToken.isEmpty()) {
        HttpRequest goodbye
            = request("POST", m_project.authUrl(QStringLiteral("logout?scope=local")), {});
        goodbye.headers.emplaceBack("Authorization", "Bearer " + session.accessToken.toLatin1());
        whenDone(m_http.send(goodbye), this, [](const Result<HttpResponse>&) {});
    }
    return m_secrets.remove(storageKey());
}

bool AuthSession::hasTokenFor(std::chrono::seconds validity) const
{
    // A token that lives shorter than the margin would otherwise be refreshed on every use.
    const auto least = std::min<std::chrono::microseconds>(validity, m_session.lifetime / 3);
    return m_session.expiresAt && m_clock.monotonic() + least < *m_session.expiresAt;
}

Async<QString> AuthSession::accessToken()
{
    if (m_state == State::SignedOut) {
        return readyAsync<QString>(unauthorized("signed_out"));
    }
    if (m_state == State::NeedsSignIn) {
        return readyAsync<QString>(unauthorized("needs_sign_in"));
    }
    if (m_state == State::SignedIn && hasTokenFor(LeastValidity)) {
        return readyAsync<QString>(m_session.accessToken);
    }
    const AsyncPromise<QString> waiting;
    m_waiting.append(waiting);
    if (m_state == State::SignedIn) {
        refresh();
    }
    return waiting.future();
}

Async<QString> AuthSession::refreshAfterRefusal(const QString& refusedToken)
{
    if (m_state == State::SignedIn && refusedToken == m_session.accessToken) {
        m_session.expiresAt.reset();
    }
    return accessToken();
}

void AuthSession::refresh()
{
    if (std::exchange(m_refreshing, true)) {
        return;
    }
    m_retry.cancel();
    m_plannedRefresh.cancel();
    if (m_tokens) {
        askApplication();
        return;
    }
    const quint64 generation = m_generation;
    if (!m_lock) {
        present();
        return;
    }
    whenDone(m_lock->acquire(storageKey()), this,
        [this, generation](const Result<SessionLock::Guard>& turn) {
            if (generation != m_generation) {
                return;
            }
            if (!turn.ok() && turn.error().kind == ErrorKind::Timeout) {
                retryRefresh(turn.error());
                return;
            }
            // Without a place for locks, the server's own rules about reuse must do.
            m_turn = turn.valueOr({});
            whenDone(m_secrets.read(storageKey()), this,
                [this, generation](const Result<QByteArray>& secret) {
                    if (generation == m_generation) {
                        continueFrom(secret);
                    }
                });
        });
}

Async<void> AuthSession::useTokens(TokenCallback tokens)
{
    ++m_generation;
    forget(State::Restoring);
    m_tokens = std::move(tokens);
    const AsyncPromise<QString> first;
    const AsyncPromise<void> done;
    m_waiting.append(first);
    whenDone(first.future(), this, [done](const Result<QString>& token) {
        done.resolve(token.ok() ? Result<void>() : Result<void>(token.error()));
    });
    refresh();
    return done.future();
}

void AuthSession::askApplication()
{
    whenDone(m_tokens(), this, [this, generation = m_generation](const Result<QString>& token) {
        if (generation == m_generation) {
            applicationAnswered(token);
        }
    });
}

void AuthSession::applicationAnswered(const Result<QString>& token)
{
    const Result<JwtClaims> claims
        = token.ok() ? readJwt(token->toLatin1()) : Result<JwtClaims>(token.error());
    if (!token.ok() && token.error().kind == ErrorKind::Unauthorized) {
        forget(State::NeedsSignIn, SignedInUser(m_user));
        return;
    }
    constexpr std::chrono::seconds Usual = 1h;
    const auto lifetime = claims.ok() && claims->expiresAt
        ? std::chrono::floor<std::chrono::seconds>(*claims->expiresAt - serverTime())
        : Usual;
    if (!claims.ok() || lifetime <= 0s) {
        retryRefresh(claims.ok() ? unauthorized("jwt_expired") : claims.error());
        return;
    }
    QJsonObject user = claims->all;
    user.insert(QStringLiteral("id"), claims->subject);
    publish({*token, {}, lifetime, m_clock.monotonic() + lifetime}, userFrom(user));
}

QString AuthSession::newerToken(const Result<QByteArray>& secret) const
{
    const QJsonObject kept = parseJson(secret.valueOr("null")).valueOr({}).toObject();
    const QString token = kept.value(QLatin1String("refresh_token")).toString();
    const bool ours = UserId(kept.value(QLatin1String("id")).toString()) == m_user.id;
    // A store that could not be written holds an older token, and presenting that would look like
    // theft.
    return m_kept && ours && token != m_session.refreshToken ? token : QString();
}

void AuthSession::continueFrom(const Result<QByteArray>& secret)
{
    const bool gone = !secret.ok() && secret.error().kind == ErrorKind::NotFound;
    if (gone && m_kept && m_secrets.isPersistent()) {
        qCInfo(lcAuth) << "another process signed out";
        ++m_generation;
        forget(State::SignedOut);
        return;
    }
    if (const QString newer = newerToken(secret); !newer.isEmpty()) {
        m_session.refreshToken = newer;
    }
    present();
}

void AuthSession::present()
{
    const MonotonicTime asked = m_clock.monotonic();
    const quint64 generation = m_generation;
    const HttpRequest out
        = request("POST", m_project.authUrl(QStringLiteral("token?grant_type=refresh_token")),
            {{QStringLiteral("refresh_token"), m_session.refreshToken}});
    whenDone(m_http.send(out), this, [this, asked, generation](const Result<HttpResponse>& answer) {
        if (generation == m_generation) {
            refreshAnswered(answer, asked);
        }
    });
}

void AuthSession::refreshAnswered(const Result<HttpResponse>& answer, MonotonicTime asked)
{
    if (!answer.ok()) {
        retryRefresh(answer.error());
        return;
    }
    noteServerTime(*answer);
    if (endsSession(*answer)) {
        refuse(authError(*answer));
        return;
    }
    if (!answer->isSuccess()) {
        retryRefresh(authError(*answer));
        return;
    }
    const AsyncPromise<void> adopted;
    whenDone(adopted.future(), this, [this](const Result<void>& result) {
        if (!result.ok() && result.error().kind != ErrorKind::Cancelled) {
            retryRefresh(result.error());
        }
    });
    adopt(parseJson(answer->body).valueOr({}).toObject(), asked, adopted);
}

/// The same refresh token is presented again: servers accept it when the answer got lost.
void AuthSession::retryRefresh(const Error& error)
{
    m_refreshing = false;
    m_turn.reset();
    const auto wait = std::max(m_backoff.next(), error.retryAfter.value_or(0ms));
    qCInfo(lcAuth) << "refresh failed" << error.code << "again in" << wait.count() << "ms";
    m_retry = m_scheduler.after(wait, [this] { refresh(); });
    const bool stillGood = hasTokenFor(0s);
    answerWaiting(stillGood ? Result<QString>(m_session.accessToken) : Result<QString>(error));
}

void AuthSession::refuse(const Error& error)
{
    const quint64 generation = m_generation;
    whenDone(m_secrets.read(storageKey()), this,
        [this, error, generation](const Result<QByteArray>& secret) {
            if (generation != m_generation) {
                return;
            }
            if (const QString newer = newerToken(secret); !newer.isEmpty()) {
                m_session.refreshToken = newer;
                present();
                return;
            }
            qCWarning(lcAuth) << "the academy ended the session" << error.code;
            forget(State::NeedsSignIn, SignedInUser(m_user));
        });
}

void AuthSession::answerWaiting(const Result<QString>& token)
{
    for (const AsyncPromise<QString>& waiting : std::exchange(m_waiting, {})) {
        waiting.resolve(token);
    }
}

void AuthSession::planRefresh()
{
    const auto margin = std::min<std::chrono::microseconds>(RefreshMargin, m_session.lifetime / 2);
    const auto wait = *m_session.expiresAt - margin - m_clock.monotonic();
    m_plannedRefresh = m_scheduler.after(
        std::max(std::chrono::duration_cast<std::chrono::milliseconds>(wait), 0ms),
        [this] { refresh(); });
}

void AuthSession::forget(State next, const SignedInUser& user)
{
    m_refreshing = false;
    m_turn.reset();
    m_kept = false;
    m_level.clear();
    m_retry.cancel();
    m_plannedRefresh.cancel();
    m_backoff.reset();
    m_session = {};
    m_user = user;
    setState(next);
    answerWaiting(unauthorized(next == State::NeedsSignIn ? "needs_sign_in" : "signed_out"));
}

void AuthSession::setState(State state)
{
    if (std::exchange(m_state, state) != state) {
        Q_EMIT stateChanged();
    }
}

void AuthSession::noteServerTime(const HttpResponse& response)
{
    QByteArray date = response.header("Date");
    date.replace("GMT", "+0000"); // Qt knows the numeric zone only
    const QDateTime told = QDateTime::fromString(QString::fromLatin1(date), Qt::RFC2822Date);
    if (told.isValid()) {
        const WallTime server{std::chrono::milliseconds(told.toMSecsSinceEpoch())};
        m_serverOffset
            = std::chrono::duration_cast<std::chrono::milliseconds>(server - m_clock.wall());
    }
}
