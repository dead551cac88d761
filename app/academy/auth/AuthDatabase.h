// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "academy/auth/AuthFault.h"
#include "academy/postgres/Pg.h"
#include "base/Random.h"

#include <QJsonObject>

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
    std::string level = "aal1"; ///< how sure the academy is of the person: aal1 or aal2
    std::string methods = "[]"; ///< how they proved it: JSON for the amr claim, newest first
};

/// Where a request came from, for the session's row.
struct AuthOrigin
{
    std::string userAgent;
    std::string address;
};

/// What every rule about accounts needs of the database: transactions that turn errors into
/// faults, users, and sessions. One object per database job: blocking. Source:
/// supabase-protocol.md C2, C4.
class AuthDatabase final
{
public:
    /// Thrown inside transaction() to undo everything and answer with the fault.
    struct Failed
    {
        AuthFault fault;
    };

    AuthDatabase(PgConnection& connection, RandomSource& random);

    /// Runs `work` in one transaction. A Failed thrown by it rolls everything back; an AuthFault it
    /// returns is answered with what it did kept.
    template <typename T, typename Work> AuthOutcome<T> transaction(Work work)
    {
        try {
            query("begin", {});
            AuthOutcome<T> outcome = work();
            query("commit", {});
            return outcome;
        } catch (const Failed& failed) {
            undo();
            return failed.fault;
        }
    }
    /// One statement. Throws Failed with the fault its error stands for.
    PgResult query(const std::string& sql, const PgParams& params);

    AuthUser user(const std::string& userId);
    /// A page of users as JSON objects joined by commas.
    std::string users(std::int64_t limit, std::int64_t offset);

    /// A new session of a user who has just proved it by `method`, an amr method such as
    /// "password".
    AuthGrant openSession(
        const std::string& userId, const std::string& method, const AuthOrigin& origin);
    /// Notes that the session's person proved it once more.
    void noteMethod(const std::string& sessionId, const std::string& method);
    /// Throws Failed unless the user exists and, where one is named, the session is theirs.
    void requireSession(const std::string& userId, const std::string& sessionId);
    /// The session's level and methods and its user, with the refresh token given.
    AuthGrant grant(const std::string& sessionId, const std::string& refreshToken);
    std::string newRefreshToken(
        const std::string& userId, const std::string& sessionId, const std::string& parent);
    std::string newId() { return m_random.uuid().toStdString(); }
    RandomSource& random() { return m_random; }

private:
    void undo();

    PgConnection& m_connection;
    RandomSource& m_random;
};

AuthFault userNotFound();

} // namespace academy
