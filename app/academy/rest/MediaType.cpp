// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/rest/MediaType.h"

#include "academy/rest/RestError.h"

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <vector>

namespace academy {

namespace {

struct Wanted
{
    std::string name;
    bool stripsNulls = false;
    double quality = 1.0;
};

std::string cleaned(std::string_view text)
{
    std::string result;
    for (const char c : text) {
        if (c != ' ' && c != '\t') {
            result += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
        }
    }
    return result;
}

std::vector<std::string> split(std::string_view text, char separator)
{
    std::vector<std::string> parts;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(separator), text.size());
        parts.push_back(cleaned(text.substr(0, end)));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return parts;
}

std::vector<Wanted> parse(std::string_view accept)
{
    std::vector<Wanted> list;
    for (const std::string& entry : split(accept, ',')) {
        Wanted wanted;
        for (const std::string& part : split(entry, ';')) {
            if (part.starts_with("q=")) {
                wanted.quality = std::strtod(part.c_str() + 2, nullptr);
            } else if (part == "nulls=stripped") {
                wanted.stripsNulls = true;
            } else if (wanted.name.empty()) {
                wanted.name = part;
            }
        }
        list.push_back(std::move(wanted));
    }
    std::ranges::stable_sort(list, std::greater<>(), &Wanted::quality);
    return list;
}

std::optional<MediaType> understood(const Wanted& wanted, bool isRoot)
{
    using Kind = MediaType::Kind;
    const std::string& name = wanted.name;
    const bool any = name == "*/*" || name == "application/*" || name == "application/json";
    if (isRoot) {
        return any || name == "application/openapi+json"
            ? std::optional(MediaType{Kind::OpenApi, false})
            : std::nullopt;
    }
    if (any) {
        return MediaType{Kind::Json, false};
    }
    if (name == "application/vnd.pgrst.object+json" || name == "application/vnd.pgrst.object") {
        return MediaType{Kind::Object, wanted.stripsNulls};
    }
    if (name == "application/vnd.pgrst.array+json" || name == "application/vnd.pgrst.array") {
        return MediaType{wanted.stripsNulls ? Kind::Array : Kind::Json, wanted.stripsNulls};
    }
    if (name == "text/csv") {
        return MediaType{Kind::Csv, false};
    }
    return std::nullopt;
}

} // namespace

MediaType MediaType::of(std::string_view accept, bool isRoot)
{
    const auto list = parse(accept.empty() ? std::string_view("*/*") : accept);
    std::string names;
    for (const Wanted& wanted : list) {
        if (const auto type = understood(wanted, isRoot)) {
            return *type;
        }
        names += (names.empty() ? "" : ", ") + wanted.name;
    }
    throw RestError{
        406, "PGRST107", "None of these media types are available: " + names, {}, {}, {}, {}};
}

std::string MediaType::contentType() const
{
    const std::string nulls = stripsNulls ? ";nulls=stripped" : "";
    switch (kind) {
    case Kind::Object:
        return "application/vnd.pgrst.object+json" + nulls + "; charset=utf-8";
    case Kind::Array:
        return "application/vnd.pgrst.array+json" + nulls + "; charset=utf-8";
    case Kind::Csv:
        return "text/csv; charset=utf-8";
    case Kind::OpenApi:
        return "application/openapi+json; charset=utf-8";
    case Kind::Json:
        break;
    }
    return "application/json; charset=utf-8";
}

} // namespace academy
