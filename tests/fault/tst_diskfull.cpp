// SPDX-License-Identifier: GPL-3.0-or-later
#include "AttemptBench.h"

#include <QFile>

#include <csignal>
#include <sys/resource.h>

/// Disks that end: by a limit on file sizes, and (run by on-small-disk) by a file system of 4 MB.
class TestDiskFull : public QObject
{
    Q_OBJECT

    /// Records until the store refuses; answers how many were kept.
    static qint64 fill(AttemptStore& store, qint64 from, Error& refusal)
    {
        for (qint64 number = from;; ++number) {
            const auto kept = answerOf(store.record(attemptStart().id, attemptOp(number, '"' + QByteArray(3000, 'a') + '"')));
            if (!kept) {
                refusal = kept.error();
                return number - from;
            }
        }
    }

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }

    void aFileSizeLimit()
    {
        std::signal(SIGXFSZ, SIG_IGN);
        QTemporaryDir dir;
        const QString path = dir.filePath(QStringLiteral("academy.sqlite"));
        rlimit before {};
        getrlimit(RLIMIT_FSIZE, &before);
        qint64 kept = 0;
        {
            Database database(path);
            AttemptStore store(database, chainHash);
            VERIFY_OK(answerOf(store.begin(attemptStart())));
            rlimit limit = before;
            limit.rlim_cur = 3 << 20;
            QCOMPARE(setrlimit(RLIMIT_FSIZE, &limit), 0);
            Error refusal;
            kept = fill(store, 1, refusal);
            setrlimit(RLIMIT_FSIZE, &before);
            QCOMPARE(refusal.kind, ErrorKind::Storage);
            QCOMPARE(refusal.code, QStringLiteral("store_full"));
            QVERIFY(kept > 20);
            QCOMPARE(whatIsWrong(database, store), QString());
            VERIFY_OK(answerOf(store.record(attemptStart().id, attemptOp(kept + 1, "1"))));
        }
        Database database(path);
        AttemptStore store(database, chainHash);
        QVERIFY(answerOf(database.opened())->damagedCopy.isEmpty());
        QCOMPARE(whatIsWrong(database, store), QString());
        QCOMPARE(answerOf(store.ops(attemptStart().id))->size(), kept + 1);
    }

    void aFullFileSystemUsesTheReserve()
    {
        const QString disk = qEnvironmentVariable("NEOLINGUS_SMALL_DISK");
        if (disk.isEmpty()) {
            QSKIP("needs a small file system; see on-small-disk");
        }
        const QString path = disk + QStringLiteral("/academy.sqlite");
        const QString ballast = disk + QStringLiteral("/ballast");
        qint64 kept = 0;
        {
            Database database(path);
            AttemptStore store(database, chainHash);
            VERIFY_OK(answerOf(store.begin(attemptStart())));
            VERIFY_OK(answerOf(database.holdReserve(1 << 20)));
            {
                QFile file(ballast);
                QVERIFY(file.open(QIODevice::WriteOnly));
                QCOMPARE(file.write(QByteArray(1 << 20, 'b')), 1 << 20);
            }
            QSignalSpy released(&database, &Database::reserveReleased);
            Error refusal;
            kept = fill(store, 1, refusal);
            QTRY_COMPARE(released.count(), 1);
            QCOMPARE(refusal.code, QStringLiteral("store_full"));
            QVERIFY(!QFile::exists(path + QStringLiteral(".reserve")));
            QCOMPARE(answerOf(database.holdReserve(1 << 20)).error().code, QStringLiteral("store_full"));
            QCOMPARE(whatIsWrong(database, store), QString());
            QVERIFY(QFile::remove(ballast));
            VERIFY_OK(answerOf(store.record(attemptStart().id, attemptOp(kept + 1, "1"))));
        }
        Database database(path);
        AttemptStore store(database, chainHash);
        VERIFY_OK(answerOf(database.opened()));
        QCOMPARE(whatIsWrong(database, store), QString());
        QCOMPARE(answerOf(store.ops(attemptStart().id))->size(), kept + 1);
        qInfo("%d answers kept on 4 MB", int(kept + 1));
    }

    void openingOnAFullDiskSaysSo()
    {
        const QString disk = qEnvironmentVariable("NEOLINGUS_SMALL_DISK");
        if (disk.isEmpty()) {
            QSKIP("needs a small file system; see on-small-disk");
        }
        QFile ballast(disk + QStringLiteral("/ballast"));
        QVERIFY(ballast.open(QIODevice::WriteOnly | QIODevice::Unbuffered));
        while (ballast.write(QByteArray(4096, 'b')) == 4096) {
        }
        {
            Database database(disk + QStringLiteral("/fresh.sqlite"));
            const auto opened = answerOf(database.opened());
            QVERIFY(!opened.ok());
            QCOMPARE(opened.error().code, QStringLiteral("store_full"));
        }
        QVERIFY(ballast.remove());
        Database database(disk + QStringLiteral("/fresh.sqlite"));
        VERIFY_OK(answerOf(database.opened()));
    }
};

QTEST_GUILESS_MAIN(TestDiskFull)
#include "tst_diskfull.moc"
