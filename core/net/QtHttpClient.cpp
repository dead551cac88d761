// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/QtHttpClient.h"

#include "base/Log.h"
#include "net/QtRequest.h"

#include <QNetworkAccessManager>

QtHttpClient::QtHttpClient() : m_manager(std::make_unique<QNetworkAccessManager>()) { }

QtHttpClient::~QtHttpClient() = default;

Async<HttpResponse> QtHttpClient::send(const HttpRequest& request)
{
    QNetworkReply* reply = startRequest(*m_manager, request);
    const AsyncPromise<HttpResponse> promise;

    // The whole body waits in the reply, so this is its size so far.
    QObject::connect(reply, &QNetworkReply::readyRead, reply, [reply, promise] {
        if (reply->bytesAvailable() > LargestBody && !promise.isResolved()) {
            promise.resolve(Error{ErrorKind::Protocol, QStringLiteral("http_too_large"), {}, {}});
            reply->abort();
        }
    });
    QObject::connect(
        reply, &QNetworkReply::finished, reply, [reply, promise, method = request.method] {
            reply->deleteLater();
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
