// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/StoreTest.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QThread>

#include <unistd.h>

class TestDatabase : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_dir;

    QString path() const { return m_dir->filePath(QStringLiteral("profile/academy.sqlite")); }

    QString writeMigrations(const QMap<QString, QString>& files) const
    {
        const QString folder = m_dir->filePath(QStringLiteral("sql"));
        QDir().mkpath(folder);
        for (auto file = files.cbegin(); file != files.cend(); ++file) {
            QFile out(folder + u'/' + file.key());
            if (!out.open(QIODevice::WriteOnly) || out.write(file.value().toUtf8()) < 0) {
                return {};
            }
        }
        return folder;
    }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".?")));
        m_dir = std::make_unique<QTemporaryDir>();
    }

    void createsTheFileWithItsPragmas()
    {
        Database database(path());
        const auto opened = answerOf(database.opened());
        VERIFY_OK(opened);
        QVERIFY(opened->created);
        QVERIFY(opened->version >= 1);
        QVERIFY(opened->damagedCopy.isEmpty());
        const auto pragma = [&](const char* name) {
            return answerOf(database.read<QString>([name](Connection& c) -> Result<QString> {
                const auto row = c.first(QStringLiteral("PRAGMA ") + QLatin1String(name));
                return row ? Result<QString>((*row)->text(0)) : Result<QString>(row.error());
            })).valueOr({});
        };
        QCOMPARE(pragma("journal_mode"), QStringLiteral("wal"));
        QCOMPARE(pragma("synchronous"), QStringLiteral("2"));
        QCOMPARE(pragma("foreign_keys"), QStringLiteral("1"));
        QCOMPARE(pragma("busy_timeout"), QStringLiteral("5000"));
    }

    void opensAgainWithoutMigratingTwice()
    {
        int version = 0;
        {
            Database database(path());
            version = answerOf(database.opened())->version;
            VERIFY_OK(execute(database,
                QStringLiteral("INSERT INTO lanes (lane, last_seq) VALUES ('study:u', 7)")));
        }
        Database database(path());
        const auto opened = answerOf(database.opened());
        VERIFY_OK(opened);
        QVERIFY(!opened->created);
        QCOMPARE(opened->version, version);
        QCOMPARE(integerOf(database, QStringLiteral("SELECT last_seq FROM lanes")).valueOr(-1), 7);
    }

    void runsOnItsOwnNamedThread()
    {
        Database database(path());
        const auto name = answerOf(database.run<QString>([](Connection&) -> Result<QString> {
            return QThread::currentThread()->objectName();
        }));
        QCOMPARE(name.valueOr({}), QStringLiteral("neolingus-store"));
    }

    void anErrorRollsBack()
    {
        Database database(path());
        const auto failed = answerOf(database.run<int>([](Connection& c) -> Result<int> {
            (void)c.exec(QStringLiteral("INSERT INTO lanes (lane, last_seq) VALUES ('x', 1)"));
            return Error {ErrorKind::Conflict, QStringLiteral("changed_my_mind"), {}, {}};
        }));
        QVERIFY(!failed.ok());
        QCOMPARE(failed.error().code, QStringLiteral("changed_my_mind"));
        QCOMPARE(integerOf(database, QStringLiteral("SELECT count(*) FROM lanes")).valueOr(-1), 0);
    }

    void theDestructorCommitsWhatWasAskedFor()
    {
        {
            Database database(path());
            for (int i = 1; i <= 200; ++i) {
                (void)database.run<int>([i](Connection& c) {
                    return c.exec(QStringLiteral("INSERT INTO lanes (lane, last_seq) VALUES (?, 1)"),
                        {QString::number(i)});
                });
            }
        }
        Database database(path());
        QCOMPARE(integerOf(database, QStringLiteral("SELECT count(*) FROM lanes")).valueOr(-1), 200);
    }

    void migratesStepByStep()
    {
        DatabaseOptions options;
        options.migrations = writeMigrations({{QStringLiteral("001_a.sql"), QStringLiteral("CREATE TABLE a (x);")}});
        {
            Database database(path(), options);
            QCOMPARE(answerOf(database.opened())->version, 1);
            VERIFY_OK(execute(database, QStringLiteral("INSERT INTO a VALUES (5)")));
        }
        writeMigrations({{QStringLiteral("002_b.sql"),
            QStringLiteral("ALTER TABLE a ADD COLUMN y;\nUPDATE a SET y = x * 2;\n"
                           "CREATE TRIGGER t AFTER INSERT ON a BEGIN UPDATE a SET y = 1; END;")}});
        Database database(path(), options);
        QCOMPARE(answerOf(database.opened())->version, 2);
        QCOMPARE(integerOf(database, QStringLiteral("SELECT y FROM a")).valueOr(-1), 10);
    }

    void aFailingMigrationChangesNothing()
    {
        DatabaseOptions options;
        options.migrations = writeMigrations({{QStringLiteral("001_a.sql"), QStringLiteral("CREATE TABLE a (x);")}});
        { Database database(path(), options); VERIFY_OK(answerOf(database.opened())); }
        writeMigrations({{QStringLiteral("002_b.sql"), QStringLiteral("CREATE TABLE b (x); CREATE TABLE b (x);")}});
        {
            Database database(path(), options);
            const auto opened = answerOf(database.opened());
            QVERIFY(!opened.ok());
            QVERIFY(opened.error().detail.contains(QStringLiteral("002_b.sql")));
            const auto refused = execute(database, QStringLiteral("INSERT INTO a VALUES (1)"));
            QVERIFY(!refused.ok());
            QCOMPARE(refused.error(), opened.error());
        }
        QFile::remove(options.migrations + QStringLiteral("/002_b.sql"));
        Database database(path(), options);
        QCOMPARE(answerOf(database.opened())->version, 1);
        QCOMPARE(integerOf(database, QStringLiteral("SELECT count(*) FROM sqlite_master WHERE name = 'b'")).valueOr(-1), 0);
    }

    void migrationsOutOfOrderAreRefused()
    {
        DatabaseOptions options;
        options.migrations = writeMigrations({{QStringLiteral("001_a.sql"), QStringLiteral("SELECT 1;")},
            {QStringLiteral("003_c.sql"), QStringLiteral("SELECT 1;")}});
        Database database(path(), options);
        const auto opened = answerOf(database.opened());
        QVERIFY(!opened.ok());
        QCOMPARE(opened.error().code, QStringLiteral("store_migration"));
    }

    void aNewerFileIsRefusedAndLeftAlone()
    {
        { Database database(path()); VERIFY_OK(answerOf(database.opened())); VERIFY_OK(execute(database, QStringLiteral("PRAGMA user_version=99"))); }
        Database database(path());
        const auto opened = answerOf(database.opened());
        QVERIFY(!opened.ok());
        QCOMPARE(opened.error().kind, ErrorKind::Storage);
        QCOMPARE(opened.error().code, QStringLiteral("store_newer"));
        QVERIFY(QFile::exists(path()));
        QVERIFY(!QFile::exists(path() + QStringLiteral(".damaged-1")));
    }

    void aFileHeldByAnotherProcessIsLocked()
    {
        { Database database(path()); VERIFY_OK(answerOf(database.opened())); }
        const QString name = QStringLiteral("other");
        {
            auto other = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), name);
            other.setDatabaseName(path());
            QVERIFY(other.open());
            QVERIFY(QSqlQuery(other).exec(QStringLiteral("BEGIN IMMEDIATE")));
            DatabaseOptions options;
            options.busyTimeout = std::chrono::milliseconds(20);
            {
                Database database(path(), options);
                const auto opened = answerOf(database.opened());
                QVERIFY(!opened.ok());
                QCOMPARE(opened.error().code, QStringLiteral("store_locked"));
            }
            QVERIFY(QSqlQuery(other).exec(QStringLiteral("ROLLBACK")));
            Database database(path(), options);
            VERIFY_OK(answerOf(database.opened()));
            QVERIFY(QSqlQuery(other).exec(QStringLiteral("BEGIN IMMEDIATE")));
            const auto refused = execute(database, QStringLiteral("DELETE FROM lanes"));
            QVERIFY(!refused.ok());
            QCOMPARE(refused.error().code, QStringLiteral("store_locked"));
            QVERIFY(QSqlQuery(other).exec(QStringLiteral("ROLLBACK")));
            VERIFY_OK(execute(database, QStringLiteral("DELETE FROM lanes")));
            other.close();
        }
        QSqlDatabase::removeDatabase(name);
    }

    void aFolderThatCannotBeMadeIsUnreadable()
    {
        QFile blocker(m_dir->filePath(QStringLiteral("profile")));
        QVERIFY(blocker.open(QIODevice::WriteOnly));
        Database database(path());
        const auto opened = answerOf(database.opened());
        QVERIFY(!opened.ok());
        QCOMPARE(opened.error().code, QStringLiteral("store_unreadable"));
    }

    void aFullFileRollsBackAndGoesOnWhenThereIsRoom()
    {
        Database database(path());
        const auto pages = integerOf(database, QStringLiteral("PRAGMA page_count"));
        VERIFY_OK(execute(database, QStringLiteral("PRAGMA max_page_count=%1").arg(*pages + 2)));
        const auto refused = answerOf(database.run<int>([](Connection& c) -> Result<int> {
            for (int i = 0; i < 1000; ++i) {
                const auto done = c.exec(QStringLiteral("INSERT INTO lanes (lane, last_seq) VALUES (?, 1)"),
                    {QString::number(i).repeated(100)});
                if (!done) {
                    return done;
                }
            }
            return 0;
        }));
        QVERIFY(!refused.ok());
        QCOMPARE(refused.error().code, QStringLiteral("store_full"));
        QCOMPARE(integerOf(database, QStringLiteral("SELECT count(*) FROM lanes")).valueOr(-1), 0);
        VERIFY_OK(execute(database, QStringLiteral("PRAGMA max_page_count=1000000")));
        VERIFY_OK(execute(database, QStringLiteral("INSERT INTO lanes (lane, last_seq) VALUES ('x', 1)")));
    }

    void theReserveIsRealAndIdempotent()
    {
        const QString reserve = path() + QStringLiteral(".reserve");
        Database database(path());
        VERIFY_OK(answerOf(database.holdReserve(1 << 20)));
        VERIFY_OK(answerOf(database.holdReserve(1 << 20)));
        QCOMPARE(QFileInfo(reserve).size(), 1 << 20);
        VERIFY_OK(answerOf(database.dropReserve()));
        QVERIFY(!QFile::exists(reserve));
    }

    void fullReleasesTheReserveOnceAndTriesAgain()
    {
        // The disk is full for as long as the reserve lies there.
        const QString reserve = path() + QStringLiteral(".reserve");
        DatabaseOptions options;
        options.hook = [reserve](QStringView sql) -> std::optional<Error> {
            if (sql == u"COMMIT" && QFile::exists(reserve)) {
                return Error {ErrorKind::Storage, QStringLiteral("store_full"), {}, {}};
            }
            return {};
        };
        Database database(path(), options);
        VERIFY_OK(answerOf(database.opened()));
        VERIFY_OK(answerOf(database.holdReserve(1 << 16)));
        QSignalSpy released(&database, &Database::reserveReleased);
        VERIFY_OK(execute(database, QStringLiteral("INSERT INTO lanes (lane, last_seq) VALUES ('x', 1)")));
        QTRY_COMPARE(released.count(), 1);
        QCOMPARE(integerOf(database, QStringLiteral("SELECT count(*) FROM lanes")).valueOr(-1), 1);
    }

    void aDiskThatWasFullAtTheStartIsTriedAgain()
    {
        auto full = std::make_shared<std::atomic<bool>>(true);
        DatabaseOptions options;
        options.hook = [full](QStringView sql) -> std::optional<Error> {
            if (*full && sql.startsWith(u"BEGIN")) {
                return Error {ErrorKind::Storage, QStringLiteral("store_full"), {}, {}};
            }
            return {};
        };
        Database database(path(), options);
        QSignalSpy late(&database, &Database::openedLate);
        QCOMPARE(answerOf(database.opened()).error().code, QStringLiteral("store_full"));
        const QString insert = QStringLiteral("INSERT INTO lanes (lane, last_seq) VALUES ('x', 1)");
        QCOMPARE(execute(database, insert).error().code, QStringLiteral("store_full"));
        QCOMPARE(late.count(), 0);
        *full = false;
        VERIFY_OK(execute(database, insert));
        QTRY_COMPARE(late.count(), 1);
        VERIFY_OK(execute(database, QStringLiteral("DELETE FROM lanes")));
        QCOMPARE(late.count(), 1);
    }

    void theHookFailsOneAccess()
    {
        auto fail = std::make_shared<std::atomic<bool>>(false);
        DatabaseOptions options;
        options.hook = [fail](QStringView sql) -> std::optional<Error> {
            if (sql.startsWith(u"INSERT") && fail->exchange(false)) {
                return Error {ErrorKind::Storage, QStringLiteral("store_failed"), QStringLiteral("injected"), {}};
            }
            return {};
        };
        Database database(path(), options);
        const QString insert = QStringLiteral("INSERT INTO lanes (lane, last_seq) VALUES ('x', 1)");
        VERIFY_OK(answerOf(database.opened()));
        *fail = true;
        QCOMPARE(execute(database, insert).error().detail, QStringLiteral("injected"));
        VERIFY_OK(execute(database, insert));
    }
};

QTEST_GUILESS_MAIN(TestDatabase)
#include "tst_database.moc"
