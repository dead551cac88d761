// SPDX-License-Identifier: GPL-3.0-or-later
#include "WireText.h"

#include "academy/http/Message.h"
#include "academy/realtime/RawJson.h"

#include <algorithm>
#include <optional>
#include <vector>

using academy::jsonQuoted;
using academy::RawJson;

namespace {

bool isHex(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
}

/// Random ids become <uuid>; those of the people of the conversations, 11111111-… and the like,
/// stay.
std::string withoutUuids(std::string_view text)
{
    constexpr std::string_view shape = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
    std::string out;
    for (std::size_t i = 0; i < text.size();) {
        const std::string_view here = text.substr(i, shape.size());
        const bool isUuid = here.size() == shape.size()
            && std::equal(here.begin(), here.end(), shape.begin(),
                [](char c, char wanted) { return wanted == 'x' ? isHex(c) : c == wanted; });
        const bool isPerson = isUuid && here.find_first_not_of(here.front()) >= 8;
        if (isUuid && !isPerson) {
            out += "<uuid>";
            i += shape.size();
        } else {
            out += text[i++];
        }
    }
    return out;
}

/// "expired 61 seconds ago" says how long the test took.
std::string withoutSeconds(std::string text)
{
    constexpr std::string_view start = "Token has expired ";
    constexpr std::string_view end = " seconds ago";
    const std::size_t found = text.find(start);
    const std::size_t stop = found == std::string::npos ? found : text.find(end, found);
    if (stop != std::string::npos) {
        text.replace(found + start.size(), stop - found - start.size(), "<n>");
    }
    return text;
}

template <typename Value>
std::string joined(const std::vector<std::string>& parts, Value open, Value close)
{
    std::string out(1, open);
    for (const std::string& part : parts) {
        out += (out.size() > 1 ? "," : "") + part;
    }
    return out + close;
}

std::string scalar(std::string_view json)
{
    const auto text = RawJson::unquoted(json);
    return text ? jsonQuoted(withoutSeconds(withoutUuids(*text))) : std::string(json);
}

std::size_t length(const std::string& bytes, std::size_t at)
{
    return static_cast<unsigned char>(bytes[at]);
}

std::string hex(std::string_view bytes)
{
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    for (const char c : bytes) {
        out += digits[static_cast<unsigned char>(c) >> 4U];
        out += digits[static_cast<unsigned char>(c) & 15U];
    }
    return out;
}

} // namespace

std::string sortedJson(std::string_view json)
{
    if (const auto object = RawJson::object(json)) {
        std::vector<std::string> members;
        for (const auto& [name, value] : object->members) {
            members.push_back(jsonQuoted(name) + ':' + sortedJson(value));
        }
        std::sort(members.begin(), members.end());
        return joined(members, '{', '}');
    }
    if (const auto array = RawJson::array(json)) {
        std::vector<std::string> elements;
        for (const auto element : *array) {
            elements.push_back(sortedJson(element));
        }
        return joined(elements, '[', ']');
    }
    const auto text = RawJson::unquoted(json);
    return text ? jsonQuoted(*text) : std::string(json);
}

std::string WireText::comparable(std::string_view json)
{
    if (const auto object = RawJson::object(json)) {
        std::vector<std::string> members;
        for (const auto& [name, value] : object->members) {
            members.push_back(
                jsonQuoted(withoutUuids(name)) + ':' + comparableMember(name, value));
        }
        std::sort(members.begin(), members.end());
        return joined(members, '{', '}');
    }
    if (const auto array = RawJson::array(json)) {
        std::vector<std::string> elements;
        for (const auto element : *array) {
            elements.push_back(comparable(element));
        }
        return joined(elements, '[', ']');
    }
    return scalar(json);
}

