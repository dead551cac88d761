// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/rest/RestAnswer.h"

#include "academy/rest/RestError.h"
#include "academy/rest/Statement.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUrl>

#include <algorithm>
#include <charconv>

namespace academy {

namespace {

using Return = Preferences::Return;

std::string percentEncoded(const std::string& text)
{
    return QUrl::toPercentEncoding(QString::fromStdString(text)).toStdString();
}

/// The query as it was understood: decoded, sorted by name, encoded again.
std::string canonicalQuery(const Request& request)
{
    auto pairs = request.parameters();
    std::erase_if(pairs, [](const auto& pair) { return pair.first == "apikey"; });
    std::ranges::stable_sort(pairs, {}, [](const auto& pair) { return pair.first; });
    std::string text;
    for (const auto& [name, value] : pairs) {
        text += (text.empty() ? "?" : "&") + percentEncoded(name) + "=" + percentEncoded(value);
    }
    return text;
}

void applyHeaders(Response& response, const std::string& json)
{
    const RestError wrong{500, "PGRST111",
        "response.headers guc must be a JSON array composed of objects with a single key and a "
        "string value",
        {}, {}, {}, {}};
    const auto document = QJsonDocument::fromJson(QByteArray::fromStdString(json));
    if (!document.isArray()) {
        throw wrong;
    }
    for (const QJsonValue& entry : document.array()) {
        const QJsonObject object = entry.toObject();
        const auto member = object.begin();
        if (object.size() != 1 || !member.value().isString()) {
            throw wrong;
        }
        const std::string name = member.key().toStdString();
        std::string value = member.value().toString().toStdString();
        // What cannot stand in a header would let a function write another response.
        const bool clean = !name.empty()
            && std::ranges::all_of(name, [](char c) { return c > ' ' && c < 127 && c != ':'; })
            && std::ranges::none_of(
                value, [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
        if (!clean) {
            throw wrong;
        }
        std::erase_if(response.headers, [&](const auto& header) {
            return std::ranges::equal(header.first, name, [](char a, char b) {
                const auto lower
                    = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
                return lower(a) == lower(b);
            }) && name != "Set-Cookie";
        });
        response.with(name, std::move(value));
    }
}

} // namespace

RestOutcome RestOutcome::of(const PgResult& result)
{
    RestOutcome outcome;
    if (!result.isNull(0, TotalColumn)) {
        outcome.total = result.number(0, TotalColumn);
    }
    outcome.rows = result.number(0, RowsColumn);
    outcome.body = result.text(0, BodyColumn);
    outcome.headers = result.text(0, HeadersColumn);
    outcome.status = result.text(0, StatusColumn);
    if (!result.isNull(0, InsertedColumn)) {
        outcome.inserted = result.number(0, InsertedColumn);
    }
    outcome.location = result.text(0, LocationColumn);
    return outcome;
}

bool RestAnswer::hasBody() const
{
    return !returnsVoid && (!isChange() || wanted.returning == Return::Representation);
}

void RestAnswer::check(const RestOutcome& outcome) const
{
    if (action == RestAction::Put && outcome.rows != 1) {
        throw RestError{400, "PGRST115", "Payload values do not match URL in primary key column(s)",
            {}, {}, {}, {}};
    }
    if (oneObject && hasBody() && outcome.rows != 1) {
        throw RestError::notOneRow(outcome.rows);
    }
    const bool limits = action == RestAction::Update || action == RestAction::Delete
        || action == RestAction::Call;
    if (limits && wanted.isStrict && wanted.maxAffected) {
        if (!returnsRows) {
            throw RestError{400, "PGRST128",
                "Function must return SETOF or TABLE when max-affected preference is used with "
                "handling=strict",
                {}, {}, {}, {}};
        }
        if (outcome.rows > *wanted.maxAffected) {
            throw RestError::tooManyAffected(outcome.rows);
        }
    }
    if (!isChange() && outcome.total && offset > *outcome.total) {
        RestError beyond = RestError::invalidRange("An offset of " + std::to_string(offset)
            + " was requested, but there are only " + std::to_string(*outcome.total) + " rows.");
        beyond.headers.emplace_back("Content-Range", "*/" + std::to_string(*outcome.total));
        throw beyond;
    }
}

unsigned RestAnswer::status(const RestOutcome& outcome) const
{
    const bool shows = wanted.returning == Return::Representation;
    const bool isNew = outcome.inserted.value_or(0) > 0;
    switch (action) {
    case RestAction::Insert:
        return appliesResolution && wanted.resolution == Preferences::Resolution::MergeDuplicates
                && !isNew
            ? 200
            : 201;
    case RestAction::Put:
        return shows ? (isNew ? 201 : 200) : 204;
    case RestAction::Update:
    case RestAction::Delete:
        return shows ? 200 : 204;
    case RestAction::Read:
    case RestAction::Call:
        break;
    }
    if (returnsVoid) {
        return 204;
    }
    return outcome.total && outcome.rows < *outcome.total ? 206 : 200;
}

std::string RestAnswer::contentRange(const RestOutcome& outcome) const
{
    const bool counts = wanted.count != Count::None;
    if (isChange()) {
        const std::string all = counts ? std::to_string(outcome.rows) : "*";
        const bool lists = action == RestAction::Update && outcome.rows > 0;
        return (lists ? "0-" + std::to_string(outcome.rows - 1) : std::string("*")) + "/" + all;
    }
    const std::string all = outcome.total ? std::to_string(*outcome.total) : "*";
    return (outcome.rows == 0
                   ? std::string("*")
                   : std::to_string(offset) + "-" + std::to_string(offset + outcome.rows - 1))
        + "/" + all;
}

std::string RestAnswer::applied() const
{
    std::set<std::string> kinds{"count", "handling", "timezone"};
    if (allowsTx) {
        kinds.insert("tx");
    }
    if (isChange()) {
        kinds.insert("return");
    }
    if (appliesResolution) {
        kinds.insert("resolution");
    }
    if (action == RestAction::Insert || action == RestAction::Update) {
        kinds.insert("missing");
    }
    if (action == RestAction::Update || action == RestAction::Delete
        || action == RestAction::Call) {
        kinds.insert("max-affected");
    }
    return wanted.applied(kinds);
}

/// "/table?key=eq.value" of the row that was inserted.
std::string RestAnswer::location(const RestOutcome& outcome) const
{
    const QJsonObject key
        = QJsonDocument::fromJson(QByteArray::fromStdString(outcome.location)).object();
    std::string text;
    for (auto member = key.begin(); member != key.end(); ++member) {
        const std::string value = member.value().toVariant().toString().toStdString();
        text += (text.empty() ? "?" : "&") + percentEncoded(member.key().toStdString()) + "="
            + (member.value().isNull() ? std::string("is.null") : percentEncoded("eq." + value));
    }
    return "/" + percentEncoded(name) + text;
}

Response RestAnswer::response(const RestOutcome& outcome) const
{
    Response response{status(outcome), {}, {}};
    if (hasBody()) {
        response.with("Content-Type", type.contentType());
        response.body = outcome.body;
    }
    if (action != RestAction::Put) {
        response.with("Content-Range", contentRange(outcome));
    }
    if (action == RestAction::Read) {
        response.with("Content-Location", "/" + percentEncoded(name) + canonicalQuery(request));
    }
    response.with("Vary", "Accept, Prefer, Range");
    if (!outcome.location.empty()) {
        response.with("Location", location(outcome));
    }
    if (!profile.empty() && hasBody()) {
        response.with("Content-Profile", profile);
    }
    if (const std::string preferences = applied(); !preferences.empty()) {
        response.with("Preference-Applied", preferences);
    }
    if (!outcome.status.empty()) {
        unsigned own = 0;
        const char* end = outcome.status.data() + outcome.status.size();
        const auto read = std::from_chars(outcome.status.data(), end, own);
        if (read.ec != std::errc() || own < 200 || own > 599) {
            throw RestError{
                500, "PGRST112", "response.status guc must be a valid status code", {}, {}, {}, {}};
        }
        response.status = own;
    }
    if (!outcome.headers.empty()) {
        applyHeaders(response, outcome.headers);
    }
    return response;
}

} // namespace academy
