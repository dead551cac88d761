// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/FailurePolicy.h"

#include <algorithm>
#include <array>

namespace {

bool isSqlState(const QString& code)
{
    return code.size() == 5 && std::ranges::all_of(code, [](QChar c) {
        return (c >= u'0' && c <= u'9') || (c >= u'A' && c <= u'Z');
    });
}

/// Shutdowns, lost connections, serialisation failures, deadlocks, exhausted resources, locks.
bool isPassing(const QString& code)
{
    constexpr std::array Classes {"08", "40", "53", "55P03", "57", "58"};
    return code.startsWith(QLatin1String("PGRST00"))
        || (isSqlState(code) && std::ranges::any_of(Classes, [&code](const char* prefix) {
               return code.startsWith(QLatin1String(prefix));
           }));
}

bool isVerdict(const QString& code)
{
    return code.startsWith(QLatin1String("ACADEMY_")) || code == QLatin1String("op_unreadable")
        || (isSqlState(code)
            && (code.startsWith(QLatin1String("22")) || code.startsWith(QLatin1String("23"))
                || code == QLatin1String("P0001")));
}

} // namespace

FailurePolicy policyFor(const Error& error)
{
    const QString& code = error.code;
    if (code == QLatin1String("PGRST202") || code == QLatin1String("42883")) {
        return FailurePolicy::ServerTooOld;
    }
    if (error.kind == ErrorKind::Unauthorized || code.startsWith(QLatin1String("PGRST30"))) {
        return FailurePolicy::Authenticate;
    }
    if (error.kind == ErrorKind::Timeout || code == QLatin1String("http_413")) {
        return FailurePolicy::Shrink;
    }
    if (isPassing(code) || error.isTransient()) {
        return FailurePolicy::Retry;
    }
    if (code == QLatin1String("42501")) {
        return FailurePolicy::ConfirmUser;
    }
    if (isVerdict(code)) {
        return FailurePolicy::Quarantine;
    }
    if (error.kind == ErrorKind::Cancelled || error.kind == ErrorKind::Storage
        || error.kind == ErrorKind::Protocol || code.startsWith(QLatin1String("http_"))) {
        return FailurePolicy::Retry;
    }
    return FailurePolicy::CountThenQuarantine;
}
