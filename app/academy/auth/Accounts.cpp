// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/auth/Accounts.h"

#include "base/Log.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace academy {

namespace {

constexpr std::size_t shortestPassword = 6;
constexpr std::size_t longestPassword = 72;
constexpr std::size_t refreshTokenLength = 12;

/// A revoked token presented again within ten seconds is a client whose answer was lost.
constexpr const char* reuseInterval = "10 seconds";

constexpr const char* userJson = R"sql(
select jsonb_strip_nulls(jsonb_build_object(
    'id', u.id,
    'aud', coalesce(nullif(u.aud, ''), 'authenticated'),
    'role', coalesce(nullif(u.role, ''), 'authenticated'),
    'email', coalesce(u.email, ''),
    'phone', coalesce(u.phone, ''),
    'email_confirmed_at', u.email_confirmed_at,
    'phone_confirmed_at', u.phone_confirmed_at,
    'confirmed_at', u.confirmed_at,
    'last_sign_in_at', u.last_sign_in_at,
    'banned_until', u.banned_until,
    'created_at', u.created_at,
    'updated_at', u.updated_at,
    'is_anonymous', u.is_anonymous))
  || jsonb_build_object(
    'app_metadata', coalesce(u.raw_app_meta_data, '{}'::jsonb),
    'user_metadata', coalesce(u.raw_user_meta_data, '{}'::jsonb),
    'identities', (
        select coalesce(jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
            'identity_id', i.id,
            'id', i.provider_id,
            'user_id', i.user_id,
            'identity_data', i.identity_data,
            'provider', i.provider,
            'last_sign_in_at', i.last_sign_in_at,
            'created_at', i.created_at,
            'updated_at', i.updated_at,
            'email', i.email)) order by i.created_at), '[]'::jsonb)
        from auth.identities i where i.user_id = u.id))
from auth.users u
)sql";

std::string userQuery(const std::string& condition)
{
    return userJson + condition;
}

std::string text(const QJsonObject& object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact).toStdString();
}

