// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/realtime/Change.h"
#include "academy/realtime/LogReader.h"
#include "academy/realtime/RawJson.h"
#include "academy/rest/JsonOutline.h"
#include "fuzz/FuzzTarget.h"
#include "support/SomePgTypes.h"

namespace {

using namespace academy;

void show(const Change& change)
{
    static const PgTypes types = somepgtypes::all();
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
    static const PgTypes types = somepgtypes::all();
    for (const pgoutput::Oid oid : {16U, 17U, 20U, 701U, 1007U, 3802U, 7U}) {
        std::string json;
        types.appendJson(json, text, oid);
    }
    if (!isUtf8(text)) {
        return;
    }
    for (const pgoutput::Oid oid : {pgoutput::Oid(25), somepgtypes::word}) {
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
