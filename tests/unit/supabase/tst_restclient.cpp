// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/MemorySecretStore.h"
#include "supabase/AuthSession.h"
#include "supabase/RestClient.h"
#include "support/FakeHttpClient.h"
#include "support/FakeScheduler.h"

#include <QSignalSpy>
#include <QTest>

using namespace std::chrono_literals;

namespace {

QJsonObject session(int number)
{
    return {{QStringLiteral("access_token"), QStringLiteral("access-%1").arg(number)},
        {QStringLiteral("refresh_token"), QStringLiteral("refresh-%1").arg(number)},
        {QStringLiteral("expires_in"), 3600},
        {QStringLiteral("user"), QJsonObject{{QStringLiteral("id"), QStringLiteral("u1")}}}};
}

HttpResponse answer(int status, const QByteArray& body)
{
    return {status, {}, body};
}

} // namespace

class TestRestClient : public QObject
{
    Q_OBJECT

    struct World
    {
        World() : auth(project, http, secrets, time, time, random), rest(project, http, auth, time)
        {
        }
        void signIn()
        {
            http.expect("POST", "/auth/v1/token?grant_type=password").reply(200, session(1));
            auto done = auth.signInWithPassword(QStringLiteral("a"), QStringLiteral("b"));
            QTRY_VERIFY(done.isFinished());
        }

        Project project{QUrl(QStringLiteral("http://127.0.0.1:54321")), QStringLiteral("anon")};
        FakeHttpClient http;
        FakeScheduler time;
        SeededRandom random{1};
        MemorySecretStore secrets;
        AuthSession auth;
        RestClient rest;
    };

private Q_SLOTS:
    void aFunctionIsCalledAsWhoeverIsSignedIn()
    {
        World w;
        w.http.expect("POST", "/rest/v1/rpc/server_info")
            .header("apikey", "anon")
            .header("Authorization", "Bearer anon")
            .header("Content-Type", "application/json")
            .json(QJsonObject())
            .replyText(200, "42");
        auto scalar = w.rest.rpc(QStringLiteral("server_info"), {});
        QTRY_VERIFY(scalar.isFinished());
        QCOMPARE(*scalar.result(), QJsonValue(42));
        w.signIn();
        const QJsonObject arguments{{QStringLiteral("p_sitting"), QStringLiteral("s")}};
        w.http.expect("POST", "/rest/v1/rpc/start_attempt")
            .header("apikey", "anon")
            .header("Authorization", "Bearer access-1")
            .json(arguments)
            .reply(200, QJsonObject{{QStringLiteral("lease"), 1}});
        auto object = w.rest.rpc(QStringLiteral("start_attempt"), arguments);
        QTRY_VERIFY(object.isFinished());
        QCOMPARE(object.result()->toObject().value(QStringLiteral("lease")).toInt(), 1);
        QCOMPARE(w.rest.requestCount(), 2);
        QVERIFY(w.rest.lastLatency());
    }

    void aFunctionWithoutResultIsNull()
    {
        World w;
        w.http.expect("POST", "/rest/v1/rpc/f").reply(204, QJsonValue(QJsonValue::Undefined));
        auto done = w.rest.rpc(QStringLiteral("f"), {});
        QTRY_VERIFY(done.isFinished());
        QVERIFY(done.result()->isNull());
    }

    void rowsAreReadAndWritten()
    {
        World w;
        const QJsonArray rows{QJsonObject{{QStringLiteral("id"), 1}}};
        const QJsonObject row = rows.first().toObject();
        const auto t = [] { return PostgrestQuery(QStringLiteral("t")); };
        w.http.expect("GET", "/rest/v1/t?id=eq.1%2B2").reply(200, rows);
        w.http.expect("POST", "/rest/v1/t")
            .header("Prefer", "return=representation")
            .json(rows)
            .reply(201, rows);
        w.http.expect("POST", "/rest/v1/t?on_conflict=id")
            .header("Prefer", "resolution=merge-duplicates,return=representation")
            .json(rows)
            .reply(200, rows);
        w.http.expect("POST", "/rest/v1/t")
            .header("Prefer", "resolution=ignore-duplicates,return=representation")
            .json(rows)
            .reply(201, QJsonArray());
        w.http.expect("PATCH", "/rest/v1/t?id=eq.1")
            .header("Prefer", "return=representation")
            .json(row)
            .reply(200, rows);
        w.http.expect("DELETE", "/rest/v1/t?id=eq.1")
            .header("Prefer", "return=representation")
            .reply(200, rows);
        QList<Async<QJsonArray>> all{
            w.rest.select(t().eq(QStringLiteral("id"), QStringLiteral("1+2"))),
            w.rest.insert(QStringLiteral("t"), rows),
            w.rest.upsert(t().onConflict(QStringLiteral("id")), rows),
            w.rest.upsert(t(), rows, OnConflict::Ignore),
            w.rest.update(t().eq(QStringLiteral("id"), QStringLiteral("1")), row),
            w.rest.remove(t().eq(QStringLiteral("id"), QStringLiteral("1")))};
        for (const auto& one : all) {
            QTRY_VERIFY(one.isFinished());
            QVERIFY(one.result().ok());
        }
        QCOMPARE(*all.first().result(), rows);
    }

