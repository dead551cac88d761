// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "fuzz/FuzzTarget.h"
#include "tutor/TutorProviders.h"
#include "tutor/WholeReply.h"

/// Whatever comes, a reply ends exactly once, and how the network cuts it changes nothing.
namespace tutorfuzz {

inline WholeReply replyOf(TutorWire wire, QByteArrayView bytes, qsizetype step)
{
    const auto decoder = tutorProvider(wire).decoder(200, {});
    WholeReply reply;
    while (!bytes.isEmpty()) {
        reply.add(decoder->feed(bytes.first(qMin(step, bytes.size()))));
        bytes = bytes.sliced(qMin(step, bytes.size()));
    }
    reply.add(decoder->end());
    reply.add(decoder->end());
    return reply;
}

inline int run(TutorWire wire, const uint8_t* data, size_t size)
{
    const QByteArrayView bytes = viewOf(data, size);
    const WholeReply whole = replyOf(wire, bytes, qMax<qsizetype>(1, bytes.size()));
    mustHold(whole.endings == 1);
    mustHold(whole == replyOf(wire, bytes, 1));
    mustHold(whole == replyOf(wire, bytes, 5));
    return 0;
}

} // namespace tutorfuzz
