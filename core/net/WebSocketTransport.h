// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "base/Random.h"
#include "base/Scheduler.h"
#include "net/CertificatePin.h"
#include "net/Transport.h"
#include "wire/WebSocketFrames.h"

#include <QAbstractSocket>

class QSslSocket;

/// Transport over TCP or TLS, and through the system's proxy except to this computer itself: 10 s to
/// connect, 8 MiB per message both ways. What comes in at most every `Breath` is read at once; under
/// load it is read once per `Breath`, many messages together: waking up for each would cost more than
/// reading it. Pings are answered.
class WebSocketTransport final : public Transport
{
    Q_OBJECT

public:
    static constexpr qsizetype LargestMessage = 8 * 1024 * 1024;
    static constexpr std::chrono::milliseconds ConnectTimeout {10'000};
    static constexpr std::chrono::milliseconds CloseTimeout {2'000};
    static constexpr std::chrono::milliseconds Breath {2};

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
    void dial(const QUrl& url);
    QSslSocket* makeSecureSocket(const QUrl& url);
    void breathe();
    void read();
    bool readOnce();
    void readAnswer();
    void readFrames();
    void take(const WebSocketEvent& event);
    void send(WebSocketKind kind, QByteArrayView payload);
    void sayGoodbye(int code);
    void lose(QAbstractSocket::SocketError problem);
    void drop();
    void fail(const Error& error);
    void finish(int code, const QString& reason);

    Scheduler& m_scheduler;
    CertificatePin m_pin;
    /// Real, also where tests move the time: what the kernel holds does not wait for them.
    SystemClock m_readingClock;
    QtScheduler m_readingScheduler;
    /// Nobody may guess a mask or a key.
    SystemRandom m_random;
    QAbstractSocket* m_socket = nullptr;
    QByteArray m_key;
    QByteArray m_request;
    QByteArray m_answer; ///< what there is of the server's answer to the request
    WebSocketDecoder m_in {LargestMessage};
    ScheduledTask m_deadline;
    ScheduledTask m_breathing; ///< under load
    MonotonicTime m_lastRead {};
    int m_closeCode = WebSocketCode::Abnormal;
    QString m_closeReason;
    bool m_reading = false;
    bool m_waiting = false; ///< there is something to read with the next breath
    bool m_mismatched = false;
    bool m_opened = false;
    bool m_goodbyeSaid = false;
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
