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
    if (state() == State::SignedIn) {
        m_session.expiresAt.reset();
        handle(AuthMachine::RenewalDue{});
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
                adopt(*answer, asked, AuthMachine::Granted{}, done);
            }
        });
    return done.future();
}

std::optional<Error> AuthSession::adopt(const HttpResponse& response, MonotonicTime asked,
    const AuthMachine::Event& event, const AsyncPromise<void>& done)
{
    const QJsonObject answer = parseJson(response.body).valueOr({}).toObject();
    JsonReader in(answer, "session");
    const bool awaitsConfirmation = !in.has("access_token") && in.has("email");
    Session session{in.string("access_token"), in.string("refresh_token"), {}, {}};
    const SignedInUser user = userFrom(in.object("user"));
    if (!in.ok() || session.accessToken.isEmpty() || user.id.isEmpty()) {
        const Error error = awaitsConfirmation
            ? unauthorized("email_not_confirmed")
            : Error{ErrorKind::Protocol, QStringLiteral("auth_malformed"), {}, {}};
        done.resolve(error);
        return error;
    }
    session.lifetime = lifetimeOf(answer, session.accessToken);
    session.expiresAt = asked + session.lifetime;
    m_grant = {session, user, done};
    handle(event);
    return std::nullopt;
}

/// First kept, then used: a crash in between must not lose the rotated token.
void AuthSession::keep()
{
    const QByteArray kept
        = stored(m_grant.session.refreshToken, m_grant.user, levelOf(m_grant.session.accessToken));
    whenDone(m_secrets.write(storageKey(), kept), this,
        [this, done = m_grant.done, generation = m_generation](const Result<void>& written) {
            if (!written.ok()) {
                qCWarning(lcAuth) << "the session cannot be kept for the next start"
                                  << written.error().code;
            }
            if (generation != m_generation) {
                done.resolve(Error{ErrorKind::Cancelled, QStringLiteral("superseded"), {}, {}});
                return;
            }
            handle(AuthMachine::SessionKept{written.ok()});
            done.resolve({});
        });
}

void AuthSession::use(bool told)
{
    const Grant grant = std::exchange(m_grant, {});
    m_backoff.reset();
    m_session = grant.session;
    const QString level = levelOf(m_session.accessToken);
    const bool changed = !(m_user == grant.user) || m_level != level;
    m_user = grant.user;
    m_level = level;
    planRefresh();
    if (told && changed) {
        Q_EMIT stateChanged();
    }
}

/// Slots may call anything here: after a sign-out in one of them the rest is about nobody.
void AuthSession::handle(const AuthMachine::Event& event)
{
    const AuthMachine::Step step = AuthMachine::step(m_machine, event);
    m_machine = step.state;
    quint64 generation = m_generation;
    for (const AuthMachine::Effect& effect : step.effects) {
        perform(effect);
        if (std::holds_alternative<AuthMachine::Supersede>(effect)) {
            generation = m_generation;
        } else if (generation != m_generation) {
            return;
        }
    }
}

void AuthSession::perform(const AuthMachine::Effect& effect)
{
    using namespace AuthMachine;
    if (std::holds_alternative<Supersede>(effect)) {
        ++m_generation;
    } else if (std::holds_alternative<StopTimers>(effect)) {
        m_retry.cancel();
        m_plannedRefresh.cancel();
    } else if (std::holds_alternative<ReleaseTurn>(effect)) {
        m_turn.reset();
    } else if (std::holds_alternative<TakeTurn>(effect)) {
        takeTurn();
    } else if (std::holds_alternative<ReadStore>(effect)) {
        readStore();
    } else if (std::holds_alternative<TakeNewer>(effect)) {
        m_session.refreshToken = m_newer;
    } else if (std::holds_alternative<Present>(effect)) {
        present();
    } else if (std::holds_alternative<AskApplication>(effect)) {
        askApplication();
    } else if (std::holds_alternative<Keep>(effect)) {
        keep();
    } else if (const auto* used = std::get_if<Use>(&effect)) {
        use(used->told);
    } else if (const auto* forgotten = std::get_if<Forget>(&effect)) {
        forget(forgotten->keepUser);
    } else if (const auto* retry = std::get_if<StartRetry>(&effect)) {
        startRetry(retry->error);
    } else if (std::holds_alternative<AnnouncePhase>(effect)) {
        Q_EMIT stateChanged();
    } else if (std::holds_alternative<AnnounceToken>(effect)) {
        Q_EMIT accessTokenChanged(m_session.accessToken);
    } else if (std::holds_alternative<GiveToken>(effect)) {
        m_asker.resolve(m_session.accessToken);
    } else if (std::holds_alternative<LetWait>(effect)) {
        m_waiting.append(m_asker);
    } else if (std::holds_alternative<Refuse>(effect)) {
        m_asker.resolve(noSession());
    } else if (std::holds_alternative<Comfort>(effect)) {
        m_asker.resolve(tokenOr(notYet()));
    } else if (std::holds_alternative<GiveWaiting>(effect)) {
        answerWaiting(m_session.accessToken);
    } else if (const auto* comfort = std::get_if<ComfortWaiting>(&effect)) {
        answerWaiting(tokenOr(comfort->error));
    } else if (std::holds_alternative<RefuseWaiting>(effect)) {
        answerWaiting(noSession());
    }
}

