// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/auth/AuthFault.h"
#include "academy/auth/Caller.h"
#include "academy/auth/GuessGuard.h"
#include "academy/auth/KeyFile.h"
#include "academy/auth/RateLimiter.h"
#include "academy/http/Message.h"
#include "academy/postgres/PgPool.h"
#include "wire/Jwt.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <future>
#include <map>
#include <semaphore>
#include <thread>

using namespace academy;

namespace {

/// A clock that stands still until told otherwise.
class HandClock final : public Clock
{
public:
    WallTime wall() const override { return now; }
    MonotonicTime monotonic() const override { return MonotonicTime(now.time_since_epoch()); }
    WallTime now{std::chrono::seconds(1'700'000'000)};
};

} // namespace

/// The academy's small parts that need no database.
class TestAcademyParts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void percentDecoding_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("decoded");
        QTest::newRow("plain") << QByteArray("abc") << QByteArray("abc");
        QTest::newRow("a space two ways") << QByteArray("a%20b+c") << QByteArray("a b c");
        QTest::newRow("a plus") << QByteArray("%2B02:00") << QByteArray("+02:00");
        QTest::newRow("UTF-8") << QByteArray("%C3%B1") << QByteArray("ñ");
        QTest::newRow("broken") << QByteArray("100%, %zz %4") << QByteArray("100%, %zz %4");
        QTest::newRow("the last byte") << QByteArray("%41") << QByteArray("A");
    }
    void percentDecoding()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, decoded);
        QCOMPARE(QByteArray::fromStdString(percentDecoded(text.toStdString(), true)), decoded);
    }

    void queriesAreReadInOrder()
    {
        Request request;
        request.query = "a=1&b=x%26y&a=2&c&=d&&select=id,name";
        const auto pairs = request.parameters();
        QCOMPARE(pairs.size(), std::size_t(6));
        QVERIFY(request.parameter("b") == "x&y");
        QVERIFY(request.parameter("a") == "1");
        QVERIFY(request.parameter("select") == "id,name");
    }

    void bearersAreRead_data()
    {
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<QByteArray>("token");
        QTest::newRow("usual") << QByteArray("Bearer abc") << QByteArray("abc");
        QTest::newRow("lower case") << QByteArray("bearer  abc") << QByteArray("abc");
        QTest::newRow("another scheme") << QByteArray("Basic abc") << QByteArray();
        QTest::newRow("no token") << QByteArray("Bearer ") << QByteArray();
    }
    void bearersAreRead()
    {
        QFETCH(QByteArray, header);
        QFETCH(QByteArray, token);
        Request request;
        request.raw.set("Authorization", header.toStdString());
        QCOMPARE(QByteArray::fromStdString(std::string(request.bearer())), token);
    }

    void bucketsEmptyAndRefill()
    {
        HandClock clock;
        RateLimiter limiter(clock, 3, 1);
        for (int i = 0; i < 3; ++i) {
            QVERIFY(limiter.admit("a"));
        }
        QVERIFY(!limiter.admit("a"));
        QVERIFY(limiter.admit("b"));
        clock.now += std::chrono::milliseconds(900);
        QVERIFY(!limiter.admit("a"));
        clock.now += std::chrono::milliseconds(200);
        QVERIFY(limiter.admit("a"));
        clock.now += std::chrono::hours(1);
        for (int i = 0; i < 3; ++i) {
            QVERIFY(limiter.admit("a"));
        }
        QVERIFY(!limiter.admit("a"));
        limiter.giveBack("a");
        QVERIFY(limiter.admit("a"));
        QVERIFY(!limiter.admit("a"));
    }

    void whoGuessesKeepsNobodyElseOut()
    {
        using Outcome = GuessGuard::Outcome;
        HandClock clock;
        GuessGuard guard(clock, {.burst = 3, .strangers = 8, .perSecond = 1});
        const auto ask = [&](const char* account, const char* peer, Outcome outcome) {
            const auto guess = guard.admit("password", account, peer);
            if (guess) {
                guard.settle(*guess, outcome);
            }
            return guess.has_value();
        };
        const auto wrong = [&](const char* account, const char* peer) {
            return ask(account, peer, Outcome::Wrong);
        };
        QVERIFY(ask("ana@x.org", "10.0.0.1", Outcome::Right));
        // One place: its own share, the account's name in any case, other accounts untouched.
        QVERIFY(wrong("ana@x.org", "10.0.0.2"));
        QVERIFY(wrong("ANA@x.org", "10.0.0.2"));
        QVERIFY(wrong("ana@x.org", "10.0.0.2"));
        QVERIFY(!wrong("ana@x.org", "10.0.0.2"));
        QVERIFY(wrong("bea@x.org", "10.0.0.2"));
        // Many places: together what strangers have, and no more.
        int admitted = 3;
        for (const char* peer : {"10.0.0.3", "10.0.0.4", "10.0.0.5", "10.0.0.6"}) {
            for (int i = 0; i < 3; ++i) {
                admitted += wrong("ana@x.org", peer) ? 1 : 0;
            }
        }
        QCOMPARE(admitted, 8);
        QVERIFY(!ask("ana@x.org", "10.0.0.9", Outcome::Right));
        // The place that was right before is not kept out, and a code is another secret.
        QVERIFY(ask("ana@x.org", "10.0.0.1", Outcome::Right));
        QVERIFY(guard.admit("code", "ana@x.org", "10.0.0.9"));
        // But it has no more than a share of its own.
        for (int i = 0; i < 3; ++i) {
            QVERIFY(wrong("ana@x.org", "10.0.0.1"));
        }
        QVERIFY(!wrong("ana@x.org", "10.0.0.1"));
        clock.now += std::chrono::milliseconds(1'100);
        QVERIFY(ask("ana@x.org", "10.0.0.1", Outcome::Right));
        QVERIFY(ask("ana@x.org", "10.0.0.9", Outcome::Right));
        QVERIFY(ask("ana@x.org", "10.0.0.9", Outcome::Neither));
    }

    void oneComputerIsOnePlaceWithAnyAddressOfItsNetwork()
    {
        HandClock clock;
        GuessGuard guard(clock, {.burst = 2, .strangers = 100, .perSecond = 1});
        QVERIFY(guard.admit("password", "ana@x.org", "2001:db8:1:2::1"));
        QVERIFY(guard.admit("password", "ana@x.org", "2001:db8:1:2:aaaa::7"));
        QVERIFY(!guard.admit("password", "ana@x.org", "2001:db8:1:2:bbbb::9"));
        QVERIFY(guard.admit("password", "ana@x.org", "2001:db8:1:3::1"));
        QVERIFY(guard.admit("password", "ana@x.org", "::ffff:10.0.0.1"));
        QVERIFY(guard.admit("password", "ana@x.org", "::ffff:10.0.0.2"));
        QVERIFY(guard.admit("password", "ana@x.org", "::ffff:10.0.0.1"));
        QVERIFY(!guard.admit("password", "ana@x.org", "::ffff:10.0.0.1"));
    }

    void theDevelopmentKeysAreTheKnownOnes()
    {
        const Keys keys = KeyFile::developmentKeys();
        QVERIFY(keys.anonKey.starts_with(
            "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9."
            "eyJpc3MiOiJzdXBhYmFzZS1kZW1vIiwicm9sZSI6ImFub24iLCJleHAiOjE5ODM4MTI5OTZ9."));
        QCOMPARE(keys.tokenFor(keys.publishableKey), std::optional(keys.anonKey));
        QCOMPARE(keys.tokenFor(keys.secretKey), std::optional(keys.serviceRoleKey));
        QCOMPARE(keys.tokenFor("sb_secret_guess"), std::nullopt);
    }

    void anAcademyWithItsOwnSigningKeyStillKnowsItsOldTokens()
    {
        QTemporaryDir folder;
        const std::filesystem::path path
            = folder.filePath(QStringLiteral("keys.json")).toStdString();
        SeededRandom random(7);
        HandClock clock;
        const auto before = KeyFile(path).open(false, false, random, clock.now);
        QVERIFY(before.ok());
        QCOMPARE(before->jwks(), std::string(R"({"keys":[]})"));
        const auto after = KeyFile(path).open(false, true, random, clock.now);
        const auto again = KeyFile(path).open(false, false, random, clock.now);
        QVERIFY(after.ok() && again.ok());
        QCOMPARE(after->jwks(), again->jwks());
        QVERIFY(after->jwks().find("\"ES256\"") != std::string::npos);
        QVERIFY(after->jwks().find("\"d\"") == std::string::npos);

        const QJsonObject claims{{QStringLiteral("sub"), QStringLiteral("u1")}};
        const std::string token = after->sign(claims);
        QVERIFY(after->verify(token, clock.now).ok());
        QVERIFY(!before->verify(token, clock.now).ok());
        QVERIFY(after->verify(before->sign(claims), clock.now).ok());
        QVERIFY(after->verify(after->anonKey, clock.now).ok());
        // The public key as a shared secret proves nothing.
        const std::string jwks = after->jwks();
        const QByteArray forged
            = signJwt(claims, QByteArrayView(jwks.data(), qsizetype(jwks.size())));
        QVERIFY(!after->verify(forged.toStdString(), clock.now).ok());
    }

    void keysAreKeptAndClosed()
    {
        QTemporaryDir folder;
        const std::filesystem::path path
            = folder.filePath(QStringLiteral("keys.json")).toStdString();
        SeededRandom random(7);
        HandClock clock;
        const auto made = KeyFile(path).open(false, false, random, clock.now);
        const auto again = KeyFile(path).open(false, false, random, clock.now);
        QVERIFY(made.ok() && again.ok());
        QCOMPARE(again->anonKey, made->anonKey);
        QVERIFY(made->jwtSecret != KeyFile::developmentKeys().jwtSecret);
        QVERIFY(made->jwtSecret.size() >= 32);
        const auto caller = callerFromToken(made->serviceRoleKey, *made, clock.now);
        QVERIFY(caller.ok() && caller->isService());
        const auto asDemo = KeyFile(path).open(true, false, random, clock.now);
        QCOMPARE(asDemo.error().code, QStringLiteral("data_dir_kind"));
        QFile file(QString::fromStdString(path.string()));
        QVERIFY(!(file.permissions() & (QFile::ReadGroup | QFile::ReadOther)));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("{");
        file.close();
        QCOMPARE(KeyFile(path).open(false, false, random, clock.now).error().code,
            QStringLiteral("data_dir"));
    }

    void callersAreWhatTheirTokensSay()
    {
        const Keys keys = KeyFile::developmentKeys();
        HandClock clock;
        const auto token = [&](const QJsonObject& claims) {
            return signJwt(claims, QByteArray::fromStdString(keys.jwtSecret)).toStdString();
        };
        const qint64 now
            = std::chrono::duration_cast<std::chrono::seconds>(clock.now.time_since_epoch())
                  .count();
        const auto roleless
            = callerFromToken(token({{QStringLiteral("exp"), now + 60}}), keys, clock.now);
        QVERIFY(roleless.ok());
        QVERIFY(roleless->role == "anon");
        QVERIFY(roleless->claimsText.find("\"role\":\"anon\"") != std::string::npos);
        const QJsonObject late{{QStringLiteral("role"), QStringLiteral("authenticated")},
            {QStringLiteral("exp"), now - 20}};
        QVERIFY(callerFromToken(token(late), keys, clock.now).ok());
        QCOMPARE(
            callerFromToken(token(late), keys, clock.now + std::chrono::seconds(30)).error().code,
            QStringLiteral("jwt_expired"));
    }

    void faultsFollowTheVersion()
    {
        Request request;
        const AuthFault weak{422, "weak_password", "too short", {"length"}};
        QCOMPARE(QByteArray::fromStdString(weak.response(request).body),
            R"({"code":422,"error_code":"weak_password","msg":"too short","weak_password":{"reasons":["length"]}})");
        request.raw.set("X-Supabase-Api-Version", "2024-01-01");
        QCOMPARE(QByteArray::fromStdString(weak.response(request).body),
            R"({"code":"weak_password","message":"too short","weak_password":{"reasons":["length"]}})");
    }

    void jsonTextIsEscaped()
    {
        QCOMPARE(QByteArray::fromStdString(jsonQuoted("a\"b\\c\nñ\x01")),
            QByteArray("\"a\\\"b\\\\c\\nñ\\u0001\""));
    }

    void whoWorkedLastIsCalledFirst()
    {
        constexpr std::size_t threads = 8;
        constexpr int jobs = 640;
        PgPool pool(PgPoolOptions{.conninfo = "host=/nonexistent", .threads = threads});
        std::map<std::thread::id, int> jobsOf;
        for (int i = 0; i < jobs; ++i) {
            std::promise<std::thread::id> worked;
            QVERIFY(pool.submit(
                [&worked](PgConnection&) { worked.set_value(std::this_thread::get_id()); }));
            ++jobsOf[worked.get_future().get()];
        }
        // Another one is called when the last has not come to rest yet; taking turns would give each
        // an eighth.
        const auto least = std::ranges::min_element(
            jobsOf, {}, [](const auto& worker) { return worker.second; });
        QVERIFY(jobsOf.size() < threads || least->second < jobs / int(threads) / 2);
    }

    void aPoolGrowsWhileEverybodyIsBusy()
    {
        PgPool pool(PgPoolOptions{.conninfo = "host=/nonexistent",
            .threads = 1,
            .maxThreads = 3,
            .maxQueued = 1,
            .idle = std::chrono::seconds(0)});
        std::promise<void> over;
        const std::shared_future<void> end = over.get_future().share();
        std::counting_semaphore<> busy(0);
        const auto wait = [&busy, end](PgConnection&) {
            busy.release();
            end.wait();
        };
        for (int i = 0; i < 3; ++i) {
            QVERIFY(pool.submit(wait));
            busy.acquire();
        }
        QVERIFY(pool.submit(wait));
        QVERIFY(!pool.submit(wait));
        over.set_value();
        busy.acquire();
        pool.stop();
        QVERIFY(!pool.submit(wait));
    }
};

QTEST_GUILESS_MAIN(TestAcademyParts)
#include "tst_academyparts.moc"
