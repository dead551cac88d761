// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/CertificatePin.h"
#include "net/HttpClient.h"

#include <QHash>
#include <QObject>

#include <memory>

class QNetworkAccessManager;
class QNetworkReply;

/// HttpClient on one QNetworkAccessManager: HTTP/1.1, redirects only within the same origin, answers
/// up to 16 MiB. Requests under way when it dies end as Cancelled. GUI thread.
class QtHttpClient final : public HttpClient
{
public:
    static constexpr qsizetype LargestBody = 16 * 1024 * 1024;

    explicit QtHttpClient(CertificatePin pin = {});
    ~QtHttpClient() override;
    Q_DISABLE_COPY_MOVE(QtHttpClient)

    Async<HttpResponse> send(const HttpRequest& request) override;
    quint64 sentCount() const override { return m_sent; }
    void renewConnections(quint64 given) override;

private:
    CertificatePin m_pin;
    QObject m_retired; ///< parent of managers that only wait for their last answers
    std::unique_ptr<QNetworkAccessManager> m_manager;
    QHash<quint64, QNetworkReply*> m_open;
    quint64 m_sent = 0;
};
