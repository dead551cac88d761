// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz/FuzzTarget.h"
#include "wire/Json.h"
#include "wire/Presence.h"

/// A list of messages, [state, diff, diff, …]: whatever they say, nobody is there without a meta, and
/// what each message reports agrees with who is there afterwards.
FUZZ_TARGET(presence)
{
    const Result<QJsonValue> parsed = parseJson(viewOf(data, size));
    if (!parsed.ok() || !parsed->isArray()) {
        return 0;
    }
    Presence presence;
    bool first = true;
    const QJsonArray messages = parsed->toArray();
    for (const QJsonValue& message : messages) {
        const QStringList before = presence.keys();
        const Presence::Change change = std::exchange(first, false)
            ? presence.applyState(message.toObject())
            : presence.applyDiff(message.toObject());
        const QStringList after = presence.keys();
        for (const QString& key : after) {
            mustHold(!presence.metas(key).isEmpty());
            mustHold(before.contains(key) != change.joined.contains(key));
        }
        for (const QString& key : change.left) {
            mustHold(before.contains(key) && !after.contains(key));
        }
    }
    (void)presence.clear();
    mustHold(presence.isEmpty());
    return 0;
}
