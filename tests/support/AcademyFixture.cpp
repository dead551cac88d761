// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/AcademyFixture.h"

#include <QDeadlineTimer>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

#include <poll.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <csignal>

namespace {
constexpr std::chrono::milliseconds longestStart = std::chrono::minutes(1);
}

AcademyFixture::AcademyFixture() : m_home(QStringLiteral("/tmp/neolingus-academy-XXXXXX"))
{
    // PostgreSQL's own user passes through it when the test runs as root.
    QFile::setPermissions(m_home.path(),
        QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner
            | QFileDevice::ExeGroup | QFileDevice::ExeOther);
}

AcademyFixture::~AcademyFixture()
{
    terminate();
    awaitDatabaseEnd();
}

/// A killed academy's database goes down by itself; its files can be removed when it is gone.
void AcademyFixture::awaitDatabaseEnd() const
{
    QFile file(dataDir() + QStringLiteral("/cluster/postmaster.pid"));
    if (!file.open(QIODevice::ReadOnly)) {
        return;
    }
    const int process = static_cast<int>(
        syscall(SYS_pidfd_open, static_cast<pid_t>(file.readLine().trimmed().toInt()), 0));
    if (process >= 0) {
        pollfd watched{process, POLLIN, 0};
        poll(&watched, 1, static_cast<int>(std::chrono::milliseconds(longestStart).count()));
        close(process);
    }
}

QString AcademyFixture::programPath()
{
    return qEnvironmentVariable("NEOLINGUS_BINARY_DIR") + QStringLiteral("/bin/neolingus-academy");
}

QString AcademyFixture::dataDir() const
{
    return m_home.filePath(QStringLiteral("academy"));
}

QString AcademyFixture::socketDir() const
{
    return dataDir() + QStringLiteral("/run");
}

QUrl AcademyFixture::url(const QString& path) const
{
    return QUrl(m_url.toString() + path);
}

bool AcademyFixture::start()
{
    terminate();
    m_errors.clear();
    const QString portFile = m_home.filePath(QStringLiteral("port.json"));
    QFile::remove(portFile);
    m_process = std::make_unique<QProcess>();
    m_process->setChildProcessModifier([] { prctl(PR_SET_PDEATHSIG, SIGTERM); });
    m_process->start(programPath(),
        QStringList{QStringLiteral("--data"), dataDir(), QStringLiteral("--port"),
            QString::number(m_port), QStringLiteral("--port-file"), portFile}
            + m_arguments);
    const QDeadlineTimer deadline(longestStart);
    QByteArray said;
    while (!said.contains("Academy ready at")) {
        const bool more = m_process->waitForReadyRead(static_cast<int>(deadline.remainingTime()));
        said += m_process->readAllStandardOutput();
        if (!more && !said.contains("Academy ready at")
            && (m_process->state() == QProcess::NotRunning || deadline.hasExpired())) {
            return false;
        }
    }
    return readPortFile();
}

bool AcademyFixture::readPortFile()
{
    QFile file(m_home.filePath(QStringLiteral("port.json")));
    if (!file.open(QIODevice::ReadOnly)) {
        return false;
    }
    const QJsonObject facts = QJsonDocument::fromJson(file.readAll()).object();
    m_url = QUrl(facts.value(QStringLiteral("url")).toString());
    m_port = static_cast<quint16>(m_url.port());
    m_anonKey = facts.value(QStringLiteral("anon_key")).toString();
    m_serviceRoleKey = facts.value(QStringLiteral("service_role_key")).toString();
    m_publishableKey = facts.value(QStringLiteral("publishable_key")).toString();
    return m_port != 0 && !m_anonKey.isEmpty();
}

void AcademyFixture::kill9()
{
    if (isRunning()) {
        m_process->kill();
        m_process->waitForFinished();
    }
}

int AcademyFixture::terminate()
{
    if (!isRunning()) {
        return -1;
    }
    m_process->terminate();
    return awaitExit();
}

int AcademyFixture::awaitExit(std::chrono::milliseconds most)
{
    if (m_process == nullptr) {
        return -1;
    }
    if (m_process->state() != QProcess::NotRunning
        && !m_process->waitForFinished(static_cast<int>(most.count()))) {
        kill9();
        return -1;
    }
    return m_process->exitStatus() == QProcess::NormalExit ? m_process->exitCode() : -1;
}

bool AcademyFixture::restart()
{
    terminate();
    return start();
}

bool AcademyFixture::isRunning() const
{
    return m_process != nullptr && m_process->state() != QProcess::NotRunning;
}

qint64 AcademyFixture::processId() const
{
    return m_process == nullptr ? 0 : m_process->processId();
}

QString AcademyFixture::problem()
{
    if (m_process != nullptr) {
        m_errors += m_process->readAllStandardError();
    }
    return QString::fromUtf8(m_errors);
}
