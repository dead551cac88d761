// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Error.h"

QString errorKindName(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::Offline: return QStringLiteral("Offline");
    case ErrorKind::Timeout: return QStringLiteral("Timeout");
    case ErrorKind::Unauthorized: return QStringLiteral("Unauthorized");
    case ErrorKind::Forbidden: return QStringLiteral("Forbidden");
    case ErrorKind::NotFound: return QStringLiteral("NotFound");
    case ErrorKind::Conflict: return QStringLiteral("Conflict");
    case ErrorKind::Invalid: return QStringLiteral("Invalid");
    case ErrorKind::RateLimited: return QStringLiteral("RateLimited");
    case ErrorKind::Server: return QStringLiteral("Server");
    case ErrorKind::Protocol: return QStringLiteral("Protocol");
    case ErrorKind::Storage: return QStringLiteral("Storage");
    case ErrorKind::Cancelled: return QStringLiteral("Cancelled");
    }
    Q_UNREACHABLE();
}
