// SPDX-License-Identifier: GPL-3.0-or-later
#include "supabase/JoinFailure.h"

#include <QTest>

class TestJoinFailure : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyReasonHasItsPolicy_data()
    {
        QTest::addColumn<QString>("reason");
        QTest::addColumn<int>("policy");
        QTest::addColumn<QString>("code");
        const auto row
            = [](const char* reason, JoinPolicy policy, const char* code = "channel_error") {
                  QTest::newRow(reason)
                      << QString::fromLatin1(reason) << int(policy) << QString::fromLatin1(code);
              };
        row("InvalidJWTToken: Token has expired 60 seconds ago", JoinPolicy::RefreshToken,
            "InvalidJWTToken");
        row("Token has expired 0 seconds ago", JoinPolicy::RefreshToken);
        row("InvalidJWTExpiration: Token has expired", JoinPolicy::RefreshToken,
            "InvalidJWTExpiration");
        row("InvalidJWTToken: Fields `role` and `exp` are required in JWT", JoinPolicy::AwaitToken,
            "InvalidJWTToken");
        row("Fields `role` and `exp` are required in JWT", JoinPolicy::AwaitToken);
        row("MalformedJWT: The token provided is not a valid JWT", JoinPolicy::AwaitToken,
            "MalformedJWT");
        row("JwtSignatureError: Failed to validate JWT signature", JoinPolicy::AwaitToken,
            "JwtSignatureError");
        row("JwtSignerError: Failed to generate", JoinPolicy::AwaitToken, "JwtSignerError");
        row("Unauthorized: You do not have permissions to read from this Channel topic: room:42",
            JoinPolicy::AwaitRights, "Unauthorized");
        row("You no longer have permission to read from this Channel topic: X",
            JoinPolicy::AwaitRights);
        row("You do not have permissions to read from this Channel topic: room:42",
            JoinPolicy::AwaitRights);
        row("Unauthorized: You do not have permissions to read from this Channel topic: expired-JwtSign",
            JoinPolicy::AwaitRights, "Unauthorized");
        row("UnableToReplayMessages: Realtime was unable to replay messages", JoinPolicy::Soon,
            "UnableToReplayMessages");
        row("Replay is not allowed for public channels", JoinPolicy::Never);
        row("PrivateOnly: This project only allows private channels", JoinPolicy::Never,
            "PrivateOnly");
        row("ChannelRateLimitReached: Too many channels", JoinPolicy::Never,
            "ChannelRateLimitReached");
        row("TenantNotFound: x", JoinPolicy::Never, "TenantNotFound");
        row("RealtimeDisabledForTenant: x", JoinPolicy::Never, "RealtimeDisabledForTenant");
        row("RealtimeDisabledForConfiguration: x", JoinPolicy::Never,
            "RealtimeDisabledForConfiguration");
        row("TopicNameRequired: You must provide a topic name", JoinPolicy::Never,
            "TopicNameRequired");
        row("ConnectionRateLimitReached: Too many connected users", JoinPolicy::Slow,
            "ConnectionRateLimitReached");
        row("ClientJoinRateLimitReached: Too many joins per second", JoinPolicy::Slow,
            "ClientJoinRateLimitReached");
        row("Too many messages per second", JoinPolicy::Slow);
        row("Too many presence messages per second", JoinPolicy::Slow);
        row("Client presence rate limit exceeded", JoinPolicy::Slow);
        row("Track message size exceeded", JoinPolicy::Soon);
        row("IncreaseConnectionPool: x", JoinPolicy::Soon, "IncreaseConnectionPool");
        row("DatabaseLackOfConnections: x", JoinPolicy::Soon, "DatabaseLackOfConnections");
        row("Realtime was unable to connect to the project database", JoinPolicy::Soon);
        row("InitializingProjectConnection: x", JoinPolicy::Soon, "InitializingProjectConnection");
        row("RealtimeRestarting: Realtime is restarting, please standby", JoinPolicy::Soon,
            "RealtimeRestarting");
        row("PostgresChangesSubscribeTimeout: Timed out after 15000ms", JoinPolicy::Soon,
            "PostgresChangesSubscribeTimeout");
        row("Unknown Error on Channel", JoinPolicy::Soon);
        row("unmatched topic", JoinPolicy::Soon);
        row("", JoinPolicy::Soon);
    }
    void everyReasonHasItsPolicy()
    {
        QFETCH(QString, reason);
        QFETCH(int, policy);
        QFETCH(QString, code);
        const JoinFailure failure = joinFailureFrom(reason);
        QCOMPARE(int(failure.policy), policy);
        QCOMPARE(failure.error.code, code);
    }

    void noTokenReachesTheText()
    {
        const JoinFailure failure = joinFailureFrom(
            QStringLiteral("MalformedJWT: eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc"));
        QVERIFY(!failure.error.detail.contains(QStringLiteral("eyJ")));
    }
};

QTEST_GUILESS_MAIN(TestJoinFailure)
#include "tst_joinfailure.moc"
