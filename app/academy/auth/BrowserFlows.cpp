// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/auth/BrowserFlows.h"

#include "wire/Jwt.h"

#include <QCryptographicHash>

#include <algorithm>

namespace academy {

namespace {

constexpr std::size_t shortestProof = 43;
constexpr std::size_t longestProof = 128;
constexpr const char* flowLifetime = "5 minutes";

AuthFault unknownFlow()
{
    return {404, "flow_state_not_found", "invalid flow state, no valid flow state found", {}};
}

AuthFault expiredFlow()
{
    return {422, "flow_state_expired", "invalid flow state, flow state has expired", {}};
}

bool isProof(const std::string& text)
{
    const auto allowed = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
            || c == '-' || c == '.' || c == '_' || c == '~';
    };
    return text.size() >= shortestProof && text.size() <= longestProof
        && std::ranges::all_of(text, allowed);
}

std::string challengeOf(const std::string& verifier, std::string_view method)
{
    if (method == "plain") {
        return verifier;
    }
    const QByteArray digest
        = QCryptographicHash::hash(QByteArray::fromStdString(verifier), QCryptographicHash::Sha256);
    return base64UrlEncode(digest).toStdString();
}

} // namespace

std::optional<ProofKey> ProofKey::in(const std::string& challenge, const std::string& method)
{
    if (challenge.empty() && method.empty()) {
        return std::nullopt;
    }
    ProofKey key{challenge, method};
    std::ranges::transform(key.method, key.method.begin(),
        [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    if (challenge.empty() || method.empty()) {
        throw AuthDatabase::Failed{{400, "validation_failed",
            "PKCE flow requires code_challenge_method and code_challenge", {}}};
    }
    if (key.method != "s256" && key.method != "plain") {
        throw AuthDatabase::Failed{{400, "validation_failed", "Invalid code challenge method", {}}};
    }
    if (!isProof(challenge)) {
        throw AuthDatabase::Failed{{400, "validation_failed",
            "code challenge has to be between 43 and 128 characters", {}}};
    }
    return key;
}

BrowserFlows::BrowserFlows(AuthDatabase& database) : m_database(database) { }

std::string BrowserFlows::begin(const std::optional<ProofKey>& key, const std::string& userId,
    const std::string& provider, const std::string& method, const std::string& redirect)
{
    m_database.query("delete from auth.flow_state where created_at < now() - interval '1 day'", {});
    const std::string id = m_database.newId();
    m_database.query("insert into auth.flow_state (id, user_id, code_challenge_method, "
                     "code_challenge, provider_type, created_at, updated_at, "
                     "authentication_method, referrer) values ($1, nullif($2, '')::uuid, "
                     "nullif($3, '')::auth.code_challenge_method, nullif($4, ''), $5, now(), "
                     "now(), $6, $7)",
        PgParams{id, userId, key ? key->method : "", key ? key->challenge : "", provider, method,
            redirect});
    return id;
}

BrowserFlows::Waiting BrowserFlows::waiting(const std::string& flowId)
{
    const PgResult found
        = m_database.query("select coalesce(referrer, ''), code_challenge is not null, "
                           "created_at + $2::interval < now(), coalesce(user_id::text, '') "
                           "from auth.flow_state "
                           "where id::text = $1 and auth_code is null",
            PgParams{flowId, flowLifetime});
    if (found.rows() == 0) {
        throw AuthDatabase::Failed{unknownFlow()};
    }
    if (found.truth(0, 2)) {
        throw AuthDatabase::Failed{expiredFlow()};
    }
    return {std::string(found.text(0, 0)), found.truth(0, 1), std::string(found.text(0, 3))};
}

std::string BrowserFlows::issueCode(const std::string& flowId, const std::string& userId)
{
    const std::string code = m_database.newId();
    m_database.query("update auth.flow_state set user_id = $2, auth_code = $3, "
                     "auth_code_issued_at = now(), updated_at = now() where id = $1",
        PgParams{flowId, userId, code});
    return code;
}

std::optional<std::string> BrowserFlows::issueCodeFor(const std::string& userId)
{
    const PgResult found = m_database.query(
        "select id from auth.flow_state where user_id = $1 and provider_type = 'email' "
        "and auth_code is null order by created_at desc limit 1",
        PgParams{userId});
    return found.rows() == 0 ? std::nullopt
                             : std::optional(issueCode(std::string(found.text(0, 0)), userId));
}

void BrowserFlows::end(const std::string& flowId)
{
    m_database.query("delete from auth.flow_state where id = $1", PgParams{flowId});
}

AuthOutcome<AuthGrant> BrowserFlows::exchange(
    const std::string& code, const std::string& verifier, const AuthOrigin& origin)
{
    return m_database.transaction<AuthGrant>([&]() -> AuthOutcome<AuthGrant> {
        const PgResult found = m_database.query(
            "select f.id, f.user_id, coalesce(f.code_challenge, ''), "
            "coalesce(f.code_challenge_method::text, ''), f.authentication_method, "
            "f.auth_code_issued_at + $2::interval < now(), coalesce(u.banned_until > now(), false) "
            "from auth.flow_state f join auth.users u on u.id = f.user_id "
            "and u.deleted_at is null where f.auth_code = $1 for update of f",
            PgParams{code, flowLifetime});
        if (found.rows() == 0) {
            throw AuthDatabase::Failed{unknownFlow()};
        }
        if (found.truth(0, 5)) {
            throw AuthDatabase::Failed{expiredFlow()};
        }
        const std::string expected(found.text(0, 2));
        const bool proven = !expected.empty() && isProof(verifier)
            && constantTimeEqual(QByteArray::fromStdString(expected),
                QByteArray::fromStdString(challengeOf(verifier, found.text(0, 3))));
        if (!proven) {
            throw AuthDatabase::Failed{{400, "bad_code_verifier",
                "code challenge does not match previously saved code verifier", {}}};
        }
        if (found.truth(0, 6)) {
            throw AuthDatabase::Failed{{403, "user_banned", "User is banned", {}}};
        }
        end(std::string(found.text(0, 0)));
        return m_database.openSession(
            std::string(found.text(0, 1)), std::string(found.text(0, 4)), origin);
    });
}

} // namespace academy
