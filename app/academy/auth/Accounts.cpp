// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/auth/Accounts.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace academy {

namespace {

constexpr std::size_t shortestPassword = 6;
constexpr std::size_t longestPassword = 72;

/// A revoked token presented again within ten seconds is a client whose answer was lost.
constexpr const char* reuseInterval = "10 seconds";

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

} // namespace

std::string normalEmail(const std::string& email)
{
    std::string normal = lower(email);
    if (!looksLikeEmail(normal)) {
        throw AuthDatabase::Failed{
            {400, "validation_failed", "Unable to validate email address: invalid format", {}}};
    }
    return normal;
}

std::string checkedPassword(const std::string& password)
{
    if (password.size() > longestPassword) {
        throw AuthDatabase::Failed{
            {400, "validation_failed", "Password cannot be longer than 72 characters", {}}};
    }
    if (password.size() < shortestPassword) {
        throw AuthDatabase::Failed{
            {422, "weak_password", "Password should be at least 6 characters.", {"length"}}};
    }
    return password;
}

Accounts::Accounts(AuthDatabase& database) : m_database(database) { }

PgResult Accounts::query(const std::string& sql, const PgParams& params)
{
    return m_database.query(sql, params);
}

AuthUser Accounts::insert(const AccountChange& account, bool confirmed)
{
    const bool anonymous = !account.email;
    const std::string email = anonymous ? std::string() : normalEmail(*account.email);
    QJsonObject appMetadata;
    if (!anonymous) {
        appMetadata = {{QStringLiteral("provider"), QStringLiteral("email")},
            {QStringLiteral("providers"), QJsonArray{QStringLiteral("email")}}};
    }
    const QJsonObject given = account.appMetadata.value_or(QJsonObject());
    for (auto member = given.begin(); member != given.end(); ++member) {
        appMetadata.insert(member.key(), member.value());
    }
    const std::string id = account.id.value_or(m_database.newId());
    PgParams params{id, email, text(appMetadata),
        text(account.userMetadata.value_or(QJsonObject())), confirmed ? "t" : "f",
        account.role.value_or("authenticated"), anonymous ? "t" : "f"};
    const std::string hash = account.password
        ? "extensions.crypt(" + params.add(*account.password) + ", extensions.gen_salt('bf', 10))"
        : "''";
    query("insert into auth.users (instance_id, id, aud, role, email, encrypted_password, "
          "email_confirmed_at, raw_app_meta_data, raw_user_meta_data, confirmation_token, "
          "recovery_token, email_change_token_new, email_change, is_anonymous, created_at, "
          "updated_at) "
          "values ('00000000-0000-0000-0000-000000000000', $1, 'authenticated', $6, "
          "nullif($2, ''), "
            + hash
            + ", case when $5::boolean then now() end, $3, $4, '', '', '', '', $7, now(), now())",
        params);
    if (!anonymous) {
        query("insert into auth.identities (provider_id, user_id, identity_data, provider, "
              "last_sign_in_at, created_at, updated_at) "
              "values ($1::text, $1::uuid, jsonb_build_object('sub', $1::text, 'email', $2::text, "
              "'email_verified', $3::boolean, 'phone_verified', false), 'email', now(), now(), "
              "now())",
            PgParams{id, email, confirmed ? "t" : "f"});
    }
    return m_database.user(id);
}

AuthOutcome<AuthGrant> Accounts::signUp(const std::string& email, const std::string& password,
    const QJsonObject& data, const AuthOrigin& origin)
{
    return m_database.transaction<AuthGrant>([&]() -> AuthOutcome<AuthGrant> {
        if (password.empty()) {
            throw AuthDatabase::Failed{
                {400, "validation_failed", "Signup requires a valid password", {}}};
        }
        const std::string address = normalEmail(email);
        (void)checkedPassword(password);
        const PgResult known
            = query("select 1 from auth.users where lower(email) = $1 and not is_sso_user",
                PgParams{address});
        if (known.rows() > 0) {
            throw AuthDatabase::Failed{{422, "user_already_exists", "User already registered", {}}};
        }
        AccountChange account;
        account.email = email;
        account.password = password;
        account.userMetadata = data;
        return m_database.openSession(insert(account, true).id, "password", origin);
    });
}

