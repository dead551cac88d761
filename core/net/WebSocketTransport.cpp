// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/WebSocketTransport.h"

#include "base/Log.h"
#include "net/PinnedConnection.h"

#include <QHostAddress>
#include <QMetaEnum>
#include <QNetworkProxy>
#include <QNetworkRequest>
#include <QRegularExpression>
#include <QSslConfiguration>
#include <QSslError>
#include <QWebSocket>

namespace {

constexpr int AbnormalClosure = 1006;

bool isThisComputer(const QUrl& url)
{
    const QString host = url.host();
    return host == QLatin1String("localhost") || QHostAddress(host).isLoopback();
}

/// Qt tells the status of an answer that is no upgrade in words only. Unauthorized when it is not
/// among them: that, too, is asked again slowly.
ErrorKind kindOfRefusal(const QString& words)
{
    static const QRegularExpression status(QStringLiteral("status code: (\\d{3})"));
    const QRegularExpressionMatch match = status.match(words);
    if (!match.hasMatch()) {
        return ErrorKind::Unauthorized;
    }
    const int code = match.captured(1).toInt();
    switch (code) {
    case 401:
        return ErrorKind::Unauthorized;
    case 403:
        return ErrorKind::Forbidden;
    case 404:
        return ErrorKind::NotFound;
    case 429:
        return ErrorKind::RateLimited;
    default:
        return code >= 500 ? ErrorKind::Server : ErrorKind::Protocol;
    }
}

} // namespace

WebSocketTransport::WebSocketTransport(
    Scheduler& scheduler, QObject* parent, CertificatePin pin)
    : Transport(parent), m_scheduler(scheduler), m_pin(std::move(pin))
{
}

WebSocketTransport::~WebSocketTransport()
{
    drop();
}

void WebSocketTransport::open(const QUrl& url, const HttpHeaders& headers)
{
    Q_ASSERT(!m_socket);
    m_socket = new QWebSocket(QString(), QWebSocketProtocol::VersionLatest, this);
    m_socket->setMaxAllowedIncomingFrameSize(LargestMessage);
    m_socket->setMaxAllowedIncomingMessageSize(LargestMessage);
    m_socket->setOutgoingFrameSize(LargestMessage);
    if (isThisComputer(url)) {
        m_socket->setProxy(QNetworkProxy::NoProxy);
    }
    connect(m_socket, &QWebSocket::connected, this, [this] {
        m_opened = true;
        m_deadline.cancel();
        Q_EMIT opened();
    });
    // Only a goodbye, theirs or ours, makes the close code mean something.
    connect(m_socket, &QWebSocket::aboutToClose, this, [this] { m_closing = true; });
    connect(m_socket, &QWebSocket::disconnected, this, [this] {
        if (!m_opened) {
            fail(errorOf(m_socket->error())); // Qt tells of an unknown host only afterwards
            return;
        }
        finish(m_closing ? m_socket->closeCode() : AbnormalClosure, m_socket->closeReason());
    });
    connect(m_socket, qOverload<QAbstractSocket::SocketError>(&QWebSocket::error), this,
        [this](QAbstractSocket::SocketError problem) {
            if (m_opened) {
                return; // disconnected follows
            }
            fail(errorOf(problem));
        });
    if (m_pin.appliesTo(url)) {
        m_socket->setSslConfiguration(CertificatePin::trustingNobody());
        connect(m_socket, &QWebSocket::sslErrors, this, [this](const QList<QSslError>& complaints) {
            m_mismatched = m_mismatched || !passPinned(*m_socket, m_pin, complaints);
        });
    }
    connect(m_socket, &QWebSocket::textMessageReceived, this,
        [this](const QString& text) { Q_EMIT textReceived(text.toUtf8()); });
    connect(m_socket, &QWebSocket::binaryMessageReceived, this,
        [this](const QByteArray& bytes) { Q_EMIT binaryReceived(bytes); });

    QNetworkRequest request(url);
    for (const auto& [name, value] : headers) {
        request.setRawHeader(name, value);
    }
    m_deadline = m_scheduler.after(ConnectTimeout, [this] {
        fail({ErrorKind::Timeout, QStringLiteral("socket_timeout"), {}, {}});
    });
    if (const auto objection = m_pin.objectionTo(url)) {
        m_deadline = m_scheduler.after(std::chrono::milliseconds(0),
            [this, error = *objection] { fail(error); });
        return;
    }
    m_socket->open(request);
}

Error WebSocketTransport::errorOf(QAbstractSocket::SocketError problem) const
{
    if (problem == QAbstractSocket::SslHandshakeFailedError) {
        return m_mismatched ? CertificatePin::mismatch()
                            : Error{ErrorKind::Protocol, QStringLiteral("tls_failed"),
                                m_socket->errorString(), {}};
    }
    const bool answered = problem == QAbstractSocket::ConnectionRefusedError
        && !m_socket->peerAddress().isNull();
    if (answered) {
        return {kindOfRefusal(m_socket->errorString()), QStringLiteral("socket_refused"),
            m_socket->errorString(), {}};
    }
    const char* name = QMetaEnum::fromType<QAbstractSocket::SocketError>().valueToKey(problem);
    return {ErrorKind::Offline, QStringLiteral("network_") + QLatin1String(name), {}, {}};
}

void WebSocketTransport::sendText(const QByteArray& utf8)
{
    if (m_opened && m_socket) {
        m_socket->sendTextMessage(QString::fromUtf8(utf8));
    }
}

void WebSocketTransport::sendBinary(const QByteArray& bytes)
{
    if (m_opened && m_socket) {
        m_socket->sendBinaryMessage(bytes);
    }
}

void WebSocketTransport::close()
{
    if (!m_socket) {
        return;
    }
    if (!m_opened) {
        drop();
        return;
    }
    m_deadline = m_scheduler.after(CloseTimeout, [this] { finish(AbnormalClosure, {}); });
    m_socket->close();
}

void WebSocketTransport::abort()
{
    drop();
}

qint64 WebSocketTransport::bytesToWrite() const
{
    return m_socket ? m_socket->bytesToWrite() : 0;
}

/// Buffered messages would still be delivered, and deleting a socket inside its own signal
/// corrupts memory: disconnect first, delete later.
void WebSocketTransport::drop()
{
    m_deadline.cancel();
    m_opened = false;
    if (QWebSocket* socket = std::exchange(m_socket, nullptr)) {
        socket->disconnect(this);
        socket->abort();
        socket->deleteLater();
    }
}

void WebSocketTransport::fail(const Error& error)
{
    qCInfo(lcNet) << "websocket" << error.code << error.detail;
    drop();
    Q_EMIT failed(error);
}

void WebSocketTransport::finish(int code, const QString& reason)
{
    drop();
    Q_EMIT closed(code, reason);
}
