// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/realtime/BroadcastStore.h"

namespace academy::broadcaststore {
namespace {

constexpr char replaySql[]
    = "select id, event, payload::text, binary_payload is not null,"
      " encode(binary_payload, 'hex') from (select * from realtime.messages"
      " where topic = $1 and private and extension = 'broadcast'"
      " and inserted_at >= to_timestamp($2::int8 / 1000.0) at time zone current_setting('TimeZone')"
      " order by inserted_at desc limit $3::int4) newest order by inserted_at";
constexpr char keepJson[]
    = "insert into realtime.messages (topic, extension, private, event, payload, skip_broadcast)"
      " values ($1, 'broadcast', true, $2, $3::jsonb, true) returning id";
constexpr char keepBytes[]
    = "insert into realtime.messages (topic, extension, private, event, binary_payload,"
      " skip_broadcast) values ($1, 'broadcast', true, $2, decode($3, 'hex'), true) returning id";

/// Runs one statement in a transaction of its own that does not wait for ever.
PgResult runBriefly(PgConnection& connection, const char* sql, const PgParams& params)
{
    PgResult begun = connection.run("begin; set local statement_timeout = '5s'");
    if (!begun.ok()) {
        return begun;
    }
    PgResult result = connection.run(sql, params);
    PgResult ended = connection.run(result.ok() ? "commit" : "rollback");
    return result.ok() && !ended.ok() ? std::move(ended) : std::move(result);
}

std::string fromHex(std::string_view hex)
{
    const auto digit = [](char c) { return c <= '9' ? c - '0' : c - 'a' + 10; };
    std::string bytes;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
        bytes.push_back(static_cast<char>(digit(hex[i]) * 16 + digit(hex[i + 1])));
    }
    return bytes;
}

std::string toHex(std::string_view bytes)
{
    constexpr std::string_view digits = "0123456789abcdef";
    std::string hex;
    for (const char c : bytes) {
        hex += digits[static_cast<unsigned char>(c) >> 4U];
        hex += digits[static_cast<unsigned char>(c) & 15U];
    }
    return hex;
}

} // namespace

std::optional<std::vector<DatabaseBroadcast>> replay(
    PgConnection& connection, const std::string& topic, const JoinConfig::Replay& wanted)
{
    const PgResult rows = runBriefly(connection, replaySql,
        {topic, std::to_string(wanted.sinceMilliseconds), std::to_string(wanted.limit)});
    if (!rows.ok()) {
        return std::nullopt;
    }
    std::vector<DatabaseBroadcast> messages;
    for (int row = 0; row < rows.rows(); ++row) {
        DatabaseBroadcast message;
        message.id = std::string(rows.text(row, 0));
        message.event = std::string(rows.text(row, 1));
        message.isJson = !rows.truth(row, 3);
        message.payload
            = message.isJson ? std::string(rows.text(row, 2)) : fromHex(rows.text(row, 4));
        messages.push_back(std::move(message));
    }
    return messages;
}

std::variant<std::string, PgError> persist(PgConnection& connection, const std::string& topic,
    const ClientMessage::UserBroadcast& broadcast)
{
    const PgResult kept = runBriefly(connection, broadcast.isJson ? keepJson : keepBytes,
        {topic, broadcast.event, broadcast.isJson ? broadcast.payload : toHex(broadcast.payload)});
    if (!kept.ok()) {
        return kept.error();
    }
    return std::string(kept.text(0, 0));
}

} // namespace academy::broadcaststore