AuthOutcome<AuthGrant> Accounts::signUpAnonymously(
    const QJsonObject& data, const AuthOrigin& origin)
{
    return m_database.transaction<AuthGrant>([&]() -> AuthOutcome<AuthGrant> {
        AccountChange account;
        account.userMetadata = data;
        return m_database.openSession(insert(account, false).id, "anonymous", origin);
    });
}

std::string Accounts::authenticate(const std::string& email, const std::string& password)
{
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
        throw AuthDatabase::Failed{wrong};
    }
    if (!found.truth(0, 1)) {
        throw AuthDatabase::Failed{wrong};
    }
    if (found.truth(0, 3)) {
        throw AuthDatabase::Failed{{400, "user_banned", "User is banned", {}}};
    }
    if (!found.truth(0, 2)) {
        throw AuthDatabase::Failed{{400, "email_not_confirmed", "Email not confirmed", {}}};
    }
    return std::string(found.text(0, 0));
}

AuthOutcome<AuthGrant> Accounts::signIn(
    const std::string& email, const std::string& password, const AuthOrigin& origin)
{
    return m_database.transaction<AuthGrant>([&]() -> AuthOutcome<AuthGrant> {
        return m_database.openSession(authenticate(email, password), "password", origin);
    });
}

AuthOutcome<AuthGrant> Accounts::refresh(const std::string& refreshToken)
{
    return m_database.transaction<AuthGrant>([&]() -> AuthOutcome<AuthGrant> {
        query("set local lock_timeout = '5s'", {});
        // The session is locked before the token is read, so that two refreshes follow each other.
        query("select 1 from auth.sessions where id = (select session_id from auth.refresh_tokens "
              "where token = $1) for update",
            PgParams{refreshToken});
        const PgResult found = query(
            "select t.user_id, t.session_id, t.revoked, t.updated_at + $2::interval > now(), "
            "u.id, coalesce(u.banned_until > now(), false), coalesce(s.not_after < now(), false) "
            "from auth.refresh_tokens t left join auth.sessions s on s.id = t.session_id "
            "left join auth.users u on u.id = s.user_id and u.deleted_at is null "
            "where t.token = $1",
            PgParams{refreshToken, reuseInterval});
        if (found.rows() == 0) {
            throw AuthDatabase::Failed{{400, "refresh_token_not_found",
                "Invalid Refresh Token: Refresh Token Not Found", {}}};
        }
        if (found.isNull(0, 4)) {
            throw AuthDatabase::Failed{
                {400, "session_not_found", "Invalid Refresh Token: No Valid Session Found", {}}};
        }
        if (found.truth(0, 5)) {
            throw AuthDatabase::Failed{
                {400, "user_banned", "Invalid Refresh Token: User Banned", {}}};
        }
        if (found.truth(0, 6)) {
            throw AuthDatabase::Failed{
                {400, "session_expired", "Invalid Refresh Token: Session Expired", {}}};
        }
        const std::string userId(found.text(0, 0));
        const std::string sessionId(found.text(0, 1));
        std::string next;
        if (found.truth(0, 2)) {
            const PgResult active
                = query("select token, coalesce(parent, '') from auth.refresh_tokens "
                        "where session_id = $1 and not revoked order by id desc limit 1",
                    PgParams{sessionId});
            if (active.rows() > 0 && active.text(0, 1) == refreshToken) {
                next = active.text(0, 0);
            } else if (!found.truth(0, 3)) {
                // Old enough that the reuse interval does not forgive the revoked ones.
                query("update auth.refresh_tokens set revoked = true, "
                      "updated_at = least(updated_at, now() - $2::interval) where session_id = $1",
                    PgParams{sessionId, reuseInterval});
                return AuthFault{
                    400, "refresh_token_already_used", "Invalid Refresh Token: Already Used", {}};
            }
        }
        if (next.empty()) {
            query("update auth.refresh_tokens set revoked = true, updated_at = now() "
                  "where token = $1 and not revoked",
                PgParams{refreshToken});
            next = m_database.newRefreshToken(userId, sessionId, refreshToken);
            query("update auth.sessions set refreshed_at = now() at time zone 'utc', "
                  "updated_at = now() where id = $1",
                PgParams{sessionId});
        }
        return m_database.grant(sessionId, next);
    });
}

