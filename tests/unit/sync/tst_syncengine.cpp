// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/SyncTest.h"

#include "store/MemorySecretStore.h"
#include "supabase/AuthSession.h"
#include "supabase/MfaClient.h"
#include "support/FakeHttpClient.h"
#include "wire/Jwt.h"

using namespace std::chrono_literals;

namespace {

/// A session of somebody with an authenticator app, as the academy answers it.
QJsonObject sessionAt(const char* level, const QString& refreshToken)
{
    const QByteArray token = signJwt({{QStringLiteral("sub"), QStringLiteral("u1")},
        {QStringLiteral("aal"), QLatin1String(level)}}, "secret");
    const QJsonObject factor {{QStringLiteral("id"), QStringLiteral("f1")},
        {QStringLiteral("factor_type"), QStringLiteral("totp")},
        {QStringLiteral("status"), QStringLiteral("verified")}};
    return {{QStringLiteral("access_token"), QString::fromLatin1(token)},
        {QStringLiteral("refresh_token"), refreshToken}, {QStringLiteral("expires_in"), 3600},
        {QStringLiteral("user"), QJsonObject {{QStringLiteral("id"), QStringLiteral("u1")},
            {QStringLiteral("email"), QStringLiteral("ana@x.org")},
            {QStringLiteral("factors"), QJsonArray {factor}}}}};
}

} // namespace

class TestSyncEngine : public QObject
{
    Q_OBJECT

    std::unique_ptr<SyncBench> m;
    const QString A = QStringLiteral("attempt:a");
    const QString R = QStringLiteral("review:r");

    void queue(const QStringList& ids, const QString& lane)
    {
        for (const QString& id : ids) {
            QVERIFY(m->queue(id, lane));
        }
    }

    static QStringList numbered(int count)
    {
        QStringList ids;
        for (int i = 1; i <= count; ++i) {
            ids.append(QString::number(i));
        }
        return ids;
    }

    void failWith(const Error& error)
    {
        m->academy.answer = [error](const QString&, const FakeAcademy::Batch&) {
            return readyAsync<UploadOutcome>(error);
        };
    }

    void recover()
    {
        m->academy.answer = [this](const QString&, const FakeAcademy::Batch& rows) {
            return readyAsync<UploadOutcome>(m->academy.accept(rows));
        };
    }

