// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/realtime/PresenceRoom.h"

#include "academy/http/Message.h"
#include "academy/realtime/RawJson.h"

#include <utility>

namespace academy {
namespace {

std::string userMembers(std::string_view payload)
{
    std::string out;
    if (const auto object = RawJson::object(payload)) {
        for (const auto& [name, value] : object->members) {
            if (name != "phx_ref" && name != "phx_ref_prev") {
                out += ',' + jsonQuoted(name) + ':';
                out += value;
            }
        }
    }
    return out;
}

std::string underKey(const std::string& key, const std::string& meta)
{
    return '{' + jsonQuoted(key) + ":{\"metas\":[" + meta + "]}}";
}

std::string diff(const std::string& joins, const std::string& leaves)
{
    return "{\"joins\":" + joins + ",\"leaves\":" + leaves + '}';
}

} // namespace

std::string PresenceRoom::Meta::json() const
{
    std::string out = "{\"phx_ref\":" + jsonQuoted(reference);
    if (!previous.empty()) {
        out += ",\"phx_ref_prev\":" + jsonQuoted(previous);
    }
    return out + members + '}';
}

std::optional<std::string> PresenceRoom::track(ChannelId channel, const std::string& key,
    std::string_view payload, const std::string& reference)
{
    Meta meta{key, reference, {}, userMembers(payload)};
    const auto present = m_metas.find(channel);
    if (present == m_metas.end()) {
        const std::string joins = underKey(key, meta.json());
        m_metas.emplace(channel, std::move(meta));
        return diff(joins, "{}");
    }
    if (present->second.members == meta.members) {
        return std::nullopt;
    }
    meta.previous = present->second.reference;
    const std::string leaves = underKey(present->second.key, present->second.json());
    const std::string joins = underKey(key, meta.json());
    present->second = std::move(meta);
    return diff(joins, leaves);
}

std::optional<std::string> PresenceRoom::untrack(ChannelId channel)
{
    const auto present = m_metas.find(channel);
    if (present == m_metas.end()) {
        return std::nullopt;
    }
    const std::string leaves = underKey(present->second.key, present->second.json());
    m_metas.erase(present);
    return diff("{}", leaves);
}

std::string PresenceRoom::state() const
{
    std::map<std::string, std::string> metas;
    for (const auto& [channel, meta] : m_metas) {
        std::string& list = metas[meta.key];
        list += (list.empty() ? "" : ",") + meta.json();
    }
    std::string out = "{";
    for (const auto& [key, list] : metas) {
        out += (out.size() > 1 ? "," : "") + jsonQuoted(key) + ":{\"metas\":[" + list + "]}";
    }
    return out + '}';
}

} // namespace academy
