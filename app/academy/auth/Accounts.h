// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "academy/auth/AuthFault.h"
#include "academy/postgres/Pg.h"
#include "base/Random.h"

#include <QJsonObject>

#include <optional>
#include <string>
#include <variant>

namespace academy {

/// Either a value or the fault to answer with.
template <typename T> using AuthOutcome = std::variant<T, AuthFault>;

/// A user as the API shows it, beside the parts a token needs.
struct AuthUser
{
    std::string id;
    std::string json;
};

/// A session's current refresh token and the user it belongs to.
struct AuthGrant
{
    AuthUser user;
    std::string sessionId;
    std::string refreshToken;
    std::int64_t sessionStarted = 0; ///< seconds since 1970, for the amr claim
};

/// What an administrator may set on an account; absent members stay as they are.
struct AccountChange
{
    std::optional<std::string> id;
    std::optional<std::string> email;
    std::optional<std::string> password;
    std::optional<bool> emailConfirmed;
    std::optional<std::string> role;
    std::optional<std::string> banDuration;
    std::optional<QJsonObject> userMetadata; ///< merged; null removes a member
    std::optional<QJsonObject> appMetadata; ///< merged likewise; administrators only
};

/// Accounts, sessions and refresh tokens in the schema `auth`, by GoTrue's rules. One object per
/// database job: blocking, each public call is one transaction. Passwords are bcrypt hashes made
/// and checked by pgcrypto. Source: supabase-protocol.md C2, C4.
class Accounts final
{
public:
    struct Origin
    {
        std::string userAgent;
        std::string address;
    };

    Accounts(PgConnection& connection, RandomSource& random);

    AuthOutcome<AuthGrant> signUp(const std::string& email, const std::string& password,
        const QJsonObject& data, const Origin& origin);
    AuthOutcome<AuthGrant> signIn(
        const std::string& email, const std::string& password, const Origin& origin);
    AuthOutcome<AuthGrant> refresh(const std::string& refreshToken);

    /// The user of a token, while its session lives.
    AuthOutcome<AuthUser> current(const std::string& userId, const std::string& sessionId);
    AuthOutcome<AuthUser> updateCurrent(
        const std::string& userId, const std::string& sessionId, const AccountChange& change);
    /// `scope` is global, local or others. Nothing is returned when it worked.
    std::optional<AuthFault> signOut(
        const std::string& userId, const std::string& sessionId, const std::string& scope);

    AuthOutcome<AuthUser> create(const AccountChange& account);
    AuthOutcome<AuthUser> find(const std::string& userId);
    AuthOutcome<AuthUser> update(const std::string& userId, const AccountChange& change);
    std::optional<AuthFault> remove(const std::string& userId);
    /// A page of users as JSON objects joined by commas, and how many there are in all.
    AuthOutcome<std::pair<std::string, std::int64_t>> list(std::int64_t page, std::int64_t perPage);

private:
    struct Failed
    {
        AuthFault fault;
    };
    template <typename T, typename Work> AuthOutcome<T> transaction(Work work);
    PgResult query(const std::string& sql, const PgParams& params);

    AuthUser readUser(const std::string& userId, const AuthFault& missing);
    AuthUser insertUser(const AccountChange& account, bool confirmed);
    void applyChange(const std::string& userId, const AccountChange& change, bool byAdministrator);
    void requireSession(const std::string& userId, const std::string& sessionId);
    AuthGrant newSession(const std::string& userId, const Origin& origin);
    std::string newRefreshToken(
        const std::string& userId, const std::string& sessionId, const std::string& parent);

    PgConnection& m_connection;
    RandomSource& m_random;
};

} // namespace academy
