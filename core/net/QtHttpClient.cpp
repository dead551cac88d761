// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/QtHttpClient.h"

#include "base/Log.h"
#include "net/QtRequest.h"

#include <QNetworkAccessManager>

#include <algorithm>

namespace {

/// Set on a reply that is given up, because aborting looks like a timeout.
constexpr const char* GivenUp = "givenUp";

bool isWaiting(const QNetworkAccessManager& manager)
{
    const auto replies = manager.findChildren<QNetworkReply*>(Qt::FindDirectChildrenOnly);
    return std::ranges::any_of(replies, [](const QNetworkReply* reply) { return !reply->isFinished(); });
}

} // namespace

QtHttpClient::QtHttpClient(CertificatePin pin)
    : m_pin(std::move(pin)), m_manager(std::make_unique<QNetworkAccessManager>())
{
}

QtHttpClient::~QtHttpClient()
{
    // Replies that end with their managers must find nothing left to tell.
    for (QNetworkReply* reply : std::as_const(m_open)) {
        reply->disconnect();
    }
}

Async<HttpResponse> QtHttpClient::send(const HttpRequest& request)
{
    if (const auto objection = m_pin.objectionTo(request.url)) {
        return readyAsync<HttpResponse>(*objection);
    }
    QNetworkReply* reply = startRequest(*m_manager, request, m_pin);
    const AsyncPromise<HttpResponse> promise;
    const quint64 number = m_sent++;
    m_open.insert(number, reply);

    // The whole body waits in the reply, so this is its size so far.
    QObject::connect(reply, &QNetworkReply::readyRead, reply, [reply, promise] {
        if (reply->bytesAvailable() > LargestBody && !promise.isResolved()) {
            promise.resolve(Error{ErrorKind::Protocol, QStringLiteral("http_too_large"), {}, {}});
            reply->abort();
        }
    });
    QObject::connect(reply, &QNetworkReply::finished, reply,
        [this, number, reply, promise, method = request.method] {
            m_open.remove(number);
            reply->deleteLater();
            if (reply->property(GivenUp).toBool()) {
                promise.resolve(
                    Error{ErrorKind::Offline, QStringLiteral("network_renewed"), {}, {}});
                return;
            }
            if (const auto error = transportError(*reply)) {
                qCInfo(lcNet) << method << loggable(reply->url()) << error->code;
                promise.resolve(*error);
                return;
            }
            qCDebug(lcNet) << method << loggable(reply->url()) << statusOf(*reply);
            promise.resolve(HttpResponse{statusOf(*reply), headersOf(*reply), reply->readAll()});
        });
    return promise.future();
}

void QtHttpClient::renewConnections(quint64 given)
{
    QNetworkAccessManager* old = m_manager.release();
    m_manager = std::make_unique<QNetworkAccessManager>();
    old->setParent(&m_retired);
    QObject::connect(old, &QNetworkAccessManager::finished, old, [old] {
        if (!isWaiting(*old)) {
            old->deleteLater();
        }
    });
    for (const quint64 number : m_open.keys()) {
        if (number < given) {
            QNetworkReply* reply = m_open.value(number);
            reply->setProperty(GivenUp, true);
            reply->abort();
        }
    }
    if (!isWaiting(*old)) {
        old->deleteLater();
    }
}
