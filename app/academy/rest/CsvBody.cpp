// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/rest/CsvBody.h"

#include "academy/http/Message.h"

namespace academy {

namespace {

using Line = std::vector<std::string>;

/// The lines of the text; nothing when a quote stays open.
std::optional<std::vector<Line>> linesOf(std::string_view text)
{
    std::vector<Line> lines;
    Line line;
    std::string field;
    bool quoted = false;
    bool any = false;
    const auto endField = [&] {
        line.push_back(std::move(field));
        field.clear();
    };
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (quoted) {
            if (c != '"') {
                field += c;
            } else if (i + 1 < text.size() && text[i + 1] == '"') {
                field += text[++i];
            } else {
                quoted = false;
            }
        } else if (c == '"' && field.empty()) {
            quoted = true;
            any = true;
        } else if (c == ',') {
            endField();
            any = true;
        } else if (c == '\n') {
            if (any || !field.empty()) {
                endField();
                lines.push_back(std::move(line));
                line.clear();
            }
            any = false;
        } else if (c != '\r' || i + 1 >= text.size() || text[i + 1] != '\n') {
            field += c;
            any = true;
        }
    }
    if (any || !field.empty()) {
        endField();
        lines.push_back(std::move(line));
    }
    return quoted ? std::nullopt : std::optional(std::move(lines));
}

} // namespace

std::optional<CsvBody> CsvBody::of(std::string_view text)
{
    const auto lines = linesOf(text);
    if (!lines || lines->empty()) {
        return std::nullopt;
    }
    CsvBody body;
    body.columns = lines->front();
    body.json = "[";
    for (std::size_t i = 1; i < lines->size(); ++i) {
        const Line& line = (*lines)[i];
        if (line.size() != body.columns.size()) {
            return std::nullopt;
        }
        body.json += body.rows++ == 0 ? "{" : ",{";
        for (std::size_t j = 0; j < line.size(); ++j) {
            body.json += (j == 0 ? "" : ",") + jsonQuoted(body.columns[j]) + ":"
                + (line[j] == "NULL" ? std::string("null") : jsonQuoted(line[j]));
        }
        body.json += "}";
    }
    body.json += "]";
    return body;
}

} // namespace academy
