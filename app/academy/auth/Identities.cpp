// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/auth/Identities.h"

namespace academy {

namespace {

constexpr const char* owner = "select i.user_id, coalesce(u.banned_until > now(), false) "
                              "from auth.identities i join auth.users u on u.id = i.user_id "
                              "and u.deleted_at is null where i.provider = $1 and "
                              "i.provider_id = $2";

AuthDatabase::Failed refused(const char* code, const char* sentence)
{
    return {{422, code, sentence, {}}};
}

} // namespace

Identities::Identities(AuthDatabase& database) : m_database(database) { }

void Identities::insert(const Claim& claim, const std::string& userId)
{
    m_database.query(
        "insert into auth.identities (provider_id, user_id, identity_data, provider, "
        "last_sign_in_at, created_at, updated_at) values ($1::text, $2, jsonb_build_object('sub', "
        "$1::text, 'email', $3::text, 'email_verified', true, 'phone_verified', false), $4, now(), "
        "clock_timestamp(), now())",
        PgParams{claim.subject, userId, claim.email, claim.provider});
    nameProviders(userId);
}

void Identities::nameProviders(const std::string& userId)
{
    m_database.query(
        "update auth.users set updated_at = now(), raw_app_meta_data = coalesce(raw_app_meta_data, "
        "'{}'::jsonb) || (select jsonb_build_object('provider', (array_agg(provider order by since)"
        ")[1], 'providers', jsonb_agg(provider order by since)) from (select provider, "
        "min(created_at) as since from auth.identities where user_id = $1 group by provider) p) "
        "where id = $1",
        PgParams{userId});
}

std::string Identities::signIn(const Claim& claim, const std::string& account)
{
    const PgResult found = m_database.query(owner, PgParams{claim.provider, claim.subject});
    if (found.rows() == 0) {
        insert(claim, account);
        return account;
    }
    if (found.truth(0, 1)) {
        throw AuthDatabase::Failed{{403, "user_banned", "User is banned", {}}};
    }
    m_database.query("update auth.identities set last_sign_in_at = now(), updated_at = now() "
                     "where provider = $1 and provider_id = $2",
        PgParams{claim.provider, claim.subject});
    return std::string(found.text(0, 0));
}

void Identities::link(const Claim& claim, const std::string& userId)
{
    const PgResult found = m_database.query(owner, PgParams{claim.provider, claim.subject});
    if (found.rows() > 0) {
        throw refused("identity_already_exists",
            found.text(0, 0) == userId ? "Identity is already linked"
                                       : "Identity is already linked to another user");
    }
    insert(claim, userId);
    // An anonymous account becomes a full one by its first proven address.
    m_database.query("update auth.users set is_anonymous = false, email = $2, email_confirmed_at = "
                     "now() where id = $1 and coalesce(email, '') = ''",
        PgParams{userId, claim.email});
}

void Identities::keepAddress(const std::string& userId)
{
    const PgResult kept = m_database.query(
        "select 1 from auth.users u join auth.identities i on i.user_id = u.id and i.email = "
        "lower(u.email) where u.id = $1",
        PgParams{userId});
    if (kept.rows() > 0) {
        return;
    }
    const PgResult other = m_database.query(
        "update auth.users set email = (select i.email from auth.identities i where i.user_id = $1 "
        "and i.email is not null and not exists (select 1 from auth.users o where lower(o.email) = "
        "i.email and o.id <> $1 and not o.is_sso_user) order by i.created_at, i.id limit 1) "
        "where id = $1 returning email is not null",
        PgParams{userId});
    if (!other.truth(0, 0)) {
        throw refused("email_conflict_identity_not_deletable",
            "Unable to unlink identity due to email conflict");
    }
    // What was sent to the address before proves nothing about the one that took its place.
    m_database.query("delete from auth.one_time_tokens where user_id = $1", PgParams{userId});
}

std::optional<AuthFault> Identities::unlink(
    const std::string& userId, const std::string& sessionId, const std::string& identityId)
{
    const auto outcome = m_database.transaction<bool>([&]() -> AuthOutcome<bool> {
        m_database.requireSession(userId, sessionId);
        m_database.query("select 1 from auth.users where id = $1 for update", PgParams{userId});
        const PgResult all = m_database.query(
            "select id::text = lower($2) from auth.identities where user_id = $1 order by 1 desc",
            PgParams{userId, identityId});
        if (all.rows() <= 1) {
            throw refused("single_identity_not_deletable",
                "User must have at least 1 identity after unlinking");
        }
        if (!all.truth(0, 0)) {
            throw refused("identity_not_found", "Identity doesn't exist");
        }
        m_database.query(
            "delete from auth.identities where id::text = lower($1)", PgParams{identityId});
        keepAddress(userId);
        nameProviders(userId);
        return true;
    });
    const auto* fault = std::get_if<AuthFault>(&outcome);
    return fault == nullptr ? std::nullopt : std::optional(*fault);
}

} // namespace academy
