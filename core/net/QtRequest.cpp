// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/QtRequest.h"

#include "net/PinnedConnection.h"

#include <QMetaEnum>
#include <QNetworkAccessManager>
#include <QSslConfiguration>
#include <QSslError>

namespace {

/// Set on a reply whose server showed another certificate than the pinned one.
constexpr const char* Mismatched = "certificateMismatch";

void watchCertificate(QNetworkReply* reply, const CertificatePin& pin)
{
    QObject::connect(
        reply, &QNetworkReply::sslErrors, reply, [reply, pin](const QList<QSslError>& complaints) {
            if (!passPinned(*reply, pin, complaints)) {
                reply->setProperty(Mismatched, true);
            }
        });
}

} // namespace

QNetworkReply* startRequest(
    QNetworkAccessManager& manager, const HttpRequest& request, const CertificatePin& pin)
{
    QNetworkRequest out(request.url);
    for (const auto& [name, value] : request.headers) {
        out.setRawHeader(name, value);
    }
    out.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    out.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    out.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    out.setAttribute(
        QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::SameOriginRedirectPolicy);
    out.setTransferTimeout(int(request.timeout.count()));
    const bool isPinned = pin.appliesTo(request.url);
    if (isPinned) {
        out.setSslConfiguration(CertificatePin::trustingNobody());
    }
    QNetworkReply* reply = request.method == "GET" && request.body.isEmpty()
        ? manager.get(out)
        : manager.sendCustomRequest(out, request.method, request.body);
    if (isPinned) {
        watchCertificate(reply, pin);
    }
    return reply;
}

HttpHeaders headersOf(const QNetworkReply& reply)
{
    return reply.rawHeaderPairs();
}

int statusOf(const QNetworkReply& reply)
{
    return reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
}

std::optional<Error> transportError(const QNetworkReply& reply)
{
    constexpr int FirstAnswerError
        = 200; // Qt's codes from here on stand for a status the server sent
    const QNetworkReply::NetworkError problem = reply.error();
    if (problem == QNetworkReply::NoError || (problem > FirstAnswerError && statusOf(reply) > 0)) {
        return std::nullopt;
    }
    switch (problem) {
    case QNetworkReply::OperationCanceledError:
    case QNetworkReply::TimeoutError:
        return Error{ErrorKind::Timeout, QStringLiteral("http_timeout"), {}, {}};
    case QNetworkReply::SslHandshakeFailedError:
        if (reply.property(Mismatched).toBool()) {
            return CertificatePin::mismatch();
        }
        return Error{ErrorKind::Protocol, QStringLiteral("tls_failed"), reply.errorString(), {}};
    case QNetworkReply::InsecureRedirectError:
    case QNetworkReply::TooManyRedirectsError:
        return Error{ErrorKind::Protocol, QStringLiteral("http_redirect"), {}, {}};
    default:
        const char* name = QMetaEnum::fromType<QNetworkReply::NetworkError>().valueToKey(problem);
        return Error{ErrorKind::Offline, QStringLiteral("network_") + QLatin1String(name), {}, {}};
    }
}
