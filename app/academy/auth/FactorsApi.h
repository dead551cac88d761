// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "academy/auth/AuthDesk.h"

namespace academy {

/// The second step of a sign-in over HTTP: /factors…. Source: supabase-protocol.md C7.
class FactorsApi final
{
public:
    explicit FactorsApi(AuthDesk& desk) : m_desk(desk) { }

    /// False when the request is somebody else's.
    bool handle(const AuthDesk::Shared& request, const Respond& respond);

private:
    void enrol(const AuthDesk::Shared& request, const Respond& respond,
        const AuthDesk::Person& person, const QJsonObject& body);
    void verify(const AuthDesk::Shared& request, const Respond& respond,
        const AuthDesk::Person& person, const std::string& factorId, const QJsonObject& body);

    AuthDesk& m_desk;
};

} // namespace academy
