// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/StoreTest.h"

#include "base/Random.h"
#include "store/Outbox.h"

#include <QFile>

/// Real files damaged with real bytes.
class TestSalvage : public QObject
{
    Q_OBJECT

    static constexpr int Rows = 400;
    std::unique_ptr<QTemporaryDir> m_dir;

    QString path() const { return m_dir->filePath(QStringLiteral("academy.sqlite")); }

    static Result<int> fill(Connection& connection)
    {
        for (int i = 1; i <= Rows; ++i) {
            NewOp op;
            op.opId = OpId(QStringLiteral("op-%1").arg(i));
            op.owner = UserId(QStringLiteral("u"));
            op.lane = QStringLiteral("attempt:a");
            op.opType = QStringLiteral("attempt.op");
            op.payload = QByteArray(600, char('a' + i % 26));
            const auto appended = Outbox::append(connection, op);
            if (!appended) {
                return appended.error();
            }
        }
        return Rows;
    }

    void create() const
    {
        Database database(path());
        VERIFY_OK(answerOf(database.run<int>([](Connection& c) { return fill(c); })));
    }

    void overwrite(qint64 offset, const QByteArray& bytes) const
    {
        QFile file(path());
        QVERIFY(file.open(QIODevice::ReadWrite));
        QVERIFY(file.seek(offset));
        QCOMPARE(file.write(bytes), bytes.size());
    }

