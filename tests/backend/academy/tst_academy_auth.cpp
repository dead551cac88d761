// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/academy/AcademyProbe.h"

#include "support/PgSession.h"
#include "wire/Jwt.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QTest>

/// The Auth service over real HTTP on a real database: what supabase-js and our own client rely on.
class TestAcademyAuth : public QObject
{
    Q_OBJECT

    AcademyFixture m_academy;
    std::unique_ptr<PgSession> m_behind;

    AcademyProbe probe() const { return AcademyProbe(m_academy); }
    static QJsonObject credentials(const QString& email, const QString& password)
    {
        return {{QStringLiteral("email"), email}, {QStringLiteral("password"), password}};
    }
    static QString refreshTokenOf(const ProbeAnswer& answer)
    {
        return answer.object().value(QStringLiteral("refresh_token")).toString();
    }
    ProbeAnswer refresh(const QString& token) const
    {
        return probe().post("/auth/v1/token?grant_type=refresh_token",
            QJsonObject{{QStringLiteral("refresh_token"), token}},
            {{"X-Supabase-Api-Version", "2024-01-01"}});
    }
    ProbeAnswer signUp(const QString& email) const
    {
        return probe().post("/auth/v1/signup", credentials(email, QStringLiteral("long enough")));
    }
    static QString code(const ProbeAnswer& answer)
    {
        return answer.object().value(QStringLiteral("code")).toString();
    }
    ProbeHeaders asService() const
    {
        const QByteArray key = m_academy.serviceRoleKey().toLatin1();
        return {{"apikey", key}, {"Authorization", "Bearer " + key},
            {"X-Supabase-Api-Version", "2024-01-01"}};
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(m_academy.start(), qPrintable(m_academy.problem()));
        m_behind = std::make_unique<PgSession>(
            "host=" + m_academy.socketDir().toUtf8() + " user=supabase_admin dbname=postgres");
        QVERIFY(m_behind->isOpen());
    }

    void aPasswordBringsATokenWithSupabasesClaims()
    {
        AcademyProbe client = probe();
        QVERIFY(client.signInAs(QStringLiteral("teacher@neolingus.demo")));
        const QJsonObject session = client.session();
        QCOMPARE(session.value(QStringLiteral("token_type")).toString(), QStringLiteral("bearer"));
        QCOMPARE(session.value(QStringLiteral("expires_in")).toInt(), 3600);
        QVERIFY(QRegularExpression(QStringLiteral("^[a-z2-7]{12}$"))
                    .match(session.value(QStringLiteral("refresh_token")).toString())
                    .hasMatch());
        const QByteArray token
            = session.value(QStringLiteral("access_token")).toString().toLatin1();
        const auto claims = verifyJwt(
            token, "super-secret-jwt-token-with-at-least-32-characters-long", SystemClock().wall());
        QVERIFY(claims.ok());
        QCOMPARE(claims->subject, QStringLiteral("22222222-0000-4000-8000-000000000001"));
        QCOMPARE(claims->role, QStringLiteral("authenticated"));
        for (const char* name :
            {"iss", "sub", "aud", "exp", "iat", "email", "phone", "app_metadata", "user_metadata",
                "role", "aal", "amr", "session_id", "is_anonymous"}) {
            QVERIFY2(claims->all.contains(QLatin1String(name)), name);
        }
        QCOMPARE(claims->all.value(QStringLiteral("iss")).toString(),
            m_academy.url().toString() + QStringLiteral("/auth/v1"));
        QCOMPARE(claims->all.value(QStringLiteral("app_metadata"))
                     .toObject()
                     .value(QStringLiteral("role"))
                     .toString(),
            QStringLiteral("teacher"));
        const QJsonObject user = session.value(QStringLiteral("user")).toObject();
        QCOMPARE(user.value(QStringLiteral("id")).toString(), claims->subject);
        QVERIFY(!user.value(QStringLiteral("identities")).toArray().isEmpty());
        QVERIFY(!QJsonDocument(user).toJson().contains("encrypted_password"));
    }

