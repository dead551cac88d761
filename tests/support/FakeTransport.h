// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/Transport.h"
#include "wire/Phoenix.h"

#include <QPointer>

#include <deque>

/// A socket whose other end is the test: what the program sends is taken with take…(), what the
/// server says is put in with receive(). A frame nobody took fails the test when verify() is called
/// or the factory dies.
class FakeTransport final : public Transport
{
public:
    using Transport::Transport;

    void open(const QUrl& url, const HttpHeaders& headers) override;
    void sendText(const QByteArray& utf8) override;
    void sendBinary(const QByteArray& bytes) override;
    void close() override;
    void abort() override;
    qint64 bytesToWrite() const override { return m_pileUp; }
    /// What the network did not take yet.
    void pileUp(qint64 bytes) { m_pileUp = bytes; }

    const QUrl& url() const { return m_url; }
    bool isGone() const { return m_gone; }

    void acceptOpen();
    void refuse(const Error& error);
    void drop(int code = 1006);
    void receive(const QByteArray& text);
    void receiveBytes(const QByteArray& bytes);

    bool hasSent() const { return !m_sent.empty(); }
    qsizetype sentCount() const { return qsizetype(m_sent.size()); }
    /// The oldest frame not yet taken, in the version the socket was opened with; fails the test when there is none or
    /// its event is another.
    PhoenixMessage take(const QString& event);
    /// The oldest binary frame not yet taken; fails the test when there is none.
    QByteArray takeBytes();
    /// Throws away what was sent: the test is about something else.
    void ignoreSent() { m_sent.clear(); }
    void ignoreHeartbeats();
    void verify();

private:
    QUrl m_url;
    PhoenixVersion m_version = PhoenixVersion::V2;
    std::deque<QByteArray> m_sent;
    std::deque<QByteArray> m_sentBytes;
    qint64 m_pileUp = 0;
    bool m_opened = false;
    bool m_gone = false;
};

class FakeTransportFactory final : public TransportFactory
{
public:
    Transport* create(QObject* parent) override;

    int created() const { return m_created; }
    /// The newest socket; null when none was made or it is deleted.
    FakeTransport* current() const { return m_current; }

private:
    QPointer<FakeTransport> m_current;
    int m_created = 0;
};
