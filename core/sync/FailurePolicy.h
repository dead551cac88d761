// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Error.h"

/// What to do about an upload that failed.
enum class FailurePolicy {
    Retry,        ///< wait and send the same again
    Shrink,       ///< too slow or too large: send less at a time
    Authenticate, ///< wait for a token
    ConfirmUser,  ///< check the token, try once more, then set the operation aside
    ServerTooOld, ///< the academy lacks a function: stop sending for a while
    CountThenQuarantine, ///< nobody knows: a few tries, then set the operation aside
    Quarantine    ///< the operation can never succeed as it is
};

/// Sorts by what is known for sure: PostgREST's and PostgreSQL's codes before HTTP kinds. An answer
/// without such a code may come from a proxy or a hotel's login page and never condemns an
/// operation. Pure. Source: section F.2 of the project's research notes.
FailurePolicy policyFor(const Error& error);
