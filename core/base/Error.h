// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <chrono>
#include <optional>

/// What kind of failure this is. The kinds are few because each has exactly one policy in the
/// interface; the stable `code` inside Error tells the cases of one kind apart.
enum class ErrorKind {
    Offline,      ///< no connection to the other side; retry when the network is back
    Timeout,      ///< no answer in time; retry
    Unauthorized, ///< the token is missing, expired or refused; refresh, then sign in again
    Forbidden,    ///< signed in, but not allowed
    NotFound,
    Conflict,     ///< the other side holds a different state
    Invalid,      ///< the input is wrong; retrying cannot help
    RateLimited,  ///< wait for `retryAfter`
    Server,       ///< the other side failed; retry with backoff
    Protocol,     ///< the other side's answer could not be understood
    Storage,      ///< the local disk or database failed
    Cancelled     ///< nobody wants the answer any more
};

/// A failure as a value. `code` is stable and machine-readable (PostgREST, GoTrue or ACADEMY_…
/// codes, or our own); `detail` is for logs and support, never holds secrets or answers, and is
/// not shown to people: view models make the text people read.
struct [[nodiscard]] Error
{
    ErrorKind kind = ErrorKind::Server;
    QString code;
    QString detail;
    std::optional<std::chrono::milliseconds> retryAfter;

    bool operator==(const Error&) const = default;

    /// True when the same request may succeed later without anybody changing anything.
    bool isTransient() const
    {
        return kind == ErrorKind::Offline || kind == ErrorKind::Timeout
            || kind == ErrorKind::RateLimited || kind == ErrorKind::Server;
    }
};

/// The name of a kind, for logs and diagnostics.
QString errorKindName(ErrorKind kind);
