// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/academy/AcademyProbe.h"

#include "support/PgSession.h"
#include "wire/CertificateWords.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QNetworkProxy>
#include <QProcess>
#include <QSslCertificate>
#include <QSslSocket>
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
        row("a demo for the network", "--demo --lan", 2, "--demo and --lan exclude each other");
        row("an open database without the demo", "--db-port 54322", 2, "goes with --demo only");
        row("a database port that is none", "--demo --db-port 0", 2, "not a port for the database");
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

    void theDatabaseOpensOnThisComputerWithTheDevelopmentPassword()
    {
        QTcpServer free;
        QVERIFY(free.listen(QHostAddress::LocalHost));
        const QString port = QString::number(free.serverPort());
        const auto [code, text] = run({QStringLiteral("--demo"), QStringLiteral("--port"),
            QStringLiteral("0"), QStringLiteral("--data"), QStringLiteral("/tmp/neolingus-unused"),
            QStringLiteral("--db-port"), port});
        QCOMPARE(code, 3);
        QVERIFY2(text.contains(QLatin1String("--db-port")), qPrintable(text));
        free.close();
        AcademyFixture academy;
        academy.setArguments({QStringLiteral("--demo"), QStringLiteral("--db-port"), port});
        QVERIFY2(academy.start(), qPrintable(academy.problem()));
        const QByteArray where
            = "host=127.0.0.1 port=" + port.toLatin1() + " dbname=postgres sslmode=disable user=";
        PgSession owner(where + "postgres password=postgres");
        QVERIFY(owner.isOpen());
        QCOMPARE(
            owner.run(QStringLiteral("select current_user")).value(), QStringLiteral("postgres"));
        QVERIFY(!PgSession(where + "postgres password=guessed").isOpen());
        QVERIFY(!PgSession(where + "supabase_admin password=postgres").isOpen());
        QCOMPARE(owner.run(QStringLiteral("show listen_addresses")).value(),
            QStringLiteral("127.0.0.1"));
        QCOMPARE(academy.terminate(), 0);
        // Without the option it is closed again.
        academy.setArguments({QStringLiteral("--demo")});
        QVERIFY2(academy.start(), qPrintable(academy.problem()));
        QVERIFY(!PgSession(where + "postgres password=postgres").isOpen());
    }
    void theLocalNetworkIsEncryptedWithACertificateToCompare()
    {
        AcademyFixture academy;
        academy.setArguments(
            {QStringLiteral("--lan"), QStringLiteral("--listen"), QStringLiteral("127.0.0.1")});
        const auto words = [&academy] {
            QFile file(academy.dataDir() + QStringLiteral("/../port.json"));
            return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll())
                                                        .object()
                                                        .value(QLatin1String("certificate_words"))
                                                        .toString()
                                                  : QString();
        };
        QVERIFY2(academy.start(), qPrintable(academy.problem()));
        QCOMPARE(academy.url().scheme(), QStringLiteral("https"));
        const QString first = words();
        QCOMPARE(first.count(QLatin1Char('-')), 5);
        QFile key(academy.dataDir() + QStringLiteral("/lan-key.pem"));
        QCOMPARE(key.permissions() & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteOther),
            QFile::Permissions());
        QVERIFY(key.open(QIODevice::ReadOnly) && key.readAll().contains("PRIVATE KEY"));

        QSslSocket socket;
        const auto connected = [&socket, &academy, &first] {
            socket.setProxy(QNetworkProxy::NoProxy);
            socket.setPeerVerifyMode(QSslSocket::VerifyNone);
            socket.connectToHostEncrypted(QStringLiteral("127.0.0.1"), academy.port());
            return socket.waitForEncrypted(10'000)
                && certificateMatches(
                    first, socket.peerCertificate().digest(QCryptographicHash::Sha256));
        };
        QVERIFY2(connected(), qPrintable(socket.errorString()));
        socket.write("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n");
        QByteArray answer;
        while (!answer.contains("\r\n\r\n") && socket.waitForReadyRead(10'000)) {
            answer += socket.readAll();
        }
        QVERIFY2(answer.startsWith("HTTP/1.1 200"), answer.constData());
        // A WebSocket over the same connection: a masked heartbeat and its answer.
        socket.write("GET /realtime/v1/websocket?vsn=2.0.0&apikey=" + academy.anonKey().toLatin1()
            + " HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
              "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
        answer.clear();
        while (!answer.contains("\r\n\r\n") && socket.waitForReadyRead(10'000)) {
            answer += socket.readAll();
        }
        const QByteArray text = R"([null,"7","phoenix","heartbeat",{}])";
        socket.write(QByteArray("\x81") + char(0x80 | text.size()) + QByteArray(4, '\0') + text);
        while (!answer.contains("phx_reply") && socket.waitForReadyRead(10'000)) {
            answer += socket.readAll();
        }
        QVERIFY2(
            answer.startsWith("HTTP/1.1 101") && answer.contains(R"("7","phoenix","phx_reply")"),
            answer.constData());
        socket.abort();
        // Plain text gets nothing.
        QTcpSocket plain;
        plain.setProxy(QNetworkProxy::NoProxy);
        plain.connectToHost(QStringLiteral("127.0.0.1"), academy.port());
        QVERIFY(plain.waitForConnected());
        plain.write("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n");
        QByteArray refused;
        while (plain.waitForReadyRead(10'000)) {
            refused += plain.readAll();
        }
        QVERIFY(!refused.contains("HTTP"));
        // It is the same academy after a restart.
        QCOMPARE(academy.terminate(), 0);
        QVERIFY2(academy.start(), qPrintable(academy.problem()));
        QCOMPARE(words(), first);
        QVERIFY2(connected(), qPrintable(socket.errorString()));
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

    void aDatabaseOfAnotherPreviewIsRefused()
    {
        AcademyFixture academy;
        academy.setArguments({});
        QVERIFY2(academy.start(), qPrintable(academy.problem()));
        {
            PgSession behind(conninfo(academy));
            QVERIFY(behind
                        .run(QStringLiteral("update supabase_migrations.schema_migrations "
                                            "set statements[2] = 'select 1' where name = 'exams'"))
                        .ok());
        }
        academy.terminate();
        QVERIFY(!academy.start());
        QCOMPARE(academy.awaitExit(), 6);
        QVERIFY2(academy.problem().contains(QStringLiteral("_exams.sql")), qPrintable(academy.problem()));
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
