// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/realtime/Change.h"
#include "academy/realtime/LogReader.h"
#include "academy/realtime/RawJson.h"
#include "academy/rest/JsonOutline.h"
#include "fuzz/FuzzTarget.h"

namespace {

using namespace academy;

/// Of the types of the corpus, and one that is not known.
PgTypes someTypes()
{
    PgTypes types;
    types.add(16, {"bool", 0, 0});
    types.add(17, {"bytea", 0, 0});
    types.add(20, {"int8", 0, 0});
    types.add(25, {"text", 0, 0});
    types.add(701, {"float8", 0, 0});
    types.add(1007, {"_int4", 23, 0});
    types.add(1009, {"_text", 25, 0});
    types.add(1184, {"timestamptz", 0, 0});
    types.add(3802, {"jsonb", 0, 0});
    types.add(90000, {"word", 0, 25});
    return types;
}

void show(const Change& change)
{
    static const PgTypes types = someTypes();
    TableFacts facts;
    std::set<std::string> readable;
    for (const pgoutput::Column& column : change.relation->columns) {
        readable.insert(column.name);
        if (column.identity) {
            facts.primaryKey.push_back({column.name, "text"});
        }
    }
    for (const std::size_t most : {std::size_t(0), std::size_t(1024)}) {
        (void)changeData(change, {facts, types, readable, nullptr, most});
    }
    (void)changeRefusal(change, "no");
    Subscription all;
    all.event = all.schema = all.table = "*";
    mustHold(all.wants(change) == Verdict::Yes);
}

/// Texts become JSON whatever they hold, as long as they are UTF-8.
void convert(std::string_view text)
{
    static const PgTypes types = someTypes();
    for (const pgoutput::Oid oid : {16U, 17U, 20U, 701U, 1007U, 3802U, 7U}) {
        std::string json;
        types.appendJson(json, text, oid);
    }
    if (!isUtf8(text)) {
        return;
    }
    for (const pgoutput::Oid oid : {25U, 90000U}) {
        std::string json;
        types.appendJson(json, text, oid);
        mustHold(RawJson::isValid(json));
    }
}

} // namespace

/// Messages of the log, one after the other, each behind its length in two bytes.
FUZZ_TARGET(pgoutput)
{
    LogReader reader({[](const ChangePtr& change) { show(*change); },
        [](const DatabaseBroadcast&) {}, [](pgoutput::Oid) {}});
    const QByteArrayView bytes = viewOf(data, size);
    std::string_view rest(bytes.data(), std::size_t(bytes.size()));
    while (rest.size() >= 2) {
        const std::size_t length = std::size_t(static_cast<unsigned char>(rest[0])) << 8U
            | static_cast<unsigned char>(rest[1]);
        const std::string_view message = rest.substr(2, length);
        rest.remove_prefix(2 + message.size());
        convert(message);
        if (auto decoded = pgoutput::decode(message)) {
            reader.take(std::move(*decoded));
        }
    }
    return 0;
}
