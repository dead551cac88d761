// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/auth/BrowserApi.h"

#include "academy/auth/Accounts.h"
#include "academy/auth/BrowserFlows.h"
#include "academy/auth/Identities.h"
#include "academy/auth/Page.h"
#include "academy/auth/Redirect.h"

#include <QUuid>

namespace academy {

namespace {

/// The only provider there is, and only in development.
constexpr std::string_view sampleProvider = "demo";
constexpr std::string_view identitiesPath = "/user/identities/";

Response form(const std::string& flow, const std::string& email, const std::string& problem)
{
    return page("Sign in to the demo academy",
        (problem.empty() ? std::string() : "<p class=wrong role=alert>" + escaped(problem) + "</p>")
            + "<form method=post action=\"/auth/v1/sign-in\">"
              "<input type=hidden name=flow value=\""
            + escaped(flow)
            + "\"><label for=email>E-mail</label><input id=email name=email type=email required "
              "autofocus value=\""
            + escaped(email)
            + "\"><label for=password>Password</label><input id=password name=password "
              "type=password required><button>Sign in</button></form>"
              "<p>This page stands for a provider such as Google. Only a demo academy has it.</p>");
}

} // namespace

bool BrowserApi::handle(const AuthDesk::Shared& request, const Respond& respond)
{
    const std::string_view path = request->path;
    const std::string_view method = request->method();
    if (path == "/authorize" && method == "GET") {
        authorize(request, respond, std::nullopt);
    } else if (path.starts_with(identitiesPath) && (method == "GET" || method == "DELETE")) {
        identities(request, respond);
    } else if (path == "/sign-in" && method == "GET" && m_desk.options().development) {
        showForm(request, respond);
    } else if (path == "/sign-in" && method == "POST" && m_desk.options().development) {
        signIn(request, respond);
    } else {
        return false;
    }
    return true;
}

void BrowserApi::identities(const AuthDesk::Shared& request, const Respond& respond)
{
    const auto person = m_desk.signedIn(*request, respond);
    if (!person) {
        return;
    }
    const std::string wanted = request->path.substr(identitiesPath.size());
    const bool links = wanted == "authorize" && request->method() == "GET";
    if (!m_desk.options().manualLinking) {
        respond(AuthFault{404, "manual_linking_disabled", "Manual linking is disabled",
            {}}.response(*request));
    } else if (links) {
        authorize(request, respond, person);
    } else if (QUuid::fromString(QLatin1StringView(wanted)).isNull()) {
        respond(AuthFault{404, "validation_failed", "identity_id must be an UUID", {}}.response(
            *request));
    } else {
        m_desk.run(request, respond, [request, person, wanted](AuthDatabase& database) {
            const auto fault
                = Identities(database).unlink(person->userId, person->sessionId, wanted);
            return fault ? fault->response(*request) : Response::json(200, "{}");
        });
    }
}

void BrowserApi::authorize(const AuthDesk::Shared& request, const Respond& respond,
    const std::optional<AuthDesk::Person>& linksTo)
{
    const std::string provider = request->parameter("provider");
    if (provider.empty() || provider != sampleProvider || !m_desk.options().development) {
        respond(AuthFault{400, "validation_failed",
            provider.empty() ? "Unsupported provider: Provider could not be found"
                             : "Unsupported provider: provider is not enabled",
            {}}.response(*request));
        return;
    }
    if (!AuthDesk::admitted(m_desk.codes(), "authorize:" + request->peer, *request, respond)) {
        return;
    }
    const std::string target = m_desk.redirectOf(*request);
    const std::string site = m_desk.options().publicUrl;
    m_desk.run(
        request, respond, [request, provider, target, site, linksTo](AuthDatabase& database) {
            const auto flow = database.transaction<std::string>([&]() -> AuthOutcome<std::string> {
                const auto key = ProofKey::in(request->parameter("code_challenge"),
                    request->parameter("code_challenge_method"));
                if (linksTo) {
                    database.requireSession(linksTo->userId, linksTo->sessionId);
                }
                return BrowserFlows(database).begin(
                    key, linksTo ? linksTo->userId : std::string(), provider, "oauth", target);
            });
            if (const auto* fault = std::get_if<AuthFault>(&flow)) {
                return fault->response(*request);
            }
            const std::string page = site + "/auth/v1/sign-in?flow=" + std::get<std::string>(flow);
            return linksTo && request->parameter("skip_http_redirect") == "true"
                ? Response::json(200, "{\"url\":" + jsonQuoted(page) + "}")
                : Response::empty(302).with("Location", page);
        });
}

void BrowserApi::showForm(const AuthDesk::Shared& request, const Respond& respond)
{
    const std::string flow = request->parameter("flow");
    m_desk.run(request, respond, [flow](AuthDatabase& database) {
        const auto known = database.transaction<bool>([&]() -> AuthOutcome<bool> {
            (void)BrowserFlows(database).waiting(flow);
            return true;
        });
        return std::holds_alternative<bool>(known)
            ? form(flow, "student01@neolingus.demo", {})
            : page("This page is too old", "<p>Start again from the program you came from.</p>");
    });
}

void BrowserApi::signIn(const AuthDesk::Shared& request, const Respond& respond)
{
    Request fields;
    fields.query = request->body();
    const std::string flow = fields.parameter("flow");
    const std::string email = fields.parameter("email");
    const std::string password = fields.parameter("password");
    if (!AuthDesk::admitted(m_desk.requests(), request->peer, *request, respond)) {
        return;
    }
    const auto guess = m_desk.guess("password", email, *request, respond);
    if (!guess) {
        return;
    }
    m_desk.run(
        request, respond, [this, request, flow, email, password, guess](AuthDatabase& database) {
            BrowserFlows flows(database);
            const AuthOrigin origin = AuthDesk::originOf(*request);
            BrowserFlows::Waiting waiting;
            const auto outcome
                = database.transaction<std::string>([&]() -> AuthOutcome<std::string> {
                      waiting = flows.waiting(flow);
                      const std::string account = Accounts(database).authenticate(email, password);
                      const Identities::Claim claim{
                          std::string(sampleProvider), account, normalEmail(email)};
                      Identities identities(database);
                      if (!waiting.linksTo.empty()) {
                          identities.link(claim, waiting.linksTo);
                      }
                      const std::string userId = identities.signIn(claim, account);
                      if (waiting.wantsCode) {
                          return withParameters(
                              waiting.redirect, "code=" + flows.issueCode(flow, userId), false);
                      }
                      flows.end(flow);
                      return withParameters(waiting.redirect,
                          m_desk.grantedFragment(database.openSession(userId, "oauth", origin)),
                          true);
                  });
            const auto* fault = std::get_if<AuthFault>(&outcome);
            m_desk.settle(*guess, fault, "invalid_credentials");
            if (fault != nullptr && !waiting.linksTo.empty()
                && (fault->code == "identity_already_exists" || fault->code == "email_exists")) {
                const std::string said = "error=server_error&error_code=" + fault->code
                    + "&error_description=" + percentEncoded(fault->message);
                return Response::empty(303)
                    .with("Location",
                        withParameters(withParameters(waiting.redirect, said, false), said, true))
                    .with("Cache-Control", "no-store");
            }
            if (fault != nullptr) {
                return form(flow, email, fault->message);
            }
            return Response::empty(303)
                .with("Location", std::get<std::string>(outcome))
                .with("Cache-Control", "no-store");
        });
}

} // namespace academy
