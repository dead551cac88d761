// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "academy/http/Message.h"

#include <string>
#include <vector>

namespace academy {

/// A refusal of the Auth service: HTTP status, stable code and sentence, in GoTrue's vocabulary.
/// Source: supabase-protocol.md C1, C8.
struct AuthFault
{
    unsigned status = 500;
    std::string code = "unexpected_failure";
    std::string message = "Unexpected failure, please check server logs for more information";
    std::vector<std::string> weakReasons; ///< for weak_password

    /// The body in the form the request's X-Supabase-Api-Version asks for.
    Response response(const Request& request) const;
};

/// Echoes the API version a request named, as every answer of the service does.
Response withApiVersion(Response response, const Request& request);

} // namespace academy
