// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/realtime/RawJson.h"

#include "wire/JsonCursor.h"
#include "wire/JsonText.h"

namespace academy {
namespace {

constexpr int deepest = 256;

QByteArrayView view(std::string_view text)
{
    return {text.data(), static_cast<qsizetype>(text.size())};
}

RawJson::Text slice(QByteArrayView text)
{
    return {text.data(), static_cast<std::size_t>(text.size())};
}

} // namespace

std::optional<RawJson::Text> RawJson::Object::find(Text name) const
{
    for (auto it = members.rbegin(); it != members.rend(); ++it) {
        if (it->first == name) {
            return it->second;
        }
    }
    return std::nullopt;
}

std::optional<std::string> RawJson::Object::string(Text name) const
{
    const auto slice = find(name);
    return slice ? RawJson::unquoted(*slice) : std::nullopt;
}

std::optional<RawJson::Object> RawJson::Object::object(Text name) const
{
    const auto slice = find(name);
    return slice ? RawJson::object(*slice) : std::nullopt;
}

bool RawJson::isValid(Text text)
{
    return isStrictJson(view(text), deepest);
}

std::optional<RawJson::Object> RawJson::object(Text text)
{
    Object object;
    JsonCursor in(view(text));
    in.object([&](QByteArrayView name) {
        std::string called(slice(name));
        object.members.emplace_back(std::move(called), slice(in.skip()));
    });
    return in.finished() && isValid(text) ? std::optional(std::move(object)) : std::nullopt;
}

std::optional<std::vector<RawJson::Text>> RawJson::array(Text text)
{
    std::vector<Text> elements;
    JsonCursor in(view(text));
    in.array([&] { elements.push_back(slice(in.skip())); });
    return in.finished() && isValid(text) ? std::optional(std::move(elements)) : std::nullopt;
}

std::optional<std::string> RawJson::unquoted(Text text)
{
    JsonCursor in(view(text));
    const QString content = in.string();
    return in.finished() && isValid(text) ? std::optional(content.toStdString()) : std::nullopt;
}

} // namespace academy
