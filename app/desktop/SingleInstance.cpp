// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/SingleInstance.h"

#include <QCryptographicHash>
#include <QDir>
#include <QLocalSocket>

SingleInstance::SingleInstance(const QString& dataFolder, QObject* parent) : QObject(parent)
{
    const QByteArray hash
        = QCryptographicHash::hash(QDir(dataFolder).absolutePath().toUtf8(), QCryptographicHash::Sha256).toHex().left(16);
    m_name = QStringLiteral("neolingus-") + QString::fromLatin1(hash);
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    connect(&m_server, &QLocalServer::newConnection, this, [this] {
        while (QLocalSocket* visitor = m_server.nextPendingConnection()) {
            const auto leave = [this, visitor] {
                visitor->deleteLater();
                Q_EMIT raised(QString::fromUtf8(visitor->readAll()));
            };
            if (visitor->state() == QLocalSocket::UnconnectedState) {
                leave();
            } else {
                connect(visitor, &QLocalSocket::disconnected, this, leave);
            }
        }
    });
}

void SingleInstance::claim(const QString& file, const std::function<void(bool first)>& done)
{
    auto* socket = new QLocalSocket(this);
    connect(socket, &QLocalSocket::connected, this, [this, socket, file, done] {
        socket->disconnect(this);
        connect(socket, &QLocalSocket::disconnected, this, [socket, done] {
            socket->deleteLater();
            done(false);
        });
        socket->write(file.toUtf8());
        socket->disconnectFromServer();
    });
    connect(socket, &QLocalSocket::errorOccurred, this, [this, socket, done] {
        socket->disconnect(this);
        socket->deleteLater();
        listen();
        done(true);
    });
    socket->connectToServer(m_name);
}

void SingleInstance::listen()
{
    if (!m_server.listen(m_name)) {
        // A program that was killed leaves its socket behind, and nobody answers on it.
        QLocalServer::removeServer(m_name);
        m_server.listen(m_name);
    }
}