std::string WireText::comparableMember(const std::string& name, std::string_view value)
{
    if (name == "phx_ref" || name == "phx_ref_prev") {
        return "<ref>";
    }
    if (name == "commit_timestamp" && !RawJson::isNull(value)) {
        return "<time>";
    }
    if (name == "postgres_changes" && RawJson::array(value)) {
        return bindings(value);
    }
    if (name == "ids") {
        return ids(value);
    }
    return comparable(value);
}

std::string WireText::bindings(std::string_view list)
{
    std::vector<std::string> texts;
    const auto elements = RawJson::array(list).value_or(std::vector<RawJson::Text>());
    for (const auto element : elements) {
        std::string id;
        std::vector<std::string> members;
        const auto object = RawJson::object(element).value_or(RawJson::Object());
        for (const auto& [name, value] : object.members) {
            if (name == "id") {
                id = std::string(value);
            } else {
                members.push_back(jsonQuoted(name) + ':' + comparable(value));
            }
        }
        std::sort(members.begin(), members.end());
        texts.push_back(joined(members, '{', '}'));
        m_bindings[id] = texts.back();
    }
    return joined(texts, '[', ']');
}

std::string WireText::ids(std::string_view list)
{
    std::vector<std::string> texts;
    for (const auto id : RawJson::array(list).value_or(std::vector<RawJson::Text>())) {
        const auto known = m_bindings.find(std::string(id));
        texts.push_back(known == m_bindings.end() ? "unknown binding" : known->second);
    }
    std::sort(texts.begin(), texts.end());
    return joined(texts, '[', ']');
}

WireText::Summary WireText::read(const WireFrame& frame)
{
    Summary summary;
    switch (frame.kind) {
    case WireFrame::Kind::Pong:
        return {"pong", {}, "pong", true, {}};
    case WireFrame::Kind::Closed:
        return {frame.closeCode == 0 ? "an end without a close: " + frame.bytes
                                     : "close " + std::to_string(frame.closeCode),
            {}, "close", false, {}};
    case WireFrame::Kind::Binary: {
        const std::string& bytes = frame.bytes;
        if (bytes.size() < 5 || bytes[0] != 4) {
            return {"binary " + hex(bytes), {}, {}, true, {}};
        }
        const std::size_t topic = length(bytes, 1);
        const std::size_t event = length(bytes, 2);
        const std::size_t metadata = length(bytes, 3);
        summary.topic = bytes.substr(5, topic);
        summary.event = "broadcast";
        summary.isFanOut = true;
        const std::string meta = bytes.substr(5 + topic + event, metadata);
        const std::string payload = bytes.substr(5 + topic + event + metadata);
        summary.text = "binary " + summary.topic + ' ' + bytes.substr(5 + topic, event) + ' '
            + (meta.empty() ? "-" : comparable(meta)) + ' '
            + (bytes[4] != 0 ? comparable(payload) : hex(payload));
        if (const auto object = RawJson::object(meta)) {
            summary.moment = object->string("id").value_or(std::string());
        }
        return summary;
    }
    case WireFrame::Kind::Text:
        break;
    }
    summary.text = comparable(frame.bytes);
    std::string_view payload;
    if (const auto array = RawJson::array(frame.bytes); array && array->size() == 5) {
        summary.topic = RawJson::unquoted((*array)[2]).value_or(std::string());
        summary.event = RawJson::unquoted((*array)[3]).value_or(std::string());
        payload = (*array)[4];
    } else if (const auto object = RawJson::object(frame.bytes)) {
        summary.topic = object->string("topic").value_or(std::string());
        summary.event = object->string("event").value_or(std::string());
        payload = object->find("payload").value_or(std::string_view());
    }
    summary.isFanOut = summary.event == "broadcast" || summary.event == "presence_diff"
        || summary.event == "postgres_changes";
    if (const auto object = RawJson::object(payload)) {
        if (const auto data = object->object("data")) {
            summary.moment = data->string("commit_timestamp").value_or(std::string());
        } else if (const auto metadata = object->object("meta")) {
            summary.moment = metadata->string("id").value_or(std::string());
        }
    }
    return summary;
}
