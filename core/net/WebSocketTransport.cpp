// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/WebSocketTransport.h"

#include "base/Log.h"
#include "net/Deadline.h"
#include "net/PinnedConnection.h"
#include "wire/WebSocketHandshake.h"

#include <QHostAddress>
#include <QMetaEnum>
#include <QNetworkProxy>
#include <QScopedValueRollback>
#include <QSslConfiguration>
#include <QSslError>
#include <QSslSocket>
#include <QTcpSocket>

#include <cstring>

namespace {

constexpr quint16 HttpPort = 80;
constexpr quint16 HttpsPort = 443;
/// After so many full reads the event loop has its turn.
constexpr int ReadsInARow = 16;

bool isThisComputer(const QUrl& url)
{
    const QString host = url.host();
    return host == QLatin1String("localhost") || QHostAddress(host).isLoopback();
}

bool isEncrypted(const QUrl& url)
{
    return url.scheme() == QLatin1String("wss");
}

ErrorKind kindOfRefusal(int status)
{
    switch (status) {
    case 401:
        return ErrorKind::Unauthorized;
    case 403:
        return ErrorKind::Forbidden;
    case 404:
        return ErrorKind::NotFound;
    case 429:
        return ErrorKind::RateLimited;
    default:
        return status >= 500 ? ErrorKind::Server : ErrorKind::Protocol;
    }
}

Error refusal(int status)
{
    return {kindOfRefusal(status), QStringLiteral("socket_refused"),
        QStringLiteral("HTTP %1").arg(status), {}};
}

Error networkError(QAbstractSocket::SocketError problem)
{
    const char* name = QMetaEnum::fromType<QAbstractSocket::SocketError>().valueToKey(problem);
    return {ErrorKind::Offline, QStringLiteral("network_") + QLatin1String(name), {}, {}};
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
    Q_ASSERT(!m_socket && !m_deadline.isScheduled());
    m_key = webSocketKey(m_random.next(), m_random.next());
    const Result<QByteArray> request = webSocketRequest(url, headers, m_key);
    const std::optional<Error> objection
        = request.ok() ? m_pin.objectionTo(url) : std::optional(request.error());
    if (objection) {
        m_deadline = m_scheduler.after(
            std::chrono::milliseconds(0), [this, error = *objection] { fail(error); });
        return;
    }
    m_request = *request;
    m_deadline = Deadline::after(m_readingClock, m_scheduler, ConnectTimeout, [this] {
        fail({ErrorKind::Timeout, QStringLiteral("socket_timeout"), {}, {}});
    });
    dial(url);
}

void WebSocketTransport::dial(const QUrl& url)
{
    const bool encrypted = isEncrypted(url);
    QSslSocket* const secure = encrypted ? makeSecureSocket(url) : nullptr;
    m_socket = encrypted ? static_cast<QAbstractSocket*>(secure) : new QTcpSocket(this);
    m_socket->setProtocolTag(encrypted ? QStringLiteral("https") : QStringLiteral("http"));
    if (isThisComputer(url)) {
        m_socket->setProxy(QNetworkProxy::NoProxy);
    }
    const auto ask = [this] {
        m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
        m_socket->setSocketOption(QAbstractSocket::KeepAliveOption, 1);
        m_socket->write(std::exchange(m_request, {}));
    };
    connect(m_socket, &QAbstractSocket::readyRead, this, &WebSocketTransport::breathe);
    connect(m_socket, &QAbstractSocket::errorOccurred, this,
        [this](QAbstractSocket::SocketError problem) {
            if (!m_opened) { // else disconnected follows
                lose(problem);
            }
        });
    connect(m_socket, &QAbstractSocket::disconnected, this, [this] {
        read();
        lose(m_socket ? m_socket->error() : QAbstractSocket::UnknownSocketError);
    });
    if (encrypted) {
        connect(secure, &QSslSocket::encrypted, this, ask);
        secure->connectToHostEncrypted(url.host(), quint16(url.port(HttpsPort)));
    } else {
        connect(m_socket, &QAbstractSocket::connected, this, ask);
        m_socket->connectToHost(url.host(), quint16(url.port(HttpPort)),
            QIODevice::ReadWrite | QIODevice::Unbuffered); // what is not read stays in the kernel
    }
}

QSslSocket* WebSocketTransport::makeSecureSocket(const QUrl& url)
{
    auto* const socket = new QSslSocket(this);
    if (m_pin.appliesTo(url)) {
        socket->setSslConfiguration(CertificatePin::trustingNobody());
        connect(socket, &QSslSocket::sslErrors, this,
            [this, socket](const QList<QSslError>& complaints) {
                m_mismatched = m_mismatched || !passPinned(*socket, m_pin, complaints);
            });
    }
    return socket;
}

void WebSocketTransport::breathe()
{
    const bool soon = m_reading || m_readingClock.monotonic() - m_lastRead < Breath;
    if (!soon && !m_breathing.isScheduled()) {
        read();
        return;
    }
    m_waiting = true;
    if (!m_breathing.isScheduled()) {
        m_breathing = m_readingScheduler.every(Breath, [this] {
            if (std::exchange(m_waiting, false)) {
                read();
            } else {
                m_breathing.cancel();
            }
        });
    }
}

void WebSocketTransport::read()
{
    if (m_reading) { // a slot runs an event loop of its own
        breathe();
        return;
    }
    const QScopedValueRollback<bool> reading(m_reading, true);
    m_lastRead = m_readingClock.monotonic();
    for (int reads = 0; reads < ReadsInARow; ++reads) {
        if (!readOnce()) {
            return;
        }
    }
    breathe();
}

/// True when there may be more.
bool WebSocketTransport::readOnce()
{
    if (!m_socket) {
        return false;
    }
    const std::span<char> room = m_in.room();
    const qint64 got = m_socket->read(room.data(), qint64(room.size()));
    if (!m_socket) {
        return false;
    }
    if (got < 0) {
        lose(m_socket->error());
        return false;
    }
    if (m_opened) {
        m_in.took(got);
        readFrames();
    } else {
        m_answer.append(room.data(), got);
        readAnswer();
    }
    return m_socket && got == qint64(room.size());
}

void WebSocketTransport::readAnswer()
{
    const auto answer = readWebSocketAnswer(m_answer, m_key);
    if (!answer.ok()) {
        fail(answer.error());
        return;
    }
    if (!*answer) {
        return;
    }
    if (!(*answer)->isUpgrade) {
        fail(refusal((*answer)->status));
        return;
    }
    QByteArray rest = std::exchange(m_answer, {}).sliced((*answer)->size);
    m_opened = true;
    m_deadline.cancel();
    Q_EMIT opened();
    while (m_socket && !rest.isEmpty()) {
        const std::span<char> room = m_in.room();
        const qsizetype some = std::min(rest.size(), qsizetype(room.size()));
        std::memcpy(room.data(), rest.constData(), size_t(some));
        m_in.took(some);
        rest.remove(0, some);
        readFrames();
    }
}

void WebSocketTransport::readFrames()
{
    while (m_socket) {
        const std::optional<WebSocketEvent> event = m_in.next();
        if (!event) {
            break;
        }
        take(*event);
    }
    if (m_socket && m_in.failure() != 0 && m_closeCode != m_in.failure()) {
        qCWarning(lcNet) << "websocket" << "the server breaks the rules:" << m_in.failure();
        m_closeCode = m_in.failure();
        sayGoodbye(m_closeCode);
        m_socket->disconnectFromHost();
    }
}

void WebSocketTransport::take(const WebSocketEvent& event)
{
    switch (event.kind) {
    case WebSocketKind::Text:
        Q_EMIT textReceived(event.bytes);
        break;
    case WebSocketKind::Binary:
        Q_EMIT binaryReceived(event.bytes);
        break;
    case WebSocketKind::Ping:
        if (bytesToWrite() < LargestMessage) { // else it pings and does not listen
            send(WebSocketKind::Pong, event.bytes);
        }
        break;
    case WebSocketKind::Pong:
        break;
    case WebSocketKind::Close:
        m_closeCode = event.code;
        m_closeReason = QString::fromUtf8(event.bytes);
        sayGoodbye(event.code);
        m_socket->disconnectFromHost();
        break;
    }
}

void WebSocketTransport::send(WebSocketKind kind, QByteArrayView payload)
{
    if (!m_opened || !m_socket || m_goodbyeSaid) {
        return;
    }
    std::array<char, 4> mask{};
    const quint64 random = m_random.next();
    std::memcpy(mask.data(), &random, mask.size());
    m_socket->write(webSocketFrame(kind, payload, mask));
}

void WebSocketTransport::sendText(const QByteArray& utf8)
{
    send(WebSocketKind::Text, utf8);
}

void WebSocketTransport::sendBinary(const QByteArray& bytes)
{
    send(WebSocketKind::Binary, bytes);
}

/// Once; the end of the connection follows, or is not waited for any longer.
void WebSocketTransport::sayGoodbye(int code)
{
    send(WebSocketKind::Close, webSocketGoodbye(code));
    if (!std::exchange(m_goodbyeSaid, true)) {
        m_deadline
            = m_scheduler.after(CloseTimeout, [this] { finish(m_closeCode, m_closeReason); });
    }
}

void WebSocketTransport::close()
{
    if (m_opened) {
        sayGoodbye(WebSocketCode::Normal);
    } else {
        drop();
    }
}

void WebSocketTransport::abort()
{
    drop();
}

qint64 WebSocketTransport::bytesToWrite() const
{
    const auto* const secure = qobject_cast<const QSslSocket*>(m_socket);
    return (m_socket ? m_socket->bytesToWrite() : 0)
        + (secure ? secure->encryptedBytesToWrite() : 0);
}

/// The socket may be emitting: it is deleted later.
void WebSocketTransport::drop()
{
    m_deadline.cancel();
    m_breathing.cancel();
    m_opened = false;
    if (QAbstractSocket* socket = std::exchange(m_socket, nullptr)) {
        socket->disconnect(this);
        socket->abort();
        socket->deleteLater();
    }
}

void WebSocketTransport::lose(QAbstractSocket::SocketError problem)
{
    if (!m_socket) {
        return;
    }
    if (m_opened) {
        finish(m_closeCode, m_closeReason);
    } else if (problem == QAbstractSocket::SslHandshakeFailedError) {
        fail(m_mismatched ? CertificatePin::mismatch()
                          : Error{ErrorKind::Protocol, QStringLiteral("tls_failed"),
                              m_socket->errorString(), {}});
    } else {
        fail(networkError(problem));
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
