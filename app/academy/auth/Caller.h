// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "academy/auth/Keys.h"
#include "academy/http/Server.h"
#include "base/Clock.h"
#include "base/Result.h"

#include <QJsonObject>

#include <string>
#include <vector>

namespace academy {

/// Who asks: a verified token, or the API key where no token was sent.
struct Caller
{
    std::string role; ///< the database role, "anon" when the token names none
    std::string claimsText; ///< the token's claims as JSON, byte for byte, always with a role
    QJsonObject claims;

    bool isService() const { return role == "service_role" || role == "supabase_admin"; }
};

/// The caller of a request: `Authorization: Bearer`, else the API key; an sb_ key in either place
/// stands for its JWT. ErrorKind::Unauthorized with Jwt.h's codes. Thirty seconds of clock skew are
/// tolerated, as PostgREST does. Pure; any thread.
Result<Caller> callerOf(const Request& request, const Keys& keys, WallTime now);

/// What a token says, when its signature and times are right.
Result<Caller> callerFromToken(const std::string& token, const Keys& keys, WallTime now);

/// Puts the gateway's check before a handler: every request names a valid API key, or is answered
/// 401 as hosted projects answer. Requests below `/.well-known` and for `openPaths`, where browsers
/// go by themselves, need none.
RequestHandler behindApiKey(RequestHandler handler, const Keys& keys, const Clock& clock,
    std::vector<std::string> openPaths = {});

} // namespace academy
