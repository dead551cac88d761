// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/auth/BrowserApi.h"

#include "academy/auth/Accounts.h"
#include "academy/auth/BrowserFlows.h"
#include "academy/auth/Page.h"
#include "academy/auth/Redirect.h"

namespace academy {

namespace {

/// The only provider there is, and only in development.
constexpr std::string_view sampleProvider = "demo";

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
        authorize(request, respond);
    } else if (path == "/sign-in" && method == "GET" && m_desk.options().development) {
        showForm(request, respond);
    } else if (path == "/sign-in" && method == "POST" && m_desk.options().development) {
        signIn(request, respond);
    } else {
        return false;
    }
    return true;
}

void BrowserApi::authorize(const AuthDesk::Shared& request, const Respond& respond)
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
    m_desk.run(request, respond, [request, provider, target, site](AuthDatabase& database) {
        const auto flow = database.transaction<std::string>([&]() -> AuthOutcome<std::string> {
            const auto key = ProofKey::in(
                request->parameter("code_challenge"), request->parameter("code_challenge_method"));
            return BrowserFlows(database).begin(key, {}, provider, "oauth", target);
        });
        if (const auto* fault = std::get_if<AuthFault>(&flow)) {
            return fault->response(*request);
        }
        return Response::empty(302).with(
            "Location", site + "/auth/v1/sign-in?flow=" + std::get<std::string>(flow));
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
    const std::string bucket = bucketName("password", email);
    if (!AuthDesk::admitted(m_desk.requests(), request->peer, *request, respond)
        || !AuthDesk::admitted(m_desk.failures(), bucket, *request, respond)) {
        return;
    }
    m_desk.run(
        request, respond, [this, request, flow, email, password, bucket](AuthDatabase& database) {
            BrowserFlows flows(database);
            const AuthOrigin origin = AuthDesk::originOf(*request);
            const auto outcome
                = database.transaction<std::string>([&]() -> AuthOutcome<std::string> {
                      const auto waiting = flows.waiting(flow);
                      const std::string userId = Accounts(database).authenticate(email, password);
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
            if (fault == nullptr || fault->code != "invalid_credentials") {
                m_desk.failures().giveBack(bucket);
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
