// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz/FuzzTarget.h"
#include "wire/Json.h"
#include "wire/JsonText.h"

namespace {

void readEverything(const QJsonValue& value)
{
    JsonReader in(value, "fuzz");
    (void)in.string("s");
    (void)in.integer("i");
    (void)in.number("n");
    (void)in.boolean("b");
    (void)in.object("o");
    (void)in.array("a");
    (void)in.timestamp("t");
    (void)in.optionalInteger("oi");
    (void)in.optionalTimestamp("ot");
    mustHold(in.ok() != in.error().has_value());
}

} // namespace

/// The parser, the text walker and the writer agree on what is JSON.
FUZZ_TARGET(json)
{
    const QByteArrayView text = viewOf(data, size);
    (void)parseTimestamp(QString::fromUtf8(text));
    const auto elements = jsonElements(text);
    const auto members = jsonMembers(text);
    const Result<QJsonValue> value = parseJson(text);
    if (!value.ok() || !QUtf8StringView(text).isValidUtf8()) {
        return 0; // Qt takes any byte after a backslash
    }
    readEverything(*value);
    mustHold(parseJson(toJson(*value)).valueOr(QJsonValue::Undefined) == *value);
    if (value->isArray()) {
        mustHold(elements.has_value() && elements->size() == value->toArray().size());
    }
    if (value->isObject()) {
        mustHold(members.has_value() && members->size() >= value->toObject().size());
    }
    return 0;
}
