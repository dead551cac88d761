// SPDX-License-Identifier: GPL-3.0-or-later
#include "supabase/JoinFailure.h"

#include "base/Log.h"

namespace {

struct Rule
{
    const char* text; ///< found anywhere in the reason, in any case
    JoinPolicy policy;
    ErrorKind kind;
};

/// The first rule that matches counts. Source: supabase-protocol A5, A6.
constexpr Rule Rules[] = {
    {"expired", JoinPolicy::RefreshToken, ErrorKind::Unauthorized},
    {"InvalidJWT", JoinPolicy::AwaitToken, ErrorKind::Unauthorized},
    {"MalformedJWT", JoinPolicy::AwaitToken, ErrorKind::Unauthorized},
    {"JwtSign", JoinPolicy::AwaitToken, ErrorKind::Unauthorized},
    {"are required in JWT", JoinPolicy::AwaitToken, ErrorKind::Unauthorized},
    {"Unauthorized", JoinPolicy::AwaitRights, ErrorKind::Forbidden},
    {"permission", JoinPolicy::AwaitRights, ErrorKind::Forbidden},
    {"PrivateOnly", JoinPolicy::Never, ErrorKind::Invalid},
    {"ChannelRateLimitReached", JoinPolicy::Never, ErrorKind::RateLimited},
    {"TenantNotFound", JoinPolicy::Never, ErrorKind::Invalid},
    {"RealtimeDisabled", JoinPolicy::Never, ErrorKind::Invalid},
    {"TopicNameRequired", JoinPolicy::Never, ErrorKind::Invalid},
    {"UnableToReplay", JoinPolicy::Soon, ErrorKind::Server},
    {"unable to replay", JoinPolicy::Soon, ErrorKind::Server},
    {"Replay", JoinPolicy::Never, ErrorKind::Invalid},
    {"ConnectionRateLimitReached", JoinPolicy::Slow, ErrorKind::RateLimited},
    {"ClientJoinRateLimitReached", JoinPolicy::Slow, ErrorKind::RateLimited},
    {"Too many messages", JoinPolicy::Slow, ErrorKind::RateLimited},
    {"Too many presence", JoinPolicy::Slow, ErrorKind::RateLimited},
    {"rate limit", JoinPolicy::Slow, ErrorKind::RateLimited},
    {"size exceeded", JoinPolicy::Soon, ErrorKind::Invalid},
};

} // namespace

JoinFailure joinFailureFrom(const QString& reason)
{
    const qsizetype colon = reason.indexOf(QLatin1Char(':'));
    const QString word = colon > 0 ? reason.left(colon) : QString();
    const QString code = word.isEmpty() || word.contains(QLatin1Char(' '))
        ? QStringLiteral("channel_error")
        : word;
    // What follows names the channel in words of its users: no ground for a decision.
    const QString said = reason.left(reason.indexOf(QLatin1String("Channel topic:")));
    JoinFailure failure{JoinPolicy::Soon, {ErrorKind::Server, code, redacted(reason), {}}};
    for (const Rule& rule : Rules) {
        if (said.contains(QLatin1String(rule.text), Qt::CaseInsensitive)) {
            failure.policy = rule.policy;
            failure.error.kind = rule.kind;
            break;
        }
    }
    return failure;
}