Error AuthSession::noSession() const
{
    return unauthorized(state() == State::NeedsSignIn ? "needs_sign_in" : "signed_out");
}

Error AuthSession::notYet() const
{
    Error error = m_retryReason;
    error.retryAfter = std::max(
        std::chrono::ceil<std::chrono::milliseconds>(m_retryAt - m_clock.monotonic()), 0ms);
    return error;
}

Result<QString> AuthSession::tokenOr(const Error& error) const
{
    return hasTokenFor(0s) ? Result<QString>(m_session.accessToken) : Result<QString>(error);
}

Async<void> AuthSession::restore()
{
    const AsyncPromise<void> done;
    handle(AuthMachine::RestoreAsked{});
    whenDone(m_secrets.read(storageKey()), this,
        [this, done, generation = m_generation](const Result<QByteArray>& secret) {
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
                handle(AuthMachine::NothingKept{});
                const bool lost = !secret.ok() && secret.error().kind != ErrorKind::NotFound;
                done.resolve(lost ? Result<void>(secret.error()) : Result<void>());
                return;
            }
            m_session = Session{{}, refreshToken, {}, {}};
            m_user = user;
            m_level = level;
            handle(AuthMachine::KeptFound{});
            done.resolve({});
        });
    return done.future();
}

Async<void> AuthSession::signOut()
{
    const Session session = m_session;
    const UserId owner = m_user.id;
    const bool isOurs = !std::exchange(m_tokens, nullptr);
    handle(AuthMachine::SignOutAsked{});
    if (isOurs && !session.accessToken.isEmpty()) {
        HttpRequest goodbye
            = request("POST", m_project.authUrl(QStringLiteral("logout?scope=local")), {});
        goodbye.headers.emplaceBack("Authorization", "Bearer " + session.accessToken.toLatin1());
        whenDone(m_http.send(goodbye), this, [](const Result<HttpResponse>&) {});
    }
    const Async<void> removed = m_secrets.remove(storageKey());
    if (m_lock && !owner.isEmpty()) {
        removeAfterRenewals(owner);
    }
    return removed;
}

/// Somebody else's renewal may have read the store before it was emptied and write after it. Not
/// only then: who ends the program now wants to be signed out too.
void AuthSession::removeAfterRenewals(const UserId& owner)
{
    whenDone(m_lock->acquire(storageKey()), this,
        [this, owner, generation = m_generation](const Result<SessionLock::Guard>& turn) {
            if (!turn.ok() || generation != m_generation) {
                return;
            }
            whenDone(m_secrets.read(storageKey()), this,
                [this, owner, generation, turn](const Result<QByteArray>& secret) {
                    const QJsonObject kept
                        = parseJson(secret.valueOr("null")).valueOr({}).toObject();
                    const bool same = UserId(kept.value(QLatin1String("id")).toString()) == owner;
                    if (same && generation == m_generation) {
                        whenDone(m_secrets.remove(storageKey()), this,
                            [turn](const Result<void>&) {});
                    }
                });
        });
}

bool AuthSession::hasTokenFor(std::chrono::seconds validity) const
{
    // A token that lives shorter than the margin would otherwise be refreshed on every use.
    const auto least = std::min<std::chrono::microseconds>(validity, m_session.lifetime / 3);
    return m_session.expiresAt && m_clock.monotonic() + least < *m_session.expiresAt;
}

Async<QString> AuthSession::accessToken()
{
    const AsyncPromise<QString> asker;
    m_asker = asker;
    handle(AuthMachine::TokenAsked{hasTokenFor(LeastValidity)});
    return asker.future();
}

