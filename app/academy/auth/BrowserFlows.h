// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "academy/auth/AuthDatabase.h"

#include <QJsonObject>

#include <optional>

namespace academy {

/// The first half of a proof key (RFC 7636): what the program that asks will have to explain.
struct ProofKey
{
    std::string challenge;
    std::string method; ///< "s256" or "plain"

    /// Absent when the request brings none. Throws AuthDatabase::Failed when it is malformed.
    static std::optional<ProofKey> in(const std::string& challenge, const std::string& method);
};

/// Sign-ins that go through a browser and come back with a code (PKCE). Every call happens inside
/// the caller's transaction but exchange(), which is one. Source: supabase-protocol.md C5.
class BrowserFlows final
{
public:
    explicit BrowserFlows(AuthDatabase& database);

    /// Remembers who waits for a code; `userId` is empty until the browser has said who it is,
    /// unless it is to add an identity to that account.
    std::string begin(const std::optional<ProofKey>& key, const std::string& userId,
        const std::string& provider, const std::string& method, const std::string& redirect);
    /// Where the flow's browser goes back to, and whether a code goes with it.
    struct Waiting
    {
        std::string redirect;
        bool wantsCode = false;
        std::string linksTo; ///< the account that gets the identity; empty for a sign-in
    };
    /// Throws Failed when there is no such flow or it began too long ago.
    Waiting waiting(const std::string& flowId);
    /// The code that exchange() takes, once the person is known.
    std::string issueCode(const std::string& flowId, const std::string& userId);
    /// The code for the newest flow of a user that an e-mail began; nothing when there is none.
    std::optional<std::string> issueCodeFor(const std::string& userId);
    void end(const std::string& flowId);

    /// The session for a code and the proof that belongs to it. A code works once.
    AuthOutcome<AuthGrant> exchange(
        const std::string& code, const std::string& verifier, const AuthOrigin& origin);

private:
    AuthDatabase& m_database;
};

} // namespace academy
