// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/TcpProxy.h"

TcpProxy::TcpProxy(quint16 target, QObject* parent) : QObject(parent), m_target(target)
{
    m_server.listen(QHostAddress::LocalHost);
    connect(&m_server, &QTcpServer::newConnection, this, [this] { accept(); });
}

TcpProxy::~TcpProxy()
{
    for (const auto& pair : std::as_const(m_pairs)) {
        for (QTcpSocket* socket : {pair->client.data(), pair->server.data()}) {
            if (socket) {
                socket->disconnect(this);
            }
        }
    }
}

qsizetype TcpProxy::open() const
{
    return std::count_if(m_pairs.begin(), m_pairs.end(), [](const auto& pair) {
        return !pair->dead && pair->client
            && pair->client->state() == QAbstractSocket::ConnectedState;
    });
}

void TcpProxy::accept()
{
    forgetEnded();
    while (QTcpSocket* client = m_server.nextPendingConnection()) {
        ++m_accepted;
        const auto pair = std::make_shared<Pair>();
        pair->client = client;
        m_pairs.append(pair);
        if (!m_answer.isEmpty()) {
            pair->dead = true;
            connect(client, &QTcpSocket::readyRead, this, [client, answer = m_answer] {
                if (client->readAll().contains("\r\n\r\n")) {
                    client->write(answer);
                    client->disconnectFromHost();
                }
            });
            continue;
        }
        connect(client, &QTcpSocket::readyRead, this, [this, pair] {
            pair->toServer += pair->client->readAll();
            pump(pair);
        });
        connect(client, &QTcpSocket::disconnected, this, [this, pair] { pass(pair, pair->server); });
        if (m_mode != Mode::Out) {
            connectOn(pair);
        }
    }
}

void TcpProxy::connectOn(const std::shared_ptr<Pair>& pair)
{
    pair->server = new QTcpSocket(this);
    pair->server->setProxy(QNetworkProxy::NoProxy);
    connect(pair->server, &QTcpSocket::connected, this, [this, pair] { pump(pair); });
    connect(pair->server, &QTcpSocket::readyRead, this, [this, pair] {
        pair->toClient += pair->server->readAll();
        pump(pair);
    });
    connect(pair->server, &QTcpSocket::disconnected, this, [this, pair] { pass(pair, pair->client); });
    // Nobody listens there: the one who dialled is told, as the network would tell.
    connect(pair->server, &QTcpSocket::errorOccurred, this, [this, pair] {
        if (pair->server->state() == QAbstractSocket::UnconnectedState) {
            pass(pair, pair->client);
        }
    });
    pair->server->connectToHost(QHostAddress::LocalHost, m_target);
}

void TcpProxy::pass(const std::shared_ptr<Pair>& pair, QTcpSocket* other) const
{
    if (!other || m_mode == Mode::Out) {
        return;
    }
    if (other == pair->server) {
        other->abort();
    } else if (!pair->dead) {
        other->disconnectFromHost();
    }
}

void TcpProxy::forgetEnded()
{
    const auto isEnded = [](const QPointer<QTcpSocket>& socket) {
        return !socket || socket->state() == QAbstractSocket::UnconnectedState;
    };
    m_pairs.removeIf([&isEnded](const std::shared_ptr<Pair>& pair) {
        const bool ended = isEnded(pair->client) && isEnded(pair->server);
        for (QTcpSocket* socket : {pair->client.data(), pair->server.data()}) {
            if (ended && socket) {
                socket->deleteLater();
            }
        }
        return ended;
    });
}

void TcpProxy::pump(const std::shared_ptr<Pair>& pair)
{
    if (m_mode == Mode::Out) {
        pair->toServer.clear();
        pair->toClient.clear();
        return;
    }
    if (m_mode == Mode::Stalled || pair->dead || !pair->client || !pair->server
        || pair->server->state() != QAbstractSocket::ConnectedState) {
        return;
    }
    if (!pair->tunnelled && pair->toServer.startsWith("CONNECT ")) {
        const qsizetype end = pair->toServer.indexOf("\r\n\r\n");
        if (end < 0) {
            return;
        }
        pair->toServer.remove(0, end + 4);
        pair->client->write("HTTP/1.1 200 Connection established\r\n\r\n");
    }
    pair->tunnelled = pair->tunnelled || !pair->toServer.isEmpty();
    pair->server->write(std::exchange(pair->toServer, {}));
    if (!m_left) {
        pair->client->write(std::exchange(pair->toClient, {}));
        return;
    }
    const qsizetype some = qMin(*m_left, pair->toClient.size());
    pair->client->write(pair->toClient.first(some));
    pair->toClient.remove(0, some);
    *m_left -= some;
    if (*m_left == 0) {
        m_left.reset();
        pair->client->disconnectFromHost();
    }
}

void TcpProxy::halfOpen()
{
    for (const auto& pair : std::as_const(m_pairs)) {
        pair->dead = true;
        if (pair->server) {
            pair->server->abort();
        }
    }
}

void TcpProxy::cut()
{
    for (const auto& pair : std::as_const(m_pairs)) {
        if (pair->client) {
            pair->client->abort();
        }
    }
}

void TcpProxy::putBack()
{
    const auto pairs = std::exchange(m_pairs, {});
    for (const auto& pair : pairs) {
        for (QTcpSocket* socket : {pair->client.data(), pair->server.data()}) {
            if (socket) {
                socket->disconnect(this);
                socket->abort();
                socket->deleteLater();
            }
        }
    }
    m_mode = Mode::Passing;
}

void TcpProxy::cutAfter(qsizetype bytes)
{
    m_left = bytes;
}

void TcpProxy::heal()
{
    m_mode = Mode::Passing;
    m_answer.clear();
    for (const auto& pair : std::as_const(m_pairs)) {
        pump(pair);
    }
}
