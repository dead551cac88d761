// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QPointer>
#include <QTcpServer>
#include <QNetworkProxy>
#include <QTcpSocket>

#include <memory>
#include <optional>

/// A network between a client and a server on this computer that can misbehave. Also an HTTP proxy:
/// a client may ask it with CONNECT for any host and gets the server behind it.
class TcpProxy final : public QObject
{
public:
    explicit TcpProxy(quint16 target, QObject* parent = nullptr);
    ~TcpProxy() override;

    /// The port to give to the client.
    quint16 port() const { return m_server.serverPort(); }
    /// Connections accepted so far.
    int accepted() const { return m_accepted; }
    qsizetype open() const;

    /// Nothing passes in either direction any more; what is sent waits.
    void stall() { m_mode = Mode::Stalled; }
    /// All is well again; what waited is delivered.
    void heal();
    /// As on a dead Wi-Fi: bytes vanish in both directions, new connections get no answer, nobody is
    /// told of anything.
    void pullOut() { m_mode = Mode::Out; }
    /// Puts the cable back and resets what was open.
    void putBack();
    /// The server's side is gone and nobody tells the client, whose bytes go nowhere.
    void halfOpen();
    /// Every connection ends at once, as when a cable is pulled from a router that says so.
    void cut();
    /// The client gets this many more bytes and then the connection ends.
    void cutAfter(qsizetype bytes);
    /// New connections get these bytes and nothing else, as from a hotel's sign-in page.
    void answerInstead(const QByteArray& answer) { m_answer = answer; }

private:
    enum class Mode { Passing, Stalled, Out };
    struct Pair
    {
        QPointer<QTcpSocket> client;
        QPointer<QTcpSocket> server;
        QByteArray toServer, toClient;
        bool tunnelled = false;
        bool dead = false;
    };

    void accept();
    void connectOn(const std::shared_ptr<Pair>& pair);
    void pump(const std::shared_ptr<Pair>& pair);
    /// One side has ended: so does the other, unless nobody is to know.
    void pass(const std::shared_ptr<Pair>& pair, QTcpSocket* other) const;
    void forgetEnded();

    QTcpServer m_server;
    quint16 m_target;
    QList<std::shared_ptr<Pair>> m_pairs;
    Mode m_mode = Mode::Passing;
    std::optional<qsizetype> m_left;
    QByteArray m_answer;
    int m_accepted = 0;
};
