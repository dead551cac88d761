// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/realtime/BroadcastApi.h"

#include "academy/http/Message.h"
#include "academy/realtime/RawJson.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace academy {
namespace {

constexpr std::string_view batchPath = "/api/broadcast";
constexpr std::string_view eventsPart = "/events/";

Response message(unsigned status, std::string_view text)
{
    return Response::json(status, "{\"message\":" + jsonQuoted(text) + '}');
}

Response busy()
{
    return message(503, "Realtime was unable to connect to the project database");
}

/// The errors of one message, as the members of an object; empty when it is good.
std::string messageErrors(const RawJson::Object& object)
{
    std::string errors;
    const auto add = [&errors](const char* name, const char* text) {
        errors += (errors.empty() ? "" : ",") + jsonQuoted(name) + ":[" + jsonQuoted(text)
            + ']';
    };
    for (const char* name : {"topic", "event"}) {
        const auto value = object.find(name);
        if (!value || RawJson::isNull(*value) || object.string(name) == std::string()) {
            add(name, "can't be blank");
        } else if (!object.string(name)) {
            add(name, "is invalid");
        }
    }
    const auto payload = object.find("payload");
    if (!payload || RawJson::isNull(*payload)) {
        add("payload", "can't be blank");
    } else if (!RawJson::isObject(*payload)) {
        add("payload", "is invalid");
    }
    return errors;
}

bool isTrue(std::optional<std::string_view> value)
{
    return value && (*value == "true" || *value == "\"true\"");
}

/// The messages of a batch, or the 422 body that says what is wrong with them.
std::variant<std::vector<RoomBroadcast>, std::string> readBatch(const RawJson::Object& body)
{
    const auto list = body.find("messages");
    const auto entries = list ? RawJson::array(*list) : std::nullopt;
    if (!entries || entries->empty()) {
        return std::string(R"({"errors":{"messages":["can't be blank"]}})");
    }
    std::vector<RoomBroadcast> messages;
    std::string errors;
    bool isBad = false;
    for (const auto entry : *entries) {
        const auto object = RawJson::object(entry).value_or(RawJson::Object());
        const std::string wrong = messageErrors(object);
        errors += (errors.empty() ? "{" : ",{") + wrong + '}';
        isBad = isBad || !wrong.empty();
        if (!wrong.empty()) {
            continue;
        }
        RoomBroadcast broadcast;
        broadcast.topic = *object.string("topic");
        broadcast.isPrivate = isTrue(object.find("private"));
        broadcast.payload
            = frames::broadcastPayload(*object.string("event"), *object.find("payload"), {});
        messages.push_back(std::move(broadcast));
    }
    if (isBad) {
        return "{\"errors\":{\"messages\":[" + errors + "]}}";
    }
    return messages;
}

} // namespace

BroadcastApi::BroadcastApi(std::shared_ptr<Hub> hub, PgPool& pool, const TokenVerifier& verifier,
    const RealtimeMetrics& metrics, const RealtimeOptions& options)
    : m_hub(std::move(hub)), m_pool(pool), m_verifier(verifier), m_metrics(metrics),
      m_payloadBytes(options.payloadBytes), m_batchMessages(options.batchMessages)
{
}

IdentityPtr BroadcastApi::identityOf(const Request& request) const
{
    for (const std::string& key : {std::string(request.bearer()), request.apiKey()}) {
        if (!key.empty()) {
            auto verified = m_verifier.verifyApiKey(key);
            const auto* identity = std::get_if<IdentityPtr>(&verified);
            return identity != nullptr ? *identity : nullptr;
        }
    }
    return nullptr;
}

void BroadcastApi::handle(const std::shared_ptr<const Request>& request, Respond respond) const
{
    if (request->path == "/api/ping") {
        respond(Response::json(200, R"({"message":"Success"})"));
        return;
    }
    const IdentityPtr identity = identityOf(*request);
    if (!identity) {
        respond(message(401, "Unauthorized"));
        return;
    }
    if (request->path == "/api/metrics" && request->method() == "GET") {
        const bool mayLook = identity->role == "service_role";
        respond(mayLook ? Response::json(200, m_metrics.json()) : message(403, "Forbidden"));
        return;
    }
    const bool isPost = request->method() == "POST";
    if (isPost && request->path == batchPath) {
        batch(*request, identity, std::move(respond));
    } else if (isPost && request->path.starts_with(std::string(batchPath) + '/')
        && request->path.find(eventsPart) != std::string::npos) {
        single(*request, identity, std::move(respond));
    } else {
        respond(message(404, "Not Found"));
    }
}

void BroadcastApi::batch(const Request& request, const IdentityPtr& identity, Respond respond) const
{
    const auto body = RawJson::object(request.body());
    if (!body) {
        respond(Response{400, {{"Content-Type", "text/plain"}}, "Bad Request"});
        return;
    }
    auto read = readBatch(*body);
    if (auto* errors = std::get_if<std::string>(&read)) {
        respond(Response::json(422, std::move(*errors)));
        return;
    }
    auto messages = std::get<std::vector<RoomBroadcast>>(std::move(read));
    if (messages.size() > m_batchMessages) {
        respond(message(429, "Too many messages to broadcast, please reduce the batch size"));
        return;
    }
    if (std::any_of(messages.begin(), messages.end(),
            [this](const auto& entry) { return entry.payload.size() > m_payloadBytes; })) {
        respond(Response::json(
            422, R"({"errors":{"messages":[{"payload":["Payload size exceeds tenant limit"]}]}})"));
        return;
    }
    const bool needsDatabase = std::any_of(
        messages.begin(), messages.end(), [](const auto& entry) { return entry.isPrivate; });
    if (!needsDatabase) {
        for (RoomBroadcast& broadcast : messages) {
            m_hub->broadcast(std::move(broadcast));
        }
        respond(Response::empty(202));
        return;
    }
    const bool submitted = m_pool.submit(
        [hub = m_hub, identity, messages = std::move(messages), respond](PgConnection& connection) {
            std::map<std::string, bool> allowed;
            bool isAnswering = true;
            for (const RoomBroadcast& broadcast : messages) {
                if (broadcast.isPrivate && !allowed.contains(broadcast.topic)) {
                    // A database that took too long once is not waited for with every topic.
                    const auto access = isAnswering
                        ? ChannelAccess::ofPrivateTopic(connection, broadcast.topic, *identity)
                        : std::nullopt;
                    isAnswering = access.has_value();
                    allowed[broadcast.topic] = access && access->writeBroadcast;
                }
                if (!broadcast.isPrivate || allowed[broadcast.topic]) {
                    hub->broadcast(broadcast);
                }
            }
            respond(Response::empty(202));
        });
    if (!submitted) {
        respond(busy());
    }
}

void BroadcastApi::single(
    const Request& request, const IdentityPtr& identity, Respond respond) const
{
    const std::string_view rest = std::string_view(request.path).substr(batchPath.size() + 1);
    const std::size_t split = rest.find(eventsPart);
    const std::string_view type = request.header("Content-Type");
    RoomBroadcast broadcast;
    broadcast.asUserBroadcast = true;
    broadcast.isJson = type.starts_with("application/json");
    if (!broadcast.isJson && !type.starts_with("application/octet-stream")) {
        respond(Response::json(415,
            R"({"error":"Unsupported Media Type. Use application/json or application/octet-stream"})"));
        return;
    }
    broadcast.topic = percentDecoded(rest.substr(0, split), false);
    broadcast.event = percentDecoded(rest.substr(split + eventsPart.size()), false);
    broadcast.isPrivate = request.parameter("private") == "true";
    broadcast.payload = std::string(request.body());
    if (broadcast.isJson && !RawJson::isValid(broadcast.payload)) {
        respond(Response{400, {{"Content-Type", "text/plain"}}, "Bad Request"});
        return;
    }
    if (broadcast.payload.size() > m_payloadBytes) {
        respond(
            Response::json(422, R"({"errors":{"payload":["Payload size exceeds tenant limit"]}})"));
        return;
    }
    if (!broadcast.isPrivate) {
        m_hub->broadcast(std::move(broadcast));
        respond(Response::empty(202));
        return;
    }
    const bool submitted = m_pool.submit([hub = m_hub, identity, broadcast = std::move(broadcast),
                                             respond](PgConnection& connection) {
        const auto access = ChannelAccess::ofPrivateTopic(connection, broadcast.topic, *identity);
        if (access && access->writeBroadcast) {
            hub->broadcast(broadcast);
            respond(Response::empty(202));
        } else {
            respond(access ? message(403, "Unauthorized") : busy());
        }
    });
    if (!submitted) {
        respond(busy());
    }
}

} // namespace academy
