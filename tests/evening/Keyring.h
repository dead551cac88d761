// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>
#include <QString>
#include <QTemporaryDir>

/// The keychain of one person's computer: a session bus with a Secret Service daemon, unlocked
/// and empty, that outlives the program using it. Throws std::runtime_error when it does not start.
class Keyring
{
public:
    Keyring();
    ~Keyring();
    Q_DISABLE_COPY_MOVE(Keyring)

    /// For DBUS_SESSION_BUS_ADDRESS.
    QString busAddress() const;

private:
    void start(QProcess& daemon, const QString& program, const QStringList& arguments);

    QTemporaryDir m_home; ///< short: the path of a local socket has little room
    QProcess m_bus;
    QProcess m_secrets;
};
