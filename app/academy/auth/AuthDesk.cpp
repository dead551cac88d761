// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/auth/AuthDesk.h"

#include "academy/auth/Redirect.h"
#include "wire/Json.h"

#include <QJsonArray>

#include <algorithm>

namespace academy {

namespace {

constexpr std::size_t longestBucketName = 300;

QByteArray view(std::string_view text)
{
    return QByteArray::fromRawData(text.data(), static_cast<qsizetype>(text.size()));
}

std::string claim(const Caller& caller, QLatin1String name)
{
    return caller.claims.value(name).toString().toStdString();
}

} // namespace

std::string textIn(const QJsonObject& object, QLatin1String name)
{
    return object.value(name).toString().toStdString();
}

std::optional<std::string> optionalTextIn(const QJsonObject& object, QLatin1String name)
{
    const QJsonValue value = object.value(name);
    return value.isString() ? std::optional(value.toString().toStdString()) : std::nullopt;
}

std::optional<QJsonObject> optionalObjectIn(const QJsonObject& object, QLatin1String name)
{
    const QJsonValue value = object.value(name);
    return value.isObject() ? std::optional(value.toObject()) : std::nullopt;
}

std::string bucketName(std::string_view kind, std::string_view name)
{
    std::string bucket(kind);
    bucket += ':';
    bucket += name.substr(0, longestBucketName);
    std::ranges::transform(bucket, bucket.begin(),
        [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return bucket;
}

AuthDesk::AuthDesk(
    PgPool& pool, const Keys& keys, const Clock& clock, RandomSource& random, AuthOptions options)
    : m_pool(pool), m_keys(keys), m_clock(clock), m_random(random), m_options(std::move(options)),
      m_requests(clock, m_options.tokenBurst, m_options.tokensPerSecond),
      m_guesses(clock, m_options.guesses),
      m_codes(clock, m_options.codeBurst, m_options.codesPerSecond),
      m_anonymous(clock, m_options.anonymousBurst, m_options.anonymousPerSecond)
{
}

void AuthDesk::run(const Shared& request, const Respond& respond, Work work)
{
    const bool taken
        = m_pool.submit([this, request, respond, work = std::move(work)](PgConnection& connection) {
              AuthDatabase database(connection, m_random);
              respond(withApiVersion(work(database), *request));
          });
    if (!taken) {
        respond(AuthFault{503, "request_timeout", "The academy is too busy, please retry",
            {}}.response(*request));
    }
}

std::int64_t AuthDesk::seconds() const
{
    return std::chrono::floor<std::chrono::seconds>(m_clock.wall()).time_since_epoch().count();
}

Response AuthDesk::granted(const Request& request, const AuthOutcome<AuthGrant>& outcome) const
{
    if (const auto* fault = std::get_if<AuthFault>(&outcome)) {
        return fault->response(request);
    }
    const AuthGrant& grant = std::get<AuthGrant>(outcome);
    const std::int64_t now = seconds();
    const std::int64_t lifetime = m_options.tokenLifetime.count();
    return Response::json(200,
        "{\"access_token\":" + jsonQuoted(accessToken(grant, now)) + ",\"token_type\":\"bearer\""
            + ",\"expires_in\":" + std::to_string(lifetime)
            + ",\"expires_at\":" + std::to_string(now + lifetime) + ",\"refresh_token\":"
            + jsonQuoted(grant.refreshToken) + ",\"user\":" + grant.user.json + "}")
        .with("Cache-Control", "no-store");
}

std::string AuthDesk::grantedFragment(const AuthGrant& grant) const
{
    const std::int64_t now = seconds();
    const std::int64_t lifetime = m_options.tokenLifetime.count();
    return "access_token=" + accessToken(grant, now) + "&expires_at="
        + std::to_string(now + lifetime) + "&expires_in=" + std::to_string(lifetime)
        + "&refresh_token=" + grant.refreshToken + "&token_type=bearer";
}

std::string AuthDesk::accessToken(const AuthGrant& grant, std::int64_t now) const
{
    const QJsonObject user = parseJson(view(grant.user.json)).valueOr({}).toObject();
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
        {QStringLiteral("aal"), QString::fromStdString(grant.level)},
        {QStringLiteral("amr"), parseJson(view(grant.methods)).valueOr({}).toArray()},
        {QStringLiteral("session_id"), QString::fromStdString(grant.sessionId)},
        {QStringLiteral("is_anonymous"), copy(QLatin1String("is_anonymous"))},
    };
    return m_keys.sign(claims);
}

Response AuthDesk::userResponse(const Request& request, const AuthOutcome<AuthUser>& outcome)
{
    if (const auto* fault = std::get_if<AuthFault>(&outcome)) {
        return fault->response(request);
    }
    return Response::json(200, std::get<AuthUser>(outcome).json);
}

Response AuthDesk::jsonResponse(const Request& request, const AuthOutcome<std::string>& outcome)
{
    if (const auto* fault = std::get_if<AuthFault>(&outcome)) {
        return fault->response(request);
    }
    return Response::json(200, std::get<std::string>(outcome)).with("Cache-Control", "no-store");
}

std::optional<AuthDesk::Person> AuthDesk::signedIn(
    const Request& request, const Respond& respond) const
{
    const std::string token(request.bearer());
    if (token.empty()) {
        respond(AuthFault{401, "no_authorization", "This endpoint requires a valid Bearer token",
            {}}.response(request));
        return std::nullopt;
    }
    const auto caller = callerFromToken(token, m_keys, m_clock.wall());
    if (!caller) {
        const bool expired = caller.error().code == QLatin1String("jwt_expired");
        respond(AuthFault{403, "bad_jwt",
            expired
                ? "invalid JWT: unable to parse or verify signature, token has invalid claims: "
                  "token is expired"
                : "invalid JWT: unable to parse or verify signature, token signature is invalid",
            {}}.response(request));
        return std::nullopt;
    }
    Person person{
        claim(*caller, QLatin1String("sub")), claim(*caller, QLatin1String("session_id"))};
    if (person.userId.empty()) {
        respond(
            AuthFault{403, "bad_jwt", "invalid claim: missing sub claim", {}}.response(request));
        return std::nullopt;
    }
    return person;
}

bool AuthDesk::isAdministrator(const Request& request, const Respond& respond) const
{
    std::string token(request.bearer());
    if (const auto known = m_keys.tokenFor(token.empty() ? request.apiKey() : token)) {
        token = *known;
    }
    const auto caller = callerFromToken(token, m_keys, m_clock.wall());
    if (!caller) {
        respond(AuthFault{401, "no_authorization", "This endpoint requires a valid Bearer token",
            {}}.response(request));
    } else if (!caller->isService()) {
        respond(AuthFault{403, "not_admin", "User not allowed", {}}.response(request));
    }
    return caller && caller->isService();
}

std::optional<QJsonObject> AuthDesk::body(const Request& request, const Respond& respond)
{
    if (request.body().empty()) {
        return QJsonObject();
    }
    const auto value = parseJson(view(request.body()));
    if (!value || !value->isObject()) {
        respond(AuthFault{400, "bad_json", "Could not parse request body as JSON", {}}.response(
            request));
        return std::nullopt;
    }
    return value->toObject();
}

bool AuthDesk::admitted(
    RateLimiter& limiter, const std::string& name, const Request& request, const Respond& respond)
{
    if (limiter.admit(name)) {
        return true;
    }
    respond(AuthFault{429, "over_request_rate_limit", "Request rate limit reached", {}}.response(
        request));
    return false;
}

std::optional<GuessGuard::Guess> AuthDesk::guess(
    std::string_view kind, std::string_view account, const Request& request, const Respond& respond)
{
    auto admitted = m_guesses.admit(kind, account, request.peer);
    if (!admitted) {
        respond(AuthFault{429, "over_request_rate_limit", "Request rate limit reached",
            {}}.response(request));
    }
    return admitted;
}

void AuthDesk::settle(
    const GuessGuard::Guess& guess, const AuthFault* fault, std::string_view wrongCode)
{
    m_guesses.settle(guess,
        fault == nullptr               ? GuessGuard::Outcome::Right
            : fault->code == wrongCode ? GuessGuard::Outcome::Wrong
                                       : GuessGuard::Outcome::Neither);
}

std::string AuthDesk::redirectOf(const Request& request) const
{
    std::string wanted = request.parameter("redirect_to");
    if (wanted.empty()) {
        wanted = request.header("redirect_to");
    }
    return allowedRedirect(wanted, m_options.publicUrl);
}

EmailCodes::Policy AuthDesk::mailPolicy() const
{
    EmailCodes::Policy policy;
    policy.site = m_options.publicUrl;
    policy.resendFloor = m_options.resendFloor;
    return policy;
}

AuthOrigin AuthDesk::originOf(const Request& request)
{
    return {std::string(request.header("user-agent").substr(0, 255)), request.peer};
}

} // namespace academy
