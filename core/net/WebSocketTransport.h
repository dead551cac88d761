// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Scheduler.h"
#include "net/CertificatePin.h"
#include "net/Transport.h"

#include <QAbstractSocket>

class QWebSocket;

/// Transport on QWebSocket: 10 s to connect, 8 MiB per message both ways, the system's proxy except
/// for this computer itself.
class WebSocketTransport final : public Transport
{
    Q_OBJECT

public:
    static constexpr quint64 LargestMessage = 8 * 1024 * 1024;
    static constexpr std::chrono::milliseconds ConnectTimeout {10'000};
    static constexpr std::chrono::milliseconds CloseTimeout {2'000};

    explicit WebSocketTransport(
        Scheduler& scheduler, QObject* parent = nullptr, CertificatePin pin = {});
    ~WebSocketTransport() override;

    void open(const QUrl& url, const HttpHeaders& headers) override;
    void sendText(const QByteArray& utf8) override;
    void sendBinary(const QByteArray& bytes) override;
    void close() override;
    void abort() override;
    qint64 bytesToWrite() const override;

private:
    void drop();
    Error errorOf(QAbstractSocket::SocketError problem) const;
    void fail(const Error& error);
    void finish(int code, const QString& reason);

    Scheduler& m_scheduler;
    QWebSocket* m_socket = nullptr;
    ScheduledTask m_deadline;
    CertificatePin m_pin;
    bool m_mismatched = false;
    bool m_opened = false;
    bool m_closing = false;
};

class WebSocketTransportFactory final : public TransportFactory
{
public:
    explicit WebSocketTransportFactory(Scheduler& scheduler, CertificatePin pin = {})
        : m_scheduler(scheduler), m_pin(std::move(pin))
    {
    }
    Transport* create(QObject* parent) override
    {
        return new WebSocketTransport(m_scheduler, parent, m_pin);
    }

private:
    Scheduler& m_scheduler;
    CertificatePin m_pin;
};
