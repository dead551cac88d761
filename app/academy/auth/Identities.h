// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "academy/auth/AuthDatabase.h"

namespace academy {

/// The ways into an account besides its password: who somebody is at a provider. Every call happens
/// inside the caller's transaction but unlink(), which is one. Source: supabase-protocol.md C2.
class Identities final
{
public:
    /// Who a provider says somebody is.
    struct Claim
    {
        std::string provider;
        std::string subject; ///< the provider's id of the person
        std::string email; ///< proven by the provider
    };

    explicit Identities(AuthDatabase& database);

    /// The account the identity opens. One that nobody has is given to `account`, whose address the
    /// provider has proven. Throws AuthDatabase::Failed.
    std::string signIn(const Claim& claim, const std::string& account);
    /// Gives the identity to `userId`. Throws Failed when somebody has it already.
    void link(const Claim& claim, const std::string& userId);
    /// Takes an identity away, never the last one. The account's address stays one of its
    /// identities'. Nothing is returned when it worked.
    std::optional<AuthFault> unlink(
        const std::string& userId, const std::string& sessionId, const std::string& identityId);

private:
    void insert(const Claim& claim, const std::string& userId);
    void keepAddress(const std::string& userId);
    void nameProviders(const std::string& userId);

    AuthDatabase& m_database;
};

} // namespace academy
