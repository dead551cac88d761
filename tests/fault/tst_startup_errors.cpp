// SPDX-License-Identifier: GPL-3.0-or-later
#include "ScriptedAcademy.h"
#include "evening/Puppet.h"

#include <QCryptographicHash>
#include <QDir>
#include <QJsonArray>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QSysInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace std::chrono_literals;

/// The real program in its window, in each of the situations that people really get into: it says
/// what happened and what to do, and what was there before is there afterwards. With
/// NEOLINGUS_SHOTS every sentence also leaves a picture in that folder.
class TestStartupErrors : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<Puppet> m_program;
    ScriptedAcademy m_academy;

    QString profile() const
    {
        const QString disk = qEnvironmentVariable("NEOLINGUS_SMALL_DISK");
        return disk.isEmpty() ? m_dir->filePath(QStringLiteral("profile")) : disk + QStringLiteral("/profile");
    }
    QString guestFile() const { return profile() + QStringLiteral("/profiles/guest/academy.sqlite"); }

    void start(const QString& academy, const QStringList& more = {})
    {
        m_program = std::make_unique<Puppet>(Puppet::Setup {QStringLiteral("neolingus"), QStringLiteral(NEOLINGUS_PROGRAM),
            m_dir->path(), QStringList {QStringLiteral("--academy"), academy, QStringLiteral("--key"), QStringLiteral("k")} + more,
            !qEnvironmentVariableIsEmpty("NEOLINGUS_SHOTS"), profile()});
        m_program->start();
    }
    void signIn()
    {
        m_program->click(QStringLiteral("goSignIn"));
        m_program->typeInto(QStringLiteral("email"), QStringLiteral("ana@academy.example"));
        m_program->typeInto(QStringLiteral("password"), QStringLiteral("secret words"));
        m_program->click(QStringLiteral("signIn"));
    }
    void says(const QString& item, const QString& property, const QString& words)
    {
        const bool said = waitUntil([&] { return m_program->read(item, property).toString().contains(words); }, 20s);
        if (const QString shots = qEnvironmentVariable("NEOLINGUS_SHOTS"); !shots.isEmpty()) {
            (void)waitUntil([&] { return m_program->read(QStringLiteral("pageHost"), QStringLiteral("settled")).toBool(); }, 10s);
            m_program->screenshot(shots + u'/' + QLatin1String(QTest::currentTestFunction()) + QStringLiteral(".png"));
        }
        QVERIFY2(said, qPrintable(item + u'.' + property + QStringLiteral(" is: ") + m_program->read(item, property).toString()));
    }
    void write(const QString& path, const QByteArray& bytes) const
    {
        QDir().mkpath(QFileInfo(path).path());
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(bytes), bytes.size());
    }
    QByteArray read(const QString& path) const
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    void fill(QFile& ballast) const
    {
        QVERIFY(ballast.open(QIODevice::WriteOnly | QIODevice::Unbuffered));
        while (ballast.write(QByteArray(4096, 'b')) == 4096) {
        }
        while (ballast.write("b", 1) == 1) {
        }
    }