    QByteArray bytesOf(const QString& name) const
    {
        QFile file(name);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

private Q_SLOTS:
    void init() { m_dir = std::make_unique<QTemporaryDir>(quickFolder()); }

    void aFileThatIsNoDatabaseIsKeptAside()
    {
        const QByteArray garbage = QByteArray("this was never a database ").repeated(500);
        {
            QFile file(path());
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(garbage);
        }
        Database database(path());
        const auto opened = answerOf(database.opened());
        VERIFY_OK(opened);
        QCOMPARE(opened->damagedCopy, path() + QStringLiteral(".damaged-1"));
        QCOMPARE(opened->salvagedOps, 0);
        QCOMPARE(bytesOf(opened->damagedCopy), garbage);
        VERIFY_OK(execute(database, QStringLiteral("INSERT INTO lanes (lane, last_seq) VALUES ('x', 1)")));
    }

    void badPagesCostOnlyTheirOwnRows()
    {
        create();
        const qint64 pages = QFileInfo(path()).size() / 4096;
        QVERIFY(pages > 60);
        // Two leaves in the middle of the outbox, with good ones between them.
        overwrite(4096 * (pages / 2), QByteArray(4096, '\xff'));
        overwrite(4096 * (pages / 2 + 6), QByteArray(4096, '\xff'));

        Database database(path());
        const auto opened = answerOf(database.opened());
        VERIFY_OK(opened);
        QVERIFY(!opened->damagedCopy.isEmpty());
        QVERIFY2(opened->salvagedOps >= Rows - 40 && opened->salvagedOps < Rows, qPrintable(QString::number(opened->salvagedOps)));
        QCOMPARE(opened->salvagedOps + opened->lostOps, Rows);
        const auto batch = answerOf(database.read<QList<OutboxRow>>(
            [](Connection& c) { return Outbox::nextBatch(c, QStringLiteral("attempt:a"), Rows, 10'000'000); }));
        VERIFY_OK(batch);
        QCOMPARE(int(batch->size()), opened->salvagedOps);
        qint64 before = 0;
        for (const OutboxRow& row : *batch) {
            QVERIFY(row.laneSeq > before);
            before = row.laneSeq;
            QCOMPARE(row.opId.toString(), QStringLiteral("op-%1").arg(row.laneSeq));
            QCOMPARE(row.payload, QByteArray(600, char('a' + row.laneSeq % 26)));
        }
        const auto next = answerOf(database.run<OutboxRow>([](Connection& c) {
            NewOp op;
            op.opId = OpId(QStringLiteral("fresh"));
            op.lane = QStringLiteral("attempt:a");
            return Outbox::append(c, op);
        }));
        VERIFY_OK(next);
        QCOMPARE(next->laneSeq, Rows + 1);
    }

    /// The program died after the damaged file was renamed and before its log was.
    void theLogOfADamagedFileIsNotPlayedIntoTheRebuiltOne()
    {
        const QString other = m_dir->filePath(QStringLiteral("other.sqlite"));
        {
            Database rebuilt(other);
            VERIFY_OK(execute(rebuilt, QStringLiteral("INSERT INTO lanes (lane, last_seq) VALUES ('rebuilt', 7)")));
        }
        QByteArray log;
        {
            Database old(path());
            VERIFY_OK(answerOf(old.run<int>([](Connection& c) { return fill(c); })));
            log = bytesOf(path() + QStringLiteral("-wal"));
            QVERIFY(log.size() > 4096);
        }
        QVERIFY(QFile::rename(path(), path() + QStringLiteral(".damaged-1")));
        QVERIFY(QFile::rename(other, path() + QStringLiteral(".rebuilt")));
        {
            QFile file(path() + QStringLiteral("-wal"));
            QVERIFY(file.open(QIODevice::WriteOnly));
            QCOMPARE(file.write(log), log.size());
        }
        Database database(path());
        const auto opened = answerOf(database.opened());
        VERIFY_OK(opened);
        QVERIFY(opened->damagedCopy.isEmpty());
        QCOMPARE(integerOf(database, QStringLiteral("SELECT last_seq FROM lanes WHERE lane = 'rebuilt'")).valueOr(-1), 7);
        QCOMPARE(integerOf(database, QStringLiteral("SELECT count(*) FROM outbox")).valueOr(-1), 0);
        QCOMPARE(bytesOf(path() + QStringLiteral(".damaged-1-wal")), log);
    }

    void aSecondDamageGetsItsOwnName()
    {
        for (int round = 1; round <= 2; ++round) {
            overwriteOrCreateGarbage();
            Database database(path());
            const auto opened = answerOf(database.opened());
            VERIFY_OK(opened);
            QCOMPARE(opened->damagedCopy, path() + QStringLiteral(".damaged-%1").arg(round));
        }
        QVERIFY(QFile::exists(path() + QStringLiteral(".damaged-1")));
    }

    void damageFoundInTheMiddleOfWorkIsRepairedToo()
    {
        create();
        Database database(path());
        VERIFY_OK(answerOf(database.opened()));
        QSignalSpy repaired(&database, &Database::damageRepaired);
        const auto page = integerOf(database,
            QStringLiteral("SELECT pageno FROM dbstat WHERE name = 'outbox' AND pagetype = 'leaf' ORDER BY pageno LIMIT 1 OFFSET 20"));
        VERIFY_OK(page);
        QVERIFY(*page > 1);
        VERIFY_OK(execute(database, QStringLiteral("PRAGMA cache_size=1")));
        VERIFY_OK(integerOf(database, QStringLiteral("SELECT sum(length(payload)) FROM outbox")));
        overwrite(4096 * (*page - 1), QByteArray(4096, '\xff'));
        const auto all = integerOf(database, QStringLiteral("SELECT sum(length(payload)) FROM outbox"));
        VERIFY_OK(all);
        QTRY_COMPARE(repaired.count(), 1);
        QVERIFY(*all >= 600 * (Rows - 40) && *all < 600 * Rows);
    }

    void noDamageEverMakesItFailOrInventRows()
    {
        const quint64 seed = qEnvironmentVariableIsSet("NEOLINGUS_SEED")
            ? qEnvironmentVariable("NEOLINGUS_SEED").toULongLong()
            : SystemRandom().next();
        qInfo("seed %llu", static_cast<unsigned long long>(seed));
        SeededRandom random(seed);
        for (int round = 0; round < 10; ++round) {
            m_dir = std::make_unique<QTemporaryDir>(quickFolder());
            create();
            const quint64 size = quint64(QFileInfo(path()).size());
            for (quint64 hits = 1 + random.below(6); hits > 0; --hits) {
                QByteArray noise(int(1 + random.below(900)), Qt::Uninitialized);
                for (char& byte : noise) {
                    byte = char(random.next());
                }
                overwrite(qint64(random.below(size - 1000)), noise);
            }
            Database database(path());
            VERIFY_OK(answerOf(database.opened()));
            const auto strangers = integerOf(database,
                QStringLiteral("SELECT count(*) FROM outbox WHERE op_id <> 'op-' || lane_seq"));
            VERIFY_OK(strangers);
            VERIFY_OK(execute(database, QStringLiteral("INSERT OR REPLACE INTO lanes (lane, last_seq) VALUES ('x', 1)")));
        }
    }

    void aCrashBetweenTheRenamesIsFinished()
    {
        create();
        QVERIFY(QFile::rename(path(), path() + QStringLiteral(".rebuilt")));
        Database database(path());
        VERIFY_OK(answerOf(database.opened()));
        QCOMPARE(integerOf(database, QStringLiteral("SELECT count(*) FROM outbox")).valueOr(-1), Rows);
    }

private:
    void overwriteOrCreateGarbage() const
    {
        QFile file(path());
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(9000, 'z'));
    }
};

QTEST_GUILESS_MAIN(TestSalvage)
#include "tst_salvage.moc"
