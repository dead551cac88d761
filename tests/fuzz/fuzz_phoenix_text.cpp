// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz/FuzzTarget.h"
#include "wire/Phoenix.h"

/// What one version's decoder took, its encoder writes so that it reads the same again.
FUZZ_TARGET(phoenix_text)
{
    for (const PhoenixVersion version : {PhoenixVersion::V1, PhoenixVersion::V2}) {
        const Result<PhoenixMessage> first = decodeText(version, viewOf(data, size));
        if (!first.ok()) {
            continue;
        }
        const Result<PhoenixMessage> again
            = decodeText(version, encodeText(version, *first, Side::Client));
        mustHold(again.ok() && again->topic == first->topic && again->event == first->event);
        mustHold(again->ref == first->ref && again->joinRef == first->joinRef);
    }
    return 0;
}
