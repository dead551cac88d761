// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/StoreTest.h"

#include "store/Outbox.h"

class TestOutbox : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<Database> m_database;

    static NewOp op(const char* id, const QString& lane, const char* owner = "ana")
    {
        NewOp op;
        op.opId = OpId(QLatin1String(id));
        op.owner = UserId(QLatin1String(owner));
        op.device = DeviceId(QStringLiteral("d"));
        op.lane = lane;
        op.opType = QStringLiteral("test");
        op.version = 3;
        op.payload = "{\"x\":1}";
        op.label = QStringLiteral("Answer to 7");
        op.createdSteady = MonotonicTime(42);
        op.createdWall = WallTime(std::chrono::seconds(1'795'000'000));
        op.prevHash = "aa";
        op.hash = "bb";
        return op;
    }

    template <typename T>
    Result<T> in(std::function<Result<T>(Connection&)> work)
    {
        return answerOf(m_database->run<T>(std::move(work)));
    }

    qint64 append(const NewOp& newOp)
    {
        const auto row = in<OutboxRow>([newOp](Connection& c) { return Outbox::append(c, newOp); });
        return row ? row->laneSeq : -1;
    }

    QStringList batch(const QString& lane, int rows = 100, qint64 bytes = 1 << 20)
    {
        const auto found = in<QList<OutboxRow>>(
            [=](Connection& c) { return Outbox::nextBatch(c, lane, rows, bytes); });
        QStringList ids;
        for (const OutboxRow& row : found.valueOr({})) {
            ids.append(row.opId.toString());
        }
        return ids;
    }

    LaneCounts counts(const QString& lane)
    {
        return in<LaneCounts>([=](Connection& c) { return Outbox::counts(c, lane); }).valueOr({});
    }

    const QString A = QStringLiteral("attempt:a");
    const QString B = QStringLiteral("review:b");

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".?")));
        m_dir = std::make_unique<QTemporaryDir>();
        m_database = std::make_unique<Database>(m_dir->filePath(QStringLiteral("o.sqlite")));
    }
    void cleanup() { m_database.reset(); }

    void namesItsLanes()
    {
        QCOMPARE(attemptLane(AttemptId(QStringLiteral("x"))), QStringLiteral("attempt:x"));
        QCOMPARE(reviewLane(UserId(QStringLiteral("x"))), QStringLiteral("review:x"));
        QCOMPARE(studyLane(UserId(QStringLiteral("x"))), QStringLiteral("study:x"));
        QCOMPARE(conversationLane(ConversationId(QStringLiteral("x"))), QStringLiteral("conversation:x"));
    }

    void keepsEveryField()
    {
        const NewOp given = op("1", A);
        QCOMPARE(append(given), 1);
        const auto row = in<std::optional<OutboxRow>>([](Connection& c) { return Outbox::find(c, OpId(QStringLiteral("1"))); });
        VERIFY_OK(row);
        QVERIFY(row->has_value());
        const OutboxRow& kept = **row;
        QCOMPARE(kept.owner, given.owner);
        QCOMPARE(kept.device, given.device);
        QCOMPARE(kept.lane, given.lane);
        QCOMPARE(kept.opType, given.opType);
        QCOMPARE(kept.version, 3);
        QCOMPARE(kept.payload, given.payload);
        QCOMPARE(kept.label, given.label);
        QCOMPARE(kept.createdSteady, given.createdSteady);
        QVERIFY(kept.createdWall == given.createdWall);
        QCOMPARE(kept.prevHash, given.prevHash);
        QCOMPARE(kept.hash, given.hash);
        QVERIFY(!kept.quarantined);
    }

    void numbersEachLaneByItself()
    {
        QCOMPARE(append(op("1", A)), 1);
        QCOMPARE(append(op("2", B)), 1);
        QCOMPARE(append(op("3", A)), 2);
        QCOMPARE(batch(A), QStringList({QStringLiteral("1"), QStringLiteral("3")}));
    }

    void theSameOperationTwiceIsOneRow()
    {
        QCOMPARE(append(op("1", A)), 1);
        QCOMPARE(append(op("1", A)), 1);
        QCOMPARE(append(op("2", A)), 2);
        QCOMPARE(counts(A).pending, 2);
    }

    void numberingSurvivesAcknowledgementAndOpening()
    {
        append(op("1", A));
        VERIFY_OK(in<int>([this](Connection& c) { return Outbox::acknowledge(c, A, {OpId(QStringLiteral("1"))}); }));
        m_database = std::make_unique<Database>(m_dir->filePath(QStringLiteral("o.sqlite")));
        QCOMPARE(append(op("2", A)), 2);
    }

    void advancingNeverGoesBack()
    {
        VERIFY_OK(in<void>([this](Connection& c) { return Outbox::advanceLane(c, A, 9); }));
        VERIFY_OK(in<void>([this](Connection& c) { return Outbox::advanceLane(c, A, 4); }));
        QCOMPARE(append(op("1", A)), 10);
    }

    void batchesStopAtTheirLimits()
    {
        for (const char* id : {"1", "2", "3", "4"}) {
            append(op(id, A));
        }
        QCOMPARE(batch(A, 2), QStringList({QStringLiteral("1"), QStringLiteral("2")}));
        QCOMPARE(batch(A, 100, 15).size(), 2);
        QCOMPARE(batch(A, 100, 1).size(), 1);
    }

    void batchesStopAtAnotherOwner()
    {
        append(op("1", A, "ana"));
        append(op("2", A, "ben"));
        append(op("3", A, "ana"));
        QCOMPARE(batch(A), QStringList {QStringLiteral("1")});
        VERIFY_OK(in<int>([this](Connection& c) { return Outbox::acknowledge(c, A, {OpId(QStringLiteral("1"))}); }));
        const auto lanes = in<QList<PendingLane>>([](Connection& c) { return Outbox::pendingLanes(c); });
        QCOMPARE(lanes->size(), 1);
        QCOMPARE(lanes->first().owner, UserId(QStringLiteral("ben")));
        QCOMPARE(lanes->first().pending, 2);
    }

    void acknowledgementsRemoveOnlyTheirOwn()
    {
        for (const char* id : {"1", "2", "3"}) {
            append(op(id, A));
        }
        append(op("4", B));
        const auto gone = in<int>([this](Connection& c) {
            return Outbox::acknowledge(c, A, {OpId(QStringLiteral("2")), OpId(QStringLiteral("4")), OpId(QStringLiteral("unknown"))});
        });
        QCOMPARE(gone.valueOr(-1), 1);
        QCOMPARE(batch(A), QStringList({QStringLiteral("1"), QStringLiteral("3")}));
        QCOMPARE(batch(B), QStringList {QStringLiteral("4")});
        QCOMPARE(in<int>([this](Connection& c) { return Outbox::acknowledge(c, A, 1); }).valueOr(-1), 1);
        QCOMPARE(batch(A), QStringList {QStringLiteral("3")});
    }

    void quarantineSetsOneAsideAndTheLaneGoesOn()
    {
        for (const char* id : {"1", "2", "3"}) {
            append(op(id, A));
        }
        VERIFY_OK(in<void>([](Connection& c) { return Outbox::noteFailure(c, OpId(QStringLiteral("1")), QStringLiteral("500")); }));
        VERIFY_OK(in<void>([](Connection& c) { return Outbox::quarantine(c, OpId(QStringLiteral("1")), QStringLiteral("23505")); }));
        QCOMPARE(batch(A), QStringList({QStringLiteral("2"), QStringLiteral("3")}));
        QCOMPARE(in<int>([this](Connection& c) { return Outbox::acknowledge(c, A, 2); }).valueOr(-1), 1);
        const auto aside = in<QList<OutboxRow>>([](Connection& c) { return Outbox::quarantined(c); });
        QCOMPARE(aside->size(), 1);
        QCOMPARE(aside->first().attempts, 2);
        QCOMPARE(aside->first().lastError, QStringLiteral("23505"));
        QCOMPARE(aside->first().label, QStringLiteral("Answer to 7"));
        VERIFY_OK(in<void>([](Connection& c) { return Outbox::release(c, OpId(QStringLiteral("1"))); }));
        QCOMPARE(batch(A), QStringList({QStringLiteral("1"), QStringLiteral("3")}));
    }

    void countsTellKeptSentAndReceipted()
    {
        QCOMPARE(counts(A).kept, 0);
        QVERIFY(!counts(A).oldestUnsent);
        for (const char* id : {"1", "2", "3", "4"}) {
            append(op(id, A));
        }
        append(op("5", B));
        VERIFY_OK(in<int>([this](Connection& c) { return Outbox::acknowledge(c, A, {OpId(QStringLiteral("1"))}); }));
        VERIFY_OK(in<void>([](Connection& c) { return Outbox::quarantine(c, OpId(QStringLiteral("2")), QStringLiteral("no")); }));
        const LaneReceipt receipt {1, "cafe", QStringLiteral("2026-11-23T18:00:00.1+01:00"), "sig"};
        VERIFY_OK(in<void>([this, receipt](Connection& c) { return Outbox::saveReceipt(c, A, receipt); }));
        const LaneCounts now = counts(A);
        QCOMPARE(now.kept, 4);
        QCOMPARE(now.sent, 1);
        QCOMPARE(now.receipted, 1);
        QCOMPARE(now.pending, 2);
        QCOMPARE(now.quarantined, 1);
        QVERIFY(now.oldestUnsent == op("x", A).createdWall);
        const auto totals = in<LaneCounts>([](Connection& c) { return Outbox::totals(c); });
        QCOMPARE(totals->kept, 5);
        QCOMPARE(totals->pending, 3);
        const auto loaded = in<std::optional<LaneReceipt>>([this](Connection& c) { return Outbox::receipt(c, A); });
        QCOMPARE((*loaded)->chainHead, QByteArray("cafe"));
        QCOMPARE((*loaded)->serverTime, receipt.serverTime);
        QCOMPARE((*loaded)->signature, QByteArray("sig"));
    }
};

QTEST_GUILESS_MAIN(TestOutbox)
#include "tst_outbox.moc"
