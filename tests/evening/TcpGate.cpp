// SPDX-License-Identifier: GPL-3.0-or-later
#include "evening/TcpGate.h"

#include <QNetworkProxy>
#include <QTcpSocket>

struct TcpGate::Pair
{
    std::unique_ptr<QTcpSocket> near;
    std::unique_ptr<QTcpSocket> far;
};

TcpGate::TcpGate(quint16 targetPort, QObject* parent) : QObject(parent), m_targetPort(targetPort)
{
    connect(&m_server, &QTcpServer::newConnection, this, &TcpGate::accept);
    m_server.listen(QHostAddress::LocalHost);
}

TcpGate::~TcpGate()
{
    for (const auto& pair : m_pairs) {
        pair->near->disconnect(this);
        pair->far->disconnect(this);
    }
}

void TcpGate::accept()
{
    while (QTcpSocket* near = m_server.nextPendingConnection()) {
        auto pair = std::make_unique<Pair>();
        near->setParent(nullptr);
        pair->near.reset(near);
        pair->far = std::make_unique<QTcpSocket>();
        QTcpSocket* far = pair->far.get();
        far->setProxy(QNetworkProxy::NoProxy);
        const auto relay = [this](QTcpSocket* from, QTcpSocket* to) {
            const QByteArray bytes = from->readAll();
            if (!m_out) {
                to->write(bytes);
            }
        };
        const auto close = [this](QTcpSocket* other) {
            if (!m_out) {
                other->disconnectFromHost();
            }
        };
        connect(near, &QTcpSocket::readyRead, this, [=] { relay(near, far); });
        connect(far, &QTcpSocket::readyRead, this, [=] { relay(far, near); });
        connect(near, &QTcpSocket::disconnected, this, [=] { close(far); });
        connect(far, &QTcpSocket::disconnected, this, [=] { close(near); });
        // Nobody listens there: the one who dialled is told, as the network would tell.
        connect(far, &QTcpSocket::errorOccurred, this, [=] {
            if (far->state() == QAbstractSocket::UnconnectedState) {
                close(near);
            }
        });
        if (!m_out) {
            far->connectToHost(QHostAddress(QHostAddress::LocalHost), m_targetPort);
            relay(near, far);
        }
        std::erase_if(m_pairs, [](const auto& old) {
            const bool dead = old->near->state() == QAbstractSocket::UnconnectedState
                && old->far->state() == QAbstractSocket::UnconnectedState;
            if (dead) {
                old->near.release()->deleteLater();
                old->far.release()->deleteLater();
            }
            return dead;
        });
        m_pairs.push_back(std::move(pair));
    }
}

void TcpGate::pullOut()
{
    m_out = true;
}

void TcpGate::putBack()
{
    m_out = false;
    for (const auto& pair : m_pairs) {
        pair->near->disconnect(this);
        pair->far->disconnect(this);
        pair->near->abort();
        pair->far->abort();
        pair->near.release()->deleteLater();
        pair->far.release()->deleteLater();
    }
    m_pairs.clear();
}
