// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/CertificateProbe.h"

#include "net/CertificatePin.h"

#include <QSslCertificate>
#include <QSslError>
#include <QSslSocket>

namespace {

constexpr std::chrono::seconds Patience{10};
constexpr int HttpsPort = 443;

/// One question, until it is answered.
class Look final : public QObject
{
public:
    Look(const QUrl& url, Scheduler& scheduler, QObject* parent)
        : QObject(parent), m_patience(scheduler.after(Patience, [this] {
              finish(Error{ErrorKind::Timeout, QStringLiteral("tls_timeout"), {}, {}});
          }))
    {
        connect(&m_socket, &QSslSocket::encrypted, this, [this] {
            ShownCertificate certificate{fingerprint()};
            certificate.isVouchedFor = true;
            finish(certificate);
        });
        connect(&m_socket, &QSslSocket::sslErrors, this, [this](const QList<QSslError>& complaints) {
            ShownCertificate certificate{fingerprint()};
            certificate.isSelfMade = CertificatePin{{}, HttpsPort, certificate.sha256}.accepts(complaints);
            finish(certificate);
        });
        connect(&m_socket, &QSslSocket::errorOccurred, this,
            [this](QAbstractSocket::SocketError problem) { finish(errorOf(problem)); });
        m_socket.connectToHostEncrypted(url.host(), static_cast<quint16>(url.port(HttpsPort)));
    }

    Async<ShownCertificate> answer() const { return m_promise.future(); }

private:
    QByteArray fingerprint() const
    {
        return m_socket.peerCertificate().digest(QCryptographicHash::Sha256);
    }
    Error errorOf(QAbstractSocket::SocketError problem) const
    {
        const bool isTls = problem == QAbstractSocket::SslHandshakeFailedError
            || problem == QAbstractSocket::RemoteHostClosedError;
        return isTls ? Error{ErrorKind::Protocol, QStringLiteral("tls_failed"), m_socket.errorString(), {}}
                     : Error{ErrorKind::Offline, QStringLiteral("network_unreachable"), {}, {}};
    }
    void finish(Result<ShownCertificate> result)
    {
        // The first answer counts; what the socket says while it is taken down does not.
        m_promise.resolve(std::move(result));
        deleteLater();
    }

    ScheduledTask m_patience;
    AsyncPromise<ShownCertificate> m_promise;
    QSslSocket m_socket;
};

} // namespace

Async<ShownCertificate> CertificateProbe::look(const QUrl& url)
{
    return (new Look(url, m_scheduler, &m_looks))->answer();
}
