// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/auth/Factors.h"

#include "academy/http/Message.h"
#include "wire/QrCode.h"
#include "wire/Totp.h"

#include <array>

namespace academy {

namespace {

constexpr std::int64_t mostFactors = 10;
constexpr std::size_t secretBytes = 20;
constexpr std::chrono::seconds challengeLifetime{300};

AuthFault unknownFactor()
{
    return {404, "mfa_factor_not_found", "Factor not found", {}};
}

std::int64_t seconds(WallTime time)
{
    return std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count();
}

} // namespace

Factors::Factors(AuthDatabase& database) : m_database(database) { }

Factors::Factor Factors::factor(const std::string& userId, const std::string& factorId)
{
    const PgResult found = m_database.query("select status = 'verified', coalesce(secret, '') from "
                                            "auth.mfa_factors where id::text = $1 and user_id = $2 "
                                            "for update",
        PgParams{factorId, userId});
    if (found.rows() == 0) {
        throw AuthDatabase::Failed{unknownFactor()};
    }
    return {found.truth(0, 0), std::string(found.text(0, 1))};
}

bool Factors::isAtHighLevel(const std::string& sessionId)
{
    return m_database
               .query("select 1 from auth.sessions where id::text = $1 and aal = 'aal2'",
                   PgParams{sessionId})
               .rows()
        > 0;
}

AuthOutcome<std::string> Factors::enrol(
    const Person& person, const std::string& friendlyName, const std::string& issuer)
{
    return m_database.transaction<std::string>([&]() -> AuthOutcome<std::string> {
        m_database.requireSession(person.userId, person.sessionId);
        // A half-made factor that nobody finished must not be in the way of the next attempt.
        m_database.query("delete from auth.mfa_factors where user_id = $1 and status = "
                         "'unverified' and created_at < now() - interval '5 minutes'",
            PgParams{person.userId});
        const PgResult known
            = m_database.query("select count(*), count(*) filter (where status = 'verified'), "
                               "count(*) filter (where friendly_name = $2 and trim($2) <> ''), "
                               "(select coalesce(email, '') from auth.users where id = $1) "
                               "from auth.mfa_factors where user_id = $1",
                PgParams{person.userId, friendlyName});
        if (known.number(0, 1) > 0 && !isAtHighLevel(person.sessionId)) {
            throw AuthDatabase::Failed{
                {403, "insufficient_aal", "AAL2 required to enroll a new factor", {}}};
        }
        if (known.number(0, 0) >= mostFactors) {
            throw AuthDatabase::Failed{{422, "too_many_enrolled_mfa_factors",
                "Maximum number of verified factors reached, unenroll to continue", {}}};
        }
        if (known.number(0, 2) > 0) {
            throw AuthDatabase::Failed{{422, "mfa_factor_name_conflict",
                "A factor with the friendly name \"" + friendlyName
                    + "\" for this user already exists",
                {}}};
        }
        QByteArray secret;
        while (secret.size() < static_cast<qsizetype>(secretBytes)) {
            secret.append(static_cast<char>(m_database.random().below(256)));
        }
        const std::string id = m_database.newId();
        const QByteArray shown = base32Encode(secret);
        m_database.query("insert into auth.mfa_factors (id, user_id, friendly_name, factor_type, "
                         "status, created_at, updated_at, secret) values ($1, $2, $3, 'totp', "
                         "'unverified', now(), now(), $4)",
            PgParams{id, person.userId, friendlyName, shown.toStdString()});
        const QString account = QString::fromStdString(std::string(known.text(0, 3)));
        const QByteArray uri = totpUri(QString::fromStdString(issuer),
            account.isEmpty() ? QStringLiteral("account") : account, secret)
                                   .toUtf8();
        const auto drawing = QrCode::of(uri);
        return "{\"id\":" + jsonQuoted(id) + ",\"type\":\"totp\",\"friendly_name\":"
            + jsonQuoted(friendlyName) + ",\"totp\":{\"qr_code\":"
            + jsonQuoted(drawing.ok() ? drawing->svg().toStdString() : std::string())
            + ",\"secret\":" + jsonQuoted(shown.toStdString())
            + ",\"uri\":" + jsonQuoted(uri.toStdString()) + "}}";
    });
}

AuthOutcome<std::string> Factors::challenge(
    const Person& person, const std::string& factorId, WallTime now)
{
    return m_database.transaction<std::string>([&]() -> AuthOutcome<std::string> {
        m_database.requireSession(person.userId, person.sessionId);
        (void)factor(person.userId, factorId);
        const std::string id = m_database.newId();
        m_database.query("delete from auth.mfa_challenges where factor_id = $1 and created_at < "
                         "now() - interval '1 hour'",
            PgParams{factorId});
        m_database.query("insert into auth.mfa_challenges (id, factor_id, created_at, ip_address) "
                         "values ($1, $2, now(), $3)",
            PgParams{id, factorId, person.address});
        m_database.query("update auth.mfa_factors set last_challenged_at = now() where id = $1",
            PgParams{factorId});
        return "{\"id\":" + jsonQuoted(id) + ",\"type\":\"totp\",\"expires_at\":"
            + std::to_string(seconds(now) + challengeLifetime.count()) + "}";
    });
}

AuthOutcome<AuthGrant> Factors::verify(const Person& person, const std::string& factorId,
    const std::string& challengeId, const std::string& code, WallTime now)
{
    return m_database.transaction<AuthGrant>([&]() -> AuthOutcome<AuthGrant> {
        m_database.requireSession(person.userId, person.sessionId);
        const Factor proven = factor(person.userId, factorId);
        const PgResult asked = m_database.query(
            "select verified_at is not null or created_at + make_interval(secs => $3::int) < "
            "now(), "
            "host(ip_address) = $4 from auth.mfa_challenges where id::text = $1 and factor_id = $2",
            PgParams{
                challengeId, factorId, std::to_string(challengeLifetime.count()), person.address});
        if (asked.rows() == 0) {
            throw AuthDatabase::Failed{{404, "mfa_factor_not_found",
                "MFA factor with the provided challenge ID not found", {}}};
        }
        if (asked.truth(0, 0)) {
            throw AuthDatabase::Failed{{422, "mfa_challenge_expired",
                "MFA challenge " + challengeId
                    + " has expired, verify against another challenge or create a new challenge.",
                {}}};
        }
        if (!asked.truth(0, 1)) {
            throw AuthDatabase::Failed{{422, "mfa_ip_address_mismatch",
                "Challenge and verify IP addresses mismatch.", {}}};
        }
        const AuthFault wrong{422, "mfa_verification_failed", "Invalid TOTP code entered", {}};
        const auto secret = base32Decode(QByteArray::fromStdString(proven.secret));
        const auto step = secret.ok() && !secret->isEmpty()
            ? totpStep(*secret, QByteArray::fromStdString(code), now)
            : std::nullopt;
        if (!step) {
            throw AuthDatabase::Failed{wrong};
        }
        // A code that was read over a shoulder is worth nothing once it was used.
        const PgResult used = m_database.query("select 1 from auth.mfa_challenges where "
                                               "factor_id = $1 and otp_code = $2",
            PgParams{factorId, std::to_string(*step)});
        if (used.rows() > 0) {
            throw AuthDatabase::Failed{wrong};
        }
        m_database.query(
            "update auth.mfa_challenges set verified_at = now(), otp_code = $2 where id::text = $1",
            PgParams{challengeId, std::to_string(*step)});
        m_database.query(
            "update auth.mfa_factors set status = 'verified', updated_at = now() where id = $1",
            PgParams{factorId});
        m_database.query(
            "delete from auth.mfa_factors where user_id = $1 and status = 'unverified'",
            PgParams{person.userId});
        m_database.query(
            "update auth.sessions set aal = 'aal2', factor_id = $2, updated_at = now() "
            "where id::text = $1",
            PgParams{person.sessionId, factorId});
        m_database.query("delete from auth.sessions where user_id = $1 and coalesce(aal, 'aal1') "
                         "= 'aal1'",
            PgParams{person.userId});
        m_database.noteMethod(person.sessionId, "totp");
        const PgResult active = m_database.query(
            "select token from auth.refresh_tokens where session_id::text = $1 and not revoked "
            "order by id desc limit 1",
            PgParams{person.sessionId});
        m_database.query("update auth.refresh_tokens set revoked = true, updated_at = now() "
                         "where session_id::text = $1 and not revoked",
            PgParams{person.sessionId});
        const std::string parent(active.rows() > 0 ? active.text(0, 0) : std::string_view());
        return m_database.grant(
            person.sessionId, m_database.newRefreshToken(person.userId, person.sessionId, parent));
    });
}

void Factors::erase(const std::string& factorId)
{
    m_database.query("delete from auth.mfa_amr_claims where authentication_method = 'totp' and "
                     "session_id in (select id from auth.sessions where factor_id::text = $1)",
        PgParams{factorId});
    m_database.query(
        "update auth.sessions set aal = 'aal1', factor_id = null where factor_id::text = $1",
        PgParams{factorId});
    m_database.query("delete from auth.mfa_factors where id::text = $1", PgParams{factorId});
}

AuthOutcome<std::string> Factors::remove(const Person& person, const std::string& factorId)
{
    return m_database.transaction<std::string>([&]() -> AuthOutcome<std::string> {
        m_database.requireSession(person.userId, person.sessionId);
        if (factor(person.userId, factorId).verified && !isAtHighLevel(person.sessionId)) {
            throw AuthDatabase::Failed{
                {422, "insufficient_aal", "AAL2 required to unenroll verified factor", {}}};
        }
        erase(factorId);
        return "{\"id\":" + jsonQuoted(factorId) + "}";
    });
}

AuthOutcome<std::string> Factors::listOf(const std::string& userId)
{
    return m_database.transaction<std::string>([&]() -> AuthOutcome<std::string> {
        const PgResult found = m_database.query(
            "select coalesce(jsonb_agg(jsonb_strip_nulls(jsonb_build_object('id', id, "
            "'created_at', "
            "created_at, 'updated_at', updated_at, 'status', status, 'friendly_name', "
            "friendly_name, 'factor_type', factor_type, 'last_challenged_at', last_challenged_at)) "
            "order by created_at), '[]'::jsonb) from auth.mfa_factors where user_id = $1",
            PgParams{m_database.user(userId).id});
        return std::string(found.text(0, 0));
    });
}

AuthOutcome<std::string> Factors::removeOf(const std::string& userId, const std::string& factorId)
{
    return m_database.transaction<std::string>([&]() -> AuthOutcome<std::string> {
        (void)factor(userId, factorId);
        erase(factorId);
        return "{\"id\":" + jsonQuoted(factorId) + "}";
    });
}

} // namespace academy
