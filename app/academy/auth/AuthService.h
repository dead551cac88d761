// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "academy/auth/AdminApi.h"
#include "academy/auth/AuthDesk.h"
#include "academy/auth/BrowserApi.h"
#include "academy/auth/ClosedDoors.h"
#include "academy/auth/CodesApi.h"
#include "academy/auth/FactorsApi.h"
#include "academy/http/Server.h"

namespace academy {

/// The Auth half of the academy below /auth/v1: sign-up, grants, user and logout here, the rest by
/// subject in the parts. A thin front: every rule about accounts is in Accounts, EmailCodes,
/// Factors, Identities and BrowserFlows, every database call runs on the pool. Source:
/// supabase-protocol.md C.
class AuthService final
{
public:
    AuthService(PgPool& pool, const Keys& keys, const Clock& clock, RandomSource& random,
        AuthOptions options);

    /// Registers "/auth/v1" and, for development, "/mail"; before Server::start().
    void attach(Server& server);

private:
    using Shared = AuthDesk::Shared;

    void handle(const Shared& request, const Respond& respond);
    bool handleFacts(const Shared& request, const Respond& respond);
    void token(const Shared& request, const Respond& respond);
    void passwordGrant(const Shared& request, const Respond& respond, const QJsonObject& body);
    void signUp(const Shared& request, const Respond& respond);
    void user(const Shared& request, const Respond& respond);
    void changeUser(const Shared& request, const Respond& respond, const AuthDesk::Person& person,
        const QJsonObject& body);
    void logout(const Shared& request, const Respond& respond);
    std::string settings() const;

    AuthDesk m_desk;
    AdminApi m_admin;
    BrowserApi m_browser;
    ClosedDoors m_closed;
    CodesApi m_codes;
    FactorsApi m_factors;
};

} // namespace academy
