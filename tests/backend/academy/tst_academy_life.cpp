// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/academy/AcademyProbe.h"

#include "support/PgSession.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTcpServer>
#include <QTest>

#include <csignal>

/// Starting, stopping and dying: exit codes with sentences, and nothing lost.
class TestAcademyLife : public QObject
{
    Q_OBJECT

    static QByteArray conninfo(const AcademyFixture& academy)
    {
        return "host=" + academy.socketDir().toUtf8() + " user=supabase_admin dbname=postgres";
    }
    static qint64 serverProcess(const AcademyFixture& academy)
    {
        QFile file(academy.dataDir() + QStringLiteral("/cluster/postmaster.pid"));
        return file.open(QIODevice::ReadOnly) ? file.readLine().trimmed().toLongLong() : 0;
    }
    static bool isAlive(qint64 pid)
    {
        QFile status(QStringLiteral("/proc/%1/stat").arg(pid));
        return status.open(QIODevice::ReadOnly) && !status.readAll().contains(") Z ");
    }
    static QPair<int, QString> run(const QStringList& arguments)
    {
        QProcess program;
        program.start(AcademyFixture::programPath(), arguments);
        program.waitForFinished();
        return {program.exitCode(),
            QString::fromUtf8(program.readAllStandardError() + program.readAllStandardOutput())};
    }

private Q_SLOTS:
    void refusalsToStart_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("sentence");
        const auto row
            = [](const char* name, const char* arguments, int code, const char* sentence) {
                  QTest::newRow(name) << QString::fromLatin1(arguments).split(QLatin1Char(' '))
                                      << code << QString::fromLatin1(sentence);
              };
        row("an unknown option", "--colour blue", 2, "There is no option");
        row("a port that is none", "--port 70000", 2, "not a port");
        row("a missing value", "--data", 2, "needs a value");
        row("a demo for everybody", "--demo --listen 0.0.0.0", 2, "this computer only");
        row("no PostgreSQL", "--port 0 --data /tmp/neolingus-no-postgres --pg-bin /nonexistent", 4,
            "No PostgreSQL server was found");
        row("a data directory below a file", "--port 0 --data /etc/passwd/academy", 5,
            "cannot be created");
        row("help", "--help", 0, "--data DIR");
        row("version", "--version", 0, "neolingus-academy ");
    }
    void refusalsToStart()
    {
        QFETCH(QStringList, arguments);
        QFETCH(int, code);
        QFETCH(QString, sentence);
        const auto [exit, said] = run(arguments);
        QVERIFY2(exit == code, qPrintable(said));
        QVERIFY2(said.contains(sentence), qPrintable(said));
        QDir(QStringLiteral("/tmp/neolingus-no-postgres")).removeRecursively();
    }

    void aTakenPortIsNamed()
    {
        QTcpServer other;
        QVERIFY(other.listen(QHostAddress::LocalHost));
        const auto [exit, said] = run({QStringLiteral("--demo"), QStringLiteral("--port"),
            QString::number(other.serverPort()), QStringLiteral("--data"),
            QStringLiteral("/tmp/neolingus-port-taken")});
        QCOMPARE(exit, 3);
        QVERIFY2(said.contains(QString::number(other.serverPort())), qPrintable(said));
        QVERIFY(!QDir(QStringLiteral("/tmp/neolingus-port-taken")).exists());
    }

    void aStoppedAcademyLeavesNothingRunning()
    {
        AcademyFixture academy;
        academy.setArguments({});
        QVERIFY2(academy.start(), qPrintable(academy.problem()));
        const qint64 server = serverProcess(academy);
        QVERIFY(isAlive(server));
        const QFile::Permissions keys
            = QFile::permissions(academy.dataDir() + QStringLiteral("/keys.json"));
        QVERIFY(!(
            keys & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther)));
        QCOMPARE(academy.terminate(), 0);
        QVERIFY(!isAlive(server));
        QVERIFY2(!academy.problem().contains(QStringLiteral("warning"), Qt::CaseInsensitive),
            qPrintable(academy.problem()));
    }

    void keysOfTheirOwnAndAKindForLife()
    {
        AcademyFixture academy;
        academy.setArguments({});
        QVERIFY2(academy.start(), qPrintable(academy.problem()));
        const QString key = academy.anonKey();
        QVERIFY(!key.contains(QStringLiteral("c3VwYWJhc2UtZGVtby")));
        QVERIFY(academy.restart());
        QCOMPARE(academy.anonKey(), key);
        academy.terminate();
        academy.setArguments({QStringLiteral("--demo")});
        QVERIFY(!academy.start());
        QCOMPARE(academy.awaitExit(), 5);
        QVERIFY2(academy.problem().contains(QStringLiteral("real academy")),
            qPrintable(academy.problem()));
    }

    void aKilledAcademyComesBackWithEverything()
    {
        AcademyFixture academy;
        QVERIFY2(academy.start(), qPrintable(academy.problem()));
        const quint16 port = academy.port();
        for (int round = 1; round <= 3; ++round) {
            AcademyProbe client(academy);
            const QByteArray email = "kept" + QByteArray::number(round) + "@neolingus.demo";
            QCOMPARE(client
                         .ask("POST", "/auth/v1/signup",
                             "{\"email\":\"" + email + "\",\"password\":\"long enough\"}")
                         .status,
                200);
            academy.kill9();
            QVERIFY2(academy.start(), qPrintable(academy.problem()));
            QCOMPARE(academy.port(), port);
            for (int earlier = 1; earlier <= round; ++earlier) {
                QVERIFY(client.signInAs(QStringLiteral("kept%1@neolingus.demo").arg(earlier),
                    QStringLiteral("long enough")));
            }
        }
    }

    void bothKilledComesBackToo()
    {
        AcademyFixture academy;
        QVERIFY2(academy.start(), qPrintable(academy.problem()));
        AcademyProbe client(academy);
        QCOMPARE(client
                     .ask("POST", "/auth/v1/signup",
                         R"({"email":"both@neolingus.demo","password":"long enough"})")
                     .status,
            200);
        const qint64 server = serverProcess(academy);
        ::kill(static_cast<pid_t>(server), SIGKILL);
        QCOMPARE(academy.awaitExit(), 1);
        QVERIFY2(academy.problem().contains(QStringLiteral("ended unexpectedly")),
            qPrintable(academy.problem()));
        QVERIFY2(academy.start(), qPrintable(academy.problem()));
        QVERIFY(
            client.signInAs(QStringLiteral("both@neolingus.demo"), QStringLiteral("long enough")));
    }

    void oneDataDirectoryServesOneAcademy()
    {
        AcademyFixture academy;
        academy.setArguments({});
        QVERIFY2(academy.start(), qPrintable(academy.problem()));
        const auto [exit, said] = run({QStringLiteral("--port"), QStringLiteral("0"),
            QStringLiteral("--data"), academy.dataDir()});
        QCOMPARE(exit, 5);
        QVERIFY2(said.contains(QStringLiteral("already running")), qPrintable(said));
        QCOMPARE(AcademyProbe(academy).get("/healthz").status, 200);
    }

    void aNewerDatabaseIsRefused()
    {
        AcademyFixture academy;
        academy.setArguments({});
        QVERIFY2(academy.start(), qPrintable(academy.problem()));
        {
            PgSession behind(conninfo(academy));
            QVERIFY(behind
                        .run(QStringLiteral("insert into supabase_migrations.schema_migrations "
                                            "(version, name) values ('29991231235959', 'future')"))
                        .ok());
            const PgAnswer recorded = behind.run(
                QStringLiteral("select count(*) from supabase_migrations.schema_migrations where "
                               "cardinality(statements) > 0 and name <> ''"));
            QVERIFY(recorded.value().toInt() >= 10);
        }
        academy.terminate();
        QVERIFY(!academy.start());
        QCOMPARE(academy.awaitExit(), 6);
        QVERIFY2(academy.problem().contains(QStringLiteral("29991231235959")),
            qPrintable(academy.problem()));
    }

    void aLongPathToTheDataDirectoryWorks()
    {
        AcademyFixture academy;
        const QString longName = QString(90, QLatin1Char('x'));
        academy.setArguments(
            {QStringLiteral("--data"), academy.dataDir() + QLatin1Char('/') + longName});
        QVERIFY2(academy.start(), qPrintable(academy.problem()));
        QCOMPARE(AcademyProbe(academy).get("/healthz").status, 200);
        QVERIFY(academy.restart());
    }
};

QTEST_GUILESS_MAIN(TestAcademyLife)
#include "tst_academy_life.moc"
