// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/MemorySecretStore.h"
#include "supabase/AuthSession.h"
#include "supabase/BrowserSignIn.h"
#include "supabase/MfaClient.h"
#include "support/FakeHttpClient.h"
#include "support/FakeScheduler.h"
#include "wire/Json.h"

#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

using namespace std::chrono_literals;
using State = AuthSession::State;

namespace {

QByteArray tokenAt(const char* level, const QByteArray& secret = "secret")
{
    return signJwt({{QStringLiteral("sub"), QStringLiteral("u1")},
                       {QStringLiteral("aal"), QLatin1String(level)}},
        secret);
}

QJsonObject answer(
    const QByteArray& token, const QString& refreshToken, const QJsonObject& more = {})
{
    QJsonObject user{{QStringLiteral("id"), QStringLiteral("u1")},
        {QStringLiteral("email"), QStringLiteral("ana@x.org")}};
    for (auto member = more.begin(); member != more.end(); ++member) {
        user.insert(member.key(), member.value());
    }
    return {{QStringLiteral("access_token"), QString::fromLatin1(token)},
        {QStringLiteral("refresh_token"), refreshToken}, {QStringLiteral("expires_in"), 3600},
        {QStringLiteral("user"), user}};
}

QJsonObject refusal(const char* code, const char* message = "no")
{
    return {{QStringLiteral("code"), QLatin1String(code)},
        {QStringLiteral("message"), QLatin1String(message)}};
}

const QJsonObject Factors{{QStringLiteral("factors"),
    QJsonArray{QJsonObject{{QStringLiteral("id"), QStringLiteral("f1")},
        {QStringLiteral("friendly_name"), QStringLiteral("Phone")},
        {QStringLiteral("factor_type"), QStringLiteral("totp")},
        {QStringLiteral("status"), QStringLiteral("verified")}}}}};

/// A keychain that several processes share.
class SharedSecretStore final : public SecretStore
{
public:
    explicit SharedSecretStore(std::shared_ptr<QHash<QString, QByteArray>> shelf)
        : m_shelf(std::move(shelf))
    {
    }
    Async<QByteArray> read(const QString& key) override
    {
        if (locked) {
            return readyAsync<QByteArray>(
                Error{ErrorKind::Storage, QStringLiteral("secret_failed"), {}, {}});
        }
        return m_shelf->contains(key) ? readyAsync<QByteArray>(m_shelf->value(key))
                                      : readyAsync<QByteArray>(Error{ErrorKind::NotFound,
                                          QStringLiteral("secret_missing"), {}, {}});
    }
    Async<void> write(const QString& key, const QByteArray& secret) override
    {
        m_shelf->insert(key, secret);
        return readyAsync<void>({});
    }
    Async<void> remove(const QString& key) override
    {
        m_shelf->remove(key);
        return readyAsync<void>({});
    }
    bool isPersistent() const override { return true; }

    bool locked = false; ///< it cannot be read

private:
    std::shared_ptr<QHash<QString, QByteArray>> m_shelf;
};

const Project School{
    QUrl(QStringLiteral("http://127.0.0.1:54321")), QStringLiteral("sb_publishable_x")};

} // namespace

#define AWAIT(future) QTRY_VERIFY_WITH_TIMEOUT((future).isFinished(), 20'000)
#define AWAIT_OK(future)                                                                           \
    do {                                                                                           \
        AWAIT(future);                                                                             \
        QVERIFY2((future).result().ok(),                                                           \
            (future).result().ok() ? "" : qPrintable((future).result().error().code));             \
    } while (false)

/// The ways in beside a password, and several processes with one session.
class TestAuthWays : public QObject
{
    Q_OBJECT

