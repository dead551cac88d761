// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/auth/AuthDatabase.h"

#include "base/Log.h"

namespace academy {

namespace {

constexpr std::size_t refreshTokenLength = 12;

constexpr const char* userJson = R"sql(
select jsonb_strip_nulls(jsonb_build_object(
    'id', u.id,
    'aud', coalesce(nullif(u.aud, ''), 'authenticated'),
    'role', coalesce(nullif(u.role, ''), 'authenticated'),
    'email', coalesce(u.email, ''),
    'new_email', nullif(u.email_change, ''),
    'email_change_sent_at', u.email_change_sent_at,
    'phone', coalesce(u.phone, ''),
    'email_confirmed_at', u.email_confirmed_at,
    'phone_confirmed_at', u.phone_confirmed_at,
    'confirmed_at', u.confirmed_at,
    'last_sign_in_at', u.last_sign_in_at,
    'confirmation_sent_at', u.confirmation_sent_at,
    'recovery_sent_at', u.recovery_sent_at,
    'invited_at', u.invited_at,
    'reauthentication_sent_at', u.reauthentication_sent_at,
    'banned_until', u.banned_until,
    'factors', (
        select jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
            'id', f.id,
            'created_at', f.created_at,
            'updated_at', f.updated_at,
            'status', f.status,
            'friendly_name', f.friendly_name,
            'factor_type', f.factor_type,
            'last_challenged_at', f.last_challenged_at)) order by f.created_at)
        from auth.mfa_factors f where f.user_id = u.id),
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

} // namespace

AuthFault userNotFound()
{
    return {404, "user_not_found", "User not found", {}};
}

AuthDatabase::AuthDatabase(PgConnection& connection, RandomSource& random)
    : m_connection(connection), m_random(random)
{
}

void AuthDatabase::undo()
{
    (void)m_connection.run("rollback");
}

PgResult AuthDatabase::query(const std::string& sql, const PgParams& params)
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
    if (error.sqlState == "22P02" || error.sqlState == "22021" || error.sqlState == "22007") {
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

AuthUser AuthDatabase::user(const std::string& userId)
{
    const PgResult found = query(
        std::string(userJson) + "where u.id = $1 and u.deleted_at is null", PgParams{userId});
    if (found.rows() == 0) {
        throw Failed{userNotFound()};
    }
    return {userId, std::string(found.text(0, 0))};
}

std::string AuthDatabase::users(std::int64_t limit, std::int64_t offset)
{
    const PgResult found = query(std::string(userJson)
            + "where u.deleted_at is null order by u.created_at desc, u.id limit $1 offset $2",
        PgParams{std::to_string(limit), std::to_string(offset)});
    std::string users;
    for (int row = 0; row < found.rows(); ++row) {
        users += row > 0 ? "," : "";
        users += found.text(row, 0);
    }
    return users;
}

AuthGrant AuthDatabase::openSession(
    const std::string& userId, const std::string& method, const AuthOrigin& origin)
{
    const std::string sessionId = newId();
    query("insert into auth.sessions (id, user_id, aal, user_agent, ip) "
          "values ($1, $2, 'aal1', $3, nullif($4, '')::inet)",
        PgParams{sessionId, userId, origin.userAgent, origin.address});
    noteMethod(sessionId, method);
    query("update auth.users set last_sign_in_at = now(), updated_at = now() where id = $1",
        PgParams{userId});
    return grant(sessionId, newRefreshToken(userId, sessionId, {}));
}

void AuthDatabase::noteMethod(const std::string& sessionId, const std::string& method)
{
    query("insert into auth.mfa_amr_claims (session_id, created_at, updated_at, "
          "authentication_method) values ($1, now(), now(), $2) "
          "on conflict (session_id, authentication_method) do update set updated_at = now()",
        PgParams{sessionId, method});
}

void AuthDatabase::requireSession(const std::string& userId, const std::string& sessionId)
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

AuthGrant AuthDatabase::grant(const std::string& sessionId, const std::string& refreshToken)
{
    // Sessions from before the methods were kept began with a password.
    const PgResult found = query(
        "select s.user_id, coalesce(s.aal, 'aal1'), coalesce((select jsonb_agg(jsonb_build_object("
        "'method', c.authentication_method, 'timestamp', extract(epoch from c.updated_at)::bigint) "
        "order by c.updated_at desc, c.authentication_method desc) from auth.mfa_amr_claims c "
        "where c.session_id = s.id), jsonb_build_array(jsonb_build_object('method', 'password', "
        "'timestamp', extract(epoch from s.created_at)::bigint))) "
        "from auth.sessions s where s.id = $1",
        PgParams{sessionId});
    if (found.rows() == 0) {
        throw Failed{{403, "session_not_found", "Session not found", {}}};
    }
    return {user(std::string(found.text(0, 0))), sessionId, refreshToken,
        std::string(found.text(0, 1)), std::string(found.text(0, 2))};
}

std::string AuthDatabase::newRefreshToken(
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

} // namespace academy
