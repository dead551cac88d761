// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "academy/auth/AuthDesk.h"

namespace academy {

/// Codes and links by e-mail over HTTP: /otp, /magiclink, /recover, /resend, /verify,
/// /reauthenticate, and the development mailbox. Without that mailbox nobody could read a code, so
/// everything that would send one is refused. Source: supabase-protocol.md C2, C6.
class CodesApi final
{
public:
    explicit CodesApi(AuthDesk& desk) : m_desk(desk) { }

    /// False when the request is somebody else's.
    bool handle(const AuthDesk::Shared& request, const Respond& respond);
    /// `/mail` for people, `/mail/messages?to=` for programs. Development only.
    void showMail(const AuthDesk::Shared& request, const Respond& respond);

private:
    using Send = AuthOutcome<bool> (EmailCodes::*)(const EmailCodes::Wish&);

    void send(const AuthDesk::Shared& request, const Respond& respond, Send kind);
    void reauthenticate(const AuthDesk::Shared& request, const Respond& respond);
    void verify(const AuthDesk::Shared& request, const Respond& respond);
    void verifyInBrowser(const AuthDesk::Shared& request, const Respond& respond);

    AuthDesk& m_desk;
};

} // namespace academy
