// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/auth/AuthFault.h"

namespace academy {

namespace {
constexpr std::string_view versionHeader = "x-supabase-api-version";
constexpr std::string_view firstVersionWithCodes = "2024-01-01";
}

Response AuthFault::response(const Request& request) const
{
    std::string body;
    // ISO dates compare as text.
    if (request.header(versionHeader) >= firstVersionWithCodes) {
        body = "{\"code\":" + jsonQuoted(code) + ",\"message\":" + jsonQuoted(message);
    } else {
        body = "{\"code\":" + std::to_string(status) + ",\"error_code\":" + jsonQuoted(code)
            + ",\"msg\":" + jsonQuoted(message);
    }
    if (!weakReasons.empty()) {
        body += ",\"weak_password\":{\"reasons\":[";
        for (std::size_t i = 0; i < weakReasons.size(); ++i) {
            body += (i > 0 ? "," : "") + jsonQuoted(weakReasons[i]);
        }
        body += "]}";
    }
    Response response = Response::json(status, body + "}");
    response.with("X-Sb-Error-Code", code);
    return withApiVersion(std::move(response), request);
}

Response withApiVersion(Response response, const Request& request)
{
    if (const auto version = request.header(versionHeader); !version.empty()) {
        response.with("X-Supabase-Api-Version", std::string(version));
    }
    return response;
}

} // namespace academy
