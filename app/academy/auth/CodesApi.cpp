// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/auth/CodesApi.h"

#include "academy/auth/Page.h"
#include "academy/auth/Redirect.h"
#include "wire/Json.h"

#include <QJsonArray>

namespace academy {

namespace {

/// An address changes when both the old and the new one have said so.
constexpr const char* halfConfirmed = "Confirmation link accepted. Please proceed to confirm link "
                                      "sent to the other email";

AuthFault noMail()
{
    return {422, "email_provider_disabled", "This academy cannot send e-mail", {}};
}

Response redirected(const std::string& target)
{
    return Response::empty(303).with("Location", target).with("Cache-Control", "no-store");
}

} // namespace

bool CodesApi::handle(const AuthDesk::Shared& request, const Respond& respond)
{
    const std::string_view path = request->path;
    const std::string_view method = request->method();
    if (path == "/verify" && method == "POST") {
        verify(request, respond);
    } else if (path == "/verify" && method == "GET") {
        verifyInBrowser(request, respond);
    } else if (path == "/reauthenticate" && method == "GET") {
        reauthenticate(request, respond);
    } else if ((path == "/otp" || path == "/magiclink") && method == "POST") {
        send(request, respond, &EmailCodes::sendSignIn);
    } else if (path == "/recover" && method == "POST") {
        send(request, respond, &EmailCodes::sendRecovery);
    } else if (path == "/resend" && method == "POST") {
        send(request, respond, &EmailCodes::resend);
    } else {
        return false;
    }
    return true;
}

void CodesApi::send(const AuthDesk::Shared& request, const Respond& respond, Send kind)
{
    const auto body = AuthDesk::body(*request, respond);
    if (!body || !AuthDesk::admitted(m_desk.codes(), request->peer, *request, respond)) {
        return;
    }
    EmailCodes::Wish wish;
    wish.email = textIn(*body, QLatin1String("email"));
    wish.type = textIn(*body, QLatin1String("type"));
    if (wish.email.empty()) {
        const bool phone = !textIn(*body, QLatin1String("phone")).empty();
        respond(
            (phone ? AuthFault{400, "phone_provider_disabled", "Unsupported phone provider", {}}
                   : AuthFault{400, "validation_failed", "One of email or phone must be set", {}})
                .response(*request));
        return;
    }
    if (!m_desk.options().development) {
        respond(noMail().response(*request));
        return;
    }
    wish.redirect = m_desk.redirectOf(*request);
    wish.data = optionalObjectIn(*body, QLatin1String("data"));
    wish.createUser = body->value(QLatin1String("create_user")).toBool(true);
    wish.challenge = textIn(*body, QLatin1String("code_challenge"));
    wish.challengeMethod = textIn(*body, QLatin1String("code_challenge_method"));
    m_desk.run(request, respond,
        [request, wish, kind, policy = m_desk.mailPolicy()](AuthDatabase& database) {
            EmailCodes codes(database, policy);
            const auto outcome = (codes.*kind)(wish);
            const auto* fault = std::get_if<AuthFault>(&outcome);
            return fault ? fault->response(*request) : Response::json(200, "{}");
        });
}

void CodesApi::reauthenticate(const AuthDesk::Shared& request, const Respond& respond)
{
    const auto person = m_desk.signedIn(*request, respond);
    if (!person) {
        return;
    }
    if (!m_desk.options().development) {
        respond(noMail().response(*request));
        return;
    }
    m_desk.run(
        request, respond, [request, person, policy = m_desk.mailPolicy()](AuthDatabase& database) {
            const auto outcome = EmailCodes(database, policy)
                                     .sendReauthentication(person->userId, person->sessionId);
            const auto* fault = std::get_if<AuthFault>(&outcome);
            return fault ? fault->response(*request) : Response::json(200, "{}");
        });
}

void CodesApi::verify(const AuthDesk::Shared& request, const Respond& respond)
{
    const auto body = AuthDesk::body(*request, respond);
    if (!body
        || !AuthDesk::admitted(m_desk.codes(), "verify:" + request->peer, *request, respond)) {
        return;
    }
    const std::string type = textIn(*body, QLatin1String("type"));
    const std::string email = textIn(*body, QLatin1String("email"));
    const std::string hash = textIn(*body, QLatin1String("token_hash"));
    const std::string code = textIn(*body, QLatin1String("token"));
    if (type.empty() || (hash.empty() && (email.empty() || code.empty()))) {
        respond(AuthFault{400, "validation_failed",
            "Verify requires a token or a token hash, and a type",
            {}}.response(*request));
        return;
    }
    // Six digits are few: an address takes as many wrong ones as an account takes wrong passwords.
    const auto guess = m_desk.guess("code", hash.empty() ? email : hash, *request, respond);
    if (!guess) {
        return;
    }
    m_desk.run(
        request, respond, [this, request, type, email, hash, code, guess](AuthDatabase& database) {
            EmailCodes codes(database, m_desk.mailPolicy());
            const AuthOrigin origin = AuthDesk::originOf(*request);
            const auto outcome = hash.empty() ? codes.verifyCode(type, email, code, origin)
                                              : codes.verifyHash(type, hash, origin, false);
            const auto* fault = std::get_if<AuthFault>(&outcome);
            m_desk.settle(*guess, fault, "otp_expired");
            if (fault != nullptr) {
                return fault->response(*request);
            }
            const auto& proven = std::get<EmailCodes::Proven>(outcome);
            return proven.grant ? m_desk.granted(*request, *proven.grant)
                                : Response::json(200,
                                    "{\"msg\":" + jsonQuoted(halfConfirmed) + ",\"code\":\"200\"}");
        });
}

void CodesApi::verifyInBrowser(const AuthDesk::Shared& request, const Respond& respond)
{
    if (!AuthDesk::admitted(m_desk.codes(), "verify:" + request->peer, *request, respond)) {
        return;
    }
    const std::string type = request->parameter("type");
    const std::string hash
        = request->parameter(request->parameter("token").empty() ? "token_hash" : "token");
    const std::string target = m_desk.redirectOf(*request);
    m_desk.run(request, respond, [this, request, type, hash, target](AuthDatabase& database) {
        const auto outcome = EmailCodes(database, m_desk.mailPolicy())
                                 .verifyHash(type, hash, AuthDesk::originOf(*request), true);
        if (const auto* fault = std::get_if<AuthFault>(&outcome)) {
            const std::string pairs = "error=access_denied&error_code=" + fault->code
                + "&error_description=" + percentEncoded(fault->message);
            const bool forFlow = hash.starts_with("pkce_");
            return redirected(withParameters(
                forFlow ? withParameters(target, pairs, false) : target, pairs, true));
        }
        const auto& proven = std::get<EmailCodes::Proven>(outcome);
        if (!proven.flowCode && !proven.grant) {
            const std::string said = "message=" + percentEncoded(halfConfirmed);
            return redirected(withParameters(
                hash.starts_with("pkce_") ? withParameters(target, said, false) : target, said,
                true));
        }
        return redirected(proven.flowCode
                ? withParameters(target, "code=" + *proven.flowCode, false)
                : withParameters(
                    target, m_desk.grantedFragment(*proven.grant) + "&type=" + type, true));
    });
}

void CodesApi::showMail(const AuthDesk::Shared& request, const Respond& respond)
{
    const bool forPrograms = request->path == "/messages";
    if (request->method() != "GET"
        || (!forPrograms && request->path != "" && request->path != "/")) {
        respond(
            Response::json(404, R"({"message":"There is /mail and /mail/messages?to=address"})"));
        return;
    }
    const std::string recipient = request->parameter("to");
    m_desk.run(request, respond, [this, request, recipient, forPrograms](AuthDatabase& database) {
        const auto outcome = EmailCodes(database, m_desk.mailPolicy()).mail(recipient);
        if (forPrograms || std::holds_alternative<AuthFault>(outcome)) {
            return AuthDesk::jsonResponse(*request, outcome);
        }
        const std::string& text = std::get<std::string>(outcome);
        const QJsonArray messages
            = parseJson(QByteArray::fromStdString(text)).valueOr({}).toArray();
        std::string rows;
        for (const QJsonValue& entry : messages) {
            const QJsonObject message = entry.toObject();
            const std::string link = textIn(message, QLatin1String("link"));
            rows += "<article><h2>" + escaped(textIn(message, QLatin1String("subject")))
                + "</h2><p>" + escaped(textIn(message, QLatin1String("to"))) + " · "
                + escaped(textIn(message, QLatin1String("sent_at")).substr(0, 19))
                + "</p><p class=code>" + escaped(textIn(message, QLatin1String("code"))) + "</p>"
                + (link.empty() ? "" : "<p><a href=\"" + escaped(link) + "\">Open the link</a></p>")
                + "</article>";
        }
        return page("Mail of this demo academy",
            "<p>A demo academy sends no e-mail. What it would have sent is here.</p>"
                + (rows.empty() ? "<p>Nothing yet.</p>" : rows));
    });
}

} // namespace academy
