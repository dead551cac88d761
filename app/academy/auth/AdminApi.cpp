// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/auth/AdminApi.h"

#include "academy/auth/Accounts.h"
#include "academy/auth/Factors.h"
#include "academy/auth/Redirect.h"

#include <algorithm>
#include <charconv>

namespace academy {

namespace {

constexpr std::int64_t defaultPage = 50;
constexpr std::int64_t longestPage = 1000;

std::int64_t positive(const std::string& text, std::int64_t fallback)
{
    std::int64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number > 0 ? number : fallback;
}

AccountChange changeIn(const QJsonObject& body)
{
    AccountChange change;
    change.id = optionalTextIn(body, QLatin1String("id"));
    change.email = optionalTextIn(body, QLatin1String("email"));
    change.password = optionalTextIn(body, QLatin1String("password"));
    change.role = optionalTextIn(body, QLatin1String("role"));
    change.banDuration = optionalTextIn(body, QLatin1String("ban_duration"));
    change.userMetadata = optionalObjectIn(body, QLatin1String("user_metadata"));
    change.appMetadata = optionalObjectIn(body, QLatin1String("app_metadata"));
    if (const QJsonValue confirm = body.value(QLatin1String("email_confirm")); confirm.isBool()) {
        change.emailConfirmed = confirm.toBool();
    }
    return change;
}

/// The parts of "/admin/users/<id>/factors/<id>" after "/admin".
std::vector<std::string> partsOf(std::string_view path)
{
    std::vector<std::string> parts;
    while (!path.empty()) {
        path.remove_prefix(1);
        const std::size_t end = std::min(path.find('/'), path.size());
        parts.push_back(percentDecoded(path.substr(0, end), false));
        path.remove_prefix(end);
    }
    return parts;
}

AuthFault wrongMethod()
{
    return {405, "method_not_allowed", "Method not allowed", {}};
}

} // namespace

bool AdminApi::handle(const AuthDesk::Shared& request, const Respond& respond)
{
    const std::string_view path = request->path;
    const bool invites = path == "/invite" && request->method() == "POST";
    if (!invites && !path.starts_with("/admin/")) {
        return false;
    }
    if (!m_desk.isAdministrator(*request, respond)) {
        return true;
    }
    const auto body = AuthDesk::body(*request, respond);
    if (!body) {
        return true;
    }
    const auto parts = partsOf(path);
    const auto named = [&](std::size_t count) {
        return parts.size() == count && parts[1] == "users" && !parts[2].empty();
    };
    if (invites) {
        invite(request, respond, *body);
    } else if (path == "/admin/generate_link" && request->method() == "POST") {
        link(request, respond, *body);
    } else if (path == "/admin/users" || path == "/admin/users/") {
        users(request, respond, *body);
    } else if (named(3)) {
        oneUser(request, respond, parts[2], *body);
    } else if (named(4) && parts[3] == "factors") {
        factors(request, respond, parts[2], {});
    } else if (named(4) && parts[3] == "passkeys" && request->method() == "GET") {
        m_desk.run(request, respond, [request, userId = parts[2]](AuthDatabase& database) {
            const auto user = Accounts(database).find(userId);
            const auto* fault = std::get_if<AuthFault>(&user);
            return fault ? fault->response(*request) : Response::json(200, "[]");
        });
    } else if (named(5) && parts[3] == "passkeys" && request->method() == "DELETE") {
        respond(AuthFault{404, "validation_failed", "Passkey not found", {}}.response(*request));
    } else if (named(5) && parts[3] == "factors") {
        factors(request, respond, parts[2], parts[4]);
    } else {
        return false;
    }
    return true;
}

void AdminApi::users(
    const AuthDesk::Shared& request, const Respond& respond, const QJsonObject& body)
{
    if (request->method() == "POST") {
        m_desk.run(request, respond, [request, change = changeIn(body)](AuthDatabase& database) {
            return AuthDesk::userResponse(*request, Accounts(database).create(change));
        });
        return;
    }
    if (request->method() != "GET") {
        respond(wrongMethod().response(*request));
        return;
    }
    const std::int64_t page = positive(request->parameter("page"), 1);
    const std::int64_t perPage
        = std::min(positive(request->parameter("per_page"), defaultPage), longestPage);
    m_desk.run(request, respond,
        [request, page, perPage, site = m_desk.options().publicUrl](AuthDatabase& database) {
            const auto outcome = Accounts(database).list(page, perPage);
            if (const auto* fault = std::get_if<AuthFault>(&outcome)) {
                return fault->response(*request);
            }
            const auto& [found, total] = std::get<0>(outcome);
            const std::int64_t last = std::max<std::int64_t>(1, (total + perPage - 1) / perPage);
            const auto to = [&](std::int64_t number, const char* relation) {
                return "<" + site + "/auth/v1/admin/users?page=" + std::to_string(number)
                    + "&per_page=" + std::to_string(perPage) + ">; rel=\"" + relation + "\"";
            };
            return Response::json(200, "{\"users\":[" + found + "],\"aud\":\"authenticated\"}")
                .with("X-Total-Count", std::to_string(total))
                .with("Link", (page < last ? to(page + 1, "next") + ", " : "") + to(last, "last"));
        });
}

void AdminApi::oneUser(const AuthDesk::Shared& request, const Respond& respond,
    const std::string& userId, const QJsonObject& body)
{
    const std::string_view method = request->method();
    if (method == "GET") {
        m_desk.run(request, respond, [request, userId](AuthDatabase& database) {
            return AuthDesk::userResponse(*request, Accounts(database).find(userId));
        });
    } else if (method == "PUT") {
        m_desk.run(
            request, respond, [request, userId, change = changeIn(body)](AuthDatabase& database) {
                return AuthDesk::userResponse(*request, Accounts(database).update(userId, change));
            });
    } else if (method == "DELETE") {
        const bool keepRow = body.value(QLatin1String("should_soft_delete")).toBool();
        m_desk.run(request, respond, [request, userId, keepRow](AuthDatabase& database) {
            const auto fault = Accounts(database).remove(userId, keepRow);
            return fault ? fault->response(*request) : Response::json(200, "{}");
        });
    } else {
        respond(wrongMethod().response(*request));
    }
}

void AdminApi::factors(const AuthDesk::Shared& request, const Respond& respond,
    const std::string& userId, const std::string& factorId)
{
    const bool lists = factorId.empty() && request->method() == "GET";
    if (!lists && (factorId.empty() || request->method() != "DELETE")) {
        respond(wrongMethod().response(*request));
        return;
    }
    m_desk.run(request, respond, [request, userId, factorId, lists](AuthDatabase& database) {
        Factors factors(database);
        return AuthDesk::jsonResponse(
            *request, lists ? factors.listOf(userId) : factors.removeOf(userId, factorId));
    });
}

void AdminApi::invite(
    const AuthDesk::Shared& request, const Respond& respond, const QJsonObject& body)
{
    EmailCodes::Wish wish;
    wish.email = textIn(body, QLatin1String("email"));
    wish.data = optionalObjectIn(body, QLatin1String("data"));
    wish.redirect = m_desk.redirectOf(*request);
    m_desk.run(
        request, respond, [request, wish, policy = m_desk.mailPolicy()](AuthDatabase& database) {
            return AuthDesk::userResponse(*request, EmailCodes(database, policy).invite(wish));
        });
}

void AdminApi::link(
    const AuthDesk::Shared& request, const Respond& respond, const QJsonObject& body)
{
    EmailCodes::LinkWish wish;
    wish.type = textIn(body, QLatin1String("type"));
    wish.email = textIn(body, QLatin1String("email"));
    wish.newEmail = textIn(body, QLatin1String("new_email"));
    wish.password = textIn(body, QLatin1String("password"));
    wish.data = optionalObjectIn(body, QLatin1String("data"));
    const std::string redirect = textIn(body, QLatin1String("redirect_to"));
    wish.redirect = redirect.empty() ? m_desk.redirectOf(*request)
                                     : allowedRedirect(redirect, m_desk.options().publicUrl);
    m_desk.run(
        request, respond, [request, wish, policy = m_desk.mailPolicy()](AuthDatabase& database) {
            return AuthDesk::jsonResponse(*request, EmailCodes(database, policy).link(wish));
        });
}

} // namespace academy