AuthOutcome<AuthUser> Accounts::current(const std::string& userId, const std::string& sessionId)
{
    return m_database.transaction<AuthUser>([&]() -> AuthOutcome<AuthUser> {
        m_database.requireSession(userId, sessionId);
        return m_database.user(userId);
    });
}

void Accounts::setEmail(const std::string& userId, const std::string& email)
{
    query("update auth.users set email = $2, email_confirmed_at = coalesce(email_confirmed_at, "
          "now()), updated_at = now() where id = $1",
        PgParams{userId, email});
    query("update auth.identities set identity_data = identity_data || "
          "jsonb_build_object('email', $2::text), updated_at = now() "
          "where user_id = $1 and provider = 'email'",
        PgParams{userId, email});
    // An anonymous account that gets an address is a full one from then on.
    const PgResult upgraded
        = query("update auth.users set is_anonymous = false, raw_app_meta_data = "
                "coalesce(raw_app_meta_data, '{}'::jsonb) || "
                "'{\"provider\":\"email\",\"providers\":[\"email\"]}'::jsonb "
                "where id = $1 and is_anonymous returning id",
            PgParams{userId});
    if (upgraded.rows() > 0) {
        query("insert into auth.identities (provider_id, user_id, identity_data, provider, "
              "last_sign_in_at, created_at, updated_at) "
              "values ($1::text, $1::uuid, jsonb_build_object('sub', $1::text, 'email', $2::text, "
              "'email_verified', true, 'phone_verified', false), 'email', now(), now(), now())",
            PgParams{userId, email});
    }
}

void Accounts::setPassword(const std::string& userId, const std::string& password, bool mustDiffer)
{
    (void)checkedPassword(password);
    const PgResult same = query("select encrypted_password like '$2%' and "
                                "extensions.crypt($2, encrypted_password) = encrypted_password "
                                "from auth.users where id = $1",
        PgParams{userId, password});
    if (mustDiffer && same.rows() > 0 && same.truth(0, 0)) {
        throw AuthDatabase::Failed{
            {422, "same_password", "New password should be different from the old password.", {}}};
    }
    query("update auth.users set encrypted_password = extensions.crypt($2, "
          "extensions.gen_salt('bf', 10)), updated_at = now() where id = $1",
        PgParams{userId, password});
}

