// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "academy/auth/AuthDatabase.h"

#include <functional>
#include <optional>
#include <utility>

namespace academy {

/// What somebody may set on an account; absent members stay as they are.
struct AccountChange
{
    std::optional<std::string> id; ///< administrators only, at creation
    std::optional<std::string> email;
    std::optional<std::string> password;
    std::optional<bool> emailConfirmed; ///< administrators only
    std::optional<std::string> role; ///< administrators only
    std::optional<std::string> banDuration; ///< administrators only
    std::optional<QJsonObject> userMetadata; ///< merged; null removes a member
    std::optional<QJsonObject> appMetadata; ///< merged likewise; administrators only
};

/// What a change of one's own account has to prove first. Both are called inside the transaction,
/// throw AuthDatabase::Failed, and may be absent.
struct ChangeRules
{
    /// Before a session older than a day sets a password.
    std::function<void()> reauthenticate;
    /// Instead of setting an address on a full account: asks whether it is theirs.
    std::function<void(const std::string& email)> confirmEmail;
};

/// Accounts, sessions and refresh tokens in the schema `auth`, by GoTrue's rules. One object per
/// database job: blocking, each public call but the last four is one transaction. Passwords are
/// bcrypt hashes made and checked by pgcrypto. Source: supabase-protocol.md C2, C4.
class Accounts final
{
public:
    explicit Accounts(AuthDatabase& database);

    AuthOutcome<AuthGrant> signUp(const std::string& email, const std::string& password,
        const QJsonObject& data, const AuthOrigin& origin);
    /// An account without address or password, which may become a full one by updateCurrent().
    AuthOutcome<AuthGrant> signUpAnonymously(const QJsonObject& data, const AuthOrigin& origin);
    AuthOutcome<AuthGrant> signIn(
        const std::string& email, const std::string& password, const AuthOrigin& origin);
    AuthOutcome<AuthGrant> refresh(const std::string& refreshToken);

    /// The user of a token, while its session lives.
    AuthOutcome<AuthUser> current(const std::string& userId, const std::string& sessionId);
    AuthOutcome<AuthUser> updateCurrent(const std::string& userId, const std::string& sessionId,
        const AccountChange& change, const ChangeRules& rules);
    /// `scope` is global, local or others. Nothing is returned when it worked.
    std::optional<AuthFault> signOut(
        const std::string& userId, const std::string& sessionId, const std::string& scope);

    AuthOutcome<AuthUser> create(const AccountChange& account);
    AuthOutcome<AuthUser> find(const std::string& userId);
    AuthOutcome<AuthUser> update(const std::string& userId, const AccountChange& change);
    /// `keepRow` forgets who it was but keeps the id, for data that refers to it.
    std::optional<AuthFault> remove(const std::string& userId, bool keepRow);
    /// A page of users as JSON objects joined by commas, and how many there are in all.
    AuthOutcome<std::pair<std::string, std::int64_t>> list(std::int64_t page, std::int64_t perPage);

    /// The id of the user whose password this is, inside the caller's transaction. Throws
    /// AuthDatabase::Failed.
    std::string authenticate(const std::string& email, const std::string& password);
    /// A new account, inside the caller's transaction.
    AuthUser insert(const AccountChange& account, bool confirmed);
    /// A proven address, inside the caller's transaction.
    void setEmail(const std::string& userId, const std::string& email);
    /// Throws Failed when somebody has the address, inside the caller's transaction.
    void requireFree(const std::string& email);

private:
    PgResult query(const std::string& sql, const PgParams& params);
    void applyChange(const std::string& userId, const AccountChange& change, bool byAdministrator);
    void setPassword(const std::string& userId, const std::string& password, bool mustDiffer);
    void requireHighestLevel(const std::string& userId, const std::string& sessionId);

    AuthDatabase& m_database;
};

/// An address as it is kept: lower case. Throws AuthDatabase::Failed when it is none.
std::string normalEmail(const std::string& email);
/// The password, when it may be one. Throws AuthDatabase::Failed when it is too weak.
std::string checkedPassword(const std::string& password);

} // namespace academy
