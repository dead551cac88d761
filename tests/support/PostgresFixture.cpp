// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/PostgresFixture.h"

#include "support/PgSession.h"

#include <QDir>
#include <QFile>

#include <csignal>

#include <pwd.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

PostgresFixture::~PostgresFixture()
{
    if (m_server.state() != QProcess::NotRunning) {
        // At once, but with its shared memory given back.
        ::kill(pid_t(m_server.processId()), SIGQUIT);
        m_server.waitForFinished();
    }
}

QString PostgresFixture::sourceDir()
{
    return qEnvironmentVariable("NEOLINGUS_SOURCE_DIR");
}

bool PostgresFixture::fail(const QString& text)
{
    m_error = text;
    return false;
}

QStringList PostgresFixture::dropped(const QStringList& command) const
{
    QStringList result{u"setpriv"_s, u"--pdeathsig"_s, u"QUIT"_s};
    if (!m_owner.isEmpty()) {
        result << u"--reuid"_s << m_owner << u"--regid"_s << m_owner << u"--clear-groups"_s;
    }
    return result << u"--"_s << command;
}

bool PostgresFixture::runAsOwner(const QString& program, const QStringList& arguments)
{
    QStringList command = dropped(QStringList{m_programs + u'/' + program} + arguments);
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.setWorkingDirectory(m_directory->path());
    process.start(command.takeFirst(), command);
    if (!process.waitForFinished(60'000) || process.exitCode() != 0) {
        return fail(program + u": "_s + QString::fromLocal8Bit(process.readAll()));
    }
    return true;
}

bool PostgresFixture::start(Durability durability)
{
    m_programs = qEnvironmentVariable("NEOLINGUS_PG_BIN", u"/usr/lib/postgresql/15/bin"_s);
    if (!QFile::exists(m_programs + "/initdb"_L1)) {
        return fail(u"PostgreSQL 15 is not installed in %1"_s.arg(m_programs));
    }
    // Not in TMPDIR: a test's own folder is closed to other users, and a socket's path is short.
    m_directory.emplace(u"/tmp/nlpg-XXXXXX"_s);
    if (!m_directory->isValid()) {
        return fail(m_directory->errorString());
    }
    if (::geteuid() == 0) {
        const passwd* user = ::getpwnam("postgres");
        if (!user) {
            user = ::getpwnam("nobody");
        }
        if (!user
            || ::chown(m_directory->path().toLocal8Bit().constData(), user->pw_uid, user->pw_gid)
                != 0) {
            return fail(u"Nobody to run PostgreSQL as"_s);
        }
        m_owner = QString::fromLocal8Bit(user->pw_name);
    }
    const QString data = m_directory->filePath(u"data"_s);
    if (!runAsOwner(u"initdb"_s,
            {u"-D"_s, data, u"-U"_s, u"supabase_admin"_s, u"--auth=trust"_s, u"--encoding=UTF8"_s,
                u"--locale=C.UTF-8"_s, u"--no-sync"_s, u"--no-instructions"_s})) {
        return false;
    }
    const QString sync = durability == Durability::On ? u"on"_s : u"off"_s;
    QStringList command = dropped({m_programs + u"/postgres"_s, u"-D"_s, data, u"-k"_s,
        m_directory->path(), u"-c"_s, u"listen_addresses="_s, u"-c"_s, u"wal_level=logical"_s,
        u"-c"_s, u"fsync="_s + sync, u"-c"_s, u"max_connections=100"_s, u"-c"_s,
        u"log_destination=stderr"_s, u"-c"_s, u"timezone=UTC"_s});
    // To a file: a pipe that nobody reads would stop the server when it is full.
    const QString log = m_directory->filePath(u"log"_s);
    m_server.setProcessChannelMode(QProcess::MergedChannels);
    m_server.setStandardOutputFile(log);
    m_server.setWorkingDirectory(m_directory->path());
    m_server.start(command.takeFirst(), command);
    while (!PgSession(conninfo(u"postgres"_s)).isOpen()) {
        // Asks again when the server has had a moment, or at once when it is gone.
        if (!m_server.waitForStarted() || m_server.waitForFinished(20)) {
            QFile file(log);
            return fail(u"PostgreSQL did not start: "_s
                + (file.open(QIODevice::ReadOnly) ? QString::fromLocal8Bit(file.readAll())
                                                  : m_server.errorString()));
        }
    }
    return true;
}

QByteArray PostgresFixture::conninfo(const QString& database, const QString& role) const
{
    return u"host=%1 dbname=%2 user=%3"_s.arg(m_directory->path(), database, role).toUtf8();
}

bool PostgresFixture::createDatabase(const QString& name, const QString& from)
{
    PgSession session(conninfo(u"postgres"_s));
    const PgAnswer answer
        = session.run(from.isEmpty() ? u"create database \"%1\""_s.arg(name)
                                     : u"create database \"%1\" template \"%2\""_s.arg(name, from));
    return answer.ok() || fail(answer.message);
}

bool PostgresFixture::applyFile(const QString& database, const QString& role, const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return fail(path + u": "_s + file.errorString());
    }
    PgSession session(conninfo(database, role));
    const PgAnswer answer
        = session.run(u"begin;\n"_s + QString::fromUtf8(file.readAll()) + u"\n;commit;"_s);
    return answer.ok() || fail(path + u": "_s + answer.message);
}

bool PostgresFixture::applyLaw(const QString& database, bool withSeed)
{
    const auto applyFolder = [&](const QString& folder, const QString& role) {
        const QDir directory(sourceDir() + folder);
        const QStringList files = directory.entryList({u"*.sql"_s}, QDir::Files, QDir::Name);
        if (files.isEmpty()) {
            return fail(u"No SQL files in "_s + directory.path());
        }
        for (const QString& name : files) {
            if (!applyFile(database, role, directory.filePath(name))) {
                return false;
            }
        }
        return true;
    };
    return applyFolder(u"/app/academy/postgres/sql"_s, u"supabase_admin"_s)
        && applyFolder(u"/packaging/supabase/migrations"_s, u"postgres"_s)
        && (!withSeed
            || applyFile(database, u"postgres"_s, sourceDir() + u"/packaging/supabase/seed.sql"_s));
}