std::string lower(std::string value)
{
    std::ranges::transform(value, value.begin(),
        [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return value;
}

bool looksLikeEmail(const std::string& email)
{
    const std::size_t at = email.rfind('@');
    return at != std::string::npos && at > 0 && at + 1 < email.size() && email.size() <= 255
        && email.find_first_of(" \t\r\n\"<>(),;:\\") == std::string::npos && email.find('@') == at
        && email.back() != '.' && email[at + 1] != '.';
}

AuthFault invalidFormat()
{
    return {400, "validation_failed", "Unable to validate email address: invalid format", {}};
}

AuthFault missingUser()
{
    return {404, "user_not_found", "User not found", {}};
}

std::optional<AuthFault> passwordFault(const std::string& password)
{
    if (password.size() > longestPassword) {
        return AuthFault{
            400, "validation_failed", "Password cannot be longer than 72 characters", {}};
    }
    if (password.size() < shortestPassword) {
        return AuthFault{
            422, "weak_password", "Password should be at least 6 characters.", {"length"}};
    }
    return std::nullopt;
}

} // namespace

Accounts::Accounts(PgConnection& connection, RandomSource& random)
    : m_connection(connection), m_random(random)
{
}

/// Runs `work` in one transaction. A Failed thrown by it rolls everything back; an AuthFault it
/// returns is answered with what it did kept.
template <typename T, typename Work> AuthOutcome<T> Accounts::transaction(Work work)
{
    try {
        query("begin", {});
        AuthOutcome<T> outcome = work();
        query("commit", {});
        return outcome;
    } catch (const Failed& failed) {
        (void)m_connection.run("rollback");
        return failed.fault;
    }
}

PgResult Accounts::query(const std::string& sql, const PgParams& params)
{
    PgResult result = params.size() == 0 ? m_connection.run(sql) : m_connection.run(sql, params);
    if (result.ok()) {
        return result;
    }
    const PgError& error = result.error();
    if (error.sqlState == "55P03" || error.sqlState == "40P01") {
        throw Failed{{409, "conflict",
            "Too many concurrent token refresh requests on the same session or refresh token", {}}};
    }
    if (error.sqlState == "57014") {
        throw Failed{{504, "request_timeout",
            "Processing this request timed out, please retry after a moment.", {}}};
    }
    if (error.sqlState == "22P02" || error.sqlState == "22021") {
        throw Failed{
            {400, "validation_failed", "A value of the request has an invalid format", {}}};
    }
    if (error.sqlState == "23505" && error.message.find("users_email") != std::string::npos) {
        throw Failed{{422, "email_exists",
            "A user with this email address has already been registered", {}}};
    }
    if (error.sqlState == "23505") {
        throw Failed{{422, "user_already_exists", "User already registered", {}}};
    }
    qCWarning(lcAcademy) << "auth query failed:" << error.sqlState.c_str();
    throw Failed{{error.sqlState.starts_with("08") ? 503U : 500U, "unexpected_failure",
        "Database error: SQLSTATE " + error.sqlState, {}}};
}

AuthUser Accounts::readUser(const std::string& userId, const AuthFault& missing)
{
    const PgResult found
        = query(userQuery("where u.id = $1 and u.deleted_at is null"), PgParams{userId});
    if (found.rows() == 0) {
        throw Failed{missing};
    }
    return {userId, std::string(found.text(0, 0))};
}

AuthUser Accounts::insertUser(const AccountChange& account, bool confirmed)
{
    const std::string email = lower(account.email.value_or(std::string()));
    if (!looksLikeEmail(email)) {
        throw Failed{invalidFormat()};
    }
    QJsonObject appMetadata{{QStringLiteral("provider"), QStringLiteral("email")},
        {QStringLiteral("providers"), QJsonArray{QStringLiteral("email")}}};
    const QJsonObject given = account.appMetadata.value_or(QJsonObject());
    for (auto member = given.begin(); member != given.end(); ++member) {
        appMetadata.insert(member.key(), member.value());
    }
    const std::string id = account.id.value_or(m_random.uuid().toStdString());
    PgParams params{id, email, text(appMetadata),
        text(account.userMetadata.value_or(QJsonObject())), confirmed ? "t" : "f",
        account.role.value_or("authenticated")};
    const std::string hash = account.password
        ? "extensions.crypt(" + params.add(*account.password) + ", extensions.gen_salt('bf', 10))"
        : "''";
    query("insert into auth.users (instance_id, id, aud, role, email, encrypted_password, "
          "email_confirmed_at, raw_app_meta_data, raw_user_meta_data, confirmation_token, "
          "recovery_token, email_change_token_new, email_change, created_at, updated_at) "
          "values ('00000000-0000-0000-0000-000000000000', $1, 'authenticated', $6, $2, "
            + hash
            + ", case when $5::boolean then now() end, $3, $4, '', '', '', '', now(), now())",
        params);
    query("insert into auth.identities (provider_id, user_id, identity_data, provider, "
          "last_sign_in_at, created_at, updated_at) "
          "values ($1::text, $1::uuid, jsonb_build_object('sub', $1::text, 'email', $2::text, "
          "'email_verified', $3::boolean, 'phone_verified', false), 'email', now(), now(), now())",
        PgParams{id, email, confirmed ? "t" : "f"});
    return readUser(id, missingUser());
}

AuthGrant Accounts::newSession(const std::string& userId, const Origin& origin)
{
    AuthGrant grant;
    grant.sessionId = m_random.uuid().toStdString();
    const PgResult session = query("insert into auth.sessions (id, user_id, aal, user_agent, ip) "
                                   "values ($1, $2, 'aal1', $3, nullif($4, '')::inet) "
                                   "returning extract(epoch from created_at)::bigint",
        PgParams{grant.sessionId, userId, origin.userAgent, origin.address});
    grant.sessionStarted = session.number(0, 0);
    grant.refreshToken = newRefreshToken(userId, grant.sessionId, {});
    query("update auth.users set last_sign_in_at = now(), updated_at = now() where id = $1",
        PgParams{userId});
    grant.user = readUser(userId, missingUser());
    return grant;
}

std::string Accounts::newRefreshToken(
    const std::string& userId, const std::string& sessionId, const std::string& parent)
{
    constexpr std::string_view alphabet = "abcdefghijklmnopqrstuvwxyz234567";
    std::string token;
    while (token.size() < refreshTokenLength) {
        token += alphabet[static_cast<std::size_t>(m_random.below(alphabet.size()))];
    }
    query("insert into auth.refresh_tokens (instance_id, token, user_id, revoked, parent, "
          "session_id) "
          "values ('00000000-0000-0000-0000-000000000000', $1, $2, false, nullif($3, ''), $4)",
        PgParams{token, userId, parent, sessionId});
    return token;
}

AuthOutcome<AuthGrant> Accounts::signUp(const std::string& email, const std::string& password,
    const QJsonObject& data, const Origin& origin)
{
    return transaction<AuthGrant>([&]() -> AuthOutcome<AuthGrant> {
        if (password.empty()) {
            throw Failed{{400, "validation_failed", "Signup requires a valid password", {}}};
        }
        if (!looksLikeEmail(lower(email))) {
            throw Failed{invalidFormat()};
        }
        if (const auto weak = passwordFault(password)) {
            throw Failed{*weak};
        }
        const PgResult known
            = query("select 1 from auth.users where lower(email) = $1 and not is_sso_user",
                PgParams{lower(email)});
        if (known.rows() > 0) {
            throw Failed{{422, "user_already_exists", "User already registered", {}}};
        }
        AccountChange account;
        account.email = email;
        account.password = password;
        account.userMetadata = data;
        const AuthUser user = insertUser(account, true);
        return newSession(user.id, origin);
    });
}

AuthOutcome<AuthGrant> Accounts::signIn(
    const std::string& email, const std::string& password, const Origin& origin)
{
    return transaction<AuthGrant>([&]() -> AuthOutcome<AuthGrant> {
        const AuthFault wrong{400, "invalid_credentials", "Invalid login credentials", {}};
        const PgResult found = query("select id, extensions.crypt($2, encrypted_password) = "
                                     "encrypted_password, email_confirmed_at is not null, "
                                     "coalesce(banned_until > now(), false) from auth.users "
                                     "where lower(email) = $1 and not is_sso_user "
                                     "and deleted_at is null and encrypted_password like '$2%'",
            PgParams{lower(email), password.substr(0, longestPassword)});
        if (found.rows() == 0) {
            // An unknown address costs the same time as a wrong password.
            query("select extensions.crypt($1, extensions.gen_salt('bf', 10))", PgParams{password});
            throw Failed{wrong};
        }
        if (!found.truth(0, 1)) {
            throw Failed{wrong};
        }
        if (found.truth(0, 3)) {
            throw Failed{{400, "user_banned", "User is banned", {}}};
        }
        if (!found.truth(0, 2)) {
            throw Failed{{400, "email_not_confirmed", "Email not confirmed", {}}};
        }
        return newSession(std::string(found.text(0, 0)), origin);
    });
}

AuthOutcome<AuthGrant> Accounts::refresh(const std::string& refreshToken)
{
    return transaction<AuthGrant>([&]() -> AuthOutcome<AuthGrant> {
        query("set local lock_timeout = '5s'", {});
        // The session is locked before the token is read, so that two refreshes follow each other.
        query("select 1 from auth.sessions where id = (select session_id from auth.refresh_tokens "
              "where token = $1) for update",
            PgParams{refreshToken});
        const PgResult found = query(
            "select t.user_id, t.session_id, t.revoked, t.updated_at + $2::interval > now(), "
            "extract(epoch from s.created_at)::bigint, coalesce(u.banned_until > now(), false), "
            "coalesce(s.not_after < now(), false) "
            "from auth.refresh_tokens t left join auth.sessions s on s.id = t.session_id "
            "left join auth.users u on u.id::text = t.user_id where t.token = $1",
            PgParams{refreshToken, reuseInterval});
        if (found.rows() == 0) {
            throw Failed{{400, "refresh_token_not_found",
                "Invalid Refresh Token: Refresh Token Not Found", {}}};
        }
        if (found.isNull(0, 4)) {
            throw Failed{
                {400, "session_not_found", "Invalid Refresh Token: No Valid Session Found", {}}};
        }
        if (found.truth(0, 5)) {
            throw Failed{{400, "user_banned", "Invalid Refresh Token: User Banned", {}}};
        }
        if (found.truth(0, 6)) {
            throw Failed{{400, "session_expired", "Invalid Refresh Token: Session Expired", {}}};
        }
        AuthGrant grant;
        const std::string userId(found.text(0, 0));
        grant.sessionId = found.text(0, 1);
        grant.sessionStarted = found.number(0, 4);
        if (found.truth(0, 2)) {
            const PgResult active
                = query("select token, coalesce(parent, '') from auth.refresh_tokens "
                        "where session_id = $1 and not revoked order by id desc limit 1",
                    PgParams{grant.sessionId});
            if (active.rows() > 0 && active.text(0, 1) == refreshToken) {
                grant.refreshToken = active.text(0, 0);
            } else if (!found.truth(0, 3)) {
                // Old enough that the reuse interval does not forgive the revoked ones.
                query("update auth.refresh_tokens set revoked = true, "
                      "updated_at = least(updated_at, now() - $2::interval) where session_id = $1",
                    PgParams{grant.sessionId, reuseInterval});
                return AuthFault{
                    400, "refresh_token_already_used", "Invalid Refresh Token: Already Used", {}};
            }
        }
        if (grant.refreshToken.empty()) {
            query("update auth.refresh_tokens set revoked = true, updated_at = now() "
                  "where token = $1 and not revoked",
                PgParams{refreshToken});
            grant.refreshToken = newRefreshToken(userId, grant.sessionId, refreshToken);
            query("update auth.sessions set refreshed_at = now() at time zone 'utc', "
                  "updated_at = now() where id = $1",
                PgParams{grant.sessionId});
        }
        grant.user = readUser(userId, missingUser());
        return grant;
    });
}

void Accounts::requireSession(const std::string& userId, const std::string& sessionId)
{
    if (query("select 1 from auth.users where id = $1 and deleted_at is null", PgParams{userId})
            .rows()
        == 0) {
        throw Failed{{403, "user_not_found", "User from sub claim in JWT does not exist", {}}};
    }
    if (!sessionId.empty()
        && query("select 1 from auth.sessions where id = $1 and user_id = $2",
               PgParams{sessionId, userId})
                .rows()
            == 0) {
        throw Failed{
            {403, "session_not_found", "Session from session_id claim in JWT does not exist", {}}};
    }
}

AuthOutcome<AuthUser> Accounts::current(const std::string& userId, const std::string& sessionId)
{
    return transaction<AuthUser>([&]() -> AuthOutcome<AuthUser> {
        requireSession(userId, sessionId);
        return readUser(userId, missingUser());
    });
}

void Accounts::applyChange(
    const std::string& userId, const AccountChange& change, bool byAdministrator)
{
    if (change.email) {
        const std::string email = lower(*change.email);
        if (!looksLikeEmail(email)) {
            throw Failed{invalidFormat()};
        }
        query("update auth.users set email = $2, email_confirmed_at = coalesce(email_confirmed_at, "
              "now()), "
              "updated_at = now() where id = $1",
            PgParams{userId, email});
        query("update auth.identities set identity_data = identity_data || "
              "jsonb_build_object('email', $2::text), updated_at = now() "
              "where user_id = $1 and provider = 'email'",
            PgParams{userId, email});
    }
    if (change.password) {
        if (const auto weak = passwordFault(*change.password)) {
            throw Failed{*weak};
        }
        const PgResult same = query("select encrypted_password like '$2%' and "
                                    "extensions.crypt($2, encrypted_password) = encrypted_password "
                                    "from auth.users where id = $1",
            PgParams{userId, *change.password});
        if (!byAdministrator && same.rows() > 0 && same.truth(0, 0)) {
            throw Failed{{422, "same_password",
                "New password should be different from the old password.", {}}};
        }
        query("update auth.users set encrypted_password = extensions.crypt($2, "
              "extensions.gen_salt('bf', 10)), updated_at = now() where id = $1",
            PgParams{userId, *change.password});
    }
    const auto merge = [&](const char* column, const QJsonObject& members) {
        query(std::string("update auth.users set ") + column + " = coalesce((select "
                + "jsonb_object_agg(key, value) from jsonb_each(coalesce(" + column
                + ", '{}'::jsonb) || $2::jsonb) where value <> 'null'::jsonb), '{}'::jsonb), "
                  "updated_at = now() where id = $1",
            PgParams{userId, text(members)});
    };
    if (change.userMetadata) {
        merge("raw_user_meta_data", *change.userMetadata);
    }
    if (!byAdministrator) {
        return;
    }
    if (change.appMetadata) {
        merge("raw_app_meta_data", *change.appMetadata);
    }
    if (change.emailConfirmed.value_or(false)) {
        query("update auth.users set email_confirmed_at = coalesce(email_confirmed_at, now()) "
              "where id = $1",
            PgParams{userId});
    }
    if (change.role) {
        query("update auth.users set role = $2 where id = $1", PgParams{userId, *change.role});
    }
    if (change.banDuration) {
        query("update auth.users set banned_until = case when $2 = 'none' then null "
              "else now() + $2::text::interval end where id = $1",
            PgParams{userId, *change.banDuration});
    }
}

AuthOutcome<AuthUser> Accounts::updateCurrent(
    const std::string& userId, const std::string& sessionId, const AccountChange& change)
{
    return transaction<AuthUser>([&]() -> AuthOutcome<AuthUser> {
        requireSession(userId, sessionId);
        applyChange(userId, change, false);
        if (change.password) {
            query("delete from auth.sessions where user_id = $1 and id::text <> $2",
                PgParams{userId, sessionId});
        }
        return readUser(userId, missingUser());
    });
}

std::optional<AuthFault> Accounts::signOut(
    const std::string& userId, const std::string& sessionId, const std::string& scope)
{
    const auto outcome = transaction<bool>([&]() -> AuthOutcome<bool> {
        requireSession(userId, sessionId);
        if (scope == "local") {
            query("delete from auth.sessions where id::text = $1 and user_id = $2",
                PgParams{sessionId, userId});
        } else if (scope == "others") {
            query("delete from auth.sessions where id::text <> $1 and user_id = $2",
                PgParams{sessionId, userId});
        } else {
            query("delete from auth.sessions where user_id = $1", PgParams{userId});
        }
        return true;
    });
    const auto* fault = std::get_if<AuthFault>(&outcome);
    return fault == nullptr ? std::nullopt : std::optional(*fault);
}

AuthOutcome<AuthUser> Accounts::create(const AccountChange& account)
{
    return transaction<AuthUser>([&]() -> AuthOutcome<AuthUser> {
        if (account.password) {
            if (const auto weak = passwordFault(*account.password)) {
                throw Failed{*weak};
            }
        }
        return insertUser(account, account.emailConfirmed.value_or(false));
    });
}

AuthOutcome<AuthUser> Accounts::find(const std::string& userId)
{
    return transaction<AuthUser>(
        [&]() -> AuthOutcome<AuthUser> { return readUser(userId, missingUser()); });
}

AuthOutcome<AuthUser> Accounts::update(const std::string& userId, const AccountChange& change)
{
    return transaction<AuthUser>([&]() -> AuthOutcome<AuthUser> {
        readUser(userId, missingUser());
        applyChange(userId, change, true);
        return readUser(userId, missingUser());
    });
}

std::optional<AuthFault> Accounts::remove(const std::string& userId)
{
    const auto outcome = transaction<bool>([&]() -> AuthOutcome<bool> {
        readUser(userId, missingUser());
        query("delete from auth.users where id = $1", PgParams{userId});
        return true;
    });
    const auto* fault = std::get_if<AuthFault>(&outcome);
    return fault == nullptr ? std::nullopt : std::optional(*fault);
}

AuthOutcome<std::pair<std::string, std::int64_t>> Accounts::list(
    std::int64_t page, std::int64_t perPage)
{
    using Page = std::pair<std::string, std::int64_t>;
    return transaction<Page>([&]() -> AuthOutcome<Page> {
        Page users;
        users.second
            = query("select count(*) from auth.users where deleted_at is null", {}).number(0, 0);
        const PgResult found
            = query(userQuery("where u.deleted_at is null order by u.created_at desc, u.id "
                              "limit $1 offset $2"),
                PgParams{std::to_string(perPage), std::to_string((page - 1) * perPage)});
        for (int row = 0; row < found.rows(); ++row) {
            users.first += row > 0 ? "," : "";
            users.first += found.text(row, 0);
        }
        return users;
    });
}

} // namespace academy
