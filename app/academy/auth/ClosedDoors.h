// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "academy/auth/AuthDesk.h"

namespace academy {

/// What a hosted project offers when somebody switches it on and no academy has: SAML, passkeys, an
/// OAuth server, providers of one's own, recovery codes, signing in with a wallet or with another
/// service's token. Each is refused as a project refuses it that has it off, so that a program
/// learns why instead of meeting an unknown path. Source: supabase-protocol.md C2, C8.
class ClosedDoors final
{
public:
    explicit ClosedDoors(AuthDesk& desk) : m_desk(desk) { }

    /// False when the request is somebody else's.
    bool handle(const AuthDesk::Shared& request, const Respond& respond);
    /// A token request with another service's proof; nothing when the grant is none of these.
    static std::optional<Response> grant(
        const Request& request, const std::string& type, const QJsonObject& body);

private:
    AuthDesk& m_desk;
};

} // namespace academy
