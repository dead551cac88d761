// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/auth/FactorsApi.h"

#include "academy/auth/Factors.h"

namespace academy {

namespace {

constexpr std::string_view root = "/factors";

Factors::Person personOf(const AuthDesk::Person& person, const Request& request)
{
    return {person.userId, person.sessionId, request.peer};
}

} // namespace

bool FactorsApi::handle(const AuthDesk::Shared& request, const Respond& respond)
{
    const std::string_view path = request->path;
    const std::string_view method = request->method();
    if (path != root && !path.starts_with("/factors/")) {
        return false;
    }
    const std::string_view rest = path.substr(std::min(path.size(), root.size() + 1));
    const std::size_t slash = std::min(rest.find('/'), rest.size());
    const std::string factorId = percentDecoded(rest.substr(0, slash), false);
    const std::string_view action = rest.substr(std::min(rest.size(), slash + 1));
    const bool enrols = factorId.empty() && method == "POST";
    const bool challenges = !factorId.empty() && action == "challenge" && method == "POST";
    const bool verifies = !factorId.empty() && action == "verify" && method == "POST";
    const bool removes = !factorId.empty() && action.empty() && method == "DELETE";
    if (!enrols && !challenges && !verifies && !removes) {
        return false;
    }
    const auto person = m_desk.signedIn(*request, respond);
    const auto body = person ? AuthDesk::body(*request, respond) : std::nullopt;
    if (!body) {
        return true;
    }
    if (enrols) {
        enrol(request, respond, *person, *body);
    } else if (verifies) {
        verify(request, respond, *person, factorId, *body);
    } else if (removes) {
        m_desk.run(request, respond, [request, person, factorId](AuthDatabase& database) {
            return AuthDesk::jsonResponse(
                *request, Factors(database).remove(personOf(*person, *request), factorId));
        });
    } else if (AuthDesk::admitted(
                   m_desk.codes(), bucketName("challenge", person->userId), *request, respond)) {
        m_desk.run(request, respond,
            [request, person, factorId, now = m_desk.clock().wall()](AuthDatabase& database) {
                return AuthDesk::jsonResponse(*request,
                    Factors(database).challenge(personOf(*person, *request), factorId, now));
            });
    }
    return true;
}

void FactorsApi::enrol(const AuthDesk::Shared& request, const Respond& respond,
    const AuthDesk::Person& person, const QJsonObject& body)
{
    const std::string type = textIn(body, QLatin1String("factor_type"));
    if (type == "phone" || type == "webauthn") {
        const std::string name = type == "phone" ? "Phone" : "WebAuthn";
        respond(AuthFault{422, "mfa_" + type + "_enroll_not_enabled",
            "MFA enroll is disabled for " + name,
            {}}.response(*request));
        return;
    }
    if (type != "totp") {
        respond(AuthFault{400, "validation_failed",
            "factor_type needs to be totp, phone, or webauthn",
            {}}.response(*request));
        return;
    }
    const std::string name = textIn(body, QLatin1String("friendly_name"));
    std::string issuer = textIn(body, QLatin1String("issuer"));
    if (issuer.empty()) {
        issuer = m_desk.options().publicUrl;
        issuer = issuer.substr(issuer.find("//") == std::string::npos ? 0 : issuer.find("//") + 2);
    }
    if (name.size() > 255 || issuer.size() > 255) {
        respond(AuthFault{400, "validation_failed", "The name is too long", {}}.response(*request));
        return;
    }
    m_desk.run(request, respond, [request, person, name, issuer](AuthDatabase& database) {
        return AuthDesk::jsonResponse(
            *request, Factors(database).enrol(personOf(person, *request), name, issuer));
    });
}

void FactorsApi::verify(const AuthDesk::Shared& request, const Respond& respond,
    const AuthDesk::Person& person, const std::string& factorId, const QJsonObject& body)
{
    const std::string challengeId = textIn(body, QLatin1String("challenge_id"));
    const std::string code = textIn(body, QLatin1String("code"));
    if (code.empty()) {
        respond(AuthFault{400, "validation_failed", "Code needs to be non-empty", {}}.response(
            *request));
        return;
    }
    const auto guess = m_desk.guess("factor", person.userId, *request, respond);
    if (!guess) {
        return;
    }
    m_desk.run(request, respond,
        [this, request, person, factorId, challengeId, code, guess](AuthDatabase& database) {
            const auto outcome = Factors(database).verify(
                personOf(person, *request), factorId, challengeId, code, m_desk.clock().wall());
            m_desk.settle(*guess, std::get_if<AuthFault>(&outcome), "mfa_verification_failed");
            return m_desk.granted(*request, outcome);
        });
}

} // namespace academy
