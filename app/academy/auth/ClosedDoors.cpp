// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/auth/ClosedDoors.h"

#include <array>
#include <map>

namespace academy {

namespace {

enum class Who { Anybody, Person, Administrator };

struct Door
{
    std::string_view path;
    Who who; ///< is told that it is closed; anybody else is refused before
    unsigned status;
    const char* code;
    const char* sentence;
};

constexpr std::array doors{
    Door{"/sso", Who::Anybody, 404, "saml_provider_disabled", "SAML 2.0 is disabled"},
    Door{"/passkeys", Who::Anybody, 404, "passkey_disabled", "Passkeys are disabled"},
    Door{"/oauth", Who::Anybody, 404, "feature_disabled", "OAuth server is disabled"},
    Door{"/user/oauth/grants", Who::Person, 404, "feature_disabled", "OAuth server is disabled"},
    Door{"/admin/oauth", Who::Administrator, 404, "feature_disabled", "OAuth server is disabled"},
    Door{"/admin/custom-providers", Who::Administrator, 404, "feature_disabled",
        "Custom OAuth providers are disabled"},
    Door{"/factors/recovery-codes/verify", Who::Person, 422,
        "mfa_recovery_codes_verify_not_enabled", "MFA verification is disabled for recovery codes"},
    Door{"/factors/recovery-codes", Who::Person, 422, "mfa_recovery_codes_enroll_not_enabled",
        "MFA enroll is disabled for recovery codes"},
};

/// Providers whose tokens a project may accept, and how they name themselves in them.
const std::map<std::string, std::string, std::less<>>& issuers()
{
    static const std::map<std::string, std::string, std::less<>> known{
        {"apple", "https://appleid.apple.com"},
        {"azure", "https://login.microsoftonline.com/common/v2.0"},
        {"facebook", "https://www.facebook.com"}, {"google", "https://accounts.google.com"},
        {"kakao", "https://kauth.kakao.com"}, {"keycloak", ""}};
    return known;
}

/// Token requests that follow OAuth answer in its words.
Response oauthRefusal(const Request& request, const char* sentence)
{
    return withApiVersion(
        Response::json(400,
            "{\"error\":\"invalid request\",\"error_description\":" + jsonQuoted(sentence) + "}"),
        request);
}

} // namespace

bool ClosedDoors::handle(const AuthDesk::Shared& request, const Respond& respond)
{
    const std::string_view path = request->path;
    for (const Door& door : doors) {
        if (!path.starts_with(door.path)
            || (path.size() > door.path.size() && path[door.path.size()] != '/')) {
            continue;
        }
        const bool told = door.who == Who::Anybody
            || (door.who == Who::Person ? m_desk.signedIn(*request, respond).has_value()
                                        : m_desk.isAdministrator(*request, respond));
        if (told) {
            respond(AuthFault{door.status, door.code, door.sentence, {}}.response(*request));
        }
        return true;
    }
    return false;
}

std::optional<Response> ClosedDoors::grant(
    const Request& request, const std::string& type, const QJsonObject& body)
{
    if (type == "web3") {
        return AuthFault{422, "web3_provider_disabled", "Web3 provider is disabled", {}}.response(
            request);
    }
    if (type != "id_token") {
        return std::nullopt;
    }
    const std::string provider = textIn(body, QLatin1String("provider"));
    if (textIn(body, QLatin1String("id_token")).empty()) {
        return oauthRefusal(request, "id_token required");
    }
    if (provider.empty()) {
        return oauthRefusal(request, "provider or client_id and issuer required");
    }
    const auto known = issuers().find(provider);
    return (known != issuers().end()
            ? AuthFault{400, "provider_disabled",
                "Provider (issuer \"" + known->second + "\") is not enabled", {}}
            : AuthFault{400, "validation_failed",
                "Custom OIDC provider \"" + provider + "\" not allowed", {}})
        .response(request);
}

} // namespace academy