void Accounts::applyChange(
    const std::string& userId, const AccountChange& change, bool byAdministrator)
{
    if (change.email) {
        setEmail(userId, normalEmail(*change.email));
    }
    if (change.password) {
        setPassword(userId, *change.password, !byAdministrator);
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

void Accounts::requireFree(const std::string& email)
{
    if (query(
            "select 1 from auth.users where lower(email) = $1 and not is_sso_user", PgParams{email})
            .rows()
        > 0) {
        throw AuthDatabase::Failed{{422, "email_exists",
            "A user with this email address has already been registered", {}}};
    }
}

void Accounts::requireHighestLevel(const std::string& userId, const std::string& sessionId)
{
    const PgResult found = query("select 1 from auth.mfa_factors where user_id = $1 "
                                 "and status = 'verified' and not exists (select 1 from "
                                 "auth.sessions where id::text = $2 and aal = 'aal2')",
        PgParams{userId, sessionId});
    if (found.rows() > 0) {
        throw AuthDatabase::Failed{{401, "insufficient_aal",
            "AAL2 session is required to update email or password when MFA is enabled.", {}}};
    }
}

AuthOutcome<AuthUser> Accounts::updateCurrent(const std::string& userId,
    const std::string& sessionId, const AccountChange& asked, const ChangeRules& rules)
{
    return m_database.transaction<AuthUser>([&]() -> AuthOutcome<AuthUser> {
        m_database.requireSession(userId, sessionId);
        const PgResult now = query(
            "select coalesce(u.email, ''), u.is_anonymous, not exists (select 1 from "
            "auth.sessions s where s.id::text = $2 and s.created_at > now() - interval '1 day') "
            "from auth.users u where u.id = $1",
            PgParams{userId, sessionId});
        const bool anonymous = now.truth(0, 1);
        AccountChange change = asked;
        change.email.reset();
        if (asked.email && !asked.email->empty() && normalEmail(*asked.email) != now.text(0, 0)) {
            change.email = normalEmail(*asked.email);
        }
        if (change.password || change.email) {
            requireHighestLevel(userId, sessionId);
        }
        if (change.password && !change.email && anonymous) {
            throw AuthDatabase::Failed{{422, "validation_failed",
                "Updating password of an anonymous user without an email or phone is not allowed",
                {}}};
        }
        if (change.email) {
            requireFree(*change.email);
        }
        if (change.password && rules.reauthenticate && now.truth(0, 2)) {
            rules.reauthenticate();
        }
        if (change.email && !anonymous && rules.confirmEmail) {
            rules.confirmEmail(*change.email);
            change.email.reset();
        }
        applyChange(userId, change, false);
        if (change.password) {
            query("delete from auth.sessions where user_id = $1 and id::text <> $2",
                PgParams{userId, sessionId});
        }
        return m_database.user(userId);
    });
}

std::optional<AuthFault> Accounts::signOut(
    const std::string& userId, const std::string& sessionId, const std::string& scope)
{
    const auto outcome = m_database.transaction<bool>([&]() -> AuthOutcome<bool> {
        m_database.requireSession(userId, sessionId);
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
    return m_database.transaction<AuthUser>([&]() -> AuthOutcome<AuthUser> {
        if (account.password) {
            (void)checkedPassword(*account.password);
        }
        if (!account.email) {
            throw AuthDatabase::Failed{{400, "validation_failed",
                "Cannot create a user without either an email or phone", {}}};
        }
        return insert(account, account.emailConfirmed.value_or(false));
    });
}

AuthOutcome<AuthUser> Accounts::find(const std::string& userId)
{
    return m_database.transaction<AuthUser>(
        [&]() -> AuthOutcome<AuthUser> { return m_database.user(userId); });
}

AuthOutcome<AuthUser> Accounts::update(const std::string& userId, const AccountChange& change)
{
    return m_database.transaction<AuthUser>([&]() -> AuthOutcome<AuthUser> {
        m_database.user(userId);
        applyChange(userId, change, true);
        return m_database.user(userId);
    });
}

std::optional<AuthFault> Accounts::remove(const std::string& userId, bool keepRow)
{
    const auto outcome = m_database.transaction<bool>([&]() -> AuthOutcome<bool> {
        m_database.user(userId);
        if (!keepRow) {
            query("delete from auth.users where id = $1", PgParams{userId});
            return true;
        }
        query("update auth.users set email = encode(sha256(convert_to(id::text || "
              "coalesce(email, ''), 'UTF8')), 'hex'), phone = null, encrypted_password = '', "
              "raw_user_meta_data = '{}', raw_app_meta_data = '{}', deleted_at = now(), "
              "updated_at = now() where id = $1",
            PgParams{userId});
        for (const char* table : {"identities", "sessions", "mfa_factors", "one_time_tokens"}) {
            query(
                std::string("delete from auth.") + table + " where user_id = $1", PgParams{userId});
        }
        return true;
    });
    const auto* fault = std::get_if<AuthFault>(&outcome);
    return fault == nullptr ? std::nullopt : std::optional(*fault);
}

AuthOutcome<std::pair<std::string, std::int64_t>> Accounts::list(
    std::int64_t page, std::int64_t perPage)
{
    using Page = std::pair<std::string, std::int64_t>;
    return m_database.transaction<Page>([&]() -> AuthOutcome<Page> {
        const std::int64_t total
            = query("select count(*) from auth.users where deleted_at is null", {}).number(0, 0);
        return Page(m_database.users(perPage, (page - 1) * perPage), total);
    });
}

} // namespace academy
