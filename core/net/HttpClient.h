// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Async.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QList>
#include <QPair>
#include <QUrl>

#include <chrono>

using HttpHeaders = QList<QPair<QByteArray, QByteArray>>;

/// The first header of that name, in any case; empty when there is none.
QByteArray headerValue(const HttpHeaders& headers, QByteArrayView name);

struct HttpRequest
{
    QByteArray method = "GET";
    QUrl url;
    HttpHeaders headers;
    QByteArray body;
    /// Without a byte moving for this long the request fails with ErrorKind::Timeout.
    std::chrono::milliseconds timeout {30'000};
};

struct HttpResponse
{
    int status = 0;
    HttpHeaders headers;
    QByteArray body;

    bool isSuccess() const { return status >= 200 && status < 300; }
    QByteArray header(QByteArrayView name) const { return headerValue(headers, name); }
};

/// Sends one request and gives the whole answer. A status is a value, also 500: errors are for
/// requests without an answer: Offline ("network_…"), Timeout ("http_timeout"), Protocol
/// ("http_too_large", "tls_failed"). GUI thread.
class HttpClient
{
public:
    virtual ~HttpClient() = default;
    [[nodiscard]] virtual Async<HttpResponse> send(const HttpRequest& request) = 0;

    /// How many requests were sent so far.
    virtual quint64 sentCount() const { return 0; }
    /// The way to the server was gone: what is sent from here on gets connections of its own, and
    /// of what was sent before, the first `given` requests still without an answer end as Offline
    /// ("network_renewed") instead of waiting for a dead connection to time out.
    virtual void renewConnections(quint64 given) { Q_UNUSED(given) }
};
