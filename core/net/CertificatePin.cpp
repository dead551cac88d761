// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/CertificatePin.h"

#include <QCryptographicHash>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslError>
#include <QUrl>

#include <algorithm>

namespace {

constexpr int HttpsPort = 443;

bool isEncrypted(const QUrl& url)
{
    return url.scheme() == QLatin1String("https") || url.scheme() == QLatin1String("wss");
}

} // namespace

bool CertificatePin::appliesTo(const QUrl& url) const
{
    return !sha256.isEmpty() && url.host().compare(host, Qt::CaseInsensitive) == 0
        && (url.port(HttpsPort) == port || !isEncrypted(url));
}

std::optional<Error> CertificatePin::objectionTo(const QUrl& url) const
{
    if (!appliesTo(url) || isEncrypted(url)) {
        return std::nullopt;
    }
    return Error{ErrorKind::Protocol, QStringLiteral("certificate_missing"), {}, {}};
}

QSslConfiguration CertificatePin::trustingNobody()
{
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setCaCertificates({});
    return configuration;
}

bool CertificatePin::accepts(const QList<QSslError>& complaints) const
{
    // SelfSignedCertificate is said of the server's own certificate only, never of one further up.
    const bool isItself = std::any_of(complaints.begin(), complaints.end(),
        [](const QSslError& e) { return e.error() == QSslError::SelfSignedCertificate; });
    return isItself
        && std::all_of(complaints.begin(), complaints.end(), [this](const QSslError& e) {
               return e.certificate().digest(QCryptographicHash::Sha256) == sha256;
           });
}

Error CertificatePin::mismatch()
{
    return {ErrorKind::Protocol, QStringLiteral("certificate_mismatch"), {}, {}};
}
