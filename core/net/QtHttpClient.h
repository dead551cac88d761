// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/HttpClient.h"

#include <QObject>

#include <memory>

class QNetworkAccessManager;

/// HttpClient on one QNetworkAccessManager: HTTP/1.1, redirects only within the same origin, answers
/// up to 16 MiB. Requests under way when it dies end as Cancelled. GUI thread.
class QtHttpClient final : public HttpClient
{
public:
    static constexpr qsizetype LargestBody = 16 * 1024 * 1024;

    QtHttpClient();
    ~QtHttpClient() override;
    Q_DISABLE_COPY_MOVE(QtHttpClient)

    Async<HttpResponse> send(const HttpRequest& request) override;

private:
    std::unique_ptr<QNetworkAccessManager> m_manager;
};
