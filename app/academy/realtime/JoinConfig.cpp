// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/realtime/JoinConfig.h"

#include "academy/http/Message.h"
#include "academy/realtime/RawJson.h"

#include <algorithm>
#include <charconv>

namespace academy {
namespace {

bool isTrue(const RawJson::Object& object, std::string_view name)
{
    const auto value = object.find(name);
    if (!value) {
        return false;
    }
    return *value == "true" || *value == "\"true\"" || *value == "\"True\"";
}

std::optional<std::int64_t> integerOf(const RawJson::Object& object, std::string_view name)
{
    const auto value = object.find(name);
    std::int64_t number = 0;
    if (!value
        || std::from_chars(value->data(), value->data() + value->size(), number).ec
            != std::errc()) {
        return std::nullopt;
    }
    return number;
}

/// A number in 0..2^27-1 that is the same for the same parameters (FNV-1a).
std::int64_t bindingId(const Binding& binding)
{
    std::uint32_t hash = 2166136261U;
    const auto mix = [&hash](std::string_view text) {
        for (const char c : text) {
            hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
        }
        hash = (hash ^ 0xffU) * 16777619U;
    };
    mix(binding.event);
    mix(binding.schema);
    mix(binding.table);
    mix(binding.filter);
    if (binding.select) {
        for (const std::string& column : *binding.select) {
            mix(column);
        }
    }
    return static_cast<std::int64_t>(hash & ((1U << 27U) - 1));
}

/// `postgres_changes_options`: wait is off unless asked for.
std::optional<std::chrono::milliseconds> waitOf(const RawJson::Object& config)
{
    constexpr std::int64_t usual = 15'000;
    constexpr std::int64_t most = 20'000;
    const auto options = config.object("postgres_changes_options");
    if (!options || !isTrue(*options, "wait")) {
        return std::nullopt;
    }
    const std::int64_t asked = integerOf(*options, "timeout").value_or(usual);
    return std::chrono::milliseconds(std::clamp<std::int64_t>(asked, 0, most));
}

std::optional<Binding> readBinding(std::string_view text)
{
    const auto object = RawJson::object(text);
    if (!object) {
        return std::nullopt;
    }
    Binding binding;
    const std::string event = object->string("event").value_or("*");
    binding.event = event == "INSERT" || event == "UPDATE" || event == "DELETE" ? event : "*";
    binding.schema = object->string("schema").value_or("*");
    binding.table = object->string("table").value_or("*");
    binding.filter = object->string("filter").value_or("");
    if (const auto select = object->find("select")) {
        if (const auto names = RawJson::array(*select); names && !names->empty()) {
            binding.select.emplace();
            for (const auto name : *names) {
                binding.select->push_back(RawJson::unquoted(name).value_or(std::string()));
            }
        }
    }
    binding.id = bindingId(binding);
    binding.echo = "{\"id\":" + std::to_string(binding.id);
    for (const auto& [name, value] : object->members) {
        if (name != "id" && !RawJson::isNull(value)) {
            binding.echo += ',' + jsonQuoted(name) + ':';
            binding.echo += value;
        }
    }
    binding.echo += '}';
    return binding;
}

/// `schema[:table[:column=eq.value]]`, the whole subscription of clients before `config` existed.
Binding legacyBinding(std::string_view subTopic)
{
    Binding binding;
    const std::size_t first = subTopic.find(':');
    binding.schema = std::string(subTopic.substr(0, first));
    binding.echo = ",\"schema\":" + jsonQuoted(binding.schema);
    if (first != std::string_view::npos) {
        const std::size_t second = subTopic.find(':', first + 1);
        binding.table = std::string(subTopic.substr(first + 1, second - first - 1));
        binding.echo += ",\"table\":" + jsonQuoted(binding.table);
        if (second != std::string_view::npos) {
            binding.filter = std::string(subTopic.substr(second + 1));
            binding.echo += ",\"filter\":" + jsonQuoted(binding.filter);
        }
    }
    binding.id = bindingId(binding);
    binding.echo = "{\"id\":" + std::to_string(binding.id) + binding.echo + '}';
    return binding;
}

} // namespace

std::optional<std::string> accessTokenOf(std::string_view payload)
{
    const auto object = RawJson::object(payload);
    if (!object) {
        return std::nullopt;
    }
    auto token = object->string("access_token");
    if (!token) {
        token = object->string("user_token");
    }
    return token && !token->starts_with("sb_") ? token : std::nullopt;
}

JoinConfig JoinConfig::read(std::string_view payload, std::string_view subTopic)
{
    JoinConfig config;
    config.accessToken = accessTokenOf(payload).value_or(std::string());
    const auto object = RawJson::object(payload);
    const auto members = object ? object->object("config") : std::nullopt;
    if (!members) {
        if (!object || !object->find("config")) {
            config.bindings.push_back(legacyBinding(subTopic));
        }
        return config;
    }
    config.isPrivate = isTrue(*members, "private");
    if (const auto broadcast = members->object("broadcast")) {
        config.acknowledge = isTrue(*broadcast, "ack");
        config.self = isTrue(*broadcast, "self");
        config.replicationReady = isTrue(*broadcast, "replication_ready");
        if (const auto replay = broadcast->object("replay")) {
            const auto since = integerOf(*replay, "since");
            if (since) {
                const auto limit = integerOf(*replay, "limit").value_or(25);
                config.replay
                    = Replay{*since, static_cast<int>(std::clamp<std::int64_t>(limit, 1, 25))};
            }
        }
    }
    if (const auto presence = members->object("presence")) {
        config.presence = isTrue(*presence, "enabled");
        config.presenceKey = presence->string("key").value_or("");
    }
    config.waitForChanges = waitOf(*members);
    if (const auto changes = members->find("postgres_changes")) {
        for (const auto entry : RawJson::array(*changes).value_or(std::vector<RawJson::Text>())) {
            if (auto binding = readBinding(entry)) {
                config.bindings.push_back(std::move(*binding));
            }
        }
    }
    return config;
}

} // namespace academy
