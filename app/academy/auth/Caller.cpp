// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/auth/Caller.h"

#include "wire/Jwt.h"

#include <QJsonDocument>

#include <algorithm>

namespace academy {

namespace {

constexpr std::chrono::seconds clockSkew{30};

QByteArrayView bytes(std::string_view text)
{
    return {text.data(), static_cast<qsizetype>(text.size())};
}

bool isKnownKey(const std::string& apiKey, const Keys& keys, const Clock& clock)
{
    const auto token = keys.tokenFor(apiKey);
    return token && keys.verify(*token, clock.wall()).ok();
}

} // namespace

Result<Caller> callerFromToken(const std::string& token, const Keys& keys, WallTime now)
{
    auto verified = keys.verify(token, now - clockSkew);
    if (!verified) {
        return verified.error();
    }
    const std::size_t start = token.find('.') + 1;
    const auto payload = base64UrlDecode(
        bytes(std::string_view(token).substr(start, token.find('.', start) - start)));
    if (!payload) {
        return payload.error();
    }
    Caller caller;
    caller.claims = verified->all;
    caller.claimsText = payload->toStdString();
    caller.role = verified->role.toStdString();
    if (caller.role.empty()) {
        caller.role = "anon";
        caller.claims.insert(QStringLiteral("role"), QStringLiteral("anon"));
        caller.claimsText
            = QJsonDocument(caller.claims).toJson(QJsonDocument::Compact).toStdString();
    }
    return caller;
}

Result<Caller> callerOf(const Request& request, const Keys& keys, WallTime now)
{
    std::string token(request.bearer());
    if (token.empty()) {
        token = request.apiKey();
    }
    const auto known = keys.tokenFor(token);
    if (!known) {
        return Error{ErrorKind::Unauthorized, QStringLiteral("jwt_malformed"),
            QStringLiteral("unknown API key"), std::nullopt};
    }
    return callerFromToken(*known, keys, now);
}

RequestHandler behindApiKey(RequestHandler handler, const Keys& keys, const Clock& clock,
    std::vector<std::string> openPaths)
{
    return [handler = std::move(handler), &keys, &clock, openPaths = std::move(openPaths)](
               std::shared_ptr<const Request> request, Respond respond) {
        const std::string apiKey = request->apiKey();
        const bool open = request->path.starts_with("/.well-known/")
            || request->method() == "OPTIONS"
            || std::ranges::find(openPaths, request->path) != openPaths.end();
        if (!open && apiKey.empty()) {
            respond(Response::json(401,
                R"({"message":"No API key found in request","hint":"No `apikey` request header or url param was found."})"));
        } else if (!open && !isKnownKey(apiKey, keys, clock)) {
            respond(Response::json(401,
                R"({"message":"Invalid API key","hint":"Double check your Supabase `anon` or `service_role` API key."})"));
        } else {
            handler(std::move(request), std::move(respond));
        }
    };
}

} // namespace academy
