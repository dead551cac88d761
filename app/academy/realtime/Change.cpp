// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/realtime/Change.h"

#include "academy/http/Message.h"

#include <algorithm>

namespace academy {
namespace {

constexpr std::size_t shortValue = 64;

bool isKey(const TableFacts& facts, const std::string& column)
{
    return std::any_of(facts.primaryKey.begin(), facts.primaryKey.end(),
        [&column](const auto& key) { return key.name == column; });
}

bool isShown(const ChangeView& view, const std::string& column)
{
    return view.readable.contains(column)
        && (view.select == nullptr || view.select->contains(column) || isKey(view.facts, column));
}

/// Writes the columns of one row that pass `wanted` and that the log carries.
template <typename CellOf, typename Wanted>
std::string recordJson(
    const Change& change, const ChangeView& view, bool shortened, CellOf cellOf, Wanted wanted)
{
    std::string out = "{";
    const auto& columns = change.relation->columns;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const pgoutput::Cell& cell = cellOf(i);
        if (cell.kind == pgoutput::Cell::Kind::Unchanged || !wanted(columns[i])
            || !isShown(view, columns[i].name) || (shortened && cell.text.size() > shortValue)) {
            continue;
        }
        out += (out.size() > 1 ? "," : "") + jsonQuoted(columns[i].name) + ':';
        if (cell.kind == pgoutput::Cell::Kind::Null) {
            out += "null";
        } else {
            view.types.appendJson(out, cell.text, columns[i].type);
        }
    }
    return out + '}';
}

std::size_t textSize(const pgoutput::Row& row)
{
    std::size_t size = 0;
    for (const pgoutput::Cell& cell : row) {
        size += cell.text.size();
    }
    return size;
}

std::string head(const Change& change)
{
    return "{\"table\":" + jsonQuoted(change.relation->table) + ",\"type\":\""
        + std::string(change.kindName()) + '"';
}

std::string oldRecord(const Change& change, const ChangeView& view, bool shortened)
{
    const bool whole = change.relation->identity == 'f';
    const bool keyOnly = !whole || (change.kind == Change::Kind::Delete && view.facts.rowSecurity);
    // Without an old row in the log the key did not change.
    const pgoutput::Row& row = change.oldRow ? *change.oldRow : *change.row;
    const auto wanted = [&](const pgoutput::Column& column) {
        if (!keyOnly) {
            return true;
        }
        return whole ? isKey(view.facts, column.name) : column.identity;
    };
    return recordJson(
        change, view, shortened, [&row](std::size_t i) -> const pgoutput::Cell& { return row[i]; },
        wanted);
}

} // namespace

std::string_view Change::kindName() const
{
    switch (kind) {
    case Kind::Insert:
        return "INSERT";
    case Kind::Update:
        return "UPDATE";
    case Kind::Delete:
        break;
    }
    return "DELETE";
}

const pgoutput::Cell& Change::cell(std::size_t column) const
{
    const pgoutput::Cell& current = image()[column];
    const bool carried = current.kind != pgoutput::Cell::Kind::Unchanged;
    return carried || !oldRow || !row || relation->identity != 'f' ? current : (*oldRow)[column];
}

bool Subscription::listensTo(std::string_view changedSchema, std::string_view changedTable) const
{
    return (schema == "*" || schema == changedSchema) && (table == "*" || table == changedTable);
}

Verdict Subscription::wants(const Change& change) const
{
    if ((event != "*" && event != change.kindName())
        || !listensTo(change.relation->schema, change.relation->table)) {
        return Verdict::No;
    }
    Verdict all = Verdict::Yes;
    const auto& columns = change.relation->columns;
    for (const Condition& condition : conditions) {
        const auto column = std::find_if(columns.begin(), columns.end(),
            [&condition](const auto& candidate) { return candidate.name == condition.column; });
        if (column == columns.end()) {
            return Verdict::No;
        }
        const auto place = static_cast<std::size_t>(column - columns.begin());
        switch (evaluate(condition, change.cell(place))) {
        case Verdict::No:
            return Verdict::No;
        case Verdict::AskDatabase:
            all = Verdict::AskDatabase;
            break;
        case Verdict::Yes:
            break;
        }
    }
    return all;
}

std::string changeData(const Change& change, const ChangeView& view)
{
    const std::size_t size
        = (change.row ? textSize(*change.row) : 0) + (change.oldRow ? textSize(*change.oldRow) : 0);
    const bool shortened = size > view.recordBytes;
    std::string out = head(change);
    if (change.row) {
        out += ",\"record\":"
            + recordJson(
                change, view, shortened,
                [&change](std::size_t i) -> const pgoutput::Cell& { return change.cell(i); },
                [](const pgoutput::Column&) { return true; });
    }
    out += ",\"columns\":[";
    bool first = true;
    for (const pgoutput::Column& column : change.relation->columns) {
        if (isShown(view, column.name)) {
            out += first ? "" : ",";
            out += "{\"name\":" + jsonQuoted(column.name)
                + ",\"type\":" + jsonQuoted(view.types.name(column.type)) + '}';
            first = false;
        }
    }
    out += shortened ? "],\"errors\":[\"Error 413: Payload Too Large\"]" : "],\"errors\":null";
    out += ",\"schema\":" + jsonQuoted(change.relation->schema) + ",\"commit_timestamp\":\""
        + isoMilliseconds(change.commitTime) + '"';
    if (change.kind != Change::Kind::Insert) {
        out += ",\"old_record\":" + oldRecord(change, view, shortened);
    }
    return out + '}';
}

std::string changeRefusal(const Change& change, std::string_view error)
{
    std::string out = head(change) + ",\"record\":{},\"columns\":[],\"errors\":["
        + jsonQuoted(error) + "],\"schema\":" + jsonQuoted(change.relation->schema)
        + ",\"commit_timestamp\":null";
    if (change.kind == Change::Kind::Update) {
        out += ",\"old_record\":{}";
    }
    return out + '}';
}

} // namespace academy
