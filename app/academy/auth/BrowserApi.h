// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "academy/auth/AuthDesk.h"

namespace academy {

/// Sign-in through a browser: /authorize, and a sample provider at /sign-in that a demo academy has
/// so that the way through the browser can be walked without one. The person proves who they are
/// with their password there. Identities found that way can be added to an account and taken away,
/// where that is on. Source: supabase-protocol.md C2, C5.
class BrowserApi final
{
public:
    explicit BrowserApi(AuthDesk& desk) : m_desk(desk) { }

    /// False when the request is somebody else's.
    bool handle(const AuthDesk::Shared& request, const Respond& respond);

private:
    /// Sends the browser to the provider; `linksTo` names the account that gets the identity.
    void authorize(const AuthDesk::Shared& request, const Respond& respond,
        const std::optional<AuthDesk::Person>& linksTo);
    void identities(const AuthDesk::Shared& request, const Respond& respond);
    void showForm(const AuthDesk::Shared& request, const Respond& respond);
    void signIn(const AuthDesk::Shared& request, const Respond& respond);

    AuthDesk& m_desk;
};

} // namespace academy