Async<QString> AuthSession::refreshAfterRefusal(const QString& refusedToken)
{
    if (state() == State::SignedIn && refusedToken == m_session.accessToken) {
        m_session.expiresAt.reset();
    }
    return accessToken();
}

void AuthSession::takeTurn()
{
    if (!m_lock) {
        handle(AuthMachine::TurnUnneeded{});
        return;
    }
    whenDone(m_lock->acquire(storageKey()), this,
        [this, generation = m_generation](const Result<SessionLock::Guard>& turn) {
            if (generation != m_generation) {
                return;
            }
            if (!turn.ok() && turn.error().kind == ErrorKind::Timeout) {
                handle(AuthMachine::TurnDenied{turn.error()});
                return;
            }
            m_turn = turn.valueOr({});
            handle(AuthMachine::TurnTaken{});
        });
}

Async<void> AuthSession::useTokens(TokenCallback tokens)
{
    m_tokens = std::move(tokens);
    handle(AuthMachine::TokensOffered{});
    const AsyncPromise<QString> first;
    const AsyncPromise<void> done;
    m_waiting.append(first);
    whenDone(first.future(), this, [done](const Result<QString>& token) {
        done.resolve(token.ok() ? Result<void>() : Result<void>(token.error()));
    });
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
        handle(AuthMachine::TokenRefused{});
        return;
    }
    constexpr std::chrono::seconds Usual = 1h;
    const auto lifetime = claims.ok() && claims->expiresAt
        ? std::chrono::floor<std::chrono::seconds>(*claims->expiresAt - serverTime())
        : Usual;
    if (!claims.ok() || lifetime <= 0s) {
        handle(AuthMachine::TokenDelayed{
            claims.ok() ? unauthorized("jwt_expired") : claims.error()});
        return;
    }
    QJsonObject user = claims->all;
    user.insert(QStringLiteral("id"), claims->subject);
    m_grant = {{*token, {}, lifetime, m_clock.monotonic() + lifetime}, userFrom(user), {}};
    handle(AuthMachine::TokenGiven{});
}

void AuthSession::readStore()
{
    whenDone(m_secrets.read(storageKey()), this,
        [this, generation = m_generation](const Result<QByteArray>& secret) {
            if (generation != m_generation) {
                return;
            }
            if (!secret.ok() && secret.error().kind != ErrorKind::NotFound) {
                handle(AuthMachine::StoreUnreadable{secret.error()});
            } else {
                handle(AuthMachine::StoreRead{look(secret)});
            }
        });
}

AuthMachine::Stored AuthSession::look(const Result<QByteArray>& secret)
{
    if (!secret.ok() && m_secrets.isPersistent()) {
        qCInfo(lcAuth) << "another process signed out";
        return AuthMachine::Stored::Gone;
    }
    const QJsonObject kept = parseJson(secret.valueOr("null")).valueOr({}).toObject();
    m_newer = kept.value(QLatin1String("refresh_token")).toString();
    const bool ours = UserId(kept.value(QLatin1String("id")).toString()) == m_user.id;
    return ours && !m_newer.isEmpty() && m_newer != m_session.refreshToken
        ? AuthMachine::Stored::Newer
        : AuthMachine::Stored::Same;
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
        handle(AuthMachine::ExchangeFailed{answer.error()});
        return;
    }
    noteServerTime(*answer);
    if (endsSession(*answer)) {
        qCWarning(lcAuth) << "the academy ended the session" << authError(*answer).code;
        handle(AuthMachine::ExchangeRefused{});
    } else if (!answer->isSuccess()) {
        handle(AuthMachine::ExchangeFailed{authError(*answer)});
    } else if (const auto unreadable = adopt(*answer, asked, AuthMachine::Renewed{}, {})) {
        handle(AuthMachine::ExchangeFailed{*unreadable});
    }
}

void AuthSession::startRetry(const Error& error)
{
    const auto wait = std::max(m_backoff.next(), error.retryAfter.value_or(0ms));
    qCInfo(lcAuth) << "refresh failed" << error.code << "again in" << wait.count() << "ms";
    m_retryReason = error;
    m_retryAt = m_clock.monotonic() + wait;
    m_retry = m_scheduler.after(wait, [this] { handle(AuthMachine::WaitOver{}); });
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
        [this] { handle(AuthMachine::RenewalDue{}); });
}

void AuthSession::forget(bool keepUser)
{
    m_backoff.reset();
    m_level.clear();
    m_session = {};
    m_user = keepUser ? m_user : SignedInUser();
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
