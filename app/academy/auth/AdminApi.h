// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "academy/auth/AuthDesk.h"

namespace academy {

/// Administration of accounts with a key of the service: /admin/…, /invite. Source:
/// supabase-protocol.md C2.
class AdminApi final
{
public:
    explicit AdminApi(AuthDesk& desk) : m_desk(desk) { }

    /// False when the request is somebody else's.
    bool handle(const AuthDesk::Shared& request, const Respond& respond);

private:
    void users(const AuthDesk::Shared& request, const Respond& respond, const QJsonObject& body);
    void oneUser(const AuthDesk::Shared& request, const Respond& respond, const std::string& userId,
        const QJsonObject& body);
    void factors(const AuthDesk::Shared& request, const Respond& respond, const std::string& userId,
        const std::string& factorId);
    void invite(const AuthDesk::Shared& request, const Respond& respond, const QJsonObject& body);
    void link(const AuthDesk::Shared& request, const Respond& respond, const QJsonObject& body);

    AuthDesk& m_desk;
};

} // namespace academy
