// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Async.h"
#include "tutor/TutorSettings.h"

#include <QObject>
#include <QStringList>

class HttpClient;

/// Asks a provider or a local server for the models it offers: proof that the address answers and
/// that the key is good, and free of charge. GUI thread; the client outlives it.
class TutorCheck : public QObject
{
    Q_OBJECT

public:
    explicit TutorCheck(HttpClient& http, QObject* parent = nullptr);

    /// The models by name, without order. `key` empty: none is sent. Errors: Unauthorized key_invalid,
    /// Forbidden no_permission, RateLimited rate_limited, Invalid not_sse when something else answers
    /// there, Server overloaded, and those of HttpClient.
    Async<QStringList> models(const TutorSettings& tutor, const QByteArray& key, std::chrono::milliseconds patience);

    /// What an answer to that question means. Pure.
    static Result<QStringList> read(int status, const QByteArray& body);

private:
    HttpClient& m_http;
};