    void errorsFollowTheVersionHeader()
    {
        const QJsonObject wrong
            = credentials(QStringLiteral("teacher@neolingus.demo"), QStringLiteral("wrong"));
        const ProbeAnswer dated = probe().post("/auth/v1/token?grant_type=password", wrong,
            {{"X-Supabase-Api-Version", "2024-01-01"}});
        QCOMPARE(dated.status, 400);
        QCOMPARE(code(dated), QStringLiteral("invalid_credentials"));
        QCOMPARE(dated.object().value(QStringLiteral("message")).toString(),
            QStringLiteral("Invalid login credentials"));
        QCOMPARE(dated.headers.value("x-supabase-api-version"), "2024-01-01");
        const ProbeAnswer undated = probe().post("/auth/v1/token?grant_type=password", wrong);
        QCOMPARE(undated.status, 400);
        QCOMPARE(undated.object().value(QStringLiteral("code")).toInt(), 400);
        QCOMPARE(undated.object().value(QStringLiteral("error_code")).toString(),
            QStringLiteral("invalid_credentials"));
        QVERIFY(undated.object().contains(QStringLiteral("msg")));
    }

    void refusals_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* name, const char* path, const char* body, int status,
                             const char* expected) {
            QTest::newRow(name) << QByteArray(path) << QByteArray(body) << status
                                << QString::fromLatin1(expected);
        };
        row("an unknown person", "/token?grant_type=password",
            R"({"email":"nobody@x.org","password":"abcdefg"})", 400, "invalid_credentials");
        row("a body that is not JSON", "/token?grant_type=password", "{", 400, "bad_json");
        row("an array for an object", "/token?grant_type=password", "[]", 400, "bad_json");
        row("an unknown grant", "/token?grant_type=magic", "{}", 400, "invalid_credentials");
        row("a grant that is off", "/token?grant_type=web3", "{}", 422, "web3_provider_disabled");
        row("a mail of an unknown kind once more", "/resend",
            R"({"email":"teacher@neolingus.demo","type":"teacher"})", 400, "validation_failed");
        row("a closed door", "/sso", "{}", 404, "saml_provider_disabled");
        row("a path that only begins like one", "/ssome", "{}", 404, "not_found");
        row("a closed door for who is signed in", "/factors/recovery-codes", "{}", 401,
            "no_authorization");
        row("an unknown refresh token", "/token?grant_type=refresh_token",
            R"({"refresh_token":"abcdefghijkl"})", 400, "refresh_token_not_found");
        row("no refresh token", "/token?grant_type=refresh_token", "{}", 400, "validation_failed");
        row("a short password", "/signup", R"({"email":"short@x.org","password":"abc"})", 422,
            "weak_password");
        row("no address", "/signup", R"({"email":"not an address","password":"abcdefg"})", 400,
            "validation_failed");
        row("an address in use", "/signup",
            R"({"email":"TEACHER@neolingus.demo","password":"abcdefg"})", 422,
            "user_already_exists");
        row("a password without an address", "/signup", R"({"password":"abcdefg"})", 400,
            "validation_failed");
        row("a code for nobody", "/otp", R"({"email":"nobody@x.org","create_user":false})", 422,
            "otp_disabled");
        row("half a proof key", "/otp",
            R"({"email":"nobody@x.org","code_challenge_method":"s256","code_challenge":"short"})",
            400, "validation_failed");
        row("an unknown kind of code", "/verify",
            R"({"type":"teacher","email":"teacher@neolingus.demo","token":"123456"})", 400,
            "validation_failed");
        row("a code that is no code", "/verify",
            R"({"type":"email","email":"teacher@neolingus.demo","token":"1) or (1=1"})", 403,
            "otp_expired");
        row("an unknown flow", "/token?grant_type=pkce",
            R"({"auth_code":"9f0c5d62-0000-4000-8000-000000000000","code_verifier":"x"})", 404,
            "flow_state_not_found");
        row("a null byte", "/token?grant_type=password",
            "{\"email\":\"a\\u0000b@x.org\",\"password\":\"abcdefg\"}", 400, "validation_failed");
        row("an unknown path", "/nothing", "{}", 404, "not_found");
    }
    void refusals()
    {
        QFETCH(QByteArray, path);
        QFETCH(QByteArray, body);
        QFETCH(int, status);
        QFETCH(QString, expected);
        const ProbeAnswer answer = probe().ask(
            "POST", "/auth/v1" + path, body, {{"X-Supabase-Api-Version", "2024-01-01"}});
        QVERIFY2(answer.status == status, answer.summary().constData());
        QCOMPARE(code(answer), expected);
    }

    void everyRequestNamesAnApiKey()
    {
        const ProbeAnswer none = probe().ask("GET", "/auth/v1/settings", {}, {{"apikey", ""}});
        QCOMPARE(none.status, 401);
        QCOMPARE(none.object().value(QStringLiteral("message")).toString(),
            QStringLiteral("No API key found in request"));
        const ProbeAnswer wrong
            = probe().ask("GET", "/auth/v1/settings", {}, {{"apikey", "sb_publishable_other"}});
        QCOMPARE(wrong.status, 401);
        const ProbeAnswer opaque = probe().ask(
            "GET", "/auth/v1/settings", {}, {{"apikey", m_academy.publishableKey().toLatin1()}});
        QCOMPARE(opaque.status, 200);
        const ProbeAnswer keys
            = probe().ask("GET", "/auth/v1/.well-known/jwks.json", {}, {{"apikey", ""}});
        QCOMPARE(keys.status, 200);
        QCOMPARE(keys.body, R"({"keys":[]})");
    }

    void everyRefreshRotates()
    {
        const QString first = refreshTokenOf(signUp(QStringLiteral("rotates@neolingus.demo")));
        const ProbeAnswer second = refresh(first);
        QVERIFY2(second.status == 200, second.summary().constData());
        const ProbeAnswer third = refresh(refreshTokenOf(second));
        QVERIFY2(third.status == 200, third.summary().constData());
        QVERIFY(refreshTokenOf(second) != first);
        QVERIFY(refreshTokenOf(third) != refreshTokenOf(second));
        const PgAnswer row = m_behind->run(
            QStringLiteral("select parent from auth.refresh_tokens where token = $1"),
            {refreshTokenOf(third)});
        QCOMPARE(row.value(), refreshTokenOf(second));
    }

    void aLostAnswerIsGivenAgain()
    {
        const QString first = refreshTokenOf(signUp(QStringLiteral("lost@neolingus.demo")));
        const QString second = refreshTokenOf(refresh(first));
        m_behind->run(QStringLiteral(
            "update auth.refresh_tokens set updated_at = now() - interval '1 hour'"));
        // The parent of the active token brings the active token, however late.
        QCOMPARE(refreshTokenOf(refresh(first)), second);
    }

    void anOldTokenRevokesItsFamily()
    {
        const QString first = refreshTokenOf(signUp(QStringLiteral("stolen@neolingus.demo")));
        const QString second = refreshTokenOf(refresh(first));
        const QString third = refreshTokenOf(refresh(second));
        m_behind->run(QStringLiteral(
            "update auth.refresh_tokens set updated_at = now() - interval '11 seconds'"));
        const ProbeAnswer reused = refresh(first);
        QCOMPARE(reused.status, 400);
        QCOMPARE(code(reused), QStringLiteral("refresh_token_already_used"));
        const ProbeAnswer active = refresh(third);
        QCOMPARE(active.status, 400);
        QCOMPARE(code(active), QStringLiteral("refresh_token_already_used"));
    }

    void withinTenSecondsAnOldTokenStillRotates()
    {
        const QString first = refreshTokenOf(signUp(QStringLiteral("quick@neolingus.demo")));
        const QString second = refreshTokenOf(refresh(first));
        const QString third = refreshTokenOf(refresh(second));
        const ProbeAnswer again = refresh(first);
        QVERIFY2(again.status == 200, again.summary().constData());
        QVERIFY(refreshTokenOf(again) != third);
    }

    void twentyRefreshesAtOnceLeaveOneFamily()
    {
        const QString first = refreshTokenOf(signUp(QStringLiteral("race@neolingus.demo")));
        std::vector<std::unique_ptr<QTcpSocket>> sockets;
        const QByteArray body = "{\"refresh_token\":\"" + first.toLatin1() + "\"}";
        for (int i = 0; i < 20; ++i) {
            sockets.push_back(
                probe().begin("POST", "/auth/v1/token?grant_type=refresh_token", body));
        }
        QSet<QString> tokens;
        for (const auto& socket : sockets) {
            const ProbeAnswer answer = AcademyProbe::finish(*socket);
            QVERIFY2(answer.status == 200, answer.summary().constData());
            tokens.insert(refreshTokenOf(answer));
        }
        QCOMPARE(tokens.size(), 1);
        QCOMPARE(refresh(*tokens.begin()).status, 200);
    }

    void userIsReadAndChanged()
    {
        AcademyProbe client = probe();
        QCOMPARE(signUp(QStringLiteral("user@neolingus.demo")).status, 200);
        QVERIFY(
            client.signInAs(QStringLiteral("user@neolingus.demo"), QStringLiteral("long enough")));
        QCOMPARE(client.get("/auth/v1/user").object().value(QStringLiteral("email")).toString(),
            QStringLiteral("user@neolingus.demo"));
        const ProbeAnswer changed = client.ask("PUT", "/auth/v1/user",
            R"({"data":{"colour":"blue"},"app_metadata":{"role":"teacher"},"role":"service_role"})");
        QVERIFY2(changed.status == 200, changed.summary().constData());
        QCOMPARE(changed.object()
                     .value(QStringLiteral("user_metadata"))
                     .toObject()
                     .value(QStringLiteral("colour"))
                     .toString(),
            QStringLiteral("blue"));
        QVERIFY(!changed.object()
                     .value(QStringLiteral("app_metadata"))
                     .toObject()
                     .contains(QStringLiteral("role")));
        QCOMPARE(changed.object().value(QStringLiteral("role")).toString(),
            QStringLiteral("authenticated"));
        const ProbeAnswer same = client.ask("PUT", "/auth/v1/user", R"({"password":"long enough"})",
            {{"X-Supabase-Api-Version", "2024-01-01"}});
        QCOMPARE(same.status, 422);
        QCOMPARE(code(same), QStringLiteral("same_password"));
        QCOMPARE(client.ask("PUT", "/auth/v1/user", R"({"password":"longer still"})").status, 200);
        QVERIFY(
            client.signInAs(QStringLiteral("user@neolingus.demo"), QStringLiteral("longer still")));
    }

    void signUpCannotForgeARole()
    {
        const ProbeAnswer answer = probe().ask("POST", "/auth/v1/signup",
            R"({"email":"forger@neolingus.demo","password":"abcdefg","role":"service_role","app_metadata":{"role":"teacher"},"data":{"role":"teacher"}})");
        QVERIFY2(answer.status == 200, answer.summary().constData());
        const QJsonObject user = answer.object().value(QStringLiteral("user")).toObject();
        QCOMPARE(user.value(QStringLiteral("role")).toString(), QStringLiteral("authenticated"));
        QVERIFY(user.value(QStringLiteral("app_metadata")).toObject().value(QStringLiteral("role"))
            != QStringLiteral("teacher"));
    }

    void tokensThatDoNotCount_data()
    {
        QTest::addColumn<QByteArray>("token");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("expected");
        const QByteArray secret = "super-secret-jwt-token-with-at-least-32-characters-long";
        const auto claims = [](qint64 exp) {
            return QJsonObject{
                {QStringLiteral("sub"), QStringLiteral("22222222-0000-4000-8000-000000000001")},
                {QStringLiteral("role"), QStringLiteral("authenticated")},
                {QStringLiteral("exp"), exp}};
        };
        QTest::newRow("no token") << QByteArray() << 401 << QStringLiteral("no_authorization");
        QTest::newRow("another secret")
            << signJwt(claims(4102444800), "another secret") << 403 << QStringLiteral("bad_jwt");
        QTest::newRow("expired") << signJwt(claims(1700000000), secret) << 403
                                 << QStringLiteral("bad_jwt");
        QTest::newRow("no algorithm") << base64UrlEncode(QByteArrayView(R"({"alg":"none"})")) + '.'
                + base64UrlEncode(QByteArrayView(
                    R"({"sub":"22222222-0000-4000-8000-000000000001","role":"service_role","exp":4102444800})"))
                + '.' << 403 << QStringLiteral("bad_jwt");
        QTest::newRow("words") << QByteArray("hello") << 403 << QStringLiteral("bad_jwt");
        QTest::newRow("the anon key") << QByteArray("anon") << 403 << QStringLiteral("bad_jwt");
    }
    void tokensThatDoNotCount()
    {
        QFETCH(QByteArray, token);
        QFETCH(int, status);
        QFETCH(QString, expected);
        if (token == "anon") {
            token = m_academy.anonKey().toLatin1();
        }
        const ProbeAnswer answer = probe().ask("GET", "/auth/v1/user", {},
            {{"Authorization", token.isEmpty() ? QByteArray() : "Bearer " + token},
                {"X-Supabase-Api-Version", "2024-01-01"}});
        QVERIFY2(answer.status == status, answer.summary().constData());
        QCOMPARE(code(answer), expected);
    }

    void logoutEndsSessions_data()
    {
        QTest::addColumn<QByteArray>("scope");
        QTest::addColumn<bool>("firstLives");
        QTest::addColumn<bool>("secondLives");
        QTest::newRow("local") << QByteArray("local") << false << true;
        QTest::newRow("others") << QByteArray("others") << true << false;
        QTest::newRow("global") << QByteArray("global") << false << false;
    }
    void logoutEndsSessions()
    {
        QFETCH(QByteArray, scope);
        QFETCH(bool, firstLives);
        QFETCH(bool, secondLives);
        const QString email = QStringLiteral("logout-") + QString::fromLatin1(scope)
            + QStringLiteral("@neolingus.demo");
        QCOMPARE(signUp(email).status, 200);
        AcademyProbe first = probe();
        AcademyProbe second = probe();
        QVERIFY(first.signInAs(email, QStringLiteral("long enough")));
        QVERIFY(second.signInAs(email, QStringLiteral("long enough")));
        QCOMPARE(first.ask("POST", "/auth/v1/logout?scope=" + scope, {}).status, 204);
        const auto lives = [&](const AcademyProbe& client) {
            return refresh(client.session().value(QStringLiteral("refresh_token")).toString())
                       .status
                == 200;
        };
        QCOMPARE(lives(first), firstLives);
        QCOMPARE(lives(second), secondLives);
        QCOMPARE(first.get("/auth/v1/user").status, firstLives ? 200 : 403);
    }

    void administrationIsForTheServiceRoleOnly()
    {
        AcademyProbe teacher = probe();
        QVERIFY(teacher.signInAs(QStringLiteral("teacher@neolingus.demo")));
        for (const char* method : {"GET", "POST"}) {
            const ProbeAnswer refused = teacher.ask(
                method, "/auth/v1/admin/users", "{}", {{"X-Supabase-Api-Version", "2024-01-01"}});
            QCOMPARE(refused.status, 403);
            QCOMPARE(code(refused), QStringLiteral("not_admin"));
        }
        const ProbeAnswer made = probe().ask("POST", "/auth/v1/admin/users",
            R"({"email":"made@neolingus.demo","password":"abcdefg","email_confirm":true,"app_metadata":{"role":"teacher"}})",
            asService());
        QVERIFY2(made.status == 200, made.summary().constData());
        const QByteArray id = made.object().value(QStringLiteral("id")).toString().toLatin1();
        QVERIFY(probe().signInAs(QStringLiteral("made@neolingus.demo"), QStringLiteral("abcdefg")));
        const ProbeAnswer list
            = probe().ask("GET", "/auth/v1/admin/users?per_page=5", {}, asService());
        QCOMPARE(list.object().value(QStringLiteral("users")).toArray().size(), 5);
        QVERIFY(list.headers.value("x-total-count").toInt() > 40);
        QCOMPARE(probe().ask("GET", "/auth/v1/admin/users/" + id, {}, asService()).status, 200);
        const ProbeAnswer banned = probe().ask(
            "PUT", "/auth/v1/admin/users/" + id, R"({"ban_duration":"24h"})", asService());
        QVERIFY2(banned.status == 200, banned.summary().constData());
        const ProbeAnswer out = probe().post("/auth/v1/token?grant_type=password",
            credentials(QStringLiteral("made@neolingus.demo"), QStringLiteral("abcdefg")),
            {{"X-Supabase-Api-Version", "2024-01-01"}});
        QCOMPARE(code(out), QStringLiteral("user_banned"));
        QCOMPARE(probe().ask("DELETE", "/auth/v1/admin/users/" + id, {}, asService()).status, 200);
        QCOMPARE(probe().ask("GET", "/auth/v1/admin/users/" + id, {}, asService()).status, 404);
        QCOMPARE(
            probe().ask("GET", "/auth/v1/admin/users/not-a-uuid", {}, asService()).status, 400);
    }

    void guessingAPasswordIsSlowedDown()
    {
        QCOMPARE(signUp(QStringLiteral("guessed@neolingus.demo")).status, 200);
        int refused = 0;
        for (int i = 0; i < 30; ++i) {
            // An address is the same in any case; its guesses count together.
            const QString email = i % 2 == 0 ? QStringLiteral("guessed@neolingus.demo")
                                             : QStringLiteral("GUESSED@neolingus.demo");
            const ProbeAnswer answer = probe().post(
                "/auth/v1/token?grant_type=password", credentials(email, QStringLiteral("wrong")));
            refused += answer.status == 429 ? 1 : 0;
        }
        QVERIFY(refused >= 5);
        AcademyProbe teacher = probe();
        QVERIFY(teacher.signInAs(QStringLiteral("teacher@neolingus.demo")));
    }

    void manyGuessesAtOnceAreStillManyGuesses()
    {
        QCOMPARE(signUp(QStringLiteral("flooded@neolingus.demo")).status, 200);
        std::vector<std::unique_ptr<QTcpSocket>> sockets;
        for (int i = 0; i < 40; ++i) {
            sockets.push_back(probe().begin("POST", "/auth/v1/token?grant_type=password",
                R"({"email":"flooded@neolingus.demo","password":"wrong"})"));
        }
        int looked = 0;
        for (const auto& socket : sockets) {
            looked += AcademyProbe::finish(*socket).status == 400 ? 1 : 0;
        }
        // Twenty at once and what is forgiven meanwhile.
        QVERIFY2(looked < 35, qPrintable(QString::number(looked)));
    }

    void guessingACodeIsSlowedDown()
    {
        QCOMPARE(
            probe()
                .post("/auth/v1/otp",
                    QJsonObject{{QStringLiteral("email"), QStringLiteral("six@neolingus.demo")}})
                .status,
            200);
        int refused = 0;
        for (int i = 0; i < 30; ++i) {
            const ProbeAnswer answer = probe().ask("POST", "/auth/v1/verify",
                R"({"type":"email","email":"six@neolingus.demo","token":"guess"})");
            refused += answer.status == 429 ? 1 : 0;
        }
        QVERIFY(refused >= 5);
    }

    void anAcademyOfOnesOwnSendsNothingAndHasNoSamplePages()
    {
        AcademyFixture own;
        own.setArguments({});
        QVERIFY2(own.start(), qPrintable(own.problem()));
        const AcademyProbe client(own);
        const ProbeHeaders dated{{"X-Supabase-Api-Version", "2024-01-01"}};
        for (const char* path : {"/auth/v1/otp", "/auth/v1/recover"}) {
            const ProbeAnswer answer = client.ask("POST", path, R"({"email":"ana@x.org"})", dated);
            QCOMPARE(answer.status, 422);
            QCOMPARE(code(answer), QStringLiteral("email_provider_disabled"));
        }
        QCOMPARE(code(client.ask("POST", "/auth/v1/signup", "{}", dated)),
            QStringLiteral("anonymous_provider_disabled"));
        // Where nothing can be mailed a changed address needs no confirmation, and an old session's
        // password no code.
        AcademyProbe person(own);
        QCOMPARE(person
                     .post("/auth/v1/signup",
                         credentials(QStringLiteral("ana@x.org"), QStringLiteral("long enough")))
                     .status,
            200);
        QVERIFY(person.signInAs(QStringLiteral("ana@x.org"), QStringLiteral("long enough")));
        const ProbeAnswer moved = person.ask(
            "PUT", "/auth/v1/user", R"({"email":"ana@y.org","password":"longer still"})");
        QCOMPARE(
            moved.object().value(QStringLiteral("email")).toString(), QStringLiteral("ana@y.org"));
        QVERIFY(person.signInAs(QStringLiteral("ana@y.org"), QStringLiteral("longer still")));
        QCOMPARE(
            code(person.ask("GET", "/auth/v1/user/identities/authorize?provider=demo", {}, dated)),
            QStringLiteral("manual_linking_disabled"));
        QCOMPARE(client.get("/mail").status, 404);
        QCOMPARE(client.get("/auth/v1/sign-in?flow=x").status, 404);
        QCOMPARE(client.get("/auth/v1/authorize?provider=demo").status, 400);
    }
};

QTEST_GUILESS_MAIN(TestAcademyAuth)
#include "tst_academy_auth.moc"
