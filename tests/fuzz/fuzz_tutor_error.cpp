// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz/FuzzTarget.h"
#include "tutor/ErrorBodyDecoder.h"
#include "tutor/RateHeaders.h"

#include <algorithm>

/// An error body gives one failure; headers give limits or none. The first byte chooses the status,
/// the first line the header values.
FUZZ_TARGET(tutor_error)
{
    const QByteArrayView bytes = viewOf(data, size);
    const int status = bytes.isEmpty() ? 0 : 400 + uchar(bytes.front());
    const QByteArrayView line = bytes.first(std::find(bytes.begin(), bytes.end(), '\n') - bytes.begin());
    const QByteArray value = line.toByteArray();
    const HttpHeaders headers {{"date", "Mon, 23 Nov 2026 08:00:00 GMT"}, {"retry-after", value}, {"x-ratelimit-reset-requests", value},
        {"anthropic-ratelimit-tokens-reset", value}, {"x-ratelimit-remaining-tokens", value}};
    ErrorBodyDecoder decoder(status, headers);
    decoder.feed(bytes);
    const std::vector<TutorEvent> events = decoder.end();
    mustHold(events.size() == 1 && std::holds_alternative<TutorFailure>(events.front()));
    mustHold(!std::get<TutorFailure>(events.front()).error.code.isEmpty());
    const RateLimits limits = rateLimits(headers);
    mustHold(!limits.requests.resetIn || limits.requests.resetIn->count() >= 0);
    mustHold(!limits.tokens.resetIn || limits.tokens.resetIn->count() >= 0);
    return 0;
}
