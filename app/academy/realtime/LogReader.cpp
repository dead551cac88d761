// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/realtime/LogReader.h"

namespace academy {
namespace {

template <typename... Visitors> struct Overloaded : Visitors...
{
    using Visitors::operator()...;
};
template <typename... Visitors> Overloaded(Visitors...) -> Overloaded<Visitors...>;

std::string bytesOf(std::string_view hex)
{
    const auto digit = [](char c) { return c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10; };
    std::string bytes;
    if (hex.starts_with("\\x")) {
        hex.remove_prefix(2);
    }
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
        bytes.push_back(static_cast<char>(digit(hex[i]) * 16 + digit(hex[i + 1])));
    }
    return bytes;
}

} // namespace

LogReader::LogReader(Events events) : m_events(std::move(events)) { }

void LogReader::reset()
{
    m_relations.clear();
}

std::shared_ptr<const pgoutput::Relation> LogReader::relation(
    pgoutput::Oid oid, std::size_t cells) const
{
    const auto known = m_relations.find(oid);
    const bool fits = known != m_relations.end() && known->second->columns.size() == cells;
    return fits ? known->second : nullptr;
}

void LogReader::take(pgoutput::Message message)
{
    std::visit(Overloaded{
                   [this](const pgoutput::Begin& begin) { m_commitTime = begin.commitTime; },
                   [this](pgoutput::Relation& described) {
                       m_events.described(described.oid);
                       const pgoutput::Oid oid = described.oid;
                       m_relations[oid]
                           = std::make_shared<const pgoutput::Relation>(std::move(described));
                   },
                   [this](pgoutput::Insert& insert) {
                       auto table = relation(insert.relation, insert.row.size());
                       changed({Change::Kind::Insert, std::move(table), std::move(insert.row),
                           std::nullopt, m_commitTime});
                   },
                   [this](pgoutput::Update& update) {
                       auto table = relation(update.relation, update.row.size());
                       changed({Change::Kind::Update, std::move(table), std::move(update.row),
                           std::move(update.oldRow), m_commitTime});
                   },
                   [this](pgoutput::Delete& gone) {
                       auto table = relation(gone.relation, gone.oldRow.size());
                       changed({Change::Kind::Delete, std::move(table), std::nullopt,
                           std::move(gone.oldRow), m_commitTime});
                   },
                   [](const auto&) {},
               },
        message);
}

void LogReader::changed(Change change)
{
    if (!change.relation) {
        return;
    }
    if (change.relation->schema == "realtime" && change.relation->table.starts_with("messages")) {
        broadcast(change);
        return;
    }
    m_events.change(std::make_shared<const Change>(std::move(change)));
}

void LogReader::broadcast(const Change& change) const
{
    if (change.kind != Change::Kind::Insert) {
        return;
    }
    DatabaseBroadcast broadcast;
    broadcast.committed = change.commitTime;
    bool isBroadcast = false;
    bool isDelivered = false;
    bool hasPayload = false;
    for (std::size_t i = 0; i < change.row->size(); ++i) {
        const std::string& name = change.relation->columns[i].name;
        const pgoutput::Cell& cell = (*change.row)[i];
        if (cell.kind != pgoutput::Cell::Kind::Text) {
            continue;
        }
        if (name == "id") {
            broadcast.id = cell.text;
        } else if (name == "topic") {
            broadcast.topic = cell.text;
        } else if (name == "event") {
            broadcast.event = cell.text;
        } else if (name == "skip_broadcast") {
            isDelivered = cell.text == "t";
        } else if (name == "extension") {
            isBroadcast = cell.text == "broadcast";
        } else if (name == "private") {
            broadcast.isPrivate = cell.text == "t";
        } else if (name == "payload") {
            broadcast.payload = cell.text;
            hasPayload = true;
        } else if (name == "binary_payload") {
            broadcast.payload = bytesOf(cell.text);
            broadcast.isJson = false;
            hasPayload = true;
        }
    }
    if (isBroadcast && hasPayload && !isDelivered) {
        m_events.broadcast(std::move(broadcast));
    }
}

} // namespace academy
