// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <QUrl>

/// A server whose every byte the test writes by hand.
class RawServer : public QTcpServer
{
public:
    RawServer()
    {
        listen(QHostAddress::LocalHost);
        connect(this, &QTcpServer::newConnection, this, [this] {
            while (QTcpSocket* socket = nextPendingConnection()) {
                m_sockets.append(socket);
                connect(socket, &QTcpSocket::readyRead, this,
                    [this, socket] { m_received[socket].append(socket->readAll()); });
            }
        });
    }

    QUrl url(const char* path = "/", const char* scheme = "http") const
    {
        return QUrl(QStringLiteral("%1://127.0.0.1:%2%3").arg(QLatin1String(scheme)).arg(serverPort()).arg(QLatin1String(path)));
    }
    qsizetype count() const { return m_sockets.size(); }
    QTcpSocket* socket(qsizetype i) const { return m_sockets.value(i); }
    QByteArray received(qsizetype i) const { return m_received.value(m_sockets.value(i)); }
    /// True once the i-th connection has sent a whole request head.
    bool hasRequest(qsizetype i) const { return received(i).contains("\r\n\r\n"); }
    void write(qsizetype i, const QByteArray& bytes)
    {
        m_sockets.value(i)->write(bytes);
        m_sockets.value(i)->flush();
    }

private:
    QList<QPointer<QTcpSocket>> m_sockets;
    QHash<QTcpSocket*, QByteArray> m_received;
};