private Q_SLOTS:
    void init() { m_dir = std::make_unique<QTemporaryDir>(); }
    void cleanup()
    {
        m_program.reset();
        m_dir.reset();
    }

    void aWrongPassword()
    {
        m_academy.teach("/auth/v1/token", 400, {{QStringLiteral("code"), QStringLiteral("invalid_credentials")}});
        start(m_academy.url());
        signIn();
        says(QStringLiteral("passwordField"), QStringLiteral("error"), QStringLiteral("password is not right"));
    }

    void anAcademyThatIsDown()
    {
        QTcpServer nobody;
        QVERIFY(nobody.listen(QHostAddress::LocalHost));
        const QString url = QStringLiteral("http://127.0.0.1:%1").arg(nobody.serverPort());
        nobody.close();
        start(url);
        signIn();
        says(QStringLiteral("academyField"), QStringLiteral("error"), QStringLiteral("cannot be reached"));
    }

    void aNewerAcademy()
    {
        m_academy.letIn();
        m_academy.teach("/rest/v1/rpc/server_info", 200, {{QStringLiteral("version"), 99}});
        m_academy.teach("/rest/v1/rpc/student_home", 200, {{QStringLiteral("sittings"), QJsonArray()}});
        start(m_academy.url());
        signIn();
        says(QStringLiteral("appNotice"), QStringLiteral("text"), QStringLiteral("newer version than this Neolingus"));
    }

    void aDamagedFile()
    {
        const QByteArray garbage = QByteArray("this was never a database ").repeated(500);
        write(guestFile(), garbage);
        start(m_academy.url());
        m_program->click(QStringLiteral("studyNow"));
        says(QStringLiteral("appNotice"), QStringLiteral("text"), guestFile() + QStringLiteral(".damaged-1"));
        QCOMPARE(read(guestFile() + QStringLiteral(".damaged-1")), garbage);
    }

    void aFileOfANewerProgram()
    {
        QDir().mkpath(QFileInfo(guestFile()).path());
        {
            QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("newer"));
            database.setDatabaseName(guestFile());
            QVERIFY(database.open());
            QSqlQuery query(database);
            QVERIFY(query.exec(QStringLiteral("PRAGMA journal_mode=WAL")));
            QVERIFY(query.exec(QStringLiteral("CREATE TABLE future (x)")));
            QVERIFY(query.exec(QStringLiteral("PRAGMA user_version=9999")));
        }
        QSqlDatabase::removeDatabase(QStringLiteral("newer"));
        const QByteArray before = read(guestFile());
        start(m_academy.url());
        m_program->click(QStringLiteral("studyNow"));
        says(QStringLiteral("appNotice"), QStringLiteral("text"), QStringLiteral("newer version of Neolingus"));
        QCOMPARE(read(guestFile()), before);
        m_program->quit();
        QCOMPARE(read(guestFile()), before);
    }

    void aMalformedUnit()
    {
        const QString unit = m_dir->filePath(QStringLiteral("travel.apack"));
        write(unit, "PK, but not really");
        start(m_academy.url(), {unit});
        says(QStringLiteral("appNotice"), QStringLiteral("text"), QStringLiteral("travel.apack: This file is not a unit"));
        QCOMPARE(read(unit), QByteArray("PK, but not really"));
    }

    void aFullDisk()
    {
        if (qEnvironmentVariableIsEmpty("NEOLINGUS_SMALL_DISK")) {
            QSKIP("needs a small file system; see on-small-disk");
        }
        QDir().mkpath(QFileInfo(guestFile()).path());
        write(profile() + QStringLiteral("/device"),
            "44444444-0000-4000-8000-000000000001 "
                + QCryptographicHash::hash(
                    "neolingus installation\n" + QSysInfo::machineUniqueId(), QCryptographicHash::Sha256)
                      .toHex());
        QFile ballast(qEnvironmentVariable("NEOLINGUS_SMALL_DISK") + QStringLiteral("/ballast"));
        fill(ballast);
        start(m_academy.url());
        m_program->click(QStringLiteral("studyNow"));
        says(QStringLiteral("appNotice"), QStringLiteral("text"), QStringLiteral("The disk is full"));
        // Room again: the program goes on by itself.
        QVERIFY(ballast.remove());
        m_program->expect(QStringLiteral("appNotice"), QStringLiteral("visible"),
            [](const QJsonValue& visible) { return !visible.toBool(); }, 20s);
        QVERIFY(QFile::exists(guestFile()));
    }

    void aDiskThatWasFullBeforeTheFirstStart()
    {
        if (qEnvironmentVariableIsEmpty("NEOLINGUS_SMALL_DISK")) {
            QSKIP("needs a small file system; see on-small-disk");
        }
        QDir(profile()).removeRecursively();
        QFile ballast(qEnvironmentVariable("NEOLINGUS_SMALL_DISK") + QStringLiteral("/ballast"));
        fill(ballast);
        start(m_academy.url());
        m_program->click(QStringLiteral("studyNow"));
        says(QStringLiteral("appNotice"), QStringLiteral("text"), QStringLiteral("disk"));
        QVERIFY(ballast.remove());
    }
};

QTEST_GUILESS_MAIN(TestStartupErrors)
#include "tst_startup_errors.moc"