    void wholeTablesAreNeverChanged()
    {
        World w;
        const PostgrestQuery all(QStringLiteral("t"));
        for (const auto& refused : {w.rest.update(all, {}), w.rest.remove(all)}) {
            QCOMPARE(refused.result().error().code, QStringLiteral("filter_missing"));
        }
        QCOMPARE(w.http.requestCount(), 0);
    }

    void errorsKeepTheServersCode_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<bool>("asUser");
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("code");
        const auto row = [](const char* name, int status, const char* body, bool asUser,
                             ErrorKind kind, const char* code) {
            QTest::newRow(name) << status << QByteArray(body) << asUser << int(kind)
                                << QString::fromLatin1(code);
        };
        row("an academy rule", 409,
            R"({"code":"PT409","message":"ACADEMY_LEASE_TAKEN","details":null})", true,
            ErrorKind::Conflict, "ACADEMY_LEASE_TAKEN");
        row("an academy rule with words", 400,
            R"({"code":"PT400","message":"ACADEMY_BAD_INPUT: p_ops"})", true, ErrorKind::Invalid,
            "ACADEMY_BAD_INPUT");
        row("an academy limit", 429, R"({"code":"PT429","message":"ACADEMY_LIMIT"})", true,
            ErrorKind::RateLimited, "ACADEMY_LIMIT");
        row("no right, signed in", 403,
            R"({"code":"42501","message":"permission denied for table exam_keys"})", true,
            ErrorKind::Forbidden, "42501");
        row("no right, odd status", 401, R"({"code":"42501"})", true, ErrorKind::Forbidden,
            "42501");
        row("no right, nobody", 401, R"({"code":"42501"})", false, ErrorKind::Unauthorized,
            "42501");
        row("expired", 401, R"({"code":"PGRST303","message":"JWT expired"})", true,
            ErrorKind::Unauthorized, "PGRST303");
        row("no such function", 404, R"({"code":"PGRST202"})", true, ErrorKind::NotFound,
            "PGRST202");
        row("not one row", 406, R"({"code":"PGRST116"})", true, ErrorKind::NotFound, "PGRST116");
        row("duplicate", 409, R"({"code":"23505"})", true, ErrorKind::Conflict, "23505");
        row("no database", 503, R"({"code":"PGRST000"})", true, ErrorKind::Server, "PGRST000");
        row("no pool", 504, R"({"code":"PGRST003"})", true, ErrorKind::Timeout, "PGRST003");
        row("a proxy's page", 502, "<html>", true, ErrorKind::Server, "http_502");
        row("a redirect", 302, "", true, ErrorKind::Protocol, "http_302");
    }
    void errorsKeepTheServersCode()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        QFETCH(bool, asUser);
        QFETCH(int, kind);
        QFETCH(QString, code);
        const Error error = RestClient::errorFrom(answer(status, body), asUser);
        QCOMPARE(int(error.kind), kind);
        QCOMPARE(error.code, code);
    }

    void theServerMayNameAWait()
    {
        HttpResponse busy = answer(429, "{}");
        busy.headers.emplaceBack("Retry-After", "7");
        QCOMPARE(RestClient::errorFrom(busy, true).retryAfter, std::chrono::milliseconds(7s));
    }

    void aStaleTokenIsRefreshedOnceAndTheRequestRepeated()
    {
        World w;
        w.signIn();
        w.http.expect("POST", "/rest/v1/rpc/f")
            .header("Authorization", "Bearer access-1")
            .reply(401, QJsonObject{{QStringLiteral("code"), QStringLiteral("PGRST303")}});
        w.http.expect("POST", "/auth/v1/token?grant_type=refresh_token").reply(200, session(2));
        w.http.expect("POST", "/rest/v1/rpc/f")
            .header("Authorization", "Bearer access-2")
            .reply(200, 1);
        auto done = w.rest.rpc(QStringLiteral("f"), {});
        QTRY_VERIFY(done.isFinished());
        QCOMPARE(*done.result(), QJsonValue(1));
    }

    void twiceRefusedIsRefused()
    {
        World w;
        w.signIn();
        const QJsonObject expired{{QStringLiteral("code"), QStringLiteral("PGRST303")}};
        w.http.expect("POST", "/rest/v1/rpc/f").reply(401, expired);
        w.http.expect("POST", "/auth/v1/token?grant_type=refresh_token").reply(200, session(2));
        w.http.expect("POST", "/rest/v1/rpc/f").reply(401, expired);
        auto done = w.rest.rpc(QStringLiteral("f"), {});
        QTRY_VERIFY(done.isFinished());
        QCOMPARE(done.result().error().kind, ErrorKind::Unauthorized);
    }

    void aForbiddenRequestIsNotRepeated()
    {
        World w;
        w.signIn();
        w.http.expect("POST", "/rest/v1/rpc/f")
            .reply(403, QJsonObject{{QStringLiteral("code"), QStringLiteral("42501")}});
        auto done = w.rest.rpc(QStringLiteral("f"), {});
        QTRY_VERIFY(done.isFinished());
        QCOMPARE(done.result().error().kind, ErrorKind::Forbidden);
    }

    void reachabilityIsAnnounced()
    {
        World w;
        QSignalSpy answered(&w.rest, &RestClient::answered);
        QSignalSpy unreachable(&w.rest, &RestClient::unreachable);
        w.http.expect("POST", "/rest/v1/rpc/f")
            .fail({ErrorKind::Offline, QStringLiteral("network_X"), {}, {}});
        auto first = w.rest.rpc(QStringLiteral("f"), {});
        QTRY_COMPARE(unreachable.size(), 1);
        QCOMPARE(answered.size(), 0);
        w.http.expect("POST", "/rest/v1/rpc/f").reply(500, QJsonObject());
        auto second = w.rest.rpc(QStringLiteral("f"), {});
        QTRY_COMPARE(answered.size(), 1);
        QCOMPARE(w.rest.failureCount(), 2);
    }

    void aPageInsteadOfAnAnswerIsAnError()
    {
        World w;
        w.http.expect("POST", "/rest/v1/rpc/f").replyText(200, "<html>pay here</html>");
        auto page = w.rest.rpc(QStringLiteral("f"), {});
        QTRY_VERIFY(page.isFinished());
        QCOMPARE(page.result().error().kind, ErrorKind::Protocol);
        w.http.expect("GET", "/rest/v1/t").reply(200, QJsonObject());
        auto object = w.rest.select(PostgrestQuery(QStringLiteral("t")));
        QTRY_VERIFY(object.isFinished());
        QCOMPARE(object.result().error().code, QStringLiteral("rest_not_rows"));
    }

    void publishableKeysAreNoBearer()
    {
        World w;
        w.project.anonKey = QStringLiteral("sb_publishable_x");
        RestClient rest(w.project, w.http, w.auth, w.time);
        w.http.expect("POST", "/rest/v1/rpc/f")
            .header("apikey", "sb_publishable_x")
            .header("Authorization", "")
            .reply(200, 1);
        auto done = rest.rpc(QStringLiteral("f"), {});
        QTRY_VERIFY(done.isFinished());
    }

    void dyingCancels()
    {
        World w;
        auto rest = std::make_unique<RestClient>(w.project, w.http, w.auth, w.time);
        w.http.expect("POST", "/rest/v1/rpc/f").hold();
        auto done = rest->rpc(QStringLiteral("f"), {});
        rest.reset();
        QTRY_VERIFY(done.isFinished());
        QCOMPARE(done.result().error().kind, ErrorKind::Cancelled);
    }
};

QTEST_GUILESS_MAIN(TestRestClient)
#include "tst_restclient.moc"
