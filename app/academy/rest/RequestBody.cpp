// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/rest/RequestBody.h"

#include "academy/rest/CsvBody.h"
#include "academy/rest/JsonOutline.h"
#include "academy/rest/RestError.h"

#include <algorithm>
#include <set>

namespace academy {

namespace {

constexpr std::string_view jsonType = "application/json";
constexpr std::string_view csvType = "text/csv";
constexpr std::string_view formType = "application/x-www-form-urlencoded";

std::string typeOf(const Request& request)
{
    std::string_view header = request.header("content-type");
    header = header.substr(0, header.find(';'));
    while (header.ends_with(' ')) {
        header.remove_suffix(1);
    }
    if (header.empty()) {
        return std::string(jsonType);
    }
    std::string type(header);
    std::ranges::transform(type, type.begin(),
        [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return type;
}

RestError emptyOrInvalid()
{
    return RestError::invalidBody("Empty or invalid json");
}

RestError unacceptable(const std::string& type)
{
    return RestError::invalidBody("Content-Type not acceptable: " + type);
}

Query::Pairs formPairs(const Request& request)
{
    Request form;
    form.query = std::string(request.body());
    return form.parameters();
}

void readJson(RequestBody& body, bool checksKeys)
{
    const auto outline = JsonOutline::of(body.text);
    if (!outline) {
        throw emptyOrInvalid();
    }
    body.isObject = outline->kind == JsonOutline::Kind::Object;
    body.keys = outline->keys;
    body.rows = outline->rows;
    if (checksKeys && outline->kind == JsonOutline::Kind::Array && !outline->isUniform) {
        throw RestError::invalidBody("All object keys must match");
    }
}

std::vector<std::string> names(const Query::Pairs& pairs)
{
    std::set<std::string> sorted;
    for (const auto& [name, value] : pairs) {
        sorted.insert(name);
    }
    return {sorted.begin(), sorted.end()};
}

} // namespace

RequestBody RequestBody::forTable(const Request& request, bool hasColumns)
{
    RequestBody body;
    body.type = typeOf(request);
    body.text = std::string(request.body());
    if (body.type == csvType) {
        auto csv = isUtf8(body.text) ? CsvBody::of(body.text) : std::nullopt;
        if (!csv) {
            throw RestError::invalidBody("All lines must have same number of fields");
        }
        body.text = std::move(csv->json);
        body.keys = std::move(csv->columns);
        body.rows = csv->rows;
        return body;
    }
    if (body.type == formType) {
        body.form = formPairs(request);
        body.text = "{";
        for (const auto& [name, value] : body.form) {
            body.text
                += (body.text.size() > 1 ? "," : "") + jsonQuoted(name) + ":" + jsonQuoted(value);
        }
        body.text += "}";
    } else if (body.type != jsonType && !body.type.ends_with("+json")) {
        throw unacceptable(body.type);
    }
    readJson(body, !hasColumns);
    return body;
}

RequestBody RequestBody::forFunction(const Request& request)
{
    RequestBody body;
    body.type = typeOf(request);
    body.text = std::string(request.body());
    if (body.type == formType) {
        body.kind = Kind::Form;
        body.form = formPairs(request);
        body.keys = names(body.form);
    } else if (body.type == "text/plain" || body.type == "text/xml"
        || body.type == "application/octet-stream") {
        body.kind = Kind::Raw;
    } else if (body.type == jsonType || body.type.ends_with("+json")) {
        body.type = std::string(jsonType);
        if (body.text.empty()) {
            body.text = "{}";
        }
        readJson(body, false);
    } else {
        throw unacceptable(body.type);
    }
    return body;
}

} // namespace academy
