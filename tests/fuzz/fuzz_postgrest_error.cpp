// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz/FuzzTarget.h"
#include "supabase/JoinFailure.h"
#include "supabase/RestClient.h"

/// The first byte chooses the status, the rest is the body: every answer becomes an error with a
/// code, and no token gets into its text.
FUZZ_TARGET(postgrest_error)
{
    if (size == 0) {
        return 0;
    }
    constexpr int FirstError = 300;
    const HttpResponse response{FirstError + data[0], {}, viewOf(data + 1, size - 1).toByteArray()};
    const Error error = RestClient::errorFrom(response, (data[0] & 1) != 0);
    mustHold(!error.code.isEmpty());
    const JoinFailure failure = joinFailureFrom(QString::fromUtf8(response.body));
    mustHold(!failure.error.code.isEmpty());
    return 0;
}
