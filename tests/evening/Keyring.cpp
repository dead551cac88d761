// SPDX-License-Identifier: GPL-3.0-or-later
#include "evening/Keyring.h"

#include "support/Screen.h"

#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QFile>
#include <QProcessEnvironment>

#include <chrono>
#include <stdexcept>

using namespace std::chrono_literals;

Keyring::Keyring()
{
    start(m_bus, QStringLiteral("dbus-daemon"),
        {QStringLiteral("--session"), QStringLiteral("--nofork"), QStringLiteral("--address"), busAddress()});
    start(m_secrets, QStringLiteral("gnome-keyring-daemon"),
        {QStringLiteral("--foreground"), QStringLiteral("--unlock"), QStringLiteral("--components=secrets")});
    m_secrets.write("evening");
    m_secrets.closeWriteChannel();
    const bool ready = waitUntil(
        [this] {
            const QString name = m_home.path();
            const QDBusConnectionInterface* const bus = QDBusConnection::connectToBus(busAddress(), name).interface();
            const bool owned = bus != nullptr && bus->isServiceRegistered(QStringLiteral("org.freedesktop.secrets"));
            QDBusConnection::disconnectFromBus(name);
            return owned;
        },
        20s);
    if (!ready) {
        throw std::runtime_error("the keyring daemon did not start");
    }
}

Keyring::~Keyring()
{
    for (QProcess* const daemon : {&m_secrets, &m_bus}) {
        daemon->terminate();
        daemon->waitForFinished(5'000);
    }
}

QString Keyring::busAddress() const
{
    return QStringLiteral("unix:path=") + m_home.filePath(QStringLiteral("bus"));
}

void Keyring::start(QProcess& daemon, const QString& program, const QStringList& arguments)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("DBUS_SESSION_BUS_ADDRESS"), busAddress());
    for (const char* variable : {"HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR"}) {
        environment.insert(QString::fromLatin1(variable), m_home.path());
    }
    daemon.setProcessEnvironment(environment);
    daemon.setStandardOutputFile(QProcess::nullDevice());
    daemon.setStandardErrorFile(m_home.filePath(QStringLiteral("errors")), QIODevice::Append);
    daemon.start(program, arguments);
    if (!daemon.waitForStarted()) {
        throw std::runtime_error("could not start " + program.toStdString());
    }
    const bool serves = waitUntil([this] { return QFile::exists(m_home.filePath(QStringLiteral("bus"))); }, 20s);
    if (!serves) {
        throw std::runtime_error("the session bus did not start");
    }
}
