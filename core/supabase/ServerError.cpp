// SPDX-License-Identifier: GPL-3.0-or-later
#include "supabase/ServerError.h"

#include "base/Log.h"

namespace {

ErrorKind kindOf(int status)
{
    switch (status) {
    case 400:
    case 405:
    case 413:
    case 416:
    case 422:
        return ErrorKind::Invalid;
    case 401:
        return ErrorKind::Unauthorized;
    case 403:
        return ErrorKind::Forbidden;
    case 404:
    case 406:
        return ErrorKind::NotFound;
    case 408:
    case 504:
        return ErrorKind::Timeout;
    case 409:
        return ErrorKind::Conflict;
    case 429:
        return ErrorKind::RateLimited;
    default:
        return status >= 500 ? ErrorKind::Server : ErrorKind::Protocol;
    }
}

} // namespace

Error serverError(const HttpResponse& response, const QString& code, const QString& detail)
{
    Error error{kindOf(response.status), code, redacted(detail), {}};
    if (code.isEmpty()) {
        error.code = QStringLiteral("http_%1").arg(response.status);
    }
    bool isNumber = false;
    const int seconds = response.header("Retry-After").toInt(&isNumber);
    if (isNumber && seconds >= 0) {
        error.retryAfter = std::chrono::seconds(seconds);
    }
    return error;
}

QByteArray clientName()
{
    return QByteArrayLiteral("neolingus-desktop");
}
