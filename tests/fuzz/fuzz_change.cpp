// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz/FuzzTarget.h"
#include "wire/ChangeEvent.h"
#include "wire/ChangeFilter.h"
#include "wire/Json.h"

/// A change that was read is written so that it reads the same again, with every digit.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size)
{
    PhoenixMessage message;
    message.payloadText = viewOf(data, size).toByteArray();
    const Result<QJsonValue> payload = parseJson(message.payloadText);
    if (!payload.ok()) {
        return 0;
    }
    message.payload = *payload;
    const Result<ChangeEvent> first = decodeChange(message);
    if (!first.ok()) {
        return 0;
    }
    (void)first->missingColumns();
    (void)ChangeFilter().where(QStringLiteral("a"), ChangeFilter::Op::Lt, QStringLiteral("1")).matches(first->record);
    const Result<ChangeEvent> again = decodeChange(encodeChange(QStringLiteral("realtime:t"), *first));
    mustHold(again.ok() && again->table == first->table && again->typeText == first->typeText);
    if (first->type != ChangeEvent::Type::Delete) {
        mustHold(again->record.exactNumbers == first->record.exactNumbers);
        mustHold(again->record.values.keys() == first->record.values.keys());
    }
    return 0;
}
