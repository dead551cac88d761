// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/auth/EmailCodes.h"

#include "academy/auth/Accounts.h"
#include "academy/auth/Redirect.h"
#include "academy/http/Message.h"

#include <QCryptographicHash>

#include <map>

namespace academy {

namespace {

constexpr const char* confirmation = "confirmation_token";
constexpr const char* recovery = "recovery_token";
constexpr const char* reauthentication = "reauthentication_token";
constexpr const char* changeNew = "email_change_token_new";
constexpr const char* changeCurrent = "email_change_token_current";
constexpr const char* flowPrefix = "pkce_";

/// Which kinds of token each type of verification accepts.
const std::map<std::string, std::string, std::less<>>& acceptedTokens()
{
    static const std::map<std::string, std::string, std::less<>> accepted{
        {"signup", "{confirmation_token}"}, {"invite", "{confirmation_token}"},
        {"recovery", "{recovery_token}"}, {"magiclink", "{recovery_token,confirmation_token}"},
        {"email", "{recovery_token,confirmation_token}"},
        {"email_change", "{email_change_token_new,email_change_token_current}"}};
    return accepted;
}

std::string hashOf(const std::string& email, const std::string& code)
{
    return QCryptographicHash::hash(
        QByteArray::fromStdString(email + code), QCryptographicHash::Sha224)
        .toHex()
        .toStdString();
}

std::string sentColumn(const std::string& tokenType)
{
    return tokenType == confirmation ? "confirmation_sent_at" : "recovery_sent_at";
}

AuthFault expired(const char* sentence)
{
    return {403, "otp_expired", sentence, {}};
}

AuthFault badType()
{
    return {400, "validation_failed", "Invalid email verification type", {}};
}

} // namespace

EmailCodes::EmailCodes(AuthDatabase& database, Policy policy)
    : m_database(database), m_policy(std::move(policy))
{
}

std::optional<std::string> EmailCodes::userOf(const std::string& email)
{
    const PgResult found = m_database.query("select id from auth.users where lower(email) = $1 and "
                                            "not is_sso_user and deleted_at is null",
        PgParams{email});
    return found.rows() == 0 ? std::nullopt : std::optional<std::string>(found.text(0, 0));
}

void EmailCodes::requirePause(const std::string& userId, const std::string& column)
{
    const PgResult found = m_database.query("select ceil(extract(epoch from " + column
            + " + make_interval(secs => $2::int) - now()))::int from auth.users where id = $1 and "
            + column + " is not null",
        PgParams{userId, std::to_string(m_policy.resendFloor.count())});
    if (found.rows() > 0 && found.number(0, 0) > 0) {
        throw AuthDatabase::Failed{{429, "over_email_send_rate_limit",
            "For security purposes, you can only request this after "
                + std::to_string(found.number(0, 0)) + " seconds.",
            {}}};
    }
}

EmailCodes::Token EmailCodes::issue(const std::string& userId, const std::string& email,
    const std::string& tokenType, const std::string& linkType, const std::string& redirect,
    bool forFlow)
{
    Token token;
    const std::string digits = std::to_string(m_database.random().below(1'000'000));
    token.code = std::string(6 - digits.size(), '0') + digits;
    token.hash = hashOf(email, token.code);
    const std::string kept = forFlow ? flowPrefix + token.hash : token.hash;
    m_database.query(
        "insert into auth.one_time_tokens (user_id, token_type, token_hash, "
        "relates_to, created_at, updated_at) values ($1, $2::auth.one_time_token_type, "
        "$3, $4, now() at time zone 'utc', now() at time zone 'utc') "
        "on conflict (user_id, token_type) do update set token_hash = "
        "excluded.token_hash, relates_to = excluded.relates_to, created_at = "
        "excluded.created_at, updated_at = excluded.updated_at",
        PgParams{userId, tokenType, kept, email});
    token.link = m_policy.site + "/auth/v1/verify?token=" + kept + "&type=" + linkType
        + "&redirect_to=" + percentEncoded(redirect);
    token.hash = kept;
    return token;
}

void EmailCodes::keepMail(const std::string& recipient, const std::string& kind, const Token& token)
{
    const std::string subject = kind == "recovery" ? "Set a new password"
        : kind == "signup"                         ? "Confirm your address"
        : kind == "invite"                         ? "You are invited"
        : kind == "reauthentication"               ? "Confirm it is you"
        : kind == "email_change"                   ? "Confirm your new address"
                                                   : "Your code to sign in";
    m_database.query("insert into development_mail.messages (recipient, kind, subject, code, link) "
                     "values ($1, $2, $3, $4, nullif($5, ''))",
        PgParams{recipient, kind, subject, token.code, token.link});
    m_database.query("delete from development_mail.messages where id <= (select max(id) - 1000 "
                     "from development_mail.messages)",
        {});
}

EmailCodes::Token EmailCodes::send(const std::string& userId, const std::string& method,
    const Wish& wish, const std::string& tokenType, const std::string& kind)
{
    requirePause(userId, sentColumn(tokenType));
    const auto key = ProofKey::in(wish.challenge, wish.challengeMethod);
    const Token token = issue(userId, wish.email, tokenType, kind, wish.redirect, key.has_value());
    if (key) {
        (void)BrowserFlows(m_database).begin(key, userId, "email", method, wish.redirect);
    }
    m_database.query("update auth.users set " + sentColumn(tokenType) + " = now() where id = $1",
        PgParams{userId});
    keepMail(wish.email, kind, token);
    return token;
}

AuthOutcome<bool> EmailCodes::sendSignIn(const Wish& asked)
{
    return m_database.transaction<bool>([&]() -> AuthOutcome<bool> {
        Wish wish = asked;
        wish.email = normalEmail(asked.email);
        auto userId = userOf(wish.email);
        if (!userId && !wish.createUser) {
            throw AuthDatabase::Failed{{422, "otp_disabled", "Signups not allowed for otp", {}}};
        }
        if (!userId) {
            AccountChange account;
            account.email = wish.email;
            account.userMetadata = wish.data;
            userId = Accounts(m_database).insert(account, false).id;
        }
        (void)send(*userId, "magiclink", wish, recovery, "magiclink");
        return true;
    });
}

AuthOutcome<bool> EmailCodes::sendRecovery(const Wish& asked)
{
    return m_database.transaction<bool>([&]() -> AuthOutcome<bool> {
        Wish wish = asked;
        wish.email = normalEmail(asked.email);
        if (const auto userId = userOf(wish.email)) {
            (void)send(*userId, "recovery", wish, recovery, "recovery");
        }
        return true;
    });
}

AuthOutcome<bool> EmailCodes::resend(const Wish& asked)
{
    return m_database.transaction<bool>([&]() -> AuthOutcome<bool> {
        Wish wish = asked;
        wish.email = normalEmail(asked.email);
        const auto userId = userOf(wish.email);
        if (wish.type == "email_change") {
            const PgResult pending = m_database.query("select email_change from auth.users where "
                                                      "id::text = $1 and email_change <> ''",
                PgParams{userId.value_or("")});
            if (pending.rows() > 0) {
                wish.email = pending.text(0, 0);
                sendEmailChange(*userId, wish);
            }
            return true;
        }
        if (wish.type != "signup") {
            throw AuthDatabase::Failed{{400, "validation_failed",
                "Missing one of these types: signup, email_change, sms, phone_change", {}}};
        }
        const bool waiting = userId
            && m_database
                    .query("select 1 from auth.users where id = $1 and email_confirmed_at is null",
                        PgParams{*userId})
                    .rows()
                > 0;
        if (waiting) {
            (void)send(*userId, "email/signup", wish, confirmation, "signup");
        }
        return true;
    });
}

AuthOutcome<bool> EmailCodes::sendReauthentication(
    const std::string& userId, const std::string& sessionId)
{
    return m_database.transaction<bool>([&]() -> AuthOutcome<bool> {
        m_database.requireSession(userId, sessionId);
        const std::string email = addressOf(userId);
        if (email.empty()) {
            throw AuthDatabase::Failed{{400, "validation_failed",
                "Reauthentication requires the user to have an email or a phone number", {}}};
        }
        requirePause(userId, "reauthentication_sent_at");
        Token token = issue(userId, email, reauthentication, "reauthentication", {}, false);
        token.link.clear();
        m_database.query("update auth.users set reauthentication_sent_at = now() where id = $1",
            PgParams{userId});
        keepMail(email, "reauthentication", token);
        return true;
    });
}

void EmailCodes::requireNonce(const std::string& userId, const std::string& nonce)
{
    if (nonce.empty()) {
        throw AuthDatabase::Failed{
            {400, "reauthentication_needed", "Password update requires reauthentication", {}}};
    }
    const PgResult used = m_database.query(
        "delete from auth.one_time_tokens where user_id = $1 and token_type = "
        "'reauthentication_token' and token_hash = $2 and created_at + make_interval(secs => "
        "$3::int) >= now() at time zone 'utc' returning id",
        PgParams{
            userId, hashOf(addressOf(userId), nonce), std::to_string(m_policy.lifetime.count())});
    if (used.rows() == 0) {
        throw AuthDatabase::Failed{
            {422, "reauthentication_not_valid", "Nonce has expired or is invalid", {}}};
    }
}

void EmailCodes::sendEmailChange(const std::string& userId, const Wish& wish)
{
    requirePause(userId, "email_change_sent_at");
    const auto key = ProofKey::in(wish.challenge, wish.challengeMethod);
    if (key) {
        (void)BrowserFlows(m_database).begin(key, userId, "email", "email_change", wish.redirect);
    }
    const auto ask = [&](const std::string& address, const char* tokenType) {
        keepMail(address, "email_change",
            issue(userId, address, tokenType, "email_change", wish.redirect, key.has_value()));
    };
    ask(wish.email, changeNew);
    if (const std::string current = addressOf(userId); !current.empty()) {
        ask(current, changeCurrent);
    }
    m_database.query("update auth.users set email_change = $2, email_change_sent_at = now(), "
                     "email_change_confirm_status = 0 where id = $1",
        PgParams{userId, wish.email});
}

std::string EmailCodes::addressOf(const std::string& userId)
{
    const PgResult found = m_database.query(
        "select coalesce(email, '') from auth.users where id = $1", PgParams{userId});
    return std::string(found.text(0, 0));
}

bool EmailCodes::confirmChange(const std::string& userId)
{
    const PgResult first = m_database.query(
        "update auth.users set email_change_confirm_status = 1 where id = $1 and "
        "email_change_confirm_status = 0 and coalesce(email, '') <> '' returning id",
        PgParams{userId});
    if (first.rows() > 0) {
        return false;
    }
    const PgResult wanted = m_database.query(
        "select email_change from auth.users where id = $1 and email_change <> ''",
        PgParams{userId});
    if (wanted.rows() == 0) {
        throw AuthDatabase::Failed{expired("Email link is invalid or has expired")};
    }
    Accounts(m_database).setEmail(userId, std::string(wanted.text(0, 0)));
    m_database.query("update auth.users set email_change = '', email_change_confirm_status = 0 "
                     "where id = $1",
        PgParams{userId});
    m_database.query("delete from auth.one_time_tokens where user_id = $1", PgParams{userId});
    return true;
}

/// `found`: user, whether banned, whether the token is old, the token itself and its type.
EmailCodes::Proven EmailCodes::consume(
    const PgResult& found, const AuthOrigin& origin, bool inBrowser)
{
    const std::string userId(found.text(0, 0));
    if (found.truth(0, 1)) {
        throw AuthDatabase::Failed{{403, "user_banned", "User is banned", {}}};
    }
    m_database.query("delete from auth.one_time_tokens where user_id = $1 and token_hash = $2",
        PgParams{userId, std::string(found.text(0, 3))});
    if (found.text(0, 4).starts_with("email_change") && !confirmChange(userId)) {
        return {};
    }
    m_database.query("update auth.users set email_confirmed_at = coalesce(email_confirmed_at, "
                     "now()), updated_at = now() where id = $1",
        PgParams{userId});
    m_database.query(
        "update auth.identities set identity_data = identity_data || "
        "'{\"email_verified\": true}'::jsonb, last_sign_in_at = now(), updated_at = now() "
        "where user_id = $1 and provider = 'email'",
        PgParams{userId});
    Proven proven;
    if (inBrowser && found.text(0, 3).starts_with(flowPrefix)) {
        proven.flowCode = BrowserFlows(m_database).issueCodeFor(userId);
    }
    if (!proven.flowCode) {
        proven.grant = m_database.openSession(userId, "otp", origin);
    }
    return proven;
}

AuthOutcome<EmailCodes::Proven> EmailCodes::verifyCode(const std::string& type,
    const std::string& email, const std::string& code, const AuthOrigin& origin)
{
    return m_database.transaction<Proven>([&]() -> AuthOutcome<Proven> {
        const auto accepted = acceptedTokens().find(type);
        if (accepted == acceptedTokens().end()) {
            throw AuthDatabase::Failed{badType()};
        }
        const std::string address = normalEmail(email);
        const std::string hash = hashOf(address, code);
        const PgResult found = m_database.query(
            "select u.id, coalesce(u.banned_until > now(), false), t.created_at + "
            "make_interval(secs => $4::int) < now() at time zone 'utc', t.token_hash, "
            "t.token_type::text "
            "from auth.one_time_tokens t join auth.users u on u.id = t.user_id "
            "where t.relates_to = $1 and t.token_hash in ($2, 'pkce_' || $2) "
            "and t.token_type::text = any ($3::text[]) and u.deleted_at is null for update of t",
            PgParams{address, hash, accepted->second, std::to_string(m_policy.lifetime.count())});
        if (found.rows() == 0 || found.truth(0, 2)) {
            throw AuthDatabase::Failed{expired("Token has expired or is invalid")};
        }
        return consume(found, origin, false);
    });
}

AuthOutcome<EmailCodes::Proven> EmailCodes::verifyHash(
    const std::string& type, const std::string& hash, const AuthOrigin& origin, bool inBrowser)
{
    return m_database.transaction<Proven>([&]() -> AuthOutcome<Proven> {
        const auto accepted = acceptedTokens().find(type);
        if (accepted == acceptedTokens().end()) {
            throw AuthDatabase::Failed{badType()};
        }
        const PgResult found = m_database.query(
            "select u.id, coalesce(u.banned_until > now(), false), t.created_at + "
            "make_interval(secs => $3::int) < now() at time zone 'utc', t.token_hash, "
            "t.token_type::text "
            "from auth.one_time_tokens t join auth.users u on u.id = t.user_id "
            "where t.token_hash = $1 and t.token_type::text = any ($2::text[]) "
            "and u.deleted_at is null for update of t",
            PgParams{hash, accepted->second, std::to_string(m_policy.lifetime.count())});
        if (found.rows() == 0 || found.truth(0, 2)) {
            throw AuthDatabase::Failed{expired("Email link is invalid or has expired")};
        }
        return consume(found, origin, inBrowser);
    });
}

AuthOutcome<AuthUser> EmailCodes::invite(const Wish& asked)
{
    return m_database.transaction<AuthUser>([&]() -> AuthOutcome<AuthUser> {
        Wish wish = asked;
        wish.email = normalEmail(asked.email);
        if (userOf(wish.email)) {
            throw AuthDatabase::Failed{{422, "email_exists",
                "A user with this email address has already been registered", {}}};
        }
        AccountChange account;
        account.email = wish.email;
        account.userMetadata = wish.data;
        const std::string userId = Accounts(m_database).insert(account, false).id;
        (void)send(userId, "invite", wish, confirmation, "invite");
        m_database.query(
            "update auth.users set invited_at = now() where id = $1", PgParams{userId});
        return m_database.user(userId);
    });
}

AuthOutcome<std::string> EmailCodes::link(const LinkWish& wish)
{
    return m_database.transaction<std::string>([&]() -> AuthOutcome<std::string> {
        const std::string email = normalEmail(wish.email);
        const bool makes = wish.type == "signup" || wish.type == "invite";
        const bool changes = wish.type == "email_change_current" || wish.type == "email_change_new";
        if (!makes && !changes && wish.type != "magiclink" && wish.type != "recovery") {
            throw AuthDatabase::Failed{{400, "validation_failed",
                "Invalid email action link type requested: " + wish.type, {}}};
        }
        auto userId = userOf(email);
        if (userId && makes) {
            throw AuthDatabase::Failed{{422, "email_exists",
                "A user with this email address has already been registered", {}}};
        }
        if (!userId && (changes || wish.type == "recovery")) {
            throw AuthDatabase::Failed{
                {404, "user_not_found", "User with this email not found", {}}};
        }
        if (!userId) {
            AccountChange account;
            account.email = email;
            account.userMetadata = wish.data;
            if (wish.type == "signup") {
                account.password = checkedPassword(wish.password);
            }
            userId = Accounts(m_database).insert(account, false).id;
        }
        const bool toNew = wish.type == "email_change_new";
        const std::string newEmail = changes ? normalEmail(wish.newEmail) : std::string();
        if (changes) {
            Accounts(m_database).requireFree(newEmail);
            m_database.query("update auth.users set email_change = $2, email_change_sent_at = "
                             "now(), email_change_confirm_status = 0 where id = $1",
                PgParams{*userId, newEmail});
        }
        const Token token = issue(*userId, toNew ? newEmail : email,
            toNew         ? changeNew
                : changes ? changeCurrent
                : makes   ? confirmation
                          : recovery,
            changes ? "email_change" : wish.type, wish.redirect, false);
        std::string user = m_database.user(*userId).json;
        user.pop_back();
        return user + ",\"action_link\":" + jsonQuoted(token.link) + ",\"email_otp\":"
            + jsonQuoted(token.code) + ",\"hashed_token\":" + jsonQuoted(token.hash)
            + ",\"verification_type\":" + jsonQuoted(wish.type)
            + ",\"redirect_to\":" + jsonQuoted(wish.redirect) + "}";
    });
}

AuthOutcome<std::string> EmailCodes::mail(const std::string& recipient)
{
    return m_database.transaction<std::string>([&]() -> AuthOutcome<std::string> {
        const PgResult found = m_database.query(
            "select coalesce(jsonb_agg(to_jsonb(m)), '[]'::jsonb) from (select id, sent_at, "
            "recipient as \"to\", kind, subject, code, link from development_mail.messages "
            "where $1 = '' or recipient = lower($1) order by id desc limit 50) m",
            PgParams{recipient});
        return std::string(found.text(0, 0));
    });
}

} // namespace academy
