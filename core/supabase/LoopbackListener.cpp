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

std::optional<QUrlQuery> LoopbackListener::parametersOf(
    QByteArrayView head, quint16 port, const QByteArray& path)
{
    const qsizetype end = head.indexOf("\r\n\r\n");
    if (end < 0 || path.isEmpty()) {
        return std::nullopt;
    }
    // What stands behind the head is no part of it.
    const QByteArray lines = head.first(end + 2).toByteArray();
    const QByteArray host = "\r\nhost: 127.0.0.1:" + QByteArray::number(port) + "\r\n";
    const QList<QByteArray> first = lines.left(lines.indexOf("\r\n")).split(' ');
    const QByteArray target = first.size() == 3 && first[0] == "GET" ? first[1] : QByteArray();
    const qsizetype question = target.indexOf('?');
    if (!lines.toLower().contains(host) || target.left(question) != path) {
        return std::nullopt;
    }
    QByteArray parameters = question < 0 ? QByteArray() : target.mid(question + 1);
    return QUrlQuery(QString::fromLatin1(parameters.replace('+', "%20")));
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
    const auto query = parametersOf(*known, m_server->serverPort(), m_path);
    if (!query) {
        respond(socket, "404 Not Found", {});
        return;
    }
    respond(socket, "200 OK", query->hasQueryItem(QStringLiteral("code")) ? m_done : m_failed);
    Q_EMIT arrived(*query);
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
