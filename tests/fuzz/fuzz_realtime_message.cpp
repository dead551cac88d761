// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/realtime/ChangeFilter.h"
#include "academy/realtime/Frames.h"
#include "academy/realtime/JoinConfig.h"
#include "academy/realtime/RawJson.h"
#include "academy/rest/JsonOutline.h"
#include "fuzz/FuzzTarget.h"

namespace {

using namespace academy;

void readFilter(const std::string& text)
{
    auto parsed = parseFilter(text);
    if (!std::holds_alternative<std::vector<Condition>>(parsed)) {
        return;
    }
    for (Condition& condition : std::get<std::vector<Condition>>(parsed)) {
        mustHold(condition.op == Condition::Operator::In || condition.values.size() == 1);
        condition.sqlType = "text";
        // No text of a client's is SQL.
        const std::string sql = conditionSql(condition);
        mustHold(sql.find_first_of("'\";-") == std::string::npos);
        for (const pgoutput::Oid type : {16U, 20U, 25U, 1184U}) {
            condition.type = type;
            (void)evaluate(condition, {pgoutput::Cell::Kind::Text, "5"});
            (void)evaluate(condition, {});
        }
    }
}

void read(const ClientMessage& message)
{
    const JoinConfig config = JoinConfig::read(message.payload, message.topic);
    for (const Binding& binding : config.bindings) {
        readFilter(binding.filter);
        mustHold(RawJson::isValid(binding.echo));
    }
    (void)accessTokenOf(message.payload);
    (void)frames::message(PhoenixVersion::V2, message.joinRef, message.ref, message.topic,
        message.event, message.payload);
}

} // namespace

/// What a client may send: the first byte chooses the serializer.
FUZZ_TARGET(realtime_message)
{
    if (size == 0) {
        return 0;
    }
    const QByteArrayView bytes = viewOf(data + 1, size - 1);
    const std::string_view text(bytes.data(), std::size_t(bytes.size()));
    const bool isBinary = data[0] % 3 == 2;
    const auto version = data[0] % 3 == 0 ? PhoenixVersion::V1 : PhoenixVersion::V2;
    if (const auto message = frames::decode(version, isBinary, text)) {
        read(*message);
        if (!isBinary) {
            mustHold(RawJson::isValid(message->payload));
        }
    }
    if (RawJson::isValid(text)) {
        mustHold(isUtf8(text));
    }
    return 0;
}
