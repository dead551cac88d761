// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/CertificatePin.h"
#include "net/HttpClient.h"

#include <QNetworkReply>
#include <QNetworkRequest>

class QNetworkAccessManager;

/// How both HTTP classes put requests to Qt: HTTP/1.1, no cookies, redirects within the origin only,
/// the pinned certificate and no other where the pin applies.
QNetworkReply* startRequest(
    QNetworkAccessManager& manager, const HttpRequest& request, const CertificatePin& pin);

HttpHeaders headersOf(const QNetworkReply& reply);
int statusOf(const QNetworkReply& reply);

/// Why there is no whole answer; nullopt when there is one, whatever its status. A cancelled
/// reply counts as a timeout: whoever cancels it does not ask.
std::optional<Error> transportError(const QNetworkReply& reply);
