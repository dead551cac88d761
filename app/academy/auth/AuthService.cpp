// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/auth/AuthService.h"

#include "academy/auth/Accounts.h"
#include "wire/Jwt.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <charconv>
#include <optional>
#include <variant>

namespace academy {

namespace {

constexpr std::int64_t defaultPage = 50;
constexpr std::int64_t longestPage = 1000;

AuthFault badJson()
{
    return {400, "bad_json", "Could not parse request body as JSON", {}};
}

AuthFault notFound()
{
    return {404, "not_found", "Requested path does not exist", {}};
}

AuthFault tooMany()
{
    return {429, "over_request_rate_limit", "Request rate limit reached", {}};
}

std::optional<QJsonObject> bodyOf(const Request& request)
{
    const std::string_view body = request.body();
    if (body.empty()) {
        return QJsonObject();
    }
    const auto document = QJsonDocument::fromJson(
        QByteArray::fromRawData(body.data(), static_cast<qsizetype>(body.size())));
    return document.isObject() ? std::optional(document.object()) : std::nullopt;
}

std::string member(const QJsonObject& object, QLatin1String name)
{
    return object.value(name).toString().toStdString();
}

std::optional<std::string> optionalText(const QJsonObject& object, QLatin1String name)
{
    const QJsonValue value = object.value(name);
    return value.isString() ? std::optional(value.toString().toStdString()) : std::nullopt;
}

std::optional<QJsonObject> optionalObject(const QJsonObject& object, QLatin1String name)
{
    const QJsonValue value = object.value(name);
    return value.isObject() ? std::optional(value.toObject()) : std::nullopt;
}

std::int64_t positive(const std::string& text, std::int64_t fallback)
{
    std::int64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number > 0 ? number : fallback;
}

Accounts::Origin originOf(const Request& request)
{
    return {std::string(request.header("user-agent").substr(0, 255)), request.peer};
}

/// The signed-in user a request speaks for: a valid user token in Authorization.
std::variant<Caller, AuthFault> signedIn(const Request& request, const Keys& keys, WallTime now)
{
    const std::string token(request.bearer());
    if (token.empty()) {
        return AuthFault{
            401, "no_authorization", "This endpoint requires a valid Bearer token", {}};
    }
    auto caller = callerFromToken(token, keys, now);
    if (!caller) {
        const bool expired = caller.error().code == QLatin1String("jwt_expired");
        return AuthFault{403, "bad_jwt",
            expired
                ? "invalid JWT: unable to parse or verify signature, token has invalid claims: "
                  "token is expired"
                : "invalid JWT: unable to parse or verify signature, token signature is invalid",
            {}};
    }
    return std::move(*caller);
}

std::string claim(const Caller& caller, QLatin1String name)
{
    return caller.claims.value(name).toString().toStdString();
}

AccountChange administratorsChange(const QJsonObject& body)
{
    AccountChange change;
    change.id = optionalText(body, QLatin1String("id"));
    change.email = optionalText(body, QLatin1String("email"));
    change.password = optionalText(body, QLatin1String("password"));
    change.role = optionalText(body, QLatin1String("role"));
    change.banDuration = optionalText(body, QLatin1String("ban_duration"));
    change.userMetadata = optionalObject(body, QLatin1String("user_metadata"));
    change.appMetadata = optionalObject(body, QLatin1String("app_metadata"));
    if (const QJsonValue confirm = body.value(QLatin1String("email_confirm")); confirm.isBool()) {
        change.emailConfirmed = confirm.toBool();
    }
    return change;
}

Response userResponse(const Request& request, const AuthOutcome<AuthUser>& outcome)
{
    if (const auto* fault = std::get_if<AuthFault>(&outcome)) {
        return fault->response(request);
    }
    return Response::json(200, std::get<AuthUser>(outcome).json);
}

constexpr const char* settingsJson
    = R"({"external":{"anonymous_users":false,"apple":false,"azure":false,"email":true,"facebook":false,"github":false,"google":false,"phone":false},)"
      R"("disable_signup":false,"mailer_autoconfirm":true,"phone_autoconfirm":false,"sms_provider":"","saml_enabled":false,"passkeys_enabled":false})";

} // namespace

AuthService::AuthService(
    PgPool& pool, const Keys& keys, const Clock& clock, RandomSource& random, AuthOptions options)
    : m_pool(pool), m_keys(keys), m_clock(clock), m_random(random), m_options(std::move(options)),
      m_requests(clock, m_options.tokenBurst, m_options.tokensPerSecond),
      m_failures(clock, m_options.failureBurst, m_options.failuresPerSecond)
{
}

void AuthService::attach(Server& server)
{
    server.handle("/auth/v1",
        behindApiKey(
            [this](Shared request, const Respond& respond) { handle(std::move(request), respond); },
            m_keys, m_clock));
}

std::int64_t AuthService::seconds() const
{
    return std::chrono::floor<std::chrono::seconds>(m_clock.wall()).time_since_epoch().count();
}

void AuthService::handle(Shared request, const Respond& respond)
{
    const std::string_view method = request->method();
    const bool reads = method == "GET" || method == "HEAD";
    const std::string_view path = request->path;
    const auto answer
        = [&](Response response) { respond(withApiVersion(std::move(response), *request)); };
    if (path == "/health" && reads) {
        answer(Response::json(200,
            R"({"version":"v2","name":"GoTrue","description":"GoTrue is a user registration and authentication API"})"));
    } else if (path == "/settings" && reads) {
        answer(Response::json(200, settingsJson));
    } else if (path == "/.well-known/jwks.json" && reads) {
        answer(Response::json(200, R"({"keys":[]})").with("Cache-Control", "public, max-age=600"));
    } else if (path == "/token" && method == "POST") {
        token(request, respond);
    } else if (path == "/signup" && method == "POST") {
        signUp(request, respond);
    } else if (path == "/user" && (reads || method == "PUT")) {
        user(request, respond);
    } else if (path == "/logout" && method == "POST") {
        logout(request, respond);
    } else if (path == "/admin/users" || path.starts_with("/admin/users/")) {
        handleAdmin(request, respond);
    } else {
        respond(notFound().response(*request));
    }
}

void AuthService::run(const Shared& request, const Respond& respond, Work work)
{
    const bool taken
        = m_pool.submit([this, request, respond, work = std::move(work)](PgConnection& connection) {
              Accounts accounts(connection, m_random);
              respond(withApiVersion(work(accounts), *request));
          });
    if (!taken) {
        respond(AuthFault{503, "request_timeout", "The academy is too busy, please retry",
            {}}.response(*request));
    }
}

void AuthService::token(const Shared& request, const Respond& respond)
{
    const std::string grant = request->parameter("grant_type");
    if (!m_requests.admit(request->peer)) {
        respond(tooMany().response(*request));
        return;
    }
    const auto body = bodyOf(*request);
    if (!body) {
        respond(badJson().response(*request));
        return;
    }
    if (grant == "refresh_token") {
        const std::string refreshToken = member(*body, QLatin1String("refresh_token"));
        if (refreshToken.empty()) {
            respond(AuthFault{400, "validation_failed", "refresh_token required", {}}.response(
                *request));
            return;
        }
        run(request, respond, [this, request, refreshToken](Accounts& accounts) {
            const auto outcome = accounts.refresh(refreshToken);
            const auto* fault = std::get_if<AuthFault>(&outcome);
            return fault == nullptr ? granted(*request, std::get<AuthGrant>(outcome))
                                    : fault->response(*request);
        });
    } else if (grant == "password") {
        const std::string email = member(*body, QLatin1String("email"));
        const std::string password = member(*body, QLatin1String("password"));
        if (email.empty()) {
            respond(AuthFault{400, "validation_failed", "missing email or phone", {}}.response(
                *request));
            return;
        }
        if (!m_failures.wouldAdmit(email)) {
            respond(tooMany().response(*request));
            return;
        }
        run(request, respond, [this, request, email, password](Accounts& accounts) {
            const auto outcome = accounts.signIn(email, password, originOf(*request));
            const auto* fault = std::get_if<AuthFault>(&outcome);
            if (fault != nullptr && fault->code == "invalid_credentials") {
                m_failures.admit(email);
            }
            return fault == nullptr ? granted(*request, std::get<AuthGrant>(outcome))
                                    : fault->response(*request);
        });
    } else {
        respond(
            AuthFault{400, "validation_failed", "unsupported_grant_type", {}}.response(*request));
    }
}

void AuthService::signUp(const Shared& request, const Respond& respond)
{
    const auto body = bodyOf(*request);
    if (!body) {
        respond(badJson().response(*request));
        return;
    }
    if (!m_requests.admit(request->peer)) {
        respond(tooMany().response(*request));
        return;
    }
    const std::string email = member(*body, QLatin1String("email"));
    if (email.empty() && !member(*body, QLatin1String("phone")).empty()) {
        respond(AuthFault{400, "phone_provider_disabled", "Phone signups are disabled",
            {}}.response(*request));
    } else if (email.empty() && member(*body, QLatin1String("password")).empty()) {
        respond(AuthFault{422, "anonymous_provider_disabled", "Anonymous sign-ins are disabled",
            {}}.response(*request));
    } else {
        run(request, respond, [this, request, email, body = *body](Accounts& accounts) {
            const auto outcome = accounts.signUp(email, member(body, QLatin1String("password")),
                body.value(QLatin1String("data")).toObject(), originOf(*request));
            const auto* fault = std::get_if<AuthFault>(&outcome);
            return fault == nullptr ? granted(*request, std::get<AuthGrant>(outcome))
                                    : fault->response(*request);
        });
    }
}

void AuthService::user(const Shared& request, const Respond& respond)
{
    const auto caller = signedIn(*request, m_keys, m_clock.wall());
    if (const auto* fault = std::get_if<AuthFault>(&caller)) {
        respond(fault->response(*request));
        return;
    }
    const std::string userId = claim(std::get<Caller>(caller), QLatin1String("sub"));
    const std::string sessionId = claim(std::get<Caller>(caller), QLatin1String("session_id"));
    if (userId.empty()) {
        respond(
            AuthFault{403, "bad_jwt", "invalid claim: missing sub claim", {}}.response(*request));
        return;
    }
    if (request->method() != "PUT") {
        run(request, respond, [request, userId, sessionId](Accounts& accounts) {
            return userResponse(*request, accounts.current(userId, sessionId));
        });
        return;
    }
    const auto body = bodyOf(*request);
    if (!body) {
        respond(badJson().response(*request));
        return;
    }
    AccountChange change;
    change.email = optionalText(*body, QLatin1String("email"));
    change.password = optionalText(*body, QLatin1String("password"));
    change.userMetadata = optionalObject(*body, QLatin1String("data"));
    run(request, respond, [request, userId, sessionId, change](Accounts& accounts) {
        return userResponse(*request, accounts.updateCurrent(userId, sessionId, change));
    });
}

void AuthService::logout(const Shared& request, const Respond& respond)
{
    const auto caller = signedIn(*request, m_keys, m_clock.wall());
    if (const auto* fault = std::get_if<AuthFault>(&caller)) {
        respond(fault->response(*request));
        return;
    }
    std::string scope = request->parameter("scope");
    if (scope.empty()) {
        scope = "global";
    }
    if (scope != "global" && scope != "local" && scope != "others") {
        respond(AuthFault{400, "validation_failed", "Unsupported logout scope \"" + scope + "\"",
            {}}.response(*request));
        return;
    }
    const std::string userId = claim(std::get<Caller>(caller), QLatin1String("sub"));
    const std::string sessionId = claim(std::get<Caller>(caller), QLatin1String("session_id"));
    if (userId.empty()) {
        respond(
            AuthFault{403, "bad_jwt", "invalid claim: missing sub claim", {}}.response(*request));
        return;
    }
    run(request, respond, [request, userId, sessionId, scope](Accounts& accounts) {
        const auto fault = accounts.signOut(userId, sessionId, scope);
        return fault ? fault->response(*request) : Response::empty(204);
    });
}

void AuthService::handleAdmin(const Shared& request, const Respond& respond)
{
    std::string token(request->bearer());
    if (const auto known = m_keys.tokenFor(token.empty() ? request->apiKey() : token)) {
        token = *known;
    }
    const auto caller = callerFromToken(token, m_keys, m_clock.wall());
    if (!caller) {
        respond(AuthFault{401, "no_authorization", "This endpoint requires a valid Bearer token",
            {}}.response(*request));
        return;
    }
    if (!caller->isService()) {
        respond(AuthFault{403, "not_admin", "User not allowed", {}}.response(*request));
        return;
    }
    const std::string_view method = request->method();
    const std::string userId = request->path.size() > std::string_view("/admin/users/").size()
        ? percentDecoded(
            std::string_view(request->path).substr(std::string_view("/admin/users/").size()), false)
        : std::string();
    const auto body = bodyOf(*request);
    if (!body) {
        respond(badJson().response(*request));
    } else if (userId.empty() && method == "POST") {
        run(request, respond, [request, change = administratorsChange(*body)](Accounts& accounts) {
            return userResponse(*request, accounts.create(change));
        });
    } else if (userId.empty() && method == "GET") {
        const std::int64_t page = positive(request->parameter("page"), 1);
        const std::int64_t perPage
            = std::min(positive(request->parameter("per_page"), defaultPage), longestPage);
        run(request, respond, [request, page, perPage](Accounts& accounts) {
            const auto outcome = accounts.list(page, perPage);
            if (const auto* fault = std::get_if<AuthFault>(&outcome)) {
                return fault->response(*request);
            }
            const auto& [users, total] = std::get<0>(outcome);
            return Response::json(200, "{\"users\":[" + users + "],\"aud\":\"authenticated\"}")
                .with("X-Total-Count", std::to_string(total));
        });
    } else if (!userId.empty() && method == "GET") {
        run(request, respond, [request, userId](Accounts& accounts) {
            return userResponse(*request, accounts.find(userId));
        });
    } else if (!userId.empty() && method == "PUT") {
        run(request, respond,
            [request, userId, change = administratorsChange(*body)](Accounts& accounts) {
                return userResponse(*request, accounts.update(userId, change));
            });
    } else if (!userId.empty() && method == "DELETE") {
        run(request, respond, [request, userId](Accounts& accounts) {
            const auto fault = accounts.remove(userId);
            return fault ? fault->response(*request) : Response::json(200, "{}");
        });
    } else {
        respond(AuthFault{405, "method_not_allowed", "Method not allowed", {}}.response(*request));
    }
}

Response AuthService::granted(const Request& request, const AuthGrant& grant) const
{
    const std::int64_t now = seconds();
    const std::int64_t lifetime = m_options.tokenLifetime.count();
    return withApiVersion(
        Response::json(200,
            "{\"access_token\":" + jsonQuoted(accessToken(grant, now))
                + ",\"token_type\":\"bearer\"" + ",\"expires_in\":" + std::to_string(lifetime)
                + ",\"expires_at\":" + std::to_string(now + lifetime) + ",\"refresh_token\":"
                + jsonQuoted(grant.refreshToken) + ",\"user\":" + grant.user.json + "}")
            .with("Cache-Control", "no-store"),
        request);
}

std::string AuthService::accessToken(const AuthGrant& grant, std::int64_t now) const
{
    const QJsonObject user
        = QJsonDocument::fromJson(QByteArray::fromStdString(grant.user.json)).object();
    const auto copy = [&](QLatin1String name) { return user.value(name); };
    const QJsonObject claims{
        {QStringLiteral("iss"),
            QString::fromStdString(m_options.publicUrl) + QLatin1String("/auth/v1")},
        {QStringLiteral("sub"), QString::fromStdString(grant.user.id)},
        {QStringLiteral("aud"), copy(QLatin1String("aud"))},
        {QStringLiteral("exp"), static_cast<qint64>(now + m_options.tokenLifetime.count())},
        {QStringLiteral("iat"), static_cast<qint64>(now)},
        {QStringLiteral("email"), copy(QLatin1String("email"))},
        {QStringLiteral("phone"), copy(QLatin1String("phone"))},
        {QStringLiteral("app_metadata"), copy(QLatin1String("app_metadata"))},
        {QStringLiteral("user_metadata"), copy(QLatin1String("user_metadata"))},
        {QStringLiteral("role"), copy(QLatin1String("role"))},
        {QStringLiteral("aal"), QStringLiteral("aal1")},
        {QStringLiteral("amr"),
            QJsonArray{QJsonObject{{QStringLiteral("method"), QStringLiteral("password")},
                {QStringLiteral("timestamp"), static_cast<qint64>(grant.sessionStarted)}}}},
        {QStringLiteral("session_id"), QString::fromStdString(grant.sessionId)},
        {QStringLiteral("is_anonymous"), copy(QLatin1String("is_anonymous"))},
    };
    const QByteArrayView secret(
        m_keys.jwtSecret.data(), static_cast<qsizetype>(m_keys.jwtSecret.size()));
    return signJwt(claims, secret).toStdString();
}

} // namespace academy
