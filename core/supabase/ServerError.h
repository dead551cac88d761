// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Error.h"
#include "net/HttpClient.h"

/// What went wrong according to the status of an answer that is no success. `code` becomes
/// "http_<status>" when the caller found none in the body. 400 and 422 are Invalid, 401
/// Unauthorized, 403 Forbidden, 404 and 406 NotFound, 408 and 504 Timeout, 409 Conflict, 429
/// RateLimited, 5xx Server, anything else Protocol. Retry-After becomes retryAfter; `detail` is
/// cleaned of secrets.
Error serverError(const HttpResponse& response, const QString& code, const QString& detail);

/// How the program names itself to servers.
QByteArray clientName();
