// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Error.h"

/// What to do about a refused join or a closed channel, read from the server's text.
/// Source: supabase-protocol A5, A6.
enum class JoinPolicy {
    RefreshToken,  ///< expired: a new token and join again at once
    AwaitToken,    ///< the token is bad: nothing until there is another
    AwaitRights,   ///< not allowed: once a minute at most, or with another token
    Never,         ///< misconfigured: the caller must change something
    Slow,          ///< too many users or messages: half a minute to a minute
    Soon           ///< passing trouble: exponential backoff
};

struct JoinFailure
{
    JoinPolicy policy = JoinPolicy::Soon;
    Error error; ///< `code` is the server's word before the colon, or "channel_error"
};

JoinFailure joinFailureFrom(const QString& reason);
