// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz/FuzzTarget.h"
#include "wire/SseParser.h"

namespace {

/// The bytes in reads of at most `step`.
QList<SseEvent> eventsOf(QByteArrayView bytes, qsizetype step)
{
    SseParser parser;
    QList<SseEvent> events;
    while (!bytes.isEmpty()) {
        const Result<QList<SseEvent>> some = parser.feed(bytes.first(qMin(step, bytes.size())));
        mustHold(some.ok());
        events.append(*some);
        bytes = bytes.sliced(qMin(step, bytes.size()));
    }
    return events;
}

} // namespace

/// How the network cuts a stream changes nothing.
FUZZ_TARGET(sse)
{
    const QByteArrayView bytes = viewOf(data, size);
    const QList<SseEvent> whole = eventsOf(bytes, qMax<qsizetype>(1, bytes.size()));
    mustHold(whole == eventsOf(bytes, 1));
    mustHold(whole == eventsOf(bytes, 3));
    return 0;
}
