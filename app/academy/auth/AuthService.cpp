// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/auth/AuthService.h"

#include "academy/auth/Accounts.h"
#include "academy/auth/BrowserFlows.h"

namespace academy {

namespace {

AuthFault required(const char* sentence)
{
    return {400, "validation_failed", sentence, {}};
}

} // namespace

AuthService::AuthService(
    PgPool& pool, const Keys& keys, const Clock& clock, RandomSource& random, AuthOptions options)
    : m_desk(pool, keys, clock, random, std::move(options)), m_admin(m_desk), m_browser(m_desk),
      m_closed(m_desk), m_codes(m_desk), m_factors(m_desk)
{
}

void AuthService::attach(Server& server)
{
    server.handle("/auth/v1",
        behindApiKey(
            [this](const Shared& request, const Respond& respond) { handle(request, respond); },
            m_desk.keys(), m_desk.clock(), {"/verify", "/authorize", "/callback", "/sign-in"}));
    if (m_desk.options().development) {
        server.handle("/mail", [this](const Shared& request, const Respond& respond) {
            m_codes.showMail(request, respond);
        });
    }
}

std::string AuthService::settings() const
{
    const std::string here = m_desk.options().development ? "true" : "false";
    return R"({"external":{"anonymous_users":)" + here + R"(,"apple":false,"azure":false,)"
        + R"("demo":)" + here + R"(,"email":true,"facebook":false,"github":false,"google":false,)"
        + R"("phone":false},"disable_signup":false,"mailer_autoconfirm":true,)"
        + R"("phone_autoconfirm":false,"sms_provider":"","saml_enabled":false,)"
        + R"("passkeys_enabled":false})";
}

bool AuthService::handleFacts(const Shared& request, const Respond& respond)
{
    const std::string_view path = request->path;
    const std::string site = m_desk.options().publicUrl + "/auth/v1";
    Response response;
    if (path == "/health") {
        response = Response::json(200,
            R"({"version":"v2","name":"GoTrue","description":"GoTrue is a user registration and authentication API"})");
    } else if (path == "/settings") {
        response = Response::json(200, settings());
    } else if (path == "/.well-known/jwks.json") {
        response = Response::json(200, m_desk.keys().jwks())
                       .with("Cache-Control", "public, max-age=600");
    } else if (path == "/.well-known/openid-configuration") {
        response = Response::json(200,
            "{\"issuer\":" + jsonQuoted(site)
                + ",\"authorization_endpoint\":" + jsonQuoted(site + "/authorize")
                + ",\"token_endpoint\":" + jsonQuoted(site + "/token")
                + ",\"userinfo_endpoint\":" + jsonQuoted(site + "/user")
                + ",\"jwks_uri\":" + jsonQuoted(site + "/.well-known/jwks.json")
                + R"(,"response_types_supported":["code"],"subject_types_supported":["public"],)"
                + R"("id_token_signing_alg_values_supported":["ES256","HS256"],)"
                + R"("code_challenge_methods_supported":["S256","plain"]})")
                       .with("Cache-Control", "public, max-age=600");
    } else {
        return false;
    }
    respond(withApiVersion(std::move(response), *request));
    return true;
}

void AuthService::handle(const Shared& request, const Respond& respond)
{
    const std::string_view method = request->method();
    const bool reads = method == "GET" || method == "HEAD";
    const std::string_view path = request->path;
    if (reads && handleFacts(request, respond)) {
        return;
    }
    if (path == "/token" && method == "POST") {
        token(request, respond);
    } else if (path == "/signup" && method == "POST") {
        signUp(request, respond);
    } else if (path == "/user" && (reads || method == "PUT")) {
        user(request, respond);
    } else if (path == "/logout" && method == "POST") {
        logout(request, respond);
    } else if (!m_closed.handle(request, respond) && !m_codes.handle(request, respond)
        && !m_factors.handle(request, respond) && !m_browser.handle(request, respond)
        && !m_admin.handle(request, respond)) {
        respond(
            AuthFault{404, "not_found", "Requested path does not exist", {}}.response(*request));
    }
}

void AuthService::token(const Shared& request, const Respond& respond)
{
    if (!AuthDesk::admitted(m_desk.requests(), request->peer, *request, respond)) {
        return;
    }
    const auto body = AuthDesk::body(*request, respond);
    if (!body) {
        return;
    }
    const std::string grant = request->parameter("grant_type");
    if (grant == "refresh_token") {
        const std::string refreshToken = textIn(*body, QLatin1String("refresh_token"));
        if (refreshToken.empty()) {
            respond(required("refresh_token required").response(*request));
            return;
        }
        m_desk.run(request, respond, [this, request, refreshToken](AuthDatabase& database) {
            return m_desk.granted(*request, Accounts(database).refresh(refreshToken));
        });
    } else if (grant == "password") {
        passwordGrant(request, respond, *body);
    } else if (grant == "pkce") {
        const std::string code = textIn(*body, QLatin1String("auth_code"));
        const std::string verifier = textIn(*body, QLatin1String("code_verifier"));
        if (code.empty() || verifier.empty()) {
            respond(
                required("invalid request: both auth code and code verifier should be non-empty")
                    .response(*request));
            return;
        }
        m_desk.run(request, respond, [this, request, code, verifier](AuthDatabase& database) {
            return m_desk.granted(*request,
                BrowserFlows(database).exchange(code, verifier, AuthDesk::originOf(*request)));
        });
    } else if (auto refusal = ClosedDoors::grant(*request, grant, *body)) {
        respond(std::move(*refusal));
    } else {
        respond(
            AuthFault{400, "invalid_credentials", "unsupported_grant_type", {}}.response(*request));
    }
}

void AuthService::passwordGrant(
    const Shared& request, const Respond& respond, const QJsonObject& body)
{
    const std::string email = textIn(body, QLatin1String("email"));
    const std::string password = textIn(body, QLatin1String("password"));
    if (email.empty()) {
        respond(required("missing email or phone").response(*request));
        return;
    }
    const auto guess = m_desk.guess("password", email, *request, respond);
    if (!guess) {
        return;
    }
    m_desk.run(request, respond, [this, request, email, password, guess](AuthDatabase& database) {
        const auto outcome
            = Accounts(database).signIn(email, password, AuthDesk::originOf(*request));
        m_desk.settle(*guess, std::get_if<AuthFault>(&outcome), "invalid_credentials");
        return m_desk.granted(*request, outcome);
    });
}

void AuthService::signUp(const Shared& request, const Respond& respond)
{
    const auto body = AuthDesk::body(*request, respond);
    if (!body || !AuthDesk::admitted(m_desk.requests(), request->peer, *request, respond)) {
        return;
    }
    const std::string email = textIn(*body, QLatin1String("email"));
    const std::string password = textIn(*body, QLatin1String("password"));
    const QJsonObject data = body->value(QLatin1String("data")).toObject();
    if (email.empty() && !textIn(*body, QLatin1String("phone")).empty()) {
        respond(AuthFault{400, "phone_provider_disabled", "Phone signups are disabled",
            {}}.response(*request));
    } else if (!email.empty() || !password.empty()) {
        m_desk.run(
            request, respond, [this, request, email, password, data](AuthDatabase& database) {
                return m_desk.granted(*request,
                    Accounts(database).signUp(email, password, data, AuthDesk::originOf(*request)));
            });
    } else if (!m_desk.options().development) {
        respond(AuthFault{422, "anonymous_provider_disabled", "Anonymous sign-ins are disabled",
            {}}.response(*request));
    } else if (AuthDesk::admitted(m_desk.anonymous(), request->peer, *request, respond)) {
        m_desk.run(request, respond, [this, request, data](AuthDatabase& database) {
            return m_desk.granted(
                *request, Accounts(database).signUpAnonymously(data, AuthDesk::originOf(*request)));
        });
    }
}

void AuthService::user(const Shared& request, const Respond& respond)
{
    const auto person = m_desk.signedIn(*request, respond);
    if (!person) {
        return;
    }
    if (request->method() != "PUT") {
        m_desk.run(request, respond, [request, person](AuthDatabase& database) {
            return AuthDesk::userResponse(
                *request, Accounts(database).current(person->userId, person->sessionId));
        });
        return;
    }
    if (const auto body = AuthDesk::body(*request, respond)) {
        changeUser(request, respond, *person, *body);
    }
}

void AuthService::changeUser(const Shared& request, const Respond& respond,
    const AuthDesk::Person& person, const QJsonObject& body)
{
    AccountChange change;
    change.email = optionalTextIn(body, QLatin1String("email"));
    change.password = optionalTextIn(body, QLatin1String("password"));
    change.userMetadata = optionalObjectIn(body, QLatin1String("data"));
    const std::string nonce = textIn(body, QLatin1String("nonce"));
    const bool proves = m_desk.options().securePasswordChange && change.password && !nonce.empty();
    std::optional<GuessGuard::Guess> guess;
    if (proves) {
        guess = m_desk.guess("nonce", person.userId, *request, respond);
        if (!guess) {
            return;
        }
    }
    EmailCodes::Wish wish;
    wish.redirect = m_desk.redirectOf(*request);
    wish.challenge = textIn(body, QLatin1String("code_challenge"));
    wish.challengeMethod = textIn(body, QLatin1String("code_challenge_method"));
    m_desk.run(request, respond,
        [this, request, person, change, nonce, guess, wish](AuthDatabase& database) {
            EmailCodes codes(database, m_desk.mailPolicy());
            ChangeRules rules;
            if (m_desk.options().securePasswordChange) {
                rules.reauthenticate = [&] { codes.requireNonce(person.userId, nonce); };
            }
            if (m_desk.options().development) {
                rules.confirmEmail = [&](const std::string& email) {
                    auto wished = wish;
                    wished.email = email;
                    codes.sendEmailChange(person.userId, wished);
                };
            }
            const auto outcome
                = Accounts(database).updateCurrent(person.userId, person.sessionId, change, rules);
            if (guess) {
                m_desk.settle(
                    *guess, std::get_if<AuthFault>(&outcome), "reauthentication_not_valid");
            }
            return AuthDesk::userResponse(*request, outcome);
        });
}

void AuthService::logout(const Shared& request, const Respond& respond)
{
    const auto person = m_desk.signedIn(*request, respond);
    if (!person) {
        return;
    }
    std::string scope = request->parameter("scope");
    if (scope.empty()) {
        scope = "global";
    }
    if (scope != "global" && scope != "local" && scope != "others") {
        respond(AuthFault{400, "validation_failed", "Unsupported logout scope \"" + scope + "\"",
            {}}.response(*request));
        return;
    }
    m_desk.run(request, respond, [request, person, scope](AuthDatabase& database) {
        const auto fault = Accounts(database).signOut(person->userId, person->sessionId, scope);
        return fault ? fault->response(*request) : Response::empty(204);
    });
}

} // namespace academy
