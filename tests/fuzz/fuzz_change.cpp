// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz/FuzzTarget.h"
#include "wire/ChangeEvent.h"
#include "wire/ChangeFilter.h"
#include "wire/Json.h"

/// What is read of a change agrees with what the general parser makes of the same text.
FUZZ_TARGET(change)
{
    PhoenixMessage message;
    message.payloadText = viewOf(data, size).toByteArray();
    const Result<ChangeEvent> change = decodeChange(message);
    if (!change.ok()) {
        return 0;
    }
    (void)change->missingColumns();
    (void)ChangeFilter().where(QStringLiteral("a"), ChangeFilter::Op::Lt, QStringLiteral("1")).matches(change->record);
    const Result<QJsonValue> payload = parseJson(message.payloadText);
    if (!payload.ok()) {
        return 0; // a number beyond a double, which only a row may hold
    }
    const QJsonObject expected = payload->toObject().value(QLatin1String("data")).toObject();
    mustHold(expected.value(QLatin1String("table")) == change->table);
    mustHold(expected.value(QLatin1String("type")) == change->typeText);
    mustHold(expected.value(QLatin1String("record")).toObject() == change->record.values());
    mustHold(expected.value(QLatin1String("old_record")).toObject() == change->oldRecord.values());
    return 0;
}
