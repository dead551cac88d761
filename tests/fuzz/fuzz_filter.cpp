// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz/FuzzTarget.h"
#include "wire/ChangeFilter.h"
#include "wire/Json.h"

/// A filter that was understood is written so that it is understood the same again.
FUZZ_TARGET(filter)
{
    const Result<ChangeFilter> first = ChangeFilter::parse(QString::fromUtf8(viewOf(data, size)));
    if (!first.ok()) {
        return 0;
    }
    const Result<ChangeFilter> again = ChangeFilter::parse(first->text());
    mustHold(again.ok() && *again == *first);
    QJsonObject row;
    for (const ChangeFilter::Condition& condition : first->conditions()) {
        row.insert(condition.column, condition.value);
    }
    (void)first->matches(ChangeEvent::Row(toJson(row)));
    return 0;
}
