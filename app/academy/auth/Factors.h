// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "academy/auth/AuthDatabase.h"
#include "base/Clock.h"

#include <optional>

namespace academy {

/// The second step of a sign-in: one-time passwords of an authenticator app. One object per
/// database job; each public call is one transaction. Source: supabase-protocol.md C7.
class Factors final
{
public:
    /// Whose request it is.
    struct Person
    {
        std::string userId;
        std::string sessionId;
        std::string address;
    };

    explicit Factors(AuthDatabase& database);

    /// A new factor and its secret, as JSON with a QR code; it counts once verify() accepted a
    /// code.
    AuthOutcome<std::string> enrol(
        const Person& person, const std::string& friendlyName, const std::string& issuer);
    /// `{id, type, expires_at}`.
    AuthOutcome<std::string> challenge(
        const Person& person, const std::string& factorId, WallTime now);
    /// Lifts the session to aal2 with a new refresh token, and ends the person's other sessions
    /// that are below. A code counts once.
    AuthOutcome<AuthGrant> verify(const Person& person, const std::string& factorId,
        const std::string& challengeId, const std::string& code, WallTime now);
    /// Removes a factor; `{id}`.
    AuthOutcome<std::string> remove(const Person& person, const std::string& factorId);

    /// For administrators: a JSON array of a user's factors, and removal whatever the level.
    AuthOutcome<std::string> listOf(const std::string& userId);
    AuthOutcome<std::string> removeOf(const std::string& userId, const std::string& factorId);

private:
    struct Factor
    {
        bool verified = false;
        std::string secret;
    };
    Factor factor(const std::string& userId, const std::string& factorId);
    bool isAtHighLevel(const std::string& sessionId);
    void erase(const std::string& factorId);

    AuthDatabase& m_database;
};

} // namespace academy
