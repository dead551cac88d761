// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz/FuzzTarget.h"
#include "wire/ChangeEvent.h"
#include "wire/ChangeFilter.h"
#include "wire/Json.h"

namespace {

/// As names and texts of changes are: half a character cannot be passed on.
QString whole(const QString& text)
{
    return QString::fromStdU32String(text.toStdU32String());
}

QJsonObject wholeNames(const QJsonObject& row)
{
    QJsonObject named;
    for (auto it = row.begin(); it != row.end(); ++it) {
        named.insert(whole(it.key()), it.value());
    }
    return named;
}

} // namespace

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
    mustHold(whole(expected.value(QLatin1String("table")).toString()) == change->table);
    mustHold(whole(expected.value(QLatin1String("type")).toString()) == change->typeText);
    mustHold(wholeNames(expected.value(QLatin1String("record")).toObject()) == change->record.values());
    mustHold(wholeNames(expected.value(QLatin1String("old_record")).toObject()) == change->oldRecord.values());
    return 0;
}