    struct Process
    {
        explicit Process(std::shared_ptr<QHash<QString, QByteArray>> shelf
            = std::make_shared<QHash<QString, QByteArray>>())
            : secrets(std::move(shelf)), session(School, http, secrets, time, time, random)
        {
        }
        void signIn(const QByteArray& token = tokenAt("aal1"), const QJsonObject& more = {})
        {
            http.expect("POST", "/auth/v1/token?grant_type=password")
                .reply(200, answer(token, QStringLiteral("r1"), more));
            auto done
                = session.signInWithPassword(QStringLiteral("ana@x.org"), QStringLiteral("pw"));
            AWAIT_OK(done);
        }

        FakeHttpClient http;
        FakeScheduler time;
        SeededRandom random{7};
        SharedSecretStore secrets;
        AuthSession session;
    };

    static QByteArray get(const QUrl& url, const QByteArray& target, const QByteArray& host)
    {
        QTcpSocket browser;
        browser.connectToHost(QStringLiteral("127.0.0.1"), quint16(url.port()));
        QByteArray all;
        const bool met = QTest::qWaitFor(
            [&] { return browser.state() == QAbstractSocket::ConnectedState; }, 10'000);
        if (met) {
            browser.write("GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
            (void)QTest::qWaitFor(
                [&] {
                    all += browser.readAll();
                    return browser.state() == QAbstractSocket::UnconnectedState;
                },
                10'000);
        }
        return all;
    }

private Q_SLOTS:
    void proofKeysAreAsRfc7636Says()
    {
        QCOMPARE(Pkce::challengeOf("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"),
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
        SeededRandom random(1);
        const Pkce one = Pkce::create(random);
        QCOMPARE(one.verifier.size(), 43);
        QCOMPARE(one.challenge, Pkce::challengeOf(one.verifier));
        QVERIFY(Pkce::create(random).verifier != one.verifier);
    }

    void aCodeByEmailSignsIn()
    {
        Process p;
        p.http.expect("POST", "/auth/v1/otp")
            .header("apikey", "sb_publishable_x")
            .json(QJsonObject{{QStringLiteral("email"), QStringLiteral("ana@x.org")},
                {QStringLiteral("create_user"), false}})
            .check([](const HttpRequest& request) {
                // A publishable key is no token: it never stands in Authorization.
                QVERIFY(headerValue(request.headers, "Authorization").isEmpty());
            })
            .reply(200, QJsonObject());
        auto sent = p.session.sendCode(QStringLiteral("ana@x.org"), false);
        AWAIT_OK(sent);
        p.http.expect("POST", "/auth/v1/verify")
            .json(QJsonObject{{QStringLiteral("type"), QStringLiteral("email")},
                {QStringLiteral("email"), QStringLiteral("ana@x.org")},
                {QStringLiteral("token"), QStringLiteral("123456")}})
            .reply(200, answer(tokenAt("aal1"), QStringLiteral("r1")));
        auto in = p.session.signInWithCode(QStringLiteral("ana@x.org"), QStringLiteral("123456"));
        AWAIT_OK(in);
        QCOMPARE(p.session.state(), State::SignedIn);
    }

    void theServersWordOnWaitingIsKept()
    {
        Process p;
        p.http.expect("POST", "/auth/v1/otp")
            .reply(429,
                refusal("over_email_send_rate_limit",
                    "For security purposes, you can only request this after 42 seconds."));
        auto sent = p.session.sendCode(QStringLiteral("ana@x.org"), true);
        AWAIT(sent);
        QCOMPARE(sent.result().error().kind, ErrorKind::RateLimited);
        QCOMPARE(sent.result().error().retryAfter, std::optional<std::chrono::milliseconds>(42s));
    }

    void anAnonymousAccountBecomesAFullOneWithTheSameId()
    {
        Process p;
        p.http.expect("POST", "/auth/v1/signup")
            .json(QJsonObject{{QStringLiteral("data"), QJsonObject()}})
            .reply(200,
                answer(tokenAt("aal1"), QStringLiteral("r1"),
                    {{QStringLiteral("is_anonymous"), true},
                        {QStringLiteral("email"), QString()}}));
        auto in = p.session.signInAnonymously();
        AWAIT_OK(in);
        QVERIFY(p.session.user().anonymous);
        p.http.expect("PUT", "/auth/v1/user")
            .header("Authorization", "Bearer " + tokenAt("aal1"))
            .json(QJsonObject{{QStringLiteral("email"), QStringLiteral("ana@x.org")},
                {QStringLiteral("password"), QStringLiteral("pw")},
                {QStringLiteral("data"),
                    QJsonObject{{QStringLiteral("display_name"), QStringLiteral("Ana")}}}})
            .reply(200,
                QJsonObject{{QStringLiteral("id"), QStringLiteral("u1")},
                    {QStringLiteral("email"), QStringLiteral("ana@x.org")}});
        p.http.expect("POST", "/auth/v1/token?grant_type=refresh_token")
            .reply(200, answer(tokenAt("aal1"), QStringLiteral("r2")));
        int told = 0;
        connect(&p.session, &AuthSession::stateChanged, this, [&] { ++told; });
        auto full = p.session.completeAccount(
            QStringLiteral("ana@x.org"), QStringLiteral("pw"), QStringLiteral("Ana"));
        AWAIT_OK(full);
        QVERIFY(!p.session.user().anonymous);
        QCOMPARE(p.session.user().id, UserId(QStringLiteral("u1")));
        QVERIFY(told > 0);
        QTRY_VERIFY(p.http.isSatisfied());
    }

    void aChangeCountsAlsoWhenTheTokenHadToBeRenewedFirst()
    {
        Process p;
        p.signIn();
        const QJsonObject lasting{{QStringLiteral("email"), QStringLiteral("new@x.org")}};
        p.http.expect("POST", "/auth/v1/token?grant_type=refresh_token")
            .reply(200, answer(tokenAt("aal1"), QStringLiteral("r2")));
        p.http.expect("PUT", "/auth/v1/user")
            .reply(200,
                QJsonObject{{QStringLiteral("id"), QStringLiteral("u1")},
                    {QStringLiteral("email"), QStringLiteral("new@x.org")}});
        // With the change come new claims.
        p.http.expect("POST", "/auth/v1/token?grant_type=refresh_token")
            .json(QJsonObject{{QStringLiteral("refresh_token"), QStringLiteral("r2")}})
            .reply(200, answer(tokenAt("aal1"), QStringLiteral("r3"), lasting));
        p.session.renew();
        auto changed
            = p.session.completeAccount(QStringLiteral("new@x.org"), QStringLiteral("pw"), {});
        AWAIT_OK(changed);
        QCOMPARE(p.session.user().email, QStringLiteral("new@x.org"));
        QTRY_VERIFY(p.http.isSatisfied());
    }

    void browserProvidersAreWhatTheAcademyOffers()
    {
        Process p;
        p.http.expect("GET", "/auth/v1/settings")
            .reply(200,
                QJsonObject{{QStringLiteral("external"),
                    QJsonObject{{QStringLiteral("email"), true}, {QStringLiteral("google"), true},
                        {QStringLiteral("github"), false},
                        {QStringLiteral("anonymous_users"), true}}}});
        auto providers = p.session.browserProviders();
        AWAIT_OK(providers);
        QCOMPARE(*providers.result(), QStringList{QStringLiteral("google")});
    }

    void theBrowserComesBackWithACode()
    {
        Process p;
        QUrl opened;
        BrowserSignIn browser(p.session, p.time, p.random, [&](const QUrl& url) {
            opened = url;
            return true;
        });
        auto done = browser.start(QStringLiteral("google"), {"<p>done", "<p>failed"});
        const QUrlQuery asked(opened);
        QCOMPARE(opened.path(), QStringLiteral("/auth/v1/authorize"));
        QCOMPARE(asked.queryItemValue(QStringLiteral("provider")), QStringLiteral("google"));
        QCOMPARE(
            asked.queryItemValue(QStringLiteral("code_challenge_method")), QStringLiteral("s256"));
        const QString challenge = asked.queryItemValue(QStringLiteral("code_challenge"));
        const QUrl back(asked.queryItemValue(QStringLiteral("redirect_to"), QUrl::FullyDecoded));
        QCOMPARE(back.host(), QStringLiteral("127.0.0.1"));
        const QByteArray host = "127.0.0.1:" + QByteArray::number(back.port());
        const QByteArray path = back.path().toLatin1();

        // Neither a guess of the address nor a page of another name is the browser we sent.
        QVERIFY(get(back, "/callback?code=c1", host).startsWith("HTTP/1.1 404"));
        QVERIFY(get(back, path + "?code=c1", "evil.example").startsWith("HTTP/1.1 404"));
        QVERIFY(get(back, "/favicon.ico", host).startsWith("HTTP/1.1 404"));
        QVERIFY(get(back, "/" + QByteArray(9000, 'x'), host).startsWith("HTTP/1.1 431"));
        QVERIFY(!done.isFinished());

        p.http.expect("POST", "/auth/v1/token?grant_type=pkce")
            .check([challenge](const HttpRequest& request) {
                const QJsonObject body = parseJson(request.body).value().toObject();
                QCOMPARE(body.value(QStringLiteral("auth_code")).toString(), QStringLiteral("c+1"));
                const QByteArray proof
                    = body.value(QStringLiteral("code_verifier")).toString().toLatin1();
                QCOMPARE(QString::fromLatin1(Pkce::challengeOf(proof)), challenge);
            })
            .reply(200, answer(tokenAt("aal1"), QStringLiteral("r1")));
        const QByteArray page = get(back, path + "?code=c%2B1", host);
        QVERIFY2(page.startsWith("HTTP/1.1 200") && page.endsWith("<p>done"), page.constData());
        AWAIT_OK(done);
        QCOMPARE(p.session.state(), State::SignedIn);
        QVERIFY(!browser.isWaiting());
    }

    void aRefusalInTheBrowserIsSaid()
    {
        Process p;
        QUrl opened;
        BrowserSignIn browser(p.session, p.time, p.random, [&](const QUrl& url) {
            opened = url;
            return true;
        });
        auto done = browser.start(QStringLiteral("google"), {"<p>done", "<p>failed"});
        const QUrl back(
            QUrlQuery(opened).queryItemValue(QStringLiteral("redirect_to"), QUrl::FullyDecoded));
        const QByteArray page = get(back,
            back.path().toLatin1()
                + "?error=access_denied&error_code=user_banned&error_description=no",
            "127.0.0.1:" + QByteArray::number(back.port()));
        QVERIFY(page.endsWith("<p>failed"));
        AWAIT(done);
        QCOMPARE(done.result().error().code, QStringLiteral("user_banned"));
    }

    void aBrowserThatNeverComesBackEndsTheWait()
    {
        Process p;
        BrowserSignIn browser(p.session, p.time, p.random, [](const QUrl&) { return true; });
        auto first = browser.start(QStringLiteral("google"), {});
        auto second = browser.start(QStringLiteral("google"), {});
        AWAIT(first);
        QCOMPARE(first.result().error().kind, ErrorKind::Cancelled);
        p.time.advance(BrowserSignIn::Patience);
        AWAIT(second);
        QCOMPARE(second.result().error().code, QStringLiteral("browser_timeout"));
        BrowserSignIn none(p.session, p.time, p.random, [](const QUrl&) { return false; });
        auto third = none.start(QStringLiteral("google"), {});
        AWAIT(third);
        QCOMPARE(third.result().error().code, QStringLiteral("browser_missing"));
    }

    void theSecondStepLiftsTheSession()
    {
        Process p;
        p.signIn(tokenAt("aal1"), Factors);
        QVERIFY(p.session.needsSecondStep());
        MfaClient mfa(p.session);
        p.http.expect("POST", "/auth/v1/factors/f1/challenge")
            .header("Authorization", "Bearer " + tokenAt("aal1"))
            .reply(200, QJsonObject{{QStringLiteral("id"), QStringLiteral("c1")}});
        p.http.expect("POST", "/auth/v1/factors/f1/verify")
            .header("Authorization", "Bearer " + tokenAt("aal1"))
            .json(QJsonObject{{QStringLiteral("challenge_id"), QStringLiteral("c1")},
                {QStringLiteral("code"), QStringLiteral("123456")}})
            .reply(200, answer(tokenAt("aal2"), QStringLiteral("r2"), Factors));
        int told = 0;
        connect(&p.session, &AuthSession::stateChanged, this, [&] { ++told; });
        auto lifted = mfa.verify(QStringLiteral("f1"), QStringLiteral("123456"));
        AWAIT_OK(lifted);
        QVERIFY(!p.session.needsSecondStep());
        QCOMPARE(told, 1);
        // The next start knows that the step was taken.
        AuthSession later(School, p.http, p.secrets, p.time, p.time, p.random);
        p.http.expect("POST", "/auth/v1/token?grant_type=refresh_token").hold();
        auto restored = later.restore();
        AWAIT_OK(restored);
        QVERIFY(later.user().secondStep && !later.needsSecondStep());
    }

    void aSecondStepIsSetUpAndRemoved()
    {
        Process p;
        p.signIn();
        MfaClient mfa(p.session);
        p.http.expect("POST", "/auth/v1/factors")
            .json(QJsonObject{{QStringLiteral("factor_type"), QStringLiteral("totp")},
                {QStringLiteral("friendly_name"), QStringLiteral("Phone")},
                {QStringLiteral("issuer"), QStringLiteral("Neolingus")}})
            .reply(200,
                QJsonObject{{QStringLiteral("id"), QStringLiteral("f1")},
                    {QStringLiteral("totp"),
                        QJsonObject{{QStringLiteral("secret"), QStringLiteral("MZXW")},
                            {QStringLiteral("uri"), QStringLiteral("otpauth://totp/x")}}}});
        auto enrolled = mfa.enrol(QStringLiteral("Phone"), QStringLiteral("Neolingus"));
        AWAIT_OK(enrolled);
        QCOMPARE(enrolled.result()->secret, QStringLiteral("MZXW"));
        p.http.expect("POST", "/auth/v1/factors")
            .reply(200, QJsonObject{{QStringLiteral("id"), QStringLiteral("f1")}});
        auto odd = mfa.enrol(QStringLiteral("Phone"), QStringLiteral("Neolingus"));
        AWAIT(odd);
        QCOMPARE(odd.result().error().kind, ErrorKind::Protocol);
        p.http.expect("GET", "/auth/v1/user").reply(200, Factors);
        auto factors = mfa.factors();
        AWAIT_OK(factors);
        QCOMPARE(factors.result()->first(),
            (MfaFactor{QStringLiteral("f1"), QStringLiteral("Phone"), true}));
        p.http.expect("DELETE", "/auth/v1/factors/f1").reply(422, refusal("insufficient_aal"));
        auto removed = mfa.remove(QStringLiteral("f1"));
        AWAIT(removed);
        QCOMPARE(removed.result().error().code, QStringLiteral("insufficient_aal"));
    }

    void claimsAreProvenByThePublicKeys()
    {
        const auto key = SigningKey::create();
        const auto signedBy = [&](const SigningKey& by) {
            return by.sign({{QStringLiteral("sub"), QStringLiteral("u1")},
                {QStringLiteral("exp"), qint64(4'000'000'000)}});
        };
        const QJsonObject jwks{{QStringLiteral("keys"), QJsonArray{key->publicJwk()}}};
        Process p;
        p.signIn(signedBy(*key));
        p.http.expect("GET", "/auth/v1/.well-known/jwks.json").reply(200, jwks);
        for (int i = 0; i < 5; ++i) {
            auto claims = p.session.claims();
            AWAIT_OK(claims);
            QCOMPARE(claims.result()->subject, QStringLiteral("u1"));
        }
        // Ten minutes later they are fetched again; an academy that is away does no harm.
        p.time.advance(10min);
        p.http.expect("GET", "/auth/v1/.well-known/jwks.json").reply(503, QJsonObject());
        auto later = p.session.claims();
        AWAIT_OK(later);

        // Unknown keys are asked for once in half a minute, however many tokens name one.
        JwksCache cache(School, p.http, p.time);
        p.http.expect("GET", "/auth/v1/.well-known/jwks.json").reply(200, jwks);
        const auto stranger = SigningKey::create();
        const WallTime now = p.time.wall();
        for (int i = 0; i < 20; ++i) {
            auto forged = cache.verify(signedBy(*stranger), now);
            AWAIT(forged);
            QCOMPARE(forged.result().error().code, QStringLiteral("jwt_unknown_key"));
        }
        p.time.advance(30s);
        p.http.expect("GET", "/auth/v1/.well-known/jwks.json")
            .reply(200,
                QJsonObject{
                    {QStringLiteral("keys"), QJsonArray{key->publicJwk(), stranger->publicJwk()}}});
        auto known = cache.verify(signedBy(*stranger), now);
        AWAIT_OK(known);
    }

    void aSharedSecretIsTheServersToCheck()
    {
        Process p;
        p.signIn();
        p.http.expect("GET", "/auth/v1/user")
            .reply(200, QJsonObject{{QStringLiteral("id"), QStringLiteral("u1")}});
        auto claims = p.session.claims();
        AWAIT_OK(claims);
        QCOMPARE(claims.result()->subject, QStringLiteral("u1"));
    }

    void aTokenThatAnotherProcessRotatedIsFoundInTheStore()
    {
        const auto shelf = std::make_shared<QHash<QString, QByteArray>>();
        Process one(shelf);
        one.signIn();
        Process two(shelf);
        two.http.expect("POST", "/auth/v1/token?grant_type=refresh_token")
            .json(QJsonObject{{QStringLiteral("refresh_token"), QStringLiteral("r1")}})
            .reply(200, answer(tokenAt("aal1"), QStringLiteral("r2")));
        auto restored = two.session.restore();
        AWAIT_OK(restored);
        auto token = two.session.accessToken();
        AWAIT_OK(token);
        // The first still believes in r1; the server does not, and the store knows better.
        one.http.expect("POST", "/auth/v1/token?grant_type=refresh_token")
            .json(QJsonObject{{QStringLiteral("refresh_token"), QStringLiteral("r1")}})
            .reply(400, refusal("refresh_token_already_used"));
        one.http.expect("POST", "/auth/v1/token?grant_type=refresh_token")
            .json(QJsonObject{{QStringLiteral("refresh_token"), QStringLiteral("r2")}})
            .reply(200, answer(tokenAt("aal1"), QStringLiteral("r3")));
        auto again = one.session.refreshAfterRefusal(QString::fromLatin1(tokenAt("aal1")));
        AWAIT_OK(again);
        QCOMPARE(one.session.state(), State::SignedIn);
    }

    void processesTakeTurnsWithTheToken()
    {
        QTemporaryDir folder;
        const auto shelf = std::make_shared<QHash<QString, QByteArray>>();
        Process one(shelf);
        Process two(shelf);
        FileSessionLock firstLock(one.time, folder.path());
        FileSessionLock secondLock(two.time, folder.path());
        one.session.useLock(firstLock);
        two.session.useLock(secondLock);
        one.signIn();
        one.http.expect("POST", "/auth/v1/token?grant_type=refresh_token").hold();
        auto first = one.session.refreshAfterRefusal(QString::fromLatin1(tokenAt("aal1")));
        QTRY_COMPARE(one.http.heldCount(), 1);
        // While the first one's answer is under way, the second waits and presents nothing.
        auto restored = two.session.restore();
        AWAIT_OK(restored);
        auto second = two.session.accessToken();
        for (int i = 0; i < 10; ++i) {
            two.time.advance(FileSessionLock::RetryEvery);
            QCoreApplication::processEvents();
        }
        QCOMPARE(two.http.requestCount(), 0);
        one.http.answerHeld(200, answer(tokenAt("aal1"), QStringLiteral("r2")));
        AWAIT_OK(first);
        two.http.expect("POST", "/auth/v1/token?grant_type=refresh_token")
            .json(QJsonObject{{QStringLiteral("refresh_token"), QStringLiteral("r2")}})
            .reply(200, answer(tokenAt("aal1"), QStringLiteral("r3")));
        QTRY_VERIFY_WITH_TIMEOUT(
            (two.time.advance(FileSessionLock::RetryEvery), second.isFinished()), 20'000);
        QVERIFY(second.result().ok());
    }

    void aSignOutInAnotherProcessIsFollowed()
    {
        QTemporaryDir folder;
        const auto shelf = std::make_shared<QHash<QString, QByteArray>>();
        Process one(shelf);
        Process two(shelf);
        FileSessionLock lock(one.time, folder.path());
        one.session.useLock(lock);
        one.signIn();
        two.http.expect("POST", "/auth/v1/token?grant_type=refresh_token").hold();
        auto restored = two.session.restore();
        AWAIT_OK(restored);
        auto out = two.session.signOut();
        AWAIT_OK(out);
        auto token = one.session.refreshAfterRefusal(QString::fromLatin1(tokenAt("aal1")));
        AWAIT(token);
        QCOMPARE(token.result().error().code, QStringLiteral("signed_out"));
        QCOMPARE(one.session.state(), State::SignedOut);
    }

    /// Another process may have used up the token we hold: an old one is worse than a late one.
    void aKeychainThatCannotBeReadSaysNothing()
    {
        QTemporaryDir folder;
        const auto shelf = std::make_shared<QHash<QString, QByteArray>>();
        Process one(shelf);
        Process two(shelf);
        FileSessionLock lock(one.time, folder.path());
        one.session.useLock(lock);
        one.signIn();
        two.http.expect("POST", "/auth/v1/token?grant_type=refresh_token")
            .reply(200, answer(tokenAt("aal1"), QStringLiteral("r2")));
        auto restored = two.session.restore();
        AWAIT_OK(restored);
        auto rotated = two.session.accessToken();
        AWAIT_OK(rotated);

        one.secrets.locked = true;
        auto refused = one.session.refreshAfterRefusal(QString::fromLatin1(tokenAt("aal1")));
        AWAIT(refused);
        QCOMPARE(refused.result().error().code, QStringLiteral("secret_failed"));
        QCOMPARE(one.session.state(), State::SignedIn);
        QCOMPARE(one.http.requestCount(), 1);
        one.secrets.locked = false;
        one.http.expect("POST", "/auth/v1/token?grant_type=refresh_token")
            .json(QJsonObject{{QStringLiteral("refresh_token"), QStringLiteral("r2")}})
            .reply(200, answer(tokenAt("aal1"), QStringLiteral("r3")));
        one.time.advance(1s); // by itself
        QTRY_VERIFY(one.http.isSatisfied());
        auto token = one.session.accessToken();
        AWAIT_OK(token);
    }

    /// Nor is a refusal believed that nobody could look up.
    void aRefusalIsNotBelievedWhileTheKeychainIsLocked()
    {
        Process one;
        one.signIn();
        one.secrets.locked = true;
        one.http.expect("POST", "/auth/v1/token?grant_type=refresh_token")
            .reply(400, refusal("refresh_token_already_used"));
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("ended the session")));
        auto refused = one.session.refreshAfterRefusal(QString::fromLatin1(tokenAt("aal1")));
        AWAIT(refused);
        QCOMPARE(one.session.state(), State::SignedIn);
        one.secrets.locked = false;
        one.http.expect("POST", "/auth/v1/token?grant_type=refresh_token")
            .reply(400, refusal("refresh_token_already_used"));
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("ended the session")));
        one.time.advance(1s);
        QTRY_COMPARE(one.session.state(), State::NeedsSignIn);
    }

    /// It had looked before the session went, and writes after.
    void whatARenewalElsewhereWritesLateIsRemovedToo_data()
    {
        QTest::addColumn<bool>("signsInAgain");
        QTest::newRow("signed out") << false;
        QTest::newRow("and in again") << true;
    }
    void whatARenewalElsewhereWritesLateIsRemovedToo()
    {
        QFETCH(bool, signsInAgain);
        QTemporaryDir folder;
        const auto shelf = std::make_shared<QHash<QString, QByteArray>>();
        Process one(shelf);
        FileSessionLock lock(one.time, folder.path());
        one.session.useLock(lock);
        one.signIn();
        const QHash<QString, QByteArray> before = *shelf;
        FakeScheduler elsewhere;
        FileSessionLock theirs(elsewhere, folder.path());
        auto held = theirs.acquire(before.keys().first());
        AWAIT_OK(held);
        one.http.expect("POST", "/auth/v1/logout?scope=local").reply(204, QJsonObject());
        auto out = one.session.signOut();
        AWAIT_OK(out);
        QVERIFY(shelf->isEmpty());
        *shelf = before;
        if (signsInAgain) {
            one.signIn();
        }
        held = {};
        if (signsInAgain) {
            one.time.advance(FileSessionLock::Patience);
            for (int i = 0; i < 10; ++i) {
                QCoreApplication::processEvents();
            }
            QVERIFY(theirs.acquire(before.keys().first()).isFinished()); // it had its turn
            QCOMPARE(*shelf, before);
        } else {
            QTRY_VERIFY_WITH_TIMEOUT(
                (one.time.advance(FileSessionLock::RetryEvery), shelf->isEmpty()), 20'000);
        }
    }

    /// The session went between the exchange and the keeping.
    void aSessionRemovedDuringARenewalStaysRemoved()
    {
        const auto shelf = std::make_shared<QHash<QString, QByteArray>>();
        Process one(shelf);
        one.signIn();
        one.http.expect("POST", "/auth/v1/token?grant_type=refresh_token").hold();
        auto token = one.session.refreshAfterRefusal(QString::fromLatin1(tokenAt("aal1")));
        QTRY_COMPARE(one.http.heldCount(), 1);
        shelf->clear();
        one.http.answerHeld(200, answer(tokenAt("aal1"), QStringLiteral("r2")));
        AWAIT(token);
        QCOMPARE(token.result().error().code, QStringLiteral("signed_out"));
        QCOMPARE(one.session.state(), State::SignedOut);
        QVERIFY(shelf->isEmpty());
    }

    void anUnknownRefusalDoesNotEndASession_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QJsonObject>("body");
        QTest::newRow("a proxy's")
            << 403 << QJsonObject{{QStringLiteral("error"), QStringLiteral("Forbidden")}};
        QTest::newRow("a gateway's")
            << 401 << QJsonObject{{QStringLiteral("message"), QStringLiteral("Invalid API key")}};
        QTest::newRow("a conflict") << 409 << refusal("conflict");
        QTest::newRow("too often") << 429 << refusal("over_request_rate_limit");
        QTest::newRow("a word of the future") << 400 << refusal("try_again_differently");
    }
    void anUnknownRefusalDoesNotEndASession()
    {
        QFETCH(int, status);
        QFETCH(QJsonObject, body);
        Process p;
        p.signIn();
        p.http.expect("POST", "/auth/v1/token?grant_type=refresh_token").reply(status, body);
        auto token = p.session.refreshAfterRefusal(QString::fromLatin1(tokenAt("aal1")));
        AWAIT(token);
        QCOMPARE(p.session.state(), State::SignedIn);
        QVERIFY(!token.result().ok());
    }
};

QTEST_GUILESS_MAIN(TestAuthWays)
#include "tst_authways.moc"