    /// Advances until nothing is pending or the time is over.
    bool drains(std::chrono::milliseconds within)
    {
        for (auto spent = 0ms; spent <= within; spent += 500ms) {
            m->advance(500ms);
            if (m->engine->status().pending == 0) {
                return true;
            }
        }
        return false;
    }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".?")));
        m = std::make_unique<SyncBench>();
    }
    void cleanup() { m.reset(); }

    void sendsInOrderAndKeepsTheReceipt()
    {
        QSignalSpy advanced(m->engine.get(), &SyncEngine::laneAdvanced);
        queue(numbered(5), A);
        m->poke();
        QCOMPARE(m->academy.batches, QList<QStringList> {numbered(5)});
        QCOMPARE(advanced.count(), 1);
        QCOMPARE(advanced.first().first().toString(), A);
        const LaneCounts counts = m->counts(A);
        QCOMPARE(counts.kept, 5);
        QCOMPARE(counts.sent, 5);
        QCOMPARE(counts.receipted, 5);
        QCOMPARE(m->engine->status().pending, 0);
    }

    void needsNoPoke()
    {
        queue({QStringLiteral("1")}, A);
        m->advance(4s);
        QVERIFY(m->academy.batches.isEmpty());
        m->advance(1s);
        QCOMPARE(m->academy.batches.size(), 1);
    }

    void largeQueuesGoInBatches()
    {
        queue(numbered(230), A);
        m->poke();
        QCOMPARE(m->academy.batches.size(), 3);
        QCOMPARE(m->academy.batches.at(0).size(), 100);
        QCOMPARE(m->academy.batches.at(2).size(), 30);
        QCOMPARE(m->academy.order.value(A).size(), 230);
        QVERIFY(std::ranges::is_sorted(m->academy.order.value(A)));
    }

    void oneBatchPerLaneAtATime()
    {
        AsyncPromise<UploadOutcome> withheld;
        FakeAcademy::Batch seen;
        m->academy.answer = [&](const QString& lane, const FakeAcademy::Batch& rows) {
            if (lane == R) {
                return readyAsync<UploadOutcome>(m->academy.accept(rows));
            }
            seen = rows;
            return withheld.future();
        };
        m->held = true;
        queue({QStringLiteral("1")}, A);
        m->poke();
        queue({QStringLiteral("2")}, A);
        queue({QStringLiteral("3")}, R);
        m->poke();
        m->advance(20s);
        QCOMPARE(m->academy.lanes, QStringList({A, R}));
        m->held = false;
        recover();
        withheld.resolve(m->academy.accept(seen));
        m->settle();
        QCOMPARE(m->engine->status().pending, 0);
        QCOMPARE(m->academy.order.value(A), QList<qint64>({1, 2}));
    }

    void waitsForTheOwner()
    {
        QVERIFY(m->queue(QStringLiteral("1"), A, "ben"));
        queue({QStringLiteral("2")}, R);
        m->poke();
        QCOMPARE(m->academy.lanes, QStringList {R});
        QVERIFY(m->engine->status().needsAuth);
        m->tokens->setUser("");
        m->advance(60s);
        QCOMPARE(m->academy.lanes.size(), 1);
        m->tokens->setUser("ben");
        m->settle();
        QCOMPARE(m->academy.lanes, QStringList({R, A}));
        QVERIFY(!m->engine->status().needsAuth);
    }

    void rowsOfNobodyStayWithoutAsking()
    {
        QVERIFY(m->queue(QStringLiteral("1"), R, ""));
        m->tokens->setUser("");
        m->advance(10s);
        QVERIFY(m->academy.batches.isEmpty());
        QVERIFY(!m->engine->status().needsAuth);
        QCOMPARE(m->engine->status().pending, 1);
    }

    void asksForATokenBeforeEveryBatch()
    {
        m->tokens->failure = errorOf(ErrorKind::Unauthorized, "needs_sign_in");
        queue({QStringLiteral("1")}, A);
        m->poke();
        QCOMPARE(m->tokens->asked, 1);
        QVERIFY(m->academy.batches.isEmpty());
        m->tokens->failure.reset();
        QVERIFY(drains(5s));
    }

    void offlineWaitsLongerAndLongerWithinTheCap_data()
    {
        QTest::addColumn<QString>("lane");
        QTest::addColumn<int>("cap");
        QTest::newRow("an exam") << A << 5;
        QTest::newRow("study") << R << 60;
    }

    void offlineWaitsLongerAndLongerWithinTheCap()
    {
        QFETCH(QString, lane);
        QFETCH(int, cap);
        failWith(errorOf(ErrorKind::Offline));
        queue({QStringLiteral("1")}, lane);
        QList<MonotonicTime> tries;
        const auto note = [&] {
            while (tries.size() < m->academy.batches.size()) {
                tries.append(m->time.monotonic());
            }
        };
        m->poke();
        note();
        for (int i = 0; i < 6000 && tries.size() < 15; ++i) {
            m->advance(250ms);
            note();
        }
        QCOMPARE(tries.size(), 15);
        std::chrono::microseconds longest {0};
        for (qsizetype i = 1; i < tries.size(); ++i) {
            longest = std::max(longest, tries.at(i) - tries.at(i - 1));
        }
        QVERIFY(longest <= std::chrono::seconds(cap) + 250ms);
        QVERIFY(longest > std::chrono::seconds(cap) / 4);
        QVERIFY(m->engine->status().offline);
        QCOMPARE(m->engine->status().pending, 1);
        QCOMPARE(m->engine->status().quarantined, 0);
    }

    void theNetworkComingBackEndsTheWait()
    {
        failWith(errorOf(ErrorKind::Offline));
        queue({QStringLiteral("1")}, R);
        m->poke();
        m->advance(60s);
        recover();
        const auto before = m->academy.batches.size();
        m->engine->networkUp();
        m->settle();
        QCOMPARE(m->academy.batches.size(), before + 1);
        QVERIFY(!m->engine->status().offline);
        QCOMPARE(m->engine->status().pending, 0);
    }

    void honoursRetryAfter()
    {
        Error busy = errorOf(ErrorKind::RateLimited);
        busy.retryAfter = 90s;
        failWith(busy);
        queue({QStringLiteral("1")}, A);
        m->poke();
        recover();
        m->advance(89s);
        QCOMPARE(m->academy.batches.size(), 1);
        m->advance(6s);
        QCOMPARE(m->academy.batches.size(), 2);
    }

    void slowBatchesAreHalved()
    {
        m->academy.answer = [this](const QString&, const FakeAcademy::Batch& rows) {
            return readyAsync<UploadOutcome>(rows.size() > 10 ? Result<UploadOutcome>(errorOf(ErrorKind::Timeout))
                                                              : Result<UploadOutcome>(m->academy.accept(rows)));
        };
        queue(numbered(80), A);
        m->poke();
        QVERIFY(drains(120s));
        QCOMPARE(m->academy.order.value(A).size(), 80);
        QVERIFY(std::ranges::is_sorted(m->academy.order.value(A)));
        QCOMPARE(m->engine->status().quarantined, 0);
    }

    void aPoisonedBatchCostsOneOperation()
    {
        m->academy.answer = [this](const QString&, const FakeAcademy::Batch& rows) {
            const bool poisoned = FakeAcademy::idsOf(rows).contains(QStringLiteral("37"));
            return readyAsync<UploadOutcome>(poisoned ? Result<UploadOutcome>(errorOf(ErrorKind::Invalid, "22P02"))
                                                      : Result<UploadOutcome>(m->academy.accept(rows)));
        };
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("set aside")));
        QSignalSpy quarantined(m->engine.get(), &SyncEngine::operationQuarantined);
        queue(numbered(60), A);
        queue({QStringLiteral("r")}, R);
        m->poke();
        QCOMPARE(m->engine->status().pending, 0);
        QCOMPARE(m->engine->status().quarantined, 1);
        QCOMPARE(quarantined.count(), 1);
        QCOMPARE(m->academy.order.value(A).size(), 59);
        QVERIFY(!m->academy.kept.contains(OpId(QStringLiteral("37"))));
        QVERIFY(m->academy.kept.contains(OpId(QStringLiteral("r"))));
        recover();
        QCOMPARE(answerOf(m->engine->retryQuarantined()).valueOr(-1), 1);
        m->settle();
        QVERIFY(m->academy.kept.contains(OpId(QStringLiteral("37"))));
        QCOMPARE(m->engine->status().quarantined, 0);
    }

    void rejectionsOfOneOperation()
    {
        m->academy.answer = [this](const QString&, const FakeAcademy::Batch& rows) {
            UploadOutcome outcome;
            for (const OutboxRow& row : rows) {
                if (row.opId == OpId(QStringLiteral("2"))) {
                    outcome.rejected.insert(row.opId, errorOf(ErrorKind::Conflict, "ACADEMY_CLOSED"));
                } else {
                    m->academy.keep(row);
                    outcome.acknowledged.append(row.opId);
                }
            }
            return readyAsync<UploadOutcome>(outcome);
        };
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("set aside: \"ACADEMY_CLOSED\"")));
        queue(numbered(3), A);
        m->poke();
        QCOMPARE(m->academy.order.value(A), QList<qint64>({1, 3}));
        QCOMPARE(m->counts(A).quarantined, 1);
        QCOMPARE(m->counts(A).pending, 0);
    }

    void missingRightsAreCheckedTwice()
    {
        failWith(errorOf(ErrorKind::Forbidden, "42501"));
        queue({QStringLiteral("1")}, A);
        m->poke();
        QCOMPARE(m->engine->status().quarantined, 0);
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("42501")));
        m->advance(5s);
        QCOMPARE(m->engine->status().quarantined, 1);
        QCOMPARE(m->tokens->asked, 2);
    }

    void anUnknownErrorIsTriedFiveTimes()
    {
        failWith(errorOf(ErrorKind::Invalid, "PGRST116"));
        queue(numbered(2), A);
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("PGRST116")));
        m->poke();
        for (int i = 0; i < 100 && m->engine->status().quarantined == 0; ++i) {
            m->advance(1s);
        }
        QCOMPARE(m->engine->status().quarantined, 1);
        QCOMPARE(m->academy.batches.count(QStringList {QStringLiteral("1")}), 5);
    }

    void aHotelsLoginPageCondemnsNothing()
    {
        failWith(errorOf(ErrorKind::Protocol, "json_invalid"));
        queue(numbered(3), A);
        m->poke();
        for (int i = 0; i < 40; ++i) {
            m->advance(5s);
        }
        QCOMPARE(m->engine->status().quarantined, 0);
        QVERIFY(m->engine->status().stuck);
        recover();
        QVERIFY(drains(10s));
        QVERIFY(!m->engine->status().stuck);
    }

    void anOldServerPausesEverything()
    {
        failWith(errorOf(ErrorKind::NotFound, "PGRST202"));
        queue(numbered(3), A);
        m->poke();
        QVERIFY(m->engine->status().serverTooOld);
        recover();
        queue({QStringLiteral("r")}, R);
        m->advance(50s);
        QCOMPARE(m->academy.batches.size(), 1);
        m->advance(15s);
        QCOMPARE(m->engine->status().pending, 0);
        QVERIFY(!m->engine->status().serverTooOld);
    }

    void aLostReplyIsSentAgainAndKeptOnce()
    {
        int calls = 0;
        m->academy.answer = [&](const QString&, const FakeAcademy::Batch& rows) {
            const UploadOutcome outcome = m->academy.accept(rows);
            return readyAsync<UploadOutcome>(++calls == 1 ? Result<UploadOutcome>(errorOf(ErrorKind::Offline))
                                                          : Result<UploadOutcome>(outcome));
        };
        queue(numbered(4), A);
        m->poke();
        QVERIFY(drains(5s));
        QCOMPARE(calls, 2);
        QCOMPARE(m->academy.order.value(A), QList<qint64>({1, 2, 3, 4}));
    }

    void whatIsNotNamedStaysQueued()
    {
        m->academy.answer = [this](const QString&, const FakeAcademy::Batch& rows) {
            return readyAsync<UploadOutcome>(m->academy.accept({rows.first()}));
        };
        queue(numbered(3), A);
        m->poke();
        QVERIFY(drains(30s));
        QCOMPARE(m->academy.order.value(A), QList<qint64>({1, 2, 3}));
    }

    void anEmptyVerdictWaits()
    {
        m->academy.answer = [](const QString&, const FakeAcademy::Batch&) {
            return readyAsync<UploadOutcome>(UploadOutcome());
        };
        queue({QStringLiteral("1")}, A);
        m->poke();
        QVERIFY(m->academy.batches.size() <= 2);
        QCOMPARE(m->engine->status().lastError, QStringLiteral("sync_no_progress"));
        QCOMPARE(m->engine->status().pending, 1);
    }

    void anAbandonedUploadIsTriedAgain()
    {
        m->academy.answer = [](const QString&, const FakeAcademy::Batch&) {
            return AsyncPromise<UploadOutcome>().future();
        };
        queue({QStringLiteral("1")}, A);
        m->poke();
        recover();
        QVERIFY(drains(5s));
    }

    void laneWithoutUploaderWaits()
    {
        queue({QStringLiteral("1")}, QStringLiteral("conversation:c"));
        m->advance(20s);
        QCOMPARE(m->engine->status().pending, 1);
        m->engine->registerUploader(QStringLiteral("conversation:"), &m->academy);
        m->settle();
        QCOMPARE(m->engine->status().pending, 0);
    }

    void tellsHowOldTheOldestIs()
    {
        m->tokens->setUser("");
        queue({QStringLiteral("1")}, A);
        m->advance(90s);
        QVERIFY(m->engine->status().oldestUnsentAge >= 85s);
        QVERIFY(!m->engine->status().stuck);
        m->time.jumpWall(-24h);
        m->advance(5s);
        QCOMPARE(m->engine->status().oldestUnsentAge, std::optional(0ms));
    }

    void aCommitThatFailsHereIsSentAgain()
    {
        auto fail = std::make_shared<std::atomic<bool>>(false);
        DatabaseOptions options;
        options.hook = [fail](QStringView sql) -> std::optional<Error> {
            if (sql.startsWith(u"DELETE FROM outbox") && fail->exchange(false)) {
                return errorOf(ErrorKind::Storage, "store_full");
            }
            return {};
        };
        m = std::make_unique<SyncBench>(options);
        queue(numbered(2), A);
        *fail = true;
        m->poke();
        QCOMPARE(m->counts(A).pending, 2);
        QVERIFY(drains(5s));
        QCOMPARE(m->academy.order.value(A), QList<qint64>({1, 2}));
        QCOMPARE(m->academy.batches.size(), 2);
    }

    void whatCannotGoYetWaitsAndHoldsUpNobody()
    {
        bool enrolled = false;
        m->academy.answer = [&](const QString&, const FakeAcademy::Batch& rows) {
            UploadOutcome outcome;
            for (const OutboxRow& row : rows) {
                if (enrolled || row.opId.toString().startsWith(u'g')) {
                    m->academy.keep(row);
                    outcome.acknowledged.append(row.opId);
                } else {
                    outcome.waiting.append(row.opId);
                }
            }
            return readyAsync<UploadOutcome>(outcome);
        };
        queue(numbered(120), R);
        queue({QStringLiteral("g1")}, R);
        m->poke();
        QCOMPARE(m->academy.batches.size(), 2);
        QVERIFY(m->academy.kept.contains(OpId(QStringLiteral("g1"))));
        QCOMPARE(m->counts(R).pending, 120);
        QCOMPARE(m->engine->status().waiting, 120);
        QCOMPARE(m->engine->status().pending, 0);

        queue({QStringLiteral("g2")}, R);
        m->poke();
        QCOMPARE(m->academy.batches.size(), 3);
        QVERIFY(m->academy.kept.contains(OpId(QStringLiteral("g2"))));
        const auto asked = m->academy.batches.size();
        m->advance(50s);
        QCOMPARE(m->academy.batches.size(), asked);
        m->advance(15s);
        QCOMPARE(m->academy.batches.size(), asked + 2);
        for (int minute = 0; minute < 60; ++minute) {
            m->advance(60s);
            QVERIFY(!m->engine->status().stuck);
            QCOMPARE(m->engine->status().waiting, 120);
        }
        QVERIFY(m->academy.batches.size() < asked + 24);
        QCOMPARE(m->engine->status().quarantined, 0);

        enrolled = true;
        m->engine->networkUp();
        m->settle();
        QCOMPARE(m->academy.kept.size(), 122);
        QCOMPARE(m->engine->status().waiting, 0);
        QCOMPARE(m->engine->status().pending, 0);
    }

    void nothingGoesOutBeforeTheSecondStep()
    {
        FakeHttpClient http;
        MemorySecretStore secrets;
        AuthSession session(Project {QUrl(QStringLiteral("http://127.0.0.1:54321")), QStringLiteral("anon")},
            http, secrets, m->time, m->time, m->random);
        m->engine = std::make_unique<SyncEngine>(m->database, session, m->time, m->time, m->random);
        m->engine->registerUploader(QStringLiteral("review:"), &m->academy);
        QVERIFY(m->queue(QStringLiteral("1"), R, "u1"));
        http.expect("POST", "/auth/v1/token?grant_type=password").reply(200, sessionAt("aal1", QStringLiteral("r1")));
        auto signedIn = session.signInWithPassword(QStringLiteral("ana@x.org"), QStringLiteral("pw"));
        QTRY_VERIFY(signedIn.isFinished());
        QVERIFY(session.needsSecondStep());
        m->advance(20s);
        QVERIFY(m->academy.batches.isEmpty());
        QVERIFY(m->engine->status().needsAuth);
        QCOMPARE(m->engine->status().pending, 1);

        MfaClient mfa(session);
        http.expect("POST", "/auth/v1/factors/f1/challenge")
            .reply(200, QJsonObject {{QStringLiteral("id"), QStringLiteral("c1")}});
        http.expect("POST", "/auth/v1/factors/f1/verify").reply(200, sessionAt("aal2", QStringLiteral("r2")));
        auto lifted = mfa.verify(QStringLiteral("f1"), QStringLiteral("123456"));
        QTRY_VERIFY(lifted.isFinished());
        VERIFY_OK(lifted.result());
        m->settle();
        QTRY_COMPARE(m->academy.batches.size(), 1);
        QTRY_COMPARE(m->engine->status().pending, 0);
        m->engine.reset();
    }

    void theEngineMayDieWithABatchUnderWay()
    {
        AsyncPromise<UploadOutcome> withheld;
        m->academy.answer = [&](const QString&, const FakeAcademy::Batch&) { return withheld.future(); };
        m->held = true;
        queue({QStringLiteral("1")}, A);
        m->poke();
        m->engine.reset();
        withheld.resolve(UploadOutcome());
        m->settle();
        QCOMPARE(m->counts(A).pending, 1);
    }
};

QTEST_GUILESS_MAIN(TestSyncEngine)
#include "tst_syncengine.moc"
