// SPDX-License-Identifier: GPL-3.0-or-later
#include "supabase/LoopbackListener.h"

#include <QHostAddress>
#include <QNetworkProxy>
#include <QTcpServer>
#include <QTcpSocket>

LoopbackListener::LoopbackListener(QObject* parent)
    : QObject(parent), m_server(new QTcpServer(this))
{
    connect(m_server, &QTcpServer::newConnection, this, &LoopbackListener::accept);
}

LoopbackListener::~LoopbackListener() = default;

bool LoopbackListener::listen()
{
    m_server->setProxy(QNetworkProxy::NoProxy);
    return m_server->listen(QHostAddress::LocalHost);
}

QUrl LoopbackListener::address(const QString& secret)
{
    m_path = "/callback/" + secret.toLatin1();
    return QUrl(QStringLiteral("http://127.0.0.1:%1%2")
                    .arg(m_server->serverPort())
                    .arg(QString::fromLatin1(m_path)));
}

void LoopbackListener::answerWith(const QByteArray& done, const QByteArray& failed)
{
    m_done = done;
    m_failed = failed;
}

void LoopbackListener::accept()
{
    while (QTcpSocket* socket = m_server->nextPendingConnection()) {
        if (m_heads.size() >= MostConnections) {
            socket->abort();
            socket->deleteLater();
            continue;
        }
        m_heads.insert(socket, {});
        connect(socket, &QTcpSocket::readyRead, this, [this, socket] { read(socket); });
        connect(socket, &QTcpSocket::disconnected, this, [this, socket] { m_heads.remove(socket); });
        connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
    }
}

/// The browser itself speaks to us, not a page whose name was made to point here.
bool LoopbackListener::isForUs(const QByteArray& head) const
{
    const QByteArray host
        = "\r\nhost: 127.0.0.1:" + QByteArray::number(m_server->serverPort()) + "\r\n";
    return head.toLower().contains(host);
}

void LoopbackListener::read(QTcpSocket* socket)
{
    const auto known = m_heads.find(socket);
    if (known == m_heads.end()) {
        return;
    }
    *known += socket->read(LongestHead + 1 - known->size());
    if (known->size() > LongestHead) {
        respond(socket, "431 Request Header Fields Too Large", {});
        return;
    }
    if (!known->contains("\r\n\r\n")) {
        return;
    }
    const QByteArray head = *known;
    const QList<QByteArray> line = head.left(head.indexOf("\r\n")).split(' ');
    const QByteArray target = line.size() == 3 && line[0] == "GET" ? line[1] : QByteArray();
    const qsizetype question = target.indexOf('?');
    if (!isForUs(head) || m_path.isEmpty() || target.left(question) != m_path) {
        respond(socket, "404 Not Found", {});
        return;
    }
    QByteArray parameters = question < 0 ? QByteArray() : target.mid(question + 1);
    const QUrlQuery query(QString::fromLatin1(parameters.replace('+', "%20")));
    respond(socket, "200 OK", query.hasQueryItem(QStringLiteral("code")) ? m_done : m_failed);
    Q_EMIT arrived(query);
}

void LoopbackListener::respond(QTcpSocket* socket, const QByteArray& status, const QByteArray& body)
{
    m_heads.remove(socket);
    // The page is on its way when this listener is gone already.
    socket->setParent(nullptr);
    socket->write("HTTP/1.1 " + status
        + "\r\nContent-Type: text/html; charset=utf-8\r\n"
          "Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'\r\n"
          "Referrer-Policy: no-referrer\r\nCache-Control: no-store\r\nConnection: close\r\n"
          "Content-Length: "
        + QByteArray::number(body.size()) + "\r\n\r\n" + body);
    socket->disconnectFromHost();
}
