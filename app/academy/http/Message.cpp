// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/http/Message.h"

#include <algorithm>

namespace academy {

namespace {

int hexDigit(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    if (c >= 'a' && c <= 'f') {
        return c - 'a' + 10;
    }
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

bool sameWithoutCase(std::string_view left, std::string_view right)
{
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    return std::ranges::equal(left, right, {}, lower, lower);
}

std::string_view view(boost::beast::string_view text)
{
    return {text.data(), text.size()};
}

} // namespace

std::string_view Request::method() const
{
    return view(raw.method_string());
}

std::string_view Request::header(std::string_view name) const
{
    const auto found = raw.find(boost::beast::string_view(name.data(), name.size()));
    return found == raw.end() ? std::string_view() : view(found->value());
}

std::vector<std::string_view> Request::headers(std::string_view name) const
{
    std::vector<std::string_view> values;
    const auto range = raw.equal_range(boost::beast::string_view(name.data(), name.size()));
    for (auto field = range.first; field != range.second; ++field) {
        values.push_back(view(field->value()));
    }
    return values;
}

std::string_view Request::bearer() const
{
    constexpr std::string_view scheme = "Bearer ";
    const std::string_view value = header("authorization");
    if (value.size() <= scheme.size() || !sameWithoutCase(value.substr(0, scheme.size()), scheme)) {
        return {};
    }
    std::string_view token = value.substr(scheme.size());
    while (token.starts_with(' ')) {
        token.remove_prefix(1);
    }
    return token;
}

std::string Request::apiKey() const
{
    for (const std::string_view name : {"apikey", "x-api-key"}) {
        if (const std::string_view value = header(name); !value.empty()) {
            return std::string(value);
        }
    }
    return parameter("apikey");
}

std::vector<std::pair<std::string, std::string>> Request::parameters() const
{
    std::vector<std::pair<std::string, std::string>> pairs;
    std::string_view rest = query;
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find('&'), rest.size());
        const std::string_view pair = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        if (pair.empty()) {
            continue;
        }
        const std::size_t equals = std::min(pair.find('='), pair.size());
        pairs.emplace_back(percentDecoded(pair.substr(0, equals), true),
            percentDecoded(pair.substr(std::min(equals + 1, pair.size())), true));
    }
    return pairs;
}

std::string Request::parameter(std::string_view name) const
{
    for (auto& [key, value] : parameters()) {
        if (key == name) {
            return std::move(value);
        }
    }
    return {};
}

Response Response::json(unsigned status, std::string body)
{
    return Response{status, {{"Content-Type", "application/json; charset=utf-8"}}, std::move(body)};
}

Response Response::empty(unsigned status)
{
    return Response{status, {}, {}};
}

Response& Response::with(std::string name, std::string value)
{
    headers.emplace_back(std::move(name), std::move(value));
    return *this;
}

std::string percentDecoded(std::string_view text, bool plusIsSpace)
{
    std::string decoded;
    decoded.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size() && hexDigit(text[i + 1]) >= 0
            && hexDigit(text[i + 2]) >= 0) {
            decoded += static_cast<char>(hexDigit(text[i + 1]) * 16 + hexDigit(text[i + 2]));
            i += 2;
        } else {
            decoded += plusIsSpace && text[i] == '+' ? ' ' : text[i];
        }
    }
    return decoded;
}

std::string jsonQuoted(std::string_view text)
{
    constexpr std::string_view hex = "0123456789abcdef";
    std::string quoted = "\"";
    for (const char c : text) {
        switch (c) {
        case '"':
        case '\\':
            quoted += '\\';
            quoted += c;
            break;
        case '\n':
            quoted += "\\n";
            break;
        case '\r':
            quoted += "\\r";
            break;
        case '\t':
            quoted += "\\t";
            break;
        default:
            if (static_cast<unsigned char>(c) < 0x20) {
                quoted += "\\u00";
                quoted += hex[static_cast<unsigned char>(c) >> 4];
                quoted += hex[static_cast<unsigned char>(c) & 15];
            } else {
                quoted += c;
            }
        }
    }
    return quoted + '"';
}

} // namespace academy
