// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHostAddress>
#include <QList>
#include <QObject>
#include <QTcpServer>

#include <memory>
#include <vector>

class QTcpSocket;

/// A network cable between one student and the academy: a TCP relay on loopback that can be pulled
/// out and put back. While it is out, bytes vanish in both directions and new connections hang, as
/// on a dead Wi-Fi; nothing is closed politely. Putting it back resets what was open.
class TcpGate : public QObject
{
    Q_OBJECT

public:
    explicit TcpGate(quint16 targetPort, QObject* parent = nullptr);
    ~TcpGate() override;

    /// The port to give to the program behind the gate.
    quint16 port() const { return m_server.serverPort(); }
    void pullOut();
    void putBack();

private:
    struct Pair;
    void accept();

    QTcpServer m_server;
    quint16 m_targetPort;
    bool m_out = false;
    std::vector<std::unique_ptr<Pair>> m_pairs;
};
