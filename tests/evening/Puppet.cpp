// SPDX-License-Identifier: GPL-3.0-or-later
#include "evening/Puppet.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QProcessEnvironment>

#include <csignal>
#include <stdexcept>

using namespace std::chrono_literals;

namespace {

[[noreturn]] void fail(const QString& text)
{
    throw std::runtime_error(text.toStdString());
}

} // namespace

Puppet::Puppet(Setup setup) : m_setup(std::move(setup))
{
    if (m_setup.onScreen) {
        m_screen.emplace();
        m_keyring.emplace();
    }
    if (m_setup.profile.isEmpty()) {
        m_setup.profile = m_setup.folder + QStringLiteral("/profile");
    }
    QDir().mkpath(m_setup.folder);
    QFile::setPermissions(m_setup.folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
}

Puppet::~Puppet()
{
    if (isRunning()) {
        m_process->kill();
        m_process->waitForFinished(3000);
    }
}

void Puppet::start()
{
    const QString socketPath = m_socketFolder.filePath(QStringLiteral("puppet"));
    QFile::remove(socketPath);
    m_process = std::make_unique<QProcess>();
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    if (m_screen) {
        environment.insert(QStringLiteral("DISPLAY"), m_screen->display());
    }
    environment.insert(QStringLiteral("QT_QPA_PLATFORM"), m_screen ? QStringLiteral("xcb") : QStringLiteral("offscreen"));
    environment.insert(QStringLiteral("QT_QUICK_BACKEND"), QStringLiteral("software"));
    environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("C.UTF-8"));
    environment.insert(QStringLiteral("HOME"), m_setup.folder);
    environment.insert(QStringLiteral("DBUS_SESSION_BUS_ADDRESS"), m_keyring ? m_keyring->busAddress() : QStringLiteral("disabled:"));
    for (const char* variable : {"XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"}) {
        environment.insert(QString::fromLatin1(variable), m_setup.folder);
    }
    m_process->setProcessEnvironment(environment);
    m_process->setProcessChannelMode(QProcess::MergedChannels);
    m_process->setStandardOutputFile(m_setup.folder + QStringLiteral("/log.txt"), QIODevice::Append);
    m_process->start(m_setup.program,
        m_setup.arguments
            + QStringList {QStringLiteral("--profile"), m_setup.profile, QStringLiteral("--puppet"), socketPath});
    const bool reached = waitUntil(
        [&] {
            if (m_process->state() == QProcess::NotRunning) {
                return true;
            }
            if (m_socket.state() == QLocalSocket::UnconnectedState && QFile::exists(socketPath)) {
                m_buffer.clear();
                m_socket.connectToServer(socketPath);
            }
            return m_socket.state() == QLocalSocket::ConnectedState;
        },
        30s);
    if (!reached || !isRunning()) {
        fail(QStringLiteral("%1: the program did not start; see its log").arg(m_setup.name));
    }
}

void Puppet::kill9()
{
    ::kill(pid_t(m_process->processId()), SIGKILL);
    m_process->waitForFinished(5000);
    m_socket.abort();
}

void Puppet::quit()
{
    if (!isRunning()) {
        return;
    }
    call(QStringLiteral("quit"));
    if (!m_process->waitForFinished(10000)) {
        fail(QStringLiteral("%1: the program did not end when asked to").arg(m_setup.name));
    }
    m_socket.abort();
}

QJsonValue Puppet::call(const QString& action, QJsonObject arguments, std::chrono::milliseconds limit)
{
    const int id = m_nextId++;
    arguments.insert(QStringLiteral("id"), id);
    arguments.insert(QStringLiteral("do"), action);
    m_socket.write(QJsonDocument(arguments).toJson(QJsonDocument::Compact) + '\n');
    m_socket.flush();
    QJsonObject reply;
    const bool answered = waitUntil(
        [&] {
            m_buffer += m_socket.readAll();
            qsizetype end = m_buffer.indexOf('\n');
            while (end >= 0) {
                const QJsonObject line = QJsonDocument::fromJson(m_buffer.left(end)).object();
                m_buffer.remove(0, end + 1);
                if (line.value(QLatin1String("id")).toInt() == id) {
                    reply = line;
                    return true;
                }
                end = m_buffer.indexOf('\n');
            }
            return m_socket.state() != QLocalSocket::ConnectedState;
        },
        limit);
    const QString what = action + QLatin1Char(' ') + arguments.value(QLatin1String("name")).toString();
    if (!answered || reply.isEmpty()) {
        fail(QStringLiteral("%1: no answer to '%2'").arg(m_setup.name, what));
    }
    if (!reply.value(QLatin1String("ok")).toBool()) {
        fail(QStringLiteral("%1: '%2' failed: %3")
                 .arg(m_setup.name, what, reply.value(QLatin1String("error")).toString()));
    }
    return reply.value(QLatin1String("value"));
}

void Puppet::click(const QString& name)
{
    waitFor(name);
    // A page that is still coming may take the focus away again.
    expect(QStringLiteral("pageHost"), QStringLiteral("settled"), [](const QJsonValue& settled) { return settled.toBool(); }, 10s);
    call(QStringLiteral("click"), {{QStringLiteral("name"), name}});
}

void Puppet::type(const QString& text)
{
    call(QStringLiteral("type"), {{QStringLiteral("text"), text}}, 60s);
}

void Puppet::typeInto(const QString& name, const QString& text)
{
    click(name);
    type(text);
}

void Puppet::screenshot(const QString& path)
{
    call(QStringLiteral("screenshot"), {{QStringLiteral("path"), path}});
}

QJsonValue Puppet::read(const QString& name, const QString& property)
{
    return call(QStringLiteral("read"),
        {{QStringLiteral("name"), name}, {QStringLiteral("property"), property}});
}

void Puppet::expect(const QString& name, const QString& property,
    const std::function<bool(const QJsonValue&)>& accept, std::chrono::milliseconds limit)
{
    QJsonValue last;
    const bool held = waitUntil(
        [&] {
            last = read(name, property);
            return accept(last);
        },
        limit);
    if (!held) {
        fail(QStringLiteral("%1: %2.%3 stayed '%4'")
                 .arg(m_setup.name, name, property, last.toVariant().toString()));
    }
}

void Puppet::waitFor(const QString& name, std::chrono::milliseconds limit)
{
    const bool found = waitUntil(
        [&] { return call(QStringLiteral("find"), {{QStringLiteral("name"), name}}).toBool(); }, limit);
    if (!found) {
        fail(QStringLiteral("%1: '%2' never came on screen").arg(m_setup.name, name));
    }
}
